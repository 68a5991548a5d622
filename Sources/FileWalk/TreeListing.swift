#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// All files of a tree by name, whatever ignore files say; for folders of data.
package struct TreeListing: Sendable {
    /// Below the root, with `/`; sorted.
    package let files: [String]
    /// What was not walked, by path.
    package let skipped: [SkippedPath]

    /// Lists the tree at `root`. Throws where it cannot be walked.
    package init(_ root: String) throws(WalkError) {
        guard let path = SystemFile.resolved(Array(root.utf8)) else {
            throw WalkError(root: root, reason: .system(errno))
        }
        let start = path.last == UInt8(ascii: "/") ? path : path + [UInt8(ascii: "/")]
        var files: [String] = []
        var skipped: [SkippedPath] = []
        var stack = [start]
        var listing = FolderListing()
        while let folder = stack.popLast() {
            if let code = listing.read(folder) {
                skipped.append(
                    SkippedPath(
                        path: pathText(folder.dropFirst(start.count).dropLast()), isFolder: true,
                        reason: .unreadable(code)))
            }
            for entry in listing.entries {
                let path = folder + listing.names[entry.name]
                let below = pathText(path.dropFirst(start.count))
                switch entry.kind {
                case .file: files.append(below)
                case .folder: stack.append(path + [UInt8(ascii: "/")])
                case .link: skipped.append(SkippedPath(path: below, isFolder: false, reason: .link))
                case .special:
                    skipped.append(SkippedPath(path: below, isFolder: false, reason: .special))
                }
            }
        }
        self.files = files.sorted()
        self.skipped = skipped.sorted { $0.path < $1.path }
    }
}

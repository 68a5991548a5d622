/// A pattern for paths in gitignore's syntax, as CODEOWNERS uses it: what it names holds for all below it.
package struct PathPattern: Sendable {
    private let list: IgnoreList

    /// Reads one pattern; one that makes no sense matches nothing.
    package init(_ pattern: String) {
        list = IgnoreList(patterns: [pattern], base: 0)
    }

    /// Whether the pattern names the file at `path` (relative, with `/`), or a folder that it is in.
    package func matches(_ path: String) -> Bool {
        let bytes = Array(path.utf8)
        var nameStart = 0
        for end in bytes.indices where bytes[end] == UInt8(ascii: "/") {
            if matches(bytes[..<end], nameStart: nameStart, isFolder: true) { return true }
            nameStart = end + 1
        }
        return matches(bytes[...], nameStart: nameStart, isFolder: false)
    }

    private func matches(_ path: ArraySlice<UInt8>, nameStart: Int, isFolder: Bool) -> Bool {
        list.verdict(on: Array(path).span, nameStart: nameStart, isFolder: isFolder) == .ignored
    }
}

/// A glob for paths: `*` and `?` within a name, `[…]`, `**` over folders.
package struct PathGlob: Sendable {
    /// The folder above the first wildcard, to look into; empty for the working folder.
    package let folder: String
    private let glob: Glob

    /// Reads a pattern; nil for one without wildcards, or that can match nothing.
    package init?(_ pattern: String) {
        let bytes = Array(pattern.utf8)
        let wildcards = [UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "[")]
        guard let first = bytes.firstIndex(where: wildcards.contains) else { return nil }
        let start = bytes[..<first].lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        guard let glob = Glob(bytes[start...]) else { return nil }
        self.glob = glob
        folder = String(decoding: bytes[..<start], as: UTF8.self)
    }

    /// Whether it matches a path below `folder`.
    package func matches(_ path: String) -> Bool { glob.matches(Array(path.utf8).span, from: 0) }
}

/// The absolute path without links; nil where there is nothing at `path`.
package func canonicalPath(_ path: String) -> String? {
    SystemFile.resolved(Array(path.utf8)).map { pathText($0[...]) }
}

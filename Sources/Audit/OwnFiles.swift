import FileWalk

/// What this program writes: no part of what it scans.
struct OwnFiles: Sendable {
    private var files: Set<String>
    /// With `/` at its end.
    private var folder: String?

    /// The files at `paths`, and all in `folder`; what is not there yet cannot be met.
    init(paths: [String], folder: String?) {
        files = Set(paths.compactMap { canonicalPath($0) })
        self.folder = folder.flatMap { canonicalPath($0) }.map { $0.hasSuffix("/") ? $0 : $0 + "/" }
    }

    /// Whether the file at this absolute path is ours.
    func contains(_ absolutePath: [UInt8]) -> Bool {
        if files.isEmpty, folder == nil { return false }
        let path = String(decoding: absolutePath, as: UTF8.self)
        return files.contains(path) || folder.map(path.hasPrefix) == true
    }
}

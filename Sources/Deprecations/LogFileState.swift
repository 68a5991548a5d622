/// The state of a file in which it was read to its end: as long as it holds, there is nothing new in the file.
public struct LogFileState: Hashable, Sendable {
    /// The file's absolute path, links resolved.
    public var path: String
    /// The file system.
    public var device: Int64
    /// The file's number in it.
    public var inode: Int64
    /// In bytes.
    public var size: Int64
    /// When its content was changed, in nanoseconds since the epoch.
    public var modified: Int64
    /// When anything of it was changed, its name and its times included; programs cannot set it.
    public var changed: Int64
    /// Digest of its first and last bytes.
    public var edges: ContentDigest

    /// Takes each part as given.
    public init(
        path: String, device: Int64, inode: Int64, size: Int64, modified: Int64, changed: Int64,
        edges: ContentDigest
    ) {
        self.path = path
        self.device = device
        self.inode = inode
        self.size = size
        self.modified = modified
        self.changed = changed
        self.edges = edges
    }
}

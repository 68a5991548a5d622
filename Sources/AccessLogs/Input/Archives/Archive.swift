/// Files in a file, one behind the other.
protocol Archive: AnyObject {
    /// The next file in it, folders and links left out; nil behind the last. What of the one before was not read
    /// is passed over.
    func nextEntry() throws(LogSource.Failure) -> ArchiveEntry?

    /// What was found behind it and ignored.
    var warning: String? { get }
}

/// A file in an archive.
struct ArchiveEntry {
    enum Content {
        case bytes(any ByteStream)
        /// It cannot be read, for this reason.
        case unreadable(String)
    }

    /// As the archive calls it.
    var name: String
    var content: Content
}

/// The next bytes of an archive, up to a length that it names.
final class EntryBytes: ByteStream {
    private let window: InputWindow
    private let path: String
    private(set) var left: Int

    init(_ window: InputWindow, length: Int, path: String) {
        self.window = window
        self.path = path
        left = length
    }

    func read(
        into output: inout [UInt8], at position: Int, limit: Int
    ) throws(LogSource.Failure) -> Int {
        guard left > 0 else { return position }
        let end = try window.read(
            into: &output, at: position, limit: position + min(limit - position, left))
        if end == position {
            throw .damaged(
                .init(
                    path: path, offset: window.offset, reason: "ends in the middle of a file in it")
            )
        }
        left -= end - position
        return end
    }

    /// Passes over what was not read.
    func skip() throws(LogSource.Failure) {
        let length = left
        left = 0
        if window.skip(length) { return }
        try window.checkEnd()
        throw .damaged(
            .init(path: path, offset: window.offset, reason: "ends in the middle of a file in it"))
    }
}

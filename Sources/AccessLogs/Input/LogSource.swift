/// The decompressed bytes of one log, in order.
struct LogSource {
    /// Why a log cannot be opened or read on.
    enum Failure: Error {
        /// The system says no.
        case system(operation: String, code: Int32)
        /// A folder was named.
        case folder
        /// The task was cancelled while it waited for a pipe.
        case cancelled
        /// It cannot be read, for this reason.
        case unreadable(String)
        /// Compressed data or an archive is damaged, or ends too early.
        case damaged(Damage)
    }

    /// Where compressed data or an archive is damaged, or ends too early.
    struct Damage {
        /// The file, or the file in an archive.
        var path: String
        /// Where in it, in bytes.
        var offset: Int
        /// What is wrong.
        var reason: String
    }

    /// As it is called in reports: `archive.tar.gz!/var/log/access.log` for a log in an archive.
    let path: String
    /// How it is packed, from the outside to the inside (`gzip`, `gzip+tar`); nil for plain text.
    let compression: String?
    private let content: InputWindow
    private let layers: [DecompressedBytes]
    private let file: FileBytes
    /// Bytes of content that came out.
    private(set) var bytesProduced = 0

    init(
        path: String, compression: String?, content: InputWindow, layers: [DecompressedBytes],
        file: FileBytes
    ) {
        self.path = path
        self.compression = compression
        self.content = content
        self.layers = layers
        self.file = file
    }

    /// Opens `path`, or standard input for `-`; of an archive its first log.
    static func open(_ path: String) throws(Failure) -> LogSource {
        var logs = LogFile(path)
        while let part = try logs.next() {
            switch part {
            case .log(let source): return source
            case .unreadable(_, let reason): throw .unreadable(reason)
            case .archive(let archive): if let failure = archive.failure { throw failure }
            }
        }
        throw .unreadable("is an archive without a log in it")
    }

    /// Bytes of the file that were read.
    var bytesRead: Int { file.bytesRead }

    /// What was found behind compressed data and ignored.
    var warnings: [String] { layers.compactMap(\.warning) }

    /// Puts content into `output` from `position` on, up to `limit`; answers where it ends. Nothing more: the end.
    mutating func read(
        into output: inout [UInt8], at position: Int, limit: Int
    ) throws(Failure) -> Int {
        let end = try content.read(into: &output, at: position, limit: limit)
        bytesProduced += end - position
        return end
    }
}

/// What a stream of compressed members, one behind the other, decompresses to.
///
/// Members may be of different compressions. Zeros between and behind them (as tape archives and xz pad with), and
/// skippable frames (of zstd and lz4) are passed over.
final class DecompressedBytes: ByteStream {
    /// The bound on what data may decompress to, where it does so more than any log: 4 GiB at 500 to 1.
    private static let bombFloor = 4 << 30
    private static let bombRatio = 500

    private let window: InputWindow
    /// The path of what is decompressed.
    private let path: String
    /// The compression of the member that is read, or was read last.
    private(set) var compression: Compression
    /// What was found behind the data and ignored.
    private(set) var warning: String?
    private var member: MemberReading?
    private var isInMember = false
    private var produced = 0
    private var failure: LogSource.Failure?

    /// For `window`, where data of `compression` or a skippable frame comes next.
    init(_ window: InputWindow, _ compression: Compression, path: String) {
        self.window = window
        self.compression = compression
        self.path = path
        window.widen(to: InputWindow.wide)
    }

    func read(
        into output: inout [UInt8], at position: Int, limit: Int
    ) throws(LogSource.Failure) -> Int {
        if let failure { throw failure }
        do throws(LogSource.Failure) {
            while true {
                if !isInMember {
                    guard try beginMember() else { return position }
                }
                guard let end = try readMember(into: &output, at: position, limit: limit) else {
                    continue
                }
                produced += end - position
                try checkRatio()
                return end
            }
        } catch {
            failure = error
            throw error
        }
    }

    /// Reads on in a member; nil where nothing more comes of it.
    private func readMember(
        into output: inout [UInt8], at position: Int, limit: Int
    ) throws(LogSource.Failure) -> Int? {
        let piece = try member?.read(
            from: window, path: path, into: &output, at: position, limit: limit)
        guard let piece else { return nil }
        isInMember = !piece.isOver
        return piece.end > position ? piece.end : nil
    }

    /// Whether another member follows.
    private func beginMember() throws(LogSource.Failure) -> Bool {
        if warning != nil { return false }
        while window.count > 0 || window.fill() {
            if window[0] == 0 {
                window.take(1)
            } else if SkippableFrame.isNext(in: window) {
                if !SkippableFrame.skip(in: window) {
                    try window.checkEnd()
                    throw damage("ends in the middle of a skippable frame")
                }
            } else if let next = Compression.next(in: window) {
                try begin(next)
                return true
            } else {
                try window.checkEnd()
                let what = "what follows the \(compression.name) data is none"
                guard compression.isFollowedByAnything else { throw damage(what) }
                warning = "\(what) and was ignored, from byte \(window.offset) on"
                return false
            }
        }
        try window.checkEnd()
        return false
    }

    private func begin(_ next: Compression) throws(LogSource.Failure) {
        if let member, next.name == compression.name {
            guard member.decompressor.reset() else { throw damage("no memory to decompress with") }
            self.member = MemberReading(member.decompressor, name: next.name)
        } else {
            compression = next
            guard let decompressor = next.decompressor() else {
                throw damage("no memory to decompress with")
            }
            member = MemberReading(decompressor, name: next.name)
        }
        isInMember = true
    }

    private func checkRatio() throws(LogSource.Failure) {
        guard produced > Self.bombFloor, produced / Self.bombRatio > window.offset else { return }
        throw damage(
            "over \(produced >> 30) GiB from \(window.offset >> 20) MiB of \(compression.name) data; "
                + "no log is like that")
    }

    private func damage(_ reason: String) -> LogSource.Failure {
        .damaged(LogSource.Damage(path: path, offset: window.offset, reason: reason))
    }
}

/// Data of a user's own among the frames of zstd and lz4 (RFC 8878, 3.1.2).
enum SkippableFrame {
    /// Whether one comes next.
    static func isNext(in window: InputWindow) -> Bool {
        window.want(4) && window[0] & 0xF0 == 0x50
            && window[1] == 0x2A && window[2] == 0x4D && window[3] == 0x18
    }

    /// Passes over it; false where the data ends before it does.
    static func skip(in window: InputWindow) -> Bool {
        guard window.want(8) else { return false }
        return window.skip(8 + window.number(at: 4, size: 4))
    }
}

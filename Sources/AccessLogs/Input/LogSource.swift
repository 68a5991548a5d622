import Deprecations

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The decompressed bytes of one log, in order.
struct LogSource: ~Copyable {
    /// Why a log cannot be opened or read on.
    enum Failure: Error {
        /// The system says no.
        case system(operation: String, code: Int32)
        /// A folder was named.
        case folder
        /// The task was cancelled while it waited for a pipe.
        case cancelled
        /// The content is of a compression that cannot be read.
        case compressed(String)
    }

    /// How the compressed data came to a premature end.
    struct Damage {
        /// Where in the file, in bytes.
        var offset: Int
        /// What is wrong.
        var reason: String
    }

    private enum Codec {
        case plain
        case gzip
    }

    private let descriptor: Int32
    private let isOwned: Bool
    /// A pipe or a terminal, whose next bytes may be long in coming.
    private var isWaitedFor = false
    private var codec = Codec.plain
    private var gunzip: Gunzip?
    private var isInsideMember = false
    private var input = [UInt8](repeating: 0, count: 256 * 1024)
    private var inputStart = 0
    private var inputEnd = 0
    private var isAtEnd = false
    /// Bytes of the file that were read.
    private(set) var bytesRead = 0
    /// Bytes of content that came out.
    private(set) var bytesProduced = 0
    /// Set where compressed data ended too early.
    private(set) var damage: Damage?
    /// The compression's name; nil for plain text.
    private(set) var compression: String?

    /// The bound on what a file may inflate to, where it does so more than any log: 4 GiB at 500 to 1.
    private static let bombFloor = 4 << 30
    private static let bombRatio = 500

    /// Opens `path`, or standard input for `-`, and looks at its first bytes.
    static func open(_ path: String) throws(Failure) -> LogSource {
        var source: LogSource
        if path == "-" {
            source = LogSource(descriptor: 0, isOwned: false)
        } else {
            let descriptor = unsafe systemOpen(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw .system(operation: "open", code: errno) }
            source = LogSource(descriptor: descriptor, isOwned: true)
        }
        try source.begin()
        return source
    }

    private init(descriptor: Int32, isOwned: Bool) {
        self.descriptor = descriptor
        self.isOwned = isOwned
    }

    private mutating func begin() throws(Failure) {
        var information = stat()
        if unsafe fstat(descriptor, &information) == 0 {
            if information.st_mode & S_IFMT == S_IFDIR { throw .folder }
            isWaitedFor = information.st_mode & S_IFMT != S_IFREG
        }
        while inputEnd < 6, !isAtEnd { try fill() }
        if inputEnd >= 2, input[0] == 0x1F, input[1] == 0x8B {
            codec = .gzip
            compression = "gzip"
            gunzip = Gunzip()
            isInsideMember = true
        }
    }

    deinit {
        if isOwned { _ = close(descriptor) }
    }

    /// Content of a compression that is recognised but cannot be read.
    var unreadableCompression: String? {
        guard inputEnd >= 4, compression == nil else { return nil }
        switch (input[0], input[1], input[2], input[3]) {
        case (0x28, 0xB5, 0x2F, 0xFD): return "zstd"
        case (0x42, 0x5A, 0x68, 0x31...0x39): return "bzip2"
        case (0xFD, 0x37, 0x7A, 0x58): return "xz"
        case (0x04, 0x22, 0x4D, 0x18): return "lz4"
        case (0x50, 0x4B, 0x03, 0x04): return "zip"
        default: return nil
        }
    }

    /// Appends content to `output` from `position` on, up to `limit`; answers where it ends. Nothing more: the end.
    mutating func read(
        into output: inout [UInt8], at position: Int, limit: Int
    ) throws(Failure) -> Int {
        let end =
            switch codec {
            case .plain: try readPlain(into: &output, at: position, limit: limit)
            case .gzip: try readGzip(into: &output, at: position, limit: limit)
            }
        bytesProduced += end - position
        return end
    }

    private mutating func readPlain(
        into output: inout [UInt8], at position: Int, limit: Int
    ) throws(Failure) -> Int {
        if inputStart < inputEnd {
            // What was read to look at it.
            let count = min(inputEnd - inputStart, limit - position)
            for offset in 0..<count { output[position + offset] = input[inputStart + offset] }
            inputStart += count
            return position + count
        }
        if isWaitedFor { try Self.wait(for: descriptor) }
        let count = try Self.system(descriptor, into: &output, at: position, limit: limit)
        take(count)
        return position + count
    }

    private mutating func readGzip(
        into output: inout [UInt8], at position: Int, limit: Int
    ) throws(Failure) -> Int {
        var produced = position
        while produced == position, damage == nil {
            if inputStart == inputEnd {
                try fill()
                if inputStart == inputEnd {
                    if isInsideMember {
                        damage = Damage(
                            offset: bytesRead,
                            reason: "the file ends in the middle of its gzip data")
                    }
                    break
                }
            }
            if !isInsideMember, try !beginMember() { continue }
            let outcome = gunzip?.inflate(
                input, from: &inputStart, to: inputEnd, into: &output, at: &produced, limit: limit)
            switch outcome {
            case .going: break
            case .memberEnd:
                isInsideMember = false
                gunzip?.reset()
            case .corrupt(let reason):
                damage = Damage(offset: offset, reason: "damaged gzip data: \(reason)")
            case nil:
                damage = Damage(offset: 0, reason: "no memory to inflate with")
            }
            if bytesProduced + produced - position > Self.bombFloor,
                bytesProduced / Self.bombRatio > bytesRead
            {
                damage = Damage(
                    offset: offset,
                    reason:
                        "over \(bytesProduced >> 30) GiB from \(bytesRead >> 20) MiB of gzip data; no log "
                        + "is like that")
            }
        }
        return produced
    }

    /// Whether another member follows; zeros (as tape archives pad with) are passed over, anything else is
    /// damage.
    private mutating func beginMember() throws(Failure) -> Bool {
        while inputStart < inputEnd, input[inputStart] == 0 { inputStart += 1 }
        guard inputStart < inputEnd else { return false }
        if inputEnd - inputStart < 2 {
            let kept = input[inputStart]
            input[0] = kept
            inputStart = 0
            inputEnd = 1
            try fill(keeping: 1)
        }
        guard inputEnd - inputStart >= 2, input[inputStart] == 0x1F, input[inputStart + 1] == 0x8B
        else {
            damage = Damage(offset: offset, reason: "what follows the gzip data is none")
            return false
        }
        isInsideMember = true
        return true
    }

    /// Where in the file the next input byte lies.
    private var offset: Int { bytesRead - (inputEnd - inputStart) }

    /// Reads more input behind the first `kept` bytes of it.
    private mutating func fill(keeping kept: Int = 0) throws(Failure) {
        if kept == 0, inputStart == inputEnd {
            inputStart = 0
            inputEnd = 0
        }
        guard !isAtEnd else { return }
        if isWaitedFor { try Self.wait(for: descriptor) }
        let count = try Self.system(descriptor, into: &input, at: inputEnd, limit: input.count)
        take(count)
        inputEnd += count
    }

    private mutating func take(_ count: Int) {
        if count == 0 { isAtEnd = true }
        bytesRead += count
    }

    /// Returns when there is something to be read, or the end.
    private static func wait(for descriptor: Int32) throws(Failure) {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while unsafe poll(&waiting, 1, 100) == 0 {
            if Task.isCancelled { throw .cancelled }
        }
    }

    /// Reads what there is; 0 at the end.
    private static func system(
        _ descriptor: Int32, into buffer: inout [UInt8], at position: Int, limit: Int
    ) throws(Failure) -> Int {
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe systemRead(
                    descriptor, bytes.baseAddress?.advanced(by: position), limit - position)
            }
            if count >= 0 { return count }
            guard errno == EINTR else { throw .system(operation: "read", code: errno) }
        }
    }
}

@unsafe
private func systemOpen(_ path: String, _ flags: Int32) -> Int32 {
    unsafe open(path, flags)
}

@unsafe
private func systemRead(
    _ descriptor: Int32, _ target: UnsafeMutableRawPointer?, _ count: Int
) -> Int {
    unsafe read(descriptor, target, count)
}

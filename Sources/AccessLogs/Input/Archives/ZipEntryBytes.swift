import CIsal

/// The data of a zip entry whose length stands behind it, in a descriptor that is found by that length.
final class DescribedBytes: ByteStream {
    private let window: InputWindow
    private let path: String
    private var count = 0
    /// What the descriptor says, once it was reached.
    private(set) var checksum: UInt32?

    init(_ window: InputWindow, path: String) {
        self.window = window
        self.path = path
    }

    func read(
        into output: inout [UInt8], at position: Int, limit: Int
    ) throws(LogSource.Failure) -> Int {
        let length = min(try nextLength(), limit - position)
        guard length > 0 else { return position }
        count += length
        return try window.read(into: &output, at: position, limit: position + length)
    }

    /// Passes over what was not read, and the descriptor.
    func skip() throws(LogSource.Failure) {
        while case let length = try nextLength(), length > 0 {
            count += length
            window.take(length)
        }
    }

    /// How many of the bytes at hand are data for sure; 0 at its end.
    private func nextLength() throws(LogSource.Failure) -> Int {
        if checksum != nil { return 0 }
        // One byte more, so that there is data where no descriptor begins.
        if !window.want(ZipDescriptor.longest + 1),
            window.count < ZipDescriptor.shortest
        {
            try window.checkEnd()
            throw .damaged(
                .init(
                    path: path, offset: window.offset, reason: "ends in the middle of a file in it")
            )
        }
        if let place = window.firstOffset(of: ZipDescriptor.signature) {
            if place > 0 { return place }
            checksum = ZipDescriptor.take(from: window, size: count)
            return checksum == nil ? 1 : 0
        }
        // The begin of a signature may stand last.
        return window.count - ZipDescriptor.signature.count + 1
    }
}

/// What stands behind the data of a zip entry whose length was not known before.
enum ZipDescriptor {
    static let signature = Array("PK\u{7}\u{8}".utf8)
    /// Signature, checksum, and two numbers of 4 bytes, or of 8.
    static let shortest = 16
    static let longest = 24

    /// Takes the one that may come next, of `size` bytes of data, and answers its checksum.
    static func take(from window: InputWindow, size: Int) -> UInt32? {
        _ = window.want(longest)
        guard window.begins(with: signature), window.count >= shortest,
            window.number(at: 8, size: 4) == size & 0xFFFF_FFFF
        else { return nil }
        // Behind it stands another header.
        let isShort = window.count < longest || (window[16] == 0x50 && window[17] == 0x4B)
        let checksum = UInt32(window.number(at: 4, size: 4))
        window.take(isShort ? shortest : longest)
        return checksum
    }
}

/// Where the checksum of an entry's content is to be found.
struct ZipExpectation {
    private var known: UInt32?
    private var descriptor: DescribedBytes?

    init(checksum: UInt32) { known = checksum }
    init(descriptor: DescribedBytes) { self.descriptor = descriptor }

    /// It, once all data was passed.
    func checksum() throws(LogSource.Failure) -> UInt32? {
        if let known { return known }
        try descriptor?.skip()
        return descriptor?.checksum
    }
}

/// The content of a zip entry, whose checksum is compared at its end.
final class CheckedBytes: ByteStream {
    private let content: any ByteStream
    private let expectation: ZipExpectation
    private let path: String
    private var checksum: UInt32 = 0
    private var count = 0

    init(_ content: any ByteStream, _ expectation: ZipExpectation, path: String) {
        self.content = content
        self.expectation = expectation
        self.path = path
    }

    func read(
        into output: inout [UInt8], at position: Int, limit: Int
    ) throws(LogSource.Failure) -> Int {
        let end = try content.read(into: &output, at: position, limit: limit)
        if end == position {
            guard try expectation.checksum() == checksum else {
                throw .damaged(
                    .init(path: path, offset: count, reason: "its zip checksum is wrong"))
            }
            return position
        }
        let earlier = checksum
        checksum = unsafe output.withUnsafeBytes { bytes in
            let begin = unsafe bytes.baseAddress?.advanced(by: position)
            return unsafe crc32_gzip_refl(
                earlier, begin?.assumingMemoryBound(to: UInt8.self), UInt64(end - position))
        }
        count += end - position
        return end
    }
}

/// What a deflated zip entry inflates to.
final class InflatedBytes: ByteStream {
    private let window: InputWindow
    private let path: String
    private var member = MemberReading(Inflater(.none), name: "deflated")
    private var isOver = false
    private var failure: LogSource.Failure?

    init(_ content: any ByteStream, path: String) {
        window = InputWindow(content)
        window.widen(to: InputWindow.wide)
        self.path = path
    }

    func read(
        into output: inout [UInt8], at position: Int, limit: Int
    ) throws(LogSource.Failure) -> Int {
        if let failure { throw failure }
        guard !isOver else { return position }
        do throws(LogSource.Failure) {
            let piece = try member.read(
                from: window, path: path, into: &output, at: position, limit: limit)
            isOver = piece.isOver
            return piece.end
        } catch {
            failure = error
            throw error
        }
    }
}

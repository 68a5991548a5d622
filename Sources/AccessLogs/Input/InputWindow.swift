import ByteScan

/// A stream whose next bytes can be looked at before they are taken.
///
/// What was looked at is handed on first; then the stream's bytes go where they are wanted without a copy. A failure is
/// kept until all bytes before it were taken.
final class InputWindow: ByteStream {
    /// How much a decompressor or an archive sees at once.
    static let wide = 256 * 1024

    private let stream: any ByteStream
    private(set) var bytes: [UInt8] = []
    /// The bytes that were read and not yet taken.
    private(set) var range = 0..<0
    /// Where in the stream the next byte lies.
    private(set) var offset = 0
    private var isAtEnd = false
    private var failure: LogSource.Failure?

    init(_ stream: any ByteStream) {
        self.stream = stream
    }

    /// How many bytes can be looked at.
    var count: Int { range.count }

    /// The byte `index` places ahead, which must have been read.
    subscript(index: Int) -> UInt8 { bytes[range.lowerBound + index] }

    /// Reads until `wanted` bytes can be looked at; false where there are not so many.
    func want(_ wanted: Int) -> Bool {
        while count < wanted {
            if bytes.count < wanted { widen(to: wanted) }
            if !fill() { return false }
        }
        return true
    }

    /// Makes room for `size` bytes.
    func widen(to size: Int) {
        if size > bytes.count { bytes += [UInt8](repeating: 0, count: size - bytes.count) }
    }

    /// Reads more; false at the end, and where reading fails.
    func fill() -> Bool {
        guard !isAtEnd else { return false }
        if range.lowerBound > 0 {
            for index in range { bytes[index - range.lowerBound] = bytes[index] }
            range = 0..<range.count
        }
        do throws(LogSource.Failure) {
            // Passing over a large file is work as well.
            if Task.isCancelled { throw .cancelled }
            let end = try stream.read(into: &bytes, at: range.upperBound, limit: bytes.count)
            isAtEnd = end == range.upperBound
            range = 0..<end
        } catch {
            failure = error
            isAtEnd = true
        }
        return !isAtEnd
    }

    /// Throws where it was a failure that ended the stream.
    func checkEnd() throws(LogSource.Failure) {
        if let failure { throw failure }
    }

    /// Takes bytes that were looked at.
    func take(_ count: Int) {
        range = range.lowerBound + count..<range.upperBound
        offset += count
    }

    /// Takes bytes unseen; false where the stream ends before.
    func skip(_ count: Int) -> Bool {
        var left = count
        while left > 0 {
            if self.count == 0 {
                widen(to: min(left, Self.wide))
                if !fill() { return false }
            }
            let next = min(left, self.count)
            take(next)
            left -= next
        }
        return true
    }

    func read(
        into output: inout [UInt8], at position: Int, limit: Int
    ) throws(LogSource.Failure) -> Int {
        guard count == 0 else {
            let next = min(count, limit - position)
            output.replaceSubrange(
                position..<position + next, with: bytes[range.lowerBound..<range.lowerBound + next])
            take(next)
            return position + next
        }
        try checkEnd()
        if isAtEnd { return position }
        let end = try stream.read(into: &output, at: position, limit: limit)
        offset += end - position
        return end
    }

    /// The number of `size` bytes that stands `index` places ahead, the lowest byte first.
    func number(at index: Int, size: Int) -> Int {
        var value: UInt64 = 0
        for place in (0..<size).reversed() { value = value << 8 | UInt64(self[index + place]) }
        return Int(truncatingIfNeeded: value)
    }

    /// Whether these bytes come next.
    func begins(with expected: [UInt8]) -> Bool {
        want(expected.count) && expected.indices.allSatisfy { self[$0] == expected[$0] }
    }

    /// How far ahead `needle` first stands among the bytes at hand.
    func firstOffset(of needle: [UInt8]) -> Int? {
        let held = bytes
        return unsafe held.span.bytes.extracting(range).firstOffset(of: needle)
    }
}

import ByteScan
import Deprecations

/// The running digest of a stream's content: 128 bits, not cryptographic, the same however the content is cut.
struct ContentHasher: Sendable {
    private var running = RunningDigest()

    /// Bytes that were taken in.
    var length: Int { running.length }

    /// Takes in `bytes[range]`.
    mutating func update(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        running.take(bytes, range)
    }

    /// The digest of everything taken in so far.
    var digest: ContentDigest {
        let value = running.value
        return ContentDigest(high: value.high, low: value.low)
    }

    /// The digest of `bytes[range]` alone.
    static func digest(of bytes: Span<UInt8>, _ range: Range<Int>) -> ContentDigest {
        var hasher = ContentHasher()
        hasher.update(bytes, range)
        return hasher.digest
    }
}

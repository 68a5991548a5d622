import CByteScan

/// The digest of content that comes in parts: 128 bits, not cryptographic, the same however it is cut. A copy
/// taken at any point digests what came before it.
package struct RunningDigest: Sendable {
    private var state = lastcall_digest()

    /// Begins with nothing.
    package init() {
        unsafe lastcall_digest_begin(&state)
    }

    /// How many bytes were taken in.
    package var length: Int { Int(truncatingIfNeeded: state.length) }

    /// Takes in `bytes[range]`.
    package mutating func take(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "beyond the bytes")
        guard !range.isEmpty else { return }
        unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            unsafe lastcall_digest_take(&state, base + range.lowerBound, range.count)
        }
    }

    /// The digest of all that was taken in.
    package var value: (high: UInt64, low: UInt64) {
        var (high, low) = (UInt64(0), UInt64(0))
        unsafe withUnsafePointer(to: state) { unsafe lastcall_digest_end($0, &high, &low) }
        return (high, low)
    }
}

import Deprecations

/// The running digest of a stream's content: 128 bits, not cryptographic, the same however the content is cut.
///
/// Two lanes of multiply-and-fold over 16-byte words. A copy taken at any point digests what came before it.
struct ContentHasher: Sendable {
    private var first: UInt64 = 0x243F_6A88_85A3_08D3
    private var second: UInt64 = 0x1319_8A2E_0370_7344
    /// Bytes that do not yet make a word.
    private var pendingLow: UInt64 = 0
    private var pendingHigh: UInt64 = 0
    private(set) var length = 0

    /// Takes in `bytes[range]`.
    mutating func update(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        var position = range.lowerBound
        while position < range.upperBound, length & 15 != 0 {
            take(bytes[position])
            position += 1
        }
        while position + 16 <= range.upperBound {
            absorb(bytes.word(at: position), bytes.word(at: position + 8))
            length += 16
            position += 16
        }
        while position < range.upperBound {
            take(bytes[position])
            position += 1
        }
    }

    /// The digest of everything taken in so far.
    var digest: ContentDigest {
        var copy = self
        copy.absorb(pendingLow, pendingHigh)
        copy.absorb(UInt64(truncatingIfNeeded: length), 0x9E37_79B9_7F4A_7C15)
        return ContentDigest(high: Self.finished(copy.first), low: Self.finished(copy.second))
    }

    /// The digest of `bytes[range]` alone.
    static func digest(of bytes: Span<UInt8>, _ range: Range<Int>) -> ContentDigest {
        var hasher = ContentHasher()
        hasher.update(bytes, range)
        return hasher.digest
    }

    private mutating func take(_ byte: UInt8) {
        let place = UInt64(length & 15)
        if place < 8 {
            pendingLow |= UInt64(byte) << (place * 8)
        } else {
            pendingHigh |= UInt64(byte) << ((place - 8) * 8)
        }
        length += 1
        if place == 15 {
            absorb(pendingLow, pendingHigh)
            pendingLow = 0
            pendingHigh = 0
        }
    }

    @inline(__always)
    private mutating func absorb(_ low: UInt64, _ high: UInt64) {
        first = Self.folded(first ^ low, 0xA076_1D64_78BD_642F ^ high)
        second =
            Self.folded(second ^ high ^ 0xE703_7ED1_A0B4_28DB, low ^ 0x8EBC_6AF0_9C88_C6E3) &+ first
    }

    @inline(__always)
    private static func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    private static func finished(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        value = (value ^ (value >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return value ^ (value >> 33)
    }
}

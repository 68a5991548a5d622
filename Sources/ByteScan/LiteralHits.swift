/// Which literals of a set occur in some bytes.
package struct LiteralHits: Hashable, Sendable {
    /// A bit for each literal, by its index.
    var words: SIMD4<UInt64>

    /// None.
    package init() { words = .zero }

    /// Whether none occurs.
    package var isEmpty: Bool { words == .zero }

    /// How many occur.
    package var count: Int {
        words[0].nonzeroBitCount + words[1].nonzeroBitCount + words[2].nonzeroBitCount
            + words[3].nonzeroBitCount
    }

    /// Whether the literal with this index occurs.
    package func contains(_ index: Int) -> Bool {
        words[index >> 6] & (1 << UInt64(index & 63)) != 0
    }

    /// Whether a literal occurs that `other` has too.
    package func intersects(_ other: LiteralHits) -> Bool { words & other.words != .zero }

    /// Adds the literal with this index.
    package mutating func insert(_ index: Int) {
        words[index >> 6] |= 1 << UInt64(index & 63)
    }

    /// Adds all that `other` has.
    package mutating func formUnion(_ other: LiteralHits) { words |= other.words }

    /// The indices of those that occur, ascending.
    package var indices: [Int] {
        var found: [Int] = []
        for place in 0..<4 {
            var word = words[place]
            while word != 0 {
                found.append(place << 6 + word.trailingZeroBitCount)
                word &= word - 1
            }
        }
        return found
    }
}

import CByteScan

/// Sorts of three bytes in a row that are looked for all at once: what longer texts are told by.
///
/// A shuffle turns each half of a byte into the sorts that have such a byte, thirty-two places at a time.
package struct ByteTriples: Sendable {
    private let tables: [UInt8]

    /// A sort: the bytes that may stand in each of the three places.
    package struct Sort: Sendable {
        var places: [[UInt8]]

        /// With the bytes of each place; beyond those given any byte may stand.
        package init(_ places: [UInt8]...) {
            self.init(places: places)
        }

        /// The first three bytes of `text`.
        package init(begin text: [UInt8]) {
            self.init(places: text.prefix(3).map { [$0] })
        }

        private init(places: [[UInt8]]) {
            precondition(places.count <= 3, "more than three places")
            self.places =
                places + Array(repeating: Array(0...UInt8.max), count: 3 - places.count)
        }
    }

    /// Makes sorts ready for searching; from the ninth on they share a bit with an earlier one.
    package init(_ sorts: [Sort]) {
        var tables = [UInt8](repeating: 0, count: 3 * 256 + 96)
        for (index, sort) in sorts.enumerated() {
            let bit = UInt8(1) << (index & 7)
            for (place, bytes) in sort.places.enumerated() {
                for byte in bytes {
                    tables[place * 256 + Int(byte)] |= bit
                    tables[768 + place * 32 + Int(byte & 0x0F)] |= bit
                    tables[768 + place * 32 + 16 + Int(byte >> 4)] |= bit
                }
            }
        }
        self.tables = tables
    }

    /// The first place in `range` where a sort stands, with all of its three bytes in `range`.
    package func first(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        unsafe search(bytes, range, with: lastcall_find_triple)
    }

    /// The same without vector instructions: what the vector code is tested against.
    package func firstPlainly(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        unsafe search(bytes, range, with: lastcall_find_triple_plainly)
    }

    private func search(
        _ bytes: Span<UInt8>, _ range: Range<Int>,
        with find: (UnsafePointer<lastcall_triples>, UnsafePointer<UInt8>, Int, Int) -> Int
    ) -> Int? {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "beyond the bytes")
        return unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe tables.withUnsafeBytes { tables in
                guard let base = bytes.baseAddress,
                    let triples = unsafe tables.baseAddress?.assumingMemoryBound(
                        to: lastcall_triples.self)
                else { return nil }
                let place = unsafe find(triples, base, range.upperBound, range.lowerBound)
                return place < range.upperBound ? place : nil
            }
        }
    }
}

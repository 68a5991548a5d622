import ByteScan

/// Tells words of the gate that look like a path, a header or a JSON field from the same letters elsewhere.
///
/// `location` and `operations` stand in thousands of files of a large tree: as `SourceLocation`, as `allocation`, in
/// prose. `"Location"`, `.location`, `/operations` and `operations/` are rare.
struct TellingHits: Sendable {
    /// What a word is in a rule.
    enum Sort: Sendable {
        /// A piece of a path.
        case piece
        /// The name of a header or of a JSON field.
        case name
        /// A name that is unmistakable by itself.
        case distinctive
    }

    private let words: [(text: [UInt8], sort: Sort)]

    /// Looks for `words`, in lower case.
    init(_ words: [(text: String, sort: Sort)]) {
        self.words = words.map { (Array($0.text.utf8), $0.sort) }
    }

    /// Whether one of the words stands in a text in such a way.
    func isTelling(_ bytes: RawSpan) -> Bool {
        words.contains { word in
            var start = 0
            while let place = bytes.firstOffset(ofFolded: word.text, from: start) {
                let end = place + word.text.count
                if isTelling(word.sort, bytes, place..<end) { return true }
                start = end
            }
            return false
        }
    }

    private func isTelling(_ sort: Sort, _ bytes: RawSpan, _ range: Range<Int>) -> Bool {
        func byte(_ offset: Int) -> UInt8 {
            guard bytes.byteOffsets.contains(offset) else { return 0x0A }
            return unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
        }
        let before = byte(range.lowerBound - 1)
        let after = byte(range.upperBound)
        switch sort {
        case .distinctive:
            return true
        case .piece:
            return before == Self.slash || after == Self.slash
                || Self.quotes.contains(before) && before == after
                || after == UInt8(ascii: "%") || before == UInt8(ascii: "}")
        case .name:
            if after.isLetter { return false }
            if Self.opening.contains(before) { return true }
            let three = (1...3).map { byte(range.lowerBound - $0) | 0x20 }
            // `getLocation`, and `-i location` of a search in a shell.
            return three == [0x74, 0x65, 0x67] || before == 0x20 && three[2] == 0x2D
        }
    }

    private static let slash = UInt8(ascii: "/")
    private static let quotes = Set("\"'`".utf8)
    private static let opening = Set("\"'`.>:[_-^/*".utf8)
}

/// A command as a JSON list: `["curl", "-f", "http://…"]`.
enum ExecForm {
    /// The words, where a text is such a list.
    static func words(_ text: PlacedText) -> [PlacedText]? {
        let range = ByteText.trimmed(0..<text.bytes.count, of: text.bytes)
        guard !range.isEmpty, text.bytes[range.lowerBound] == UInt8(ascii: "["),
            text.bytes[range.upperBound - 1] == UInt8(ascii: "]")
        else { return nil }
        let tree = JSONReader.read(text.bytes)
        guard let list = tree.documents.first, list.isSequence else { return nil }
        var words: [PlacedText] = []
        for element in list.elements {
            guard let word = element.placed else { return nil }
            words.append(word.moved { text.offset(of: $0) })
        }
        return words
    }
}

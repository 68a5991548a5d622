/// Puts `***` in the place of secrets, so that an excerpt can be shown.
///
/// References (`$TOKEN`, `${token}`, `{{token}}`, interpolations) stay, since they tell the reader
/// something and give nothing away.
enum SecretMask {
    /// `text` with secrets masked.
    static func mask(_ text: String) -> String {
        var finder = SecretFinder(Array(text.utf8))
        let found = finder.find()
        guard !found.isEmpty else { return text }
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count)
        var position = 0
        for range in found where range.upperBound > position {
            let start = max(range.lowerBound, position)
            output += finder.bytes[position..<start]
            if range.lowerBound >= position { output += Array("***".utf8) }
            position = range.upperBound
        }
        output += finder.bytes[position...]
        return String(decoding: output, as: UTF8.self)
    }
}

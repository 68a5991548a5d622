/// Searching and comparing UTF-8 text as bytes, without case for ASCII where asked.
enum ByteText {
    /// `A`–`Z` to `a`–`z`, all else as it is.
    static func lower(_ byte: UInt8) -> UInt8 { byte.isUpper ? byte | 0x20 : byte }

    /// Lower-cased for ASCII.
    static func lower(_ text: String) -> String {
        String(decoding: text.utf8.map(lower), as: UTF8.self)
    }

    /// Whether `text` stands at `index`.
    static func matches(
        _ text: String, in bytes: ArraySlice<UInt8>, at index: Int, ignoringCase: Bool = false
    ) -> Bool {
        guard index >= bytes.startIndex, index <= bytes.endIndex - text.utf8.count else {
            return false
        }
        var position = index
        for wanted in text.utf8 {
            let byte = bytes[position]
            if (ignoringCase ? lower(byte) : byte) != wanted { return false }
            position += 1
        }
        return true
    }

    /// Where `text` first stands from `start` on; without case, `text` is lower case.
    static func find(
        _ text: String, in bytes: ArraySlice<UInt8>, from start: Int? = nil,
        ignoringCase: Bool = false
    ) -> Int? {
        var index = max(start ?? bytes.startIndex, bytes.startIndex)
        let last = bytes.endIndex - text.utf8.count
        guard let first = text.utf8.first else { return index }
        while index <= last {
            let byte = bytes[index]
            if (ignoringCase ? lower(byte) : byte) == first,
                matches(text, in: bytes, at: index, ignoringCase: ignoringCase)
            {
                return index
            }
            index += 1
        }
        return nil
    }

    /// Whether any of the texts stands in `bytes`.
    static func contains(
        _ texts: String..., in bytes: ArraySlice<UInt8>, ignoringCase: Bool = false
    ) -> Bool {
        texts.contains { find($0, in: bytes, ignoringCase: ignoringCase) != nil }
    }

    /// Whether `needle` stands in `text`.
    static func contains(_ needle: String, in text: String) -> Bool {
        let needle = Array(needle.utf8)
        let bytes = Array(text.utf8)
        guard !needle.isEmpty, needle.count <= bytes.count else { return needle.isEmpty }
        for start in 0...(bytes.count - needle.count)
        where bytes[start] == needle[0] && bytes[start..<start + needle.count].elementsEqual(needle)
        {
            return true
        }
        return false
    }

    /// The range without white space at both ends.
    static func trimmed(_ range: Range<Int>, of bytes: [UInt8]) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, bytes[start] <= 0x20 { start += 1 }
        while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
        return start..<end
    }

    /// Without white space at both ends.
    static func trimmed(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let range = trimmed(0..<bytes.count, of: bytes)
        return range.count == bytes.count ? text : String(decoding: bytes[range], as: UTF8.self)
    }

    /// The pieces between the separators, empty ones too.
    static func split(_ text: String, at separator: Character) -> [String] {
        text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}

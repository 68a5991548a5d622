import Foundation

/// How all our JSON is written: keys sorted, indented, a line feed at the end.
enum JSONText {
    static func write(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(value), as: UTF8.self)
        return Array(escapingUnseen(text).utf8) + [0x0A]
    }

    /// Writes as escapes what a terminal would obey or nobody would see. Such characters can only stand
    /// inside strings, so that the values remain.
    private static func escapingUnseen(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 != "\n" && $0.isUnseen }) else {
            return text
        }
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard scalar != "\n", scalar.isUnseen else {
                escaped.append(scalar)
                continue
            }
            for unit in String(scalar).utf16 {
                escaped.append(
                    contentsOf: "\\u\(hexadecimal(unit, digits: 4).lowercased())".unicodeScalars)
            }
        }
        return String(escaped)
    }
}

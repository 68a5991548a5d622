extension Unicode.Scalar {
    /// Whether a terminal would obey it or a reader would not see it: controls, marks that turn the
    /// direction of text, characters without width, line ends other than the line feed's.
    var isUnseen: Bool {
        if value < 0x7F { return value < 0x20 }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return true
        default: return properties.isDefaultIgnorableCodePoint && value & 0xFFFE != 0xFE0E
        }
    }
}

/// `number` in upper-case hexadecimal, with leading zeros up to `digits`.
func hexadecimal(_ number: some BinaryInteger, digits: Int) -> String {
    let text = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}

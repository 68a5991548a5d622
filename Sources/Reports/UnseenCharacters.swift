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

extension String {
    /// The text on one line, with a sign for each character that a terminal would obey or nobody would
    /// see: `␛`, `⟨U+202E⟩`. A tab becomes a space.
    var visible: String {
        guard unicodeScalars.contains(where: \.isUnseen) else { return self }
        var visible = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x09:
                visible.append(" ")
            case 0x00..<0x20:
                if let picture = Unicode.Scalar(0x2400 + scalar.value) { visible.append(picture) }
            case 0x7F:
                visible.append("␡")
            default:
                guard scalar.isUnseen else {
                    visible.append(scalar)
                    continue
                }
                visible.append(
                    contentsOf: "⟨U+\(hexadecimal(scalar.value, digits: 4))⟩".unicodeScalars)
            }
        }
        return String(visible)
    }
}

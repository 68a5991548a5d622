extension String {
    /// The text with every character that could steer a terminal or turn the direction of writing shown as
    /// `\u{…}`: what comes from a file or a log is shown, and never obeyed.
    package var printable: String {
        guard unicodeScalars.contains(where: \.isSteering) else { return self }
        return unicodeScalars.map { scalar in
            scalar.isSteering ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
        }.joined()
    }
}

/// `1 caller`, `2 callers`.
package func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}

extension Unicode.Scalar {
    /// Control characters (C0, DEL, C1), separators of lines and paragraphs, marks of direction, and what has no
    /// width and so could hide.
    fileprivate var isSteering: Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
            0xFEFF:
            true
        default: false
        }
    }
}

/// Every mistake that was found in rule and settings files.
package struct RuleFileErrors: Error, Hashable, CustomStringConvertible {
    /// One mistake and its place.
    package struct Mistake: Hashable, Sendable, CustomStringConvertible {
        /// The file as it was named.
        package var file: String
        /// 1-based; 0 for the file as a whole.
        package var line: Int
        /// 1-based, in characters; 0 for the line as a whole.
        package var column: Int
        /// What is wrong, and what to do next.
        package var text: String

        /// `file:line:column: text`
        package var description: String {
            let place =
                line == 0 ? file : column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
            return "\(place): \(text)".printable
        }
    }

    /// The mistakes, sorted by file and place.
    package let mistakes: [Mistake]

    /// Sorts the mistakes.
    package init(_ mistakes: [Mistake]) {
        self.mistakes = mistakes.sorted {
            ($0.file, $0.line, $0.column, $0.text) < ($1.file, $1.line, $1.column, $1.text)
        }
    }

    /// A line for each mistake.
    package var description: String { mistakes.map(\.description).joined(separator: "\n") }
}

extension String {
    /// Characters that a terminal would obey, not show, written as `\\u{…}`: controls, line separators and marks of writing direction.
    var printable: String {
        guard unicodeScalars.contains(where: \.isObeyed) else { return self }
        return unicodeScalars.map {
            $0.isObeyed ? "\\u{\(String($0.value, radix: 16))}" : String($0)
        }
        .joined()
    }
}

extension Unicode.Scalar {
    fileprivate var isObeyed: Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
            0xFEFF:
            true
        default: false
        }
    }
}

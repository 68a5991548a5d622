import Deprecations

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

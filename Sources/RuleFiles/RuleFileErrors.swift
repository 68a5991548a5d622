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
    /// Control characters shown as `\u{…}`, so that no file can write to a terminal.
    var printable: String {
        guard
            unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
        else { return self }
        return unicodeScalars.map { scalar in
            scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
        }.joined()
    }
}

/// The word among `known` that somebody who wrote `word` most likely meant.
package func nearestWord(to word: String, among known: some Sequence<String>) -> String? {
    let limit = max(1, word.count / 3)
    return known.map { ($0, distance(word.lowercased(), $0.lowercased())) }
        .filter { $0.1 <= limit }
        .min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
}

/// Insertions, deletions, replacements and swaps of neighbours between two words.
private func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left.prefix(64))
    let b = Array(right.prefix(64))
    var rows = [Array(0...b.count)]
    for i in 1..<(a.count + 1) {
        var row = [i]
        for j in 1..<(b.count + 1) {
            let same = a[i - 1] == b[j - 1]
            var best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (same ? 0 : 1))
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                best = min(best, rows[i - 2][j - 2] + 1)
            }
            row.append(best)
        }
        rows.append(row)
    }
    return rows[a.count][b.count]
}

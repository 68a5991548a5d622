/// The word among `known` that somebody who wrote `word` most likely meant.
package func nearestWord(to word: String, among known: some Sequence<String>) -> String? {
    let limit = max(1, word.count / 3)
    guard word.count <= 64 else { return nil }
    return known.filter { abs($0.count - word.count) <= limit }
        .map { ($0, distance(word.lowercased(), $0.lowercased())) }
        .filter { $0.1 <= limit }
        .min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
}

/// What to add to a message about `word`: the nearest known word, else all of them.
func suggestion(for word: String, among known: [String], otherwise: String) -> String {
    if let near = nearestWord(to: word, among: known) { return "; did you mean '\(near)'?" }
    return "; \(otherwise) \(known.joined(separator: ", "))"
}

/// Insertions, deletions, replacements and swaps of neighbours between two words.
private func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left)
    let b = Array(right)
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

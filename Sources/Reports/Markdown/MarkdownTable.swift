import Mustache

/// A table in GitHub's form; nothing at all where it has no rows.
struct MarkdownTable: MustacheCustomRenderable {
    /// A column's head.
    struct Column {
        var title: Markdown
        var isNumber = false

        static func text(_ title: Markdown) -> Column { Column(title: title) }

        static func number(_ title: Markdown) -> Column { Column(title: title, isNumber: true) }
    }

    var columns: [Column]
    /// Each as long as `columns`.
    var rows: [[Markdown]]

    var renderText: String {
        guard !rows.isEmpty else { return "" }
        let head = columns.map(\.title)
        let rule = columns.map { $0.isNumber ? "---:" : "---" }.joined(separator: " | ")
        return ([Self.line(head), "| \(rule) |"] + rows.map(Self.line)).joined(separator: "\n")
    }

    var isNull: Bool { rows.isEmpty }

    private static func line(_ cells: [Markdown]) -> String {
        "| " + cells.map(\.cell).joined(separator: " | ") + " |"
    }
}

extension MarkdownTable {
    /// Without the columns that say nothing in any row.
    func withoutEmptyColumns() -> MarkdownTable {
        let kept = columns.indices.filter { column in rows.contains { !$0[column].isEmpty } }
        return MarkdownTable(
            columns: kept.map { columns[$0] }, rows: rows.map { row in kept.map { row[$0] } })
    }
}

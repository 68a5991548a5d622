import Mustache

/// A table that is folded away where it is long, with what it leaves out.
struct LongTable: MustacheCustomRenderable, MustacheTransformable {
    /// How many rows are shown without being asked for.
    private static let rowsOpen = 20

    var table: MarkdownTable
    /// What the rows are, for the line that stands for them: "migrated callers".
    var noun: Markdown
    /// What the table leaves out.
    var note: Markdown = ""

    private var summary: Markdown { "\(table.rows.count) \(noun)" }

    var renderText: String {
        let parts = [table.renderText, note.source].filter { !$0.isEmpty }
        return Fold.text(
            isNull ? "" : parts.joined(separator: "\n\n"), under: isLong ? summary : nil)
    }

    var isNull: Bool { table.isNull }

    private var isLong: Bool { table.rows.count > Self.rowsOpen }

    func transform(_ name: String) -> Any? {
        guard name == "html" else { return nil }
        if isNull { return HTML(source: "") }
        let rest = note.isEmpty ? "" : "\n<p>\(note.html)</p>"
        guard isLong else { return HTML(source: table.html + rest) }
        return HTML(
            source:
                "<details>\n<summary>\(summary.html)</summary>\n\(table.html)\(rest)\n</details>")
    }
}

/// Text that is folded away until a reader asks for it (GitHub and GitLab show the element; plain text has it open).
enum Fold {
    /// `text` as it is, where there is no `summary`.
    static func text(_ text: String, under summary: Markdown?) -> String {
        guard let summary else { return text }
        return "<details>\n<summary>\(summary.html)</summary>\n\n\(text)\n\n</details>"
    }
}

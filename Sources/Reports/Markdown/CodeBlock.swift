import Mustache

/// Lines that are shown as they are, one of them marked.
struct CodeBlock: MustacheCustomRenderable {
    var lines: [String]
    /// The index of the line that is meant.
    var marked: Int?
    /// What the lines are written in, for who can show it.
    var language = "text"

    /// A fenced block; nothing where there are no lines.
    var renderText: String { lines.isEmpty ? "" : MarkdownEscape.fenced(lines, language: language) }

    var isNull: Bool { lines.isEmpty }
}

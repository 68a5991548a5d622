import Mustache

extension String {
    /// As text of HTML, in an element or in a quoted attribute.
    var htmlEscaped: String {
        var escaped: [UInt8] = []
        escaped.reserveCapacity(utf8.count + 16)
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "&"): escaped += Array("&amp;".utf8)
            case UInt8(ascii: "<"): escaped += Array("&lt;".utf8)
            case UInt8(ascii: ">"): escaped += Array("&gt;".utf8)
            case UInt8(ascii: "\""): escaped += Array("&quot;".utf8)
            case UInt8(ascii: "'"): escaped += Array("&#39;".utf8)
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}

/// HTML that is safe to place as it is.
struct HTML: MustacheCustomRenderable {
    let source: String

    var renderText: String { source }

    var isNull: Bool { source.isEmpty }
}

extension Markdown: MustacheTransformable {
    /// As phrasing content of HTML.
    var html: String {
        var writer = HTMLPhrase()
        for piece in pieces { writer.write(piece) }
        return writer.text
    }

    func transform(_ name: String) -> Any? {
        name == "html" ? HTML(source: html) : nil
    }
}

/// Writes pieces one after the other; the marks of our words may open in one piece and close in another.
private struct HTMLPhrase {
    private(set) var text = ""
    private var open: Set<String> = []

    mutating func write(_ piece: Markdown.Piece) {
        switch piece {
        case .words(let words): write(words: words)
        case .code(let code): text += "<code>\(code.isEmpty ? "–" : code.htmlEscaped)</code>"
        case .prose(let prose, _): text += prose.htmlEscaped
        case .link(let label, let anchor):
            text += "<a href=\"#\(anchor)\">\(label.html)</a>"
        }
    }

    private mutating func write(words: String) {
        var rest = words[...]
        while let mark = rest.firstIndex(where: { $0 == "*" || $0 == "`" }) {
            text += String(rest[..<mark]).htmlEscaped
            let isStrong = rest[mark...].hasPrefix("**")
            toggle(isStrong ? "strong" : rest[mark] == "*" ? "em" : "code")
            rest = rest[mark...].dropFirst(isStrong ? 2 : 1)
        }
        text += String(rest).htmlEscaped
    }

    private mutating func toggle(_ element: String) {
        if open.remove(element) != nil {
            text += "</\(element)>"
        } else {
            open.insert(element)
            text += "<\(element)>"
        }
    }
}

extension MarkdownTable: MustacheTransformable {
    /// As a table of HTML that scrolls by itself where the page is too narrow.
    var html: String {
        guard !rows.isEmpty else { return "" }
        let head = columns.map { column in
            "<th scope=\"col\"\(column.isNumber ? " class=\"number\"" : "")>\(column.title.html)</th>"
        }.joined()
        let body = rows.map { row in
            "<tr>"
                + zip(columns, row).map { column, cell in
                    "<td\(column.isNumber ? " class=\"number\"" : "")>\(cell.html)</td>"
                }.joined() + "</tr>\n"
        }.joined()
        return """
            <div class="scroll" tabindex="0" role="group" aria-label="Table">
            <table>
            <thead><tr>\(head)</tr></thead>
            <tbody>
            \(body)</tbody>
            </table>
            </div>
            """
    }

    func transform(_ name: String) -> Any? {
        name == "html" ? HTML(source: html) : nil
    }
}

extension CodeBlock: MustacheTransformable {
    /// As a block that keeps its lines.
    var html: String {
        if lines.isEmpty { return "" }
        let text = lines.enumerated().map { index, line in
            let escaped = line.visible.htmlEscaped
            return index == marked ? "<mark>\(escaped)</mark>" : escaped
        }.joined(separator: "\n")
        return "<pre tabindex=\"0\"><code>\(text)</code></pre>"
    }

    func transform(_ name: String) -> Any? {
        name == "html" ? HTML(source: html) : nil
    }
}

extension Markdown {
    /// Without marks, for what knows neither Markdown nor HTML. The text from elsewhere is not escaped.
    var plain: String {
        pieces.map { piece in
            switch piece {
            case .words(let words): words.filter { $0 != "*" && $0 != "`" }
            case .code(let text), .prose(let text, _): text
            case .link(let text, _): text.plain
            }
        }.joined()
    }
}

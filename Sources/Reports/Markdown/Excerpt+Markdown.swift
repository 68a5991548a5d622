import Deprecations

extension Excerpt {
    /// How much of a line is shown, in characters.
    private static let width = 160

    /// A block with line numbers, and a mark before the line of interest, which is cut so that `column`
    /// (in UTF-8 bytes, 1-based) can be seen. Empty where there are no lines.
    func marked(line: Int, column: Int) -> CodeBlock {
        let digits = String(firstLine + lines.count - 1).count
        let shown = lines.enumerated().map { index, text in
            let number = firstLine + index
            let isMarked = number == line
            let padding = String(repeating: " ", count: max(0, digits - String(number).count))
            let content =
                (isMarked ? window(of: text, around: column) : text.shortened(to: Self.width))
                .writing(["\t": "    "])
            return
                "\(isMarked ? ">" : " ") \(padding)\(number) |\(content.isEmpty ? "" : " " + content)"
        }
        return CodeBlock(
            lines: shown, marked: shown.indices.contains(line - firstLine) ? line - firstLine : nil)
    }

    private func window(of text: String, around column: Int) -> String {
        guard text.utf8.count > Self.width, text.count > Self.width else { return text }
        let offset = text.utf8.index(
            text.utf8.startIndex, offsetBy: max(0, column - 1), limitedBy: text.utf8.endIndex)
        let place = offset.map { text.distance(from: text.startIndex, to: text.rounded($0)) } ?? 0
        let start = min(max(0, place - Self.width / 4), text.count - Self.width)
        let part = text.dropFirst(start).prefix(Self.width)
        return (start > 0 ? "…" : "") + part + (start + Self.width < text.count ? "…" : "")
    }
}

extension String {
    /// The begin of the character that `index` lies in.
    fileprivate func rounded(_ index: String.Index) -> String.Index {
        index < endIndex ? self.index(before: self.index(after: index)) : endIndex
    }
}

/// What a Markdown renderer makes of the few forms that a report uses, written after CommonMark 0.31 and
/// GitHub's tables and not after our own escaping.
enum MarkdownReading {
    /// The text of a line that is one code span; nil where it is none.
    static func codeSpan(_ source: String) -> String? {
        let characters = Array(source.unicodeScalars)
        let fence = characters.prefix { $0 == "`" }.count
        guard fence > 0 else { return nil }
        var index = fence
        while index < characters.count {
            let run = characters[index...].prefix { $0 == "`" }.count
            if run == fence {
                guard index + run == characters.count else { return nil }
                return stripped(Array(characters[fence..<index]))
            }
            index += max(run, 1)
        }
        return nil
    }

    private static func stripped(_ content: [Unicode.Scalar]) -> String {
        var content = content
        if content.count > 1, content.first == " ", content.last == " ",
            content.contains(where: { $0 != " " })
        {
            content = Array(content.dropFirst().dropLast())
        }
        return String(String.UnicodeScalarView(content))
    }

    /// The text of a line of prose; nil where something in it would be more than text.
    static func prose(_ source: String) -> String? {
        let characters = Array(source.unicodeScalars)
        var text = String.UnicodeScalarView()
        var index = 0
        while index < characters.count {
            let character = characters[index]
            let next = index + 1 < characters.count ? characters[index + 1] : " "
            if character == "\\", next.isPunctuation {
                text.append(next)
                index += 2
                continue
            }
            let before = index > 0 ? characters[index - 1] : " "
            if "\\`*[]<>&~$".unicodeScalars.contains(character) { return nil }
            if character == "_", !(before.isWord && next.isWord) { return nil }
            if character == ":", next != " " { return nil }
            text.append(character)
            index += 1
        }
        return opensBlock(characters) ? nil : String(text)
    }

    private static func opensBlock(_ line: [Unicode.Scalar]) -> Bool {
        guard let first = line.first else { return false }
        if "#>-+= \t".unicodeScalars.contains(first) { return true }
        let digits = line.prefix { ("0"..."9").contains($0) }.count
        return digits > 0 && digits < line.count && ".)".unicodeScalars.contains(line[digits])
    }

    /// The cells of a table's row, as they come to the inline parser.
    static func cells(_ row: String) -> [String] {
        var cells: [String.UnicodeScalarView] = [String.UnicodeScalarView()]
        var isEscaped = false
        for character in row.unicodeScalars {
            if character == "|", isEscaped {
                cells[cells.count - 1].removeLast()
                cells[cells.count - 1].append(character)
            } else if character == "|" {
                cells.append(String.UnicodeScalarView())
            } else {
                cells[cells.count - 1].append(character)
            }
            isEscaped = character == "\\"
        }
        return cells.dropFirst().dropLast().map { cell in
            String(String.UnicodeScalarView(cell.dropFirst().dropLast()))
        }
    }

    /// What each line of a page is, its words left out.
    static func skeleton(_ page: String) -> [String] {
        var skeleton: [String] = []
        var fence: String?
        for line in page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            let run = String(line.prefix { $0 == "`" })
            if let open = fence {
                let isEnd = run.count >= open.count && run == line
                skeleton.append(isEnd ? "end of fence" : "in fence")
                if isEnd { fence = nil }
            } else if run.count >= 3, !line.dropFirst(run.count).contains("`") {
                fence = run
                skeleton.append("fence")
            } else if line.hasPrefix("|") {
                skeleton.append("row of \(cells(line).count)")
            } else {
                skeleton.append(kind(of: line))
            }
        }
        return skeleton
    }

    private static func kind(of line: String) -> String {
        if line.isEmpty { return "empty" }
        if line.hasPrefix("<") { return line.hasPrefix("<summary>") ? "summary" : line }
        let head = line.prefix { $0 != " " }
        let isMarker =
            !head.isEmpty
            && (head.allSatisfy { $0 == "#" } || head == "-"
                || head.dropLast().allSatisfy(\.isNumber) && head.hasSuffix(".") && head.count > 1)
        return isMarker ? String(head) : "text"
    }
}

extension Unicode.Scalar {
    fileprivate var isPunctuation: Bool {
        isASCII && value > 0x20 && value != 0x7F && !isWord
    }

    fileprivate var isWord: Bool {
        ("0"..."9").contains(self) || ("a"..."z").contains(self) || ("A"..."Z").contains(self)
    }
}

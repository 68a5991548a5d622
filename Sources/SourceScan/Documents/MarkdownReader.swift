/// Reads Markdown, reStructuredText, AsciiDoc and Org: code blocks are code, the rest is prose.
struct MarkdownReader {
    private let bytes: [UInt8]
    private var index = 0
    private var prose = 0
    private var blocks: [Block] = []
    private var texts: [Range<Int>] = []

    /// A code block.
    private struct Block {
        var language: String?
        var text: PlacedText
        var range: Range<Int>
    }

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Puts code blocks and prose into `scan`.
    static func read(_ scan: inout DocumentScan) {
        var reader = MarkdownReader(scan.bytes)
        reader.readAll()
        for text in reader.texts { scan.addProse(text) }
        EndpointTables.read(reader.texts, &scan)
        for block in reader.blocks { add(block, to: &scan) }
    }

    private static func add(_ block: Block, to scan: inout DocumentScan) {
        var language = block.language
        if language == nil {
            language =
                EmbeddedLanguage.looksLikeShell(block.text.bytes[...])
                ? "console" : LanguageDetector.shebang(block.text.bytes[...])
        }
        switch language {
        case nil: scan.addProse(block.range)
        case "console"?, "shell"?:
            scan.embed(ConsoleSession.commands(block.text), language: "shell")
        case let language? where Language.isCode(language):
            scan.embed(block.text, language: language)
        case let language?: scan.include(block.text, language: language)
        }
    }

    // MARK: Lines

    private func lineEnd(from start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        return end
    }

    private func next(after end: Int) -> Int {
        var next = end
        if next < bytes.count, bytes[next] == 0x0D { next += 1 }
        if next < bytes.count, bytes[next] == 0x0A { next += 1 }
        return next
    }

    private func content(of line: Range<Int>) -> Range<Int> {
        var range = ByteText.trimmed(line, of: bytes)
        // A quote's marks belong to the page, not to the text.
        while !range.isEmpty, bytes[range.lowerBound] == UInt8(ascii: ">") {
            range = ByteText.trimmed((range.lowerBound + 1)..<range.upperBound, of: bytes)
        }
        return range
    }

    private mutating func readAll() {
        var isAfterBlank = true
        // reStructuredText announces a literal block with two colons.
        var isAnnounced = false
        while index < bytes.count {
            let start = index
            let end = lineEnd(from: start)
            let content = content(of: start..<end)
            index = next(after: end)
            if content.isEmpty {
                isAfterBlank = true
                continue
            }
            if let fence = Fence(bytes, content) {
                block(from: start, fence: fence, indent: content.lowerBound - start)
            } else if let language = directive(content) {
                indented(from: start, language: language, indent: content.lowerBound - start)
            } else if isAfterBlank, content.lowerBound - start >= (isAnnounced ? 2 : 4),
                EmbeddedLanguage.looksLikeShell(bytes[content])
            {
                index = start
                indented(from: start, language: "console", indent: isAnnounced ? 1 : 3)
            }
            isAfterBlank = false
            isAnnounced = bytes[content].suffix(2).elementsEqual("::".utf8)
        }
        endProse(at: bytes.count, next: bytes.count)
    }

    private mutating func endProse(at end: Int, next: Int) {
        if prose < end { texts.append(prose..<end) }
        prose = next
    }

    // MARK: Blocks

    /// What opens a code block, and what closes it.
    private struct Fence {
        var language: String?
        var close: [UInt8]
        /// Whether more of the same byte close it too.
        var mayBeLonger: Bool

        init?(_ bytes: [UInt8], _ line: Range<Int>) {
            let first = bytes[line.lowerBound]
            if first == UInt8(ascii: "`") || first == UInt8(ascii: "~") {
                var end = line.lowerBound
                while end < line.upperBound, bytes[end] == first { end += 1 }
                let info = bytes[end..<line.upperBound]
                guard end - line.lowerBound >= 3,
                    first != UInt8(ascii: "`") || !info.contains(first)
                else { return nil }
                close = Array(bytes[line.lowerBound..<end])
                mayBeLonger = true
                language = Self.language(info)
                return
            }
            if ByteText.matches(
                "#+begin_src", in: bytes[line], at: line.lowerBound, ignoringCase: true)
            {
                close = Array("#+end_src".utf8)
                mayBeLonger = false
                language = Self.language(bytes[(line.lowerBound + 11)..<line.upperBound])
                return
            }
            if ByteText.matches("[source", in: bytes[line], at: line.lowerBound) {
                close = Array("----".utf8)
                mayBeLonger = false
                let parts = bytes[line].split { ",]".utf8.contains($0) }
                language = parts.count > 1 ? Self.language(parts[1]) : nil
                return
            }
            return nil
        }

        /// The first word: `bash title="x"`, `{.python .numberLines}`, `{r, echo=FALSE}`.
        private static func language(_ info: ArraySlice<UInt8>) -> String? {
            let words = info.split { byte in byte <= 0x20 || "{}.,:=".utf8.contains(byte) }
            guard let word = words.first else { return nil }
            let name = String(decoding: word, as: UTF8.self)
            return EmbeddedLanguage.named(name) ?? ByteText.lower(name)
        }

        func isClosed(by line: ArraySlice<UInt8>) -> Bool {
            guard line.count >= close.count else { return false }
            if mayBeLonger {
                return line.allSatisfy { $0 == close[0] }
            }
            return line.elementsEqual(close) { ByteText.lower($0) == $1 }
        }
    }

    private mutating func block(from start: Int, fence: Fence, indent: Int) {
        endProse(at: start, next: start)
        var text = PlacedText()
        if fence.close == Array("----".utf8) {
            // AsciiDoc: the delimiter's own line follows the attributes.
            let end = lineEnd(from: index)
            guard fence.isClosed(by: bytes[content(of: index..<end)]) else { return }
            index = next(after: end)
        }
        let body = index
        var last = index
        while index < bytes.count {
            let end = lineEnd(from: index)
            let content = content(of: index..<end)
            last = index
            let after = next(after: end)
            if !content.isEmpty, fence.isClosed(by: bytes[content]) {
                index = after
                break
            }
            append(index..<end, indent: indent, to: &text)
            index = after
            last = index
        }
        prose = index
        blocks.append(Block(language: fence.language, text: text, range: body..<last))
    }

    private func append(_ line: Range<Int>, indent: Int, to text: inout PlacedText) {
        var first = line.lowerBound
        var left = indent
        while left > 0, first < line.upperBound,
            bytes[first] == 0x20 || bytes[first] == 0x09 || bytes[first] == UInt8(ascii: ">")
        {
            first += 1
            left -= 1
        }
        text.append(first..<line.upperBound, of: bytes)
        text.append(0x0A, at: line.upperBound)
    }

    /// `.. code-block:: bash`
    private func directive(_ line: Range<Int>) -> String? {
        guard ByteText.matches(".. ", in: bytes[line], at: line.lowerBound),
            let colons = ByteText.find("::", in: bytes[line])
        else { return nil }
        let name = String(decoding: bytes[(line.lowerBound + 3)..<colons], as: UTF8.self)
        guard ["code-block", "code", "sourcecode", "prompt"].contains(name) else { return nil }
        let word = ByteText.trimmed((colons + 2)..<line.upperBound, of: bytes)
        return EmbeddedLanguage.named(String(decoding: bytes[word], as: UTF8.self))
    }

    /// Lines that are indented more than `indent`.
    private mutating func indented(from start: Int, language: String, indent: Int) {
        endProse(at: start, next: start)
        var text = PlacedText()
        let body = index
        var depth: Int?
        while index < bytes.count {
            let end = lineEnd(from: index)
            let content = ByteText.trimmed(index..<end, of: bytes)
            if !content.isEmpty {
                guard content.lowerBound - index > indent else { break }
                let isOption =
                    depth == nil && language != "console"
                    && bytes[content.lowerBound] == UInt8(ascii: ":")
                if !isOption { depth = min(depth ?? Int.max, content.lowerBound - index) }
                if !isOption { append(index..<end, indent: depth ?? 0, to: &text) }
            } else {
                text.append(0x0A, at: end)
            }
            index = next(after: end)
        }
        prose = index
        if !text.bytes.isEmpty {
            blocks.append(Block(language: language, text: text, range: body..<index))
        }
    }
}

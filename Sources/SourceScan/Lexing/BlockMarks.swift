/// Puts `blockOpen` and `blockClose` tokens where indentation or words mark a block, so that one
/// parser reads every language.
struct BlockMarks {
    private let bytes: [UInt8]
    private let language: Language
    private let input: [Token]
    private var output: [Token] = []

    private init(bytes: [UInt8], language: Language, tokens: [Token]) {
        self.bytes = bytes
        self.language = language
        input = tokens
        output.reserveCapacity(tokens.count + tokens.count / 8)
    }

    /// The tokens with marks.
    static func mark(_ tokens: [Token], of bytes: [UInt8], language: Language) -> [Token] {
        var marks = BlockMarks(bytes: bytes, language: language, tokens: tokens)
        switch language.blocks {
        case .braces: return tokens
        case .indentation: marks.markIndentation()
        case .words(let words): marks.markWords(words)
        }
        return marks.output
    }

    private func text(_ token: Token) -> String {
        String(decoding: bytes[token.start..<token.end], as: UTF8.self)
    }

    private func word(_ token: Token) -> String {
        let text = text(token)
        return language.traits.contains(.ignoresCase) ? text.lowercased() : text
    }

    private func isSymbol(_ token: Token, _ byte: UInt8) -> Bool {
        token.kind == .symbol && token.end - token.start == 1 && bytes[token.start] == byte
    }

    private mutating func mark(_ kind: Token.Kind, at offset: Int) {
        output.append(Token(kind: kind, startsLine: false, start: offset, end: offset))
    }

    // MARK: Indentation

    private static let blockKeywords: Set<String> = [
        "def", "class", "if", "elif", "else", "for", "while", "try", "except", "finally", "with",
        "async", "match", "case",
    ]

    private func column(of offset: Int) -> Int {
        var start = offset
        while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
        var column = 0
        for byte in bytes[start..<offset] {
            column = byte == 0x09 ? (column / 8 + 1) * 8 : column + 1
        }
        return column
    }

    private mutating func markIndentation() {
        var depth = 0
        var open: [(column: Int, isLine: Bool)] = []
        var lineColumn = 0
        var isBlockLine = false
        var lambdas = 0
        for (index, token) in input.enumerated() {
            if depth == 0, token.startsLine || token.kind == .end {
                let column = token.kind == .end ? -1 : column(of: token.start)
                while let last = open.last, last.isLine || column <= last.column {
                    mark(.blockClose, at: token.start)
                    open.removeLast()
                }
                lineColumn = max(column, 0)
                isBlockLine =
                    token.kind == .name && Self.blockKeywords.contains(text(token))
                lambdas = 0
            }
            switch token.kind {
            case .open: depth += 1
            case .close: depth = max(0, depth - 1)
            case .name where text(token) == "lambda": lambdas += 1
            case .symbol where depth == 0 && isSymbol(token, UInt8(ascii: ":")):
                if lambdas > 0 {
                    lambdas -= 1
                    break
                }
                let endsLine =
                    index + 1 >= input.count || input[index + 1].startsLine
                    || input[index + 1].kind == .end
                if endsLine || isBlockLine {
                    mark(.blockOpen, at: token.start)
                    open.append((lineColumn, !endsLine))
                    isBlockLine = false
                    continue
                }
            default: break
            }
            output.append(token)
        }
    }

    // MARK: Words

    private struct OpenWord {
        var closer: String
        var headPending: Bool
        var depth: Int
        var isLine = false
    }

    private mutating func markWords(_ words: BlockWords) {
        var open: [OpenWord] = []
        var depth = 0
        var skipNext = false
        for (index, token) in input.enumerated() {
            if skipNext {
                skipNext = false
                if token.kind == .name, !token.startsLine { continue }
            }
            let endsHead =
                token.startsLine || isSymbol(token, UInt8(ascii: ";")) || token.kind == .end
            if endsHead, let last = open.indices.last {
                if open[last].isLine, !open[last].headPending, token.startsLine {
                    mark(.blockClose, at: token.start)
                    open.removeLast()
                } else if open[last].headPending, depth <= open[last].depth {
                    mark(.blockOpen, at: token.start)
                    open[last].headPending = false
                }
            }
            switch token.kind {
            case .open: depth += 1
            case .close:
                depth = max(0, depth - 1)
                if let last = open.indices.last, open[last].headPending,
                    open[last].closer == "end-after-parenthesis", depth == open[last].depth
                {
                    output.append(token)
                    open[last].closer = "end"
                    open[last].headPending = false
                    mark(.blockOpen, at: token.end)
                    continue
                }
            case .name:
                let word = word(token)
                let key = isKey(at: index)
                if let last = open.indices.last, open[last].headPending,
                    words.headEnds.contains(word) || (word == "do" && words.inner[word] != nil),
                    !key, open[last].depth == depth
                {
                    mark(.blockOpen, at: token.start)
                    open[last].headPending = false
                    let next = input[min(index + 1, input.count - 1)]
                    open[last].isLine =
                        language.name == "vba" && !next.startsLine && next.kind != .end
                    continue
                }
                if !key, let closer = words.inner[word], !isMember(at: index) {
                    if word == "function" {
                        output.append(token)
                        open.append(
                            OpenWord(
                                closer: "end-after-parenthesis", headPending: true, depth: depth))
                    } else {
                        mark(.blockOpen, at: token.start)
                        open.append(OpenWord(closer: closer, headPending: false, depth: depth))
                    }
                    continue
                }
                if !key, let closer = words.openers[word], opens(at: index, words) {
                    if word == "do" || word == "repeat" || word == "begin",
                        language.name != "vba"
                    {
                        output.append(token)
                        mark(.blockOpen, at: token.end)
                        open.append(OpenWord(closer: closer, headPending: false, depth: depth))
                    } else {
                        output.append(token)
                        open.append(OpenWord(closer: closer, headPending: true, depth: depth))
                    }
                    continue
                }
                if !key, let last = open.last, !last.headPending,
                    word == last.closer || (word == "end" && last.closer != "until"),
                    !isMember(at: index)
                {
                    mark(.blockClose, at: token.start)
                    open.removeLast()
                    if language.name == "vba" { skipNext = word == "end" || word == "next" }
                    if word == "until" || word == "loop" { output.append(token) }
                    continue
                }
            default: break
            }
            output.append(token)
        }
        let end = output.popLast()
        for _ in open { mark(.blockClose, at: bytes.count) }
        if let end { output.append(end) }
    }

    /// `do:` and `end:` are keys, `x.end` and `:do` are names.
    private func isKey(at index: Int) -> Bool {
        guard index + 1 < input.count else { return false }
        let next = input[index + 1]
        return isSymbol(next, UInt8(ascii: ":")) && next.start == input[index].end
    }

    private func isMember(at index: Int) -> Bool {
        guard index > 0 else { return false }
        let previous = input[index - 1]
        guard previous.kind == .symbol, previous.end == input[index].start else { return false }
        let last = bytes[previous.end - 1]
        return last == UInt8(ascii: ".") || last == UInt8(ascii: ":")
            || last == UInt8(ascii: "&")
    }

    private func opens(at index: Int, _ words: BlockWords) -> Bool {
        let token = input[index]
        if isMember(at: index) { return false }
        guard index > 0, !token.startsLine else { return true }
        let previous = input[index - 1]
        switch previous.kind {
        case .name:
            let word = word(previous)
            if words.modifiers.contains(word) { return true }
            if word == "else" || word == "then" || word == "return" || words.headEnds.contains(word)
            {
                return word != "else" || language.name != "vba"
            }
            return language.name == "ruby" && (word == "private" || word == "public")
        case .symbol:
            let text = text(previous)
            return ["=", ";", "||=", "&&", "||", ",", "=>", "->", "+="].contains(text)
        case .open: return true
        default: return false
        }
    }
}

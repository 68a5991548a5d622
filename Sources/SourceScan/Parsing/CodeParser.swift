/// Reads tokens of any language of the table as a tree of the same few kinds of nodes.
///
/// It knows no grammar, only what most languages share: names, calls, operators, brackets, blocks,
/// definitions, loops. It never fails; what it does not understand it steps over.
struct CodeParser {
    let bytes: [UInt8]
    let language: Language
    let traits: Language.Traits
    var tree = SyntaxTree()
    var tokens: [Token] = []
    var strings: [StringLiteral] = []
    /// For every opening token its closing one.
    var partners: [Int] = []
    var position = 0
    /// How deep statements and expressions are nested.
    var depth = 0
    /// What is nested deeper is stepped over: the stack of a worker thread is small.
    static let maximumDepth = 100
    /// Where an operand is being read as a statement; -1 where none is.
    var operandStatement = -1
    /// Whether a line's end means nothing here (inside brackets).
    var ignoresLines = false
    /// Whether `{` begins the body of a loop or branch, not an argument.
    var headOnly = false
    /// VBA: the objects that `With` blocks around are about.
    var withSubjects: [String] = []
    /// Whether the statements belong to a type's body.
    var inType = false
    /// PowerShell: whether a function's body is being read, and the parameters that its `param( … )` names.
    var isInScriptFunction = false
    var scriptParameters: [NodeID] = []
    /// Whether the statements belong to a function's body, as far as C and its kin need to know.
    var inBody = false
    private(set) var comments: [Range<Int>] = []

    /// Parses a whole text.
    static func parse(
        _ bytes: [UInt8], language: Language
    ) -> (tree: SyntaxTree, comments: [Range<Int>]) {
        var parser = CodeParser(bytes: bytes, language: language)
        parser.load(0..<bytes.count)
        parser.tree.root = parser.block(until: { $0.kind == .end }, from: 0)
        return (parser.tree, parser.comments)
    }

    private init(bytes: [UInt8], language: Language) {
        self.bytes = bytes
        self.language = language
        traits = language.traits
    }

    private mutating func load(_ range: Range<Int>) {
        let stream = Lexer.tokens(of: bytes, in: range, language: language)
        comments += stream.comments
        tokens = BlockMarks.mark(stream.tokens, of: bytes, language: language)
        strings = stream.strings
        position = 0
        partners = Self.partners(of: tokens)
    }

    private static func partners(of tokens: [Token]) -> [Int] {
        var partners = [Int](repeating: -1, count: tokens.count)
        var open: [Int] = []
        for (index, token) in tokens.enumerated() {
            switch token.kind {
            case .open, .blockOpen: open.append(index)
            case .close, .blockClose:
                // A bracket that is missing must not swallow the blocks around it.
                while let last = open.last,
                    (tokens[last].kind == .blockOpen) != (token.kind == .blockClose),
                    open.count > 1, token.kind == .blockClose
                {
                    open.removeLast()
                }
                if let last = open.popLast() { partners[last] = index }
            default: break
            }
        }
        return partners
    }

    /// Parses the code inside a string, in the same tree.
    mutating func nested(_ range: Range<Int>) -> NodeID? {
        guard depth < 60, !range.isEmpty else { return nil }
        let saved = (tokens, strings, partners, position, ignoresLines, headOnly, inType)
        load(range)
        ignoresLines = true
        headOnly = false
        let node = tokens[0].kind == .end ? nil : expression()
        (tokens, strings, partners, position, ignoresLines, headOnly, inType) = saved
        return node
    }

    // MARK: Tokens

    var token: Token { tokens[position] }

    func peek(_ distance: Int = 1) -> Token { tokens[min(position + distance, tokens.count - 1)] }

    mutating func advance() { if position < tokens.count - 1 { position += 1 } }

    func text(_ token: Token) -> String {
        String(decoding: bytes[token.start..<token.end], as: UTF8.self)
    }

    var word: String {
        token.kind == .name
            ? (traits.contains(.ignoresCase) ? text(token).lowercased() : text(token)) : ""
    }

    func isSymbol(_ token: Token, _ symbol: StaticString) -> Bool {
        guard token.kind == .symbol, token.end - token.start == symbol.utf8CodeUnitCount else {
            return false
        }
        return symbol.withUTF8Buffer { buffer in
            for index in 0..<buffer.count where unsafe buffer[index] != bytes[token.start + index] {
                return false
            }
            return true
        }
    }

    func at(_ symbol: StaticString) -> Bool { isSymbol(token, symbol) }

    func isBracket(_ token: Token, _ byte: UInt8) -> Bool {
        (token.kind == .open || token.kind == .close) && token.end > token.start
            && bytes[token.start] == byte
    }

    func atOpen(_ byte: UInt8) -> Bool { token.kind == .open && isBracket(token, byte) }

    mutating func take(_ symbol: StaticString) -> Bool {
        guard at(symbol) else { return false }
        advance()
        return true
    }

    /// Whether the token follows the one before without space.
    func isAdjacent(_ index: Int) -> Bool {
        index > 0 && tokens[index].start == tokens[index - 1].end && !tokens[index].startsLine
    }

    /// Whether a statement ends before the token.
    var endsStatement: Bool {
        switch token.kind {
        case .end, .close, .blockClose: return true
        default: break
        }
        if at(";") { return true }
        guard traits.contains(.newlineEnds), !ignoresLines, token.startsLine else { return false }
        return !continuesLine
    }

    /// Whether a line that begins with this token goes on with the statement before it.
    private var continuesLine: Bool {
        guard token.kind == .symbol else { return false }
        let first = bytes[token.start]
        switch first {
        case UInt8(ascii: "."):
            return language.name != "php" && language.name != "vba"
        case UInt8(ascii: "?"), UInt8(ascii: "|"), UInt8(ascii: "%"):
            return !["ruby", "elixir"].contains(language.name) || first == UInt8(ascii: "|")
        case UInt8(ascii: "&"):
            return peekIs(token, "&&") || language.name == "vba" || language.name == "ruby"
        case UInt8(ascii: "+"), UInt8(ascii: "="):
            return ["javascript", "typescript", "kotlin", "scala", "groovy", "swift"].contains(
                language.name) && !peekIs(token, "++")
        case UInt8(ascii: ":"):
            return ["javascript", "typescript", "swift", "kotlin", "scala"].contains(language.name)
                && token.end - token.start == 1
        case UInt8(ascii: "<"): return isSymbol(token, "<>")
        case UInt8(ascii: "-"): return peekIs(token, "->")
        default: return false
        }
    }

    private func peekIs(_ token: Token, _ symbol: StaticString) -> Bool { isSymbol(token, symbol) }

    // MARK: Blocks

    mutating func block(until isEnd: (Token) -> Bool, from start: Int) -> NodeID {
        depth += 1
        defer { depth -= 1 }
        let saved = (ignoresLines, headOnly)
        ignoresLines = false
        headOnly = false
        var statements: [NodeID] = []
        while token.kind != .end, !isEnd(token) {
            let before = position
            if depth > Self.maximumDepth {
                advance()
                continue
            }
            statement(into: &statements)
            if position == before { advance() }
        }
        (ignoresLines, headOnly) = saved
        return tree.add(.block, start, token.start, statements)
    }

    /// A block in braces or between marks; the position is at its begin.
    mutating func bracedBlock(asType: Bool = false) -> NodeID {
        let start = token.start
        let opener = position
        let savedType = inType
        inType = asType
        defer { inType = savedType }
        advance()
        let limit = partners[opener] >= 0 ? partners[opener] : tokens.count - 1
        var statements: [NodeID] = []
        depth += 1
        let saved = (ignoresLines, headOnly)
        ignoresLines = false
        headOnly = false
        while position < limit, token.kind != .end {
            let before = position
            if depth > Self.maximumDepth {
                position = limit
                break
            }
            statement(into: &statements)
            if position == before { advance() }
        }
        (ignoresLines, headOnly) = saved
        depth -= 1
        position = limit
        let end = token.end
        advance()
        return tree.add(.block, start, end, statements)
    }

    var atBlock: Bool { token.kind == .blockOpen || atOpen(UInt8(ascii: "{")) }

    /// The body of a loop or branch: a block, or one statement.
    mutating func body() -> NodeID {
        if atBlock { return bracedBlock() }
        if at(":") { advance() }
        if atBlock { return bracedBlock() }
        let start = token.start
        var statements: [NodeID] = []
        if token.kind != .end, token.kind != .blockClose, !isBracket(token, UInt8(ascii: "}")) {
            statement(into: &statements)
        }
        return tree.add(.block, start, token.start, statements)
    }
}

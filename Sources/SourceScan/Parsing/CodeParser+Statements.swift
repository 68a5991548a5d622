extension CodeParser {
    private static let functionWords: Set<String> = [
        "def", "defp", "function", "func", "fn", "fun", "sub", "proc", "property", "init",
        "defmacro",
    ]
    private static let typeWords: Set<String> = [
        "class", "interface", "struct", "enum", "object", "record", "trait", "module", "protocol",
        "impl", "extension", "defmodule", "actor", "mixin", "namespace",
    ]
    private static let loopWords: Set<String> = [
        "while", "for", "do", "until", "repeat", "foreach", "loop", "forever",
    ]
    private static let branchWords: Set<String> = [
        "if", "elif", "elseif", "elsif", "else", "try", "catch", "except", "finally", "switch",
        "match", "case", "when", "with", "using", "unless", "begin", "rescue", "ensure", "defer",
        "lock", "guard", "synchronized", "default", "select", "unsafe", "cond", "receive",
        "process",
        "end",
    ]
    private static let modifiers: Set<String> = [
        "public", "private", "protected", "internal", "static", "final", "const", "let", "var",
        "val",
        "readonly", "async", "abstract", "override", "virtual", "sealed", "partial", "export",
        "declare", "open", "data", "suspend", "inline", "lateinit", "pub", "mut", "extern",
        "unsafe",
        "my", "our", "local", "lazy", "implicit", "case", "dim", "set", "global", "required",
        "fileprivate", "nonisolated", "mutating", "late", "native", "volatile", "transient",
        "default", "friend", "weak", "companion", "inner", "operator", "infix", "tailrec",
        "covariant", "package", "shared", "typedef", "constexpr", "explicit", "consteval",
    ]
    private static let importWords: Set<String> = [
        "import", "from", "using", "use", "require", "include", "require_relative", "alias",
        "library", "package", "require_once", "include_once", "source",
    ]
    private static let returnWords: Set<String> = [
        "return", "yield", "throw", "raise", "panic", "die",
    ]

    mutating func statement(into statements: inout [NodeID]) {
        while at(";") || at(",") { advance() }
        guard token.kind != .end, token.kind != .close, token.kind != .blockClose else { return }
        let found = annotations()
        if endsStatementHere, !found.isEmpty {
            statements += found
            return
        }
        let node = oneStatement()
        if let node {
            tree.annotate(node, with: found)
            statements.append(node)
        } else {
            statements += found
        }
    }

    private var endsStatementHere: Bool {
        token.kind == .end || token.kind == .close || token.kind == .blockClose
    }

    // MARK: Annotations

    /// `@Name(…)`, `[Name(…)]`, `#[name(…)]` before a definition.
    private mutating func annotations() -> [NodeID] {
        var found: [NodeID] = []
        while true {
            if at("@"), peek().kind == .name || isBracket(peek(), UInt8(ascii: "[")),
                language.name != "powershell", language.name != "objective-c"
            {
                advance()
                found.append(annotation())
            } else if at("#"), isBracket(peek(), UInt8(ascii: "[")),
                language.name == "rust" || language.name == "php"
            {
                advance()
                found += bracketedAnnotations()
            } else if language.name == "csharp", atOpen(UInt8(ascii: "[")), isAttribute {
                found += bracketedAnnotations()
            } else {
                return found
            }
        }
    }

    private var isAttribute: Bool {
        guard peek().kind == .name, partners[position] > 0 else { return false }
        let after = tokens[min(partners[position] + 1, tokens.count - 1)]
        return after.startsLine || after.kind == .name || isBracket(after, UInt8(ascii: "["))
    }

    private mutating func annotation() -> NodeID {
        let start = token.start
        let savedLines = ignoresLines
        var expression = tree.add(.name, token.start, token.end, text: text(token))
        advance()
        while at("."), peek().kind == .name || at(":") {
            advance()
            expression = tree.add(
                .member, start, token.end, [expression], text: text(token))
            advance()
        }
        if atOpen(UInt8(ascii: "(")), isAdjacent(position) {
            expression = call(expression, from: start)
        }
        ignoresLines = savedLines
        return tree.add(
            .annotation, start, tree[expression].end, [expression],
            text: tree.lastName(of: expression))
    }

    private mutating func bracketedAnnotations() -> [NodeID] {
        let close = partners[position]
        guard close > 0 else {
            advance()
            return []
        }
        advance()
        var found: [NodeID] = []
        let saved = ignoresLines
        ignoresLines = true
        while position < close {
            let before = position
            if token.kind == .name {
                if peek().kind == .symbol, isSymbol(peek(), ":"), !isSymbol(peek(2), ":") {
                    advance()
                    advance()
                    continue
                }
                found.append(annotation())
            }
            if position == before { advance() }
        }
        ignoresLines = saved
        position = close
        advance()
        return found
    }

    // MARK: One statement

    private mutating func oneStatement() -> NodeID? {
        let start = token.start
        if traits.contains(.defines), at("#") { return define() }
        if skipDirective() { return nil }
        if traits.contains(.messageSends), at("-") || at("+"),
            isBracket(peek(), UInt8(ascii: "("))
        {
            if let method = messageMethod() { return method }
        }
        if token.kind == .blockOpen || (atOpen(UInt8(ascii: "{")) && !braceIsValue) {
            return bracedBlock(asType: false)
        }
        guard token.kind == .name else { return expressionStatement().map { called($0) } }
        if language.name == "elixir", let attribute = moduleAttribute() { return attribute }
        if language.name == "powershell", word == "param", isBracket(peek(), UInt8(ascii: "(")) {
            return scriptParameterBlock()
        }
        let saved = position
        var sawModifier = false
        var isDeclared = false
        while token.kind == .name, Self.modifiers.contains(word) {
            let next = peek()
            // A modifier's name can also be a variable's.
            guard
                next.kind == .name || isBracket(next, UInt8(ascii: "{"))
                    || isBracket(next, UInt8(ascii: "[")) || isBracket(next, UInt8(ascii: "(")),
                !next.startsLine || traits.contains(.newlineEnds) == false
            else { break }
            let current = word
            if current == "case" || current == "default" || current == "set" || current == "package"
                || current == "unsafe", next.kind != .name
            {
                break
            }
            if current == "case",
                language.name != "swift" && language.name != "scala"
                    && language.name != "kotlin"
            {
                break
            }
            if current == "async", isBracket(next, UInt8(ascii: "(")) { break }
            if ["const", "var", "import"].contains(current), isBracket(next, UInt8(ascii: "(")),
                language.name == "go"
            {
                advance()
                let open = position
                let group = bracedBlock()
                position = max(position, open)
                return group
            }
            if isBracket(next, UInt8(ascii: "(")),
                !["my", "our", "local", "val", "var", "let"]
                    .contains(current)
            {
                break
            }
            if ["let", "var", "val", "const", "my", "our", "local", "dim", "set", "auto", "static"]
                .contains(current)
            {
                isDeclared = true
            }
            sawModifier = true
            advance()
        }
        let current = word
        if Self.importWords.contains(current), language.name != "sql", !isMemberOrCallAhead,
            !isKeyAhead,
            !(current == "using" && usingIsStatement), !(current == "from" && sawModifier),
            !(current == "package" && language.name == "r")
        {
            if language.name == "perl", text(peek()) == "constant" { return perlConstants() }
            return imported()
        }
        if Self.functionWords.contains(current), language.name != "sql", functionFollows {
            return function(keywordAt: start)
        }
        if Self.typeWords.contains(current), typeFollows { return type(from: start) }
        if current == "type", language.name == "go", peek().kind == .name { return goType() }
        if current == "type", peek().kind == .name, language.name == "typescript" {
            advance()
        }
        if current == "default", sawModifier, ["javascript", "typescript"].contains(language.name) {
            return exportedValue()
        }
        if current == "await", language.name == "dart", text(peek()) == "for" { advance() }
        if let node = controlStatement(start) { return node }
        if let node = functionWithoutKeyword(start) { return node }
        if let node = typedDeclaration(start) { return node }
        if !sawModifier, !isDeclared { position = saved }
        if !isDeclared, sawModifier, position != saved, token.kind != .name,
            !atOpen(UInt8(ascii: "{")), !atOpen(UInt8(ascii: "("))
        {
            position = saved
        }
        guard let node = expressionStatement() else { return nil }
        return definedConstant(called(node))
    }

    /// VBA: a line `wire.Send` is a call.
    private mutating func called(_ node: NodeID) -> NodeID {
        guard language.name == "vba", tree[node].kind == .member else { return node }
        return tree.add(.call, tree[node].start, tree[node].end, [node])
    }

    /// Objective-C's lines that begin with `@`: `@implementation Gate`, `@end`.
    private static let directives: Set<String> = [
        "@implementation", "@interface", "@protocol", "@end", "@import", "@class", "@optional",
        "@required", "@synthesize",
    ]

    private mutating func skipDirective() -> Bool {
        guard traits.contains(.messageSends), Self.directives.contains(word) else { return false }
        advance()
        while token.kind != .end, token.kind != .close, !token.startsLine { advance() }
        return true
    }

    /// PHP's `define('NAME', value)` reads as an assignment.
    private mutating func definedConstant(_ node: NodeID) -> NodeID {
        guard language.name == "php", tree[node].kind == .call, tree.lastName(of: node) == "define"
        else { return node }
        let arguments = tree.arguments(of: node)
        guard arguments.count >= 2, let name = tree.literal(arguments[0].value) else { return node }
        let target = tree.add(
            .name, tree[arguments[0].value].start, tree[arguments[0].value].end, text: name)
        return tree.add(
            .assign, tree[node].start, tree[node].end, [target, arguments[1].value], text: "=")
    }

    /// `export default { … }` reads as an assignment to `default`.
    private mutating func exportedValue() -> NodeID {
        let name = tree.add(.name, token.start, token.end, text: text(token))
        advance()
        let value = expression()
        return tree.add(.assign, tree[name].start, tree[value].end, [name, value], text: "=")
    }

    /// Elixir's attributes that say something about a function or module instead of holding a value.
    private static let describingAttributes: Set<String> = [
        "@doc", "@moduledoc", "@typedoc", "@shortdoc", "@spec", "@type", "@typep", "@opaque",
        "@callback", "@macrocallback", "@impl", "@behaviour", "@deprecated", "@derive", "@tag",
        "@moduletag", "@describetag", "@dialyzer", "@compile", "@before_compile",
        "@external_resource",
    ]

    /// Elixir's `@name value` reads as an assignment.
    private mutating func moduleAttribute() -> NodeID? {
        let start = token.start
        let next = peek()
        guard bytes[start] == UInt8(ascii: "@"), !next.startsLine,
            !Self.describingAttributes.contains(word),
            next.kind == .string || next.kind == .name || next.kind == .number
                || next.kind == .open && next.start > token.end
                || next.kind == .symbol && (isSymbol(next, "%") || isSymbol(next, ":"))
        else { return nil }
        let name = tree.add(.name, start, token.end, text: text(token))
        advance()
        let value = expression()
        return tree.add(.assign, start, tree[value].end, [name, value], text: "=")
    }

    /// PowerShell's `param( … )`: each parameter with a default reads as an assignment.
    private mutating func scriptParameterBlock() -> NodeID {
        let start = token.start
        advance()
        var statements: [NodeID] = []
        let parameters = parameterList()
        if isInScriptFunction {
            scriptParameters += parameters
            return tree.add(.block, start, token.start)
        }
        for parameter in parameters {
            let node = tree[parameter]
            guard let value = node.children.first else { continue }
            let name = tree.add(.name, node.start, node.start, text: node.text)
            statements.append(
                tree.add(.assign, node.start, node.end, [name, value], text: "="))
        }
        if statements.count == 1 { return statements[0] }
        return tree.add(.block, start, token.start, statements)
    }

    /// Whether `{` where a statement may begin is a value, not a block.
    private var braceIsValue: Bool {
        switch language.name {
        case "python", "elixir", "lua", "r": return true
        case "powerquery": return true
        default: return false
        }
    }

    private var isMemberOrCallAhead: Bool {
        let next = peek()
        // `from .records import Ticket`
        if language.name == "python", word == "from", next.start > token.end { return false }
        if isSymbol(next, ".") || isSymbol(next, "=") || isSymbol(next, ":=") { return true }
        return isBracket(next, UInt8(ascii: "(")) && language.name != "go"
            && !["library", "require", "source"].contains(word)
    }

    private var isKeyAhead: Bool {
        let next = peek()
        return isSymbol(next, ":") && language.name != "cpp"
    }

    private var usingIsStatement: Bool {
        let next = peek()
        if isBracket(next, UInt8(ascii: "(")) { return true }
        guard language.name == "csharp" else { return false }
        var index = position + 1
        while index < tokens.count, !isSymbol(tokens[index], ";"), index < position + 8 {
            if isSymbol(tokens[index], "="),
                isSymbol(tokens[min(index + 1, tokens.count - 1)], "new")
            {
                return true
            }
            index += 1
        }
        // `using var x = …`, `using Type x = …` against `using A.B;` and `using A = B;`.
        return next.kind == .name && peek(2).kind == .name
            && !["static", "global", "unsafe"].contains(text(next))
    }

    /// `use constant API => "…"`, `use constant { API => "…", … }`: each is an assignment.
    private mutating func perlConstants() -> NodeID {
        let start = token.start
        advance()
        advance()
        var constants: [NodeID] = []
        func constant(_ pair: NodeID) {
            guard tree[pair].kind == .pair, tree[pair].children.count > 1 else { return }
            constants.append(
                tree.add(.assign, tree[pair].start, tree[pair].end, tree[pair].children, text: "="))
        }
        if atOpen(UInt8(ascii: "{")) {
            let table = bracketed(asMap: true)
            for entry in tree[table].children { constant(entry) }
        } else {
            constant(expression())
        }
        return tree.add(.block, start, tokens[max(0, position - 1)].end, constants)
    }

    private mutating func imported() -> NodeID {
        let start = token.start
        let kind = word
        if kind == "using", usingIsStatement {
            advance()
            return expressionStatement() ?? tree.add(.block, start, token.start)
        }
        var words: [String] = []
        var children: [NodeID] = []
        let lines = traits.contains(.newlineEnds)
        var first = true
        while token.kind != .end, !at(";"), token.kind != .blockClose, token.kind != .blockOpen {
            if !first, token.startsLine, lines { break }
            if token.kind == .close { break }
            first = false
            if token.kind == .open {
                let close = partners[position]
                if close < 0 {
                    advance()
                    break
                }
                while position < close {
                    if token.kind == .name { words.append(text(token)) }
                    if token.kind == .string { words.append(plainText(token)) }
                    advance()
                }
                advance()
                continue
            }
            switch token.kind {
            case .name: words.append(text(token))
            case .string:
                words.append(plainText(token))
                children.append(string())
                continue
            case .symbol where at(".") || at("::") || at("/") || at("\\") || at("-"):
                if words.last != "from", let last = words.popLast() {
                    advance()
                    if token.kind == .name {
                        words.append(last + "." + text(token))
                        advance()
                    } else {
                        words.append(last)
                    }
                    continue
                }
            default: break
            }
            advance()
        }
        return tree.add(
            .imported, start, token.start, children, text: words.joined(separator: " "))
    }

    private func plainText(_ token: Token) -> String {
        guard token.value >= 0 else { return "" }
        return strings[token.value].parts.map { part in
            if case .text(let text, _) = part { text } else { "" }
        }.joined()
    }

    private mutating func define() -> NodeID? {
        let start = token.start
        advance()
        let directive = word
        guard directive == "define", !token.startsLine, peek().kind == .name else {
            if directive == "import" || directive == "include" {
                advance()
                var text = ""
                while token.kind != .end, !token.startsLine {
                    text += token.kind == .string ? plainText(token) : self.text(token)
                    advance()
                }
                return tree.add(.imported, start, token.start, text: text)
            }
            while token.kind != .end, !token.startsLine { advance() }
            return nil
        }
        advance()
        let name = tree.add(.name, token.start, token.end, text: text(token))
        let nameToken = position
        advance()
        if atOpen(UInt8(ascii: "(")), isAdjacent(position), partners[position] > nameToken {
            position = partners[position] + 1
        }
        guard !token.startsLine, token.kind != .end else { return nil }
        let value = expression()
        while token.kind != .end, !token.startsLine { advance() }
        return tree.add(.assign, start, tree[value].end, [name, value], text: "=")
    }

    private mutating func expressionStatement() -> NodeID? {
        let start = token.start
        var first = expression()
        if at(","), !ignoresLines,
            ["python", "go", "lua", "ruby"].contains(language.name)
        {
            var items = [first]
            while take(","), !endsStatement { items.append(expression(above: 2)) }
            first = tree.add(.list, start, token.start, items)
            if at("=") || at(":=") { return assignment(to: first, from: start) }
        }
        while !endsStatement, token.kind == .name,
            language.name == "perl" || language.name == "ruby",
            ["if", "unless", "while", "until", "for", "foreach", "rescue"].contains(word)
        {
            let keyword = word
            advance()
            let condition = expression()
            let kind: NodeKind =
                ["while", "until", "for", "foreach"].contains(keyword) ? .loop : .branch
            let body = tree.add(.block, start, tree[first].end, [first])
            first = tree.add(kind, start, tree[condition].end, [condition, body], text: keyword)
        }
        return first
    }

    mutating func assignment(to target: NodeID, from start: Int) -> NodeID {
        let symbol = text(token)
        advance()
        var value = expression()
        if at(","), !ignoresLines, ["python", "go", "lua", "ruby"].contains(language.name),
            tree[target].kind == .list || language.name == "python"
        {
            var items = [value]
            while take(","), !endsStatement { items.append(expression(above: 2)) }
            value = tree.add(.list, tree[items[0]].start, token.start, items)
        }
        return tree.add(.assign, start, tree[value].end, [target, value], text: symbol)
    }

    // MARK: Control

    private mutating func controlStatement(_ start: Int) -> NodeID? {
        let current = word
        if isKeyAhead, current != "else", current != "default", current != "try" { return nil }
        let next = peek()
        if isSymbol(next, "=") || isSymbol(next, ".") || isSymbol(next, "->")
            || isSymbol(next, "=>")
        {
            return nil
        }
        if Self.returnWords.contains(current) {
            if ["raise", "panic", "die"].contains(current), language.name == "kotlin" {
                return nil
            }
            advance()
            guard !endsStatement, !(traits.contains(.newlineEnds) && token.startsLine) else {
                return tree.add(.returned, start, tokens[position - 1].end, text: current)
            }
            var value = expression()
            if at(","), !ignoresLines, ["python", "go", "lua"].contains(language.name) {
                var items = [value]
                while take(","), !endsStatement { items.append(expression(above: 2)) }
                value = tree.add(.list, tree[items[0]].start, token.start, items)
            }
            var node = tree.add(.returned, start, tree[value].end, [value], text: current)
            if language.name == "ruby" || language.name == "perl", !endsStatement,
                ["if", "unless"].contains(word)
            {
                let keyword = word
                advance()
                let condition = expression()
                let body = tree.add(.block, start, tree[node].end, [node])
                node = tree.add(
                    .branch, start, tree[condition].end, [condition, body], text: keyword)
            }
            return node
        }
        guard ControlWords.has(current, in: language.name) else { return nil }
        if Self.loopWords.contains(current), loopFollows { return loop(start) }
        if Self.branchWords.contains(current), branchFollows { return branch(start) }
        return nil
    }

    private var loopFollows: Bool {
        let next = peek()
        switch word {
        case "loop", "forever", "repeat":
            return next.kind == .blockOpen || isBracket(next, UInt8(ascii: "{"))
        case "do":
            return next.kind == .blockOpen || isBracket(next, UInt8(ascii: "{"))
                || language.name == "vba" || language.name == "shell"
        default: return !isBracket(next, UInt8(ascii: ")"))
        }
    }

    private var branchFollows: Bool {
        let next = peek()
        switch word {
        case "with", "using", "lock", "match", "default", "process", "select", "case", "when",
            "receive", "cond":
            return !isBracket(next, UInt8(ascii: ")"))
                && !(isBracket(next, UInt8(ascii: "(")) && language.name == "elixir")
        case "end": return false
        default: return true
        }
    }

    private mutating func loop(_ start: Int) -> NodeID {
        let keyword = word
        advance()
        var children: [NodeID] = []
        if ["do", "repeat", "loop", "forever"].contains(keyword), atBlock {
            let body = bracedBlock()
            if word == "while" || word == "until" {
                advance()
                if !endsStatement { children.append(expression()) }
            }
            return tree.add(.loop, start, token.start, children + [body], text: keyword)
        }
        children += head()
        if keyword == "do", !atBlock {
            return tree.add(.loop, start, token.start, children, text: keyword)
        }
        let body = body()
        if word == "until" || word == "while", language.name == "lua" || language.name == "vba" {
            if !token.startsLine || language.name == "lua" || language.name == "vba" {
                let save = position
                advance()
                if endsStatement { position = save } else { children.append(expression()) }
            }
        }
        return tree.add(.loop, start, tree[body].end, children + [body], text: keyword)
    }

    /// The expressions between a keyword and its block.
    private mutating func head() -> [NodeID] {
        var found: [NodeID] = []
        let saved = (headOnly, ignoresLines)
        headOnly = true
        defer { (headOnly, ignoresLines) = saved }
        if atOpen(UInt8(ascii: "(")), partners[position] > 0, parenthesisIsHead {
            let close = partners[position]
            advance()
            ignoresLines = true
            headOnly = false
            while position < close {
                let before = position
                while at(";") || at(",") { advance() }
                if position >= close { break }
                if let node = typedDeclaration(token.start) {
                    found.append(node)
                } else {
                    while token.kind == .name,
                        ["let", "const", "var", "val", "final", "auto", "my", "await", "foreach"]
                            .contains(word), peek().kind == .name || peek().kind == .open
                    { advance() }
                    found.append(expression())
                    if at(":") {
                        advance()
                        let list = expression()
                        let item = found.removeLast()
                        found.append(
                            tree.add(
                                .binary, tree[item].start, tree[list].end, [item, list], text: "in")
                        )
                    }
                }
                if position == before { advance() }
            }
            position = close
            advance()
            return found
        }
        while !atBlock, !endsStatement, token.kind != .end {
            let before = position
            while token.kind == .name,
                ["let", "const", "var", "val", "my", "some", "case", "not"]
                    .contains(word), peek().kind == .name || peek().kind == .open
            { advance() }
            found.append(expression())
            if at(","), !atBlock { advance() }
            if at(";"), language.name == "go" || language.name == "rust" || language.name == "swift"
            {
                advance()
            }
            if position == before { advance() }
        }
        return found
    }

    /// Whether the parenthesis is the whole head, not the begin of an expression.
    private var parenthesisIsHead: Bool {
        let after = tokens[min(partners[position] + 1, tokens.count - 1)]
        if after.startsLine || after.kind == .blockOpen || isBracket(after, UInt8(ascii: "{")) {
            return true
        }
        if after.kind == .symbol { return isSymbol(after, ";") || isSymbol(after, "->") }
        return !["python", "go", "ruby", "lua", "swift", "rust"].contains(language.name)
    }

    private mutating func branch(_ start: Int) -> NodeID {
        let keyword = word
        advance()
        if language.name == "powershell", ["process", "begin", "end"].contains(keyword), atBlock {
            return bracedBlock()
        }
        if keyword == "else", word == "if" || word == "unless" { return branch(start) }
        if ["case", "default", "when"].contains(keyword), !atBlock,
            language.name != "ruby" || keyword != "case"
        {
            return clause(start, keyword)
        }
        var heads = head()
        if keyword == "with" { heads = heads.map { bound($0) } }
        if keyword == "with", language.name == "vba", let subject = heads.first {
            return with(subject, start)
        }
        let body = body()
        return tree.add(.branch, start, tree[body].end, heads + [body], text: keyword)
    }

    /// VBA's `With object … End With`: a leading dot in it means the object.
    private mutating func with(_ subject: NodeID, _ start: Int) -> NodeID {
        var head = subject
        var name = tree[subject].text
        if tree[subject].kind != .name {
            name = "With\(tree[subject].start)"
            let target = tree.add(.name, start, start, text: name)
            head = tree.add(
                .assign, tree[subject].start, tree[subject].end, [target, subject], text: "=")
        }
        withSubjects.append(name)
        let body = body()
        withSubjects.removeLast()
        return tree.add(.branch, start, tree[body].end, [head, body], text: "with")
    }

    /// Python's `with value as name`, read as `name = value`.
    private mutating func bound(_ id: NodeID) -> NodeID {
        let node = tree[id]
        switch node.kind {
        case .binary where node.text == "as" && node.children.count == 2:
            return tree.add(
                .assign, node.start, node.end, [node.children[1], node.children[0]], text: "=")
        case .list:
            let items = node.children.map { bound($0) }
            return tree.add(.block, node.start, node.end, items)
        default: return id
        }
    }

    /// `case x:`, `when x ->`, `default:`: the statements stay in the block around.
    private mutating func clause(_ start: Int, _ keyword: String) -> NodeID {
        var heads: [NodeID] = []
        let saved = headOnly
        headOnly = true
        while !endsStatement, !at(":"), !at("=>"), !at("->"), !atBlock {
            let before = position
            heads.append(expression(above: 3))
            if at(",") { advance() }
            if position == before { advance() }
        }
        headOnly = saved
        if at(":") || at("=>") || at("->") { advance() }
        if atBlock, language.name != "go" { heads.append(bracedBlock()) }
        return tree.add(.branch, start, token.start, heads, text: keyword)
    }
}

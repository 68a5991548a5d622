extension CodeParser {
    private static let prefixWords: Set<String> = [
        "await", "async", "typeof", "delete", "not", "go", "inout", "ref", "out", "mut", "move",
        "const", "final", "let", "var", "val", "my", "our", "local", "void", "yield", "throw",
        "return", "raise", "borrowing", "consuming", "checked", "static", "unsafe", "keyof", "in",
        "echo", "print", "some", "any", "dyn", "do", "then",
    ]
    private static let lambdaWords: Set<String> = ["function", "func", "fn", "fun", "sub", "def"]

    // MARK: Prefix

    mutating func prefix() -> NodeID {
        let start = token.start
        switch token.kind {
        case .string:
            return postfix(string(), from: start)
        case .number:
            let node = tree.add(.number, start, token.end, text: text(token))
            advance()
            return postfix(node, from: start)
        case .open: return postfix(bracketed(), from: start)
        case .blockOpen:
            return bracedBlock()
        case .name: return nameOperand()
        case .symbol: return symbolOperand()
        case .close, .blockClose, .end:
            return tree.add(.name, start, start)
        }
    }

    private mutating func symbolOperand() -> NodeID {
        let start = token.start
        if at("%") || at("@"),
            isBracket(peek(), UInt8(ascii: "{")) || isBracket(peek(), UInt8(ascii: "("))
        {
            advance()  // Elixir's %{}, PowerShell's @{} and @()
            return postfix(bracketed(asMap: true), from: start)
        }
        if at("%"), peek().kind == .name, language.name == "elixir" {
            advance()
            let type = nameOperand()
            return type
        }
        if at("->"), language.name == "ruby" {
            advance()
            return keywordlessLambda(from: start)
        }
        if at("^"), language.name == "objective-c" {
            advance()
            while token.kind == .name || at("*") { advance() }
            return keywordlessLambda(from: start)
        }
        if at("|") || at("||"), ["rust"].contains(language.name) { return closure() }
        if at("::") {
            advance()
            return prefix()
        }
        if at(":"), peek().kind == .name || peek().kind == .string, isAdjacent(position + 1) {
            advance()  // a symbol or atom reads as its text
            if token.kind == .string { return postfix(string(), from: start) }
            let name = text(token)
            let node = tree.addString(start, token.end, parts: [.text(name, at: token.start)])
            advance()
            return postfix(node, from: start)
        }
        if at("."), peek().kind == .name, let subject = withSubjects.last {
            advance()
            let owner = tree.add(.name, start, start, text: subject)
            let node = tree.add(.member, start, token.end, [owner], text: text(token))
            advance()
            return postfix(node, from: start)
        }
        let symbol = text(token)
        advance()
        if endsStatement || token.kind == .close { return tree.add(.name, start, start) }
        let operand = expression(above: 9)
        return tree.add(.unary, start, tree[operand].end, [operand], text: symbol)
    }

    private mutating func nameOperand() -> NodeID {
        let start = token.start
        let current = word
        let next = peek()
        let isPlain =
            isSymbol(next, ".") || isSymbol(next, "=") || isSymbol(next, ",") || next.kind == .close
        if !isPlain {
            if current == "new", hasNew { return postfix(newObject(), from: start) }
            if current == "lambda", language.name == "python" { return pythonLambda() }
            if Self.lambdaWords.contains(current), language.name != "sql", lambdaFollows {
                return keywordLambda()
            }
            if ["if", "switch", "match", "case", "try", "when", "unless", "begin", "cond"]
                .contains(current), ControlWords.has(current, in: language.name),
                !isSymbol(next, ":"), next.kind != .symbol || current == "if",
                let node = statementAsOperand()
            {
                return node
            }
            if current == "class" || current == "object" || current == "struct",
                isBracket(next, UInt8(ascii: "{")) || current == "class"
                    || isSymbol(next, ":") && current == "object",
                let node = statementAsOperand()
            {
                return node
            }
            if Self.prefixWords.contains(current), current != "in" || language.name != "go",
                ControlWords.has(current, in: language.name),
                next.kind == .name || next.kind == .string || next.kind == .open
                    || next.kind == .number || isSymbol(next, "&") || isSymbol(next, "*"),
                !next.startsLine, !(next.kind == .open && isCallLike(current, next))
            {
                advance()
                return expression(above: 2)
            }
            if current == "fn", language.name == "php" { return keywordLambda() }
        }
        if atMacro, peek().kind == .string {
            let macro = tree.add(.name, start, token.end, text: text(token))
            advance()
            let rest = string()
            return tree.add(.binary, start, tree[rest].end, [macro, rest], text: "+")
        }
        var node = tree.add(.name, start, token.end, text: name(of: token))
        advance()
        if token.kind == .string, isAdjacent(position), bytes[token.start] == UInt8(ascii: "`") {
            let text = string()
            node = tree.add(.call, start, tree[text].end, [node, text])
        }
        return postfix(node, from: start)
    }

    /// A statement where an operand stands: `x = if a { b } else { c }`. Nil where the language has no such statement, which
    /// is known by its coming back here without a step.
    private mutating func statementAsOperand() -> NodeID? {
        guard operandStatement != position else { return nil }
        let saved = operandStatement
        operandStatement = position
        defer { operandStatement = saved }
        var statements: [NodeID] = []
        statement(into: &statements)
        return statements.last
    }

    private var hasNew: Bool {
        [
            "java", "csharp", "javascript", "typescript", "php", "groovy", "scala", "dart", "cpp",
            "perl",
        ]
        .contains(language.name)
    }

    /// `print(x)` and `await(x)`: the word is the callee.
    private func isCallLike(_ word: String, _ next: Token) -> Bool {
        guard isBracket(next, UInt8(ascii: "(")) else { return false }
        return [
            "print", "echo", "go", "in", "out", "ref", "some", "any", "do", "then", "def", "final",
        ]
        .contains(word)
    }

    private func name(of token: Token) -> String {
        let text = text(token)
        guard traits.contains(.quotedNames), text.count > 2 else { return text }
        if text.hasPrefix("`") { return String(text.dropFirst().dropLast()) }
        if text.hasPrefix("#\"") { return String(text.dropFirst(2).dropLast()) }
        return text
    }

    private var lambdaFollows: Bool {
        let next = peek()
        return isBracket(next, UInt8(ascii: "(")) || isBracket(next, UInt8(ascii: "{"))
            || next.kind == .blockOpen || isSymbol(next, "*")
            || (next.kind == .name && isBracket(peek(2), UInt8(ascii: "("))
                && word == "function")
    }

    private mutating func keywordLambda() -> NodeID {
        let start = token.start
        advance()
        if at("*") || at("&") { advance() }
        if token.kind == .name { advance() }
        return keywordlessLambda(from: start)
    }

    /// Parameters and a body, wherever they are optional.
    private mutating func keywordlessLambda(from start: Int) -> NodeID {
        var children: [NodeID] = []
        if atOpen(UInt8(ascii: "(")) { children = parameterList() }
        // R has no result types: `function(id) GET(url(id))`
        if language.name != "r" { skipToBody() }
        let body: NodeID
        if atBlock {
            let saved = (headOnly, ignoresLines)
            headOnly = false
            ignoresLines = false
            body = bracedBlock()
            (headOnly, ignoresLines) = saved
        } else if at("=>") || at("=") || at("->") {
            advance()
            body = returned(expression(above: 1))
        } else {
            body = returned(expression(above: 1))
        }
        return postfix(
            tree.add(.lambda, start, tree[body].end, children + [body]), from: start)
    }

    private mutating func pythonLambda() -> NodeID {
        let start = token.start
        advance()
        var children: [NodeID] = []
        while !at(":"), token.kind != .end, token.kind != .close, token.kind != .blockOpen {
            if token.kind == .name {
                children.append(
                    tree.add(.parameter, token.start, token.end, text: text(token)))
                advance()
                if take("=") { tree.append(expression(above: 3), to: children[children.count - 1]) }
            } else {
                advance()
            }
        }
        if at(":") { advance() }
        let body = returned(expression(above: 2))
        return tree.add(.lambda, start, tree[body].end, children + [body])
    }

    /// Rust: `|x| …`
    private mutating func closure() -> NodeID {
        let start = token.start
        var children: [NodeID] = []
        if at("||") {
            advance()
        } else {
            advance()
            while !at("|"), token.kind != .end, token.kind != .close {
                if token.kind == .name {
                    children.append(
                        tree.add(.parameter, token.start, token.end, text: text(token)))
                }
                advance()
            }
            if at("|") { advance() }
        }
        let body = atBlock ? bracedBlock() : returned(expression(above: 2))
        return tree.add(.lambda, start, tree[body].end, children + [body])
    }

    /// `new Type(…) { … }`
    private mutating func newObject() -> NodeID {
        let start = token.start
        advance()
        var callee: NodeID
        if token.kind == .name {
            callee = tree.add(.name, token.start, token.end, text: text(token))
            advance()
            while at(".") || at("::") || at("\\"), peek().kind == .name {
                advance()
                callee = tree.add(
                    .member, tree[callee].start, token.end, [callee], text: text(token))
                advance()
            }
        } else {
            callee = tree.add(.name, start, start, text: "new")
        }
        let types = genericArguments()
        if atOpen(UInt8(ascii: "[")) { advancePastBracket() }
        if atOpen(UInt8(ascii: "(")) {
            let node = call(callee, from: start, types: types)
            return initializer(of: node)
        }
        let node = tree.add(.call, start, tokens[position - 1].end, [callee], text: types)
        return initializer(of: node)
    }

    /// C#'s and Java's `{ … }` after `new X(…)`.
    private mutating func initializer(of node: NodeID) -> NodeID {
        guard atOpen(UInt8(ascii: "{")), !headOnly,
            ["csharp", "java", "dart", "php"].contains(language.name)
        else { return node }
        let isClass = language.name == "java" || language.name == "php"
        let content = isClass ? bracedBlock(asType: true) : bracketed(asMap: true)
        tree.append(content, to: node)
        return node
    }

    mutating func advancePastBracket() {
        let close = partners[position]
        position = close > position ? close : position
        advance()
    }

    // MARK: Postfix

    mutating func postfix(_ operand: NodeID, from start: Int) -> NodeID {
        var node = operand
        while true {
            if continuesMember, let member = member(of: node, from: start) {
                node = member
                continue
            }
            guard !endsStatement else { return node }
            if atOpen(UInt8(ascii: "(")), callFollows(node) {
                node = call(node, from: start)
                continue
            }
            if bareArgumentFollows(node) {
                node = bareArgument(node, from: start)
                continue
            }
            if atOpen(UInt8(ascii: "[")), indexFollows(node) {
                node = index(node, from: start)
                continue
            }
            if language.name == "perl", atOpen(UInt8(ascii: "{")), isAdjacent(position),
                tree[node].kind == .index || tree[node].text.hasPrefix("$")
            {
                node = index(node, from: start)  // $name{key}
                continue
            }
            if at("<"), canBeGeneric(node) {
                let saved = position
                let types = genericArguments()
                if !types.isEmpty {
                    if atOpen(UInt8(ascii: "(")) {
                        node = call(node, from: start, types: types)
                        continue
                    }
                    if atOpen(UInt8(ascii: "{")), !headOnly {
                        continue
                    }
                    return node
                }
                position = saved
            }
            if atOpen(UInt8(ascii: "{")) || token.kind == .blockOpen, blockArgumentFollows(node) {
                node = blockArgument(node, from: start)
                continue
            }
            if at("++") || at("--"), isAdjacent(position),
                !["elixir", "scala", "r"].contains(language.name)
            {
                advance()  // counts up
                continue
            }
            if at("!"), language.name == "rust", isAdjacent(position), peek().kind == .open {
                advance()  // a macro's call
                continue
            }
            if at("!") || at("!!") || at("?"), isAdjacent(position), endsOperand(peek()) {
                advance()
                continue
            }
            if traits.contains(.commandCalls), commandFollows(node) {
                node = commandCall(node, from: start)
                continue
            }
            return node
        }
    }

    private func endsOperand(_ next: Token) -> Bool {
        if next.startsLine || next.kind == .close || next.kind == .end { return true }
        return next.kind == .symbol
            && [".", ",", ";", "?.", "?", "["].contains(text(next))
            || isBracket(next, UInt8(ascii: "["))
    }

    private var continuesMember: Bool {
        guard token.kind == .symbol else { return false }
        if at(".") {
            guard language.name != "php" else { return false }
            if language.name == "perl" { return false }
            if language.name == "vba" { return isAdjacent(position) }
            if token.startsLine, traits.contains(.newlineEnds), !ignoresLines {
                return ["python", "go"].contains(language.name) == false
            }
            return true
        }
        if at("?.") || at("?->") { return true }
        if at("::") { return language.name != "haskell" }
        if at("->") { return ["php", "c", "cpp", "perl", "objective-c"].contains(language.name) }
        if at("$") { return language.name == "r" }
        if at("..") { return language.name == "dart" }
        if at("&."), language.name == "ruby" { return true }
        if at(":"), language.name == "lua" {
            return isAdjacent(position) && peek().kind == .name
                && (isBracket(peek(2), UInt8(ascii: "(")) || peek(2).kind == .string)
        }
        if at("&"), language.name == "ruby" {
            return isSymbol(peek(), ".") && isAdjacent(position + 1)
        }
        return false
    }

    private mutating func member(of node: NodeID, from start: Int) -> NodeID? {
        let saved = position
        let isScope = at("::")
        advance()
        if at("."), language.name == "ruby" { advance() }
        if at("?"), peek().kind == .name { advance() }
        switch token.kind {
        case .name:
            let name = name(of: token)
            let end = token.end
            advance()
            // A cast: `x::text`
            if isScope, language.name == "sql" { return node }
            if isScope, at("<") { _ = genericArguments() }
            return tree.add(.member, start, end, [node], text: name)
        case .number where !token.startsLine && isAdjacent(position):  // tuple.0
            let name = text(token)
            let end = token.end
            advance()
            return tree.add(.member, start, end, [node], text: name)
        case .open where isBracket(token, UInt8(ascii: "[")) || isBracket(token, UInt8(ascii: "{")):
            return index(node, from: start)
        case .open where isBracket(token, UInt8(ascii: "(")):
            return call(node, from: start)
        case .string where language.name == "elixir" || language.name == "groovy":
            let quoted = string()
            return tree.add(
                .member, start, tokens[position - 1].end, [node], text: tree.literal(quoted) ?? "")
        case .symbol where at("<") && isScope:  // Rust's turbofish
            _ = genericArguments()
            return node
        default:
            position = saved
            if isScope {
                advance()
                return node
            }
            return nil
        }
    }

    private func callFollows(_ node: NodeID) -> Bool {
        let kind = tree[node].kind
        guard kind != .number, kind != .string, kind != .map else { return false }
        if kind == .list || kind == .block || kind == .binary { return false }
        if token.startsLine, !ignoresLines, traits.contains(.newlineEnds) { return false }
        if traits.contains(.commandCalls), !isAdjacent(position) {
            return ["powershell", "groovy", "perl", "vba"].contains(language.name) && false
        }
        return true
    }

    private func indexFollows(_ node: NodeID) -> Bool {
        if token.startsLine { return false }
        if traits.contains(.messageSends), !isAdjacent(position) { return false }
        if traits.contains(.commandCalls), !isAdjacent(position) { return false }
        if language.name == "powerquery" { return !isAdjacent(position) ? false : true }
        return tree[node].kind != .number
    }

    private mutating func index(_ node: NodeID, from start: Int) -> NodeID {
        let close = partners[position]
        advance()
        let saved = (ignoresLines, headOnly)
        ignoresLines = true
        headOnly = false
        var children = [node]
        while token.kind != .close, token.kind != .end {
            let before = position
            children.append(expression())
            while at(",") || at(":") { advance() }
            if position == before { advance() }
        }
        (ignoresLines, headOnly) = saved
        if close > 0 { position = close }
        let end = token.end
        advance()
        return tree.add(.index, start, end, children)
    }

    private func canBeGeneric(_ node: NodeID) -> Bool {
        let kind = tree[node].kind
        return (kind == .name || kind == .member)
            && [
                "java", "csharp", "typescript", "kotlin", "cpp", "rust", "swift", "dart", "scala",
                "groovy",
            ]
            .contains(language.name)
    }

    /// Steps over `<A, B<C>>` where that is what stands here; gives the names in it.
    mutating func genericArguments() -> String {
        guard at("<") else { return "" }
        var depth = 0
        var index = position
        var names: [String] = []
        let limit = min(tokens.count, position + 80)
        while index < limit {
            let token = tokens[index]
            if isSymbol(token, "<") {
                depth += 1
            } else if isSymbol(token, ">") {
                depth -= 1
                if depth == 0 { break }
            } else {
                switch token.kind {
                case .name: names.append(text(token))
                case .open, .close, .string, .number: break
                case .symbol:
                    guard
                        [",", ".", "?", "&", "|", "::", ":", "*", "=>", "->", "'", "[]"]
                            .contains(text(token))
                    else { return "" }
                default: return ""
                }
                if isBracket(token, UInt8(ascii: "{")), language.name != "typescript" { return "" }
            }
            index += 1
        }
        guard depth == 0, index < limit, isSymbol(tokens[index], ">") else { return "" }
        let after = tokens[min(index + 1, tokens.count - 1)]
        let fits: Bool
        switch after.kind {
        case .open: fits = true
        case .close, .end: fits = true
        case .name: fits = tokens[index].end < after.start
        case .symbol:
            fits = [".", "::", ",", ";", ":", "=", "?", ">", "&", "*", "=>", "{"].contains(
                text(after))
        default: fits = false
        }
        guard fits else { return "" }
        position = index
        advance()
        return names.isEmpty ? " " : names.joined(separator: " ")
    }

    // MARK: Blocks as arguments

    private func blockArgumentFollows(_ node: NodeID) -> Bool {
        let kind = tree[node].kind
        guard kind == .name || kind == .member || kind == .call || kind == .index else {
            return false
        }
        if token.startsLine { return false }
        if token.kind == .blockOpen {
            // `do … end` and `fn … end` are arguments; the block of a head is not.
            guard case .words = language.blocks, !headOnly else { return false }
            return true
        }
        if traits.contains(.trailingBlocks) {
            return !headOnly || language.name == "kotlin" && kind == .call && false
        }
        if headOnly { return false }
        guard ["go", "rust", "cpp", "c"].contains(language.name) else { return false }
        guard kind == .name || kind == .member || kind == .index else { return false }
        let name = tree.lastName(of: node)
        if name == "namespace" || name == "extern" { return false }
        // Go's own types: `job{}`, `&job{location: link}`
        if language.name == "go", kind == .name, name != "struct", name != "interface",
            peek().kind == .close || peek().kind == .name && isSymbol(peek(2), ":")
        {
            return true
        }
        return name.first.map { $0.isUppercase } ?? false || language.name == "cpp"
            || kind == .index
    }

    private mutating func blockArgument(_ node: NodeID, from start: Int) -> NodeID {
        if ["go", "rust", "cpp", "c"].contains(language.name) {
            let content = bracketed(asMap: true)
            return tree.add(.call, start, tree[content].end, [node, content])
        }
        let block = blockLambda()
        if tree[node].kind == .call {
            tree.append(block, to: node)
            return node
        }
        return tree.add(.call, start, tree[block].end, [node, block])
    }

    /// `{ x -> … }`, `do |x| … end`, `{ x in … }`, `{ |x| … }`.
    mutating func blockLambda() -> NodeID {
        let start = token.start
        var children: [NodeID] = []
        let saved = (ignoresLines, headOnly)
        ignoresLines = false
        headOnly = false
        let opener = position
        if isSymbol(peek(), "|") {
            var index = position + 2
            while index < tokens.count, !isSymbol(tokens[index], "|"), index < position + 24 {
                if tokens[index].kind == .name {
                    children.append(
                        tree.add(
                            .parameter, tokens[index].start, tokens[index].end,
                            text: text(tokens[index])))
                }
                index += 1
            }
            let body = bracedBlock(skipping: index - opener)
            (ignoresLines, headOnly) = saved
            return tree.add(.lambda, start, tree[body].end, children + [body])
        }
        if let arrow = blockArrow() {
            for index in (position + 1)..<arrow where tokens[index].kind == .name {
                let previous = tokens[index - 1]
                if isSymbol(previous, ":") { continue }
                children.append(
                    tree.add(
                        .parameter, tokens[index].start, tokens[index].end,
                        text: text(tokens[index])))
            }
            let body = bracedBlock(skipping: arrow - opener)
            (ignoresLines, headOnly) = saved
            return tree.add(.lambda, start, tree[body].end, children + [body])
        }
        let body = bracedBlock()
        (ignoresLines, headOnly) = saved
        return tree.add(.lambda, start, tree[body].end, children + [body])
    }

    /// Where the parameters of a block end: at `->`, `=>` or `in` on its first line.
    private func blockArrow() -> Int? {
        var index = position + 1
        var depth = 0
        while index < tokens.count, index < position + 24 {
            let token = tokens[index]
            if token.kind == .open { depth += 1 }
            if token.kind == .close {
                depth -= 1
                if depth < 0 { return nil }
            }
            if depth == 0 {
                if isSymbol(token, "->") || isSymbol(token, "=>") {
                    return language.name == "swift" ? nil : index
                }
                if token.kind == .name, text(token) == "in", language.name == "swift" {
                    return index
                }
            }
            if token.kind == .symbol,
                ![",", ":", "?", "<", ">", "_", "*", ".", "->"].contains(text(token))
            {
                return nil
            }
            if token.kind == .string || token.kind == .end || token.kind == .blockClose {
                return nil
            }
            index += 1
        }
        return nil
    }

    private mutating func bracedBlock(skipping count: Int) -> NodeID {
        let opener = position
        let close = partners[opener]
        let start = token.start
        position = min(opener + count, tokens.count - 1)
        advance()
        var statements: [NodeID] = []
        let limit = close > 0 ? close : tokens.count - 1
        depth += 1
        while position < limit, token.kind != .end {
            let before = position
            if depth > Self.maximumDepth { break }
            statement(into: &statements)
            if position == before { advance() }
        }
        depth -= 1
        position = limit
        let end = token.end
        advance()
        return tree.add(.block, start, end, statements)
    }
}

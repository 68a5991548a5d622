extension CodeParser {
    // MARK: Calls

    /// The call whose `(` is at the position.
    mutating func call(_ callee: NodeID, from start: Int, types: String = "") -> NodeID {
        let arguments = argumentList()
        let node = tree.add(
            .call, start, tokens[max(0, position - 1)].end, [callee] + arguments, text: types)
        return node
    }

    private mutating func argumentList() -> [NodeID] {
        let close = partners[position]
        advance()
        let saved = (ignoresLines, headOnly)
        ignoresLines = true
        headOnly = false
        var children: [NodeID] = []
        let limit = close > 0 ? close : tokens.count - 1
        while position < limit {
            let before = position
            if at(",") || at(";") {
                advance()
                continue
            }
            children.append(argument())
            if position == before { advance() }
        }
        (ignoresLines, headOnly) = saved
        position = limit
        advance()
        return children
    }

    /// `value`, `name: value`, `name = value`, `&block`, `**map`.
    private mutating func argument() -> NodeID {
        let start = token.start
        // Python's `lambda: value` names nothing.
        if token.kind == .name, language.name != "python" || text(token) != "lambda" {
            let next = peek()
            let isNamed =
                (isSymbol(next, "=") || isSymbol(next, ":")) && !isSymbol(peek(2), "=")
                && !isSymbol(peek(2), ":")
            if isNamed,
                isSymbol(next, ":")
                    || !["c", "cpp", "go", "java", "csharp"].contains(language.name)
            {
                let name = text(token).trimmingQuotes
                advance()
                advance()
                if at(",") || token.kind == .close {  // Ruby's and JavaScript's short form
                    let value = tree.add(.name, start, start + name.utf8.count, text: name)
                    return tree.add(.argument, start, token.start, [value], text: name)
                }
                let value = expression(above: 1)
                if at("=>") || isSymbol(token, "->") {
                    return expressionAfterTypedParameter(name, value, from: start)
                }
                return tree.add(.argument, start, tree[value].end, [value], text: name)
            }
        }
        if token.kind == .string, isSymbol(peek(), ":"),
            language.name == "ruby"
                || language.name == "groovy" || language.name == "elixir"
        {
            let key = string()
            advance()
            let value = expression(above: 1)
            return tree.add(
                .pair, start, tree[value].end, [key, value], text: tree.literal(key) ?? "")
        }
        if token.kind == .name, peek().kind == .name, !peek().startsLine,
            ["csharp", "java", "rust", "powerquery"].contains(language.name),
            isSymbol(peek(2), "=>")
                || isSymbol(peek(2), ",") || isSymbol(peek(2), "as")
        {
            // A typed parameter of a lambda: the last name counts.
            if isSymbol(peek(2), "=>") || language.name != "rust" { advance() }
        }
        return expression()
    }

    private mutating func expressionAfterTypedParameter(
        _ name: String, _ value: NodeID, from start: Int
    ) -> NodeID {
        advance()
        let parameter = tree.add(.parameter, start, tree[value].end, text: name)
        let body = atBlock ? bracedBlock() : returned(expression(above: 1))
        return tree.add(.lambda, start, tree[body].end, [parameter, body])
    }

    // MARK: Brackets as values

    /// What stands in `(…)`, `[…]` or `{…}` where a value may begin.
    mutating func bracketed(asMap: Bool = false) -> NodeID {
        switch bytes.indices.contains(token.start) ? bytes[token.start] : 0 {
        case UInt8(ascii: "(") where token.end > token.start:
            return asMap ? items() : parenthesis()
        case UInt8(ascii: "[") where token.end > token.start:
            if traits.contains(.messageSends), let message = message() { return message }
            return items()
        default:
            if token.end == token.start { return items() }
            if !asMap, traits.contains(.trailingBlocks), !looksLikeMap { return blockLambda() }
            if language.name == "rust", !asMap { return bracedBlock() }
            if language.name == "perl", !looksLikeMap, !asMap { return bracedBlock() }
            return items()
        }
    }

    /// `{ "a": …`, `{ a => …`, `{ :a => …`, `{}`.
    private var looksLikeMap: Bool {
        let first = peek()
        if first.kind == .close { return language.name != "kotlin" && language.name != "swift" }
        let second = peek(2)
        switch language.name {
        case "ruby":
            return isSymbol(second, ":") || isSymbol(second, "=>") || isSymbol(first, ":")
                || isSymbol(first, "**")
        case "perl": return isSymbol(second, "=>") || isSymbol(second, ",") || isSymbol(first, "%")
        case "groovy", "terraform":
            return isSymbol(second, ":") || isSymbol(second, "=") || first.kind == .string
        default: return false
        }
    }

    private mutating func parenthesis() -> NodeID {
        let start = token.start
        let opener = position
        let close = partners[opener]
        if close > 0, let lambda = parenthesizedLambda(close: close) { return lambda }
        advance()
        let saved = (ignoresLines, headOnly)
        ignoresLines = true
        headOnly = false
        var children: [NodeID] = []
        let limit = close > 0 ? close : tokens.count - 1
        var commas = 0
        while position < limit {
            let before = position
            if at(",") || at(";") {
                commas += 1
                advance()
                continue
            }
            children.append(argument())
            if position == before { advance() }
        }
        (ignoresLines, headOnly) = saved
        position = limit
        let end = token.end
        advance()
        if children.count == 1, commas == 0, tree[children[0]].kind != .argument {
            if isCast(children[0], end: end) { return prefix() }
            return children[0]
        }
        return tree.add(.list, start, end, children)
    }

    /// `(Type) value`
    private func isCast(_ node: NodeID, end: Int) -> Bool {
        guard ["java", "csharp", "c", "cpp", "objective-c", "php", "dart"].contains(language.name),
            !endsStatement, !token.startsLine
        else { return false }
        let kind = tree[node].kind
        guard kind == .name || kind == .member || kind == .index else { return false }
        switch token.kind {
        case .name:
            return !["is", "as", "in", "instanceof", "and", "or"].contains(text(token))
        case .string, .number: return true
        case .open:
            let name = tree.lastName(of: node)
            return isBracket(token, UInt8(ascii: "("))
                && (name.first.map { $0.isUppercase } ?? false
                    || ["int", "long", "string", "double", "float", "char", "bool"].contains(name))
        default: return false
        }
    }

    /// `(a, b: T): R => …` and `(String a, int b) -> …`.
    private mutating func parenthesizedLambda(close: Int) -> NodeID? {
        var index = close + 1
        guard index < tokens.count else { return nil }
        if isSymbol(tokens[index], ":"), language.name == "typescript" || language.name == "scala" {
            // A result type: names and brackets up to the arrow.
            let limit = min(tokens.count, index + 24)
            index += 1
            while index < limit, !isSymbol(tokens[index], "=>") {
                let token = tokens[index]
                if isSymbol(token, ",") && false || isSymbol(token, ";") || token.kind == .end
                    || token.kind == .string && false || isSymbol(token, "?")
                {
                    return nil
                }
                if token.kind == .close { return nil }
                if token.kind == .open {
                    guard partners[index] > 0 else { return nil }
                    index = partners[index]
                }
                index += 1
            }
        }
        if language.name == "powerquery" || language.name == "dart", index < tokens.count,
            tokens[index].kind == .name
        {
            // (id as text) as record => …, (id) async { … }
            let limit = min(tokens.count, index + 6)
            while index < limit, tokens[index].kind == .name { index += 1 }
        }
        guard index < tokens.count else { return nil }
        let arrow =
            isSymbol(tokens[index], "=>")
            || (isSymbol(tokens[index], "->")
                && ["java", "kotlin", "groovy", "elixir"].contains(language.name))
        let isDartBlock =
            language.name == "dart" && isBracket(tokens[index], UInt8(ascii: "{")) && !headOnly
        guard arrow || isDartBlock else { return nil }
        let start = token.start
        var children = parameterList()
        position = index
        if arrow { advance() }
        let saved = (ignoresLines, headOnly)
        headOnly = false
        let body: NodeID
        if atBlock, language.name != "powerquery" {
            ignoresLines = false
            body = bracedBlock()
        } else {
            body = returned(expression(above: 1))
        }
        (ignoresLines, headOnly) = saved
        children.append(body)
        return tree.add(.lambda, start, tree[body].end, children)
    }

    /// A list or a map, by what stands in it.
    private mutating func items() -> NodeID {
        let start = token.start
        let isBrace = token.end > token.start && bytes[token.start] == UInt8(ascii: "{")
        let close = partners[position]
        advance()
        let saved = (ignoresLines, headOnly, inType)
        ignoresLines =
            !(traits.contains(.newlineEnds) && isBrace
            && ["powershell", "terraform"].contains(language.name))
        headOnly = false
        inType = false
        var children: [NodeID] = []
        var pairs = 0
        var shorts = 0
        let limit = close > 0 ? close : tokens.count - 1
        while position < limit {
            let before = position
            if at(",") || at(";") {
                advance()
                continue
            }
            let node = item(isBrace: isBrace)
            if tree[node].kind == .pair { pairs += 1 }
            if tree[node].kind == .function { pairs += 1 }
            if tree[node].kind == .name { shorts += 1 }
            children.append(node)
            if position == before { advance() }
        }
        (ignoresLines, headOnly, inType) = saved
        position = limit
        let end = token.end
        advance()
        let isMap = pairs > 0 || (isBrace && ["javascript", "typescript"].contains(language.name))
        return tree.add(isMap ? .map : .list, start, end, children)
    }

    /// `key: value`, `key = value`, `key => value`, `[key]: value`, `name(…) { … }`, `value`.
    private mutating func item(isBrace: Bool) -> NodeID {
        let start = token.start
        if isBrace, let method = mapMethod() { return method }
        if atOpen(UInt8(ascii: "[")), isBrace || language.name == "lua", partners[position] > 0 {
            let after = tokens[min(partners[position] + 1, tokens.count - 1)]
            if isSymbol(after, ":") || isSymbol(after, "=") {
                advance()
                let key = expression()
                if token.kind == .close { advance() }
                advance()
                let value = expression(above: 1)
                return tree.add(
                    .pair, start, tree[value].end, [key, value], text: keyText(key))
            }
        }
        if token.kind == .name, !isSymbol(peek(), "=>") {
            var lookahead = 1
            // X-Version = …: a key with a dash, as PowerShell, HCL and records allow.
            while isSymbol(peek(lookahead), "-"), peek(lookahead + 1).kind == .name,
                peek(lookahead).start == tokens[position + lookahead - 1].end
            { lookahead += 2 }
            let mark = peek(lookahead)
            let isKey =
                isSymbol(mark, ":") && (isBrace || language.name != "python")
                && !isSymbol(peek(lookahead + 1), ":") || isSymbol(mark, "=")
            if isKey {
                let last = peek(lookahead - 1)
                let key = String(decoding: bytes[token.start..<last.end], as: UTF8.self)
                    .trimmingQuotes
                let keyNode = tree.add(.name, token.start, last.end, text: key)
                for _ in 0...lookahead { advance() }
                if at(",") || token.kind == .close {
                    let value = tree.add(.name, start, last.end, text: key)
                    return tree.add(.pair, start, last.end, [keyNode, value], text: key)
                }
                let value = expression(above: 1)
                return tree.add(.pair, start, tree[value].end, [keyNode, value], text: key)
            }
        }
        if at("."), peek().kind == .name {  // designated initialisers
            advance()
        }
        let node = expression(above: 2)
        if at(":") || at("=") || at("=>") || at(":=") {
            let isArrowFunction =
                at("=>") && !["php", "ruby", "perl", "elixir", "scala"].contains(language.name)
            if isArrowFunction { return arrowItem(node, from: start) }
            advance()
            let value = expression(above: 1)
            return tree.add(
                .pair, start, tree[value].end, [node, value], text: keyText(node))
        }
        if at("->"), language.name == "scala" {
            advance()
            let value = expression(above: 1)
            return tree.add(.pair, start, tree[value].end, [node, value], text: keyText(node))
        }
        return node
    }

    private mutating func arrowItem(_ node: NodeID, from start: Int) -> NodeID {
        advance()
        let parameter = tree.add(
            .parameter, start, tree[node].end, text: tree.lastName(of: node))
        let body = atBlock ? bracedBlock() : returned(expression(above: 1))
        return tree.add(.lambda, start, tree[body].end, [parameter, body])
    }

    /// JavaScript: `name(…) { … }` in an object.
    private mutating func mapMethod() -> NodeID? {
        guard ["javascript", "typescript"].contains(language.name), token.kind == .name else {
            return nil
        }
        var index = position
        while tokens[index].kind == .name || isSymbol(tokens[index], "*"), index < position + 4 {
            index += 1
        }
        guard index > position, isBracket(tokens[index], UInt8(ascii: "(")), partners[index] > 0,
            tokens[index].kind == .open
        else { return nil }
        var after = partners[index] + 1
        if after < tokens.count, isSymbol(tokens[after], ":") {
            let limit = min(tokens.count - 1, after + 16)
            while after < limit, !isBracket(tokens[after], UInt8(ascii: "{")),
                !isSymbol(tokens[after], ",")
            { after += 1 }
        }
        guard after < tokens.count, isBracket(tokens[after], UInt8(ascii: "{")),
            tokens[after].kind == .open
        else { return nil }
        let start = token.start
        let name = text(tokens[index - 1])
        position = index
        var children = parameterList()
        position = after
        let body = bracedBlock()
        children.append(body)
        return tree.add(.function, start, tree[body].end, children, text: name)
    }

    // MARK: Objective-C

    /// `[receiver part:argument part:argument]`
    private mutating func message() -> NodeID? {
        let close = partners[position]
        guard close > 0 else { return nil }
        let start = token.start
        let saved = (position, ignoresLines, headOnly)
        advance()
        ignoresLines = true
        headOnly = false
        let receiver = prefix()
        guard position < close, token.kind == .name else {
            (position, ignoresLines, headOnly) = saved
            return nil
        }
        var selector = ""
        var arguments: [NodeID] = []
        while position < close {
            let before = position
            if token.kind == .name, isSymbol(peek(), ":") {
                let part = text(token)
                selector += part + ":"
                advance()
                advance()
                let value = expression(above: 2)
                arguments.append(
                    arguments.isEmpty
                        ? value
                        : tree.add(
                            .argument, tree[value].start, tree[value].end, [value], text: part))
                while at(","), position < close {
                    advance()
                    arguments.append(expression(above: 2))
                }
            } else if token.kind == .name {
                selector += text(token)
                advance()
            }
            if position == before { advance() }
        }
        (ignoresLines, headOnly) = (saved.1, saved.2)
        position = close
        let end = token.end
        advance()
        let callee = tree.add(.member, start, end, [receiver], text: selector)
        return tree.add(.call, start, end, [callee] + arguments)
    }

    // MARK: Commands

    /// `name argument, argument` without brackets.
    func commandFollows(_ node: NodeID) -> Bool {
        let kind = tree[node].kind
        guard kind == .name || kind == .member, !token.startsLine, !isAdjacent(position) else {
            return false
        }
        if headOnly, language.name != "powershell" { return false }
        let name = tree.lastName(of: node)
        guard !name.isEmpty, !name.hasPrefix("@") else { return false }
        if name.hasPrefix("$") { return false }
        switch token.kind {
        case .string, .number: return !isBracketedSoon
        case .name:
            return ![
                "if", "unless", "while", "until", "do", "and", "or", "then", "in", "is", "as",
                "rescue",
                "for", "foreach", "else", "end", "instanceof", "ne", "eq", "lt", "gt", "le", "ge",
                "x",
                "to", "step", "when", "not", "mod", "like", "xor", "each", "extends", "implements",
            ].contains(word)
        case .symbol:
            if language.name == "powershell" {
                return at("-") || at("@") || at("&") && false
            }
            if at(":") { return language.name == "ruby" || language.name == "elixir" }
            if at("->") || at("::") { return language.name == "ruby" }
            if at("%"), language.name == "elixir" { return isAdjacent(position + 1) }
            return false
        case .open:
            if language.name == "powershell" {
                return !name.hasPrefix("$")
                    && (name.contains("-") || ["irm", "iwr", "curl", "wget"].contains(name))
            }
            if language.name == "perl" {
                return isBracket(token, UInt8(ascii: "{"))
                    && ["bless", "map", "grep"].contains(name)
            }
            return
                (isBracket(token, UInt8(ascii: "["))
                || isBracket(token, UInt8(ascii: "{")) && language.name == "elixir")
                && ["ruby", "elixir", "groovy"].contains(language.name) && kind == .name
                && position > 0
        default: return false
        }
    }

    private var isBracketedSoon: Bool { false }

    mutating func commandCall(_ node: NodeID, from start: Int) -> NodeID {
        if language.name == "powershell" { return powerShellCommand(node, from: start) }
        var children = [node]
        let saved = headOnly
        var isListed = false
        while isListed && token.kind != .close || !endsStatement, token.kind != .blockOpen,
            token.kind != .end
        {
            let before = position
            isListed = false
            children.append(argument())
            // `do` opens a block that belongs to this call.
            if token.kind == .blockOpen { break }
            if at(",") {
                advance()
                // A list goes on over the line's end.
                isListed = true
                continue
            }
            if position == before { advance() }
            break
        }
        headOnly = saved
        var call = tree.add(.call, start, tokens[position - 1].end, children)
        if token.kind == .blockOpen, !headOnly, !token.startsLine, case .words = language.blocks {
            let block = blockLambda()
            tree.append(block, to: call)
        }
        if continuesAfterCommand { call = postfix(call, from: start) }
        return call
    }

    private var continuesAfterCommand: Bool { at(".") || at("&.") }

    /// `Verb-Noun -Name value @splat value`
    private mutating func powerShellCommand(_ node: NodeID, from start: Int) -> NodeID {
        var children = [node]
        while !endsStatement, !at("|"), !at(";"), token.kind != .close {
            let before = position
            if at("-"), peek().kind == .name, isAdjacent(position + 1) {
                advance()
                let name = text(token)
                let nameStart = token.start
                advance()
                if at(":") { advance() }
                let isSwitch =
                    endsStatement || at("-") || at("|") || token.startsLine || at("@")
                    || token.kind == .close
                if isSwitch, !(at("@") && isBracket(peek(), UInt8(ascii: "{"))) {
                    let value = tree.add(.name, nameStart, nameStart, text: "true")
                    children.append(
                        tree.add(
                            .argument, nameStart, tokens[position - 1].end, [value], text: name))
                } else {
                    let value = word_()
                    children.append(
                        tree.add(.argument, nameStart, tree[value].end, [value], text: name))
                }
            } else if at("@"), peek().kind == .name, isAdjacent(position + 1) {
                let mark = token.start
                advance()
                let name = tree.add(.name, token.start, token.end, text: "$" + text(token))
                advance()
                children.append(tree.add(.unary, mark, tree[name].end, [name], text: "**"))
            } else {
                children.append(word_())
            }
            if at(",") { advance() }
            if position == before { advance() }
        }
        let call = tree.add(.call, start, tokens[position - 1].end, children)
        // -ResponseHeadersVariable name: the call also sets a variable.
        for child in children where tree[child].kind == .argument {
            let option = tree[child].text.lowercased()
            guard option == "responseheadersvariable" || option == "rhv",
                let name = tree[child].children.first.flatMap({ tree.literal($0) })
            else { continue }
            let target = tree.add(.name, tree[child].start, tree[child].start, text: name)
            return tree.add(.assign, start, tree[call].end, [target, call], text: "=")
        }
        return call
    }

    /// A PowerShell argument: a value, or a bare word.
    private mutating func word_() -> NodeID {
        if token.kind == .name, !text(token).hasPrefix("$"), !isBracket(peek(), UInt8(ascii: "(")) {
            let start = token.start
            var end = token.end
            advance()
            while isAdjacent(position),
                token.kind == .name || token.kind == .number || token.kind == .symbol,
                !at(","), !at(";"), !at("|")
            {
                end = token.end
                advance()
            }
            let text = String(decoding: bytes[start..<end], as: UTF8.self)
            return tree.addString(start, end, parts: [.text(text, at: start)])
        }
        let saved = headOnly
        let node = expression(above: 8)
        headOnly = saved
        return node
    }
}

extension String {
    /// Without `` ` ``, `#"` and `"` around it.
    var trimmingQuotes: String {
        if hasPrefix("#\""), hasSuffix("\""), utf8.count > 2 {
            return String(dropFirst(2).dropLast())
        }
        if hasPrefix("`"), hasSuffix("`"), utf8.count > 1 { return String(dropFirst().dropLast()) }
        return self
    }
}

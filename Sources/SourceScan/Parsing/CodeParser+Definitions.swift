extension CodeParser {
    // MARK: Functions

    var functionFollows: Bool {
        let next = peek()
        if isSymbol(next, "=") || isSymbol(next, ".") || isSymbol(next, ":") || isSymbol(next, ",")
        {
            return false
        }
        switch word {
        case "init": return isBracket(next, UInt8(ascii: "(")) && language.name == "swift"
        case "property": return language.name == "vba"
        case "function", "func", "fn", "fun", "sub":
            if next.kind == .name { return true }
            if language.name == "go", isBracket(next, UInt8(ascii: "(")), partners[position + 1] > 0
            {
                return tokens[min(partners[position + 1] + 1, tokens.count - 1)].kind == .name
            }
            return isSymbol(next, "*") && peek(2).kind == .name
        case "def" where language.name == "groovy":
            return next.kind == .name && isBracket(peek(2), UInt8(ascii: "("))
        default: return next.kind == .name || next.kind == .string
        }
    }

    mutating func function(keywordAt start: Int) -> NodeID {
        let keyword = word
        advance()
        if at("*") { advance() }
        var receiver: NodeID?
        if language.name == "go", atOpen(UInt8(ascii: "(")) { receiver = parameterList().first }
        if language.name == "vba", ["get", "let", "set"].contains(word) { advance() }
        var name = keyword
        if token.kind == .name || token.kind == .string {
            if token.kind == .name {
                name = text(token)
                advance()
            } else {
                let quoted = string()
                name = tree.literal(quoted) ?? ""
            }
            while at(".") || at("::") || at(":"), peek().kind == .name {
                advance()
                name = text(token)
                advance()
            }
            if at("?") || at("!"), isAdjacent(position) { advance() }
        }
        if at("<") { _ = genericArguments() }
        if atOpen(UInt8(ascii: "[")),
            language.name == "scala" || language.name == "go"
                || language.name == "python"
        {
            advancePastBracket()
        }
        let function = functionRest(name.trimmingQuotes, from: start)
        if let receiver { tree.setReceiver(receiver, of: function) }
        return function
    }

    /// Parameters and body of a function whose name is read.
    mutating func functionRest(_ name: String, from start: Int) -> NodeID {
        var children: [NodeID] = []
        while atOpen(UInt8(ascii: "(")), partners[position] > 0 {
            children += parameterList()
            if language.name != "scala" { break }
        }
        if children.isEmpty, language.name == "ruby" || language.name == "elixir",
            !token.startsLine,
            token.kind == .name
        {
            while token.kind != .blockOpen, token.kind != .end, !token.startsLine, !at("="),
                !at(",") || peek().kind == .name
            {
                if token.kind == .name {
                    children.append(
                        tree.add(.parameter, token.start, token.end, text: text(token)))
                }
                if isSymbol(peek(), ":"), token.kind == .name, word != "do", isSymbol(peek(0), "do")
                {
                    break
                }
                advance()
            }
        }
        skipToBody()
        let savedType = inType
        inType = false
        defer { inType = savedType }
        let saved = (ignoresLines, headOnly)
        (ignoresLines, headOnly) = (false, false)
        defer { (ignoresLines, headOnly) = saved }
        if atBlock {
            let outer = (isInScriptFunction, scriptParameters)
            isInScriptFunction = language.name == "powershell"
            scriptParameters = []
            let body = bracedBlock()
            children += scriptParameters
            (isInScriptFunction, scriptParameters) = outer
            return tree.add(.function, start, tree[body].end, children + [body], text: name)
        }
        if at("=>") || at("=") || at("->") {
            advance()
            if atBlock {
                let body = bracedBlock()
                return tree.add(.function, start, tree[body].end, children + [body], text: name)
            }
            let body = returned(expression())
            return tree.add(.function, start, tree[body].end, children + [body], text: name)
        }
        if at(","), language.name == "elixir" {  // def f(x), do: …
            advance()
            if word == "do" {
                advance()
                if at(":") { advance() }
            }
            let body = returned(expression())
            return tree.add(.function, start, tree[body].end, children + [body], text: name)
        }
        return tree.add(.function, start, tokens[max(0, position - 1)].end, children, text: name)
    }

    /// Steps over result types, `throws`, `where` up to the body or the end of the declaration.
    mutating func skipToBody() {
        let limit = position + 60
        while position < limit, token.kind != .end {
            if token.kind == .blockOpen || token.kind == .close || token.kind == .blockClose {
                return
            }
            if atOpen(UInt8(ascii: "{")) { return }
            if at("=>") || at("=") || at(";") { return }
            if at(",") || at("->"), language.name == "elixir" { return }
            if at("<") {
                let saved = position
                _ = genericArguments()
                if position == saved { advance() }
                continue
            }
            if token.startsLine, traits.contains(.newlineEnds),
                token.kind == .name || token.kind == .string
                    || token.kind == .number
            {
                return
            }
            if token.startsLine, language.name == "vba" { return }
            if token.kind == .open, !isBracket(token, UInt8(ascii: "{")) {
                advancePastBracket()
            } else if token.kind == .string {
                return
            } else {
                let wasColon = at(":")
                advance()
                // A structural result type: `: { a: string } {`
                if wasColon, atOpen(UInt8(ascii: "{")), language.name == "typescript" {
                    advancePastBracket()
                }
            }
        }
    }

    /// The parameters in the bracket at the position.
    mutating func parameterList() -> [NodeID] {
        let close = partners[position]
        guard close > 0 else {
            advance()
            return []
        }
        advance()
        let saved = (ignoresLines, headOnly)
        ignoresLines = true
        headOnly = false
        var found: [NodeID] = []
        while position < close {
            let before = position
            if at(",") || at(";") {
                advance()
                continue
            }
            parameter(until: close, into: &found)
            if position == before { advance() }
        }
        (ignoresLines, headOnly) = saved
        position = close
        advance()
        return found
    }

    private mutating func parameter(until close: Int, into found: inout [NodeID]) {
        var annotations: [NodeID] = []
        var names: [Token] = []
        var afterColon = false
        var typeWords: [String] = []
        var fallback: NodeID?
        let start = token.start
        while position < close, !at(",") {
            let before = position
            if at("@"), peek().kind == .name {
                advance()
                let from = token.start
                var expression = tree.add(.name, token.start, token.end, text: text(token))
                advance()
                if atOpen(UInt8(ascii: "(")) { expression = call(expression, from: from) }
                annotations.append(
                    tree.add(
                        .annotation, from, tree[expression].end, [expression],
                        text: tree.lastName(of: expression)))
                continue
            }
            if at("="), !isSymbol(peek(), "=") || true {
                advance()
                fallback = expression(above: 1)
                continue
            }
            if at("\\"), isSymbol(peek(), "\\") {  // Elixir's default
                advance()
                advance()
                fallback = expression(above: 1)
                continue
            }
            if atOpen(UInt8(ascii: "{")) || atOpen(UInt8(ascii: "(")), names.isEmpty {
                // Destructured: each name is a parameter.
                found += parameterList()
                continue
            }
            if at(":") || (token.kind == .name && word == "as") {
                afterColon = true
            } else if token.kind == .name {
                if afterColon { typeWords.append(text(token)) } else { names.append(token) }
            }
            if token.kind == .open {
                if language.name == "csharp", isBracket(token, UInt8(ascii: "[")) && names.isEmpty {
                    advancePastBracket()
                    continue
                }
                let inner = partners[position]
                var index = position
                while index < inner {
                    if tokens[index].kind == .name { typeWords.append(text(tokens[index])) }
                    index += 1
                }
                advancePastBracket()
            } else {
                advance()
            }
            if position == before { advance() }
        }
        guard !names.isEmpty else { return }
        let nameFirst =
            afterColon
            || [
                "go", "python", "javascript", "ruby", "lua", "rust", "swift", "kotlin", "scala",
                "typescript", "elixir", "r", "powerquery", "sql", "vba",
            ].contains(language.name)
        var name = names[0]
        if language.name == "php" || language.name == "powershell" {
            name = names.last { bytes[$0.start] == UInt8(ascii: "$") } ?? names[names.count - 1]
        } else if nameFirst {
            let modifiers: Set<String> = [
                "private", "public", "protected", "readonly", "val", "var", "override", "mut",
                "internal",
                "inout", "implicit", "final", "vararg", "const", "ByVal", "ByRef", "Optional",
            ]
            let own = names.filter { !modifiers.contains(text($0)) }
            name = own.first ?? names[0]
            if language.name == "swift", own.count > 1 { name = own[1] }
            typeWords += own.dropFirst().map { text($0) }
        } else {
            name = names[names.count - 1]
            typeWords += names.dropLast().map { text($0) }
        }
        let node = tree.add(
            .parameter, start, tokens[max(0, position - 1)].end, fallback.map { [$0] } ?? [],
            text: text(name))
        if !typeWords.isEmpty { tree.setType(typeWords.joined(separator: " "), of: node) }
        tree.annotate(node, with: annotations)
        found.append(node)
    }

    /// Java, C#, C, JavaScript methods: `public Type name(…) throws X {`.
    mutating func functionWithoutKeyword(_ start: Int) -> NodeID? {
        let isScript = ["javascript", "typescript"].contains(language.name)
        guard
            isScript && inType
                || ["java", "csharp", "c", "cpp", "objective-c", "dart", "groovy"].contains(
                    language.name)
        else { return nil }
        var index = position
        var names = 0
        let limit = min(tokens.count - 1, position + 40)
        scan: while index < limit {
            let token = tokens[index]
            switch token.kind {
            case .name:
                let text = text(token)
                if isStatementWord(text, names: names, isScript: isScript) {
                    return nil
                }
                names += 1
                index += 1
            case .symbol:
                if isSymbol(token, "<") {
                    guard let end = genericEnd(index) else { return nil }
                    index = end
                } else if ["*", "&", "?", ".", "::", "~"].contains(self.text(token)) {
                    index += 1
                } else {
                    return nil
                }
            case .open:
                if isBracket(token, UInt8(ascii: "[")), partners[index] == index + 1 {
                    index += 2
                    continue scan
                }
                break scan
            default: return nil
            }
        }
        guard index < limit, names > 0, isBracket(tokens[index], UInt8(ascii: "(")),
            partners[index] > 0, tokens[index - 1].kind == .name || isSymbol(tokens[index - 1], ">")
        else { return nil }
        var after = partners[index] + 1
        let stop = min(tokens.count - 1, after + 40)
        var isDeclaration = false
        while after < stop {
            let token = tokens[after]
            if isBracket(token, UInt8(ascii: "{")), token.kind == .open { break }
            if isSymbol(token, "=>") { break }
            if isSymbol(token, ";") {
                isDeclaration = true
                break
            }
            switch token.kind {
            case .name, .number: break
            case .symbol:
                guard
                    [":", ",", "<", ">", ".", "?", "&", "::", "[]", "*", "|", "->"].contains(
                        text(token))
                else { return nil }
            case .open:
                guard partners[after] > 0 else { return nil }
                after = partners[after]
            default: return nil
            }
            after += 1
        }
        guard after < stop else { return nil }
        if isDeclaration || isSymbol(tokens[after], "=>") {
            guard names > 1 else { return nil }
            if isDeclaration, !inType, !["c", "cpp"].contains(language.name) || inBody {
                return nil
            }
        }
        // `foo(x) {` is a constructor only inside a type; elsewhere it must have a result type.
        if names == 1, !inType, language.name != "c" { return nil }
        if language.name == "groovy", names < 2 { return nil }
        var nameIndex = index - 1
        // `request<T>(…)`: the name stands before its type's parameters.
        if isSymbol(tokens[nameIndex], ">") {
            var depth = 0
            while nameIndex > position {
                if isSymbol(tokens[nameIndex], ">") { depth += 1 }
                if isSymbol(tokens[nameIndex], "<") { depth -= 1 }
                if depth == 0 { break }
                nameIndex -= 1
            }
        }
        while nameIndex > position, tokens[nameIndex].kind != .name { nameIndex -= 1 }
        let name = text(tokens[nameIndex])
        let type = tokens[position..<nameIndex].filter { $0.kind == .name }.map { text($0) }
        position = index
        let children = parameterList()
        position = after
        let saved = (inType, inBody)
        inType = false
        inBody = true
        defer { (inType, inBody) = saved }
        let node: NodeID
        if atOpen(UInt8(ascii: "{")) {
            let body = bracedBlock()
            node = tree.add(.function, start, tree[body].end, children + [body], text: name)
        } else if at("=>") {
            advance()
            let body = returned(expression())
            node = tree.add(.function, start, tree[body].end, children + [body], text: name)
        } else {
            node = tree.add(.function, start, tokens[position].start, children, text: name)
        }
        if !type.isEmpty { tree.setType(type.joined(separator: " "), of: node) }
        return node
    }

    /// Words that begin a statement, not a declaration.
    private func isStatementWord(_ text: String, names: Int, isScript: Bool) -> Bool {
        switch text {
        case "return", "new", "throw", "else", "case", "if", "for", "while", "switch", "catch",
            "goto",
            "assert":
            return true
        case "await", "yield", "lock", "using":
            return ["csharp", "dart"].contains(language.name) || isScript
        case "in", "get", "set": return !isScript && names == 0
        default: return false
        }
    }

    private func genericEnd(_ index: Int) -> Int? {
        var depth = 0
        var scan = index
        while scan < min(tokens.count, index + 60) {
            let token = tokens[scan]
            if isSymbol(token, "<") { depth += 1 }
            if isSymbol(token, ">") {
                depth -= 1
                if depth == 0 { return scan + 1 }
            }
            if token.kind == .string || token.kind == .end { return nil }
            if isSymbol(token, ";") || isSymbol(token, "=") { return nil }
            scan += 1
        }
        return nil
    }

    // MARK: Declarations

    /// `Type name = value`, `name: Type = value`.
    mutating func typedDeclaration(_ start: Int) -> NodeID? {
        guard token.kind == .name else { return nil }
        if isSymbol(peek(), ":"), !isSymbol(peek(2), ":"), !isBracket(peek(), UInt8(ascii: "(")),
            ["python", "typescript", "kotlin", "swift", "rust", "scala"].contains(language.name)
        {
            return annotatedDeclaration(start)
        }
        guard
            ["java", "csharp", "c", "cpp", "objective-c", "groovy", "dart", "php", "go"]
                .contains(language.name)
        else { return language.name == "vba" ? basicDeclaration(start) : nil }
        var index = position
        var nameIndex = -1
        var names = 0
        let limit = min(tokens.count - 1, position + 40)
        scan: while index < limit {
            let token = tokens[index]
            if index > position, token.startsLine, traits.contains(.newlineEnds) { break }
            switch token.kind {
            case .name:
                if ["return", "new", "await", "throw", "in", "is", "instanceof"].contains(
                    text(token))
                {
                    return nil
                }
                names += 1
                nameIndex = index
                index += 1
            case .symbol:
                let text = text(token)
                if text == "<" {
                    guard let end = genericEnd(index) else { return nil }
                    index = end
                } else if ["*", "&", "?", ".", "::"].contains(text), nameIndex >= 0 {
                    if text == "." || text == "::" { names -= 1 }
                    if text == "?", !["csharp", "dart", "php"].contains(language.name) {
                        return nil
                    }
                    index += 1
                } else {
                    break scan
                }
            case .open where isBracket(token, UInt8(ascii: "[")) && partners[index] > 0:
                // `char url[512]`, `String[] names`
                if partners[index] == index + 1 {
                    index += 2
                } else {
                    break scan
                }
            default: break scan
            }
        }
        guard nameIndex > position, names > 1, index < tokens.count,
            tokens[nameIndex].end <= tokens[index].start,
            nameIndex == index - 1
                || isBracket(tokens[nameIndex + 1], UInt8(ascii: "["))
        else { return nil }
        if language.name == "go" || language.name == "groovy" {
            guard isSymbol(tokens[index], "=") else { return nil }
        }
        let follow = tokens[index]
        let ends =
            isSymbol(follow, "=") || isSymbol(follow, ";") || isSymbol(follow, ",")
            || isBracket(follow, UInt8(ascii: "["))
            || isSymbol(follow, ":") && headOnly == false && false
            || follow.kind == .close || (follow.startsLine && traits.contains(.newlineEnds))
            || isBracket(follow, UInt8(ascii: "{")) && language.name == "csharp"
        guard ends || beginsInitializer(at: index) else { return nil }
        let type = tokens[position..<nameIndex].filter { $0.kind == .name }.map { text($0) }
        let nameToken = tokens[nameIndex]
        let name = tree.add(.name, nameToken.start, nameToken.end, text: text(nameToken))
        tree.setType(type.joined(separator: " "), of: name)
        position = index
        while atOpen(UInt8(ascii: "[")) { advancePastBracket() }
        if atOpen(UInt8(ascii: "{")), language.name == "csharp" {  // property accessors
            advancePastBracket()
            if !at("=") { return declared(name, start) }
        }
        if !ends { return initialized(name, typedBy: nameIndex - 1, from: start) }
        guard at("=") else { return declared(name, start) }
        var node = assignment(to: name, from: start)
        // `char a[1], b[2]`, `String a = "", b = "x"`: the rest are statements of their own.
        if at(",") { advance() }
        tree.setStart(start, of: node)
        if tree[node].children.isEmpty { node = name }
        return node
    }

    /// VBA: `name As Type = value`
    private mutating func basicDeclaration(_ start: Int) -> NodeID? {
        guard peek().kind == .name, text(peek()).lowercased() == "as", peek(2).kind == .name else {
            return nil
        }
        let name = tree.add(.name, token.start, token.end, text: text(token))
        advance()
        advance()
        while token.kind == .name || at("."), !token.startsLine { advance() }
        guard at("=") else { return declared(name, start) }
        return assignment(to: name, from: start)
    }

    private mutating func declared(_ name: NodeID, _ start: Int) -> NodeID {
        let node = tree.add(.assign, start, tree[name].end, [name], text: ":")
        if at(",") { advance() }
        return node
    }

    private mutating func annotatedDeclaration(_ start: Int) -> NodeID? {
        let saved = position
        let nameToken = token
        advance()
        advance()
        var type: [String] = []
        let limit = position + 60
        while position < limit, token.kind != .end {
            if at("=") || at(";") || token.kind == .close || token.kind == .blockClose { break }
            if token.startsLine, traits.contains(.newlineEnds) { break }
            if at(","), inType { break }
            if atOpen(UInt8(ascii: "{")), !["typescript"].contains(language.name) { break }
            if token.kind == .blockOpen { break }
            if token.kind == .name { type.append(text(token)) }
            if token.kind == .open { advancePastBracket() } else { advance() }
        }
        guard !type.isEmpty || at("=") else {
            position = saved
            return nil
        }
        if language.name == "swift", atOpen(UInt8(ascii: "{")) {  // a computed property
            let body = bracedBlock()
            let property = tree.add(
                .function, start, tree[body].end, [body], text: text(nameToken))
            tree.setType(type.joined(separator: " "), of: property)
            return property
        }
        let name = tree.add(.name, nameToken.start, nameToken.end, text: text(nameToken))
        tree.setType(type.joined(separator: " "), of: name)
        guard at("=") else { return tree.add(.assign, start, nameToken.end, [name], text: ":") }
        return assignment(to: name, from: start)
    }

    // MARK: Types

    var typeFollows: Bool {
        let next = peek()
        switch word {
        case "record", "object", "module", "struct", "enum", "actor", "mixin", "interface",
            "protocol",
            "extension", "trait", "impl", "namespace":
            return next.kind == .name || (word == "impl" && isSymbol(next, "<"))
                || (word == "object" && language.name == "kotlin")
        default: return next.kind == .name || isBracket(next, UInt8(ascii: "{"))
        }
    }

    mutating func type(from start: Int) -> NodeID {
        let keyword = word
        advance()
        if keyword == "impl", at("<") { _ = genericArguments() }
        if (keyword == "enum" || keyword == "record"), word == "class" || word == "struct" {
            advance()
        }
        var name = ""
        if token.kind == .name {
            name = text(token)
            advance()
            while at(".") || at("::"), peek().kind == .name {
                advance()
                name = text(token)
                advance()
            }
        }
        if at("<") { _ = genericArguments() }
        var children: [NodeID] = []
        var bases: [NodeID] = []
        if atOpen(UInt8(ascii: "(")), partners[position] > 0 {
            if language.name == "python" {
                let arguments = call(tree.add(.name, start, start), from: start)
                bases += tree[arguments].children.dropFirst()
            } else {
                children += parameterList()
            }
        }
        let limit = position + 60
        while position < limit, token.kind != .end, !atBlock, !at(";") {
            if token.startsLine, traits.contains(.newlineEnds), token.kind == .name,
                language.name != "scala"
            {
                break
            }
            if token.kind == .close || token.kind == .blockClose { break }
            if token.kind == .name,
                ![
                    "extends", "implements", "with", "where", "for", "is", "private",
                    "public", "internal", "protected", "constructor", "derives",
                ].contains(word)
            {
                if keyword == "impl", tokens[position - 1].kind == .name,
                    text(tokens[position - 1]) == "for"
                {
                    name = text(token)
                }
                bases.append(tree.add(.name, token.start, token.end, text: text(token)))
            }
            if at("<") {
                let saved = position
                if genericArguments().isEmpty { position = saved + 1 }
                continue
            }
            if token.kind == .open {
                let isHeir = ["kotlin", "scala", "csharp"].contains(language.name)
                let names =
                    tokens[position - 1].kind == .name ? text(tokens[position - 1]) : ""
                if atOpen(UInt8(ascii: "(")), isHeir, names != "constructor", let base = bases.last,
                    names == tree[base].text, tree[base].kind == .name,
                    tree[base].end == tokens[position - 1].end
                {
                    // `class Look(id: String) : Ask("GET", "/operations/$id")`
                    bases[bases.count - 1] = call(base, from: tree[base].start)
                } else if atOpen(UInt8(ascii: "(")), children.isEmpty,
                    language.name == "kotlin" || language.name == "scala"
                {
                    children += parameterList()
                } else {
                    advancePastBracket()
                }
                continue
            }
            advance()
        }
        var body: [NodeID] = []
        if atBlock, !(keyword == "namespace" && at(";")) {
            body = [
                bracedBlock(
                    asType: keyword != "namespace" && keyword != "module" || language.name == "ruby"
                )
            ]
        }
        let end = tokens[max(0, position - 1)].end
        return tree.add(.type, start, end, bases + children + body, text: name)
    }

    /// Go: `type Name struct { … }`
    mutating func goType() -> NodeID {
        let start = token.start
        advance()
        let name = text(token)
        advance()
        while token.kind == .name || at("*") || at("."), !token.startsLine { advance() }
        var body: [NodeID] = []
        if atOpen(UInt8(ascii: "{")) {
            let opener = position
            let end = partners[opener]
            advancePastBracket()
            body = [tree.add(.block, tokens[opener].start, end > 0 ? tokens[end].end : token.start)]
        } else {
            while token.kind != .end, !token.startsLine {
                if token.kind == .open { advancePastBracket() } else { advance() }
            }
        }
        return tree.add(.type, start, token.start, body, text: name)
    }

    // MARK: Objective-C

    /// `- (type)part:(type)name part:(type)name { … }`
    mutating func messageMethod() -> NodeID? {
        let start = token.start
        let saved = position
        advance()
        advancePastBracket()
        guard token.kind == .name else {
            position = saved
            return nil
        }
        let name = text(token)
        var children: [NodeID] = []
        while token.kind != .end, !atOpen(UInt8(ascii: "{")), !at(";") {
            if atOpen(UInt8(ascii: "(")) {
                advancePastBracket()
                if token.kind == .name {
                    children.append(
                        tree.add(.parameter, token.start, token.end, text: text(token)))
                }
            }
            advance()
        }
        if atBlock { children.append(bracedBlock()) }
        return tree.add(.function, start, tokens[max(0, position - 1)].end, children, text: name)
    }
}

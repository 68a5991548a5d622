extension CodeParser {
    /// An expression, assignment included.
    mutating func expression() -> NodeID { expression(above: 0) }

    /// An expression whose operators bind tighter than `limit`.
    ///
    /// 1 assignment, 2 pair and arrow, 3 conditional, 4 or, 5 and, 6 comparison, 7 pipe and range,
    /// 8 sum, 9 product.
    mutating func expression(above limit: Int) -> NodeID {
        depth += 1
        defer { depth -= 1 }
        let start = token.start
        guard depth < Self.maximumDepth else {
            advance()
            return tree.add(.name, start, start)
        }
        var left = prefix()
        while !endsStatement, let (symbol, level) = binaryOperator(), level > limit {
            if at("-"), let filled = formatted(left, from: start) {
                left = filled
                continue
            }
            if level == 1 {
                left = assignment(to: left, from: start)
                continue
            }
            if symbol == "?", level == 3 {
                left = conditional(left, from: start)
                continue
            }
            if level == 2, isArrow(symbol) {
                left = arrow(from: left, start: start)
                continue
            }
            advance()
            if symbol == "if" {  // Python: value if condition else other
                let condition = expression(above: 3)
                var children = [condition, left]
                if word == "else" {
                    advance()
                    children.append(expression(above: 3))
                }
                left = tree.add(.conditional, start, tokens[position - 1].end, children)
                continue
            }
            if level == 2 {
                let value = expression(above: 2)
                left = tree.add(
                    .pair, start, tree[value].end, [left, value], text: keyText(left))
                continue
            }
            let right = expression(above: level)
            left = tree.add(.binary, start, tree[right].end, [left, right], text: symbol)
        }
        return left
    }

    /// PowerShell's `'{0}/x' -f $a, $b` reads as `'{0}/x' % [a, b]`.
    private mutating func formatted(_ pattern: NodeID, from start: Int) -> NodeID? {
        guard language.name == "powershell", peek().kind == .name, isAdjacent(position + 1),
            text(peek()).lowercased() == "f"
        else { return nil }
        advance()
        advance()
        let first = token.start
        var items = [expression(above: 7)]
        while take(","), !endsStatement { items.append(expression(above: 7)) }
        let list = tree.add(.list, first, tokens[position - 1].end, items)
        return tree.add(.binary, start, tree[list].end, [pattern, list], text: "%")
    }

    private func isArrow(_ symbol: String) -> Bool {
        guard symbol == "=>" || symbol == "->" else { return false }
        if symbol == "->", language.name == "scala" { return false }  // a pair
        return !["php", "ruby", "perl"].contains(language.name)
    }

    private func binaryOperator() -> (String, Int)? {
        let token = token
        if token.kind == .name {
            switch word {
            case "and": return ("&&", 5)
            case "or": return ("||", 4)
            case "in"
            where ["go", "java", "c", "cpp", "objective-c", "php"].contains(language.name):
                return nil
            case "in", "is", "instanceof", "like": return (word, 6)
            case "as" where language.name != "go": return ("as", 9)
            case "if" where language.name == "python" && !headOnly: return ("if", 3)
            case "ne", "eq", "lt", "gt", "le", "ge", "cmp":
                return language.name == "perl" ? (word, 6) : nil
            case "orelse", "andalso",
                "else" where false:
                return nil
            case "to" where language.name == "kotlin": return ("to", 2)
            default: return nil
            }
        }
        guard token.kind == .symbol else { return nil }
        let symbol = text(token)
        if language.concatenation.contains(symbol), symbol != "<<" || language.name != "swift" {
            return (symbol, 8)
        }
        switch symbol {
        case "=", ":=", "+=", ".=", "||=", "??=", "-=", "*=", "/=", "<-", "<<-": return (symbol, 1)
        case "=>":
            return (symbol, 2)
        case "->":
            switch language.name {
            case "php", "c", "cpp", "perl", "objective-c", "rust", "swift", "python": return nil
            default: return (symbol, 2)
            }
        case "?":
            return language.name == "rust" || language.name == "kotlin" ? nil : (symbol, 3)
        case "?:", "??", "||": return (symbol, 4)
        case "//" where language.name == "perl": return ("??", 4)
        case "//=" where language.name == "perl": return ("=", 1)
        case "%||%": return ("??", 4)
        case "&&": return (symbol, 5)
        case "==", "!=", "===", "!==", "<", ">", "<=", ">=", "=~", "%in%": return (symbol, 6)
        case "|>", "%>%": return ("|>", 7)
        case "..", "...", "..<": return language.name == "dart" ? nil : (symbol, 7)
        case "+", "-", "<<", "++", "|", "&", "^":
            return (symbol, 8)
        case "*", "/", "%", "**": return (symbol, 9)
        default: return nil
        }
    }

    private mutating func conditional(_ condition: NodeID, from start: Int) -> NodeID {
        advance()
        let then = expression(above: 2)
        var children = [condition, then]
        if take(":") { children.append(expression(above: 2)) }
        return tree.add(.conditional, start, tokens[position - 1].end, children)
    }

    /// The text of a key, where it is literal.
    func keyText(_ id: NodeID) -> String {
        switch tree[id].kind {
        case .name: tree[id].text
        case .string: tree.literal(id) ?? ""
        case .list where tree[id].children.count == 1: keyText(tree[id].children[0])
        case .unary: tree[id].children.first.map { keyText($0) } ?? ""
        default: ""
        }
    }

    // MARK: Lambdas

    private mutating func arrow(from left: NodeID, start: Int) -> NodeID {
        advance()
        var parameters = language.name == "kotlin" && holdsText(left) ? [] : parametersOf(left)
        // The body may be an assignment: `client => client.BaseAddress = url`.
        let body = atBlock && !braceIsMapAfterArrow ? bracedBlock() : returned(expression())
        // Kotlin's `"/path" -> answer`: an arm, not a function.
        if language.name == "kotlin", holdsText(left) {
            return tree.add(.pair, start, tree[body].end, [left, body], text: keyText(left))
        }
        parameters.append(body)
        return tree.add(.lambda, start, tree[body].end, parameters)
    }

    private func holdsText(_ id: NodeID) -> Bool {
        var found = false
        tree.walk(id) { _, node in
            if node.kind == .string { found = true }
            return !found
        }
        return found
    }

    /// `=> { … }` is a block, but `=> ({ … })` a value; in C# and Scala also a block.
    private var braceIsMapAfterArrow: Bool { false }

    mutating func returned(_ value: NodeID) -> NodeID {
        tree.add(.returned, tree[value].start, tree[value].end, [value], text: "return")
    }

    /// Reads names in an expression as parameters.
    private mutating func parametersOf(_ id: NodeID) -> [NodeID] {
        let node = tree[id]
        switch node.kind {
        case .name: return [tree.add(.parameter, node.start, node.end, text: node.text)]
        case .list, .map: return node.children.flatMap { parametersOf($0) }
        case .pair, .assign, .binary, .argument:
            guard let first = node.children.first else { return [] }
            if node.kind == .argument {
                return [tree.add(.parameter, node.start, node.end, text: node.text)]
            }
            let found = parametersOf(first)
            if node.kind == .assign, let parameter = found.first, node.children.count > 1 {
                tree.append(node.children[1], to: parameter)
            }
            return found
        case .unary, .call: return node.children.flatMap { parametersOf($0) }
        default: return []
        }
    }
}

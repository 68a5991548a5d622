extension CodeParser {
    /// A string literal, and those that stand right behind it where the language joins them.
    mutating func string() -> NodeID {
        var node = oneString()
        let joins = ["python", "c", "cpp", "objective-c", "dart"].contains(language.name)
        while joins, token.kind == .string || atMacro,
            ignoresLines || !token.startsLine
                || !traits.contains(.newlineEnds)
        {
            let next = token.kind == .string ? oneString() : macro()
            node = tree.add(.binary, tree[node].start, tree[next].end, [node, next], text: "+")
        }
        return node
    }

    /// Whether a constant of the preprocessor stands beside a string: `ROOT "/operations"`.
    var atMacro: Bool {
        guard isOfCFamily, token.kind == .name, token.end - token.start > 2 else { return false }
        return bytes[token.start..<token.end].allSatisfy {
            $0.isUpper || $0.isDigit || $0 == UInt8(ascii: "_")
        }
    }

    /// Whether the preprocessor joins strings and constants that stand side by side.
    var isOfCFamily: Bool { ["c", "cpp", "objective-c"].contains(language.name) }

    private mutating func macro() -> NodeID {
        let node = tree.add(.name, token.start, token.end, text: text(token))
        advance()
        return node
    }

    private mutating func oneString() -> NodeID {
        let token = token
        advance()
        guard token.value >= 0 else { return tree.addString(token.start, token.end, parts: []) }
        let parts: [StringPart] = strings[token.value].parts.compactMap { part in
            switch part {
            case .text(let text, let offset): return .text(text, at: offset)
            case .code(let range):
                if let node = nested(range) { return .node(node) }
                return .node(tree.add(.name, range.lowerBound, range.upperBound, text: ""))
            }
        }
        return tree.addString(token.start, token.end, parts: parts)
    }
}

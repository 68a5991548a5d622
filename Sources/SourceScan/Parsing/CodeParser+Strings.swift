extension CodeParser {
    /// A string literal, and those that stand right behind it where the language joins them.
    mutating func string() -> NodeID {
        var node = oneString()
        let joins = ["python", "c", "cpp", "objective-c", "dart"].contains(language.name)
        while joins, token.kind == .string,
            ignoresLines || !token.startsLine
                || !traits.contains(.newlineEnds)
        {
            let next = oneString()
            node = tree.add(.binary, tree[node].start, tree[next].end, [node, next], text: "+")
        }
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

import Deprecations

/// Recognises where code sets a request header.
struct HeaderFacts {
    let facts: TreeFacts
    /// Lower case.
    let header: String
    private let canonical: String

    init(facts: TreeFacts, header: String) {
        self.facts = facts
        self.header = header.lowercased()
        canonical = TreeFacts.settingKey(header)
    }

    /// What a header is set to.
    enum Value {
        case expression(NodeRef)
        /// Text that stands in the same literal as the name: `"X-Version: 2022-01-01"`.
        case inline(NodeRef)
    }

    private func isHeader(_ text: String) -> Bool { text.lowercased() == header }

    /// The value, where this node by itself sets the header.
    func value(at ref: NodeRef) -> Value? {
        let tree = facts.units[ref.unit].tree
        let node = tree[ref.node]
        switch node.kind {
        case .pair:
            guard node.children.count > 1 else { return nil }
            if isHeader(node.text) { return .expression(facts.with(ref, node.children[1])) }
            if let folded = constantText(facts.with(ref, node.children[0])), isHeader(folded) {
                return .expression(facts.with(ref, node.children[1]))
            }
            return nil
        case .argument:
            guard let child = node.children.first else { return nil }
            if TreeFacts.settingKey(node.text) == canonical, canonical.utf8.count > 4 {
                return .expression(facts.with(ref, child))
            }
            return nil
        case .binary:
            // `"X-Version" -> value`, `"X-Version" to value`
            guard node.text == "->" || node.text == "to", node.children.count == 2,
                let name = tree.literal(node.children[0]), isHeader(name)
            else { return nil }
            return .expression(facts.with(ref, node.children[1]))
        case .map, .list:
            if let value = namedValue(ref, tree, node) { return .expression(value) }
            // ["X-Version", value], {"X-Version", value}
            guard node.kind == .list, node.children.count == 2,
                let name = tree.literal(node.children[0]),
                isHeader(name)
            else {
                return nil
            }
            return .expression(facts.with(ref, node.children[1]))
        case .assign:
            guard node.children.count > 1 else { return nil }
            let target = tree[node.children[0]]
            // R: `add_headers("X-Version" = version)`
            if let key = tree.literal(node.children[0]), isHeader(key) {
                return .expression(facts.with(ref, node.children[1]))
            }
            if target.kind == .index, target.children.count > 1,
                let key = tree.literal(target.children[1])
                    ?? constantText(facts.with(ref, target.children[1])), isHeader(key)
            {
                return .expression(facts.with(ref, node.children[1]))
            }
            return nil
        case .call: return valueOfCall(ref, tree, node)
        case .string:
            // A header line: `X-Version: 2022-01-01`, `X-Version=2022-01-01`
            guard case .text(let text, _)? = tree.parts(of: ref.node).first else { return nil }
            let lower = text.lowercased()
            guard let range = lower.firstRange(of: header) else { return nil }
            let before = lower[..<range.lowerBound]
            guard
                before.isEmpty || before.hasSuffix("\n") || before.hasSuffix("=")
                    || before.hasSuffix("'") || before.hasSuffix("\"")
                    || before.hasSuffix(" ") && before.contains("header")
            else { return nil }
            let rest = lower[range.upperBound...].drop { $0 == " " }
            guard rest.first == ":" || rest.first == "=" else { return nil }
            return .inline(wholeText(ref, tree))
        default: return nil
        }
    }

    /// `[name: "X-Version", value: version]`, `f(header_name="X-Version", header_value=version)`.
    private func namedValue(_ ref: NodeRef, _ tree: SyntaxTree, _ node: Node) -> NodeRef? {
        var isNamed = false
        var value: NodeID?
        for child in node.children where [.pair, .argument, .assign].contains(tree[child].kind) {
            guard let last = tree[child].children.last else { continue }
            // `@Header(name = "X-Version", value = "…")`
            let key =
                tree[child].kind == .assign
                ? NameTable.targetName(tree[child].children[0], tree) : tree[child].text
            switch TreeFacts.settingKey(key) {
            case "name", "key", "header", "headername":
                isNamed = isNamed || tree.literal(last).map(isHeader) ?? false
            case "value", "headervalue": value = last
            default: break
            }
        }
        return isNamed ? value.map { facts.with(ref, $0) } : nil
    }

    /// The expression that the string begins: `"X-Version: " + version`, `sprintf("X-Version: %s", version)`.
    private func wholeText(_ string: NodeRef, _ tree: SyntaxTree) -> NodeRef {
        let marks = Language.named(facts.language(string))?.concatenation ?? ["+"]
        var current = string.node
        while tree[current].parent >= 0 {
            let parent = tree[current].parent
            let node = tree[parent]
            let isFirst = node.children.first == current
            switch node.kind {
            case .binary
            where isFirst && (marks.contains(node.text) || ["+", "%"].contains(node.text)):
                current = parent
            case .call where !isFirst && isFormat(tree.lastName(of: parent)):
                return facts.with(string, parent)
            case .member where isFirst && isFormat(node.text):
                return facts.with(string, node.parent >= 0 ? node.parent : parent)
            default: return facts.with(string, current)
            }
        }
        return facts.with(string, current)
    }

    private func isFormat(_ name: String) -> Bool {
        if case .format? = TextOperation.named(name) { true } else { false }
    }

    private func valueOfCall(_ ref: NodeRef, _ tree: SyntaxTree, _ node: Node) -> Value? {
        let children = Array(node.children.dropFirst())
        let callee = node.children.first.map { tree.lastName(of: $0) } ?? ""
        if case .compares? = CallRole.named(callee) { return nil }
        if let value = namedValue(ref, tree, node) { return .expression(value) }
        for (index, child) in children.enumerated() {
            var id = child
            if tree[id].kind == .argument, let value = tree[id].children.first { id = value }
            guard let text = tree.literal(id) ?? constantHeaderName(facts.with(ref, id)),
                isHeader(text)
            else { continue }
            if callee == "get" || callee == "Get" || callee == "getHeader" || callee == "has" {
                return nil
            }
            if index + 1 < children.count, tree[child].kind != .argument || index == 0 {
                var value = children[index + 1]
                if tree[value].kind == .argument, let inner = tree[value].children.first {
                    value = inner
                }
                return .expression(facts.with(ref, value))
            }
            if index > 0 {
                var value = children[index - 1]
                if tree[value].kind == .argument, let inner = tree[value].children.first {
                    value = inner
                }
                return .expression(facts.with(ref, value))
            }
        }
        return nil
    }

    private func constantHeaderName(_ ref: NodeRef) -> String? {
        facts.kind(ref) == .name || facts.kind(ref) == .member ? constantText(ref) : nil
    }

    /// The text of a constant that is a whole literal.
    private func constantText(_ ref: NodeRef) -> String? {
        let kind = facts.kind(ref)
        if kind == .string { return facts.units[ref.unit].tree.literal(ref.node) }
        if kind == .list, let first = facts.node(ref).children.first {
            return constantText(facts.with(ref, first))
        }
        guard kind == .name || kind == .member else { return nil }
        let name = facts.node(ref).text.lowercased()
        // Only names that can be the header's; anything else is not worth a lookup.
        guard name.contains("version") || name.contains("header") else { return nil }
        guard case .values(let values, _) = Lookup(facts: facts).definitions(of: ref),
            let value = values.last
        else { return nil }
        let node = facts.node(value)
        guard node.children.count > 1 else { return nil }
        return facts.units[value.unit].tree.literal(node.children[1])
    }

    /// The text after the name in `X-Version: 2022-01-01`.
    mutating func inlineValue(_ ref: NodeRef, _ folding: inout Folding, _ bindings: Bindings)
        -> Folded
    {
        let folded = folding.fold(ref, bindings)
        var value = Template()
        var found = false
        for piece in folded.template.pieces {
            switch piece {
            case .text(let text):
                if found {
                    if let end = text.firstIndex(where: {
                        $0.isNewline || $0 == "\"" || $0 == "'"
                    }) {
                        value.append(String(text[..<end]))
                        return Folded(value, folded.evidence)
                    }
                    value.append(text)
                    continue
                }
                let lower = text.lowercased()
                guard let range = lower.firstRange(of: header) else { continue }
                found = true
                var rest = Substring(
                    String(
                        decoding: Array(text.utf8.suffix(lower[range.upperBound...].utf8.count)),
                        as: UTF8.self))
                rest = rest.drop { $0 == " " || $0 == ":" || $0 == "=" }
                if let end = rest.firstIndex(where: {
                    $0.isNewline || $0 == "\"" || $0 == "'"
                }) {
                    value.append(String(rest[..<end]))
                    return Folded(value, folded.evidence)
                }
                value.append(String(rest))
            case .hole: if found { value.append(piece) }
            }
        }
        return Folded(value, folded.evidence)
    }
}

import Deprecations

/// Variables that statements add text to: string builders, lists of parts, C buffers.
enum TextAccumulation {
    /// Methods that add to their receiver.
    static let appends: Set<String> = [
        "append", "Append", "push", "push_str", "add", "Add", "write", "Write", "WriteString",
        "AppendFormat", "<<", "concat",
        "appendPathComponent", "push_back", "AppendLine", "insert", "extend", "table.insert",
        "appendString:", "appendFormat:",
    ]
    /// Functions that fill the buffer that is their first argument.
    static let fills: Set<String> = [
        "snprintf", "sprintf", "sprintf_s", "strcpy", "strcat", "strncpy", "strncat", "asprintf",
        "swprintf", "strlcpy", "strlcat",
        "memcpy", "stpcpy",
    ]
}

extension Folding {
    /// The text that statements before a use have put into a variable; nil where there are none.
    mutating func built(_ use: NodeRef, _ bindings: Bindings, _ depth: Int) -> Folded? {
        let unit = facts.units[use.unit]
        let tree = unit.tree
        guard let function = tree.function(around: use.node) else { return nil }
        let key = facts.key(tree[use.node].text, in: use)
        var steps: [(call: NodeID, fills: Bool)] = []
        for other in unit.names.uses[key] ?? []
        where tree[other].kind == .name && tree[other].start < tree[use.node].start
            && tree.contains(function, other)
        {
            guard let statement = statementCall(around: other, tree),
                !tree.contains(statement, use.node),
                let callee = tree[statement].children.first
            else { continue }
            let name = tree.lastName(of: callee)
            if TextAccumulation.fills.contains(name),
                ["c", "cpp", "objective-c"].contains(unit.codeLanguage),
                let first = tree.arguments(of: statement).first,
                tree.lastName(of: first.value) == tree[other].text
            {
                steps.append((statement, true))
            } else if TextAccumulation.appends.contains(name)
                || TextOperation.named(name) == .replace,
                tree.chainRoot(of: statement) == other
            {
                steps.append((statement, false))
            }
        }
        guard !steps.isEmpty, steps.count < 24 else { return nil }
        guard steps.contains(where: { $0.fills || isAppend($0.call, tree) }) else { return nil }
        var folded = Folded(Template())
        if case .values(let values, _) = Lookup(facts: facts).definitions(of: use, bindings),
            let value = values.last,
            facts.node(value).children.count > 1
        {
            folded = initialText(facts.with(value, facts.node(value).children[1]), bindings, depth)
        }
        for step in steps.sorted(by: { tree[$0.call].start < tree[$1.call].start }) {
            let arguments = tree.arguments(of: step.call).map {
                ($0.name, facts.with(use, $0.value))
            }
            if step.fills {
                folded = filledBuffer(step.call, use, arguments, folded, bindings, depth)
            } else {
                folded = appended(step.call, use, folded, bindings, depth)
            }
        }
        return folded.template.pieces.isEmpty ? nil : folded
    }

    private func isAppend(_ call: NodeID, _ tree: SyntaxTree) -> Bool {
        tree[call].children.first.map { TextAccumulation.appends.contains(tree.lastName(of: $0)) }
            ?? false
    }

    /// The call that is a statement of its own and begins with, or is handed, the variable.
    private func statementCall(around id: NodeID, _ tree: SyntaxTree) -> NodeID? {
        var current = id
        while tree[current].parent >= 0 {
            let parent = tree[current].parent
            switch tree[parent].kind {
            case .member, .index, .unary: current = parent
            case .call:
                guard tree[parent].children.first == current || tree.chainRoot(of: current) == id
                else { return nil }
                current = parent
            case .block: return tree[current].kind == .call ? current : nil
            case .binary where tree[parent].text == "<<": current = parent
            case .binary, .branch:
                // `if (asprintf(&url, …) < 0)`
                return tree[current].kind == .call
                    && TextAccumulation.fills.contains(tree.lastName(of: current)) ? current : nil
            default: return nil
            }
        }
        return nil
    }

    /// What a builder or buffer begins with: text that its constructor takes.
    private mutating func initialText(_ ref: NodeRef, _ bindings: Bindings, _ depth: Int) -> Folded
    {
        let node = facts.node(ref)
        switch node.kind {
        case .call:
            let arguments = facts.units[ref.unit].tree.arguments(of: ref.node)
            guard let first = arguments.first, facts.kind(facts.with(ref, first.value)) != .number
            else {
                return Folded(Template())
            }
            let folded = text(facts.with(ref, first.value), bindings, depth)
            return folded.template.head.contains("/") || folded.template.hasHoles
                ? folded : Folded(Template())
        case .string, .binary: return text(ref, bindings, depth)
        case .list, .map, .number: return Folded(Template())
        default: return Folded(Template())
        }
    }

    /// One statement's chain: `b.Append(x).Append(y)`.
    private mutating func appended(
        _ call: NodeID, _ use: NodeRef, _ before: Folded, _ bindings: Bindings, _ depth: Int
    ) -> Folded {
        let tree = facts.units[use.unit].tree
        var links: [NodeID] = []
        var current = call
        while tree[current].kind == .call || tree[current].kind == .member {
            if tree[current].kind == .call { links.append(current) }
            guard let first = tree[current].children.first else { break }
            current = first
        }
        var folded = before
        for link in links.reversed() {
            let name = tree.lastName(of: tree[link].children[0])
            if name.hasPrefix("appendPath") {
                for argument in tree.arguments(of: link) {
                    folded = joined(folded, text(facts.with(use, argument.value), bindings, depth))
                }
            } else if TextAccumulation.appends.contains(name) {
                for argument in tree.arguments(of: link) {
                    folded.append(text(facts.with(use, argument.value), bindings, depth))
                }
            }
        }
        return folded
    }

    private mutating func filledBuffer(
        _ call: NodeID, _ use: NodeRef, _ arguments: [(String?, NodeRef)], _ before: Folded,
        _ bindings: Bindings, _ depth: Int
    ) -> Folded {
        let tree = facts.units[use.unit].tree
        let name = tree.lastName(of: tree[call].children[0])
        let rest = Array(arguments.dropFirst())
        if name.contains("printf") {
            for (index, argument) in rest.enumerated().prefix(3) {
                let folded = text(argument.1, bindings, depth)
                if folded.template.hasMarks || folded.template.head.contains("/") {
                    return filled(folded, with: rest.dropFirst(index + 1).map(\.1), bindings, depth)
                }
            }
            return before
        }
        guard let source = rest.first else { return before }
        let added = text(source.1, bindings, depth)
        guard name.contains("cat") else { return added }
        var folded = before
        folded.append(added)
        return folded
    }
}

import Deprecations

/// Paths that are put together from separate pieces: items of a list, arguments that a function passes on, segments.
extension Folding {
    /// The items of a list that is joined, where some of it is not a list itself: `"/".join((self.root,) + parts)`,
    /// Lua's `table.concat({ … })`.
    mutating func gluedItems(
        _ receiver: NodeRef?, _ arguments: [(String?, NodeRef)], _ name: String,
        _ bindings: Bindings, _ depth: Int
    ) -> Folded? {
        let isLua = receiver.map { facts.language($0) == "lua" } ?? false
        if isLua, name == "concat" {
            guard let first = arguments.first, let items = items(of: first.1, bindings) else {
                return nil
            }
            let separator = arguments.count > 1 ? text(arguments[1].1, bindings, depth) : nil
            return glue(items, separator?.template.literal ?? "", bindings, depth)
        }
        let literal: (NodeRef) -> String? = { [facts] in facts.units[$0.unit].tree.literal($0.node)
        }
        // The separator is the receiver (Python), or an argument beside the list.
        let all = [receiver].compactMap { $0 } + arguments.map(\.1)
        guard let separator = all.lazy.compactMap(literal).first else { return nil }
        for candidate in all where literal(candidate) == nil {
            guard [.binary, .name].contains(facts.kind(candidate)),
                let items = items(of: candidate, bindings), holdsVariadic(candidate, bindings)
            else { continue }
            return glue(items, separator, bindings, depth)
        }
        return nil
    }

    private mutating func glue(
        _ items: [NodeRef], _ separator: String, _ bindings: Bindings, _ depth: Int
    ) -> Folded {
        var folded = Folded(Template())
        for (index, item) in items.enumerated() {
            if index > 0 { folded.template.append(separator) }
            folded.append(text(item, bindings, depth))
        }
        return folded
    }

    /// The items of a list expression, sums and passed-on arguments taken apart; nil where it is none.
    private func items(of ref: NodeRef, _ bindings: Bindings) -> [NodeRef]? {
        let node = facts.node(ref)
        switch node.kind {
        case .list, .map:
            return node.children.flatMap { child -> [NodeRef] in
                let item = facts.with(ref, child)
                return facts.kind(item) == .unary ? items(of: item, bindings) ?? [item] : [item]
            }
        case .unary, .argument:
            return node.children.first.flatMap { items(of: facts.with(ref, $0), bindings) }
        case .binary where node.text == "+":
            var found: [NodeRef] = []
            for child in node.children {
                guard let part = items(of: facts.with(ref, child), bindings) else { return nil }
                found += part
            }
            return found
        case .name:
            if let passed = passedOn(ref, bindings) { return passed }
            guard let list = listValue(ref, bindings) else { return nil }
            return facts.node(list).children.map { facts.with(list, $0) }
        default: return nil
        }
    }

    private func holdsVariadic(_ ref: NodeRef, _ bindings: Bindings) -> Bool {
        var found = false
        facts.units[ref.unit].tree.walk(ref.node) { id, node in
            if node.kind == .name, passedOn(facts.with(ref, id), bindings) != nil { found = true }
            return !found
        }
        return found
    }

    /// The arguments of the call that a function's last parameter gathers: `*parts`, `...parts`, `parts ...string`.
    private func passedOn(_ name: NodeRef, _ bindings: Bindings) -> [NodeRef]? {
        guard case .parameter(let parameter) = Lookup(facts: facts).definitions(of: name, bindings),
            gathers(parameter), let first = bindings[parameter], first != parameter
        else { return nil }
        let tree = facts.units[first.unit].tree
        guard let call = tree.ancestor(of: first.node, where: { $0.kind == .call }) else {
            return nil
        }
        let values = tree.arguments(of: call).filter { $0.name == nil }.map(\.value)
        guard let index = values.firstIndex(of: first.node) else { return nil }
        return values[index...].map { facts.with(first, $0) }
    }

    /// Whether a parameter takes all arguments that are left.
    private func gathers(_ parameter: NodeRef) -> Bool {
        let unit = facts.units[parameter.unit]
        let node = facts.node(parameter)
        let before = max(0, node.start - 3)
        guard node.end <= unit.bytes.count else { return false }
        let around = unit.bytes[before..<node.end]
        return around.contains(UInt8(ascii: "*"))
            || ByteText.find("...", in: around) != nil
            || (unit.tree.typeNames[parameter.node] ?? "").contains("params")
    }

    /// Flurl's `client.Request("platform", "v1", "operations", id)`: the segments of the path.
    mutating func pathOfSegments(
        _ ref: NodeRef, _ bindings: Bindings, _ depth: Int
    ) -> Folded? {
        guard Self.takesSegments(ref, facts) else { return nil }
        var folded = Folded(Template())
        for argument in facts.units[ref.unit].tree.arguments(of: ref.node) {
            folded = joined(folded, text(facts.with(ref, argument.value), bindings, depth))
        }
        return folded
    }

    /// Whether a call names the segments of a path that is sent by what follows it.
    static func takesSegments(_ call: NodeRef, _ facts: TreeFacts) -> Bool {
        let tree = facts.units[call.unit].tree
        guard facts.language(call) == "csharp", let callee = tree[call.node].children.first,
            tree[callee].kind == .member, tree[callee].text == "Request"
        else { return false }
        return tree.arguments(of: call.node).count > 1
    }

    /// Qt's `text.arg(value)`: the value takes the place of the lowest `%1`.
    mutating func placed(
        _ receiver: NodeRef?, _ arguments: [(String?, NodeRef)], _ bindings: Bindings, _ depth: Int
    ) -> Folded {
        guard let receiver else { return .hole("arg") }
        var folded = text(receiver, bindings, depth)
        for argument in arguments {
            guard
                let mark = (1...9).lazy.map({ "%\($0)" }).first(where: { mark in
                    folded.template.pieces.contains {
                        if case .text(let text) = $0 {
                            text.firstRange(of: mark) != nil
                        } else {
                            false
                        }
                    }
                })
            else { break }
            let value = text(argument.1, bindings, depth)
            var pieces: [Template.Piece] = []
            for piece in folded.template.pieces {
                guard case .text(let text) = piece else {
                    pieces.append(piece)
                    continue
                }
                for (index, part) in text.splitting(at: mark).enumerated() {
                    if index > 0 { pieces += value.template.pieces }
                    pieces.append(.text(part))
                }
            }
            folded.template = Template(pieces)
            folded.evidence += value.evidence
        }
        return folded
    }

    /// `env.str("X", "default")`, `env.url("X")`: typed reads of the environment.
    func isTypedEnvironmentRead(_ name: String, _ owner: String, _ receiver: NodeRef?) -> Bool {
        guard receiver != nil, ["env", "environ", "Env"].contains(owner) else { return false }
        return [
            "str", "string", "url", "int", "bool", "asString", "required", "read", "require",
            "optional", "path", "host", "getString",
        ].contains(name)
    }
}

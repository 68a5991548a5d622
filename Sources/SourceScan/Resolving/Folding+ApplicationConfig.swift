import Deprecations

/// Elixir's application environment: `config :app, Module, key: value` and who reads it.
extension Folding {
    private static let readers: Set<String> = [
        "get_env", "fetch_env", "fetch_env!", "compile_env", "compile_env!",
    ]

    /// `Application.fetch_env!(:app, :key)`
    mutating func applicationSetting(
        _ call: NodeRef, _ bindings: Bindings, _ depth: Int
    ) -> Folded? {
        guard let keys = keysRead(by: call) else { return nil }
        guard let value = configured(keys) else {
            let arguments = facts.units[call.unit].tree.arguments(of: call.node)
            guard arguments.count > 2 else { return nil }
            let fallback = text(facts.with(call, arguments[2].value), bindings, depth)
            return Folded(
                Template(
                    hole: keys.last ?? "", fallback: fallback.template.literal, isSetting: true),
                fallback.evidence)
        }
        return evident(value, keys, bindings, depth)
    }

    /// `@config[:base_url]` where `@config` is such a read.
    mutating func applicationEntry(
        _ index: NodeRef, _ bindings: Bindings, _ depth: Int
    ) -> Folded? {
        guard facts.language(index) == "elixir" else { return nil }
        let tree = facts.units[index.unit].tree
        let children = tree[index.node].children
        guard children.count > 1,
            let key = Self.word(children[1], tree, self.facts.units[index.unit])
        else { return nil }
        var source = facts.with(index, children[0])
        if facts.kind(source) == .name || facts.kind(source) == .member,
            case .values(let values, _) = Lookup(facts: facts).definitions(of: source, bindings),
            let value = values.last, facts.node(value).children.count > 1
        {
            source = facts.with(value, facts.node(value).children[1])
        }
        guard facts.kind(source) == .call, let keys = keysRead(by: source),
            let value = configured(keys + [key])
        else { return nil }
        return evident(value, keys + [key], bindings, depth)
    }

    private mutating func evident(
        _ value: NodeRef, _ keys: [String], _ bindings: Bindings, _ depth: Int
    ) -> Folded {
        var folded = text(value, bindings, depth)
        folded.evidence.append(
            Evidence(place: facts.place(value), note: "setting \(keys.joined(separator: "."))"))
        return folded
    }

    private func keysRead(by call: NodeRef) -> [String]? {
        let unit = facts.units[call.unit]
        guard unit.codeLanguage == "elixir", facts.kind(call) == .call else { return nil }
        let tree = unit.tree
        let path = tree.path(of: tree[call.node].children[0])
        guard path.count > 1, path[path.count - 2] == "Application",
            Self.readers.contains(path[path.count - 1])
        else { return nil }
        let words = tree.arguments(of: call.node).prefix(2).map { Self.word($0.value, tree, unit) }
        guard words.count == 2, let application = words[0], var key = words[1] else { return nil }
        if key == "__MODULE__", let type = tree.type(around: call.node) { key = tree[type].text }
        return [application, key]
    }

    /// The value that the tree's configuration gives these keys; a later environment's file does not count.
    private func configured(_ keys: [String]) -> NodeRef? {
        for call in facts.calls["config"] ?? []
        where facts.language(call) == "elixir" && facts.units[call.unit].role != .test {
            let unit = facts.units[call.unit]
            let tree = unit.tree
            var rest = keys
            var isFitting = true
            for argument in tree.arguments(of: call.node) {
                if let name = argument.name {
                    if isFitting, rest == [name] { return facts.with(call, argument.value) }
                    continue
                }
                let kind = tree[argument.value].kind
                if kind == .list || kind == .map {
                    if isFitting, let found = entry(rest, in: facts.with(call, argument.value)) {
                        return found
                    }
                    continue
                }
                if isFitting, rest.isEmpty { return facts.with(call, argument.value) }
                if let word = Self.word(argument.value, tree, unit), let first = rest.first,
                    word == first || word.hasSuffix("." + first) || first.hasSuffix("." + word)
                {
                    rest.removeFirst()
                } else {
                    isFitting = false
                }
            }
        }
        return nil
    }

    private func entry(_ keys: [String], in map: NodeRef) -> NodeRef? {
        guard keys.count == 1 else { return nil }
        let tree = facts.units[map.unit].tree
        for child in tree[map.node].children
        where [.pair, .argument].contains(tree[child].kind) && tree[child].text == keys[0] {
            return tree[child].children.last.map { facts.with(map, $0) }
        }
        return nil
    }

    /// `:name`, `Some.Module` or `"name"` as plain text.
    private static func word(_ id: NodeID, _ tree: SyntaxTree, _ unit: SourceUnit) -> String? {
        if let literal = tree.literal(id) { return literal }
        let node = tree[id]
        guard [.name, .member, .unary].contains(node.kind), node.end <= unit.bytes.count else {
            return nil
        }
        let text = String(decoding: unit.bytes[node.start..<node.end], as: UTF8.self)
        return text.hasPrefix(":") ? String(text.dropFirst()) : text
    }
}

import Deprecations

extension Flow {
    /// Methods that give an object its path and return nothing: Qt's and POCO's `url.setPath(…)`.
    static let pathSetters: Set<String> = ["setPath", "setPathAndQuery", "SetPath", "set_path"]

    /// Methods whose result holds what their block makes of each item, or of what was awaited.
    static let mappers: Set<String> = [
        "map", "flatMap", "Select", "collect", "compactMap", "mapNotNull", "filter_map", "then",
        "mapcat", "concatMap", "switchMap", "let", "thenApply", "thenCompose", "and_then", "async",
    ]

    /// http4s: methods of a client that send the request which they are given.
    static let effectRunners: Set<String> = ["expect", "expectOr", "run", "status", "stream"]

    /// Whether a call makes what is thrown: only text.
    func isThrown(_ call: NodeRef) -> Bool {
        guard let parent = facts.parent(call), facts.kind(parent) == .returned else { return false }
        return ["raise", "throw"].contains(facts.node(parent).text)
    }

    /// Follows an object whose path a statement sets.
    mutating func setsObjectPath(
        _ call: NodeRef, _ name: String, _ argument: NodeRef, _ state: State
    ) -> Bool {
        guard Self.pathSetters.contains(name), let block = facts.parent(call),
            facts.kind(block) == .block
        else { return false }
        let tree = facts.units[call.unit].tree
        guard let callee = tree[call.node].children.first, tree[callee].kind == .member,
            let owner = tree[callee].children.first, tree[owner].kind == .name
        else { return false }
        preparedProperty(call, owner: facts.with(call, owner), value: argument, state)
        return true
    }

    /// Where an item stands in its list, where a tuple of that many names takes the list apart.
    func itemIndex(in item: NodeRef?, of count: Int) -> Int? {
        guard let item, let list = facts.parent(item), facts.kind(list) == .list else { return nil }
        let items = facts.node(list).children
        guard items.count == count, count > 1 else { return nil }
        return items.firstIndex(of: item.node)
    }

    /// The member `path` of a record that describes a request: who reads it through the record's protocol has it.
    mutating func usesOfRecord(_ function: NodeRef, value: NodeRef, _ incoming: State) -> Bool {
        let tree = facts.units[function.unit].tree
        guard facts.kind(function) == .function, tree.parameters(of: function.node).isEmpty,
            let type = tree.type(around: function.node)
        else { return false }
        let name = tree[function.node].text
        let record = facts.with(function, type)
        let protocols = lookup.bases(of: record)
        guard protocols.contains(where: { declares(name, $0) }) else { return false }
        var found = false
        for use in (facts.uses[facts.key(name, in: function)] ?? []).prefix(40)
        where facts.kind(use) == .member && facts.language(use) == facts.language(function) {
            let other = facts.units[use.unit].tree
            guard let base = other[use.node].children.first, other[base].kind == .name,
                !["self", "this"].contains(other[base].text),
                takesRecord(facts.with(use, base), protocols)
            else { continue }
            found = true
            var state = incoming
            state.firstCall = nil
            state.bindings[use] = value
            // The record's other members stand for the same record's.
            let scope = other.function(around: use.node) ?? other.root
            for (member, uses) in facts.units[use.unit].names.uses where member != name {
                for sibling in uses where other.contains(scope, sibling) {
                    guard other[sibling].kind == .member, let owner = other[sibling].children.first,
                        other[owner].text == other[base].text,
                        let own = lookup.method(member, of: record, depth: 0)
                            ?? lookup.fields(member, of: record, depth: 0).last
                    else { continue }
                    state.bindings[facts.with(use, sibling)] = own
                }
            }
            climb(use, state)
        }
        return found
    }

    private func declares(_ name: String, _ type: NodeRef) -> Bool {
        let unit = facts.units[type.unit]
        return (unit.names.functions[name] ?? []).contains {
            unit.tree.type(around: $0) == type.node
        }
            || (unit.names.assignments[name] ?? []).contains {
                unit.tree.type(around: $0) == type.node
            }
    }

    /// Whether a name's type is one of the protocols, or a generic one bound by it.
    private func takesRecord(_ name: NodeRef, _ protocols: [NodeRef]) -> Bool {
        guard case .parameter(let parameter) = lookup.definitions(of: name) else { return false }
        if let type = lookup.typeOfExpression(name, [:], depth: 0) {
            return protocols.contains(type)
        }
        let unit = facts.units[parameter.unit]
        let words = (unit.tree.typeNames[parameter.node] ?? "").split(separator: " ")
        // `func send<R: Request>(_ request: R)`
        return words.contains { $0.utf8.count < 3 || $0.hasSuffix("Type") }
    }
}

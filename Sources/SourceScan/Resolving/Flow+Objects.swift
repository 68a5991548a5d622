import Deprecations

extension Flow {
    /// Methods that give an object its path and return nothing: Qt's and POCO's `url.setPath(…)`.
    static let pathSetters: Set<String> = ["setPath", "setPathAndQuery", "SetPath", "set_path"]

    /// Methods whose result holds what their block makes of each item, or of what was awaited.
    static let mappers: Set<String> = [
        "map", "flatMap", "Select", "collect", "compactMap", "mapNotNull", "filter_map", "then",
        "mapcat", "concatMap", "switchMap", "let", "thenApply", "thenCompose", "and_then", "async",
        "exchangeToMono", "exchangeToFlux", "justOrEmpty", "ofNullable", "transform", "also",
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

    /// Whether callers send what a function returns: `client.request(**options())`.
    func isHandedOut(_ returned: NodeRef) -> Bool {
        let tree = facts.units[returned.unit].tree
        guard let function = tree.namedFunction(around: returned.node) else { return false }
        let name = facts.key(tree[function].text, in: returned)
        return (facts.calls[name] ?? []).prefix(12).contains { call in
            guard lookup.function(calledBy: call) == facts.with(returned, function) else {
                return false
            }
            var holder = call
            while let parent = facts.parent(holder) {
                switch facts.kind(parent) {
                case .unary, .argument: holder = parent
                case .call:
                    return facts.node(parent).children.first != holder.node
                        && isSending(facts.units[parent.unit].tree.lastName(of: parent.node))
                case .assign: return isHandedToCall(parent)
                default: return false
                }
            }
            return false
        }
    }

    /// Follows a record to where a tuple of names takes it apart.
    mutating func takenApart(_ made: NodeRef, _ state: State) -> Bool {
        guard let position = state.position else { return false }
        let tree = facts.units[made.unit].tree
        guard let function = tree.namedFunction(around: made.node) else { return false }
        let name = facts.key(tree[function].text, in: made)
        var found = false
        for call in (facts.calls[name] ?? []).prefix(24)
        where lookup.function(calledBy: call) == facts.with(made, function) {
            var holder = call
            while let parent = facts.parent(holder),
                [.unary, .argument].contains(facts.kind(parent))
            {
                holder = parent
            }
            guard let assignment = facts.parent(holder), facts.kind(assignment) == .assign,
                let target = facts.node(assignment).children.first, target != holder.node,
                [.list, .map, .call].contains(facts.kind(facts.with(assignment, target)))
            else { continue }
            let other = facts.units[assignment.unit].tree
            let names = other[target].children.filter {
                !other[$0].text.isEmpty || other[target].kind != .call
            }
            guard names.count == position.count, position.index < names.count else { continue }
            let variable = NameTable.key(NameTable.targetName(names[position.index], other))
            guard !variable.isEmpty, variable != "_" else { continue }
            found = true
            var state = state
            state.position = nil
            usesOfLocal(
                variable, from: assignment,
                in: other.function(around: assignment.node) ?? other.root,
                value: call, state)
        }
        return found
    }

    /// The value that a method hands to its block: `link.flatMap(url -> …)`, `link?.let { … }`.
    mutating func entersBlock(
        of call: NodeRef, _ name: String, _ receiver: NodeRef, _ state: State
    ) -> Bool {
        guard Self.mappers.contains(name) else { return false }
        let tree = facts.units[call.unit].tree
        for argument in tree.arguments(of: call.node) where tree[argument.value].kind == .lambda {
            let parameter = tree.parameters(of: argument.value).first.map { tree[$0].text }
            let name = parameter ?? (facts.language(call) == "kotlin" ? "it" : "")
            guard !name.isEmpty else { return false }
            let uses = (facts.units[call.unit].names.uses[facts.key(name, in: call)] ?? []).filter {
                tree.contains(argument.value, $0) && tree[$0].kind == .name
                    && tree.function(around: $0) == argument.value
                    || parameter != nil && tree.contains(argument.value, $0)
            }
            guard !uses.isEmpty else { return false }
            for use in uses { climb(facts.with(call, use), state) }
            return true
        }
        return false
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

    /// What the members of a record stand for where one of them is read: what its constructor was given.
    func bindRecord(_ use: NodeRef, value: NodeRef, call: NodeRef, _ state: inout State) {
        state.bindings[use] = value
        let tree = facts.units[use.unit].tree
        guard let base = tree[use.node].children.first, tree[base].kind == .name else { return }
        let scope = tree.function(around: use.node) ?? tree.root
        let type = lookup.type(
            named: facts.units[call.unit].tree.lastName(of: call.node), at: call)
        for (named, argument) in facts.units[call.unit].tree.arguments(of: call.node) {
            guard
                let name = named
                    ?? type.flatMap({ lookup.recordField(of: $0, takenFrom: argument, in: call) })
            else { continue }
            for sibling in facts.units[use.unit].names.uses[facts.key(name, in: use)] ?? []
            where sibling != use.node && tree.contains(scope, sibling) {
                guard tree[sibling].kind == .member, let owner = tree[sibling].children.first,
                    tree[owner].text == tree[base].text
                else { continue }
                state.bindings[facts.with(use, sibling)] = facts.with(call, argument)
            }
        }
    }

    /// Reads of a property inside its own type, where no `self` is written.
    mutating func usesInType(_ function: NodeRef, _ key: String, _ state: State) -> Bool {
        let unit = facts.units[function.unit]
        guard ["swift", "kotlin", "csharp", "scala"].contains(unit.codeLanguage),
            let type = unit.tree.type(around: function.node)
        else { return false }
        var found = false
        for use in unit.names.uses[key] ?? []
        where unit.tree[use].kind == .name && unit.tree.contains(type, use)
            && !unit.tree.contains(function.node, use)
        {
            let ref = facts.with(function, use)
            guard case .function(let meant) = lookup.definitions(of: ref), meant == function else {
                continue
            }
            found = true
            var state = state
            state.firstCall = nil
            climb(ref, state)
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

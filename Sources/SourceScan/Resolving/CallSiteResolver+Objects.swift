import Deprecations

extension CallSiteResolver {
    /// The URL of a record of options that a request is given: in place, by name, or by what a function gives.
    mutating func optionsURL(_ sink: Flow.Sink) -> Folded? {
        options(sink.expression, sink.bindings, 0).flatMap {
            folding.urlOfOptions($0, sink.bindings)
        }
    }

    private func options(_ ref: NodeRef, _ bindings: Bindings, _ depth: Int) -> NodeRef? {
        guard depth < 6 else { return nil }
        let node = facts.node(ref)
        switch node.kind {
        case .map: return ref
        case .list: return depth == 0 ? ref : nil
        case .unary, .argument:
            return node.children.first.flatMap { options(facts.with(ref, $0), bindings, depth) }
        case .name, .member:
            guard case .values(let values, _) = lookup.definitions(of: ref, bindings),
                let value = values.last, facts.node(value).children.count > 1
            else { return nil }
            let target = facts.with(value, facts.node(value).children[1])
            return target == ref ? nil : options(target, bindings, depth + 1)
        case .call:
            guard let function = lookup.function(calledBy: ref, bindings) else { return nil }
            for result in folding.results(in: function) {
                if let found = options(result, bindings, depth + 1) { return found }
            }
            return nil
        default: return nil
        }
    }

    /// Members that give an object's host.
    private static let hostMembers: Set<String> = [
        "host", "hostname", "authority", "Host", "percentEncodedHost", "baseURL", "BaseAddress",
        "setHost", "setAuthority", "setUrl",
    ]

    /// `components.host = …; components.path = …`: the object's other parts belong to the URL; so does
    /// what the object was made with (`u = new URL(base); u.pathname = …`, `QUrl u(base); u.setPath(…)`).
    mutating func objectURL(_ sink: Flow.Sink, _ path: Folded) -> Folded? {
        // What is not known stands for a base already.
        if case .hole? = path.template.pieces.first { return nil }
        guard !path.template.head.contains("://"),
            let (owner, statement) = objectWithPath(sink.expression)
        else { return nil }
        let tree = facts.units[owner.unit].tree
        let name = tree[owner.node].text
        let scope = tree.function(around: statement) ?? tree.root
        for id in facts.units[owner.unit].names.assignments.values.joined()
        where tree.contains(scope, id) {
            guard tree[id].kind == .assign, tree[id].children.count > 1,
                tree[tree[id].children[0]].kind == .member,
                let other = tree[tree[id].children[0]].children.first, tree[other].text == name,
                Self.hostMembers.contains(tree[tree[id].children[0]].text)
            else { continue }
            return whole(facts.with(owner, tree[id].children[1]), path, sink.bindings)
        }
        for use in facts.units[owner.unit].names.uses[facts.key(name, in: owner)] ?? []
        where tree.contains(scope, use) {
            let member = tree[use].parent
            guard member >= 0, tree[member].kind == .member,
                Self.hostMembers.contains(tree[member].text), tree[member].parent >= 0,
                tree[tree[member].parent].kind == .call,
                let value = tree.arguments(of: tree[member].parent).first?.value
            else { continue }
            return whole(facts.with(owner, value), path, sink.bindings)
        }
        let made = folding.fold(owner, sink.bindings)
        guard let origin = made.template.origin else { return nil }
        guard origin.head.contains("://") || origin.hasHoles else { return nil }
        return folding.joined(Folded(origin, made.evidence), path)
    }

    private mutating func whole(_ host: NodeRef, _ path: Folded, _ bindings: Bindings) -> Folded {
        let host = folding.fold(host, bindings)
        if host.template.head.contains("://") { return folding.joined(host, path) }
        var whole = Folded(Template("https://"), host.evidence)
        whole.append(host)
        return folding.joined(whole, path)
    }

    /// The object whose path an expression is set to, and the statement that does it.
    private func objectWithPath(_ expression: NodeRef) -> (owner: NodeRef, statement: NodeID)? {
        let tree = facts.units[expression.unit].tree
        guard let statement = facts.parent(expression) else { return nil }
        let node = tree[statement.node]
        guard node.children.count > 1 else { return nil }
        let target: NodeID
        switch node.kind {
        case .assign where node.children[1] == expression.node: target = node.children[0]
        case .call
        where node.children[0] != expression.node
            && Flow.pathSetters.contains(tree.lastName(of: node.children[0])):
            target = node.children[0]
        default: return nil
        }
        guard tree[target].kind == .member, let owner = tree[target].children.first,
            tree[owner].kind == .name
        else { return nil }
        return (facts.with(expression, owner), statement.node)
    }
}

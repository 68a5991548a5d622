import Deprecations

/// Where objects are made.
extension Lookup {
    /// The call that made the object, as far as names tell.
    func creation(
        of ref: NodeRef, _ type: NodeRef, _ bindings: Bindings, depth: Int
    ) -> NodeRef? {
        guard depth < 6 else { return nil }
        let node = facts.node(ref)
        switch node.kind {
        case .call:
            guard let callee = node.children.first else { return nil }
            return facts.units[ref.unit].tree.path(of: callee).contains(facts.node(type).text)
                ? ref : nil
        case .name, .member:
            if case .values(let values, _) = definitions(of: ref, bindings), let value = values.last
            {
                if facts.kind(value) == .parameter {
                    return creation(handedTo: value, type, bindings, depth: depth)
                }
                let inner = facts.node(value)
                guard inner.children.count > 1, inner.kind == .assign || inner.kind == .pair else {
                    return nil
                }
                return creation(
                    of: facts.with(value, inner.children[1]), type, bindings, depth: depth + 1)
            }
            if case .parameter(let parameter) = definitions(of: ref, bindings) {
                if let bound = bindings[parameter], bound != parameter {
                    return creation(of: bound, type, bindings, depth: depth + 1)
                }
                return creation(handedTo: parameter, type, bindings, depth: depth)
            }
            return nil
        case .unary, .argument, .binary:
            return node.children.first.flatMap {
                creation(of: facts.with(ref, $0), type, bindings, depth: depth + 1)
            }
        default: return nil
        }
    }

    /// The object that the makers of a type hand to a parameter of its constructor.
    private func creation(
        handedTo parameter: NodeRef, _ type: NodeRef, _ bindings: Bindings, depth: Int
    ) -> NodeRef? {
        guard depth < 5 else { return nil }
        return valuesHanded(to: parameter).lazy.compactMap {
            creation(of: $0, type, bindings, depth: depth + 1)
        }.first
    }

    /// The type of the objects that the makers of a type hand to a parameter of its constructor.
    func typeHandedTo(_ parameter: NodeRef, depth: Int) -> NodeRef? {
        guard depth < 3 else { return nil }
        return valuesHanded(to: parameter).lazy.compactMap {
            typeOfExpression($0, [:], depth: depth + 1)
        }.first
    }

    /// What calls outside tests give to a parameter of a constructor.
    private func valuesHanded(to parameter: NodeRef) -> [NodeRef] {
        guard let owner = facts.parent(parameter) else { return [] }
        let tree = facts.units[owner.unit].tree
        let holder = facts.kind(owner) == .type ? owner.node : tree.type(around: owner.node)
        guard let holder else { return [] }
        let type = facts.with(owner, holder)
        guard facts.kind(owner) == .type || constructor(of: type) == owner else { return [] }
        var found: [NodeRef] = []
        for name in [tree[holder].text] + heirs(of: type) {
            for call in (facts.calls[name] ?? []).prefix(12)
            where facts.units[call.unit].role != .test {
                let arguments = facts.units[call.unit].tree.arguments(of: call.node).map {
                    ($0.name, facts.with(call, $0.value))
                }
                guard
                    let value = Folding(facts: facts).bind(arguments, to: owner, [:])[parameter],
                    value != parameter
                else { continue }
                found.append(value)
            }
        }
        return found
    }

    /// Names of the types that extend a type.
    private func heirs(of type: NodeRef) -> [String] {
        let name = facts.node(type).text
        var found: [String] = []
        for use in (facts.uses[name] ?? []).prefix(60) {
            guard let parent = facts.parent(use), facts.kind(parent) == .type, parent != type,
                facts.node(parent).children.contains(use.node)
            else { continue }
            found.append(facts.node(parent).text)
        }
        return Array(found.prefix(8))
    }
}

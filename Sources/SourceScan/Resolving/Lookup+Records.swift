import Deprecations

extension Lookup {
    /// C#'s method that is called on its first parameter, where the tree has one of the name.
    func extensionMethod(_ name: String) -> NodeRef? {
        let found = (facts.functions[name] ?? []).filter { function in
            let tree = facts.units[function.unit].tree
            return facts.language(function) == "csharp"
                && tree.parameters(of: function.node).first.map {
                    (tree.typeNames[$0] ?? "").hasPrefix("this ")
                } ?? false
        }
        return found.count == 1 ? found[0] : nil
    }

    /// The field of a record that a positional argument of its constructor fills: `Ticket(name, link)`.
    func recordField(of type: NodeRef, takenFrom argument: NodeID, in call: NodeRef) -> String? {
        let tree = facts.units[call.unit].tree
        guard let index = tree[call.node].children.dropFirst().firstIndex(of: argument) else {
            return nil
        }
        let names = recordFields(of: type)
        let position = index - 1
        return position < names.count ? names[position] : nil
    }

    /// The fields of a record in their order: constructor parameters in the head, else declarations in the body.
    private func recordFields(of type: NodeRef) -> [String] {
        let unit = facts.units[type.unit]
        let tree = unit.tree
        let parameters = tree.parameters(of: type.node)
        if !parameters.isEmpty { return parameters.map { facts.key(tree[$0].text, in: type) } }
        guard let body = tree.body(of: type.node) else { return [] }
        var names: [String] = []
        for child in tree[body].children where tree[child].kind == .assign {
            guard let target = tree[child].children.first, tree[target].kind == .name else {
                continue
            }
            names.append(facts.key(tree[target].text, in: type))
        }
        return names
    }
}

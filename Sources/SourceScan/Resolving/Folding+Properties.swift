import Deprecations

extension Folding {
    /// C#'s `_baseUrl`, which only the setter of `BaseUrl` sets: what the property is set to.
    mutating func backedProperty(
        _ ref: NodeRef, _ bindings: Bindings, _ depth: Int
    ) -> Folded? {
        guard facts.language(ref) == "csharp", depth < Self.maximumDepth else { return nil }
        let unit = facts.units[ref.unit]
        let name = unit.tree.lastName(of: ref.node)
        guard name.hasPrefix("_"), let first = name.dropFirst().first,
            let type = unit.tree.type(around: ref.node)
        else { return nil }
        let property = first.uppercased() + name.dropFirst(2)
        for id in unit.names.assignments[property] ?? []
        where unit.tree[id].kind == .assign && unit.tree[id].children.count > 1
            && unit.tree.type(around: id) == type
        {
            let value = facts.with(ref, unit.tree[id].children[1])
            let folded = text(value, bindings, depth + 1)
            if folded.template.head.contains("://") {
                return Folded(
                    folded.template,
                    folded.evidence
                        + [Evidence(place: facts.place(value), note: "value of \(property)")])
            }
        }
        return nil
    }
}

import Deprecations

/// Generated clients whose base is given by who uses them.
extension CallSiteResolver {
    private static let baseFields: Set<String> = [
        "basepath", "baseurl", "base", "host", "server", "baseuri", "serverurl", "endpoint",
    ]

    /// The path of a generated file, joined with the provider's base that the tree gives to its package.
    mutating func joinedWithGivenBase(
        _ path: Folded, _ unit: SourceUnit, _ matches: [EndpointShapes.Match]
    ) -> Folded? {
        guard !path.template.head.contains("://"), !matches.isEmpty else { return nil }
        var relative = path
        if case .hole? = path.template.pieces.first {
            // `{server}/operations/{id}`: what stands before the path is the base that was looked for.
            relative.template = Template(Array(path.template.pieces.dropFirst()))
        } else if path.template.head.hasPrefix("./") {
            relative.template = Template(
                [.text(String(path.template.head.dropFirst(2)))] + path.template.pieces.dropFirst())
        }
        for base in givenBases(to: unit) {
            let whole = folding.joined(base, relative)
            if shapes.matches(whole.template).contains(where: { isProvider($0.host) }) {
                return whole
            }
        }
        return nil
    }

    /// URLs that code outside a generated package hands to what the package makes clients by.
    private mutating func givenBases(to unit: SourceUnit) -> [Folded] {
        let family = Lookup.family(of: unit.codeLanguage)
        let folders = unit.path.split(separator: "/").dropLast()
        let package = facts.units.filter { other in
            other.role == .generated && Lookup.family(of: other.codeLanguage) == family
                && (folders.isEmpty || other.path.split(separator: "/").first == folders.first)
        }
        var names: Set<String> = []
        for other in package {
            for name in Array(other.names.types.keys) + Array(other.names.functions.keys) {
                let lower = name.lowercased()
                if ["client", "config", "api", "base", "server"].contains(where: lower.contains) {
                    names.insert(name)
                }
            }
        }
        var found: [Folded] = []
        for name in names.sorted() {
            for call in (facts.calls[name] ?? []).prefix(24)
            where facts.units[call.unit].role != .generated {
                let tree = facts.units[call.unit].tree
                var arguments = tree.arguments(of: call.node)
                // Go's `Client{Server: "…"}`
                for argument in arguments where tree[argument.value].kind == .map {
                    arguments += tree[argument.value].children.compactMap { entry in
                        Self.baseFields.contains(TreeFacts.settingKey(tree[entry].text))
                            ? tree[entry].children.last.map { (nil, $0) } : nil
                    }
                }
                for argument in arguments.prefix(8) {
                    let folded = folding.fold(facts.with(call, argument.value))
                    guard folded.template.head.contains("://") else { continue }
                    var base = folded
                    base.evidence.append(Evidence(place: facts.place(call), note: "base URL"))
                    found.append(base)
                }
            }
        }
        for (name, assignments) in facts.assignments.places
        where Self.baseFields.contains(TreeFacts.settingKey(name)) {
            for assignment in assignments.prefix(12)
            where facts.units[assignment.unit].role != .generated
                && facts.node(assignment).children.count > 1
                && Lookup.family(of: facts.language(assignment)) == family
            {
                let folded = folding.fold(
                    facts.with(assignment, facts.node(assignment).children[1]))
                if folded.template.head.contains("://") { found.append(folded) }
            }
        }
        return found
    }
}

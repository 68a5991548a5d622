import Deprecations

/// What in a tree shows that its code talks to a rule's provider.
struct ProviderEvidence: Sendable {
    private let known: [String: Bool]

    /// Looks through all texts of a tree for hosts, packages, words and paths of the providers.
    init(rules: [Rule], facts: TreeFacts) {
        var known: [String: Bool] = [:]
        for rule in rules {
            let exact =
                rule.endpoint.hosts.map(\.name)
                + rule.provider.paths.map(\.description)
            let words = rule.provider.words.map { $0.lowercased() }
            let needles = (exact.map { $0.lowercased() } + words).map { Array($0.utf8) }
            known[rule.id] =
                facts.units.contains { unit in
                    needles.contains { LiteralSearch.containsFolded($0, in: unit.bytes) }
                }
                || facts.settings.values.contains { list in
                    list.contains { setting in
                        let text =
                            (setting.value.description + " " + setting.keys.joined(separator: " "))
                            .lowercased()
                        return needles.contains {
                            LiteralSearch.containsFolded($0, in: Array(text.utf8))
                        }
                    }
                }
        }
        self.known = known
    }

    /// Whether the tree shows the provider of `rule`.
    func shows(_ rule: Rule) -> Bool { known[rule.id] ?? false }
}

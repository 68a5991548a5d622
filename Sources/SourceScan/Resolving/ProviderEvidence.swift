import Deprecations

/// What in a tree shows that its code talks to a rule's provider.
struct ProviderEvidence: Sendable {
    /// The first place of each file that does, by rule, sorted.
    private let places: [String: [SourcePlace]]

    /// Looks through all texts of a tree for hosts, packages, words and paths of the providers.
    init(rules: [Rule], facts: TreeFacts) {
        var places: [String: [SourcePlace]] = [:]
        for rule in rules {
            let needles =
                (rule.endpoint.hosts.map(\.name) + rule.provider.paths.map(\.description)
                + rule.provider.words).map { Array($0.lowercased().utf8) }
            var found: Set<SourcePlace> = []
            for unit in facts.units {
                let offset = needles.compactMap {
                    LiteralSearch.offset(ofFolded: $0, in: unit.bytes)
                }.min()
                if let offset {
                    found.insert(SourcePlace(path: unit.path, line: unit.line(of: offset)))
                }
            }
            for setting in facts.settings.values.joined() {
                let text =
                    setting.value.description + " " + setting.keys.joined(separator: " ")
                if needles.contains(where: {
                    LiteralSearch.offset(ofFolded: $0, in: Array(text.utf8)) != nil
                }) {
                    found.insert(setting.place)
                }
            }
            places[rule.id] = found.sorted { ($0.path, $0.line) < ($1.path, $1.line) }
        }
        self.places = places
    }

    /// Whether the tree shows the provider of `rule`.
    func shows(_ rule: Rule) -> Bool { !places[rule.id, default: []].isEmpty }

    /// The place that shows it nearest to a file.
    func place(_ rule: String, near path: String) -> SourcePlace? {
        let own = path.split(separator: "/")
        func shared(_ place: SourcePlace) -> Int {
            zip(own, place.path.split(separator: "/")).prefix { $0 == $1 }.count
        }
        var best: (place: SourcePlace, shared: Int)?
        for place in places[rule, default: []] {
            let shared = shared(place)
            if best.map({ shared > $0.shared }) ?? true { best = (place, shared) }
        }
        return best?.place
    }
}

import Deprecations

/// All that the files of one tree say, indexed by name.
struct TreeFacts {
    var units: [SourceUnit] = []
    /// What was looked up in them before.
    let memory = LookupMemory()
    /// What of all this was asked for.
    let asked: AskedNames
    private(set) var assignments: NameIndex
    private(set) var functions: NameIndex
    private(set) var types: NameIndex
    private(set) var calls: NameIndex
    private(set) var uses: NameIndex
    /// Indices of units, ascending, by what imports may call their files.
    private var unitsByFileName: [String: [Int]] = [:]
    /// Values of settings files and environments by their last key, spelling differences away.
    private(set) var settings: [String: [Setting]] = [:]

    /// A settings value and where it stands.
    struct Setting: Sendable {
        var keys: [String]
        var value: Template
        var place: SourcePlace
    }

    /// Nothing yet.
    init() {
        let asked = AskedNames()
        self.asked = asked
        assignments = NameIndex(of: .definition, telling: asked)
        functions = NameIndex(of: .definition, telling: asked)
        types = NameIndex(of: .definition, telling: asked)
        calls = NameIndex(of: .use, telling: asked)
        uses = NameIndex(of: .use, telling: asked)
    }

    mutating func add(_ unit: SourceUnit) {
        let index = units.count
        func refs(_ nodes: [NodeID]) -> [NodeRef] { nodes.map { NodeRef(unit: index, node: $0) } }
        for (name, nodes) in unit.names.assignments { assignments.add(name, refs(nodes)) }
        for (name, nodes) in unit.names.functions { functions.add(name, refs(nodes)) }
        for (name, nodes) in unit.names.types { types.add(name, refs(nodes)) }
        for (name, nodes) in unit.names.calls { calls.add(name, refs(nodes)) }
        for (name, nodes) in unit.names.uses { uses.add(name, refs(nodes)) }
        for name in Self.fileNames(of: unit) { unitsByFileName[name, default: []].append(index) }
        units.append(unit)
    }

    /// The units, ascending, whose files imports may call by one of the names.
    func units(ofFilesNamed names: Set<String>) -> [Int] {
        for name in names { asked.note(name, .module) }
        return Set(names.flatMap { unitsByFileName[$0] ?? [] }).sorted()
    }

    /// Whether imports may call a unit's file by one of the names.
    func isFile(_ unit: Int, named names: Set<String>) -> Bool {
        !names.isDisjoint(with: Self.fileNames(of: units[unit]))
    }

    /// What imports may call a unit's file: its name without endings, and that of the folder that it stands for.
    private static func fileNames(of unit: SourceUnit) -> Set<String> {
        let pieces = unit.path.split(separator: "/")
        let stem = pieces.last?.split(separator: ".").first.map(String.init) ?? ""
        var names: Set = [stem]
        if ["index", "__init__", "mod", "lib"].contains(stem) || unit.codeLanguage == "go",
            let folder = pieces.dropLast().last
        {
            names.insert(String(folder))
        }
        return names
    }

    mutating func add(_ setting: Setting) {
        guard let last = setting.keys.last else { return }
        settings[Self.settingKey(last), default: []].append(setting)
    }

    /// Puts values into the settings and environments that name them.
    mutating func linkSettings() {
        let links = SettingLinks(settings)
        settings = links.filled()
        for index in units.indices where !units[index].environment.isEmpty {
            units[index].environment = units[index].environment.mapValues(links.filled)
        }
    }

    /// `base-url`, `baseUrl`, `BASE_URL` and `base_url` are one key.
    static func settingKey(_ key: String) -> String {
        String(
            decoding: key.utf8.filter { $0.isLetter || $0.isDigit }.map { $0 | 0x20 }, as: UTF8.self
        )
    }

    // MARK: Nodes

    func tree(_ ref: NodeRef) -> SyntaxTree { units[ref.unit].tree }
    func node(_ ref: NodeRef) -> Node { units[ref.unit].tree[ref.node] }
    func kind(_ ref: NodeRef) -> NodeKind { units[ref.unit].tree[ref.node].kind }
    func with(_ ref: NodeRef, _ node: NodeID) -> NodeRef { NodeRef(unit: ref.unit, node: node) }
    func parent(_ ref: NodeRef) -> NodeRef? {
        let parent = node(ref).parent
        return parent >= 0 ? with(ref, parent) : nil
    }
    func language(_ ref: NodeRef) -> String { units[ref.unit].codeLanguage }

    func key(_ name: String, in ref: NodeRef) -> String {
        NameTable.key(name, ignoresCase: Self.ignoresCase(units[ref.unit].codeLanguage))
    }

    static func ignoresCase(_ language: String) -> Bool {
        Language.named(language)?.traits.contains(.ignoresCase) ?? false
    }

    func place(_ ref: NodeRef) -> SourcePlace {
        SourcePlace(path: units[ref.unit].path, line: line(ref))
    }

    func line(_ ref: NodeRef) -> Int { units[ref.unit].line(of: node(ref).start) }

    /// The settings that `path` (most significant last) names.
    func settings(for path: [String]) -> [Setting] {
        guard let last = path.last else { return [] }
        asked.note(last, .setting)
        let candidates = settings[Self.settingKey(last)] ?? []
        guard candidates.count > 1 || path.count > 1 else { return candidates }
        // The longest agreement of the keys before the last wins.
        var best: [Setting] = []
        var bestScore = -1
        let wanted = path.dropLast().map(Self.settingKey)
        for candidate in candidates {
            let keys = candidate.keys.dropLast().map(Self.settingKey)
            var score = 0
            for key in wanted where keys.contains(key) { score += 1 }
            if score > bestScore {
                best = [candidate]
                bestScore = score
            } else if score == bestScore {
                best.append(candidate)
            }
        }
        return best
    }
}

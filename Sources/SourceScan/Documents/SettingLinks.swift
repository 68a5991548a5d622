import Deprecations

/// Settings that name settings of other files: `base-url: ${WDESK_URL}` beside a `.env`,
/// `{{ .Values.wdesk.url }}` beside a chart's values.
struct SettingLinks {
    private let settings: [String: [TreeFacts.Setting]]
    /// Beyond this many bytes a value is no longer filled.
    private static let limit = 4_096

    /// Reads all settings of a tree.
    init(_ settings: [String: [TreeFacts.Setting]]) { self.settings = settings }

    /// The settings with what they name put in.
    func filled() -> [String: [TreeFacts.Setting]] {
        settings.mapValues { $0.map(filled) }
    }

    /// A setting with what it names put in.
    func filled(_ setting: TreeFacts.Setting) -> TreeFacts.Setting {
        guard setting.value.hasHoles else { return setting }
        var setting = setting
        // A value may name one that names another.
        for _ in 0..<3 {
            var value = Template()
            var isChanged = false
            for piece in setting.value.pieces {
                if case .hole(let hole) = piece, let known = self.value(of: hole, in: setting) {
                    value.append(known)
                    isChanged = true
                } else {
                    value.append(piece)
                }
            }
            guard isChanged, value.description.utf8.count <= Self.limit else { break }
            setting.value = value
        }
        return setting
    }

    /// What all settings of that name agree on.
    private func value(
        of hole: Template.Hole, in setting: TreeFacts.Setting
    ) -> Template? {
        guard hole.isSetting, hole.fallback == nil, hole.name.utf8.count > 1 else { return nil }
        let path = Self.path(hole.name)
        guard let last = path.last else { return nil }
        let found = (settings[TreeFacts.settingKey(last)] ?? []).filter { other in
            other.place != setting.place && Self.fits(other.keys, path)
        }
        guard let first = found.first, found.allSatisfy({ $0.value == first.value }) else {
            return nil
        }
        return first.value
    }

    /// The keys that a placeholder names: a chart's values have no common first key.
    static func path(_ name: String) -> [String] {
        let path = name.split(separator: ".").map(String.init)
        return path.first == "Values" ? Array(path.dropFirst()) : path
    }

    /// An environment variable has one key; a path fits where all of it does.
    private static func fits(_ keys: [String], _ path: [String]) -> Bool {
        keys.count == path.count
            && zip(keys, path).allSatisfy { TreeFacts.settingKey($0) == TreeFacts.settingKey($1) }
    }
}

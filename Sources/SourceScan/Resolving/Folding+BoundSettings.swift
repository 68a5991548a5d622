import Deprecations

/// Settings that a framework binds to the fields of a type.
extension Folding {
    /// Annotations that name the settings' prefix of a type's fields.
    private static let prefixAnnotations: Set = [
        "ConfigurationProperties", "ConfigMapping", "ConfigProperties", "EachProperty",
    ]

    /// What the names of such types end with, where no annotation speaks.
    private static let typeSuffixes = [
        "Configuration", "Properties", "Settings", "Options", "Config", "Props",
    ]

    /// `properties.baseUrl()`, `settings.getBaseUrl()`, `options.Value.BaseUrl`: what the tree's settings give the
    /// field `name` of the receiver's type.
    func boundSetting(_ name: String, of receiver: NodeRef, _ bindings: Bindings) -> Folded? {
        var receiver = receiver
        let node = facts.node(receiver)
        if node.kind == .member, ["Value", "CurrentValue"].contains(node.text) {
            receiver = facts.with(receiver, node.children[0])
        }
        guard
            let type = Lookup(facts: facts).typeOfExpression(receiver, bindings, depth: 0),
            let prefix = settingsPrefix(of: type)
        else { return nil }
        let path = prefix + [field(readBy: name)]
        let parent = TreeFacts.settingKey(prefix.last ?? "")
        guard let folded = settingByPath(path, minimum: 2) else { return nil }
        // Of several settings with this name only that below the prefix is meant.
        let found = facts.settings(for: path).first
        return found?.keys.dropLast().contains { TreeFacts.settingKey($0) == parent } == true
            ? folded : nil
    }

    /// `baseUrl` of `getBaseUrl`.
    private func field(readBy name: String) -> String {
        for prefix in ["get", "is"] where name.hasPrefix(prefix) {
            let rest = name.dropFirst(prefix.count)
            if rest.first?.isUppercase == true { return String(rest) }
        }
        return name
    }

    private func settingsPrefix(of type: NodeRef) -> [String]? {
        let tree = facts.units[type.unit].tree
        for annotation in tree.annotations[type.node] ?? []
        where Self.prefixAnnotations.contains(tree[annotation].text) {
            var prefix: [String]?
            tree.walk(annotation) { id, _ in
                if prefix == nil, let literal = tree.literal(id), !literal.isEmpty {
                    prefix = literal.split(separator: ".").map(String.init)
                }
                return true
            }
            if let prefix { return prefix }
        }
        let name = tree[type.node].text
        for suffix in Self.typeSuffixes where name.hasSuffix(suffix) && name.count > suffix.count {
            return [String(name.dropLast(suffix.count))]
        }
        return nil
    }
}

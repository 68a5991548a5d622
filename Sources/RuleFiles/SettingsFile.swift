package import Deprecations
import Yams

/// Reads `lastcall.yaml`.
package enum SettingsFile {
    /// Reads a file.
    package static func load(path: String) throws(RuleFileErrors) -> Settings {
        let text: String
        do throws(TextFile.Unreadable) { text = try TextFile.text(of: path) } catch {
            throw RuleFileErrors([.init(file: path, line: 0, column: 0, text: error.text)])
        }
        return try parse(text, file: path)
    }

    /// Reads a text; an empty one has no settings.
    package static func parse(_ text: String, file: String) throws(RuleFileErrors) -> Settings {
        let list = MistakeList(file: file)
        let settings = settings(in: text, list)
        guard list.mistakes.isEmpty else { throw RuleFileErrors(list.mistakes) }
        return settings
    }

    private static func settings(in text: String, _ list: MistakeList) -> Settings {
        guard let root = YAMLDocument.node(of: text, list), !root.isEmpty,
            let map = MappingReader(root, .settings, list)
        else { return Settings() }
        return Settings(
            codeRoots: map.texts("code"),
            logs: map.items("logs").compactMap { log($0, list) },
            gateways: map.mappings("gateways", .gateway, gateway),
            callers: map.mappings("callers", .caller, caller),
            owners: map.mappings("owners", .owner, owner),
            rules: map.texts("rules"), ignoredPaths: map.texts("ignore"),
            suppressions: map.mappings("suppressions", .suppression, suppression),
            failOn: map.text("failOn", required: false),
            anonymize: map.word("anonymize", Anonymization.self, required: false),
            trustedProxies: map.parsedItems("trustedProxies", Shapes.addressRange))
    }

    private static func log(_ node: Node, _ list: MistakeList) -> Settings.LogSource? {
        if case .scalar(let scalar) = node, !node.isEmpty, !scalar.string.isEmpty {
            return Settings.LogSource(path: scalar.string)
        }
        guard let map = MappingReader(node, .log, list) else { return nil }
        let path = map.text("path")
        let format = map.parsed("format", required: false, Shapes.logFormat)
        let host = map.parsed("host", required: false, Shapes.host)
        let timezone = map.text("timezone", required: false)
        return path.map {
            Settings.LogSource(path: $0, format: format, host: host, timezone: timezone)
        }
    }

    private static func gateway(_ map: MappingReader) -> Settings.Gateway? {
        let host = map.parsed("host", Shapes.host)
        let prefix = map.parsed("pathPrefix", required: false, Shapes.pathPrefix)
        let rules = map.parsedItems("rules", Shapes.ruleID)
        return host.map { Settings.Gateway(host: $0, pathPrefix: prefix ?? "", rules: rules) }
    }

    private static func caller(_ map: MappingReader) -> Settings.CallerName? {
        let name = map.text("name")
        let addresses = map.parsedItems("addresses", Shapes.addressRange)
        let agents = map.texts("userAgents")
        let users = map.texts("users")
        if ["addresses", "userAgents", "users"].allSatisfy({ map.value($0) == nil }) {
            map.note("a caller needs 'addresses', 'userAgents' or 'users'", at: "name")
        }
        return name.map {
            Settings.CallerName(name: $0, addresses: addresses, userAgents: agents, users: users)
        }
    }

    private static func owner(_ map: MappingReader) -> Settings.OwnerPattern? {
        let pattern = map.text("pattern")
        let owner = map.text("owner")
        guard let pattern, let owner else { return nil }
        return Settings.OwnerPattern(pattern: pattern, owner: owner)
    }

    private static func suppression(_ map: MappingReader) -> Settings.SuppressedPath? {
        let rule = map.parsed("rule", Shapes.ruleID)
        let path = map.text("path")
        let until = map.parsed("until", Shapes.day)
        let reason = map.text("reason")
        guard let rule, let path, let until, let reason else { return nil }
        return Settings.SuppressedPath(rule: rule, path: path, until: until, reason: reason)
    }
}

package import Deprecations
import Foundation
import Yams

/// Reads `lastcall.yaml`.
package enum SettingsFile {
    /// The keys of the file.
    static let keys = [
        "code", "logs", "gateways", "callers", "owners", "rules", "ignore", "failOn",
    ]

    /// Reads a file.
    package static func load(path: String) throws(RuleFileErrors) -> Settings {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw RuleFileErrors([
                .init(file: path, line: 0, column: 0, text: "the file cannot be read")
            ])
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw RuleFileErrors([
                .init(file: path, line: 0, column: 0, text: "the file is not UTF-8 text")
            ])
        }
        return try parse(text, file: path)
    }

    /// Reads a text; an empty one has no settings.
    package static func parse(_ text: String, file: String) throws(RuleFileErrors) -> Settings {
        guard text.contains(where: { !$0.isWhitespace }) else { return Settings() }
        let list = MistakeList(file: file)
        let settings = settings(in: text, list)
        guard list.mistakes.isEmpty else { throw RuleFileErrors(list.mistakes) }
        return settings
    }

    private static func settings(in text: String, _ list: MistakeList) -> Settings {
        guard let root = document(of: text, list),
            let map = MappingReader(root, "lastcall.yaml", keys: keys, list)
        else { return Settings() }
        return Settings(
            codeRoots: map.texts("code"), logs: map.items("logs").compactMap { log($0, list) },
            gateways: map.items("gateways").compactMap { gateway($0, list) },
            callers: map.items("callers").compactMap { caller($0, list) },
            owners: map.items("owners").compactMap { owner($0, list) }, rules: map.texts("rules"),
            ignoredPaths: map.texts("ignore"), failOn: map.text("failOn", required: false))
    }

    private static func log(_ node: Node, _ list: MistakeList) -> Settings.LogSource? {
        if case .scalar(let scalar) = node, !scalar.string.isEmpty {
            return Settings.LogSource(path: scalar.string)
        }
        guard
            let map = MappingReader(
                node, "a log", keys: ["path", "format", "host", "timezone"], list),
            let path = map.text("path")
        else { return nil }
        return Settings.LogSource(
            path: path, format: map.text("format", required: false),
            host: map.text("host", required: false),
            timezone: map.text("timezone", required: false))
    }

    private static func gateway(_ node: Node, _ list: MistakeList) -> Settings.Gateway? {
        guard
            let map = MappingReader(
                node, "a gateway", keys: ["host", "pathPrefix", "rules"], list),
            let host = map.text("host")
        else { return nil }
        let prefix = map.parsed(
            "pathPrefix", required: false, "path that begins with a slash and does not end with one"
        ) {
            $0.hasPrefix("/") && !$0.hasSuffix("/") ? $0 : nil
        }
        return Settings.Gateway(
            host: host.lowercased(), pathPrefix: prefix ?? "", rules: map.texts("rules"))
    }

    private static func caller(_ node: Node, _ list: MistakeList) -> Settings.CallerName? {
        guard
            let map = MappingReader(
                node, "a caller", keys: ["name", "addresses", "userAgents", "users"], list),
            let name = map.text("name")
        else { return nil }
        let addresses = map.parsedItems(
            "addresses", "address or address range (10.0.0.0/8, 2001:db8::/32)"
        ) {
            isAddressRange($0) ? $0 : nil
        }
        let caller = Settings.CallerName(
            name: name, addresses: addresses, userAgents: map.texts("userAgents"),
            users: map.texts("users"))
        if map.value("addresses") == nil, map.value("userAgents") == nil, map.value("users") == nil
        {
            list.add("the caller '\(name)' needs 'addresses', 'userAgents' or 'users'", at: node)
        }
        return caller
    }

    private static func owner(_ node: Node, _ list: MistakeList) -> Settings.OwnerPattern? {
        guard let map = MappingReader(node, "an owner", keys: ["pattern", "owner"], list) else {
            return nil
        }
        let pattern = map.text("pattern")
        let owner = map.text("owner")
        guard let pattern, let owner else { return nil }
        return Settings.OwnerPattern(pattern: pattern, owner: owner)
    }

    private static func isAddressRange(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = parts.first else { return false }
        let isVersion6 = address.contains(":")
        if parts.count == 2 {
            guard let bits = Int(parts[1]), (0...(isVersion6 ? 128 : 32)).contains(bits) else {
                return false
            }
        }
        if isVersion6 {
            return address.utf8.allSatisfy {
                $0 == 0x3A || $0 == 0x2E || ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x66
                    || (0x30...0x39).contains($0)
            }
                && address.split(separator: ":", omittingEmptySubsequences: false).count <= 8
        }
        let numbers = address.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4
            && numbers.allSatisfy { part in
                Int(part).map { (0...255).contains($0) && part.count <= 3 } ?? false
            }
    }
}

/// Takes the values of a settings file that code may read, each with its path of keys.
enum SettingsCollector {
    /// Every scalar of a tree, and `name`/`value` pairs under their name.
    static func collect(_ tree: DataTree, except taken: Set<Int>, _ scan: inout DocumentScan) {
        var context = Values(tree: tree, forms: scan.language == "dotenv" ? .dollarNames : [])
        for document in tree.documents {
            document.walk { node, keys in
                if taken.contains(node.id) { return false }
                if node.isMapping, pair(node, keys, &scan, &context) { return false }
                if let scalar = node.scalar { value(node, scalar, keys, &scan, &context) }
                return scan.facts.settings.count < DocumentScan.Limit.settings
            }
        }
    }

    /// Known values of the file, so that one setting may name another.
    struct Values {
        let tree: DataTree
        var forms: Placeholders.Forms
        private var known: [String: Template] = [:]

        init(tree: DataTree, forms: Placeholders.Forms) {
            self.tree = tree
            self.forms = forms
        }

        mutating func template(_ text: [UInt8]) -> Template {
            let known = known
            return Placeholders.template(text, forms: forms) { mark in known[mark.path] }
        }

        mutating func remember(_ keys: [String], _ value: Template) {
            guard known.count < 4_096, !value.pieces.isEmpty else { return }
            known[keys.joined(separator: ".")] = value
        }
    }

    // MARK: Values

    private static func value(
        _ node: DataNode, _ scalar: ScalarText, _ keys: [String], _ scan: inout DocumentScan,
        _ values: inout Values
    ) {
        guard let last = keys.last, scalar.range.count <= DocumentScan.Limit.value,
            isWorthKeeping(scan.bytes[scalar.range])
        else { return }
        if isProse(key: last)
            || last == "#text" && scan.language == "xml" && isSentence(scan.bytes[scalar.range])
        {
            scan.addProse(scalar.range)
            return
        }
        let path = path(of: keys)
        let text = scalar.decoded(scan.bytes).bytes
        if text.contains(UInt8(ascii: "/")), text.count(where: { $0 == 0x20 }) > 1 {
            scan.addProse(scalar.range)
        }
        if let pair = assignment(text, in: keys) {
            let value = values.template(Array(text[(pair.equals + 1)...]))
            scan.add(
                SettingValue(keys: [pair.name], value: value, offset: node.offset + pair.equals + 1)
            )
            return
        }
        let value = values.template(text)
        values.remember(path, value)
        scan.add(SettingValue(keys: path, value: value, offset: node.offset))
        // .NET reads `Wdesk__BaseAddress` of the environment as `Wdesk:BaseAddress`.
        if let only = path.first, path.count == 1, ByteText.contains("__", in: only) {
            let parts = only.split(separator: "_").map(String.init)
            scan.add(SettingValue(keys: parts, value: value, offset: node.offset))
        }
    }

    /// Numbers, booleans and nothing at all are no text that a URL is built from.
    private static func isWorthKeeping(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.contains(where: { $0 > 0x20 }) else { return false }
        if bytes.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }) { return false }
        return
            !(bytes.count <= 5
            && ["true", "false", "null", "~"].contains(String(decoding: bytes, as: UTF8.self)))
    }

    private static let proseKeys: Set<String> = [
        "description", "summary", "comment", "comments", "note", "notes", "_comment", "$comment",
        "documentation", "doc", "help", "remarks", "changelog", "message",
    ]

    static func isProse(key: String) -> Bool { proseKeys.contains(ByteText.lower(key)) }

    private static func isSentence(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count { $0 == 0x20 } > 3
    }

    /// `WDESK_URL=https://…` in a list below `environment`.
    private static func assignment(_ text: [UInt8], in keys: [String]) -> (
        name: String, equals: Int
    )? {
        guard keys.count > 1, let last = keys.last, last.utf8.allSatisfy(\.isDigit),
            environmentKeys.contains(ByteText.lower(keys[keys.count - 2])),
            let equals = text.firstIndex(of: UInt8(ascii: "=")), equals > 0,
            text[..<equals].allSatisfy(Placeholders.isWord)
        else { return nil }
        return (String(decoding: text[..<equals], as: UTF8.self), equals)
    }

    static let environmentKeys: Set<String> = [
        "env", "environment", "environments", "variables", "envs", "environment_variables", "vars",
    ]

    // MARK: Keys

    /// Keys as code names them: `a.b: x` has two, an attribute none of its marks.
    private static func path(of keys: [String]) -> [String] {
        var path: [String] = []
        for key in keys {
            if key == "#text" { continue }
            var key = Substring(key)
            while key.first == "@" || key.first == "#" { key = key.dropFirst() }
            let isSpecial = key.utf8.contains { $0 == UInt8(ascii: "/") || $0 <= 0x20 }
            if isSpecial || !key.contains(where: { $0 == "." || $0 == ":" }) {
                path.append(String(key))
            } else {
                path += key.split { $0 == "." || $0 == ":" }.map(String.init)
            }
        }
        return path
    }

    private static let nameKeys = ["name", "key", "@name", "@key"]
    private static let valueKeys = ["value", "@value", "#text"]

    /// `{name: X, value: Y}`, `<add key="X" value="Y"/>`, `<string name="X">Y</string>`.
    private static func pair(
        _ node: DataNode, _ keys: [String], _ scan: inout DocumentScan, _ values: inout Values
    ) -> Bool {
        guard let name = node.first(of: nameKeys), let value = node.first(of: valueKeys),
            let key = name.node.text, !key.isEmpty, key.utf8.count <= 200,
            let scalar = value.node.scalar, scalar.range.count <= DocumentScan.Limit.value,
            isWorthKeeping(scan.bytes[scalar.range])
        else { return false }
        let template = values.template(scalar.decoded(scan.bytes).bytes)
        values.remember([key], template)
        let path = path(of: keys.filter { !$0.utf8.allSatisfy(\.isDigit) } + [key])
        scan.add(SettingValue(keys: path, value: template, offset: value.node.offset))
        return node.entries.count <= 4
    }
}

/// Variables that a document sets for what stands below: an environment, a play's `vars`, inputs.
struct VariableScope: Sendable {
    /// In the order of the file.
    private(set) var values: [SettingValue] = []
    private var known: [String: Template] = [:]
    private var places: [String: Int] = [:]

    /// Beyond this many variables no more are taken.
    private static let limit = 2_000

    /// The value of a variable, by all of its name or its last word.
    func value(_ mark: Placeholders.Mark) -> Template? { known[mark.path] ?? known[mark.name] }

    /// The value of a variable where all of it is known.
    func literal(_ name: String) -> String? { known[name]?.literal }

    /// Where the value of a variable stands.
    func place(_ mark: Placeholders.Mark) -> Int? { places[mark.path] ?? places[mark.name] }

    /// Whether a variable is set.
    func contains(_ name: String) -> Bool { known[name] != nil }

    /// Sets a variable; the value may name earlier ones.
    mutating func set(
        _ name: String, to text: [UInt8], at offset: Int, forms: Placeholders.Forms = []
    ) {
        guard !name.isEmpty, values.count < Self.limit, text.count <= DocumentScan.Limit.value
        else { return }
        let known = known
        let template = Placeholders.template(text, forms: forms) {
            known[$0.path] ?? known[$0.name]
        }
        set(name, to: template, at: offset)
    }

    /// Sets a variable.
    mutating func set(_ name: String, to template: Template, at offset: Int) {
        guard !name.isEmpty, values.count < Self.limit else { return }
        known[name] = template
        places[name] = offset
        values.append(SettingValue(keys: [name], value: template, offset: offset))
        // `${{ variables.wdesk.base }}` is read as `base` where nothing else has that name.
        if let last = name.split(separator: ".").last.map(String.init), last != name,
            known[last] == nil
        {
            set(last, to: template, at: offset)
        }
    }

    // MARK: Nodes

    private static let scopeKeys: Set<String> = [
        "env", "environment", "variables", "vars", "envs", "inputs", "parameters", "set_fact",
        "ansible.builtin.set_fact", "arguments", "secrets", "substitutions",
        "environment_variables",
        "params", "args_env", "envvars", "environmentvariables", "matrix", "assign",
    ]

    /// Takes the variables that a mapping sets for what is below it.
    mutating func enter(_ mapping: DataNode) {
        let isAction = mapping["task"] != nil || mapping["uses"] != nil
        for (key, _, node) in mapping.pairs {
            let key = ByteText.lower(key)
            if Self.scopeKeys.contains(key), !(isAction && key == "inputs") { add(node, depth: 0) }
        }
    }

    private mutating func add(_ node: DataNode, depth: Int) {
        guard depth < 4 else { return }
        for element in node.elements {
            if let text = element.placed {
                assignment(text)
            } else if let name = (element["name"] ?? element["key"])?.text {
                if let value = element["value"] ?? element["default"] { set(name, value) }
            } else {
                add(element, depth: depth + 1)
            }
        }
        for (name, _, value) in node.pairs {
            if value.isScalar {
                set(name, value)
            } else if let inner = value["value"] ?? value["default"] ?? value["defaultValue"] {
                set(name, inner)
            } else if name == "variables" || name == "env" || name == "exported-variables" {
                add(value, depth: depth + 1)
            }
        }
        if let text = node.placed { assignment(text) }
    }

    private mutating func set(_ name: String, _ value: DataNode) {
        guard let scalar = value.scalar else { return }
        set(name, to: scalar.decoded(value.tree.bytes).bytes, at: value.offset)
    }

    /// `NAME=value`
    private mutating func assignment(_ text: PlacedText) {
        guard let equals = text.bytes.firstIndex(of: UInt8(ascii: "=")), equals > 0,
            text.bytes[..<equals].allSatisfy(Placeholders.isWord)
        else { return }
        let name = String(decoding: text.bytes[..<equals], as: UTF8.self)
        set(
            name, to: Array(text.bytes[(equals + 1)...]),
            at: text.offset(of: min(equals + 1, text.bytes.count - 1)))
    }

    // MARK: Scripts

    /// Takes what a script sets that runs before in the same shell.
    mutating func run(_ script: PlacedText) {
        for value in assignments(in: script, isSameShell: true) {
            set(value.keys[0], to: value.value, at: value.offset)
        }
    }

    /// What a script sets for later ones.
    ///
    /// `NAME=value` and `export NAME=value` where `isSameShell`; always
    /// `echo "NAME=value" >> $GITHUB_ENV` and its relatives.
    func assignments(in script: PlacedText, isSameShell: Bool) -> [SettingValue] {
        var later = self
        let count = values.count
        for line in script.bytes.split(separator: 0x0A) {
            var start = line.firstIndex { $0 > 0x20 } ?? line.endIndex
            var isKept = isSameShell
            for word in ["export ", "echo "] where ByteText.matches(word, in: line, at: start) {
                start += word.utf8.count
                if word == "echo " {
                    isKept = ByteText.contains(
                        "GITHUB_ENV", "GITHUB_OUTPUT", "BASH_ENV", ".env", "task.setvariable",
                        in: line)
                }
            }
            guard isKept, start < line.endIndex else { continue }
            if line[start] == 0x22 || line[start] == 0x27 { start += 1 }
            later.assignment(in: line[start...], of: script)
        }
        return Array(later.values[count...])
    }

    private mutating func assignment(in line: ArraySlice<UInt8>, of script: PlacedText) {
        guard let equals = line.firstIndex(of: UInt8(ascii: "=")), equals > line.startIndex,
            line[..<equals].allSatisfy(Placeholders.isWord), equals + 1 < line.endIndex
        else { return }
        let name = String(decoding: line[..<equals], as: UTF8.self)
        var start = equals + 1
        let quote = line[start]
        let isQuoted = quote == 0x22 || quote == 0x27
        if isQuoted { start += 1 }
        var end = start
        while end < line.endIndex {
            let byte = line[end]
            if isQuoted
                ? byte == quote
                : byte <= 0x20 || byte == UInt8(ascii: ";") || byte == 0x22 || byte == 0x27
            {
                break
            }
            end += 1
        }
        guard end > start, !ByteText.contains("$(", "`", in: line[start..<end]) else { return }
        set(name, to: Array(line[start..<end]), at: script.offset(of: start), forms: .dollarNames)
    }
}

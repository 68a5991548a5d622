/// Finds commands in JSON, YAML, TOML, XML and INI: pipelines, manifests, compose files, playbooks,
/// task lists. What they set for the command goes along.
struct CommandFinder {
    private let tree: DataTree
    var scan: DocumentScan
    private let macros: ShellMacros.Forms
    /// Nodes that are commands and thus no settings.
    var consumed: Set<Int> = []
    private var visits = 0
    private let mayHoldClient: Bool

    /// What holds for a node: variables, shell, names.
    struct Context {
        var scope = VariableScope()
        var shell: String?
        var symbol: String?
        var isRepeated = false
        var depth = 0
        /// What a step sets for the ones after it.
        var exports: [SettingValue] = []

        mutating func export(from script: PlacedText) {
            export(scope.assignments(in: script, isSameShell: false))
        }

        mutating func export(_ values: [SettingValue]) {
            for value in values { scope.set(value.keys[0], to: value.value, at: value.offset) }
            exports += values
        }
    }

    private init(_ tree: DataTree, _ scan: DocumentScan, _ macros: ShellMacros.Forms?) {
        self.tree = tree
        self.scan = scan
        self.macros = macros ?? Self.macros(of: tree, path: scan.path)
        mayHoldClient = ByteText.contains("curl", "wget", "http ", "httpie", in: scan.bytes[...])
    }

    /// Adds the commands of a document to `scan`; the nodes that they are made of.
    ///
    /// - Parameters:
    ///   - scope: Variables that the whole document sets.
    ///   - macros: What the document's tool replaces in commands; nil where the tree shows it.
    @discardableResult
    static func find(
        _ tree: DataTree, _ scan: inout DocumentScan, scope: VariableScope = VariableScope(),
        macros: ShellMacros.Forms? = nil
    ) -> Set<Int> {
        var finder = CommandFinder(tree, scan, macros)
        for document in tree.documents {
            var context = Context(scope: scope)
            finder.visit(document, key: "", &context)
        }
        scan = finder.scan
        return finder.consumed
    }

    private static func macros(of tree: DataTree, path: String) -> ShellMacros.Forms {
        guard let root = tree.documents.first else { return [] }
        if root["services"] != nil { return .doubledDollar }
        let azure = ["pool", "stages", "trigger", "pr", "steps", "parameters", "jobs"]
        let isAzure =
            ByteText.contains("azure", in: ByteText.lower(path))
            || root["pool"] != nil || root["trigger"] != nil
            || ByteText.contains("vmImage", "##vso[", in: tree.bytes[...])
        return isAzure && azure.contains { root[$0] != nil } ? .parentheses : []
    }

    // MARK: Walking

    private mutating func visit(_ node: DataNode, key: String, _ context: inout Context) {
        visits += 1
        guard context.depth < DataTree.depthLimit, visits < DataTree.nodeLimit,
            !consumed.contains(node.id)
        else { return }
        if node.isSequence {
            var inner = context
            inner.depth += 1
            inner.exports = []
            for element in node.elements {
                visit(element, key: element.isScalar ? key : "", &inner)
            }
            // What one step sets, the next ones have; what is around has it not.
            return
        }
        guard node.isMapping else {
            scalar(node, key: key, context)
            return
        }
        var inner = context
        inner.depth += 1
        inner.exports = []
        enter(node, key: key, &inner)
        commands(of: node, key: key, &inner)
        for (key, _, child) in node.pairs where !consumed.contains(child.id) {
            var own = inner
            if child.isMapping, !Self.groups.contains(ByteText.lower(key)) { own.symbol = key }
            visit(child, key: key, &own)
        }
        context.export(inner.exports)
    }

    /// Keys that only group.
    static let groups: Set<String> = [
        "jobs", "steps", "services", "spec", "template", "containers", "initcontainers", "tasks",
        "stages",
        "runs", "with", "inputs", "env", "environment", "phases", "lifecycle", "livenessprobe",
        "readinessprobe", "startupprobe", "healthcheck", "exec", "jobtemplate", "scripts",
        "plugins",
        "properties", "resources", "definitions", "block", "rescue", "always", "pre_tasks",
        "post_tasks",
        "build", "dependencies", "project", "execution", "executions", "configuration", "run",
        "script",
        "deploy", "commands", "on", "defaults", "data", "metadata", "handlers", "workflows",
        "parallel",
    ]

    private func enter(_ node: DataNode, key: String, _ context: inout Context) {
        context.scope.enter(node)
        for (key, _, child) in node.pairs {
            switch ByteText.lower(key) {
            case "name", "displayname", "@name", "label":
                if let name = child.text, !name.isEmpty, name.utf8.count < 200 {
                    context.symbol = name
                }
            case "shell":
                if let shell = child.text, CommandText.language(shell: shell) != nil,
                    !shell.contains("\n")
                {
                    context.shell = shell
                }
            case "defaults":
                if let shell = child["run"]?["shell"]?.text { context.shell = shell }
            case "runs-on":
                if let image = child.text, image.hasPrefix("windows"), context.shell == nil {
                    context.shell = "pwsh"
                }
            case "set_fact", "ansible.builtin.set_fact":
                context.exports += context.scope.values.suffix(child.entries.count)
            case "until":
                context.isRepeated = true
            case "uses":
                if let action = child.text, ByteText.contains("retry", in: action) {
                    context.isRepeated = true
                }
            case "before_script", "default":
                let script = child["before_script"] ?? child
                if key != "default" || child["before_script"] != nil {
                    for line in script.all { line.placed.map { context.scope.run($0) } }
                }
            default: break
            }
        }
    }

    // MARK: Commands

    /// How a key's value is a command.
    private enum Form {
        /// A script, or scripts that share a shell.
        case script
        /// A script, or the words of a command.
        case words
        /// Words, where the value is a list; else nothing.
        case onlyWords
        /// A mapping from names to scripts.
        case named
        case powershell
    }

    private static let forms: [String: Form] = {
        var table: [String: Form] = [:]
        let rows: [(Form, String)] = [
            (
                .script,
                """
                run script scripts before_script after_script before_install install after_success commands \
                cmds cmd bash sh shell inlinescript inline runcommand ansible.builtin.shell \
                ansible.legacy.shell ansible.builtin.raw raw before_deploy after_deploy release_command \
                postcreatecommand poststartcommand oncreatecommand updatecontentcommand prestart \
                initializecommand postattachcommand runcmd bootcmd execstart execstartpre execstartpost execreload \
                buildcommand startcommand commandline command_line exec.command
                """
            ),
            (
                .words,
                """
                command entrypoint ansible.builtin.command ansible.legacy.command argv \
                entry containercommand pre_start post_start onchange
                """
            ),
            (.onlyWords, "args test exec executable_args"),
            (.named, "npm-scripts"),
            (.powershell, "pwsh powershell win_shell ansible.windows.win_shell win_powershell"),
        ]
        for (form, keys) in rows {
            for key in keys.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                table[String(key)] = form
            }
        }
        return table
    }()

    private mutating func commands(of node: DataNode, key: String, _ context: inout Context) {
        entrypoint(of: node, context)
        started(by: node, context)
        action(node, context)
        if ByteText.lower(key) == "scripts" || ByteText.lower(key) == "tasks" {
            named(node, context)
        }
        for (key, _, child) in node.pairs where !consumed.contains(child.id) {
            guard let form = Self.forms[ByteText.lower(key)] else { continue }
            switch form {
            case .script: script(child, context.shell, &context)
            case .words:
                child.isSequence ? words(child, context) : script(child, context.shell, &context)
            case .onlyWords: if child.isSequence { words(child, context) }
            case .named: named(child, context)
            case .powershell: script(child, "pwsh", &context)
            }
        }
    }

    /// A list's texts, where it has nothing but texts.
    func scalars(_ node: DataNode) -> [PlacedText]? {
        guard node.isSequence else { return nil }
        var texts: [PlacedText] = []
        for element in node.elements {
            guard let text = element.placed else { return nil }
            texts.append(text)
        }
        return texts.isEmpty || texts.count > 4_000 ? nil : texts
    }

    mutating func script(_ node: DataNode, _ shell: String?, _ context: inout Context) {
        if let text = node.placed {
            guard text.bytes.contains(where: { $0 <= 0x20 }) else { return }
            context.export(from: text)
            embed(CommandText.script(text, shell: shell), [node], context)
        } else if let texts = scalars(node) {
            if ByteText.contains("curl", "wget", in: texts[0].bytes[...]),
                !texts[0].bytes.contains(0x20)
            {
                words(node, context)
                return
            }
            embed(CommandText.lines(texts, shell: shell), [node], context)
        } else if node.isSequence {
            // GitLab and Taskfile mix scripts with references and records.
            var texts: [PlacedText] = []
            var nodes: [DataNode] = []
            for element in node.elements {
                if let text = element.placed {
                    texts.append(text)
                    nodes.append(element)
                } else if let text = unquoted(element) {
                    texts.append(text)
                    nodes.append(element)
                } else if let inner = element.isSequence ? scalars(element) : nil {
                    // cloud-init starts the words of a list; GitLab puts lists of scripts into lists.
                    if inner.allSatisfy({ !$0.bytes.contains(0x20) }) {
                        words(element, context)
                    } else {
                        texts += inner
                        nodes.append(element)
                    }
                }
            }
            if !texts.isEmpty { embed(CommandText.lines(texts, shell: shell), nodes, context) }
        } else if let inner = node["source"] ?? node["command"] ?? node["cmd"] ?? node["script"] {
            var own = context
            own.scope.enter(node)
            let name = node["name"]?.text ?? own.symbol
            own.symbol = name
            script(inner, node["shell"]?.text ?? interpreter(node) ?? shell, &own)
        }
    }

    /// A command that reads as a mapping since nobody quoted its colon: `- curl -H "X-Version: 1" …`.
    private func unquoted(_ node: DataNode) -> PlacedText? {
        guard let entry = node.pairs.first, node.entries.count == 1, let value = entry.node.scalar,
            entry.key.contains(" "), entry.keyOffset < value.range.upperBound
        else { return nil }
        return PlacedText(entry.keyOffset..<value.range.upperBound, of: scan.bytes)
    }

    /// Argo's `script: {command: [python], source: …}`
    private func interpreter(_ node: DataNode) -> String? {
        guard node["source"] != nil, let command = node["command"] else { return nil }
        return command.all.first?.text
    }

    private mutating func words(_ node: DataNode, _ context: Context) {
        guard let texts = scalars(node) else { return }
        if let code = CommandText.words(texts, lines: scan.lines) { embed(code, [node], context) }
    }

    mutating func embed(_ code: CommandText.Code, _ nodes: [DataNode], _ context: Context) {
        for node in nodes {
            consumed.insert(node.id)
            for element in node.elements { consumed.insert(element.id) }
        }
        let text =
            code.language == "shell" || code.language == "powershell"
            ? ShellMacros.replaced(code.text, scope: context.scope, forms: macros) : code.text
        scan.embed(
            text, language: code.language, symbol: context.symbol,
            environment: context.scope.values,
            isRepeated: context.isRepeated)
    }

    // MARK: Others

    /// `scripts` of package.json, `tasks` of pyproject: names and their commands.
    private mutating func named(_ node: DataNode, _ context: Context) {
        for (name, _, child) in node.pairs where !consumed.contains(child.id) {
            guard child.isScalar || scalars(child) != nil else { continue }
            var own = context
            own.symbol = name
            script(child, nil, &own)
        }
    }

    /// A text that begins like a command that sends requests, wherever it stands.
    private mutating func scalar(_ node: DataNode, key: String, _ context: Context) {
        guard mayHoldClient, let scalar = node.scalar, scalar.range.count >= 12,
            !SettingsCollector.isProse(key: key),
            ByteText.contains("curl", "wget", "http", in: scan.bytes[scalar.range])
        else { return }
        let text = scalar.decoded(scan.bytes)
        guard EmbeddedLanguage.holdsShell(text.bytes[...]) else { return }
        embed(CommandText.script(text, shell: nil), [node], context)
    }
}

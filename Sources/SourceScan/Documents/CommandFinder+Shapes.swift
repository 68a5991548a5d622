import ByteScan

/// Commands whose program and arguments stand apart: containers, build files, actions.
extension CommandFinder {
    /// Compose's `entrypoint` with `command`, Kubernetes' `command` with `args`, ECS' `entryPoint`.
    mutating func entrypoint(of node: DataNode, _ context: Context) {
        let first =
            node.first(of: ["entrypoint", "entryPoint", "EntryPoint"])
            ?? node.first(of: ["command", "Command", "executable"])
        guard let first, !consumed.contains(first.node.id) else {
            image(of: node, context)
            return
        }
        if ByteText.lower(first.key) == "command", image(of: node, context) { return }
        let isEntry = ByteText.lower(first.key) == "entrypoint"
        let keys = ["args", "Args", "arguments"] + (isEntry ? ["command", "Command"] : [])
        guard let second = node.first(of: keys), let rest = scalars(second.node) else { return }
        let start: [PlacedText]
        if let words = scalars(first.node) {
            start = words
        } else if let word = first.node.placed, !word.bytes.contains(where: { $0 <= 0x20 }),
            !word.bytes.isEmpty
        {
            start = [word]
        } else {
            return
        }
        if let code = CommandText.words(start + rest, lines: scan.lines) {
            embed(code, [first.node, second.node], context)
        }
    }

    /// Ant's `<exec executable="curl"><arg value="…"/></exec>`, Maven's `<executable>` and `<arguments>`.
    mutating func started(by node: DataNode, _ context: Context) {
        guard scan.language == "xml",
            let program = node["@executable"]?.placed ?? node["executable"]?["#text"]?.placed,
            !program.bytes.isEmpty
        else { return }
        let arguments = node.all(of: "arg") + (node["arguments"]?.all(of: "argument") ?? [])
        if let line = arguments.lazy.compactMap({ $0["@line"] }).first, let text = line.placed {
            var whole = program
            let start = program.offset(of: 0)
            let isOneLine = scan.lines.line(at: start) == scan.lines.line(at: text.offset(of: 0))
            whole.append(isOneLine ? " " : " \\\n", at: start)
            whole.append(text)
            embed(CommandText.script(whole, shell: nil), [line], context)
            return
        }
        let values = arguments.compactMap { $0["@value"] ?? $0["#text"] }
        let words = values.compactMap(\.placed)
        if let code = CommandText.words([program] + words, lines: scan.lines) {
            embed(code, values, context)
        }
    }

    /// An image that starts a client: the arguments are the client's.
    @discardableResult
    mutating func image(of node: DataNode, _ context: Context) -> Bool {
        guard let image = node.first(of: ["image", "name", "uses", "Image"])?.node.text,
            let last = image.split(separator: "/").last, image.contains("/"),
            let program = ["curl", "wget"].first(where: { last.hasPrefix($0) }),
            let list = node.first(of: ["command", "Command", "args", "Args"])?.node,
            !consumed.contains(list.id), let words = scalars(list), let start = words.first,
            let byte = start.bytes.first, !start.bytes.contains(where: { $0 <= 0x20 }),
            byte == UInt8(ascii: "-") || ByteText.contains("://", in: start.bytes[...])
        else { return false }
        var name = PlacedText()
        name.append(program, at: start.offset(of: 0))
        guard let code = CommandText.words([name] + words, lines: scan.lines) else { return false }
        embed(code, [list], context)
        return true
    }

    /// GitHub's `uses: docker://…/curl` with its arguments in one text.
    private mutating func container(_ image: String, _ inputs: DataNode, _ context: Context) {
        guard let last = image.split(separator: "/").last,
            let program = ["curl", "wget"].first(where: { last.hasPrefix($0) }),
            let list = inputs["args"], let arguments = list.placed, !arguments.bytes.isEmpty
        else { return }
        var whole = PlacedText()
        whole.append(program + " ", at: arguments.offset(of: 0))
        whole.append(arguments)
        embed(CommandText.script(whole, shell: nil), [list], context)
    }

    /// GitHub's `uses` with `with`, Azure's `task` with `inputs`.
    mutating func action(_ node: DataNode, _ context: Context) {
        guard let name = (node["uses"] ?? node["task"])?.text,
            let inputs = node["with"] ?? node["inputs"]
        else { return }
        let lower = ByteText.lower(name)
        if lower.hasPrefix("docker://") { container(lower, inputs, context) }
        for (key, _, child) in inputs.pairs {
            guard let text = child.placed,
                ["script", "inlinescript", "command", "run", "inline", "code"].contains(
                    ByteText.lower(key)),
                text.bytes.contains(where: { $0 <= 0x20 })
            else { continue }
            var own = context
            if own.symbol == nil { own.symbol = name }
            var shell = context.shell
            if lower.hasPrefix("actions/github-script") {
                embed(CommandText.Code(text: text, language: "javascript"), [child], own)
                continue
            }
            let kind = ByteText.lower(
                (inputs["scriptType"] ?? inputs["shell"] ?? inputs["azurePSVersion"])?.text ?? "")
            if ByteText.contains("python", in: lower) { shell = "python" }
            if ByteText.contains("powershell", in: lower) || kind.hasPrefix("ps") || kind == "pwsh"
            {
                shell = "pwsh"
            }
            if lower.hasPrefix("bash") || lower.hasPrefix("cmdline") { shell = "bash" }
            script(child, shell, &own)
        }
    }
}

import Deprecations

/// Works out which library or tool sends a request.
struct ClientGuess {
    let facts: TreeFacts
    let lookup: Lookup

    init(facts: TreeFacts) {
        self.facts = facts
        lookup = Lookup(facts: facts)
    }

    /// The client at the end of a flow; nil where nothing tells.
    func client(of sink: Flow.Sink) -> String? {
        let call = sink.call ?? sink.expression
        let unit = facts.units[call.unit]
        if unit.codeLanguage == "shell" { return shellTool(call) }
        if let tool = startedTool(sink, call) { return tool }
        let rows = ClientLibrary.rows(of: unit.codeLanguage)
        guard !rows.isEmpty else { return nil }
        var scores = [Int](repeating: 0, count: rows.count)
        var names = words(of: call)
        if sink.expression.unit == call.unit { names += words(around: sink.expression, upTo: call) }
        for (index, row) in rows.enumerated() {
            for (distance, word) in names.prefix(40).enumerated() where row.signals.contains(word) {

                scores[index] += max(200 - distance * 6, 20)
            }
        }
        let types = typeWords(of: call, sink)
        for (index, row) in rows.enumerated()
        where row.signals.contains(where: { types.contains($0) }) {
            scores[index] += 90
        }
        let imports = unit.names.imports.map { unit.tree[$0].text }
        let callee =
            facts.kind(call) == .call ? Substring(unit.tree.lastName(of: call.node)) : ""
        for (index, row) in rows.enumerated() {
            for wanted in row.imports
            where imports.contains(where: { imported($0, wanted, unit.codeLanguage) }) {
                scores[index] += 50
            }
            // `import { request } from 'undici'`: the very function that is called.
            for wanted in row.imports
            where imports.contains(where: { line in
                imported(line, wanted, unit.codeLanguage)
                    && line.split(whereSeparator: { " ,{}".contains($0) }).contains {
                        callee == $0 && $0 != wanted
                    }
            }) {
                scores[index] += 150
            }
        }
        guard let best = scores.max(), best > 0, let winner = scores.firstIndex(of: best) else {
            return fallback(unit)
        }
        return rows[winner].name
    }

    private static let commonNames: Set<String> = [
        "fetch", "http", "https", "request", "got", "target",
    ]

    private func fallback(_ unit: SourceUnit) -> String? {
        // Anywhere in the file.
        for row in ClientLibrary.rows(of: unit.codeLanguage) {
            for signal in row.signals where signal.utf8.count > 3 {
                if unit.names.uses[signal] != nil || unit.names.types[signal] != nil {
                    return row.name
                }
            }
        }
        return nil
    }

    private func imported(_ line: String, _ wanted: String, _ language: String) -> Bool {
        if wanted.contains(".") || wanted.contains("/") || wanted.contains("\\")
            || wanted.contains(":")
        {
            return line.contains(wanted) || line.contains(wanted.replacingSlashes)
        }
        if wanted == "http" || wanted == "https", ["javascript", "typescript"].contains(language) {
            // The module itself, not a file or a name of that word.
            return line.split(whereSeparator: { " \"',;{}()".contains($0) }).last.map {
                $0 == wanted
            }
                ?? false
        }
        return line.split(whereSeparator: { " ./\\:@\"',;{}".contains($0) }).contains {
            $0 == wanted
        }
    }

    /// Names in the callee, nearest first: method, receiver, root.
    private func words(of call: NodeRef) -> [String] {
        let tree = facts.units[call.unit].tree
        guard facts.kind(call) == .call else { return [] }
        var found: [String] = []
        // What the fields on the way were made from, after the chain's own words.
        var later: [String] = []
        defer { _ = later }
        var current = tree[call.node].children[0]
        var hops = 0
        while hops < 24 {
            hops += 1
            let node = tree[current]
            switch node.kind {
            case .name:
                found.append(NameTable.key(node.text))
                return found + definitionWords(facts.with(call, current), 0) + later
            case .member:
                if !Self.commonNames.contains(node.text) { found.append(node.text) }
                if let base = node.children.first {
                    let path = tree.path(of: current)
                    if path.count == 2 { found.append(path.joined(separator: ".")) }
                    if tree[base].kind == .name,
                        ["self", "this", "cls"].contains(NameTable.key(tree[base].text))
                    {
                        return found + definitionWords(facts.with(call, current), 0)
                    }
                    if hops > 1 { later += definitionWords(facts.with(call, current), 0) }
                    current = base
                } else {
                    return found
                }
            case .call:
                if let function = lookup.function(calledBy: facts.with(call, current)) {
                    found += functionWords(function)
                }
                guard let next = node.children.first else { return found }
                current = next
            case .index, .unary, .binary:
                guard let next = node.children.first else { return found }
                current = next
            default: return found
            }
        }
        return found
    }

    private func functionWords(_ function: NodeRef) -> [String] {
        var found: [String] = []
        for value in Folding(facts: facts).results(in: function).prefix(3) {
            found += facts.units[value.unit].tree.path(of: value.node)
            if facts.kind(value) == .name { found += definitionWords(value, 1) }
        }
        return found
    }

    /// Names in what a variable was made from.
    private func definitionWords(_ ref: NodeRef, _ depth: Int) -> [String] {
        guard depth < 4 else { return [] }
        var found = lookup.declaredType(of: ref)
        switch lookup.definitions(of: ref) {
        case .values(let values, _):
            for value in values.suffix(3).reversed() {
                let tree = facts.units[value.unit].tree
                let node = tree[value.node]
                if node.kind == .parameter {
                    found += (tree.typeNames[value.node] ?? "").split(separator: " ").map(
                        String.init)
                    continue
                }
                if let target = node.children.first {
                    found += (tree.typeNames[target] ?? "").split(separator: " ").map(String.init)
                }
                guard node.children.count > 1 else { continue }
                let source = node.children[1]
                var count = 0
                tree.walk(source) { id, inner in
                    count += 1
                    if inner.kind == .name || inner.kind == .member {
                        found.append(NameTable.key(inner.text))
                    }
                    if inner.kind == .string, let literal = tree.literal(id),
                        literal.utf8.count < 40
                    {
                        found += literal.split(whereSeparator: { ".:/".contains($0) }).map(
                            String.init)
                    }
                    return count < 40
                }
                if tree[source].kind == .name || tree[source].kind == .member {
                    found += definitionWords(facts.with(value, source), depth + 1)
                } else if tree[source].kind == .call, isCopied(source, tree) {
                    // `base.extend(…)` is what `base` is
                    found += definitionWords(
                        facts.with(value, tree.chainRoot(of: source)), depth + 1)
                } else if tree[source].kind == .call,
                    let function = lookup.function(calledBy: facts.with(value, source))
                {
                    found += functionWords(function)
                }
            }
        case .parameter(let parameter):
            let tree = facts.units[parameter.unit].tree
            found += (tree.typeNames[parameter.node] ?? "").split(separator: " ").map(String.init)
            if let fallback = tree[parameter.node].children.first {
                found += tree.path(of: fallback)
            }
            if found.isEmpty { found += callersWords(parameter, depth) }
        case .function(let function): found += functionWords(function)
        case .setting, .none: break
        }
        return found
    }

    /// Whether a call makes a client of another one.
    private func isCopied(_ call: NodeID, _ tree: SyntaxTree) -> Bool {
        tree[tree.chainRoot(of: call)].kind == .name
            && ["extend", "create", "clone", "instance", "defaults"].contains(
                tree.lastName(of: call))
    }

    /// Names in what callers hand in for a parameter.
    private func callersWords(_ parameter: NodeRef, _ depth: Int) -> [String] {
        guard let function = facts.parent(parameter), facts.kind(function) == .function else {
            return []
        }
        let name = facts.key(facts.node(function).text, in: function)
        let calls = (facts.calls[name] ?? []).prefix(24)
            .filter { lookup.function(calledBy: $0) == function }
            .sorted { facts.units[$0.unit].role != .test && facts.units[$1.unit].role == .test }
        for call in calls {
            let arguments = facts.units[call.unit].tree.arguments(of: call.node).map {
                ($0.name, facts.with(call, $0.value))
            }
            let bound = Folding(facts: facts).bind(arguments, to: function, [:])
            guard let value = bound[parameter], value != parameter else { continue }
            let words =
                facts.units[value.unit].tree.path(of: value.node)
                + (facts.kind(value) == .name || facts.kind(value) == .member
                    ? definitionWords(value, depth + 1) : [])
            if !words.isEmpty { return words }
        }
        return []
    }

    /// Names between the URL and the call: `HttpRequestMessage`, `HttpGet`.
    private func words(around expression: NodeRef, upTo call: NodeRef) -> [String] {
        var found: [String] = []
        var current: NodeRef? = facts.parent(expression)
        var hops = 0
        while let here = current, here != call, hops < 16 {
            hops += 1
            if facts.kind(here) == .call {
                found += facts.units[here.unit].tree.path(of: here.node).reversed()
            }
            current = facts.parent(here)
        }
        return found
    }

    private func typeWords(of call: NodeRef, _ sink: Flow.Sink) -> Set<String> {
        var found: Set<String> = []
        let tree = facts.units[call.unit].tree
        if let type = tree.type(around: call.node) {
            for child in tree[type].children
            where tree[child].kind == .name || tree[child].kind == .member {
                found.insert(tree.lastName(of: child))
            }
            // `include HTTParty`, `use Tesla`
            if let body = tree.body(of: type) {
                for statement in tree[body].children.prefix(12) {
                    if tree[statement].kind == .call {
                        found.formUnion(
                            tree.arguments(of: statement).flatMap { tree.path(of: $0.value) })
                    }
                    if tree[statement].kind == .imported {
                        found.formUnion(tree[statement].text.split(separator: " ").map(String.init))
                    }
                    if tree[statement].kind == .member || tree[statement].kind == .name {
                        found.insert(tree[statement].text)
                    }
                }
            }
        }
        return found
    }

    // MARK: Tools

    private func shellTool(_ call: NodeRef) -> String? {
        guard facts.kind(call) == .call else { return nil }
        let tree = facts.units[call.unit].tree
        let words =
            [tree.lastName(of: facts.node(call).children[0])]
            + tree.arguments(of: call.node).prefix(6).compactMap { tree.literal($0.value) }
        return tool(in: words)
    }

    private func tool(in words: [String]) -> String? {
        for word in words {
            let name = word.split(separator: "/").last.map(String.init) ?? word
            switch name {
            case "curl", "curl.exe": return "curl"
            case "wget": return "wget"
            case "http", "https", "httpie", "xh", "xhs": return "httpie"
            default: continue
            }
        }
        return nil
    }

    /// `curl` or `wget` that another language starts.
    private func startedTool(_ sink: Flow.Sink, _ call: NodeRef) -> String? {
        let starters: Set<String> = [
            "check_output", "run", "Popen", "call", "check_call", "system", "exec", "spawn",
            "execSync", "spawnSync", "Command",
            "shell_exec", "ProcessBuilder", "Run", "popen", "create_subprocess_exec",
            "create_subprocess_shell", "execFile", "execFileSync", "sh", "passthru", "backticks",
            "Process", "getoutput", "capture2", "capture3", "System.cmd", "cmd",
        ]
        guard facts.kind(call) == .call else { return nil }
        let tree = facts.units[call.unit].tree
        let name = tree.lastName(of: facts.node(call).children[0])
        guard starters.contains(name) || name == "new" else { return nil }
        var found: String?
        tree.walk(call.node) { id, node in
            guard found == nil, node.kind == .string else { return found == nil }
            if case .text(let text, _)? = tree.parts(of: id).first {
                found = tool(in: text.split(separator: " ").prefix(2).map(String.init))
            }
            return true
        }
        return found
    }
}

extension String {
    fileprivate var replacingSlashes: String { String(map { $0 == "/" || $0 == "\\" ? "." : $0 }) }
}

import Deprecations

/// Scripts that stand in another program's text: `sh '''curl …'''`, `system("curl …")`, `python3 - <<EOF`.
enum EmbeddedScripts {
    /// The scripts as units; marks their strings in `unit`.
    static func units(in unit: inout SourceUnit) -> [SourceUnit] {
        if unit.codeLanguage == "shell" { return hereDocuments(in: &unit) }
        var found: [SourceUnit] = []
        for string in unit.names.strings {
            guard let range = scriptRange(string, unit) else { continue }
            unit.scripts.insert(string)
            if let script = script(range, unit, "shell") { found.append(script) }
        }
        return found
    }

    /// Programs that read their code from a here-document.
    private static let readers: [String: String] = [
        "python": "python", "python3": "python", "python2": "python", "node": "javascript",
        "nodejs": "javascript", "deno": "typescript", "bun": "typescript", "ruby": "ruby",
        "perl": "perl", "php": "php", "pwsh": "powershell", "powershell": "powershell",
        "Rscript": "r", "bash": "shell", "sh": "shell", "zsh": "shell", "ssh": "shell",
    ]

    /// `python3 - <<'EOF'`: the text is code of the program that reads it.
    private static func hereDocuments(in unit: inout SourceUnit) -> [SourceUnit] {
        var found: [SourceUnit] = []
        for string in unit.names.strings {
            let argument = unit.tree[string].parent
            guard argument >= 0, unit.tree[argument].kind == .argument,
                unit.tree[argument].text == "<<", unit.tree[argument].parent >= 0
            else { continue }
            let call = unit.tree[argument].parent
            let program = unit.tree.lastName(of: call).split(separator: "/").last.map(String.init)
            guard let language = program.flatMap({ readers[$0] }) else { continue }
            let node = unit.tree[string]
            guard node.end <= unit.bytes.count, node.start < node.end,
                let script = script(node.start..<node.end, unit, language)
            else { continue }
            unit.scripts.insert(string)
            found.append(script)
        }
        return found
    }

    private static let tools = ["curl ", "wget ", "curl.exe "].map { Array($0.utf8) }

    /// The bytes of a string that is a script.
    private static func scriptRange(_ string: NodeID, _ unit: SourceUnit) -> Range<Int>? {
        guard case .text(let first, let start)? = unit.tree.parts(of: string).first else {
            return nil
        }
        let head = first.drop { $0.isWhitespace }
        let begins =
            head.hasPrefix("curl ") || head.hasPrefix("wget ") || head.hasPrefix("curl.exe ")
        let node = unit.tree[string]
        guard node.end <= unit.bytes.count, start < node.end else { return nil }
        if !begins {
            let bytes = Array(unit.bytes[start..<node.end])
            guard bytes.contains(0x0A), !isComment(string, unit),
                tools.contains(where: { LiteralSearch.contains($0, in: bytes) })
            else { return nil }
        }
        var end = node.end
        while end > start, [0x22, 0x27, 0x60].contains(unit.bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    /// A string that stands alone is a text for readers, such as a docstring.
    private static func isComment(_ string: NodeID, _ unit: SourceUnit) -> Bool {
        let parent = unit.tree[string].parent
        return parent < 0 || unit.tree[parent].kind == .block
    }

    private static func script(
        _ range: Range<Int>, _ unit: SourceUnit, _ language: String
    ) -> SourceUnit? {
        let bytes = Array(unit.bytes[range])
        var lines: [Int] = []
        var columns: [Int] = []
        var offset = range.lowerBound
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            lines.append(unit.line(of: offset))
            columns.append(unit.column(of: offset) - 1)
            offset += line.count + 1
        }
        guard
            var script = SourceReader.unit(
                path: unit.path, language: unit.language, codeLanguage: language, role: unit.role,
                bytes: bytes, places: LinePlaces(bytes, lines: lines, columns: columns))
        else { return nil }
        script.symbol = unit.symbol
        script.environment = constants(of: unit)
        return script
    }

    /// Literal values that the program gives to names: its script may read them as variables.
    private static func constants(of unit: SourceUnit) -> [String: TreeFacts.Setting] {
        var found = unit.environment
        for (name, nodes) in unit.names.assignments {
            guard let node = nodes.last, unit.tree[node].children.count > 1,
                let literal = unit.tree.literal(unit.tree[node].children[1])
            else { continue }
            found[name] = TreeFacts.Setting(
                keys: [name], value: Template(literal),
                place: SourcePlace(path: unit.path, line: unit.line(of: unit.tree[node].start)))
        }
        return found
    }
}

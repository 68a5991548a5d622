import Deprecations

/// Shell scripts that stand in a program's strings: `sh '''curl …'''`, `system("curl …")`.
enum EmbeddedScripts {
    /// The scripts as units; marks their strings in `unit`.
    static func units(in unit: inout SourceUnit) -> [SourceUnit] {
        guard unit.codeLanguage != "shell" else { return [] }
        var found: [SourceUnit] = []
        for string in unit.names.strings {
            guard let range = scriptRange(string, unit) else { continue }
            unit.scripts.insert(string)
            found.append(script(range, string, unit))
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

    private static func script(_ range: Range<Int>, _ string: NodeID, _ unit: SourceUnit)
        -> SourceUnit
    {
        let bytes = Array(unit.bytes[range])
        var lines: [Int] = []
        var columns: [Int] = []
        var offset = range.lowerBound
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            lines.append(unit.line(of: offset))
            columns.append(unit.column(of: offset) - 1)
            offset += line.count + 1
        }
        let parsed = ShellParser.parse(bytes)
        var script = SourceUnit(
            path: unit.path, language: unit.language, codeLanguage: "shell", role: unit.role,
            bytes: bytes,
            tree: parsed.tree, comments: parsed.comments,
            places: LinePlaces(bytes, lines: lines, columns: columns),
            names: NameTable(parsed.tree, ignoresCase: false))
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

import Deprecations

/// How to get this report again.
struct Reproduction {
    /// More logs than that are not named one by one.
    private static let logsNamed = 5

    var made: Markdown
    /// Each rule, and where its dates are said.
    var rules: [Markdown]
    var commands: CodeBlock

    init(_ report: AuditReport) {
        made =
            "lastcall \(prose: report.toolVersion), from a database last written \(report.generatedAt), judged on \(report.asOf)."
        rules = report.rules.map { standing in
            let words = RuleWords(standing: standing)
            let sources = words.dateSources
            let dates: Markdown =
                sources.isEmpty ? "" : "; its dates: \(sources.joined(separator: ", "))"
            return "Rule \(code: standing.rule.id): \(prose: standing.rule.title)\(dates)"
        }
        commands = CodeBlock(
            lines: [
                "# the same report from the same database",
                "lastcall report --as-of \(report.asOf) --format markdown",
            ] + Self.scans(report))
    }

    /// Those of `logs` that a command can name: not standard input, and for the logs in an archive that archive.
    private static func named(_ logs: [String]) -> [String] {
        let all = Set(logs)
        return logs.filter { path in
            path != "-"
                && !path.ranges(of: "!/").contains { all.contains(String(path[..<$0.lowerBound])) }
        }
    }

    private static func scans(_ report: AuditReport) -> [String] {
        let trees = report.trees.map(\.root.shellQuoted)
        let logs = named(report.logs.map(\.path)).map(\.shellQuoted)
        let named = logs.count > logsNamed ? logs.prefix(1) + ["…"] : logs[...]
        let command: String
        switch (trees.isEmpty, logs.isEmpty) {
        case (true, true): return []
        case (false, true): command = "scan code " + trees.joined(separator: " ")
        case (true, false): command = "scan logs " + named.joined(separator: " ")
        case (false, false):
            command =
                "audit \(trees.joined(separator: " "))" + named.map { " --logs \($0)" }.joined()
        }
        return ["# scan again, with the options that the scan had", "lastcall \(command)"]
    }
}

extension String {
    /// A path as one word of a shell's command line, and no option.
    var shellQuoted: String {
        if utf8.first == UInt8(ascii: "-") { return ("./" + self).shellQuoted }
        let isPlain =
            !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "/._-+,:@".utf8.contains(byte)
                }
            }
        return isPlain ? self : "'" + writing(["'": "'\\''"]) + "'"
    }
}

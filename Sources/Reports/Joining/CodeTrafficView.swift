import Deprecations

/// The section on code and traffic together.
struct CodeTrafficView {
    /// How many files are named as the possible sender.
    private static let filesNamed = 3
    /// How many rows a table has at most.
    private static let rowsShown = 50

    var matched: MarkdownTable
    var unexplained: MarkdownTable
    var unconfirmed: MarkdownTable
    var notes: [Markdown]

    init?(_ joined: CodeTraffic?, rules: RuleBook) {
        guard let joined else { return nil }
        let explained = joined.matches.filter { !$0.candidates.isEmpty }
        let unknown = joined.matches.filter(\.candidates.isEmpty)
        matched = Self.table(explained)
        unexplained = Self.table(unexplained: unknown)
        unconfirmed = CallSiteTables.callers(
            Array(joined.unconfirmed.prefix(Self.rowsShown)), rules: rules)
        notes = Self.notes(joined, explained: explained, unknown: unknown)
    }

    private static func table(_ matches: [CodeTraffic.Match]) -> MarkdownTable {
        MarkdownTable(
            columns: [
                .text("Runtime caller"), .number("Requests"), .text("Last seen"),
                .text("Code that fits best"), .text("Since they share"), .text("Owner"),
            ],
            rows: matches.prefix(rowsShown).map { match in
                let sites = match.candidates.flatMap(\.sites)
                let owners = Set(sites.compactMap(\.owner)).sorted()
                return [
                    name(match.sender), "\(match.sender.requests)",
                    match.sender.lastDay.map { "\($0)" } ?? "", places(match.candidates),
                    match.candidates.first.map { reasons($0.reasons, match.sender) } ?? "",
                    owners.count > filesNamed
                        ? "\(owners.count) owners"
                        : owners.map { Markdown.code($0) }.joined(separator: ", "),
                ]
            }
        ).withoutEmptyColumns()
    }

    private static func table(unexplained matches: [CodeTraffic.Match]) -> MarkdownTable {
        MarkdownTable(
            columns: [
                .text("Runtime caller"), .number("Requests"), .text("Last seen"),
                .text("User agent"),
            ],
            rows: matches.prefix(rowsShown).map { match in
                [
                    name(match.sender), "\(match.sender.requests)",
                    match.sender.lastDay.map { "\($0)" } ?? "", match.sender.key.caller.agent,
                ]
            })
    }

    private static func name(_ sender: Sender) -> Markdown {
        let count = sender.addresses.count
        let more: Markdown = count > 1 ? " (\(count) addresses)" : ""
        let client: Markdown =
            sender.key.caller.name == nil
            ? "" : sender.key.caller.client.map { " with \(code: $0)" } ?? ""
        return sender.key.caller.shortName + client + more
    }

    private static func places(_ candidates: [CodeTraffic.Candidate]) -> Markdown {
        var named = candidates.prefix(filesNamed).map { candidate -> Markdown in
            candidate.sites.count == 1
                ? candidate.sites[0].place
                : "\(Markdown.code(candidate.sites[0].file)) (\(candidate.sites.count) places)"
        }
        if candidates.count > filesNamed { named.append("\(candidates.count - filesNamed) more") }
        return candidates.count == 1
            ? named[0] : "one of \(candidates.count): \(named.joined(separator: ", "))"
    }

    private static func reasons(
        _ reasons: Set<CodeTraffic.Reason>, _ sender: Sender
    ) -> Markdown {
        CodeTraffic.Reason.allCases.filter(reasons.contains).map { reason -> Markdown in
            switch reason {
            case .name: "a name in the path"
            case .client: "the client"
            case .version: "the version header"
            case .polling: "polling"
            case .host: "the host"
            }
        }.joined(separator: ", ")
    }

    private static func notes(
        _ joined: CodeTraffic, explained: [CodeTraffic.Match], unknown: [CodeTraffic.Match]
    ) -> [Markdown] {
        var notes: [Markdown] = []
        for (matches, what) in [(explained, "explained" as Markdown), (unknown, "unexplained")]
        where matches.count > rowsShown {
            notes.append("And \(matches.count - rowsShown) more \(what) callers.")
        }
        if joined.unconfirmed.count > rowsShown {
            notes.append(
                "And \((joined.unconfirmed.count - rowsShown).counted("more place")) that no traffic confirms."
            )
        }
        if joined.sendersLeftOut > 0 {
            notes.append(
                "The \(joined.matches.count) busiest callers are compared; \(joined.sendersLeftOut) are not, and so nothing is said of code that no traffic confirms."
            )
        }
        return notes
    }
}

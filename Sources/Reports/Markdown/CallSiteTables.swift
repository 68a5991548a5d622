import Deprecations

/// Call sites of which a line each is enough.
enum CallSiteTables {
    /// How many rows a table has at most.
    static let rowsShown = 200

    /// Callers: those that have moved, or that come after the ones shown in full.
    static func callers(_ entries: [ReportedCallSite], rules: RuleBook) -> MarkdownTable {
        let isRuleNamed = Set(entries.map(\.site.rule)).count > 1
        return MarkdownTable(
            columns: [
                .text("Where"), .text("What"), .text("Client"), .text("Role"),
                .text("Version header"),
                .text("Polling"), .text("Confidence"), .text("Owner"), .text("Rule"),
            ],
            rows: entries.prefix(rowsShown).map { entry in
                let site = entry.site
                return [
                    entry.place,
                    "\(site.halfMigrated ? "**half-migrated** " : "")\(site.kind.words)",
                    site.client.map { .code($0) } ?? "", site.role.words,
                    rules[site.rule]?.shortVersion(site.apiVersion) ?? "", site.polling.words,
                    site.confidence == .medium ? "medium" : "", entry.owner.map { .code($0) } ?? "",
                    isRuleNamed ? .code(site.rule) : "",
                ]
            }
        ).withoutEmptyColumns()
    }

    /// Callers of which a line each is enough, folded where they are many.
    static func longTable(
        _ entries: [ReportedCallSite], noun: Markdown, rules: RuleBook
    ) -> LongTable {
        let table = callers(entries, rules: rules)
        return LongTable(
            table: table, noun: noun, note: note(onRest: entries.count - table.rows.count))
    }

    /// References: what describes or mentions an endpoint, with its line.
    static func references(_ entries: [ReportedCallSite]) -> MarkdownTable {
        let isRuleNamed = Set(entries.map(\.site.rule)).count > 1
        return MarkdownTable(
            columns: [
                .text("Where"), .text("What"), .text("Role"), .text("Line"), .text("Rule"),
            ],
            rows: entries.prefix(rowsShown).map { entry in
                let site = entry.site
                return [
                    entry.place,
                    "\(site.usage == .migrated ? "migrated " : "")\(site.kind.words)",
                    site.role.words,
                    site.markedLine.map { .code($0, limit: 100) } ?? "",
                    isRuleNamed ? .code(site.rule) : "",
                ]
            }
        ).withoutEmptyColumns()
    }

    /// What a table leaves out.
    static func note(onRest rest: Int) -> Markdown {
        rest > 0 ? "And \(rest) more; the JSON report has them." : ""
    }
}

extension PollingUse {
    /// In a few words; empty where there is no loop.
    var words: Markdown {
        guard inLoop else { return "" }
        switch retryAfter {
        case .honoured: return "waits as told"
        case .ignored: return "**ignores the wait time**"
        case .notApplicable: return "in a loop"
        }
    }
}

extension CallSite {
    /// The line itself, without the blanks around it.
    fileprivate var markedLine: String? {
        guard let excerpt else { return nil }
        let index = line - excerpt.firstLine
        guard excerpt.lines.indices.contains(index) else { return nil }
        let text = excerpt.lines[index].drop(while: \.isWhitespace)
        return text.isEmpty ? nil : String(text)
    }
}

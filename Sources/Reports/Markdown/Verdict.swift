import Deprecations

/// The first lines: whether anything is left, of what, and by when.
struct Verdict {
    /// Up to so many rules are named though nothing of them was found.
    private static let quietRulesShown = 5

    var title: Markdown
    var sentence: Markdown
    /// Each rule: its phase, what is left of it, what replaces it.
    var rules: [Markdown]
    var glance: MarkdownTable

    init(_ report: AuditReport, parts: ReportParts, book: RuleBook) {
        let summary = report.summary
        let half = parts.callers.count { $0.site.halfMigrated }
        let migratedHalf = parts.callers.count { $0.site.usage == .migrated }
        let left = summary.callers + migratedHalf
        var counts: [Markdown] = []
        if left > 0 { counts.append("\(left.counted("caller")) in code") }
        if summary.trafficCallers > 0 {
            counts.append("\(summary.trafficCallers.counted("caller")) in traffic")
        }
        if counts.isEmpty {
            title = "No caller of a deprecated endpoint found"
            sentence =
                "**Nothing found** of \(Self.endpoints(report)): no caller in what was covered."
        } else {
            title = "\(counts.joined(separator: " and ")) still to move"
            let requests: Markdown =
                summary.requests > 0 ? " (\(summary.requests.counted("request")))" : ""
            sentence =
                "**\(counts.joined(separator: " and "))\(requests)** still \(counts.count == 1 && left + summary.trafficCallers == 1 ? "uses" : "use") \(Self.endpoints(report))."
        }
        if half > 0 {
            sentence += " \(half) of the callers in code \(half == 1 ? "is" : "are") half-migrated."
        }
        if !parts.unsure.isEmpty {
            sentence +=
                " \(parts.unsure.count.counted("more place")) may be \(parts.unsure.count == 1 ? "a caller" : "callers") (low confidence, listed apart)."
        }
        rules = Self.ruleLines(report, parts: parts, book: book)
        glance = Self.glance(report, summary: summary)
    }

    private static func endpoints(_ report: AuditReport) -> Markdown {
        guard report.rules.count == 1, let only = report.rules.first else {
            return report.rules.isEmpty
                ? "any rule, for there is none"
                : "\(report.rules.count) deprecated endpoints"
        }
        return RuleWords(standing: only).endpoint
    }

    private static func ruleLines(
        _ report: AuditReport, parts: ReportParts, book: RuleBook
    ) -> [Markdown] {
        var lines: [Markdown] = []
        var quiet = 0
        for standing in report.rules {
            let words = RuleWords(standing: standing)
            let id = standing.rule.id
            let callers = parts.callers.count { $0.site.rule == id }
            let requests = report.traffic.reduce(0) {
                $0 + ($1.key.rule == id && $1.key.usage == .deprecated ? $1.totals.requests : 0)
            }
            if callers == 0, requests == 0 {
                quiet += 1
                if quiet > quietRulesShown { continue }
            }
            let name: Markdown =
                book.isPlural
                ? "\(prose: standing.rule.provider.name), \(code: id)"
                : "\(prose: standing.rule.provider.name)"
            var line: Markdown = "\(words.endpoint) (\(name)): \(words.phase)."
            line += words.replacement.map { " Instead: \($0)." } ?? " No replacement is known."
            if book.isPlural {
                line += " \(callers.counted("caller")), \(requests.counted("request"))."
            }
            let note = words.datesNote
            if !note.isEmpty { line += " \(note)" }
            lines.append(line)
        }
        if quiet > quietRulesShown {
            lines.append(
                "\((quiet - quietRulesShown).counted("more rule")) of which nothing was found.")
        }
        return lines
    }

    private static func glance(_ report: AuditReport, summary: ReportSummary) -> MarkdownTable {
        let migrated = report.traffic.filter { $0.key.usage == .migrated }
        let migratedReferences = report.callSites.count {
            $0.status != .resolved && $0.site.usage == .migrated && !$0.site.kind.isCaller
        }
        let read = { (count: Int, isCovered: Bool) -> Markdown in
            isCovered ? "\(count)" : "not read"
        }
        let code = !report.trees.isEmpty
        let logs = !report.logs.isEmpty
        return MarkdownTable(
            columns: [.text(""), .number("Deprecated endpoint"), .number("Replacement")],
            rows: [
                [
                    "Callers in code", read(summary.callers, code),
                    read(summary.migratedCallers, code),
                ],
                [
                    "References in code", read(summary.references, code),
                    read(migratedReferences, code),
                ],
                [
                    "Callers in traffic", read(summary.trafficCallers, logs),
                    read(Set(migrated.map(\.key.caller)).count, logs),
                ],
                [
                    "Requests in traffic", read(summary.requests, logs),
                    read(summary.migratedRequests, logs),
                ],
            ])
    }
}

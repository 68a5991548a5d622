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
        title = Self.title(summary, parts: parts) + Self.whose(report.share)
        sentence = ([Self.opening(report, summary, book)] + Self.limits(report, parts: parts))
            .joined(separator: " ")
        rules = Self.ruleLines(report, parts: parts, book: book)
        glance = Self.glance(report, summary: summary)
    }

    private static func title(_ summary: ReportSummary, parts: ReportParts) -> Markdown {
        var counts: [Markdown] = []
        if summary.callers > 0 { counts.append("\(summary.callers.counted("caller")) in code") }
        if summary.trafficCallers > 0 {
            counts.append("\(summary.trafficCallers.counted("caller")) in traffic")
        }
        if !counts.isEmpty { return "\(counts.joined(separator: " and ")) still to move" }
        // What is left then has the new path already.
        if !parts.callers.isEmpty {
            return "\(parts.callers.count.counted("half-migrated caller")) in code still to mend"
        }
        return "No caller of a deprecated endpoint found"
    }

    private static func whose(_ share: ReportShare?) -> Markdown {
        switch share {
        case .owner(let owner): " for \(code: owner)"
        case .nobody: " for whom nobody is named"
        case nil: ""
        }
    }

    private static func opening(
        _ report: AuditReport, _ summary: ReportSummary, _ book: RuleBook
    ) -> Markdown {
        if report.rules.isEmpty { return "**There was no rule**, so nothing could be found." }
        if summary.callers + summary.trafficCallers == 0 {
            let endpoints = endpoints(report.rules.map(RuleWords.init))
            return "**No caller found** of \(endpoints) in what was covered."
        }
        let subject: Markdown =
            summary.callers + summary.trafficCallers == 1 ? "It still uses" : "They still use"
        let requests: Markdown =
            summary.requests > 0
            ? ", with **\(summary.requests.counted("request"))** in the logs" : ""
        return "\(subject) \(endpoints(book.affected))\(requests)."
    }

    private static func endpoints(_ rules: [RuleWords]) -> Markdown {
        switch rules.count {
        case ...2: rules.map(\.endpoint).joined(separator: " and ")
        default: "\(rules.count) deprecated endpoints"
        }
    }

    /// What the numbers alone do not say.
    private static func limits(_ report: AuditReport, parts: ReportParts) -> [Markdown] {
        var limits: [Markdown] = []
        let production = parts.callers.count {
            $0.site.role == .production && $0.site.usage == .deprecated
        }
        if production > 0 {
            limits.append(
                "**\(production)** of the callers in code \(production == 1 ? "is" : "are") production code."
            )
        }
        let half = parts.callers.filter(\.site.halfMigrated)
        let onNewPath = half.count { $0.site.usage == .migrated }
        if half.count > onNewPath {
            limits.append(
                "\(half.count - onNewPath) of those in code already \(half.count - onNewPath == 1 ? "sends" : "send") the new version to the old path."
            )
        }
        if onNewPath > 0 {
            limits.append(
                "\(onNewPath.counted("more caller")) in code \(onNewPath == 1 ? "reaches" : "reach") the new path without the new version."
            )
        }
        if !parts.unsure.isEmpty {
            limits.append(
                "\(parts.unsure.count.counted("more place")) may be \(parts.unsure.count == 1 ? "a caller" : "callers"); confidence is low there."
            )
        }
        let left = parts.callers.count { $0.status == .suppressed }
        if left > 0 {
            limits.append(
                "\(left) of the callers in code \(left == 1 ? "is" : "are") **left** by a decision of yours, and \(left == 1 ? "does" : "do") not close the gate."
            )
        }
        let new = parts.callers.count { $0.status == .new }
        if new > 0, report.isCompared {
            let since: Markdown =
                report.hasBaseline ? "against the baseline" : "since the last scan"
            limits.append("\(new) in code \(new == 1 ? "is" : "are") **new** \(since).")
        }
        return limits
    }

    /// Those that something was found of come first.
    private static func ruleLines(
        _ report: AuditReport, parts: ReportParts, book: RuleBook
    ) -> [Markdown] {
        let affected = Set(book.affected.map(\.rule.id))
        let quiet = report.rules.map(RuleWords.init).filter { !affected.contains($0.rule.id) }
        let isAlone = report.rules.count == 1
        var lines = book.affected.map { words in
            let id = words.rule.id
            return line(words, found: isAlone ? "" : counts(of: id, report, parts: parts))
        }
        lines += quiet.prefix(quietRulesShown).map { words in
            line(words, found: isAlone ? "" : " Nothing found.")
        }
        let rest = quiet.count - quietRulesShown
        if rest > 0 { lines.append("\(rest.counted("more rule")) of which nothing was found.") }
        return lines
    }

    private static func line(_ words: RuleWords, found: Markdown) -> Markdown {
        let name: Markdown = found.isEmpty ? "" : ", \(code: words.rule.id)"
        let instead: Markdown =
            words.replacement.map { " Instead: \($0)." } ?? " No replacement is known."
        let moved: Markdown = words.movedDates.map { " \($0)" }.joined(separator: "")
        return
            "\(words.endpoint) (\(prose: words.rule.provider.name)\(name)): \(words.phase).\(instead)\(found)\(moved)"
    }

    private static func counts(
        of rule: String, _ report: AuditReport, parts: ReportParts
    ) -> Markdown {
        let callers = parts.callers.count { $0.site.rule == rule && $0.site.usage == .deprecated }
        let requests = report.traffic.reduce(0) {
            $0 + ($1.key.rule == rule && $1.key.usage == .deprecated ? $1.totals.requests : 0)
        }
        return " Found: \(callers.counted("caller")), \(requests.counted("request"))."
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

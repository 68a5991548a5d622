import Deprecations

/// How the counts went from run to run, and what is gone.
struct ProgressView {
    /// How many runs the table lists.
    private static let runsShown = 12

    var sentence: Markdown
    var chart: CodeBlock
    var table: MarkdownTable
    var gone: LongTable

    init?(_ report: AuditReport) {
        let resolved = report.callSites.filter { $0.status == .resolved }
        guard let first = report.progress.first, let last = report.progress.last else { return nil }
        let burnDown = BurnDown(report.progress)
        sentence = [
            Self.sentence(from: first, to: last, runs: report.progress.count),
            Self.outlook(burnDown, rules: RuleBook(report)),
        ].compactMap { $0 }.joined(separator: " ")
        chart = MermaidChart.burnDown(burnDown)
        let shown = Self.changes(report.progress)
        table = MarkdownTable(
            columns: [
                .text("Run"), .number("Callers"), .number("Migrated callers"), .number("Requests"),
                .number("Migrated requests"),
            ],
            rows: shown.suffix(Self.runsShown).map { point in
                [
                    "\(point.at)", "\(point.callers)", "\(point.migratedCallers)",
                    "\(point.requests)", "\(point.migratedRequests)",
                ]
            })
        let gone = MarkdownTable(
            columns: [.text("Gone"), .text("Id"), .text("Was"), .text("First seen")],
            rows: resolved.prefix(CallSiteTables.rowsShown).map { entry in
                [
                    entry.place, .code(entry.site.id.description),
                    "\(entry.site.usage == .migrated ? "migrated " : "")\(entry.site.kind.words)",
                    "\(entry.firstSeen.day)",
                ]
            })
        self.gone = LongTable(
            table: gone, noun: "call sites that are gone",
            note: CallSiteTables.note(onRest: resolved.count - gone.rows.count))
    }

    /// When no caller would be left, at the pace so far, and whether that is in time.
    private static func outlook(_ burnDown: BurnDown, rules: RuleBook) -> Markdown? {
        switch burnDown.outlook {
        case .unknown, .done: return nil
        case .notFalling:
            return "**The callers are not becoming fewer**, so no end can be projected."
        case .doneOn(let day):
            guard let sunset = rules.affected.first?.rule.lifecycle.sunsetOn?.day else {
                return "At this pace none would be left on **\(day)**."
            }
            let days = day.days(until: sunset)
            return days >= 0
                ? "At this pace none would be left on **\(day)**, \(days.counted("day")) before the next sunset."
                : "At this pace none would be left on **\(day)**, **\((-days).counted("day")) after the next sunset**."
        }
    }

    private static func sentence(
        from first: ProgressPoint, to last: ProgressPoint, runs: Int
    ) -> Markdown {
        let all = last.callers + last.migratedCallers
        let share: Markdown =
            all == 0
            ? "No caller is known."
            : "\(last.migratedCallers) of \(all.counted("caller")) in code reach the replacement (\(last.migratedCallers * 100 / all) %)."
        guard runs > 1 else { return "\(share) This is the first run." }
        return
            "\(share) Since \(first.at.day): callers \(first.callers) → \(last.callers), migrated \(first.migratedCallers) → \(last.migratedCallers)."
    }

    /// The first, the last, and every point at which something had changed.
    private static func changes(_ points: [ProgressPoint]) -> [ProgressPoint] {
        var changes: [ProgressPoint] = []
        for (index, point) in points.enumerated() {
            var before = changes.last
            before?.at = point.at
            if before != point || index == points.count - 1 { changes.append(point) }
        }
        return changes
    }
}

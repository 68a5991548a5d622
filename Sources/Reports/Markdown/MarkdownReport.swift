import Deprecations
import Mustache

/// A report for people: CommonMark with GitHub's tables. What the template says, with what it says it of.
struct MarkdownReport {
    /// How many callers get a part of their own.
    private static let callersDetailed = 100

    var verdict: Verdict
    var countdown: Countdown?
    var coverage: CoverageView
    var firstSteps: FirstSteps?
    var owners: MarkdownTable
    var migration: [MigrationView]
    var hasCallers: Bool
    var files: [FileView]
    var otherCallers: LongTable
    var unsure: FoldedTable?
    var codeTraffic: CodeTrafficView?
    var traffic: TrafficView?
    var trafficChart: CodeBlock
    var phases: [Markdown]
    var migratedTraffic: TrafficView?
    var migrated: LongTable
    var references: LongTable
    var verifications: VerificationsView?
    var progress: ProgressView?
    var diagnostics: DiagnosticsView?
    var reproduction: Reproduction
    /// Callers in the order of their urgency, and those of them that have a part of their own.
    var byUrgency: [ReportedCallSite]
    var detailed: Set<ReportedCallSite>

    static func write(_ report: AuditReport) throws -> [UInt8] {
        let template = try MustacheTemplate(string: MarkdownTemplate.text)
        let text = template.render(MarkdownReport(report))
        return Array(text.withSingleBlankLines.utf8)
    }

    init(_ report: AuditReport) {
        let rules = RuleBook(report)
        let parts = ReportParts(report.callSites)
        let joined = CodeTraffic(report, parts: parts)
        byUrgency = Urgency.sorted(parts.callers, joined: joined, rules: rules)
        let detailed = Set(byUrgency.prefix(Self.callersDetailed))
        self.detailed = detailed
        verdict = Verdict(report, parts: parts, book: rules)
        countdown = rules.affected.first.flatMap(Countdown.init)
        coverage = CoverageView(report)
        let steps = FirstSteps(
            callers: byUrgency, detailed: detailed, traffic: report.traffic, joined: joined,
            unreadInputs: report.diagnostics.count { $0.severity == .error }, rules: rules)
        firstSteps = steps.steps.isEmpty ? nil : steps
        owners = OwnerTable.table(byUrgency, joined: joined, rules: rules)
        migration = rules.affected.map(MigrationView.init).filter { !$0.steps.isEmpty }
        hasCallers = !parts.callers.isEmpty
        files = FileView.all(
            of: parts.callers.filter(detailed.contains), joined: joined, rules: rules,
            isNewShown: report.isCompared)
        otherCallers = CallSiteTables.longTable(
            Array(byUrgency.dropFirst(Self.callersDetailed)), noun: "more callers", rules: rules)
        unsure = FoldedTable(parts.unsure, rules: rules)
        codeTraffic = CodeTrafficView(joined, rules: rules)
        let lastDay = report.lastLoggedDay
        traffic = TrafficView(report.traffic, usage: .deprecated, lastDay: lastDay, rules: rules)
        trafficChart =
            RequestTrend(report.traffic, atMost: MermaidChart.width).map(MermaidChart.requests)
            ?? CodeBlock(lines: [])
        phases = TrafficView.phases(report, rules: rules)
        migratedTraffic = TrafficView(
            report.traffic, usage: .migrated, lastDay: lastDay, rules: rules)
        migrated = CallSiteTables.longTable(
            parts.migrated, noun: "migrated callers", rules: rules)
        references = LongTable(
            table: CallSiteTables.references(parts.references), noun: "references",
            note: CallSiteTables.note(
                onRest: parts.references.count - CallSiteTables.rowsShown))
        verifications = VerificationsView(report.verifications, rules: rules)
        progress = ProgressView(report)
        diagnostics = DiagnosticsView(report.diagnostics)
        reproduction = Reproduction(report)
    }
}

/// The callers of one file.
struct FileView {
    /// So many callers are shown without being folded.
    private static let callersOpen = 20

    var path: Markdown
    var callers: [CallerView]
    /// What stands for the callers where they are folded away.
    var summary: HTML

    /// Callers that follow each other in one file come together; those of one file do, being sorted.
    static func all(
        of callers: [ReportedCallSite], joined: CodeTraffic?, rules: RuleBook, isNewShown: Bool
    ) -> [FileView] {
        var files: [FileView] = []
        for caller in callers {
            let path = Markdown.code(caller.file)
            let view = CallerView(
                caller, joined: joined, rules: rules, isNewShown: isNewShown)
            if files.last?.path == path {
                files[files.count - 1].callers.append(view)
            } else {
                files.append(FileView(path: path, callers: [view], summary: HTML(source: "")))
            }
        }
        guard callers.count > callersOpen else { return files }
        for index in files.indices {
            let summary: Markdown =
                "\(files[index].callers.count.counted("caller")) in \(files[index].path)"
            files[index].summary = HTML(source: summary.html)
        }
        return files
    }
}

extension AuditReport {
    /// The last day that any log has, as far as it is known.
    fileprivate var lastLoggedDay: CalendarDay? {
        (logs.compactMap { $0.lastSeen?.day } + traffic.compactMap { $0.totals.days.keys.max() })
            .max()
    }
}

/// The days that are left of the affected endpoint that goes next.
struct Countdown {
    var days: String
    var unit: String
    var what: Markdown
    var isOver: Bool

    init?(_ words: RuleWords) {
        guard let sunset = words.rule.lifecycle.sunsetOn, let left = words.standing.daysUntilSunset
        else { return nil }
        days = Int(left.magnitude).grouped
        isOver = left <= 0
        let noun = left.magnitude == 1 ? "day" : "days"
        unit = left > 0 ? "\(noun) left" : "\(noun) past"
        let inferred: Markdown = sunset.basis == .inferred ? " (inferred)" : ""
        what =
            left > 0
            ? "until \(words.endpoint) goes on \(sunset.day)\(inferred)"
            : "the sunset of \(words.endpoint) on \(sunset.day)\(inferred)"
    }
}

/// The steps of the migration of a rule.
struct MigrationView {
    var endpoint: Markdown
    var steps: [Markdown]

    init(_ words: RuleWords) {
        endpoint = words.endpoint
        steps = words.migrationNotes
    }
}

/// What is folded away until a reader asks for it.
struct FoldedTable {
    /// HTML, not Markdown: it stands in a `<summary>`.
    var summary: HTML
    var table: MarkdownTable
    var note: Markdown

    init?(_ entries: [ReportedCallSite], rules: RuleBook) {
        if entries.isEmpty { return nil }
        let summary: Markdown =
            "\(entries.count.counted("place")) where only the path speaks for the provider; they never gate"
        self.summary = HTML(source: summary.html)
        table = CallSiteTables.callers(entries, rules: rules)
        note = CallSiteTables.note(onRest: entries.count - table.rows.count)
    }
}

extension String {
    /// With no more than one empty line in a row. Lines of excerpts are never empty.
    fileprivate var withSingleBlankLines: String {
        var lines: [Substring] = []
        for line in split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty, lines.last?.isEmpty ?? true { continue }
            lines.append(line)
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }
}

import Deprecations
import Mustache

/// A report for people: CommonMark with GitHub's tables. What the template says, with what it says it of.
struct MarkdownReport {
    /// How many callers get a part of their own.
    private static let callersDetailed = 100

    var verdict: Verdict
    var coverage: CoverageView
    var firstSteps: FirstSteps?
    var migration: [MigrationView]
    var hasCallers: Bool
    var files: [FileView]
    var otherCallers: MarkdownTable
    var otherCallersNote: Markdown
    var unsure: FoldedTable?
    var traffic: TrafficView?
    var phases: [Markdown]
    var migratedTraffic: TrafficView?
    var migrated: MarkdownTable
    var migratedNote: Markdown
    var references: MarkdownTable
    var referencesNote: Markdown
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
        byUrgency = Urgency.sorted(parts.callers, rules: rules)
        let detailed = Set(byUrgency.prefix(Self.callersDetailed))
        self.detailed = detailed
        verdict = Verdict(report, parts: parts, book: rules)
        coverage = CoverageView(report)
        let steps = FirstSteps(
            callers: byUrgency, detailed: detailed, traffic: report.traffic,
            unreadInputs: report.diagnostics.count { $0.severity == .error }, rules: rules)
        firstSteps = steps.steps.isEmpty ? nil : steps
        migration = rules.affected.map(MigrationView.init).filter { !$0.steps.isEmpty }
        hasCallers = !parts.callers.isEmpty
        files = FileView.all(
            of: parts.callers.filter(detailed.contains), rules: rules,
            isNewShown: report.progress.count > 1)
        let others = Array(byUrgency.dropFirst(Self.callersDetailed))
        otherCallers = CallSiteTables.callers(others, rules: rules)
        otherCallersNote = CallSiteTables.note(onRest: others.count - otherCallers.rows.count)
        unsure = FoldedTable(parts.unsure, rules: rules)
        traffic = TrafficView(report.traffic, usage: .deprecated, rules: rules)
        phases = TrafficView.phases(report, rules: rules)
        migratedTraffic = TrafficView(report.traffic, usage: .migrated, rules: rules)
        migrated = CallSiteTables.callers(parts.migrated, rules: rules)
        migratedNote = CallSiteTables.note(onRest: parts.migrated.count - migrated.rows.count)
        references = CallSiteTables.references(parts.references)
        referencesNote = CallSiteTables.note(
            onRest: parts.references.count - references.rows.count)
        progress = ProgressView(report)
        diagnostics = DiagnosticsView(report.diagnostics)
        reproduction = Reproduction(report)
    }
}

/// The callers of one file.
struct FileView {
    var path: Markdown
    var callers: [CallerView]

    /// Callers that follow each other in one file come together; those of one file do, being sorted.
    static func all(
        of callers: [ReportedCallSite], rules: RuleBook, isNewShown: Bool
    ) -> [FileView] {
        var files: [FileView] = []
        for caller in callers {
            let path = Markdown.code(caller.file)
            let view = CallerView(caller, rules: rules, isNewShown: isNewShown)
            if files.last?.path == path {
                files[files.count - 1].callers.append(view)
            } else {
                files.append(FileView(path: path, callers: [view]))
            }
        }
        return files
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

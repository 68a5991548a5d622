import Deprecations
import Mustache

/// A report as one page that needs nothing else: no network, no other file.
struct HTMLReport {
    var page: MarkdownReport
    /// For the browser's tab.
    var title: String
    var countdown: Countdown?
    var charts: Charts
    var findings: FindingTable
    /// The content security policy.
    var policy: String
    var style = HTML(source: HTMLStyle.text)
    var script = HTML(source: HTMLScript.text)
    var asOf: String
    var version: String

    /// The days that are left of the affected endpoint that goes next.
    struct Countdown {
        var days: String
        var unit: String
        var what: Markdown
        var isOver: Bool

        init?(_ words: RuleWords) {
            guard let sunset = words.rule.lifecycle.sunsetOn,
                let left = words.standing.daysUntilSunset
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

    static func write(_ report: AuditReport) throws -> [UInt8] {
        let template = try MustacheTemplate(string: HTMLTemplate.text)
        return Array((template.render(HTMLReport(report)) + "\n").utf8)
    }

    init(_ report: AuditReport) {
        let rules = RuleBook(report)
        page = MarkdownReport(report)
        title = page.verdict.title.plain
        countdown = rules.affected.first.flatMap(Countdown.init)
        charts = Charts(report, rules: rules)
        findings = FindingTable(
            callers: page.byUrgency, parts: ReportParts(report.callSites),
            gone: report.callSites.filter { $0.status == .resolved }, detailed: page.detailed,
            rules: rules)
        policy =
            "default-src 'none'; style-src '\(SHA256.policySource(of: HTMLStyle.text))'; "
            + "script-src '\(SHA256.policySource(of: HTMLScript.text))'; base-uri 'none'; form-action 'none'"
        asOf = report.asOf.description
        version = report.toolVersion.visible
    }
}

import Deprecations
import Mustache

/// A report as one page that needs nothing else: no network, no other file.
struct HTMLReport {
    var page: MarkdownReport
    /// For the browser's tab.
    var title: String
    var charts: Charts
    var findings: FindingTable
    /// The content security policy.
    var policy: String
    var style = HTML(source: HTMLStyle.text)
    var script = HTML(source: HTMLScript.text)
    var asOf: String
    var version: String

    static func write(_ report: AuditReport) throws -> [UInt8] {
        let template = try MustacheTemplate(string: HTMLTemplate.text)
        return Array((template.render(HTMLReport(report)) + "\n").utf8)
    }

    init(_ report: AuditReport) {
        let rules = RuleBook(report)
        page = MarkdownReport(report)
        title = page.verdict.title.plain
        charts = Charts(report, rules: rules)
        findings = FindingTable(
            callers: page.byUrgency, parts: ReportParts(report.callSites),
            gone: report.callSites.filter { $0.status == .resolved }, detailed: page.detailed,
            isNewShown: report.isCompared, rules: rules)
        policy =
            "default-src 'none'; style-src '\(SHA256.policySource(of: HTMLStyle.text))'; "
            + "script-src '\(SHA256.policySource(of: HTMLScript.text))'; base-uri 'none'; form-action 'none'"
        asOf = report.asOf.description
        version = report.toolVersion.visible
    }
}

package import Deprecations

/// How a report is written.
package enum ReportFormat: String, CaseIterable, Sendable {
    /// For people: CommonMark with GitHub's tables.
    case markdown
    /// For a browser: one page that needs nothing else.
    case html
    /// For programs: `lastcall/report@1`.
    case json
    /// For code review: SARIF 2.1.0.
    case sarif
    /// For spreadsheets: RFC 4180.
    case csv
}

/// Which of a report's lists a format of one table holds.
package enum ReportTable: String, CaseIterable, Sendable {
    /// Callers and references.
    case callSites = "call-sites"
    /// Requests by caller.
    case traffic
}

/// Turns a report into bytes. The same report gives the same bytes.
package enum Reports {
    /// `report`, written as `format`; `table` matters to CSV alone.
    package static func write(
        _ report: AuditReport, as format: ReportFormat, table: ReportTable = .callSites
    ) throws -> [UInt8] {
        switch format {
        case .markdown: try MarkdownReport.write(report)
        case .html: try HTMLReport.write(report)
        case .json: try JSONText.write(JSONReport(report))
        case .sarif: try JSONText.write(SARIFLog(report))
        case .csv: CSVReport.write(report, table: table)
        }
    }
}

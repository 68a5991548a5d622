package import Deprecations

/// How a report is written.
package enum ReportFormat: String, CaseIterable, Sendable {
    /// For people: CommonMark with GitHub's tables.
    case markdown
    /// For programs: `lastcall/report@1`.
    case json
}

/// Turns a report into bytes. The same report gives the same bytes.
package enum Reports {
    /// `report`, written as `format`.
    package static func write(_ report: AuditReport, as format: ReportFormat) throws -> [UInt8] {
        switch format {
        case .markdown: try MarkdownReport.write(report)
        case .json: try JSONReport.write(report)
        }
    }
}

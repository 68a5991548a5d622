import Deprecations

/// For people: CommonMark with GitHub's tables.
enum MarkdownReport {
    static func write(_ report: AuditReport) throws -> [UInt8] {
        let summary = report.summary
        return Array(
            """
            # Callers of deprecated endpoints

            \(summary.callers) callers in code, \(summary.requests) requests in traffic.

            """.utf8)
    }
}

import ArgumentParser
import Deprecations
import Reports

extension ReportFormat: ExpressibleByArgument {}
extension ReportTable: ExpressibleByArgument {}

/// How a report is written.
struct ReportOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The report's format. (default: markdown; 'scan' writes a list)",
            valueName: "format"))
    var format: ReportFormat?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Which list a CSV holds. (default: call-sites)",
            valueName: "table"))
    var table: ReportTable?

    func validate() throws {
        if table != nil, format != .csv {
            throw ValidationError(
                "'--table' belongs to '--format csv'; the other formats hold all lists.")
        }
    }

    /// Whether a report is asked for, where a list would be written else.
    var isGiven: Bool { format != nil }

    /// The report's bytes.
    func write(_ report: AuditReport) throws -> [UInt8] {
        try Reports.write(report, as: format ?? .markdown, table: table ?? .callSites)
    }
}

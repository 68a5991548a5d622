import ArgumentParser
import Audit

/// `lastcall report`
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Write the report from the database.",
        discussion: """
            Nothing is scanned; the rules are those of the last run.

            Example:
              lastcall report --format json --as-of 2028-11-01 -o report.json
            """)

    @OptionGroup(title: "Result") var report: ReportOptions
    @OptionGroup(title: "Result") var output: OutputOptions
    @OptionGroup(title: "Settings") var settings: SettingsOptions
    @OptionGroup(title: "Database") var database: DatabaseOptions
    @OptionGroup(title: "Terminal") var terminal: TerminalOptions

    func run() async throws {
        let session = AuditSession(
            .report, terminal: terminal, database: database, settings: settings, output: output,
            report: report)
        throw StatusExit(try session.report(output: output, result: report.writing().write))
    }
}

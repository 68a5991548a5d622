import ArgumentParser
import Audit
import Reports

/// `lastcall report`
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Write the report from the database.",
        discussion: """
            Nothing is scanned; the rules are those of the last run.

            Example:
              lastcall report --format json --as-of 2028-11-01 -o report.json
            """)

    @Option(
        name: .long, help: ArgumentHelp("The report's format.", valueName: "markdown|json"))
    var format = ReportFormat.markdown
    @OptionGroup(title: "Result") var output: OutputOptions
    @OptionGroup(title: "Settings") var settings: SettingsOptions
    @OptionGroup(title: "Database") var database: DatabaseOptions
    @OptionGroup(title: "Terminal") var terminal: TerminalOptions

    func run() async throws {
        let session = AuditSession(
            .report, terminal: terminal, database: database, settings: settings, output: output)
        throw StatusExit(
            try session.report(output: output) { try Reports.write($0, as: format) })
    }
}

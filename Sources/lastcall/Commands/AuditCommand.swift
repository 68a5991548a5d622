import ArgumentParser
import Audit

/// `lastcall audit`
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Scan code and logs, store what they show, and write the report.",
        discussion: """
            Without paths it scans the 'code' and reads the 'logs' of lastcall.yaml.

            Examples:
              lastcall audit . --logs /var/log/nginx -o report.md
              lastcall audit services --fail-on new,days:180
            """)

    @Argument(help: ArgumentHelp("Source trees.", valueName: "path"))
    var paths: [String] = []
    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp("Logs: files, folders or globs.", valueName: "path"))
    var logs: [String] = []
    @OptionGroup(title: "Result") var report: ReportOptions
    @OptionGroup(title: "Result") var output: OutputOptions
    @OptionGroup(title: "Reading logs") var logOptions: LogOptions
    @OptionGroup var options: ScanOptions

    func run() async throws {
        let session = options.session(.audit, logs: logOptions, output: output, report: report)
        let writing = try report.writing()
        let status = try await session.scan(code: paths, logs: logs, output: output) { report, _ in
            try writing.write(report)
        }
        throw StatusExit(status)
    }
}

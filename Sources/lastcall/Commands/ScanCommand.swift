import ArgumentParser
import Audit

/// `lastcall scan`
struct ScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Scan code or logs alone, and store what they show.",
        subcommands: [ScanCodeCommand.self, ScanLogsCommand.self])
}

/// `lastcall scan code`
struct ScanCodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "code", abstract: "Walk source trees and store their call sites.",
        discussion: """
            What git ignores is left out, and what .lastcallignore files name. The result lists the call
            sites that are there now; '--format' gives the whole report instead.

            Example:
              lastcall scan code services tools
            """)

    @Argument(
        help: ArgumentHelp("Source trees. (default: 'code' of lastcall.yaml)", valueName: "path"))
    var paths: [String] = []
    @OptionGroup(title: "Result") var report: ReportOptions
    @OptionGroup(title: "Result") var output: OutputOptions
    @OptionGroup var options: ScanOptions

    func run() async throws {
        let session = options.session(.scanCode, output: output, report: report)
        let writing = try report.writing()
        let isReport = report.isGiven
        let status = try await session.scan(code: paths, logs: [], output: output) {
            report, palette in
            if isReport { return try writing.write(report) }
            return Array(report.callSiteList(palette).utf8)
        }
        throw StatusExit(status)
    }
}

/// `lastcall scan logs`
struct ScanLogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Read access logs and store their traffic.",
        discussion: """
            Every line counts once, whatever the log is called by now: what was read before is known by its
            content. The result lists the traffic that is known now; '--format' gives the whole report instead.

            Examples:
              lastcall scan logs /var/log/nginx '/backup/**/access.log*.gz'
              ssh web1 cat /var/log/nginx/access.log | lastcall scan logs -
            """)

    @Argument(
        help: ArgumentHelp(
            "Logs: files, folders or globs; '-' for standard input. (default: 'logs' of lastcall.yaml)",
            valueName: "path"))
    var paths: [String] = []
    @OptionGroup(title: "Result") var report: ReportOptions
    @OptionGroup(title: "Result") var output: OutputOptions
    @OptionGroup(title: "Reading logs") var logOptions: LogOptions
    @OptionGroup var options: ScanOptions

    func run() async throws {
        let session = options.session(.scanLogs, logs: logOptions, output: output, report: report)
        let writing = try report.writing()
        let isReport = report.isGiven
        let status = try await session.scan(code: [], logs: paths, output: output) {
            report, palette in
            if isReport { return try writing.write(report) }
            return Array(report.trafficList(palette).utf8)
        }
        throw StatusExit(status)
    }
}

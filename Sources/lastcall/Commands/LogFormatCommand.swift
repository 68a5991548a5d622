import AccessLogs
import ArgumentParser
import Audit
import Deprecations
import Foundation

/// `lastcall log-format`
struct LogFormatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log-format",
        abstract: "Say which log formats are known, what a log is, and try a format of your own.",
        subcommands: [ListCommand.self, DetectCommand.self, CheckCommand.self])

    /// For whom the answer is.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    /// What every command on log formats takes.
    struct Options: ParsableArguments {
        @Option(
            name: .long,
            help: ArgumentHelp("For people or for machines.", valueName: "text|json"))
        var format = Format.text
        @OptionGroup(title: "Terminal") var terminal: TerminalOptions

        /// The terminal as the options want it.
        var screen: Terminal { terminal.terminal(ProcessInfo.processInfo.environment) }

        /// Writes the answer in the wanted form.
        func write(_ json: some Encodable, _ text: (Palette) -> String) throws {
            let bytes =
                switch format {
                case .text: Array(text(screen.outputPalette).utf8)
                case .json: try LogFormatJSON.bytes(json)
                }
            try OutputFile(path: "-").write(bytes)
        }
    }

    /// What the commands take that look at logs.
    struct LookOptions: ParsableArguments {
        @Option(
            name: .long,
            help: ArgumentHelp("How many lines of each format to take apart.", valueName: "count"))
        var lines = 1
        @Option(
            name: .long,
            help: ArgumentHelp(
                "The request header that tells the version.", valueName: "name"))
        var header = "X-Version"
        @Option(
            name: .long,
            help: ArgumentHelp(
                "The zone of times without one, as +02:00 or Europe/Berlin. (default: UTC)",
                valueName: "zone"))
        var logTimezone: String?

        func validate() throws {
            guard lines > 0 else { throw ValidationError("'--lines' has to be 1 or more.") }
        }
    }

    /// `lastcall log-format list`
    struct ListCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the known formats, with a line of each and what it records.")

        @OptionGroup var options: Options

        func run() async throws {
            try options.write(LogFormatJSON.list(LogFormats.all)) { palette in
                LogFormatText.list(LogFormats.all, palette)
            }
        }
    }

    /// `lastcall log-format detect`
    struct DetectCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "detect",
            abstract: "Say what each log is taken for, why, and what it does not record.",
            discussion: """
                Logs are read to their end, so that a format that changes on the way is seen. Nothing is stored.
                The status is 3 where a log cannot be read, or no line of it has a known format.

                Example:
                  lastcall log-format detect /var/log/nginx/access.log.2.gz
                """)

        @Argument(
            help: ArgumentHelp(
                "Logs: files, folders or globs; '-' for standard input.", valueName: "path"))
        var paths: [String]
        @OptionGroup(title: "Looking") var look: LookOptions
        @OptionGroup(title: "Looking") var ownFormats: OwnFormatOptions
        @OptionGroup var options: Options

        func run() async throws {
            let terminal = options.screen
            let own = try ownFormats.logFormatFrom.map(LogInspection.formats)
            own?.notes.forEach(terminal.say)
            let (paths, diagnostics) = try LogInspection.logs(paths)
            diagnostics.compactMap(terminal.line).forEach(terminal.say)
            let (surveys, isUnread) = try surveys(
                of: paths, own: own?.formats ?? [], look: look, terminal: terminal)
            try options.write(LogFormatJSON.detected(surveys)) { palette in
                surveys.map { LogFormatText.survey($0, palette) }.joined(separator: "\n")
            }
            throw StatusExit(isUnread || !diagnostics.isEmpty ? .unreadInput : .done)
        }
    }

    /// `lastcall log-format check`
    struct CheckCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Say what a format of your own means, and try it on a log.",
            discussion: """
                A mistake is named with its column, and what helps; then the status is 2. It is 3 where the log cannot
                be read, or no line of it is of the format.

                Example:
                  lastcall log-format check '$remote_addr [$time_iso8601] "$request" $status' access.log
                """)

        @Argument(
            help: ArgumentHelp(
                "A known format's name, or a format string of nginx, Apache, HAProxy, Envoy, Squid or GoAccess.",
                valueName: "format-or-string"))
        var logFormat: String
        @Argument(
            help: ArgumentHelp(
                "Logs to try it on: files, folders or globs; '-' for standard input.",
                valueName: "path"))
        var paths: [String] = []
        @OptionGroup(title: "Looking") var look: LookOptions
        @OptionGroup var options: Options

        func run() async throws {
            let known = LogFormats.all.first { $0.name == logFormat }
            var custom: CustomLogFormat?
            do throws(LogFormatError) {
                custom = try LogFormats.check(logFormat, headers: [look.header])
            } catch {
                throw AuditError.unusable([LogFormatText.mistake(error, in: logFormat)])
            }
            let (paths, diagnostics) = try LogInspection.logs(paths)
            let terminal = options.screen
            diagnostics.compactMap(terminal.line).forEach(terminal.say)
            let (surveys, isUnread) = try surveys(
                of: paths, as: logFormat, look: look, terminal: terminal)
            let checked = LogFormatText.Checked(
                known: known, custom: custom, headers: [look.header], surveys: surveys)
            try options.write(LogFormatJSON.checked(checked)) { palette in
                LogFormatText.check(checked, palette)
            }
            throw StatusExit(isUnread || !diagnostics.isEmpty ? .unreadInput : .done)
        }
    }
}

/// What becomes of each log, and whether one could not be read.
private func surveys(
    of paths: [String], as format: String? = nil, own: [ServerConfiguration.Format] = [],
    look: LogFormatCommand.LookOptions,
    terminal: Terminal
) throws -> (surveys: [LogSurvey], isUnread: Bool) {
    var surveys: [LogSurvey] = []
    var isUnread = false
    for path in paths {
        do {
            let found = try LogFormats.survey(
                log: path, format: format, timezone: look.logTimezone, headers: [look.header],
                count: look.lines, ownFormats: own)
            surveys += found.logs
            found.failures.forEach(terminal.complain)
            isUnread = isUnread || !found.failures.isEmpty
        } catch let error as LogFormatError {
            throw AuditError.unusable(["\(error)"])
        }
    }
    isUnread = isUnread || surveys.contains { $0.requests == 0 || $0.damage != nil }
    return (surveys, isUnread)
}

import ArgumentParser
import Audit
import Deprecations

/// A day on the command line, `YYYY-MM-DD`.
struct DayArgument: ExpressibleByArgument {
    let day: CalendarDay

    init?(argument: String) {
        guard let day = CalendarDay(argument) else { return nil }
        self.day = day
    }
}

/// How much is kept of callers, on the command line.
struct AnonymizationArgument: ExpressibleByArgument {
    let mode: Anonymization

    init?(argument: String) {
        guard let mode = Anonymization(rawValue: argument) else { return nil }
        self.mode = mode
    }
}

extension Terminal.ColorChoice: ExpressibleByArgument {}

/// What is said, and how.
struct TerminalOptions: ParsableArguments {
    @Flag(name: .long, help: "Say nothing but errors.")
    var quiet = false
    @Flag(name: .long, help: "Say what became of each tree and log.")
    var verbose = false
    @Flag(name: .long, help: "Show no progress, even on a terminal.")
    var noProgress = false
    @Option(
        name: .long,
        help: ArgumentHelp(
            "When to use colours. NO_COLOR is honoured.", valueName: "auto|always|never"))
    var color = Terminal.ColorChoice.auto

    func validate() throws {
        if quiet, verbose { throw ValidationError("'--quiet' and '--verbose' exclude each other.") }
    }

    /// The terminal as these options want it.
    func terminal(_ environment: [String: String]) -> Terminal {
        Terminal(
            verbosity: quiet ? .quiet : verbose ? .verbose : .normal, color: color,
            noProgress: noProgress, environment: environment)
    }
}

/// Where everything is kept, and what is known beforehand.
struct DatabaseOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The database. (default: $LASTCALL_DB, else lastcall.sqlite)", valueName: "file"))
    var db: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The day that phases are judged from. (default: today, UTC)",
            valueName: "YYYY-MM-DD"))
    var asOf: DayArgument?
}

/// The settings file.
struct SettingsOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The settings. (default: lastcall.yaml, where there is one)", valueName: "file"))
    var config: String?
}

/// Which rules hold.
struct RuleOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Rules besides the built-in ones; may be repeated.", valueName: "file-or-dir"))
    var rules: [String] = []
    @Flag(name: .long, help: "Do without the built-in rules.")
    var noBuiltinRules = false
}

/// Where log formats are read from.
struct OwnFormatOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "A configuration of nginx, Apache, HAProxy, Envoy or Squid, whose log formats are tried first.",
            valueName: "config"))
    var logFormatFrom: String?
}

/// How logs are read.
struct LogOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "A known log format's name, or a format string as nginx, Apache, HAProxy, Envoy, Squid or "
                + "GoAccess have it. (default: detected)",
            valueName: "name-or-string"))
    var logFormat: String?
    @OptionGroup var ownFormats: OwnFormatOptions
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The host that the requests of a log without one went to.", valueName: "host"))
    var logHost: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The zone of times without one, as +02:00 or Europe/Berlin. (default: UTC)",
            valueName: "zone"))
    var logTimezone: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The first day (UTC) whose requests count; others are counted apart.",
            valueName: "YYYY-MM-DD"))
    var since: DayArgument?
    @Option(
        name: .long,
        help: ArgumentHelp("The last day (UTC) whose requests count.", valueName: "YYYY-MM-DD"))
    var until: DayArgument?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Keep of addresses the network alone, or keyed hashes; of users hashes. (default: as the database does)",
            valueName: "none|prefix|hash"))
    var anonymize: AnonymizationArgument?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The key of the hashes. (default: $LASTCALL_ANONYMIZE_KEY, else the database's own)",
            valueName: "file"))
    var anonymizeKey: String?
}

/// Where results go, and the gate.
struct OutputOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file for the result; '-' for standard output.", valueName: "file"))
    var output = "-"
    @Option(
        name: .long,
        help: ArgumentHelp(
            "End with status 1 where one of these holds, joined by commas: "
                + FailConditions.words.joined(separator: ", ") + ".",
            valueName: "condition"))
    var failOn: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "A JSON report: only what it does not have is new.", valueName: "file"))
    var baseline: String?
}

/// What every scan takes, besides what it scans.
struct ScanOptions: ParsableArguments {
    @OptionGroup(title: "Rules and settings") var rules: RuleOptions
    @OptionGroup(title: "Rules and settings") var settings: SettingsOptions
    @OptionGroup(title: "Database") var database: DatabaseOptions
    @Flag(name: .long, help: "Leave at once where another run stores into the database.")
    var noWait = false
    @OptionGroup(title: "Terminal") var terminal: TerminalOptions

    /// A session of `command` with these options.
    func session(
        _ command: AuditConfiguration.Command, logs: LogOptions? = nil, output: OutputOptions,
        report: ReportOptions
    ) -> AuditSession {
        AuditSession(
            command, terminal: terminal, database: database, settings: settings, rules: rules,
            logs: logs, output: output, report: report, waits: !noWait)
    }
}

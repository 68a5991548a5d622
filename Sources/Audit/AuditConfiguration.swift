package import Deprecations
import FileWalk

/// What the user asked for: every option as a value.
package struct AuditConfiguration: Sendable {
    /// What the run is recorded as.
    package enum Command: String, Hashable, Sendable, CaseIterable {
        /// Code and logs.
        case audit
        /// Code alone.
        case scanCode = "scan code"
        /// Logs alone.
        case scanLogs = "scan logs"
        /// No scan: live calls.
        case verify
        /// No scan: what the database has.
        case report
        /// No scan: the rules themselves.
        case rules
    }

    /// Where the settings come from.
    package enum SettingsSource: Hashable, Sendable {
        /// This file, which has to be there.
        case file(String)
        /// This file, where it is there.
        case fileIfPresent(String)
        /// None.
        case none
    }

    /// What is to be done.
    package var command: Command
    /// The arguments as given, for the record of the run.
    package var arguments: [String] = []
    /// The tool's version.
    package var toolVersion: String
    /// The day that phases are judged from.
    package var asOf: CalendarDay
    /// The database's file.
    package var databasePath: String = "lastcall.sqlite"
    /// Where the settings come from.
    package var settings: SettingsSource = .none
    /// Rule files and folders besides the settings'.
    package var rulePaths: [String] = []
    /// Whether the rules in the binary hold too.
    package var usesBuiltinRules: Bool = true
    /// Source trees; where there is none, the settings'.
    package var codePaths: [String] = []
    /// Logs: files, folders, globs, `-`; where there is none, the settings'.
    package var logPaths: [String] = []
    /// As for `--log-format`.
    package var logFormat: String?
    /// A server's configuration, whose formats are tried before the known ones; nil for none.
    package var logFormatSource: String?
    /// As for `--log-host`.
    package var logHost: String?
    /// As for `--log-timezone`.
    package var logTimezone: String?
    /// As for `--since`: the first day whose requests are asked for.
    package var logsSince: CalendarDay?
    /// As for `--until`: the last one.
    package var logsUntil: CalendarDay?
    /// Whether to wait where another run stores into the database.
    package var waits: Bool = true
    /// As for `--anonymize`; where there is none, the settings', then the database's.
    package var anonymize: Anonymization?
    /// As for `--anonymize-key`; where there is none, the environment's `LASTCALL_ANONYMIZE_KEY`.
    package var anonymizeKeyPath: String?
    /// Random bytes: the key for hashing callers of a database that has none and is given none.
    package var freshKey: [UInt8] = []
    /// As for `--fail-on`; where there is none, the settings'.
    package var failOn: String?
    /// A JSON report; what it has is not new.
    package var baselinePath: String?
    /// A file that the report is written to: no part of what is scanned.
    package var outputPath: String?
    /// A folder that reports are written to: no part of what is scanned.
    package var outputFolderPath: String?
    /// The environment, for the user's own git ignore file.
    package var environment: [String: String] = [:]
    /// How many files are worked on at once.
    package var width: Int = 1

    /// Takes what has no default.
    package init(command: Command, toolVersion: String, asOf: CalendarDay) {
        self.command = command
        self.toolVersion = toolVersion
        self.asOf = asOf
    }
    /// The report's file and the database are no logs.
    var ownFiles: Set<String> {
        var files = Set(outputPath.flatMap(canonicalPath).map { [$0] } ?? [])
        if let database = canonicalPath(databasePath) {
            files.formUnion(["", "-wal", "-shm", "-lock"].map { database + $0 })
        }
        return files
    }
}

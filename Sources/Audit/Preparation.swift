import AccessLogs
import Deprecations
import FileWalk
import Foundation
import RuleFiles

/// What a run works with, read and checked before anything is scanned.
struct Preparation: Sendable {
    /// What `lastcall.yaml` says.
    var settings = Settings()
    /// The folder that the settings' paths start from, with `/` at its end; empty for the working folder.
    var settingsFolder = ""
    /// The rule files that hold.
    var ruleFiles: [RuleFile] = []
    /// What closes the gate.
    var conditions = FailConditions.none
    /// What is not new.
    var baseline: Baseline?
    /// The trees to scan.
    var codeRoots: [String] = []
    /// The logs to read, each once.
    var logs: [NamedLog] = []
    /// A key of the user's own for hashing callers.
    var anonymizeKey: [UInt8]?
    /// What was found on the way and does not spoil the run.
    var diagnostics: [Diagnostic] = []

    /// The rules.
    var rules: [Rule] { ruleFiles.flatMap(\.rules) }

    /// The rules as a run records them.
    var recordedRules: [RecordedRule] {
        ruleFiles.flatMap { file in file.rules.map { RecordedRule(rule: $0, text: file.text) } }
    }

    /// Reads all that `configuration` names. Throws every mistake at once.
    init(_ configuration: AuditConfiguration) throws(AuditError) {
        var mistakes: [String] = []
        readSettings(configuration, &mistakes)
        if let text = configuration.failOn ?? settings.failOn {
            do throws(FailConditionError) {
                conditions = try FailConditions(text)
            } catch {
                mistakes.append(
                    configuration.failOn == nil ? "failOn: \(error)" : "--fail-on: \(error)")
            }
        }
        baseline = configuration.baselinePath.flatMap { Baseline(path: $0, &mistakes) }
        switch configuration.command {
        case .audit, .scanCode, .scanLogs:
            readRules(configuration, &mistakes)
            if configuration.command != .scanLogs { chooseCode(configuration, &mistakes) }
            if configuration.command != .scanCode {
                chooseLogs(configuration, &mistakes)
                anonymizeKey = PrivacyChoice.key(
                    file: configuration.anonymizeKeyPath, environment: configuration.environment,
                    &mistakes)
            }
            if mistakes.isEmpty, codeRoots.isEmpty, logs.isEmpty {
                mistakes.append(Self.nothingToDo(configuration.command))
            }
        case .rules, .verify:
            readRules(configuration, &mistakes)
        case .report:
            break
        }
        guard mistakes.isEmpty else { throw .unusable(mistakes) }
    }

    private static func nothingToDo(_ command: AuditConfiguration.Command) -> String {
        switch command {
        case .scanLogs: "there is no log to read; name one, or write 'logs' into lastcall.yaml"
        case .scanCode: "there is no tree to scan; name one, or write 'code' into lastcall.yaml"
        case .audit, .report, .rules, .verify:
            "there is nothing to audit; name a source tree or '--logs', or write 'code' and 'logs' "
                + "into lastcall.yaml"
        }
    }

    // MARK: Settings and rules

    private mutating func readSettings(
        _ configuration: AuditConfiguration, _ mistakes: inout [String]
    ) {
        let path: String
        switch configuration.settings {
        case .none: return
        case .file(let named): path = named
        case .fileIfPresent(let usual):
            guard FileManager.default.fileExists(atPath: usual) else { return }
            path = usual
        }
        if let slash = path.lastIndex(of: "/") { settingsFolder = String(path[...slash]) }
        do throws(RuleFileErrors) {
            settings = try SettingsFile.load(path: path)
        } catch {
            mistakes += error.mistakes.map(\.description)
        }
    }

    private mutating func readRules(
        _ configuration: AuditConfiguration, _ mistakes: inout [String]
    ) {
        let paths = settings.rules.map(fromSettings) + configuration.rulePaths
        var files: [RuleFile] = []
        do throws(RuleFileErrors) {
            if configuration.usesBuiltinRules { files += try RuleFiles.builtin() }
        } catch {
            mistakes += error.mistakes.map(\.description)
        }
        do throws(RuleFileErrors) {
            files += try RuleFiles.load(paths: paths)
            try RuleFiles.checkTogether(files)
        } catch {
            mistakes += error.mistakes.map(\.description)
        }
        if files.isEmpty, mistakes.isEmpty {
            mistakes.append("there is no rule; '--no-builtin-rules' needs '--rules FILE-OR-DIR'")
        }
        ruleFiles = files
        let ids = rules.map(\.id)
        checkSuppressions(&mistakes)
        for gateway in settings.gateways {
            for id in gateway.rules where !ids.contains(id) {
                let hint = nearestWord(to: id, among: ids).map { "; did you mean '\($0)'?" } ?? ""
                mistakes.append("gateway '\(gateway.host)': there is no rule '\(id)'\(hint)")
            }
        }
    }

    private func checkSuppressions(_ mistakes: inout [String]) {
        for entry in settings.suppressions {
            guard let rule = rules.first(where: { $0.id == entry.rule }) else {
                let hint =
                    nearestWord(to: entry.rule, among: rules.map(\.id))
                    .map { "; did you mean '\($0)'?" } ?? ""
                mistakes.append("suppressions: there is no rule '\(entry.rule)'\(hint)")
                continue
            }
            if let sunset = rule.lifecycle.sunsetOn?.day, entry.until > sunset {
                mistakes.append(
                    "suppressions: '\(entry.path)' ends on \(entry.until), after the endpoint itself "
                        + "on \(sunset)")
            }
        }
    }

    /// A path of the settings as seen from the working folder.
    private func fromSettings(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        var path = path[...]
        while path.hasPrefix("./") { path = path.dropFirst(2) }
        if path.isEmpty || path == "." {
            return settingsFolder.isEmpty ? "." : String(settingsFolder.dropLast())
        }
        return settingsFolder + path
    }

    // MARK: Inputs

    private mutating func chooseCode(
        _ configuration: AuditConfiguration, _ mistakes: inout [String]
    ) {
        let named =
            configuration.codePaths.isEmpty
            ? settings.codeRoots.map(fromSettings) : configuration.codePaths
        var seen: Set<String> = []
        for root in named {
            guard let canonical = canonicalPath(root) else {
                mistakes.append("\(root): there is no such file or folder")
                continue
            }
            if seen.insert(canonical).inserted { codeRoots.append(Self.withoutSlash(root)) }
        }
    }

    private static func withoutSlash(_ path: String) -> String {
        var path = path[...]
        while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
        return String(path)
    }

    private mutating func chooseLogs(
        _ configuration: AuditConfiguration, _ mistakes: inout [String]
    ) {
        var expansion = LogExpansion(without: configuration.ownFiles)
        let days = DayRanges(since: configuration.logsSince, until: configuration.logsUntil)
        if days.isEmpty { mistakes.append("--since: the day lies behind the one of '--until'") }
        let ownFormats = ownFormats(configuration, &mistakes)
        let options = LogReadingOptions(
            format: configuration.logFormat, host: configuration.logHost,
            timezone: configuration.logTimezone, trustedProxies: settings.trustedProxies,
            days: days,
            ownFormats: ownFormats)
        check(options, at: nil, &mistakes)
        if configuration.logPaths.isEmpty {
            for source in settings.logs {
                let own = LogReadingOptions(
                    format: configuration.logFormat ?? source.format,
                    host: configuration.logHost ?? source.host,
                    timezone: configuration.logTimezone ?? source.timezone,
                    trustedProxies: settings.trustedProxies, days: days,
                    ownFormats: ownFormats)
                check(own, at: source.path, &mistakes)
                if let problem = expansion.add(fromSettings(source.path), options: own) {
                    // Logs come and go; what a scheduled run does not find is said, and no reason to stop.
                    diagnostics.append(
                        Diagnostic(severity: .warning, path: source.path, message: problem))
                }
            }
        } else {
            for path in configuration.logPaths {
                if let problem = expansion.add(path, options: options) {
                    mistakes.append("\(path): \(problem)")
                }
            }
        }
        logs = expansion.logs
        diagnostics += expansion.diagnostics
    }

    /// The formats of the server's configuration that was named.
    private mutating func ownFormats(
        _ configuration: AuditConfiguration, _ mistakes: inout [String]
    ) -> [ServerConfiguration.Format] {
        guard let path = configuration.logFormatSource else { return [] }
        do throws(AuditError) {
            let (formats, notes) = try LogInspection.formats(ofConfiguration: path)
            diagnostics += notes.map { Diagnostic(severity: .warning, path: path, message: $0) }
            return formats
        } catch {
            if case .unusable(let found) = error { mistakes += found }
            return []
        }
    }

    private func check(
        _ options: LogReadingOptions, at path: String?, _ mistakes: inout [String]
    ) {
        do {
            try LogReader.check(options)
        } catch {
            let mistake = path.map { "logs: \($0): \(error)" } ?? "\(error)"
            if !mistakes.contains("\(error)") { mistakes.append(mistake) }
        }
    }
}

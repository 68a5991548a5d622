import Audit
import Deprecations
import Foundation
import Reports

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One run of a command that scans or reports: the only place that reads clock and environment.
struct AuditSession {
    let terminal: Terminal
    private(set) var configuration: AuditConfiguration

    /// Takes what the options say; `arguments` is for the record of the run.
    init(
        _ command: AuditConfiguration.Command, terminal: TerminalOptions,
        database: DatabaseOptions? = nil, settings: SettingsOptions,
        rules: RuleOptions? = nil, logs: LogOptions? = nil, output: OutputOptions? = nil,
        report: ReportOptions? = nil,
        waits: Bool = true
    ) {
        let environment = ProcessInfo.processInfo.environment
        self.terminal = terminal.terminal(environment)
        configuration = AuditConfiguration(
            command: command, toolVersion: toolVersion, asOf: database?.asOf?.day ?? Self.now().day)
        configuration.arguments = Array(CommandLine.arguments.dropFirst())
        configuration.databasePath =
            database?.db ?? environment["LASTCALL_DB"].flatMap { $0.isEmpty ? nil : $0 }
            ?? "lastcall.sqlite"
        configuration.settings =
            settings.config.map { .file($0) } ?? .fileIfPresent("lastcall.yaml")
        configuration.rulePaths = rules?.rules ?? []
        configuration.usesBuiltinRules = !(rules?.noBuiltinRules ?? false)
        configuration.logFormat = logs?.logFormat
        configuration.logFormatSource = logs?.ownFormats.logFormatFrom
        configuration.logHost = logs?.logHost
        configuration.logTimezone = logs?.logTimezone
        configuration.logsSince = logs?.since?.day
        configuration.logsUntil = logs?.until?.day
        configuration.waits = waits
        configuration.anonymize = logs?.anonymize?.mode
        configuration.anonymizeKeyPath = logs?.anonymizeKey
        configuration.freshKey = (0..<32).map { _ in UInt8.random(in: 0...255) }
        configuration.failOn = output?.failOn
        configuration.baselinePath = output?.baseline
        configuration.outputFolderPath = report?.byOwner
        configuration.outputPath = output.flatMap { $0.output == "-" ? nil : $0.output }
        configuration.environment = environment
        configuration.width = max(1, ProcessInfo.processInfo.activeProcessorCount)
    }

    /// Scans, shows progress, writes what `result` makes of the report, and answers the exit status.
    func scan(
        code: [String], logs: [String], output: OutputOptions,
        result: @escaping @Sendable (AuditReport, Palette) throws -> [UInt8]
    ) async throws -> ExitStatus {
        var configuration = configuration
        configuration.codePaths = code
        configuration.logPaths = logs
        let file = try target(output)
        let start = ContinuousClock.now
        let display = ProgressDisplay(terminal)
        let auditor = Auditor(configuration, now: Self.now, events: display.note)
        let outcome = try await withThrowingTaskGroup(of: AuditOutcome?.self) { group in
            group.addTask { try await auditor.scan() }
            group.addTask {
                await display.draw()
                return nil
            }
            defer { group.cancelAll() }
            while let outcome = try await group.next() {
                if let outcome {
                    group.cancelAll()
                    try await group.waitForAll()
                    return outcome
                }
            }
            throw CancellationError()
        }
        try file.write(try result(outcome.report, palette(file)))
        say(outcome, file)
        let status = status(of: outcome)
        let summary = RunSummary(
            command: configuration.command.rawValue, database: configuration.databasePath,
            ended: Self.now(), took: ContinuousClock.now - start, status: status.rawValue,
            outcome: outcome)
        if isatty(STDERR_FILENO) == 0 { terminal.say(summary.line) }
        return status
    }

    /// Writes what `result` makes of what the database has, and answers the exit status.
    func report(
        output: OutputOptions, result: (AuditReport) throws -> [UInt8]
    ) throws -> ExitStatus {
        let file = try target(output)
        let outcome = try Auditor(configuration, now: Self.now, events: { _ in }).report()
        try file.write(try result(outcome.report))
        say(outcome, file)
        return status(of: outcome)
    }

    /// Writes how each of the call sites was found; a name is an id, the beginning of one, or a place.
    func explain(_ names: [String]) throws {
        let report = try Auditor(configuration, now: Self.now, events: { _ in }).report().report
        var texts: [String] = []
        var mistakes: [String] = []
        for name in names {
            let found = report.callSites.filter { $0.isCalled(name) }
            if found.isEmpty {
                mistakes.append("there is no call site '\(name)' in the database")
            }
            // Two copies of a tree have the same ids; a beginning has to be unmistakable.
            let ids = Set(found.map(\.site.id))
            if ids.count > 1, !name.contains(":") {
                let list = ids.sorted().prefix(8).map(\.description).joined(separator: ", ")
                mistakes.append("'\(name)' is the beginning of several ids: \(list)")
            }
            texts += found.map { Explanation($0, in: report, terminal.outputPalette).text }
        }
        guard mistakes.isEmpty else { throw AuditError.unusable(mistakes) }
        try OutputFile(path: "-").write(Array(texts.joined(separator: "\n").utf8))
    }

    /// The rules that the options name, with those at `paths`.
    func rules(with paths: [String] = []) throws -> RuleCatalog {
        var configuration = configuration
        configuration.rulePaths += paths
        return try RuleCatalog(configuration)
    }

    /// The day that phases are judged from.
    var today: CalendarDay { configuration.asOf }

    /// The time of day; that of `SOURCE_DATE_EPOCH` where it is set, so that a report can be made again byte by byte
    /// (https://reproducible-builds.org/specs/source-date-epoch/).
    static func now() -> Timestamp {
        if let fixed = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(Int64.init)
        {
            return Timestamp(seconds: fixed)
        }
        return wallClock()
    }

    /// The time of day, whatever `SOURCE_DATE_EPOCH` says: for what has to go on.
    static func wallClock() -> Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    func target(_ output: OutputOptions) throws -> OutputFile {
        let file = OutputFile(path: output.output)
        if let mistake = file.mistake() { throw AuditError.unusable([mistake]) }
        return file
    }

    func palette(_ file: OutputFile) -> Palette {
        file.path == "-" ? terminal.outputPalette : .none
    }

    private func say(_ outcome: AuditOutcome, _ file: OutputFile) {
        let palette = terminal.errorPalette
        terminal.say(palette.bold(outcome.report.verdict))
        if file.path != "-" { terminal.say("The report is in \(file.path.printable)") }
        for objection in outcome.objections {
            terminal.say("\(palette.red("gate:")) \(objection.printable)")
        }
    }

    private func status(of outcome: AuditOutcome) -> ExitStatus {
        if !outcome.objections.isEmpty { return .gateClosed }
        return outcome.hasUnreadInput ? .unreadInput : .done
    }
}

extension ReportedCallSite {
    /// Whether a name on the command line means it: an id, the beginning of one, or `path:line`.
    fileprivate func isCalled(_ name: String) -> Bool {
        let digits = name.lowercased().hasPrefix("lc-") ? name.dropFirst(3) : name[...]
        if digits.count >= 4, site.id.description.dropFirst(3).hasPrefix(digits.lowercased()) {
            return true
        }
        return ["\(shownPath):\(site.line)", "\(site.path):\(site.line)"].contains(name)
    }
}

extension AuditReport {
    /// The whole in one line, for the terminal.
    var verdict: String {
        let summary = summary
        let code = "\(summary.callers.counted("caller")) in code"
        let traffic =
            summary.requests == 0
            ? ""
            : ", \(summary.requests.counted("request")) from \(summary.trafficCallers.counted("caller")) in traffic"
        let concerned = rules.filter { standing in reaches(standing.rule.id) }
        let nearest = (concerned.isEmpty ? rules : concerned).compactMap { standing in
            standing.rule.lifecycle.sunsetOn.map { ($0, standing.daysUntilSunset ?? 0) }
        }.min { $0.0.day < $1.0.day }
        guard let (sunset, days) = nearest else { return code + traffic }
        let left =
            days > 0
            ? "\(days.counted("day")) until the sunset on \(sunset.day)\(sunset.mark)"
            : days == 0 ? "the sunset is today" : "the sunset was on \(sunset.day)\(sunset.mark)"
        return "\(code)\(traffic); \(left)"
    }
    /// Whether anything still calls the rule's endpoint.
    private func reaches(_ rule: String) -> Bool {
        callSites.contains {
            $0.site.rule == rule && $0.status != .resolved && $0.site.usage == .deprecated
                && $0.site.kind.isCaller && $0.site.confidence > .low
        } || traffic.contains { $0.key.rule == rule && $0.key.usage == .deprecated }
    }
}

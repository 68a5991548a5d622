import AccessLogs
import AuditStore
import ByteScan
package import Deprecations
import FileWalk
import Foundation
import RuleFiles
import SourceScan

/// Runs the rooms in order: settings and rules, code, logs, store, report, gate.
package struct Auditor: Sendable {
    private let configuration: AuditConfiguration
    private let now: @Sendable () -> Timestamp
    private let events: @Sendable (AuditEvent) -> Void

    /// Takes what is to be done, the clock, and who is told what happens.
    package init(
        _ configuration: AuditConfiguration, now: @escaping @Sendable () -> Timestamp,
        events: @escaping @Sendable (AuditEvent) -> Void
    ) {
        self.configuration = configuration
        self.now = now
        self.events = events
    }

    /// Scans what the configuration names, stores it, and answers the report on all that is known.
    ///
    /// Throws `AuditError`, and `CancellationError` where the task is cancelled: what was stored until then stays.
    package func scan() async throws -> AuditOutcome {
        let preparation = try Preparation(configuration)
        let store = try open { path throws(StoreError) in try AuditStore(path: path) }
        do {
            let turn = try await RunTurn(
                path: configuration.databasePath, waits: configuration.waits, events: events
            ).take()
            let result: Result<AuditOutcome, any Error>
            do {
                result = .success(try await scan(preparation, store))
            } catch {
                result = .failure(error)
            }
            turn.release()
            return try result.get()
        } catch let error as StoreError {
            throw AuditError.failed("\(error)")
        } catch let error as WalkError {
            throw AuditError.failed("\(error)")
        }
    }

    private func scan(
        _ preparation: Preparation, _ store: AuditStore
    ) async throws -> AuditOutcome {
        let privacy = try privacy(preparation, store)
        let run = try store.beginRun(
            RunRecord(
                command: configuration.command.rawValue, arguments: configuration.arguments,
                toolVersion: configuration.toolVersion, asOf: configuration.asOf,
                startedAt: now(), rules: preparation.recordedRules))
        let tally: LogTally
        do {
            try await scanCode(preparation, store, run)
            tally = try await readLogs(preparation, store, run, privacy)
        } catch {
            let outcome: RunOutcome = error is CancellationError ? .interrupted : .failed
            try? store.endRun(run, outcome, at: now())
            throw error
        }
        try store.save(preparation.diagnostics, run: run, at: now())
        for diagnostic in preparation.diagnostics { events(.diagnostic(diagnostic)) }
        try store.endRun(run, .completed, at: now())
        var outcome = try outcome(from: store, preparation)
        outcome.tally = tally
        return outcome
    }

    /// Answers the report on all that the database has.
    package func report() throws -> AuditOutcome {
        let preparation = try Preparation(configuration)
        let store = try open { path throws(StoreError) in try AuditStore(reading: path) }
        do throws(StoreError) {
            return try outcome(from: store, preparation)
        } catch {
            throw error.reason == .noRun
                ? AuditError.unusable(["\(error)"]) : AuditError.failed("\(error)")
        }
    }

    /// Reads the report, closes the store, and asks the gate.
    private func outcome(
        from store: AuditStore, _ preparation: Preparation
    ) throws(StoreError) -> AuditOutcome {
        var owners = OwnerPatterns(preparation.settings, folder: preparation.settingsFolder)
        var report = try store.report(
            toolVersion: configuration.toolVersion, asOf: configuration.asOf,
            owner: { owners.owner(of: $0) })
        try store.close()
        if let baseline = preparation.baseline { report = baseline.applied(to: report) }
        return AuditOutcome(
            report: report, objections: preparation.conditions.objections(to: report))
    }

    private func open(
        _ body: (String) throws(StoreError) -> AuditStore
    ) throws(AuditError) -> AuditStore {
        do throws(StoreError) {
            return try body(configuration.databasePath)
        } catch {
            switch error.reason {
            case .missing, .folder, .noFolder: throw .unusable(["\(error)"])
            case .notADatabase, .otherApplication, .newerVersion, .outdatedReadOnly, .readOnly,
                .locked, .corrupt, .full, .cannotOpen, .noRun, .other:
                throw .failed("\(error)")
            }
        }
    }

    // MARK: Code

    private func scanCode(
        _ preparation: Preparation, _ store: AuditStore, _ run: Int64
    ) async throws {
        guard !preparation.codeRoots.isEmpty else { return }
        let settings = preparation.settings
        let scanning = TreeScanning(
            scanner: SourceScanner(rules: preparation.rules, gateways: settings.gateways),
            basis: basis(preparation), startedAt: now().milliseconds,
            ignore: settings.ignoredPaths, ownFiles: ownFiles,
            environment: configuration.environment, width: configuration.width, events: events)
        var suppressions = SuppressionList(settings, folder: preparation.settingsFolder)
        for root in preparation.codeRoots {
            let canonical = canonicalPath(root) ?? root
            var outcome = try await scanning.scan(
                root: root, canonical: canonical,
                remembered: try store.memory(ofTree: canonical))
            suppressions.apply(to: &outcome.scan.callSites)
            try store.save(outcome.scan, memory: outcome.memory, run: run, at: now())
            for diagnostic in outcome.scan.diagnostics { events(.diagnostic(diagnostic)) }
            events(.treeSaved(outcome.summary))
        }
        try store.save(suppressions.unused, run: run, at: now())
        for diagnostic in suppressions.unused { events(.diagnostic(diagnostic)) }
    }

    /// What besides its files the call sites of a tree depend on: the tool itself, the rules, the gateways.
    private func basis(_ preparation: Preparation) -> String {
        var hash = StableHash()
        hash.combine(configuration.toolVersion)
        let tool = Bundle.main.executablePath.flatMap { FileStamp(of: Array($0.utf8)) }
        hash.combine("\(tool?.value ?? 0)")
        for rule in preparation.recordedRules { hash.combine(rule.text) }
        for gateway in preparation.settings.gateways { hash.combine("\(gateway)") }
        return String(hash.value, radix: 16)
    }

    /// The reports, the baseline and the database are no part of what is scanned.
    private var ownFiles: OwnFiles {
        let database = configuration.databasePath
        let names = [
            configuration.outputPath, configuration.baselinePath, database, database + "-wal",
            database + "-shm", database + "-lock",
        ]
        return OwnFiles(
            paths: names.compactMap { $0 }, folder: configuration.outputFolderPath)
    }

    // MARK: Logs

    private func privacy(
        _ preparation: Preparation, _ store: AuditStore
    ) throws -> CallerPrivacy? {
        guard !preparation.logs.isEmpty else { return nil }
        return try PrivacyChoice(
            wanted: configuration.anonymize ?? preparation.settings.anonymize,
            givenKey: preparation.anonymizeKey, freshKey: configuration.freshKey
        ).privacy(in: store)
    }

    /// Reads the logs, several at once, and stores them in their order.
    private func readLogs(
        _ preparation: Preparation, _ store: AuditStore, _ run: Int64, _ privacy: CallerPrivacy?
    ) async throws -> LogTally {
        guard !preparation.logs.isEmpty else { return LogTally() }
        events(
            .logsBegan(
                count: preparation.logs.count,
                bytes: preparation.logs.reduce(0) { $0 + ($1.bytes ?? 0) }))
        let reading = LogScanning(
            reader: LogReader(
                rules: preparation.rules, gateways: preparation.settings.gateways,
                callers: preparation.settings.callers, privacy: privacy),
            store: store, run: run,
            asked: AskedDays(
                rules: preparation.rules.map(\.id),
                days: DayRanges(since: configuration.logsSince, until: configuration.logsUntil)),
            now: now, events: events)
        return try await reading.read(preparation.logs, width: configuration.width)
    }
}

/// What an audit brought.
package struct AuditOutcome: Sendable {
    /// All that is known now.
    package var report: AuditReport
    /// Why the gate says no, a sentence each; empty where it says yes.
    package var objections: [String]
    /// What came of the logs.
    package var tally = LogTally()

    /// Whether some input could not be read.
    package var hasUnreadInput: Bool { report.diagnostics.contains { $0.severity == .error } }
}

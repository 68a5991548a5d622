import AccessLogs
import AuditStore
import Deprecations

/// Reads logs, several at once, and stores each in a transaction of its own, in the order given.
struct LogScanning: Sendable {
    var reader: LogReader
    var store: AuditStore
    var run: Int64
    var now: @Sendable () -> Timestamp
    var events: @Sendable (AuditEvent) -> Void

    /// How many counted callers may wait in memory until the logs before theirs are stored.
    private static let maximumWaiting = 4096

    /// Reads all `logs`, at most `width` at once.
    ///
    /// The order decides under which name a stream that lies there twice is reported.
    func read(_ logs: [NamedLog], width: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var started = 0
            // Ends where the log before is stored.
            var turn = AsyncStream<Never> { $0.finish() }
            func startNext() {
                guard started < logs.count else { return }
                let (log, own) = (logs[started], turn)
                let (next, end) = AsyncStream<Never>.makeStream()
                turn = next
                started += 1
                group.addTask {
                    try await read(log, turn: own)
                    end.finish()
                }
            }
            for _ in 0..<max(1, width) { startNext() }
            while try await group.next() != nil { startNext() }
        }
    }

    /// Reads what `log` names, and stores it when it is its turn.
    ///
    /// Of an archive with many logs, those are read on only then that do not fit in memory until then.
    private func read(_ log: NamedLog, turn: AsyncStream<Never>) async throws {
        var readings = try reader.open(log.path, options: log.options)
        var waiting: [LogReading] = []
        var callers = 0
        while let reading = try next(&readings, known.with(waiting)) {
            waiting.append(reading)
            callers += 1 + reading.traffic.count
            guard callers > Self.maximumWaiting else { continue }
            try await wait(for: turn)
            try save(waiting, of: log)
            waiting = []
            callers = 0
        }
        try await wait(for: turn)
        try save(waiting, of: log)
    }

    private func next(
        _ readings: inout LogReadings, _ known: KnownStreams
    ) throws -> LogReading? {
        try readings.next(known: known) { events(.logProgress(bytes: $0)) }
    }

    private func wait(for turn: AsyncStream<Never>) async throws {
        for await _ in turn {}
        try Task.checkCancellation()
    }

    private func save(_ readings: [LogReading], of log: NamedLog) throws {
        var superseded = Set(try readings.filter { try !save($0) }.map(\.path))
        // Where another reading of the same stream came first, what is new is found out again.
        while !superseded.isEmpty {
            if log.path == "-" {
                throw AuditError.failed(
                    "standard input: another process has stored the same log in the meantime; "
                        + "run the same command again")
            }
            var again = try reader.open(log.path, options: log.options)
            var left: Set<String> = []
            while let reading = try again.next(known: known) {
                guard superseded.contains(reading.path) else { continue }
                if try !save(reading) { left.insert(reading.path) }
            }
            superseded = left
        }
    }

    /// False where another reading of the same stream came first.
    private func save(_ reading: LogReading) throws -> Bool {
        if try store.save(reading, run: run, at: now()) == .superseded { return false }
        for diagnostic in reading.diagnostics { events(.diagnostic(diagnostic)) }
        events(.logSaved(LogSummary(reading)))
        return true
    }

    private var known: KnownStreams {
        KnownStreams(
            headLengths: { try store.headLengths() },
            checkpoints: { try store.checkpoints(headDigest: $0, headLength: $1) })
    }
}

extension LogSummary {
    fileprivate init(_ reading: LogReading) {
        let traffic = reading.traffic + reading.tailTraffic
        self.init(
            path: reading.path, format: reading.format, state: reading.state,
            newLines: reading.counts.lines + reading.tailCounts.lines,
            newRequests: traffic.reduce(0) {
                $0 + ($1.key.usage == .deprecated ? $1.totals.requests : 0)
            })
    }
}

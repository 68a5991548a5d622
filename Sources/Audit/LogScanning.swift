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

    /// Reads all `logs`, at most `width` at once.
    ///
    /// The order decides under which name a stream that lies there twice is reported.
    func read(_ logs: [NamedLog], width: Int) async throws {
        try await withThrowingTaskGroup(of: (Int, LogReading).self) { group in
            var started = 0
            var stored = 0
            var waiting: [Int: LogReading] = [:]
            func startNext() {
                guard started < logs.count else { return }
                let (index, log) = (started, logs[started])
                started += 1
                group.addTask { (index, try read(log)) }
            }
            for _ in 0..<max(1, width) { startNext() }
            while let (index, reading) = try await group.next() {
                waiting[index] = reading
                while let next = waiting.removeValue(forKey: stored) {
                    try save(next, of: logs[stored])
                    stored += 1
                    startNext()
                }
            }
        }
    }

    private func read(_ log: NamedLog) throws -> LogReading {
        try reader.read(log.path, options: log.options, known: known) { bytes in
            events(.logProgress(bytes: bytes))
        }
    }

    private func save(_ reading: LogReading, of log: NamedLog) throws {
        var reading = reading
        // Where another reading of the same stream came first, what is new is found out again.
        while try store.save(reading, run: run, at: now()) == .superseded {
            try Task.checkCancellation()
            if log.path == "-" {
                throw AuditError.failed(
                    "standard input: another process has stored the same log in the meantime; "
                        + "run the same command again")
            }
            reading = try reader.read(log.path, options: log.options, known: known)
        }
        for diagnostic in reading.diagnostics { events(.diagnostic(diagnostic)) }
        events(.logSaved(LogSummary(reading)))
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

import AccessLogs
import AuditStore
import Deprecations

/// Reads logs, several at once, and stores each in a transaction of its own, in the order given.
struct LogScanning: Sendable {
    var reader: LogReader
    var store: AuditStore
    var run: Int64
    /// What is asked of every log.
    var asked: AskedDays
    var now: @Sendable () -> Timestamp
    var events: @Sendable (AuditEvent) -> Void

    /// How many counted callers may wait in memory until the logs before theirs are stored.
    private static let maximumWaiting = 4096

    /// Reads all `logs`, at most `width` at once; answers what came of them.
    ///
    /// The order decides under which name a stream that lies there twice is reported.
    func read(_ logs: [NamedLog], width: Int) async throws -> LogTally {
        let tally = try await withThrowingTaskGroup(of: LogTally.self) { group in
            var started = 0
            var tally = LogTally()
            // Ends where the log before is stored.
            var turn = AsyncStream<Never> { $0.finish() }
            func startNext() {
                guard started < logs.count else { return }
                let (log, own) = (logs[started], turn)
                let (next, end) = AsyncStream<Never>.makeStream()
                turn = next
                started += 1
                group.addTask {
                    let tally = try await read(log, turn: own)
                    end.finish()
                    return tally
                }
            }
            for _ in 0..<max(1, width) { startNext() }
            while let own = try await group.next() {
                tally.add(own)
                startNext()
            }
            return tally
        }
        try store.keepCurrent(tally.unchangedPaths, run: run)
        return tally
    }

    /// Reads what `log` names, and stores it when it is its turn. A file that is known to be as it was when all of
    /// it was stored is not read again.
    ///
    /// Of an archive with many logs, those are read on only then that do not fit in memory until then.
    private func read(_ log: NamedLog, turn: AsyncStream<Never>) async throws -> LogTally {
        var tally = LogTally(logs: 1)
        let before = log.canonical.flatMap { LogFileState(path: $0) }
        if let before, try store.hasCounted(asked, in: before) {
            try await wait(for: turn)
            events(.logUnchanged(path: log.path, bytes: log.bytes ?? 0))
            tally.unchangedPaths = [log.path]
            return tally
        }
        // A change that comes while it is read, or within the same tick of the clock as the last one, would go
        // unseen by the next run.
        let isSettled = before?.isSettled ?? false
        var readings = try reader.open(log.path, options: log.options, spill: spill)
        var waiting: [LogReading] = []
        var callers = 0
        while let reading = try next(&readings, known.with(waiting)) {
            waiting.append(reading)
            callers += 1 + reading.traffic.count
            guard callers > Self.maximumWaiting else { continue }
            try await wait(for: turn)
            try save(waiting, of: log, &tally)
            waiting = []
            callers = 0
        }
        try await wait(for: turn)
        try save(waiting, of: log, &tally)
        if isSettled, tally.isWhole, let before, LogFileState(path: before.path) == before {
            try store.note(before, asked, run: run)
        }
        return tally
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

    private func save(
        _ readings: [LogReading], of log: NamedLog, _ tally: inout LogTally
    ) throws {
        var superseded: Set<String> = []
        for reading in readings {
            if try !save(reading, &tally) { superseded.insert(reading.path) }
        }
        // Where another reading of the same stream came first, what is new is found out again.
        while !superseded.isEmpty {
            if log.path == "-" {
                throw AuditError.failed(
                    "standard input: another process has stored the same log in the meantime; "
                        + "run the same command again")
            }
            var again = try reader.open(log.path, options: log.options, spill: spill)
            var left: Set<String> = []
            while let reading = try again.next(known: known) {
                guard superseded.contains(reading.path) else {
                    if let ticket = reading.spill { try store.discard(ticket) }
                    continue
                }
                if try !save(reading, &tally) { left.insert(reading.path) }
            }
            superseded = left
        }
    }

    /// False where another reading of the same stream came first.
    private func save(_ reading: LogReading, _ tally: inout LogTally) throws -> Bool {
        if try store.save(reading, run: run, at: now()) == .superseded {
            if let ticket = reading.spill { try store.discard(ticket) }
            return false
        }
        for diagnostic in reading.diagnostics { events(.diagnostic(diagnostic)) }
        let summary = LogSummary(reading)
        tally.note(summary, isWhole: asked.isCounted(in: reading))
        events(.logSaved(summary))
        return true
    }

    /// A place for the traffic of one log that is too much to be held in memory.
    private func spill() -> TrafficSpill {
        TrafficSpill(
            ticket: store.newSpillTicket(),
            put: { try store.spill($0, of: $1) }, discard: { try store.discard($0) })
    }

    private var known: KnownStreams {
        KnownStreams(
            headLengths: { try store.headLengths() },
            checkpoints: { try store.checkpoints(headDigest: $0, headLength: $1) })
    }
}

/// What came of the logs of a run, in figures.
package struct LogTally: Hashable, Sendable {
    /// Files that were met, and standard input.
    package var logs = 0
    /// Of these, files that have not changed since all of them was stored.
    package var unchanged: Int { unchangedPaths.count }
    var unchangedPaths: [String] = []
    /// Logs that could not be read to their end.
    package private(set) var unread = 0
    /// Lines that are new.
    package private(set) var newLines = 0
    /// Requests to deprecated endpoints that are new.
    package private(set) var newRequests = 0
    /// Whether all of every log was read and counted.
    private(set) var isWhole = true

    /// Adds a log that was read.
    mutating func note(_ summary: LogSummary, isWhole: Bool) {
        if summary.state != .complete { unread += 1 }
        self.isWhole = self.isWhole && isWhole
        newLines += summary.newLines
        newRequests += summary.newRequests
    }

    /// Adds what came of others.
    mutating func add(_ other: LogTally) {
        logs += other.logs
        unchangedPaths += other.unchangedPaths
        unread += other.unread
        newLines += other.newLines
        newRequests += other.newRequests
        isWhole = isWhole && other.isWhole
    }
}

extension LogSummary {
    fileprivate init(_ reading: LogReading) {
        // Of a copy nothing is new.
        let isNew = reading.checkpoint != reading.resumedFrom
        let traffic = isNew ? reading.traffic + reading.tailTraffic : []
        self.init(
            path: reading.path, format: reading.format, state: reading.state,
            newLines: isNew ? reading.counts.lines + reading.tailCounts.lines : 0,
            newRequests: traffic.reduce(0) {
                $0 + ($1.key.usage == .deprecated ? $1.totals.requests : 0)
            })
    }
}

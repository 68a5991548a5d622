package import Deprecations

/// The readings of what a path names: one of a log; of an archive one for each file in it, and one for the archive
/// itself, behind them.
package struct LogReadings {
    private var logs: LogFile
    private let path: String
    private let counter: RequestCounter
    private let gate: EndpointGate
    private let journalGate: EndpointGate
    private var isOver = false
    private let spill: (@Sendable () -> TrafficSpill)?
    private var reported = 0
    /// How many parts were met.
    private var parts = 0

    init(
        path: String, counter: RequestCounter, gate: EndpointGate, journalGate: EndpointGate,
        spill: (@Sendable () -> TrafficSpill)?
    ) {
        self.path = path
        self.spill = spill
        self.counter = counter
        self.gate = gate
        self.journalGate = journalGate
        logs = LogFile(path)
    }

    /// Reads the next log from where it stopped; nil behind the last.
    ///
    /// Throws `CancellationError` where the task is cancelled, and what `known` throws; then nothing counts. A log
    /// that cannot be read is an outcome. `progress` is told how many more bytes of the file were read.
    package mutating func next(
        known: KnownStreams = .none, progress: (_ bytesRead: Int) -> Void = { _ in }
    ) throws -> LogReading? {
        guard !isOver else { return nil }
        try Task.checkCancellation()
        let part: LogFile.Part?
        do throws(LogSource.Failure) {
            part = try logs.next()
        } catch {
            if case .cancelled = error { throw CancellationError() }
            isOver = true
            return .unreadable(path, error.advice)
        }
        parts += 1
        defer { report(progress) }
        switch part {
        case nil:
            isOver = true
            return nil
        case .log(var source)?:
            var stream = LogStreamReading(
                path: source.path, counter: counter, gate: gate, journalGate: journalGate,
                spill: spill?())
            let outcome = try stream.read(&source, known: known) { bytes in
                reported += bytes
                progress(bytes)
            }
            switch outcome {
            case .read(let reading): return reading
            case .isOther(let checkpoint):
                return try readAgain(source.path, as: checkpoint, known: known)
            }
        case .unreadable(let path, let reason)?: return .unreadable(path, reason)
        case .archive(let archive)?: return LogReading(archive)
        }
    }

    /// Reads the present log once more, since it turned out to be another stream than it was taken for.
    private func readAgain(
        _ name: String, as checkpoint: LogCheckpoint?, known: KnownStreams
    ) throws -> LogReading {
        guard LogFileState(path: path) != nil else {
            return .unreadable(
                name,
                "other days or rules were asked for when a log that begins like this one was read, so that it "
                    + "must be read twice; give it as a file")
        }
        var again = LogFile(path)
        for _ in 1..<parts { _ = try? again.next() }
        guard case .log(var source)? = try? again.next(), source.path == name else {
            return .unreadable(name, "changes while it is read; run the same command again")
        }
        var stream = LogStreamReading(
            path: name, counter: counter, gate: gate, journalGate: journalGate, spill: spill?())
        stream.assumption = .some(checkpoint)
        guard case .read(let reading) = try stream.read(&source, known: known, progress: { _ in })
        else { return .unreadable(name, "changes while it is read; run the same command again") }
        return reading
    }

    /// Tells of the bytes that were passed over.
    private mutating func report(_ progress: (Int) -> Void) {
        let count = logs.bytesRead - reported
        if count > 0 { progress(count) }
        reported += count
    }
}

extension LogReading {
    /// Of an archive itself: that it was read, and to its end.
    fileprivate init(_ archive: LogFile.ArchiveEnd) {
        self.init(
            path: archive.path, compression: archive.compression,
            state: archive.failure == nil ? .complete : .truncated)
        if let failure = archive.failure {
            diagnostics.append(
                Diagnostic(
                    severity: .error, path: path,
                    message: failure.advice + "; what lies before that counts"))
        }
        for warning in archive.warnings {
            diagnostics.append(Diagnostic(severity: .warning, path: path, message: warning))
        }
    }
}

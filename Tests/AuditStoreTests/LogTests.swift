import AuditStore
import Deprecations
import Testing

@Suite("Logs")
struct LogTests {
    private let store: AuditStore

    init() throws {
        store = try AuditStore.inMemory()
    }

    @discardableResult
    private func save(_ reading: LogReading, at hours: Int64 = 0, arguments: [String] = [])
        throws -> SaveOutcome
    {
        try store.run(try Sample.record(arguments: arguments), at: hours) { run, time in
            try store.save(reading, run: run, at: time)
        }
    }

    private func requests() throws -> Int {
        try store.sampleReport().traffic.reduce(0) { $0 + $1.totals.requests }
    }

    @Test("a checkpoint comes back as it was, under its head alone")
    func checkpoints() throws {
        var checkpoint = Sample.checkpoint("A", length: 1000, tail: 20)
        checkpoint.formatState = "#Fields: date time"
        var reading = Sample.reading(to: 1000)
        reading.checkpoint = checkpoint
        try save(reading)
        var other = Sample.reading("b.log", of: "B", to: 500)
        other.checkpoint?.headLength = 16
        try save(other)
        #expect(try store.headLengths() == [16, 64])
        let found = try store.checkpoints(headDigest: checkpoint.headDigest, headLength: 64)
        #expect(found == [checkpoint])
        #expect(try store.checkpoints(headDigest: checkpoint.headDigest, headLength: 16) == [])
    }

    @Test("what a log has grown by is added to what is known of it")
    func growth() throws {
        try save(Sample.reading(to: 300, requests: 4), at: 0)
        let grown = Sample.reading(
            from: Sample.checkpoint("A", length: 300), to: 700, requests: 6)
        try save(grown, at: 1)
        let report = try store.sampleReport()
        var totals = Sample.totals(4, from: 300)
        totals.add(Sample.totals(6, from: 700))
        #expect(report.traffic == [Traffic(key: Sample.key(), totals: totals)])
        #expect(
            report.logs == [
                ReportedLog(
                    path: "access.log", format: "combined",
                    counts: LineCounts(matched: 10, other: 6, blank: 2),
                    firstSeen: totals.firstSeen, lastSeen: totals.lastSeen, state: .complete)
            ])
        #expect(
            try store.checkpoints(
                headDigest: Sample.checkpoint("A", length: 1).headDigest, headLength: 64)
                == [Sample.checkpoint("A", length: 700)])
    }

    @Test(
        "a reading that goes on from a place that no longer stands is superseded, and changes nothing"
    )
    func superseded() throws {
        let first = Sample.checkpoint("A", length: 300)
        try save(Sample.reading(to: 300, requests: 4))
        try save(Sample.reading(from: first, to: 700, requests: 6), at: 1)
        let before = try store.sampleReport()
        let late = Sample.reading(from: first, to: 500, requests: 2)
        let outcome = try save(late, at: 1)
        #expect(outcome == .superseded)
        #expect(try store.sampleReport().traffic == before.traffic)
        #expect(try store.sampleReport().logs == before.logs)
    }

    @Test("a stream handed over as new is superseded where another process has stored it")
    func twiceNew() throws {
        try save(Sample.reading(to: 700, requests: 6))
        let copy = try save(Sample.reading("copy.log", to: 300, requests: 3))
        #expect(copy == .superseded)
        #expect(try requests() == 6)
        // The head is the same, the rest is not: another stream.
        var other = Sample.reading("other.log", of: "B", to: 700, requests: 2)
        other.checkpoint?.headDigest = Sample.checkpoint("A", length: 1).headDigest
        let another = try save(other)
        #expect(another == .saved)
        #expect(try requests() == 8)
    }

    @Test("the complete line takes the place of the unterminated one")
    func tail() throws {
        try save(Sample.reading(to: 300, requests: 4, tail: 20))
        #expect(try requests() == 5)
        #expect(try store.sampleReport().logs[0].counts.matched == 5)
        let earlier = Sample.checkpoint("A", length: 300, tail: 20)
        try save(Sample.reading(from: earlier, to: 400, requests: 1, tail: 10), at: 1)
        #expect(try requests() == 6)
        #expect(try store.sampleReport().logs[0].counts.matched == 6)
        let again = Sample.checkpoint("A", length: 400, tail: 10)
        try save(Sample.reading(from: again, to: 500, requests: 1), at: 2)
        #expect(try requests() == 6)
        var totals = Sample.totals(4, from: 300)
        totals.add(Sample.totals(1, from: 400))
        totals.add(Sample.totals(1, from: 500))
        #expect(try store.sampleReport().traffic.map(\.totals) == [totals])
    }

    @Test("a copy brings nothing; the first name that a later run meets is the stream's")
    func copies() throws {
        let checkpoint = Sample.checkpoint("A", length: 300, tail: 20)
        try save(Sample.reading(to: 300, requests: 4, tail: 20))
        var copy = LogReading(
            path: "access.log.1", format: "combined", compression: "gzip", state: .complete,
            resumedFrom: checkpoint, checkpoint: checkpoint)
        try store.run(at: 1) { run, time in
            _ = try store.save(copy, run: run, at: time)
            copy.path = "copy.log"
            _ = try store.save(copy, run: run, at: time)
        }
        let report = try store.sampleReport()
        #expect(report.logs.map(\.path) == ["access.log.1"])
        #expect(report.logs[0].counts == LineCounts(matched: 5, other: 3, blank: 1))
        #expect(try requests() == 5)
    }

    @Test("a copy that is cut off does not take the whole one's place, but is reported")
    func truncatedCopy() throws {
        let checkpoint = Sample.checkpoint("A", length: 300)
        try save(Sample.reading(to: 300, requests: 4))
        let error = Diagnostic(severity: .error, path: "a.gz", message: "ends in the middle")
        let copy = LogReading(
            path: "a.gz", state: .truncated, resumedFrom: checkpoint, checkpoint: checkpoint,
            diagnostics: [error])
        try save(copy, at: 1)
        let report = try store.sampleReport()
        #expect(report.logs.map(\.path) == ["access.log"])
        #expect(report.logs.map(\.state) == [.complete])
        #expect(report.diagnostics == [error])
    }

    @Test("a log that was cut off is complete once the whole of it was found")
    func mended() throws {
        var half = Sample.reading("a.gz", to: 300, requests: 4)
        half.state = .truncated
        let checkpoint = Sample.checkpoint("A", length: 300)
        try save(half)
        #expect(try store.sampleReport().logs.map(\.state) == [.truncated])
        let whole = LogReading(
            path: "a", state: .complete, resumedFrom: checkpoint, checkpoint: checkpoint)
        try save(whole, at: 0)
        #expect(try store.sampleReport().logs.map(\.state) == [.complete])
    }

    @Test("an unreadable log is listed until it is read, or the same command no longer meets it")
    func unreadable() throws {
        let error = Diagnostic(severity: .error, path: "x.log", message: "permission denied")
        let unreadable = LogReading(path: "x.log", state: .unreadable, diagnostics: [error])
        try save(unreadable, at: 0, arguments: ["--logs", "*"])
        let listed = ReportedLog(path: "x.log", counts: LineCounts(), state: .unreadable)
        #expect(try store.sampleReport().logs == [listed])
        #expect(try store.limits() == [error])

        try store.run(try Sample.record(arguments: ["--logs", "y"]), at: 1) { _, _ in }
        try store.run(
            try Sample.record(arguments: ["--logs", "*"]), at: 1, outcome: .interrupted
        ) { _, _ in }
        #expect(try store.sampleReport().logs == [listed])

        try store.run(try Sample.record(arguments: ["--logs", "*"]), at: 2) { _, _ in }
        #expect(try store.sampleReport().logs == [])
        #expect(try store.limits() == [])

        try save(unreadable, at: 3)
        try save(Sample.reading("x.log", to: 300), at: 4, arguments: ["--logs", "z"])
        #expect(try store.sampleReport().logs.map(\.state) == [.complete])
        #expect(try store.limits() == [])
    }

    @Test("warnings stay with the content, under its present name; errors with the name")
    func diagnostics() throws {
        let checkpoint = Sample.checkpoint("A", length: 300)
        var first = Sample.reading(to: 300)
        first.counts.malformed = 1
        first.diagnostics = [
            Diagnostic(severity: .warning, path: "access.log", line: 7, message: "1 line …"),
            Diagnostic(severity: .error, path: "access.log", message: "is damaged"),
        ]
        try save(first, at: 0)
        #expect(try store.limits().count == 2)
        let renamed = LogReading(
            path: "access.log.1", state: .complete, resumedFrom: checkpoint,
            checkpoint: checkpoint, diagnostics: [])
        try save(renamed, at: 1)
        #expect(
            try store.limits() == [
                Diagnostic(severity: .warning, path: "access.log.1", line: 7, message: "1 line …")
            ])
        // Said again, it is still said once.
        var again = renamed
        again.diagnostics = [
            Diagnostic(severity: .warning, path: "access.log.1", line: 7, message: "1 line …")
        ]
        try save(again, at: 2)
        #expect(try store.limits().count == 1)
    }

    @Test("a warning of a half-written last line goes when the line is complete")
    func tailWarning() throws {
        var first = Sample.reading(to: 300, tail: 20)
        first.tailCounts = LineCounts(malformed: 1)
        first.tailTraffic = []
        first.diagnostics = [
            Diagnostic(severity: .warning, path: "access.log", line: 5, message: "1 line …")
        ]
        try save(first)
        #expect(try store.limits().count == 1)
        let earlier = Sample.checkpoint("A", length: 300, tail: 20)
        try save(Sample.reading(from: earlier, to: 400, requests: 1), at: 1)
        #expect(try store.limits() == [])
    }

    @Test("an empty log is listed without lines")
    func empty() throws {
        try save(LogReading(path: "empty.log", state: .complete))
        #expect(
            try store.sampleReport().logs == [
                ReportedLog(path: "empty.log", counts: LineCounts(), state: .complete)
            ])
    }
}

extension AuditStore {
    /// What a report says that limits it; notes on what the logs cover are left out.
    fileprivate func limits() throws -> [Diagnostic] {
        try sampleReport().diagnostics.filter { $0.severity != .note }
    }
}

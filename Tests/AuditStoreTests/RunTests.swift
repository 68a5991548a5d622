import AuditStore
import Deprecations
import Testing

@Suite("Runs and reports")
struct RunTests {
    private let store: AuditStore

    init() throws {
        store = try AuditStore.inMemory()
    }

    @Test("a rule comes back whole, with the text that it was read from")
    func rules() throws {
        #expect(try store.recordedRules() == [])
        let record = try Sample.record(["b-rule", "a-rule"])
        try store.run(record) { _, _ in }
        #expect(try store.recordedRules() == record.rules.reversed())
    }

    @Test("a rule of which only the required parts are given comes back as it was")
    func bareRule() throws {
        let path = try PathTemplate("/v1/things/{id}")
        let rule = Rule(
            id: "bare", title: "", provider: Provider(name: "P"),
            endpoint: Endpoint(method: "POST", path: path, hosts: []),
            lifecycle: Lifecycle(
                deprecatedOn: AnnouncedDay(day: try Sample.day("0001-01-01"), source: "")))
        var record = try Sample.record([])
        record.rules = [RecordedRule(rule: rule, text: "")]
        try store.run(record) { _, _ in }
        #expect(try store.recordedRules() == record.rules)
    }

    @Test("the rules of the last run are those of a report, as that run knew them")
    func lastRules() throws {
        try store.run(try Sample.record(["a-rule", "b-rule"])) { _, _ in }
        var record = try Sample.record(["b-rule"])
        record.rules[0].rule.title = "Changed"
        try store.run(record, at: 1) { _, _ in }
        let report = try store.report(toolVersion: "2", asOf: try Sample.day("2029-02-01"))
        #expect(report.rules.map(\.rule) == [record.rules[0].rule])
        #expect(report.rules[0].phase == .sunset)
        #expect(report.rules[0].daysUntilSunset == -1)
        #expect(report.toolVersion == "2")
    }

    @Test("a database without a run has no report")
    func noRun() throws {
        #expect(throws: StoreError(path: ":memory:", reason: .noRun)) {
            try store.sampleReport()
        }
    }

    @Test("a report says when the database was last written, whatever was written last")
    func generatedAt() throws {
        let run = try store.beginRun(try Sample.record())
        #expect(try store.sampleReport().generatedAt == Sample.time(0))
        try store.save(Sample.scan([]), run: run, at: Sample.time(1))
        #expect(try store.sampleReport().generatedAt == Sample.time(1))
        _ = try store.save(Sample.reading(to: 300), run: run, at: Sample.time(2))
        #expect(try store.sampleReport().generatedAt == Sample.time(2))
        try store.endRun(run, .completed, at: Sample.time(3))
        #expect(try store.sampleReport().generatedAt == Sample.time(3))
        // A clock that is set back does not make it older.
        _ = try store.beginRun(try Sample.record(at: Sample.time(-5)))
        #expect(try store.sampleReport().generatedAt == Sample.time(3))
        #expect(try store.sampleReport() == store.sampleReport())
    }

    @Test("progress has a point for each run that came to its end, with the summary's counts")
    func progress() throws {
        let sites = [
            Sample.site("00000001"), Sample.site("00000002", kind: .indirect, confidence: .medium),
            Sample.site("00000003", confidence: .low), Sample.site("00000004", kind: .mention),
            Sample.site("00000005", usage: .migrated), Sample.site("00000006", kind: .sdkCall),
        ]
        try store.run { run, time in
            try store.save(Sample.scan(sites), run: run, at: time)
            _ = try store.save(Sample.reading(to: 300, requests: 4, tail: 9), run: run, at: time)
        }
        let summary = try store.sampleReport().summary
        try store.run(at: 1, outcome: .interrupted) { _, _ in }
        try store.run(at: 2, outcome: .failed) { _, _ in }
        try store.run(at: 3) { run, time in
            try store.save(Sample.scan([sites[4]]), run: run, at: time)
            let last = Sample.checkpoint("A", length: 300, tail: 9)
            var more = Sample.reading(from: last, to: 600, requests: 2)
            more.traffic.append(
                Traffic(key: Sample.key(usage: .migrated), totals: Sample.totals(3)))
            _ = try store.save(more, run: run, at: time)
        }
        let report = try store.sampleReport()
        #expect(summary.callers == 3)
        #expect(summary.requests == 5)
        #expect(
            report.progress == [
                ProgressPoint(
                    at: Sample.time(0), callers: summary.callers,
                    migratedCallers: summary.migratedCallers, requests: summary.requests,
                    migratedRequests: summary.migratedRequests),
                ProgressPoint(
                    at: Sample.time(3), callers: 0, migratedCallers: 1, requests: 6,
                    migratedRequests: 3),
            ])
        #expect(report.summary.callers == 0)
        #expect(report.summary.migratedRequests == 3)
    }

    @Test("a run is ended once")
    func endTwice() throws {
        let run = try store.beginRun(try Sample.record())
        try store.endRun(run, .interrupted, at: Sample.time(1))
        #expect(throws: StoreError.self) {
            try store.endRun(run, .completed, at: Sample.time(2))
        }
        #expect(try store.sampleReport().progress == [])
    }

    @Test("a diagnostic of a run is shown until the next run")
    func runDiagnostics() throws {
        let diagnostic = Diagnostic(severity: .warning, message: "no file fits 'logs/*'")
        try store.run { run, time in
            try store.save([diagnostic], run: run, at: time)
        }
        #expect(try store.sampleReport().diagnostics == [diagnostic])
        try store.run(at: 1) { _, _ in }
        #expect(try store.sampleReport().diagnostics == [])
    }

    @Test("diagnostics are sorted by path, line and text")
    func sorted() throws {
        let diagnostics = [
            Diagnostic(severity: .note, message: "z"),
            Diagnostic(severity: .warning, path: "a", message: "b"),
            Diagnostic(severity: .error, path: "a", line: 2, message: "a"),
            Diagnostic(severity: .error, path: "a", line: 10, message: "a"),
            Diagnostic(severity: .error, path: "b", line: 1, message: "a"),
        ]
        try store.run { run, time in
            try store.save(
                Sample.scan([], diagnostics: diagnostics.reversed()), run: run, at: time)
        }
        #expect(try store.sampleReport().diagnostics == diagnostics)
    }
}

import AuditStore
import Deprecations
import Testing

@Suite("Call sites over several scans")
struct CallSiteTests {
    private let store: AuditStore

    init() throws {
        store = try AuditStore.inMemory()
    }

    private func scan(_ scan: TreeScan, at hours: Int64, rules: [String]? = nil) throws {
        let record = try rules.map { try Sample.record($0) }
        try store.run(record, at: hours) { run, time in
            try store.save(scan, run: run, at: time)
        }
    }

    private func statuses() throws -> [String: FindingStatus] {
        let sites = try store.sampleReport().callSites
        return Dictionary(
            uniqueKeysWithValues: sites.map { ($0.site.id.description, $0.status) })
    }

    @Test("every part of a call site comes back as it was")
    func everyPart() throws {
        let full = Sample.site("00000001")
        var bare = Sample.site("00000002", line: 30, kind: .mention, confidence: .low)
        bare.callLine = nil
        bare.client = nil
        bare.symbol = nil
        bare.url = nil
        bare.host = nil
        bare.apiVersion = APIVersionUse(versionClass: .implicit)
        bare.halfMigrated = false
        bare.polling = PollingUse(inLoop: false, retryAfter: .notApplicable)
        bare.evidence = []
        bare.excerpt = nil
        try scan(Sample.scan([bare, full]), at: 0)
        let report = try store.sampleReport()
        #expect(report.callSites.map(\.site) == [full, bare])
        #expect(report.callSites.map(\.firstSeen) == [Sample.time(0), Sample.time(0)])
    }

    @Test("a scan of the same tree updates what is known instead of adding")
    func update() throws {
        try scan(Sample.scan([Sample.site("00000001"), Sample.site("00000002")]), at: 0)
        #expect(try statuses() == ["LC-00000001": .new, "LC-00000002": .new])

        var moved = Sample.site("00000001", line: 44)
        moved.evidence = [
            Evidence(place: SourcePlace(path: "src/a.py", line: 1), note: "base URL")
        ]
        try scan(
            Sample.scan([moved, Sample.site("00000003")], root: "./app"), at: 1)
        #expect(
            try statuses() == [
                "LC-00000001": .open, "LC-00000002": .resolved, "LC-00000003": .new,
            ])
        let report = try store.sampleReport()
        moved.root = "./app"
        let found = try #require(report.callSites.first { $0.site.id == moved.id })
        #expect(found.site == moved)
        #expect(found.firstSeen == Sample.time(0))
        #expect(report.trees.map(\.root) == ["./app"])
    }

    @Test("a call site that comes back after it was resolved is new, first seen on the first day")
    func back() throws {
        let site = Sample.site("00000001")
        try scan(Sample.scan([site]), at: 0)
        try scan(Sample.scan([]), at: 1)
        try scan(Sample.scan([site]), at: 2)
        #expect(try statuses() == ["LC-00000001": .new])
        let report = try store.sampleReport()
        #expect(report.callSites.map(\.firstSeen) == [Sample.time(0)])
        #expect(report.callSites.map(\.site) == [site])
        try scan(Sample.scan([site]), at: 3)
        #expect(try statuses() == ["LC-00000001": .open])
    }

    @Test("a run over logs, or over another tree, leaves new call sites new")
    func otherRuns() throws {
        try scan(Sample.scan([Sample.site("00000001")]), at: 0)
        try store.run(at: 1) { _, _ in }
        try scan(Sample.scan([], root: "b", canonicalRoot: "/work/b"), at: 2)
        #expect(try statuses() == ["LC-00000001": .new])
    }

    @Test(
        "a call site in a file that could not be read stays open",
        arguments: [SkipReason.unreadable, .tooLarge, .binary, .timeout])
    func unread(reason: SkipReason) throws {
        let site = Sample.site("00000001")
        try scan(Sample.scan([site]), at: 0)
        let coverage = [
            FolderCoverage(folder: "src", outcome: .skipped(reason), names: ["poll.py"])
        ]
        try scan(Sample.scan([], coverage: coverage), at: 1)
        #expect(try statuses() == ["LC-00000001": .open])
        #expect(try store.sampleReport().callSites.map(\.site) == [site])
    }

    @Test(
        "a call site in a folder that could not be read stays open",
        arguments: [("", "src/"), ("src", "deep/"), ("src/deep", "x/"), ("", "./"), ("", "/")])
    func unreadFolder(folder: String, name: String) throws {
        try scan(Sample.scan([Sample.site("00000001", path: "src/deep/x/poll.py")]), at: 0)
        let coverage = [
            FolderCoverage(folder: folder, outcome: .skipped(.unreadable), names: [name])
        ]
        try scan(Sample.scan([], coverage: coverage), at: 1)
        #expect(try statuses() == ["LC-00000001": .open])
    }

    @Test("a folder that could not be read says nothing about one that only begins alike")
    func otherFolder() throws {
        try scan(Sample.scan([Sample.site("00000001", path: "src2/poll.py")]), at: 0)
        let coverage = [
            FolderCoverage(folder: "", outcome: .skipped(.unreadable), names: ["src/"])
        ]
        try scan(Sample.scan([], coverage: coverage), at: 1)
        #expect(try statuses() == ["LC-00000001": .resolved])
    }

    @Test(
        "a call site in a file that is ignored now is neither open nor resolved, and is said to be so",
        arguments: [SkipReason.ignored, .link, .special])
    func ignored(reason: SkipReason) throws {
        let site = Sample.site("00000001")
        try scan(Sample.scan([site]), at: 0)
        let coverage = [FolderCoverage(folder: "", outcome: .skipped(reason), names: ["src/"])]
        try scan(Sample.scan([], coverage: coverage), at: 1)
        let report = try store.sampleReport()
        #expect(report.callSites == [])
        #expect(report.diagnostics.map(\.severity) == [.note])
        #expect(report.diagnostics[0].message.hasPrefix("1 call site of earlier runs lies in"))
        #expect(report.progress.map(\.callers) == [1, 0])

        try scan(Sample.scan([site]), at: 2)
        #expect(try statuses() == ["LC-00000001": .open])
        #expect(try store.sampleReport().diagnostics == [])
    }

    @Test("a call site of a rule that was not looked for is not resolved, and not shown meanwhile")
    func otherRule() throws {
        let other = Sample.site("00000002", rule: "other-rule")
        try scan(
            Sample.scan([Sample.site("00000001"), other]), at: 0,
            rules: ["workiva-get-operation", "other-rule"])
        try scan(Sample.scan([Sample.site("00000001")]), at: 1)
        #expect(try statuses() == ["LC-00000001": .open])
        let message = try store.sampleReport().diagnostics.map(\.message)
        #expect(message.count == 1)
        #expect(message[0].hasPrefix("1 call site and 0 requests of the rule 'other-rule' are"))
        try scan(
            Sample.scan([Sample.site("00000001"), other]), at: 2,
            rules: ["workiva-get-operation", "other-rule"])
        #expect(try statuses() == ["LC-00000001": .open, "LC-00000002": .open])
    }

    @Test(
        "two trees may hold call sites of one id; the report has them by root, path, line, column")
    func twoTrees() throws {
        var later = Sample.site("00000002", line: 14)
        later.column = 30
        let sites = [Sample.site("00000001"), later, Sample.site("00000003", path: "src/a.py")]
        try store.run { run, time in
            try store.save(
                Sample.scan(sites, root: "b", canonicalRoot: "/work/b"), run: run, at: time)
            try store.save(
                Sample.scan(sites.reversed(), root: "a", canonicalRoot: "/work/a"), run: run,
                at: time)
        }
        let report = try store.sampleReport()
        #expect(
            report.callSites.map { "\($0.site.root) \($0.site.id)" } == [
                "a LC-00000003", "a LC-00000001", "a LC-00000002",
                "b LC-00000003", "b LC-00000001", "b LC-00000002",
            ])
        #expect(report.trees.map(\.root) == ["a", "b"])
    }

    @Test("a tree inside another is warned of")
    func nested() throws {
        try store.run { run, time in
            for (root, path) in [("app", "/w/app"), ("app/src", "/w/app/src"), ("ap", "/w/ap")] {
                try store.save(
                    Sample.scan([], root: root, canonicalRoot: path), run: run, at: time)
            }
        }
        let report = try store.sampleReport()
        #expect(report.diagnostics.map(\.path) == ["app/src"])
        #expect(report.diagnostics.map(\.severity) == [.warning])
    }

    @Test("coverage adds up by outcome, and is replaced by the next scan")
    func coverage() throws {
        let names = ["odd \"name\"\n.py", "ünï.py", "back\\slash"]
        let coverage = [
            FolderCoverage(folder: "", outcome: .searched, names: ["a", "b"]),
            FolderCoverage(folder: "x", outcome: .searched, names: ["c"]),
            FolderCoverage(folder: "x", outcome: .analysed, names: names),
            FolderCoverage(folder: "x", outcome: .skipped(.binary), names: ["d"]),
            FolderCoverage(folder: "", outcome: .skipped(.ignored), names: ["build/", "e"]),
        ]
        try scan(Sample.scan([], coverage: Sample.scan([]).coverage), at: 0)
        try scan(Sample.scan([], coverage: coverage), at: 1)
        #expect(
            try store.sampleReport().trees == [
                TreeCoverage(
                    root: "app", filesScanned: 6, filesAnalysed: 3, bytesScanned: 4711,
                    skipped: [.binary: 1, .ignored: 2])
            ])
    }

    @Test("the diagnostics of a tree are replaced by its next scan")
    func diagnostics() throws {
        let first = Diagnostic(severity: .error, path: "src/x.py", message: "cannot be read")
        let second = Diagnostic(
            severity: .warning, path: "src/y.py", line: 3, message: "took too long")
        try scan(Sample.scan([], diagnostics: [first, first]), at: 0)
        #expect(try store.sampleReport().diagnostics == [first])
        try scan(Sample.scan([], diagnostics: [second]), at: 1)
        #expect(try store.sampleReport().diagnostics == [second])
    }

    @Test("the owner of a call site is who the caller of the report names")
    func owners() throws {
        try scan(Sample.scan([Sample.site("00000001"), Sample.site("00000002")]), at: 0)
        let report = try store.report(
            toolVersion: "0.1.0", asOf: try Sample.day("2026-11-25"),
            owner: { $0.id.description == "LC-00000001" ? "@team" : nil })
        #expect(report.callSites.map(\.owner) == ["@team", nil])
    }
}

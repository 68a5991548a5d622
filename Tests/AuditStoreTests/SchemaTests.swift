import Deprecations
import Foundation
import GRDB
import Testing

@testable import AuditStore

@Suite("The database's form")
struct SchemaTests {
    private let store: AuditStore

    init() throws {
        store = try AuditStore.inMemory()
    }

    /// The columns of a table: `name TYPE null`; of a view: `name`.
    private func columns(of object: String, isView: Bool) throws -> [String] {
        try store.queue.read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT name, type, \"notnull\" FROM pragma_table_info(?)",
                arguments: [object]
            ).map { row in
                let name: String = row["name"]
                return isView
                    ? name
                    : "\(name) \(row["type"] as String) \(row["notnull"] == 1 ? "no" : "yes")"
            }
        }
    }

    private func documented() throws -> [String: [String]] {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/database.md")
        var documented: [String: [String]] = [:]
        var object: String?
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("#") {
                object = line.hasPrefix("### `") ? String(line.dropFirst(5).dropLast()) : nil
            } else if let object, line.hasPrefix("| `") {
                let cells = line.split(separator: "|").map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
                let name = cells[0].trimmingCharacters(in: ["`"])
                let isTable = cells.count >= 3
                documented[object, default: []].append(
                    isTable ? "\(name) \(cells[1]) \(cells[2])" : name)
            }
        }
        return documented
    }

    @Test("docs/database.md has every table, view and column, with type and NULL, and no other")
    func documentation() throws {
        let objects = try store.queue.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT name, type FROM sqlite_schema
                    WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'
                    """
            ).map { (name: $0[0] as String, isView: $0[1] == "view") }
        }
        var actual: [String: [String]] = [:]
        for object in objects {
            actual[object.name] = try columns(of: object.name, isView: object.isView)
        }
        let documented = try documented()
        #expect(documented.keys.sorted() == actual.keys.sorted())
        for (name, columns) in actual { #expect(documented[name] == columns, "\(name)") }
    }

    @Test("every table of ours is strict")
    func strict() throws {
        let lax = try store.queue.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT name FROM pragma_table_list
                    WHERE type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'
                    """)
        }
        #expect(lax == ["grdb_migrations"])
    }

    @Test("every word that a finding can have is one that the tables allow")
    func words() throws {
        var sites: [CallSite] = []
        func add(_ change: (inout CallSite) -> Void) {
            var site = Sample.site("\(10_000_000 + sites.count)")
            change(&site)
            sites.append(site)
        }
        for kind in Kind.allCases { add { $0.kind = kind } }
        for role in Role.allCases { add { $0.role = role } }
        for confidence in Confidence.allCases { add { $0.confidence = confidence } }
        for use in RetryAfterUse.allCases { add { $0.polling.retryAfter = use } }
        for versionClass in APIVersionClass.allCases where versionClass != .unlogged {
            add { $0.apiVersion.versionClass = versionClass }
        }
        let coverage = SkipReason.allCases.map {
            FolderCoverage(folder: "x", outcome: .skipped($0), names: ["\($0)"])
        }
        let diagnostics = Diagnostic.Severity.allCases.map {
            Diagnostic(severity: $0, message: "\($0)")
        }
        var traffic: [Traffic] = []
        for kind in CallerKind.allCases {
            for versionClass in APIVersionClass.allCases where versionClass != .dynamic {
                var key = Sample.key()
                key.caller.kind = kind
                key.apiVersion.versionClass = versionClass
                traffic.append(Traffic(key: key, totals: Sample.totals(1)))
            }
        }
        try store.run { run, time in
            try store.save(
                Sample.scan(sites, coverage: coverage, diagnostics: diagnostics), run: run,
                at: time)
            for state in SourceState.allCases {
                var reading = Sample.reading("\(state)", of: "\(state)", to: 300)
                reading.state = state
                reading.traffic = traffic
                _ = try store.save(reading, run: run, at: time)
            }
        }
        for outcome in RunOutcome.allCases { try store.run(outcome: outcome) { _, _ in } }
        let report = try store.sampleReport()
        #expect(report.callSites.map(\.site) == sites)
        #expect(report.traffic.count == traffic.count)
    }

    @Test("the views show what is stored")
    func views() throws {
        try store.run { run, time in
            try store.save(
                Sample.scan([Sample.site("00000001"), Sample.site("00000002")]), run: run, at: time)
            var reading = Sample.reading(to: 300, requests: 4, tail: 20)
            reading.traffic.append(
                Traffic(key: Sample.key(), totals: Sample.totals(2, status: 429)))
            _ = try store.save(reading, run: run, at: time)
            let unreadable = LogReading(path: "x.log", state: .unreadable)
            _ = try store.save(unreadable, run: run, at: time)
        }
        try store.run(at: 1) { run, time in
            try store.save(Sample.scan([Sample.site("00000001")]), run: run, at: time)
        }
        func rows(_ sql: String) throws -> [String] {
            try store.queue.read { database in
                try Row.fetchAll(database, sql: sql).map { row in
                    row.databaseValues.map { "\($0)" }.joined(separator: " ")
                }
            }
        }
        #expect(
            try rows("SELECT id, status, line, first_seen FROM open_call_sites") == [
                "\"LC-00000001\" \"open\" 14 \"\(Sample.time(0))\""
            ])
        #expect(
            try rows("SELECT address, requests, throttled FROM traffic_by_caller") == [
                "\"10.0.3.7\" 7 2"
            ])
        #expect(try rows("SELECT requests, callers FROM traffic_by_day") == ["7 1"])
        #expect(try rows("SELECT run, callers, requests FROM progress") == ["1 2 7", "2 1 7"])
        #expect(
            try rows("SELECT outcome, folders, files FROM coverage_summary") == [
                "\"analysed\" 1 2", "\"searched\" 1 1",
            ])
        #expect(
            try rows("SELECT path, state, lines, matched FROM log_sources") == [
                "\"access.log\" \"complete\" 9 5", "\"x.log\" \"unreadable\" 0 0",
            ])
    }

    @Test(
        "rows that make no sense are refused by the tables themselves",
        arguments: [
            "UPDATE call_sites SET kind = 'sighting'",
            "UPDATE call_sites SET line = 0",
            "UPDATE call_sites SET line = 'x'",
            "UPDATE call_sites SET rule = 'no-such-rule'",
            "UPDATE call_sites SET excerpt = NULL",
            "UPDATE call_sites SET path = NULL",
            "DELETE FROM rules",
            "UPDATE runs SET outcome = NULL",
            "UPDATE runs SET as_of = 'today'",
            "UPDATE traffic SET requests = 0",
            "UPDATE traffic SET undated = requests + 1",
            "UPDATE traffic_days SET day = 'yesterday'",
            "INSERT INTO traffic SELECT 99, rule, usage, method, host, caller, version_class, "
                + "version_value, tail_of, requests, undated, first_seen_ms, last_seen_ms, operations FROM traffic",
            "INSERT INTO callers SELECT 99, name, address, user, user_agent, client, client_version, kind FROM callers",
            "INSERT INTO meta (id) VALUES (2)",
        ])
    func constraints(sql: String) throws {
        try store.run { run, time in
            try store.save(Sample.scan([Sample.site("00000001")]), run: run, at: time)
            _ = try store.save(Sample.reading(to: 300, requests: 4), run: run, at: time)
        }
        let error = #expect(throws: DatabaseError.self) {
            try store.queue.write { try $0.execute(sql: sql) }
        }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
    }

    @Test("what is looked up for every request is found by an index, whole")
    func indexes() throws {
        let plans = try store.queue.read { database in
            try [(TrafficWriter.callerLookup, 7), (TrafficWriter.trafficLookup, 8)].map {
                let rows = try Row.fetchAll(
                    database, sql: "EXPLAIN QUERY PLAN " + $0,
                    arguments: StatementArguments([Int](repeating: 0, count: $1)))
                return rows.map { $0["detail"] as String }.joined()
            }
        }
        #expect(plans[0].contains("callers_once") && plans[0].count { $0 == "?" } == 7)
        #expect(plans[1].contains("traffic_once") && plans[1].count { $0 == "?" } == 8)
    }
}

import Deprecations
import Foundation
import GRDB
import TestSupport
import Testing

@testable import AuditStore

@Suite("Live calls in the store")
struct VerificationTests {
    private func verification(
        _ value: String?, usage: Usage = .deprecated, at hours: Int64 = 1,
        verdict: Verification.Verdict = .live, host: String = "api.app.wdesk.com",
        full: Bool = true
    ) throws -> Verification {
        let answer = Verification.Answer(
            status: 200, milliseconds: 87, contentType: "application/json",
            operationStatus: "started", retryAfterSeconds: 2, requestID: "r-1",
            deprecation: .init(text: "@1770854400", day: try Sample.day("2026-02-12")),
            sunset: .init(text: "soon"), links: [.init(relation: "sunset", target: "/x")],
            warnings: ["299 \u{0}"])
        return Verification(
            call: VerifiedCall(
                rule: "workiva-get-operation", usage: usage, method: "GET", host: host,
                path: "/platform/v1/operations/{operationId}",
                apiVersion: APIVersionUse(
                    versionClass: value == nil ? .implicit : .pinnedCurrent, value: value)),
            operation: "op-1", at: Sample.time(hours), verdict: verdict, reason: "because",
            answer: full ? answer : nil,
            findings: full ? [.init(subject: .date, message: "another day")] : [])
    }

    @Test("a live call comes back as it was, with and without an answer")
    func roundTrip() throws {
        let store = try AuditStore.inMemory()
        let calls = [try verification(nil), try verification("2026-01-01", full: false)]
        try store.run { run, _ in for call in calls { try store.save(call, run: run) } }
        #expect(try store.sampleReport().verifications == calls)
    }

    @Test("the last call of each kind is reported, the earlier ones stay in the database")
    func last() throws {
        let store = try AuditStore.inMemory()
        let calls = [
            try verification(nil, at: 2, verdict: .unknown),
            try verification(nil, at: 1),
            try verification(nil, at: 2, verdict: .gone),
            try verification(nil, usage: .migrated, at: 1),
            try verification("2026-01-01", at: 1),
            try verification(nil, at: 1, host: "api.eu.wdesk.com"),
        ]
        try store.run { run, _ in for call in calls { try store.save(call, run: run) } }
        #expect(
            try store.sampleReport().verifications == [calls[2], calls[4], calls[3], calls[5]])
        let rows = try store.queue.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM live_calls")
        }
        #expect(rows == 6)
    }

    @Test("a live call of a rule that the last run was without is not reported")
    func otherRule() throws {
        let store = try AuditStore.inMemory()
        try store.run { run, _ in try store.save(try verification(nil), run: run) }
        try store.run(Sample.record(["another-rule"])) { _, _ in }
        #expect(try store.sampleReport().verifications == [])
    }

    @Test("a database of the second version keeps what it has, and takes live calls")
    func older() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let old = try DatabaseQueue(path: path)
            try Schema.migrator.migrate(old, upTo: "v2")
            try old.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO runs VALUES (1, 'audit', '[]', '0.1.0', '2026-11-25', 0, 1, 'completed')
                        """)
            }
            try old.close()
            let store = try AuditStore(path: path)
            try store.run { run, _ in
                #expect(run == 2)
                try store.save(try verification(nil), run: run)
            }
            #expect(try store.sampleReport().verifications.count == 1)
        }
    }

    @Test(
        "a live call that makes no sense is refused by the table itself",
        arguments: [
            "verdict = 'dead'", "usage = 'other'", "day = 'today'", "status = NULL",
            "links = 'x'", "sunset = NULL, sunset_day = '2029-01-31'", "reason = ''",
            "rule = 'none'", "host = NULL",
        ])
    func constraints(change: String) throws {
        let store = try AuditStore.inMemory()
        try store.run { run, _ in try store.save(try verification(nil), run: run) }
        let error = #expect(throws: DatabaseError.self) {
            try store.queue.write {
                try $0.execute(sql: "UPDATE verifications SET \(change)")
            }
        }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
    }
}

import Deprecations
import Foundation
import GRDB
import TestSupport
import Testing

@testable import AuditStore

@Suite("Opening a database")
struct OpeningTests {
    /// Why `open` is refused.
    private func reason(_ open: () throws -> AuditStore) -> StoreError.Reason? {
        do {
            _ = try open()
            return nil
        } catch let error as StoreError {
            return error.reason
        } catch {
            return .other("\(error)")
        }
    }

    @Test("a file is made where there is none, and keeps what is stored in it")
    func make() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a ünïcode 100%.sqlite").path
            let store = try AuditStore(path: path)
            try store.run { run, time in
                try store.save(
                    Sample.scan([Sample.site("00000001")]), run: run, at: time)
            }
            let report = try store.sampleReport()
            try store.close()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
            #expect(try AuditStore(path: path).sampleReport() == report)
            #expect(try AuditStore(reading: path).sampleReport() == report)
        }
    }

    @Test("the file alone is whole at the end of a run, even if the process is killed")
    func copyOfTheFile() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let store = try AuditStore(path: path)
            try store.run { run, time in
                try store.save(Sample.reading(to: 300, requests: 4), run: run, at: time)
            }
            let copy = folder.appending(path: "copy.sqlite").path
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            #expect(try AuditStore(reading: copy).sampleReport() == store.sampleReport())
        }
    }

    @Test("an empty file becomes a database")
    func emptyFile() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            try Data().write(to: URL(filePath: path))
            #expect(reason { try AuditStore(reading: path) } == .noRun)
            #expect(reason { try AuditStore(path: path) } == nil)
        }
    }

    @Test("reading makes no file, and says so where no run is recorded")
    func readingOnly() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            #expect(reason { try AuditStore(reading: path) } == .missing)
            #expect(!FileManager.default.fileExists(atPath: path))
            try AuditStore(path: path).close()
            let store = try AuditStore(reading: path)
            #expect(throws: StoreError(path: path, reason: .noRun)) { try store.sampleReport() }
        }
    }

    @Test("a folder, and a file in no folder, are refused")
    func places() async throws {
        try await withTemporaryFolder { folder in
            #expect(reason { try AuditStore(path: folder.path) } == .folder)
            #expect(reason { try AuditStore(reading: folder.path + "/") } == .folder)
            let nowhere = folder.appending(path: "no/such.sqlite").path
            #expect(reason { try AuditStore(path: nowhere) } == .noFolder)
        }
    }

    @Test(
        "a file that is no database is refused and left as it is",
        arguments: [
            ("x", 1), ("x", 2), ("x", 600), ("access log line\n", 400), ("SQLite format 3\0", 100),
        ])
    func foreignFile(line: String, count: Int) async throws {
        let text = String(repeating: line, count: count)
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            try Data(text.utf8).write(to: URL(filePath: path))
            #expect(reason { try AuditStore(path: path) } == .notADatabase)
            #expect(reason { try AuditStore(reading: path) } == .notADatabase)
            #expect(try Data(contentsOf: URL(filePath: path)) == Data(text.utf8))
        }
    }

    @Test("a file that is no regular one is refused, and not waited for")
    func specialFile() async throws {
        #expect(reason { try AuditStore(path: "/dev/null") } == .notADatabase)
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "pipe").path
            let made = unsafe mkfifo(path, 0o600)
            #expect(made == 0)
            #expect(reason { try AuditStore(path: path) } == .notADatabase)
        }
    }

    @Test("a database is opened through a link")
    func link() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let link = folder.appending(path: "link.sqlite").path
            try AuditStore(path: path).close()
            try FileManager.default.createSymbolicLink(
                atPath: link, withDestinationPath: "a.sqlite")
            #expect(reason { try AuditStore(path: link) } == nil)
        }
    }

    @Test(
        "another program's database is refused and left as it is",
        arguments: [
            "CREATE TABLE places (id INTEGER PRIMARY KEY)",
            "PRAGMA application_id = 7",
            "CREATE TABLE grdb_migrations (identifier TEXT); CREATE TABLE other (id INTEGER)",
        ])
    func foreignDatabase(sql: String) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let other = try DatabaseQueue(path: path)
            try other.writeWithoutTransaction { try $0.execute(sql: sql) }
            try other.close()
            let before = try Data(contentsOf: URL(filePath: path))
            #expect(reason { try AuditStore(path: path) } == .otherApplication)
            #expect(reason { try AuditStore(reading: path) } == .otherApplication)
            #expect(try Data(contentsOf: URL(filePath: path)) == before)
        }
    }

    @Test(
        "a database of a newer version is refused",
        arguments: [
            "PRAGMA user_version = 7",
            "PRAGMA user_version = 7; INSERT INTO grdb_migrations VALUES ('v7')",
        ])
    func newer(sql: String) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let store = try AuditStore(path: path)
            try store.queue.writeWithoutTransaction { try $0.execute(sql: sql) }
            try store.close()
            let newer = StoreError.Reason.newerVersion(found: 7, known: Schema.version)
            #expect(reason { try AuditStore(path: path) } == newer)
            #expect(reason { try AuditStore(reading: path) } == newer)
        }
    }

    @Test("a database of the first version keeps what it has, and its callers as they are")
    func older() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let old = try DatabaseQueue(path: path)
            try Schema.migrator.migrate(old, upTo: "v1")
            let digest = String(repeating: "0", count: 32)
            try old.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO runs VALUES (1, 'audit', '[]', '0.1.0', '2026-11-25', 0, 1, 'completed');
                        INSERT INTO rules (id, title, provider, method, path, digest, text, definition)
                            VALUES ('a-rule', '', '', 'GET', '/a', '', '', '{}');
                        INSERT INTO log_streams VALUES (1, '\(digest)', 64, 100, '\(digest)', x'',
                            'combined', '', 'access.log', NULL, 'complete', 4, 3, 2, 1, 1, 0, 0, 0, 0, 0,
                            NULL, NULL, 1, 0);
                        INSERT INTO callers (id, address, kind) VALUES (1, '10.0.0.1', 'unknown');
                        """)
            }
            try old.close()
            let store = try AuditStore(path: path)
            #expect(try store.privacy() == KeptPrivacy(mode: .off))
            let row = try store.queue.read { database in
                try Row.fetchOne(
                    database, sql: "SELECT matched, other, outside, counted, days FROM log_streams")
            }
            #expect(
                row == [
                    "matched": 4, "other": 3, "outside": 0, "counted": #"{"a-rule":".."}"#,
                    "days": "",
                ])
        }
    }

    @Test("a database that another program keeps locked is refused, after waiting")
    func locked() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let store = try AuditStore(path: path)
            try store.queue.inDatabase { database in
                try database.execute(sql: "BEGIN IMMEDIATE")
                let open = {
                    try AuditStore(opening: path, for: .writing, patience: .milliseconds(100))
                }
                #expect(reason(open) == .locked)
                #expect(reason { try AuditStore(reading: path) } == nil)
                try database.execute(sql: "ROLLBACK")
            }
            #expect(reason { try AuditStore(path: path) } == nil)
        }
    }

    @Test(
        "a read-only database is refused for writing, and can be read", .enabled(if: geteuid() != 0)
    )
    func readOnly() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let store = try AuditStore(path: path)
            try store.run { _, _ in }
            try store.close()
            let files = FileManager.default
            try files.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
            #expect(reason { try AuditStore(path: path) } == .readOnly)
            #expect(throws: Never.self) { try AuditStore(reading: path).sampleReport() }
            try files.setAttributes([.posixPermissions: 0o000], ofItemAtPath: path)
            #expect(reason { try AuditStore(path: path) } == .cannotOpen)
        }
    }

    @Test("a damaged database is called damaged")
    func damaged() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let store = try AuditStore(path: path)
            try store.run { run, time in
                try store.save(Sample.reading(to: 300, requests: 4), run: run, at: time)
            }
            try store.close()
            var bytes = try Data(contentsOf: URL(filePath: path))
            for index in 4096..<bytes.count { bytes[index] = 0xA5 }
            try bytes.write(to: URL(filePath: path))
            let reason = reason {
                let store = try AuditStore(path: path)
                _ = try store.sampleReport()
                return store
            }
            #expect(reason == .corrupt)
        }
    }

    @Test("each reason is one sentence that begins with the path and says what to do")
    func sentences() {
        let reasons: [StoreError.Reason] = [
            .missing, .folder, .noFolder, .notADatabase, .otherApplication,
            .newerVersion(found: 3, known: 1), .outdatedReadOnly, .readOnly, .locked, .corrupt,
            .full, .cannotOpen, .noRun, .other("disk I/O error"),
        ]
        let sentences = reasons.map { StoreError(path: "x.sqlite", reason: $0).description }
        #expect(Set(sentences).count == reasons.count)
        #expect(sentences.allSatisfy { $0.hasPrefix("x.sqlite: ") && !$0.contains("\n") })
    }
}

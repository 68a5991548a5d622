import AuditStore
import Foundation
import TestSupport
import Testing

/// Logs in a folder, one database, and what a report says of them.
private struct LogHouse {
    let folder: URL

    /// Lines of one host, all of them requests to the deprecated endpoint, one a second.
    static func lines(_ range: ClosedRange<Int>, host: String = "10.0.3.7", day: Int = 2) -> String
    {
        range.map { number in
            let time = String(
                format: "%02d:%02d:%02d", number / 3600, number / 60 % 60, number % 60)
            return
                "\(host) - - [0\(day)/Mar/2026:\(time) +0000] \"GET /platform/v1/operations/op-\(number % 7) "
                + "HTTP/1.1\" \(number % 11 == 0 ? 429 : 200) 512 \"-\" \"python-requests/2.31.0\"\n"
        }.joined()
    }

    func put(_ text: String, _ name: String) throws { try write([name: text], in: folder) }

    /// Writes into the file that is there, as a program does that has it open.
    func overwrite(_ text: String, _ name: String) throws {
        let file = try FileHandle(forWritingTo: folder.appending(path: name))
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    func shell(_ command: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = folder
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(command)")
    }

    @discardableResult
    func scan(_ arguments: String..., status: Int32 = 0) async throws -> BuiltTool.Run {
        let run = try await BuiltTool.run(
            ["scan", "logs"] + arguments, in: folder,
            environment: ["SOURCE_DATE_EPOCH": "1795600800"])
        #expect(run.status == status, "\(arguments) \(run.errors)")
        return run
    }

    /// The whole report, the same bytes for the same content.
    func report(_ database: String = "lastcall.sqlite") async throws -> String {
        try await BuiltTool.run(
            "report", "--format", "json", "--db", database, in: folder,
            environment: ["SOURCE_DATE_EPOCH": "1795600800"]
        ).output
    }

    func object(_ database: String = "lastcall.sqlite") async throws -> [String: any Sendable] {
        let json = try JSONSerialization.jsonObject(with: Data(try await report(database).utf8))
        return try #require(json as? [String: any Sendable])
    }

    func requests(_ database: String = "lastcall.sqlite") async throws -> Int {
        let summary = try await object(database)["summary"] as? [String: any Sendable]
        return try #require(summary?["requests"] as? Int)
    }

    /// What is wrong with the database, where there is one yet.
    func problems() throws -> [String] {
        let path = folder.appending(path: "lastcall.sqlite").path
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        do throws(StoreError) {
            return try AuditStore(reading: path).integrityProblems()
        } catch {
            guard error.reason == .noRun else { throw error }
            return []
        }
    }

    /// The sums of all sources, which must close.
    func sums() async throws -> [String: Int] {
        let sources = try #require(try await object()["sources"] as? [[String: any Sendable]])
        var sums: [String: Int] = [:]
        for source in sources {
            for key in ["lines", "matched", "other", "blank", "malformed"] {
                sums[key, default: 0] += source[key] as? Int ?? 0
            }
        }
        #expect(
            sums["lines"]
                == ["matched", "other", "blank", "malformed"].reduce(0) {
                    $0 + sums[$1, default: 0]
                })
        return sums
    }
}

@Suite("Every line counts once, whatever happens to logs and runs")
struct LogOnceTests {
    private func house(_ body: (LogHouse) async throws -> Void) async throws {
        try await withTemporaryFolder { try await body(LogHouse(folder: $0)) }
    }

    @Test("a copy taken half-way adds nothing, before the whole and after it")
    func halfway() async throws {
        try await house { house in
            let text = LogHouse.lines(1...400)
            try house.put(String(text.prefix(text.count * 2 / 5)), "half.log")
            try await house.scan("half.log")
            try house.put(text, "access.log")
            try await house.scan("access.log", "half.log")
            #expect(try await house.requests() == 400)
            try house.put(String(text.prefix(text.count * 4 / 5)), "copy.log")
            try await house.scan("copy.log", "access.log")
            #expect(try await house.requests() == 400)
        }
    }

    @Test("copytruncate: the copy is known, and what is written into the emptied file is new")
    func copytruncate() async throws {
        try await house { house in
            try house.put(LogHouse.lines(1...300), "access.log")
            try await house.scan("access.log")
            try house.shell("cp access.log access.log.1 && gzip access.log.1")
            // Longer than before, so that a size alone would show nothing.
            try house.overwrite(LogHouse.lines(301...800), "access.log")
            try await house.scan(".")
            #expect(try await house.requests() == 800)
            try await house.scan(".")
            #expect(try await house.requests() == 800)
        }
    }

    @Test("a file that is removed and made again under its name is another log")
    func recreated() async throws {
        try await house { house in
            try house.put(LogHouse.lines(1...50), "access.log")
            try await house.scan("access.log")
            try house.shell("rm access.log")
            try house.put(LogHouse.lines(51...90), "access.log")
            try await house.scan("access.log")
            #expect(try await house.requests() == 90)
        }
    }

    @Test("older logs that come after newer ones count in full")
    func backfill() async throws {
        try await house { house in
            try house.put(LogHouse.lines(1...40, day: 9), "new.log")
            try await house.scan("new.log")
            try house.put(LogHouse.lines(1...70, day: 2), "old.log")
            try house.shell("gzip old.log")
            let run = try await BuiltTool.run(
                ["scan", "logs", "-"], in: house.folder,
                input: LogHouse.lines(1...30, day: 1))
            #expect(run.status == 0)
            try await house.scan("old.log.gz")
            #expect(try await house.requests() == 140)
        }
    }

    @Test("an unterminated last line counts once, cut anywhere and completed later")
    func unterminated() async throws {
        try await house { house in
            let text = LogHouse.lines(1...20)
            for cut in [1, 2, 30, 90] {
                try house.put(String(text.dropLast(cut)), "access.log")
                try await house.scan("access.log")
                try await house.scan("access.log")
            }
            // Of ninety bytes less than a line is left: its request cannot be told yet.
            try house.put(text, "access.log")
            try await house.scan("access.log")
            #expect(try await house.requests() == 20)
            #expect(try await house.sums()["lines"] == 20)
        }
    }

    @Test("two hosts with logs that look alike are two, the same log under two names is one")
    func alike() async throws {
        try await house { house in
            let begin = LogHouse.lines(1...60)
            try house.put(begin + LogHouse.lines(61...90), "web1/access.log")
            try house.put(begin + LogHouse.lines(62...91), "web2/access.log")
            try await house.scan("web1", "web2", "web1/access.log", "./web1")
            #expect(try await house.requests() == 180)
            try house.shell(
                "mkdir copy && cp web1/access.log copy/other.log && ln web2/access.log link.log")
            try await house.scan("copy", "link.log", "web2")
            #expect(try await house.requests() == 180)
        }
    }

    @Test("three processes that read the same logs into one database at once count every line once")
    func atOnce() async throws {
        try await house { house in
            for number in 1...9 {
                try house.put(
                    LogHouse.lines(1...200, host: "10.0.4.\(number)"), "logs/\(number).log")
            }
            let orders = [
                ["logs"], (1...9).reversed().map { "logs/\($0).log" }, ["logs/5.log", "logs"],
            ]
            try await withThrowingTaskGroup(of: BuiltTool.Run.self) { group in
                for order in orders {
                    group.addTask {
                        try await BuiltTool.run(["scan", "logs"] + order, in: house.folder)
                    }
                }
                for try await run in group { #expect(run.status == 0, "\(run.errors)") }
            }
            #expect(try await house.requests() == 1800)
            #expect(
                !FileManager.default.fileExists(atPath: house.folder.path + "/lastcall.sqlite-lock")
            )
        }
    }

    @Test("who will not wait for another run leaves with a clear word, and nothing is done")
    func noWait() async throws {
        try await house { house in
            try house.put(LogHouse.lines(1...3), "a.log")
            let process = try BuiltTool.process(
                ["scan", "logs", "a.log", "-", "--verbose"], in: house.folder)
            let (input, errors) = (Pipe(), Pipe())
            process.standardInput = input
            process.standardOutput = FileHandle.nullDevice
            process.standardError = errors
            try process.run()
            var said = ""
            while !said.contains("a.log") {
                let more = errors.fileHandleForReading.availableData
                if more.isEmpty { break }
                said += String(decoding: more, as: UTF8.self)
            }
            let other = try await BuiltTool.run(
                "scan", "logs", "a.log", "--no-wait", in: house.folder)
            #expect(other.status == 4)
            #expect(
                other.errors.contains("another lastcall (process \(process.processIdentifier))"))
            // A report waits for nobody.
            #expect(try await house.requests() == 3)
            // One that was killed is in nobody's way.
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            try await house.scan("a.log", "--no-wait")
            withExtendedLifetime(input) {}
        }
    }

    @Test("a run that is killed at any moment, and run again, counts as if nothing had happened")
    func killed() async throws {
        let rounds = ProcessInfo.processInfo.environment["LASTCALL_KILL_ROUNDS"].flatMap(Int.init)
        try await house { house in
            for number in 1...16 {
                let text = LogHouse.lines(1...900, host: "10.1.\(number % 3).\(number)")
                // Some end in the middle of a line.
                try house.put(String(text.dropLast(number % 4 == 0 ? 20 : 0)), "logs/\(number).log")
            }
            // Copies have tests of their own: which name of one is shown depends on when each was read.
            try house.shell("cd logs && gzip 3.log 6.log 9.log")
            try await house.scan("logs", "--db", "whole.sqlite")
            let whole = try await house.report("whole.sqlite")
            var random = SeededGenerator(seed: 20_260_302)
            for _ in 0..<(rounds ?? 10) {
                let process = try BuiltTool.process(
                    ["scan", "logs", "logs"], in: house.folder,
                    environment: ["SOURCE_DATE_EPOCH": "1795600800"])
                process.standardOutput = FileHandle.nullDevice
                process.standardError = FileHandle.nullDevice
                try process.run()
                try await Task.sleep(for: .milliseconds(20 + random.below(900)))
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                #expect(try house.problems() == [])
            }
            try await house.scan("logs")
            #expect(try await house.report() == whole)
            try await house.scan("logs")
            #expect(try await house.report() == whole)
        }
    }

    @Test(
        "a file that has not changed is not read again, and one that has is, whatever its times say"
    )
    func unchanged() async throws {
        try await house { house in
            let text = LogHouse.lines(1...50)
            try house.put(text, "a.log")
            try house.put(LogHouse.lines(51...60), "b.log")
            try house.shell("touch -d '2026-03-03 10:00' a.log b.log")
            try await house.scan("a.log", "b.log")
            // Before that, the last change may be too near for the next one to show.
            try await Task.sleep(for: .milliseconds(2300))
            try await house.scan("a.log", "b.log")
            #expect(try await house.scan("a.log", "b.log").errors.contains("unchanged=2"))
            #expect(try await house.requests() == 60)
            // Same size, same time, same begin and end; one byte in the middle.
            var bytes = Array(text.utf8)
            let middle = try #require(text.range(of: "op-4"))
            bytes[text.utf8.distance(from: text.startIndex, to: middle.upperBound) - 1] = 0x35
            try house.overwrite(String(decoding: bytes, as: UTF8.self), "a.log")
            try house.shell("touch -d '2026-03-03 10:00' a.log")
            #expect(try await house.scan("a.log", "b.log").errors.contains("unchanged=1"))
            #expect(try await house.requests() == 110)
        }
    }

    @Test("days that are asked for later count then, each request once")
    func days() async throws {
        try await house { house in
            let text = (2...8).map { LogHouse.lines(1...10, day: $0) }.joined()
            try house.put(text, "access.log")
            try await house.scan("access.log", "--since", "2026-03-04", "--until", "2026-03-05")
            #expect(try await house.requests() == 20)
            #expect(
                try await house.sums() == [
                    "lines": 70, "matched": 20, "other": 50, "blank": 0, "malformed": 0,
                ])
            try await house.scan("access.log", "--since", "2026-03-05")
            #expect(try await house.requests() == 50)
            // What a stream has once counted it goes on counting.
            try house.put(text + LogHouse.lines(11...15, day: 4), "access.log")
            try await house.scan("access.log", "--until", "2026-03-02")
            #expect(try await house.requests() == 65)
            try await house.scan("access.log")
            #expect(try await house.requests() == 75)
            #expect(try await house.sums()["matched"] == 75)
            try await house.scan("access.log", "--db", "whole.sqlite")
            #expect(try await house.report("whole.sqlite") == house.report())
            try await house.scan(
                "access.log", "--since", "2026-03-05", "--until", "2026-03-04", status: 2)
        }
    }

    @Test("a rule that comes later counts in logs that were read before it")
    func laterRule() async throws {
        try await house { house in
            let other = LogHouse.lines(1...30).replacing(
                "/platform/v1/operations/", with: "/platform/v1/jobs/")
            try house.put(LogHouse.lines(1...20) + other, "access.log")
            try await house.scan("access.log")
            #expect(try await house.requests() == 20)
            try house.put(
                """
                rules:
                  - id: later-rule
                    title: Get job
                    provider: {name: Workiva}
                    endpoint: {method: GET, path: "/platform/v1/jobs/{jobId}", hosts: [{name: api.app.wdesk.com, kind: production}]}
                    lifecycle: {deprecatedOn: {day: 2026-02-12, source: the reference}}
                    examples:
                      - {format: common, expect: match, note: one, log: '10.0.0.1 - - [02/Mar/2026:10:00:00 +0000] "GET /platform/v1/jobs/1 HTTP/1.1" 200 1'}
                      - {format: common, expect: none, note: other, log: '10.0.0.1 - - [02/Mar/2026:10:00:00 +0000] "GET /jobs HTTP/1.1" 200 1'}

                """, "rule.yaml")
            let run = try await house.scan("access.log", "--rules", "rule.yaml")
            #expect(run.errors.contains("new_requests=30"), "\(run.errors)")
            #expect(try await house.requests() == 50)
            try await house.scan("access.log", "--rules", "rule.yaml")
            #expect(try await house.requests() == 50)
            #expect(try await house.sums()["matched"] == 50)
        }
    }

    @Test("a run ends with one line of figures for a scheduler's log, unless quiet is asked for")
    func summary() async throws {
        try await house { house in
            try house.put(LogHouse.lines(1...5), "a log.log")
            let run = try await house.scan("a log.log", "--db", "my base.sqlite")
            let line = try #require(run.errors.split(separator: "\n").last)
            #expect(
                line.hasPrefix(
                    "lastcall at=2026-11-25T10:00:00Z command=\"scan logs\" status=0 logs=1 unchanged=0 unread=0 "
                        + "new_lines=5 new_requests=5 requests=5 traffic_callers=1 callers=0 seconds="
                ))
            #expect(line.hasSuffix("db=\"my base.sqlite\""))
            #expect(try await house.scan("a log.log", "--quiet").errors == "")
        }
    }
}

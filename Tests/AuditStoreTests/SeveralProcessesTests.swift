import AuditStore
import Deprecations
import Foundation
import TestSupport
import Testing

@Suite("Several processes and one file")
struct SeveralProcessesTests {
    /// Reads logs of 20 different contents as a process does that shares the file with others: it takes up
    /// where it stands, and reads again where another was faster. Every content has 30 requests.
    private static func work(on path: String, order: [Int]) throws {
        let store = try AuditStore(path: path)
        let run = try store.beginRun(try Sample.record())
        for number in order {
            let name = "content \(number)"
            let head = Sample.checkpoint(name, length: 1)
            for step in 1...3 {
                var outcome = SaveOutcome.superseded
                while outcome == .superseded {
                    let known = try store.checkpoints(
                        headDigest: head.headDigest, headLength: head.headLength
                    ).first
                    let done = (known?.length ?? 0) / 100
                    if done >= step { break }
                    let reading = Sample.reading(
                        "\(number).log", of: name, from: known, to: step * 100,
                        requests: (step - done) * 10)
                    outcome = try store.save(reading, run: run, at: Sample.time(1))
                }
            }
            try store.save(
                Sample.scan(
                    [Sample.site("0000000\(number % 10)")], root: "tree \(number)",
                    canonicalRoot: "/work/\(number)"), run: run, at: Sample.time(1))
        }
        try store.endRun(run, .completed, at: Sample.time(2))
        try store.close()
    }

    @Test("two processes that open a new file at once and read the same logs count every line once")
    func twoProcesses() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            async let forward = #expect(processExitsWith: .success) { [path = path as String] in
                try Self.work(on: path, order: Array(0..<20))
            }
            async let backward = #expect(processExitsWith: .success) {
                [path = path as String] in
                try Self.work(on: path, order: (0..<20).reversed())
            }
            _ = await (forward, backward)
            let report = try AuditStore(reading: path).sampleReport()
            #expect(report.traffic.map(\.totals.requests) == [600])
            #expect(report.logs.map(\.counts.matched) == [Int](repeating: 30, count: 20))
            #expect(report.callSites.count == 20)
            #expect(report.progress.count == 2)
        }
    }

    @Test("a process that is killed between two logs leaves what it stored, and nothing by halves")
    func killed() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                let store = try AuditStore(path: path)
                let run = try store.beginRun(try Sample.record())
                let reading = Sample.reading(to: 300, requests: 4)
                _ = try store.save(reading, run: run, at: Sample.time(0))
                kill(getpid(), SIGKILL)
            }
            let store = try AuditStore(path: path)
            #expect(try store.sampleReport().traffic.map(\.totals.requests) == [4])
            let known = Sample.checkpoint("A", length: 300)
            #expect(
                try store.checkpoints(headDigest: known.headDigest, headLength: 64) == [known])
        }
    }
}

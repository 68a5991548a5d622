import AccessLogs
import Deprecations
import Foundation
import TestSupport
import Testing

@Suite("Input that would be slow to a careless reader")
struct LongInputTests {
    private func read(_ text: String) async throws -> LogReading {
        let reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
        return try await withTemporaryFolder { folder in
            let file = folder.appending(path: "log")
            try Data(text.utf8).write(to: file)
            return try reader.read(file.path)
        }
    }

    /// How long `read` takes; the best of two runs.
    private func time(_ text: String) async throws -> Duration {
        var best = Duration.seconds(3600)
        for _ in 0..<2 {
            let clock = ContinuousClock()
            let start = clock.now
            _ = try await read(text)
            best = min(best, clock.now - start)
        }
        return best
    }

    private static let path = "/platform/v1/operations/1"
    /// A line of each kind that many parts of which must be looked at, for a number of these.
    private static let kinds: [(String, @Sendable (Int) -> String)] = [
        ("quotes", { String(repeating: "\" ", count: $0) + path }),
        ("backslashes", { String(repeating: "\\", count: $0) + path + "\"" }),
        ("brackets", { "10.0.0.1 - - " + String(repeating: "[", count: $0) + path }),
        ("users", { "10.0.0.1 - " + String(repeating: "a ", count: $0) + "[" + path }),
        ("arrows", { String(repeating: "--> GET ", count: $0) + path }),
        ("origins", { String(repeating: "https://a ", count: $0) + path }),
        ("instants", { String(repeating: "2026-02-12 07:14:0", count: $0) + "--> " + path }),
        ("arrays", { "{\"request\":" + String(repeating: "[", count: $0) + path }),
        (
            "headers",
            { "{\"headers\":[" + String(repeating: "{\"name\":\"a\"},", count: $0) + path }
        ),
        ("messages", { "{\"log\":\"" + String(repeating: "\\\"{", count: $0) + path + "\"}" }),
        ("columns", { String(repeating: "url,", count: $0) + "time\n" + path }),
        ("values", { "time,url,method\n" + String(repeating: "\"\"", count: $0) + path }),
        (
            "numbers",
            {
                "{\"__REALTIME_TIMESTAMP\":\"1\",\"MESSAGE\":[" + String(repeating: "1,", count: $0)
                    + path
            }
        ),
        ("slashes", { String(repeating: "/", count: $0) + path }),
        ("dots", { String(repeating: "/..", count: $0) + path }),
        (
            "data",
            { "<1>1 2026-02-12T07:14:03Z a b c d " + String(repeating: "[x]", count: $0) + path }
        ),
        ("records", { String(repeating: "{\"log\":{\"entries\":[{", count: $0) + path }),
    ]

    @Test("ten times the line takes no hundred times the time", arguments: 0..<17)
    func lines(index: Int) async throws {
        let (name, line) = Self.kinds[index]
        let short = try await time(line(4000) + "\n")
        let long = try await time(line(40_000) + "\n")
        #expect(long < short * 40 + .seconds(5), "\(name): \(short), \(long)")
    }

    @Test("parts without end are joined once, not once for each", arguments: [false, true])
    func parts(isDocker: Bool) async throws {
        let filling = isDocker ? String(repeating: "x", count: 16_384) : ""
        let part =
            isDocker
            ? #"{"log":"\#(filling)\#(Self.path)","stream":"stdout","time":"2026-02-12T07:14:03Z"}"#
            : "2026-02-12T07:14:03.310Z stdout P \(Self.path) "
        let count = isDocker ? 200 : 6000
        let text = String(repeating: part + "\n", count: count)
        let clock = ContinuousClock()
        let start = clock.now
        let reading = try await read(text)
        #expect(reading.counts.lines == count)
        #expect(clock.now - start < .seconds(20))
    }

    @Test("a line of every format counts, however many damaged ones stand around it")
    func amongDamaged() async throws {
        for format in LogFormats.all where format.name != "w3c" && format.name != "csv" {
            for sample in format.samples {
                var random = SeededGenerator(seed: UInt64(sample.utf8.count))
                var text = ""
                for _ in 0..<30 {
                    let bytes = Array(sample.utf8)
                    let end = random.below(bytes.count)
                    text += String(decoding: bytes[..<end], as: UTF8.self) + "\n"
                    text += String(decoding: bytes[end...], as: UTF8.self) + "\n"
                }
                let reading = try await read("start\n" + text + sample + "\n" + text)
                #expect(reading.counts.matched >= 1, "\(sample)")
                let requests = reading.traffic.reduce(0) { $0 + $1.totals.requests }
                #expect(requests == reading.counts.matched)
                #expect(reading.counts.lines == 122, "\(sample)")
            }
        }
    }
}

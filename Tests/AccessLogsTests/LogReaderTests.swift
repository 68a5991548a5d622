import AccessLogs
import Deprecations
import Foundation
import TestSupport
import Testing

@Suite("Log reader")
struct LogReaderTests {
    private static let line =
        "10.0.0.1 - - [12/Feb/2026:07:14:03 +0000] \"GET /platform/v1/operations/1 HTTP/1.1\" 200 5 \"-\" \"curl/8.4.0\"\n"

    private func read(
        _ text: String, options: LogReadingOptions = LogReadingOptions(),
        gateways: [Settings.Gateway] = []
    ) async throws -> LogReading {
        let reader = LogReader(
            rules: [try OperationsRule.rule()], gateways: gateways, callers: [])
        return try await withTemporaryFolder { folder in
            let file = folder.appending(path: "log")
            try Data(text.utf8).write(to: file)
            return try reader.read(file.path, options: options)
        }
    }

    private func json(_ fields: String) -> String {
        #"{"time":"2026-02-12T07:14:03Z","status":200,"#
            + #""method":"GET","uri":"/platform/v1/operations/1",\#(fields)}"# + "\n"
    }

    @Test("what is no log to be read is an outcome with an error, not thrown")
    func unreadable() async throws {
        let reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
        try await withTemporaryFolder { folder in
            for (path, advice) in [
                (folder.path, "folder"), (folder.path + "/none", "No such file"),
            ] {
                let reading = try reader.read(path)
                #expect(reading.state == .unreadable)
                #expect(reading.checkpoint == nil)
                #expect(reading.diagnostics.map(\.severity) == [.error])
                #expect(reading.diagnostics.first?.path == path)
                #expect(reading.diagnostics.first?.message.contains(advice) == true)
            }
        }
    }

    @Test("an empty log is read whole")
    func empty() async throws {
        let reading = try await read("")
        #expect(reading.state == .complete)
        #expect(reading.counts.lines == 0)
        #expect(reading.checkpoint == nil)
    }

    @Test("lines are matched, other, blank or malformed, and the first malformed one is named")
    func lineKinds() async throws {
        let reading = try await read(
            Self.line + "\n" + Self.line.replacing("operations", with: "other") + "\r\n"
                + "GET /platform/v1/operations/1 without a time\n" + Self.line
                + "see https://api.app.wdesk.com/platform/v1/operations/2 for details\n"
                + "https://other.example/platform/v1/operations/2\n")
        #expect(reading.counts == LineCounts(matched: 2, other: 2, blank: 2, malformed: 2))
        #expect(reading.state == .complete)
        let warning = try #require(reading.diagnostics.first)
        #expect(warning.severity == .warning)
        #expect(warning.line == 5)
        #expect(warning.message.contains("2 lines name the endpoint"))
    }

    @Test("tunnels to the provider's hosts are told, and are no requests")
    func connect() async throws {
        let squid =
            "1770880443.310    102 10.4.0.7 TCP_TUNNEL/200 1311 CONNECT api.app.wdesk.com:443 - HIER_DIRECT/192.0.2.10 -\n"
        let reading = try await read(
            squid + squid + squid.replacing("api.app.wdesk.com", with: "www.example.com"))
        #expect(reading.counts == LineCounts(other: 3, hostOnly: 2))
        #expect(reading.diagnostics.map(\.severity) == [.warning])
        #expect(reading.diagnostics.first?.message.hasPrefix("2 CONNECT lines") == true)
    }

    @Test("a host that is none of the rule's is another endpoint")
    func hosts() async throws {
        let reading = try await read(
            json(#""host":"api.eu.wdesk.com:443""#) + json(#""host":"ops.example""#)
                + json(#""host":"gw.example""#) + json(#""host":"-""#),
            gateways: [Settings.Gateway(host: "gw.example")])
        #expect(reading.counts == LineCounts(matched: 3, other: 1))
        #expect(reading.traffic.map(\.key.host) == [nil, "api.eu.wdesk.com", "gw.example"])
    }

    @Test("the host that is given stands where the log has none")
    func givenHost() async throws {
        let text = json(#""a":1"#) + json(#""host":"api.eu.wdesk.com""#)
        let own = try await read(text, options: LogReadingOptions(host: "api.app.wdesk.com"))
        #expect(own.traffic.map(\.key.host) == ["api.app.wdesk.com", "api.eu.wdesk.com"])
        let other = try await read(text, options: LogReadingOptions(host: "ops.example"))
        #expect(other.traffic.map(\.key.host) == ["api.eu.wdesk.com"])
    }

    @Test("without a host the replacement's path is migrated, whatever else has such a path")
    func migrated() async throws {
        let reading = try await read(Self.line.replacing("/platform/v1", with: ""))
        #expect(reading.traffic.map(\.key.usage) == [.migrated])
    }

    @Test(
        "times without a zone are of the zone that is given",
        arguments: [
            (nil, "07:14:03"), ("+02:00", "05:14:03"), ("-0330", "10:44:03"), ("UTC", "07:14:03"),
        ])
    func zones(zone: String?, clock: String) async throws {
        let line = Self.line.replacing(" +0000", with: "")
        let reading = try await read(line, options: LogReadingOptions(timezone: zone))
        #expect(reading.firstSeen?.description == "2026-02-12T\(clock)Z")
        #expect(reading.traffic.first?.totals.firstSeen == reading.firstSeen)
        let zoned = try await read(Self.line, options: LogReadingOptions(timezone: zone))
        #expect(zoned.firstSeen?.description == "2026-02-12T07:14:03Z")
    }

    @Test(
        "a named zone knows summer and winter",
        .enabled(if: FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Europe/Berlin")))
    func namedZone() async throws {
        for (month, clock) in [("Feb", "06:14:03"), ("Jul", "05:14:03")] {
            let line = Self.line.replacing(" +0000", with: "").replacing("Feb", with: month)
            let reading = try await read(
                line, options: LogReadingOptions(timezone: "Europe/Berlin"))
            #expect(reading.firstSeen?.description.hasSuffix("T\(clock)Z") == true)
        }
    }

    @Test("a zone that is none is a mistake", arguments: ["Mars/Base", "+99", "../etc/passwd", ""])
    func noZone(name: String) async throws {
        await #expect(throws: LogFormatError.self) {
            try await read(Self.line, options: LogReadingOptions(timezone: name))
        }
    }

    @Test("a request falls on its UTC day")
    func days() async throws {
        let reading = try await read(Self.line.replacing("07:14:03 +0000", with: "00:14:03 +0100"))
        let day = try #require(CalendarDay("2026-02-11"))
        #expect(reading.traffic.first?.totals.days == [day: 1])
    }

    @Test("a client is one caller, whatever its ports")
    func ports() async throws {
        let lines = (1...500).map {
            "10.4.0.7:\($0 + 1024) [12/Feb/2026:08:14:03.086] fe be/s1 0/0/1/11/12 200 517 - - ---- 1/1/0/0/0 0/0 \"GET /platform/v1/operations/\($0 % 7) HTTP/1.1\"\n"
        }
        let reading = try await read(lines.joined())
        #expect(reading.format == "haproxy")
        #expect(reading.traffic.map(\.totals.requests) == [500])
        #expect(reading.traffic.first?.totals.operations.distinct == 7)
    }

    @Test("callers beyond the bound are counted together, and that is told")
    func manyCallers() async throws {
        let text = (0..<600).map {
            Self.line.replacing("10.0.0.1", with: "10.0.\($0 >> 8).\($0 & 255)")
        }.joined()
        let reading = try await read(text, options: LogReadingOptions(maximumCallers: 500))
        #expect(reading.counts.matched == 600)
        #expect(reading.traffic.count == 501)
        #expect(reading.traffic.reduce(0) { $0 + $1.totals.requests } == 600)
        let others = reading.traffic.first { $0.key.caller.address == nil }
        #expect(others?.totals.requests == 100)
        #expect(others?.key.caller.name == "(other callers)")
        #expect(reading.diagnostics.map(\.severity) == [.warning])
        #expect(try await read(text).traffic.count == 600)
    }

    @Test("traffic is sorted, and adds up to what was matched")
    func sorted() async throws {
        var log = SampleLog(seed: 51)
        let text = log.lines(500, rarity: 2)
        let reading = try await read(text)
        let addresses = reading.traffic.compactMap(\.key.caller.address)
        #expect(addresses == addresses.sorted())
        for traffic in reading.traffic {
            #expect(traffic.totals.statuses.values.reduce(0, +) == traffic.totals.requests)
            #expect(traffic.totals.days.values.reduce(0, +) == traffic.totals.requests)
        }
        #expect(reading.traffic.reduce(0) { $0 + $1.totals.requests } == reading.counts.matched)
        #expect(try await read(text).traffic == reading.traffic)
    }

    @Test("the pace of a caller comes out of its lines")
    func pace() async throws {
        func lines(_ seconds: [Int], status: Int = 200) -> String {
            seconds.map {
                Self.line.replacing("07:14:03", with: "07:14:\($0)")
                    .replacing("\" 200 ", with: "\" \(status) ")
            }.joined()
        }
        let calm = try await read(lines([10, 12, 15, 17]))
        #expect(
            calm.traffic.first?.totals.pace
                == PollingPace(
                    operationsPolled: 1, medianIntervalSeconds: 2, verdict: .respectful))
        let hasty = try await read(lines([10, 10, 10, 12]))
        #expect(hasty.traffic.first?.totals.pace.verdict == .aggressive)
        let refused = try await read(lines([10, 20, 30]) + lines([40], status: 429))
        #expect(refused.traffic.first?.totals.pace.verdict == .aggressive)
        #expect(try await read(lines([10])).traffic.first?.totals.pace.verdict == .unknown)
    }

    @Test("progress tells every byte of the file, compressed or not", arguments: [false, true])
    func progress(isPacked: Bool) async throws {
        let reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
        try await withTemporaryFolder { folder in
            var log = SampleLog(seed: 52)
            let text = Data(log.lines(9000).utf8)
            let data = isPacked ? try gzipped(text, in: folder) : text
            let file = folder.appending(path: "log")
            try data.write(to: file)
            var told = 0
            _ = try reader.read(file.path) { told += $0 }
            #expect(told == data.count)
        }
    }

    @Test("a cancelled task counts nothing")
    func cancelled() async throws {
        let reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "log")
            try Data(Self.line.utf8).write(to: file)
            let path = file.path
            await withTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask {
                    #expect(throws: CancellationError.self) { try reader.read(path) }
                }
            }
        }
    }

    @Test("a wait for a pipe ends when the task is cancelled", .timeLimit(.minutes(1)))
    func cancelledWait() async throws {
        let reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
        let pipe = Pipe()
        let path = "/proc/self/fd/\(pipe.fileHandleForReading.fileDescriptor)"
        try #require(FileManager.default.fileExists(atPath: path))
        try pipe.fileHandleForWriting.write(contentsOf: Data(Self.line.utf8))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                #expect(throws: CancellationError.self) { try reader.read(path) }
            }
            try? await Task.sleep(for: .milliseconds(50))
            group.cancelAll()
        }
        try pipe.fileHandleForWriting.close()
    }

    @Test("what comes through a pipe in pieces is read as one log")
    func piecemeal() async throws {
        let reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
        var log = SampleLog(seed: 53)
        let text = Data(log.lines(300).utf8)
        let pipe = Pipe()
        let path = "/proc/self/fd/\(pipe.fileHandleForReading.fileDescriptor)"
        try #require(FileManager.default.fileExists(atPath: path))
        async let reading = Task.detached { try reader.read(path) }.value
        for start in stride(from: 0, to: text.count, by: 777) {
            try pipe.fileHandleForWriting.write(
                contentsOf: text[start..<min(start + 777, text.count)])
        }
        try pipe.fileHandleForWriting.close()
        let counts = try await reading.counts
        let whole = try await read(String(decoding: text, as: UTF8.self))
        #expect(counts == whole.counts)
    }
}

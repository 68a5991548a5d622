import AccessLogs
import Deprecations
import Foundation
import TestSupport
import Testing

@Suite("Format detection")
struct FormatDetectionTests {
    private let reader: LogReader

    init() throws {
        reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
    }

    private func read(_ text: String, format: String? = nil) async throws -> LogReading {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "log")
            try Data(text.utf8).write(to: file)
            return try reader.read(file.path, options: LogReadingOptions(format: format))
        }
    }

    @Test("a format's own sample lines are detected as that format", arguments: LogFormats.all)
    func samples(format: LogFormatDescription) async throws {
        for sample in format.samples {
            let reading = try await read(sample + "\n")
            #expect(reading.format == format.name, "\(sample)")
            #expect(reading.counts.matched == 1, "\(sample)")
            #expect(reading.traffic == (try reader.traffic(inSample: sample, format: format.name)))
        }
    }

    @Test(
        "a collector's wrapping is part of the format's name",
        arguments: [
            ("cri", "2026-02-12T07:14:03.310123456Z stdout F "),
            ("syslog", "Feb 12 08:14:03 lb1 nginx: "),
            ("timestamped", "2026-02-12T07:14:03.310123456Z "), ("prefixed", "proxy-1  | "),
        ])
    func wrapped(name: String, prefix: String) async throws {
        var log = SampleLog(seed: 41)
        let lines = log.lines(40).split(separator: "\n").map { prefix + $0 + "\n" }.joined()
        let reading = try await read(lines)
        #expect(reading.format == "\(name)+combined")
        #expect(reading.counts.matched > 5)
        #expect(reading.counts.malformed == 0)
        let addresses = reading.traffic.compactMap(\.key.caller.address)
        #expect(addresses.allSatisfy { $0.hasPrefix("10.0.0.") })
    }

    @Test(
        "what stands before a line that no collector writes is not taken for the client",
        arguments: ["web1: ", "web1 ", "a b c: "])
    func unknownPrefix(prefix: String) async throws {
        var log = SampleLog(seed: 47)
        let reading = try await read(prefix + log.line(isMatch: true) + "\n")
        let addresses = reading.traffic.compactMap(\.key.caller.address)
        #expect(addresses.isEmpty || addresses[0].hasPrefix("10.0.0."), "\(addresses)")
    }

    @Test("a user's name may have blanks")
    func blankUser() throws {
        let line =
            #"10.0.0.1 - CORP\john doe [12/Feb/2026:07:14:03 +0000] "GET /operations/1 HTTP/1.1" 200 5 "-" "x""#
        for format in ["combined", "main"] {
            let traffic = try reader.traffic(
                inSample: line + (format == "main" ? " \"-\"" : ""), format: format)
            #expect(traffic.map(\.key.caller.user) == [#"CORP\john doe"#])
        }
    }

    @Test("a text inside a JSON object is named so")
    func message() async throws {
        var log = SampleLog(seed: 42)
        let lines = log.lines(40).split(separator: "\n").map {
            #"{"log":"\#($0.replacing("\"", with: "\\\""))\n","stream":"stdout"}"# + "\n"
        }.joined()
        let reading = try await read(lines)
        #expect(reading.format == "json-message")
        #expect(reading.counts.matched > 5)
    }

    @Test("a few lines of another kind at the begin do not hide the format")
    func preamble() async throws {
        var log = SampleLog(seed: 43)
        let text = "starting up\n\nlistening on :443\nready\n" + log.lines(60)
        let reading = try await read(text)
        #expect(reading.format == "combined")
        #expect(reading.counts.blank == 1)
    }

    @Test("a change of format within a log loses no request")
    func change() async throws {
        var log = SampleLog(seed: 44)
        let json =
            #"{"time_iso8601":"2026-02-12T08:00:00+00:00","remote_addr":"10.0.0.1","request":"GET /platform/v1/operations/1 HTTP/1.1","status":200,"http_x_version":""}"#
            + "\n"
        let w3c = """
            #Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent)
            2026-02-12 07:14:03 10.4.0.7 GET /platform/v1/operations/9f2c 200 curl/8.4.0
            #Fields: date time cs-method cs-uri-stem sc-status c-ip
            2026-02-12 07:14:04 GET /platform/v1/operations/9f2c 200 10.4.0.8

            """
        let text =
            log.lines(3, rarity: 1) + json + json + log.lines(4, rarity: 1) + w3c
            + log.lines(5, rarity: 1)
        let reading = try await read(text)
        #expect(reading.counts == LineCounts(matched: 16, other: 2))
        let addresses = Set(reading.traffic.compactMap(\.key.caller.address))
        #expect(addresses.isSuperset(of: ["10.4.0.7", "10.4.0.8"]))
        let classes = Set(reading.traffic.map(\.key.apiVersion.versionClass))
        #expect(classes == [.implicit, .unlogged])
    }

    @Test("a format that was asked for is the only one")
    func forced() async throws {
        var log = SampleLog(seed: 45)
        let reading = try await read(log.lines(9, rarity: 1), format: "json")
        #expect(reading.format == nil)
        #expect(reading.counts == LineCounts(malformed: 9))
    }

    @Test("lines of no known format are told, empty logs and other logs are not")
    func unknown() async throws {
        let odd = try await read("one\ntwo\n")
        #expect(odd.format == nil)
        #expect(odd.state == .complete)
        #expect(odd.diagnostics.map(\.severity) == [.warning])
        #expect(odd.diagnostics.first?.message.contains("--log-format") == true)
        #expect(try await read("").diagnostics.isEmpty)
        var log = SampleLog(seed: 46)
        #expect(try await read(log.lines(50)).diagnostics.isEmpty)
    }

    @Test("every format has a name of its own, a title and a sample line")
    func descriptions() {
        #expect(Set(LogFormats.all.map(\.name)).count == LogFormats.all.count)
        for format in LogFormats.all {
            #expect(!format.title.isEmpty && !format.samples.isEmpty)
        }
    }

    @Test("the page on log formats has every format, and a sample line of it")
    func page() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(
            contentsOf: root.appending(path: "docs/log-formats.md"), encoding: .utf8)
        for format in LogFormats.all {
            #expect(page.contains("`\(format.name)`"), "\(format.name)")
            // JSON lines are too long for a page.
            if format.name == "json" { continue }
            let sample = try #require(format.samples.first)
            #expect(page.contains(sample), "\(sample)")
        }
    }
}

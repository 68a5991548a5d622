import AccessLogs
import Deprecations
import Foundation
import TestSupport
import Testing

@Suite("What collectors put around lines")
struct WrapperTests {
    private static let line =
        "10.0.0.1 - - [12/Feb/2026:07:14:03 +0000] \"GET /platform/v1/operations/1 HTTP/1.1\" 200 5 \"-\" \"curl/8.4.0\""
    private static let object =
        #"{"time":"2026-02-12T07:14:03Z","status":200,"method":"GET","uri":"/platform/v1/operations/1","remote_addr":"10.0.0.1"}"#

    private func read(_ bytes: [UInt8]) async throws -> LogReading {
        let reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
        return try await withTemporaryFolder { folder in
            let file = folder.appending(path: "log")
            try Data(bytes).write(to: file)
            return try reader.read(file.path)
        }
    }

    private func read(_ text: String) async throws -> LogReading {
        try await read(Array(text.utf8))
    }

    private static func quoted(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }

    @Test(
        "whatever is inside a wrapping is read",
        arguments: [
            ("2026-02-12T07:14:03.310123456Z stdout F ", "", "cri+"),
            ("2026-02-12T08:14:03.310123456+01:00 stderr F ", "", "cri+"),
            ("Feb 12 08:14:03 lb1 nginx: ", "", "syslog+"),
            ("<190>Feb  2 08:14:03 lb1 nginx: ", "", "syslog+"),
            ("<190>Feb 12 08:14:03 nginx: ", "", "syslog+"),
            ("Feb 12 08:14:03 lb1 haproxy[98]: ", "", "syslog+"),
            ("<165>1 2026-02-12T07:14:03.003Z lb1 nginx 8710 - - ", "", "syslog+"),
            (
                "<165>1 2026-02-12T07:14:03.003Z lb1 nginx - ID47 [x@1 a=\"]\"][y@1 b=\"1\"] ", "",
                "syslog+"
            ),
            ("<165>1 2026-02-12T07:14:03.003Z lb1 nginx - - - \u{FEFF}", "", "syslog+"),
            ("247 <165>1 2026-02-12T07:14:03.003Z lb1 nginx 8710 - - ", "", "syslog+"),
            ("2026-02-12T07:14:03.003+01:00 lb1 nginx: ", "", "syslog+"),
            (
                #"{"log":""#, #"\n","stream":"stdout","time":"2026-02-12T07:14:03.310123456Z"}"#,
                "message"
            ),
            (
                #"{"MESSAGE":""#, #"","__REALTIME_TIMESTAMP":"1770880443310123","_COMM":"nginx"}"#,
                "message"
            ),
            (
                #"{"@timestamp":"2026-02-12T07:14:04Z","message":""#, #"","host":{"name":"web1"}}"#,
                "message"
            ),
            (#"{"log":"2026-02-12T07:14:03.310Z stdout F "#, #"","stream":"stdout"}"#, "message"),
        ])
    func insides(before: String, after: String, name: String) async throws {
        for (inside, format) in [(Self.line, "combined"), (Self.object, "json")] {
            let isMessage = name == "message"
            let wrapped = before + (isMessage ? Self.quoted(inside) : inside) + after + "\n"
            let reading = try await read(wrapped + wrapped)
            #expect(reading.format == (isMessage ? "json-message" : name + format), "\(wrapped)")
            #expect(reading.counts == LineCounts(matched: 2), "\(wrapped)")
            #expect(reading.traffic.first?.key.caller.address == "10.0.0.1")
            #expect(reading.firstSeen?.description == "2026-02-12T07:14:03Z")
        }
    }

    @Test("a text that journald writes as numbers is read")
    func journalNumbers() async throws {
        let agent = Self.line.replacing("curl/8.4.0", with: "caf\u{1}")
        let numbers = Array(agent.utf8).map(String.init)
        for separator in [",", ", "] {
            let entry =
                #"{"__REALTIME_TIMESTAMP":"1770880443310123","MESSAGE":[\#(numbers.joined(separator: separator))]}"#
            let plain = #"{"__REALTIME_TIMESTAMP":"1770880443310123","MESSAGE":"hello"}"#
            let reading = try await read(plain + "\n" + entry + "\n" + plain + "\n")
            #expect(reading.counts == LineCounts(matched: 1, other: 2))
            #expect(reading.traffic.first?.key.caller.userAgent == "caf\u{1}")
        }
    }

    /// `inside` in parts of `size` bytes, as the runtimes write them.
    private func parts(_ inside: String, _ size: Int, isDocker: Bool, stream: String = "stdout")
        -> [String]
    {
        let bytes = Array(inside.utf8)
        return stride(from: 0, to: bytes.count, by: size).map { start in
            let isEnd = start + size >= bytes.count
            let part = String(
                decoding: bytes[start..<min(bytes.count, start + size)], as: UTF8.self)
            return isDocker
                ? #"{"log":"\#(Self.quoted(part))\#(isEnd ? "\\n" : "")","stream":"\#(stream)","time":"2026-02-12T07:14:03.310Z"}"#
                : "2026-02-12T07:14:03.310Z \(stream) \(isEnd ? "F" : "P") \(part)"
        }
    }

    @Test("a line that was split is one request, wherever it was", arguments: [false, true])
    func split(isDocker: Bool) async throws {
        let long = String(repeating: "x", count: 40_000)
        for size in isDocker ? [16_384, 16_500, 39_990] : [7, 20, 60, 70, 100, 16_384] {
            for inside in [Self.line, Self.object] {
                let inside =
                    size < 1000
                    ? inside
                    : inside.replacing("curl", with: long)
                        .replacing(#"{"time""#, with: #"{"a":"\#(long)","time""#)
                let whole = parts(inside, 100_000, isDocker: isDocker)
                let pieces = parts(inside, size, isDocker: isDocker)
                // The container's other stream in between.
                let other = parts("other", 100, isDocker: isDocker, stream: "stderr")
                var lines = whole
                for piece in pieces { lines += [piece] + other }
                lines += whole + pieces + pieces + whole
                let reading = try await read(lines.joined(separator: "\n") + "\n")
                #expect(reading.counts.matched == 6, "\(size)")
                #expect(reading.counts.malformed == 0, "\(size)")
                #expect(reading.counts.lines == lines.count)
            }
        }
    }

    @Test(
        "no line is lost that was split where the reader's buffer ends", arguments: [false, true])
    func splitAtBlocks(isDocker: Bool) async throws {
        let long = String(repeating: "x", count: 30_000)
        let pieces =
            isDocker
            ? parts(Self.line.replacing("curl", with: long), 16_384, isDocker: true)
            : parts(Self.line, 37, isDocker: false)
        let lines = isDocker ? 100 : 4000
        let text = String(repeating: pieces.joined(separator: "\n") + "\n", count: lines)
        let reading = try await read(text)
        #expect(reading.counts.matched == lines)
        #expect(reading.counts.lines == lines * pieces.count)
        #expect(reading.traffic.map(\.totals.requests) == [lines])
    }

    @Test("parts without begin or end are read as they are", arguments: [false, true])
    func broken(isDocker: Bool) async throws {
        let whole = parts(Self.line, 10_000, isDocker: isDocker)[0] + "\n"
        let pieces = parts(Self.line, 80, isDocker: isDocker)
        let open = pieces[0] + "\n"
        let end = (pieces.last ?? "") + "\n"
        for text in [whole + end + whole, end + whole, whole + open] {
            let reading = try await read(text)
            #expect(reading.counts.matched >= 1)
            #expect(reading.counts.lines == text.count { $0 == "\n" })
        }
    }
}

import Deprecations
import Foundation
import TestSupport
import Testing

@testable import AccessLogs

@Suite("Explaining what a log is")
struct LogExplanationTests {
    private func explain(_ text: String, format: String? = nil) throws -> LogExplanation {
        try LogFormats.explain(Array(text.utf8), format: format)
    }

    @Test("what is explained is what the reader does", arguments: VendorLines.all)
    func agrees(line: VendorLine) throws {
        let explanation = try explain(line.text + "\n")
        #expect(explanation.format == line.format)
        #expect(explanation.title?.isEmpty == false)
        #expect(explanation.candidates.first?.format == line.format)
        #expect(explanation.candidates.first?.fitting == 1)
        #expect(explanation.lineCount == 1)
        let shown = try #require(explanation.lines.last)
        #expect(shown.kind == .request)
        #expect(explanation.lines.dropLast().allSatisfy { $0.kind == .directive })
        let fields = Dictionary(
            shown.fields.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        #expect(fields["time"]??.hasPrefix("2026-02-12T07:14:03") == true)
        #expect(fields["status"] == "\(line.status)")
        if let agent = line.userAgent { #expect(fields["user agent"] == agent) }
        #expect((fields["header X-Version"] == nil) == (line.version == .unlogged))
        let recorded = explanation.reasons.contains("It has a place for the header X-Version.")
        #expect(recorded == (line.version != .unlogged))
    }

    @Test("an explanation says why, field by field")
    func whole() throws {
        let text =
            "2026-02-12T07:14:03.310Z stdout F 10.0.0.1 - bob:hunter2x [12/Feb/2026:08:14:03 +0100] \"GET /operations/1?access_token=hunter2 HTTP/1.1\" 200 5 \"-\" \"-\"\n"
        let explanation = try explain(text + "starting\n" + text)
        #expect(
            explanation
                == LogExplanation(
                    format: "cri+combined", title: "nginx and Apache combined; more may follow",
                    reasons: [
                        "2 of the first 3 lines are of the format cri+combined.",
                        "Before each line stands what containerd and CRI-O add: time, stream and flag.",
                        "It does not record the header X-Version: no version can be told.",
                    ],
                    candidates: [.init(format: "cri+combined", fitting: 2)], lineCount: 3,
                    lines: [
                        Self.shown(1), .init(number: 2, kind: .unreadable(reason: nil), fields: []),
                        Self.shown(3),
                    ]))
        #expect(!"\(explanation)".contains("hunter2"))
    }

    private static func shown(_ number: Int) -> LogExplanation.Line {
        LogExplanation.Line(
            number: number, kind: .request,
            fields: [
                .init(name: "time", value: "2026-02-12T07:14:03Z"),
                .init(name: "address", value: "10.0.0.1"), .init(name: "user", value: "bob:***"),
                .init(name: "request", value: "GET /operations/1?*** HTTP/1.1"),
                .init(name: "status", value: "200"), .init(name: "user agent", value: nil),
            ])
    }

    @Test(
        "where a line is not of a given format is told by its column",
        arguments: [
            (
                #"$remote_addr [$time_iso8601] "$request" $status"#,
                "column 1: address with ' [' behind it should stand here"
            ),
            ("%h %t \\\"%r\\\" %>s %b %{X-Version}i", "column 72: a field with ' ' behind it"),
            (#"<$remote_addr> "$request""#, "column 1: '<' should stand here"),
            (
                #"$remote_addr [$time_local] "$request" $status $body_bytes_sent $http_host"#,
                "column 72: a field"
            ),
        ])
    func mismatch(format: String, reason: String) throws {
        let line = #"10.0.0.1 12/Feb/2026:08:14:03 +0100 "GET /operations/1 HTTP/1.1" 200 5"#
        let given =
            reason.contains("address")
            ? line : line.replacing("12/Feb", with: "[12/Feb").replacing("0100", with: "0100]")
        let shown = try #require(try explain(given + "\n", format: format).lines.first)
        guard case .unreadable(let told) = shown.kind else {
            Issue.record("\(shown)")
            return
        }
        #expect(told?.hasPrefix(reason) == true, "\(told ?? "-")")
    }

    @Test("what is no log is said to be none, and a senseless format is refused")
    func nothing() throws {
        #expect(try explain("").reasons == ["There is no line in it."])
        let prose = try explain("one\ntwo\n")
        #expect(prose.format == nil && prose.candidates.isEmpty)
        #expect(prose.reasons.first?.hasPrefix("None of its first 2 lines") == true)
        #expect(throws: LogFormatError.self) { try explain("", format: "nonsense") }
    }

    @Test("a sample is the begin of the content, decompressed")
    func sample() async throws {
        try await withTemporaryFolder { folder in
            var log = SampleLog(seed: 71)
            let text = Data(log.lines(2000).utf8)
            let file = folder.appending(path: "log.gz")
            try gzipped(text, in: folder).write(to: file)
            #expect(try LogFormats.sample(ofLog: file.path) == Array(text.prefix(65_536)))
            #expect(throws: LogSampleError.self) { try LogFormats.sample(ofLog: folder.path) }
            try Data([0x28, 0xB5, 0x2F, 0xFD, 0, 0, 0]).write(to: file)
            #expect(throws: LogSampleError.self) { try LogFormats.sample(ofLog: file.path) }
        }
    }

    @Test("any bytes can be explained", arguments: [UInt64](1...40))
    func noise(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let samples = LogFormats.all.flatMap(\.samples)
        var bytes: [UInt8] = []
        for _ in 0..<6 {
            var line = Array(samples[random.below(samples.count)].utf8)
            for _ in 0..<random.below(5) {
                line[random.below(line.count)] = UInt8(truncatingIfNeeded: random.next())
            }
            bytes += line + [0x0A]
        }
        for format in [nil, "combined", "json", "w3c", "csv", "http-client", "haproxy"] {
            let explanation = try LogFormats.explain(
                Array(bytes[..<random.below(bytes.count)]), format: format, count: 50)
            #expect(explanation.candidates.allSatisfy { $0.fitting <= explanation.lineCount })
        }
    }
}

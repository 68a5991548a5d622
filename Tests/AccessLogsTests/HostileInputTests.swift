import AccessLogs
import Deprecations
import Foundation
import TestSupport
import Testing

@Suite("Input of any kind")
struct HostileInputTests {
    private func reader(_ path: String = "/platform/v1/operations/{operationId}") throws
        -> LogReader
    {
        var rule = try OperationsRule.rule()
        rule.endpoint.path = try PathTemplate(path)
        if path.hasPrefix("/{") { rule.replacement = nil }
        return LogReader(rules: [rule], gateways: [], callers: [])
    }

    private func read(
        _ bytes: [UInt8], with reader: LogReader, format: String? = nil
    ) async throws -> LogReading {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "log")
            try Data(bytes).write(to: file)
            return try reader.read(file.path, options: LogReadingOptions(format: format))
        }
    }

    /// Complete lines, and the unterminated last one.
    private func expectSumsClose(_ reading: LogReading, of bytes: [UInt8]) {
        guard reading.state == .complete else { return }
        // In a JSON document a record is a line.
        let first = bytes.first { $0 > 0x20 }
        if first != UInt8(ascii: "{"), first != UInt8(ascii: "[") {
            let newlines = bytes.count { $0 == 0x0A }
            #expect(reading.counts.lines == newlines)
            #expect(reading.tailCounts.lines == (bytes.last.map { $0 == 0x0A ? 0 : 1 } ?? 0))
        }
        let requests = reading.traffic.reduce(0) { $0 + $1.totals.requests }
        #expect(reading.counts.matched == requests)
        #expect(reading.counts.other >= 0)
    }

    private static let allSamples = LogFormats.all.flatMap { format in
        format.samples.map { (format.name, $0) }
    }

    @Test("a sample line cut off at any byte is read without a trap", arguments: allSamples)
    func cutOff(format: String, sample: String) async throws {
        let reader = try reader()
        let bytes = Array(sample.utf8)
        for end in bytes.indices {
            let text = String(decoding: bytes[..<end], as: UTF8.self)
            let traffic = try reader.traffic(inSample: text, format: format)
            #expect(traffic.count <= 1)
        }
        let half = Array(bytes[..<(bytes.count * 2 / 3)])
        expectSumsClose(try await read(half, with: reader), of: half)
    }

    @Test(
        "lines of all formats, mixed and damaged, are all accounted for",
        arguments: [UInt64](1...40))
    func mixed(seed: UInt64) async throws {
        let reader = try reader()
        var random = SeededGenerator(seed: seed)
        var bytes: [UInt8] = []
        for _ in 0..<60 {
            var line = Array(Self.allSamples[random.below(Self.allSamples.count)].1.utf8)
            for _ in 0..<random.below(4) {
                let place = random.below(line.count)
                switch random.below(4) {
                case 0: line[place] = UInt8(1 + random.below(255))
                case 1: line.removeSubrange(place..<min(line.count, place + random.below(40)))
                case 2: line.insert(contentsOf: Array("\"\\[ %2".utf8), at: place)
                default: line += line[..<place]
                }
                if line.isEmpty { line = [0x20] }
            }
            bytes += line + Array(["\n", "\r\n", "\n\n", " \n"][random.below(4)].utf8)
        }
        if random.below(2) == 0 { bytes.removeLast(1 + random.below(90)) }
        let reading = try await read(bytes, with: reader)
        expectSumsClose(reading, of: bytes)
        #expect(reading.counts.matched > 0)
    }

    @Test("random bytes are no requests", arguments: [UInt64](1...40))
    func noise(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let letters = Array("{}[]\":,\\%#/.-09aZ \t\n\r".utf8)
        let bytes = (0..<random.below(30_000)).map { _ in
            seed % 2 == 0
                ? letters[random.below(letters.count)] : UInt8(truncatingIfNeeded: random.next())
        }
        let reading = try await read(bytes, with: try reader())
        expectSumsClose(reading, of: bytes)
        #expect(reading.counts.matched == 0)
    }

    @Test("deep nesting, open strings and bare escapes end a JSON line, not the reading")
    func jsonShapes() throws {
        let reader = try reader()
        for text in [
            String(repeating: "[", count: 5000), String(repeating: "{\"a\":", count: 5000),
            #"{"a":"\"#, #"{"a":"\u"#, #"{"a":"\ud83d\u"}"#, #"{"request":"GET \u"#, "{", "{\"",
            #"{"a""#, #"{"a":"#, #"{"a":tru"#, #"{"request":["#, #"{"a":1}}"#, "{,,,}",
            #"{"time":"2026-02-12T00:00:00Z","request":"GET","status":200}"#,
        ] {
            #expect(try reader.traffic(inSample: text, format: "json").isEmpty)
        }
    }

    @Test(
        "no spelling of the path gets past the search that comes before the parser",
        arguments: ["/platform/v1/operations/{id}", "/Wdesk_2/ops-v1.0/{id}/Re~ad"],
        [UInt64](1...12))
    func spellings(path: String, seed: UInt64) async throws {
        let reader = try reader(path)
        var random = SeededGenerator(seed: seed)
        var log = SampleLog(seed: seed)
        for format in ["combined", "json"] {
            var text = ""
            for _ in 0..<80 {
                text += log.line(isMatch: false) + "\n"
                let target = path.replacing("{id}", with: "9f2c").utf8.map {
                    spelling(of: $0, isJSON: format == "json", &random)
                }.joined()
                text +=
                    format == "json"
                    ? #"{"time":"2026-02-12T00:00:00Z","status":200,"method":"GET","uri":"\#(target)"}"#
                    : "10.0.0.1 - - [12/Feb/2026:07:14:03 +0000] \"GET \(target) HTTP/1.1\" 200 5 \"-\" \"x\""
                text += "\n"
            }
            let searched = try await read(Array(text.utf8), with: reader, format: format)
            #expect(searched.traffic == (try reader.traffic(inSample: text, format: format)))
            #expect(searched.counts.matched == 80)
        }
    }

    /// The character, its percent-encoding, or that of JSON.
    private func spelling(
        of byte: UInt8, isJSON: Bool, _ random: inout SeededGenerator
    ) -> String {
        let plain = String(decoding: [byte], as: UTF8.self)
        let hex = String(byte, radix: 16)
        switch random.below(isJSON ? 6 : 4) {
        case 0 where byte != UInt8(ascii: "/"): return "%" + hex
        case 1 where byte != UInt8(ascii: "/"): return "%" + hex.uppercased()
        case 4: return "\\u00" + hex
        case 5: return "\\u00" + hex.uppercased()
        default: return plain
        }
    }

    @Test("a path of nothing but a parameter lets every line through to the parser, and sums close")
    func anyPath() async throws {
        let text =
            "\n\r\n10.0.0.1 - - [12/Feb/2026:07:14:03 +0000] \"GET /a HTTP/1.1\" 200 5 \"-\" \"x\"\n\n"
            + "10.0.0.1 - - [12/Feb/2026:07:14:03 +0000] \"GET /a/b HTTP/1.1\" 200 5 \"-\" \"x\"\n \n"
        let reading = try await read(Array(text.utf8), with: try reader("/{id}"))
        #expect(reading.counts == LineCounts(matched: 1, other: 1, blank: 4))
    }

    @Test("a line of over a mebibyte is looked at as far as that, and said to be so")
    func longLine() async throws {
        var log = SampleLog(seed: 31)
        let begin = log.line(isMatch: true).dropLast()
        for length in [900_000, 1_048_576, 1_048_577, 1_200_000, 3_000_000] {
            let filling = String(repeating: "x", count: length - 1 - begin.utf8.count)
            let text = log.lines(10, rarity: 1) + begin + filling + "\"\n" + log.lines(9, rarity: 1)
            let bytes = Array(text.utf8)
            let reading = try await read(bytes, with: try reader())
            let isCut = length > 1_048_576
            #expect(
                reading.counts == LineCounts(matched: isCut ? 19 : 20, malformed: isCut ? 1 : 0))
            #expect(
                reading.diagnostics.contains { $0.message.contains("longer than 1 MiB") } == isCut)
            let open = Array(bytes[..<(bytes.lastIndex(of: UInt8(ascii: "x")) ?? 0)])
            let cut = try await read(open, with: try reader())
            #expect(cut.counts.matched == 10)
            #expect(cut.tailCounts.lines == 1)
        }
    }

    @Test("NUL bytes before a line do no harm, NUL bytes in one are binary data")
    func nulBytes() async throws {
        var log = SampleLog(seed: 32)
        let line = Array(log.line(isMatch: true).utf8)
        let before = [UInt8](repeating: 0, count: 700) + line + [0x0A]
        let read = try await read(before, with: try reader())
        #expect(read.counts.matched == 1)
        let inside = try await self.read([0x61, 0, 0x62] + line, with: try reader())
        #expect(inside.state == .unreadable)
        #expect(inside.diagnostics.first?.message.contains("binary") == true)
    }
}

import AccessLogs
import Deprecations
import Foundation
import TestSupport
import Testing

@Suite("JSON documents")
struct JSONDocumentTests {
    private func read(
        _ text: String, known: KnownStreams = .none
    ) async throws -> LogReading {
        let reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
        return try await withTemporaryFolder { folder in
            let file = folder.appending(path: "log")
            try Data(text.utf8).write(to: file)
            return try reader.read(file.path, known: known)
        }
    }

    private func record(_ id: Int, _ more: String = "") -> String {
        #"{"time":"2026-02-12T07:14:03Z","status":200,"method":"GET","uri":"/platform/v1/operations/\#(id)"\#(more)}"#
    }

    /// With line ends and blanks between all values.
    private func pretty(_ text: String) -> String {
        var result = ""
        var isInText = false
        for character in text {
            if character == "\"" { isInText.toggle() }
            result.append(character)
            if !isInText, "{}[],:".contains(character) { result += "\n  " }
        }
        return result
    }

    private func count(_ text: String, _ expected: LineCounts) async throws {
        let reading = try await read(text)
        var counts = reading.counts
        counts.add(reading.tailCounts)
        #expect(counts == expected, "\(text.prefix(300))")
        #expect(reading.format == "json")
        #expect(reading.state == .complete)
    }

    @Test("each record of a document is a line, however the document is laid out")
    func layouts() async throws {
        let two = record(1) + "," + record(2, #","x":[{"a":"]}"}]"#)
        let three = record(1) + record(2) + record(3)
        for document in [
            "[\(two)]", "{\"records\":[\(two)]}", "{\"log\":{\"entries\":[\(two)]}}",
            "{\"hits\":{\"hits\":[{\"_source\":\(record(1))},{\"_source\":\(record(2))}]}}",
            "[[\(record(1))],[\(record(2))]]", "[\(record(1))]\n[\(record(2))]",
        ] {
            try await count(document, LineCounts(matched: 2))
            try await count(document + "\n", LineCounts(matched: 2))
            try await count(pretty(document), LineCounts(matched: 2))
        }
        try await count(pretty(three), LineCounts(matched: 3))
        try await count(pretty(record(1)), LineCounts(matched: 1))
        try await count("{\"count\":2,\n\"value\":[\(two)]}", LineCounts(matched: 2, other: 1))
        try await count("[\n" + record(1) + ",\n" + record(2) + "\n]\n", LineCounts(matched: 2))
    }

    @Test("an object with records in it that is a request itself counts")
    func requestAround() async throws {
        try await count(pretty(record(1, #","items":[{"a":1}]"#)), LineCounts(matched: 1, other: 1))
        try await count(record(1, #","items":[{"a":1}],"b":2"#), LineCounts(matched: 1, other: 1))
        try await count(record(1, #","items":["a"],"data":[]"#), LineCounts(matched: 1))
    }

    @Test("what breaks a document off loses none of the records and lines behind it")
    func broken() async throws {
        let lines = record(1) + "\n" + record(2) + "\n" + record(3) + "\n"
        try await count("{\"a\":1,\n" + lines, LineCounts(matched: 3, other: 1))
        try await count("{\"a\":\"\n" + lines, LineCounts(matched: 3, other: 1))
        try await count("{\"a\":\n" + lines, LineCounts(matched: 2, malformed: 1))
        try await count("[{\"a\":1]}\n" + lines, LineCounts(matched: 3, other: 2))
        let other =
            "10.0.0.1 - - [12/Feb/2026:07:14:03 +0000] \"GET /platform/v1/operations/1 HTTP/1.1\" 200 5\n"
        let mixed = try await read(pretty(record(1)) + "\n" + other + other + lines)
        #expect(mixed.counts == LineCounts(matched: 6))
        let deep = try await read("[" + String(repeating: "{\"a\":", count: 5000) + "\n" + lines)
        #expect(deep.counts.matched >= 2)
        #expect(deep.counts.matched + deep.counts.malformed >= 3 || deep.counts.matched == 3)
    }

    @Test("a document that is cut off counts its whole records; a longer one counts the rest")
    func growth() async throws {
        let ledger = LogLedger()
        let records = (1...40).map { record($0) }
        let whole = "{\"records\": [\n" + records.joined(separator: ",\n") + "\n]}\n"
        for length in [500, 501, 1900, 2000, whole.utf8.count] {
            let text = String(decoding: Array(whole.utf8)[..<length], as: UTF8.self)
            let reading = try await read(text, known: ledger.known)
            #expect(ledger.save(reading))
        }
        #expect(ledger.counts == LineCounts(matched: 40))
        #expect(ledger.streamCount == 1)
        let more = "[" + (records + [record(41)]).joined(separator: ",") + "]"
        #expect(ledger.save(try await read(more, known: ledger.known)))
        #expect(ledger.counts == LineCounts(matched: 41))
        #expect(ledger.streamCount == 1)
    }

    @Test("a HAR file shows requests with all their headers, and its bodies take no room")
    func har() async throws {
        func entry(_ id: Int, _ headers: String) -> String {
            """
            {"startedDateTime":"2026-02-12T08:14:03.310+01:00","time":49.970000000000,"request":{"method":"GET",
            "url":"https://api.app.wdesk.com/platform/v1/operations/\(id)?x=1","httpVersion":"HTTP/2.0","cookies":[],
            "headers":[\(headers)],"queryString":[],"headersSize":-1,"bodySize":0},"response":{"status":200,
            "statusText":"OK","headers":[{"name":"x-version","value":"2026-01-01"}],"content":{"size":300000,
            "mimeType":"application/json","text":"\(String(repeating: "x\\n", count: 150_000))"},
            "redirectURL":""},"cache":{},"timings":{"wait":1},"serverIPAddress":"192.0.2.10"}
            """
        }
        let agent = #"{"name":"User-Agent","value":"Mozilla/5.0 Firefox/120.0"}"#
        let text =
            #"{"log":{"version":"1.2","creator":{"name":"Firefox","version":"1"},"pages":[{"startedDateTime":"2026-02-12T08:14:00.000+01:00","id":"page_1","title":"t"}],"entries":["#
            + entry(1, #"{"name":":method","value":"GET"},\#(agent)"#) + ","
            + entry(2, #"\#(agent),{"value":"2022-01-01","name":"X-Version"}"#) + "]}}"
        for document in [text, text.replacing("\n", with: "")] {
            let reading = try await read(document)
            #expect(reading.counts == LineCounts(matched: 2))
            #expect(
                reading.traffic.map(\.key.apiVersion.versionClass) == [
                    .implicit, .pinnedDeprecated,
                ]
            )
            #expect(reading.traffic.allSatisfy { $0.key.host == "api.app.wdesk.com" })
            #expect(reading.traffic.allSatisfy { $0.key.caller.client == "firefox" })
            #expect(reading.firstSeen?.description == "2026-02-12T07:14:03.310Z")
            #expect(reading.diagnostics.isEmpty)
        }
    }

    @Test(
        "documents cut off and damaged anywhere are read without a trap",
        arguments: [UInt64](1...30))
    func damaged(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        var bytes = Array(pretty("{\"records\":[\(record(1)),\(record(2))]}").utf8)
        for _ in 0..<random.below(6) {
            let place = random.below(bytes.count)
            switch random.below(3) {
            case 0: bytes[place] = Array("{}[]\",:\\\n x".utf8)[random.below(11)]
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + random.below(9)))
            default: bytes.insert(contentsOf: bytes[..<(place / 2)], at: place)
            }
        }
        let text = String(decoding: bytes[..<random.below(bytes.count)], as: UTF8.self)
        let reading = try await read(text)
        let requests = reading.traffic.reduce(0) { $0 + $1.totals.requests }
        #expect(reading.counts.matched == requests)
        #expect(reading.counts.other >= 0)
    }
}

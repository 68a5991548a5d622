import AccessLogs
import Deprecations
import Foundation
import TestSupport
import Testing

@Suite("Debug logs of clients")
struct ClientLogTests {
    private static let url = "https://api.app.wdesk.com/platform/v1/operations/9f2c"

    private func read(_ text: String) async throws -> LogReading {
        let reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
        return try await withTemporaryFolder { folder in
            let file = folder.appending(path: "log")
            try Data(text.utf8).write(to: file)
            return try reader.read(file.path)
        }
    }

    @Test(
        "a request is seen whatever the program's logging puts before it",
        arguments: [
            (
                #"DEBUG:urllib3.connectionpool:https://api.app.wdesk.com:443 "GET /platform/v1/operations/9f2c HTTP/1.1" 200 None"#,
                "urllib3", 200
            ),
            (
                #"https://api.app.wdesk.com:443 "GET /platform/v1/operations/9f2c?a=b HTTP/1.1" 429 0"#,
                "urllib3", 429
            ),
            (
                #"2026-02-12 07:14:03,310 [DEBUG] https://api.app.wdesk.com:443 "GET /platform/v1/operations/9f2c HTTP/1.1" 200 311"#,
                "urllib3", 200
            ),
            (#"INFO:httpx:HTTP Request: GET \#(url) "HTTP/1.1 200 OK""#, "httpx", 200),
            (
                #"INFO     [2026-02-12 07:14:03] httpx - HTTP Request: GET \#(url) "HTTP/2 404 Not Found""#,
                "httpx", 404
            ),
            ("--> GET \(url) http/1.1", "okhttp", 0), ("I/okhttp: --> GET \(url)", "okhttp", 0),
            ("[Api#op] ---> GET \(url) HTTP/1.1", "feign", 0),
        ])
    func prefixes(line: String, client: String, status: Int) async throws {
        let reading = try await read(line + "\n")
        #expect(reading.format == "http-client")
        let found = try #require(reading.traffic.first)
        #expect(found.key.host == "api.app.wdesk.com")
        #expect(found.key.caller.client == client)
        #expect(found.totals.statuses == [status: 1])
        #expect((found.totals.firstSeen != nil) == line.contains("2026"))
        #expect(reading.counts == LineCounts(matched: 1))
    }

    @Test("answers, other methods, hosts and talk of the endpoint are no requests")
    func others() async throws {
        let reading = try await read(
            """
            --> GET \(Self.url)
            X-Version: 2022-01-01
            --> END GET
            <-- 200 \(Self.url) (12ms, 311-byte body)
            <-- 200 OK \(Self.url) (12ms)
            --> POST \(Self.url)
            HTTP Request: GET https://other.example/platform/v1/operations/9f2c "HTTP/1.1 200 OK"
            DEBUG:x:https://other.example:443 "GET /platform/v1/operations/9f2c HTTP/1.1" 200 None
            see --> \(Self.url) for details

            """)
        #expect(reading.counts == LineCounts(matched: 1, other: 7, malformed: 1))
    }

    @Test("a line without a time takes that of what it is wrapped in")
    func wrapped() async throws {
        let line = #"INFO:httpx:HTTP Request: GET \#(Self.url) "HTTP/1.1 200 OK""#
        let text = line.replacing("\"", with: "\\\"")
        for (wrapped, format) in [
            ("2026-02-12T07:14:03.310Z stderr F \(line)", "cri+http-client"),
            ("2026-02-12T07:14:03.310Z \(line)", "timestamped+http-client"),
            ("<14>1 2026-02-12T07:14:03.310Z web1 app 7 - - \(line)", "syslog+http-client"),
            (
                #"{"log":"\#(text)\n","stream":"stderr","time":"2026-02-12T07:14:03.310Z"}"#,
                "json-message"
            ),
            (
                #"{"__REALTIME_TIMESTAMP":"1770880443310123","MESSAGE":"\#(text)","_HOSTNAME":"w"}"#,
                "json-message"
            ),
        ] {
            let reading = try await read(wrapped + "\n")
            #expect(reading.format == format)
            #expect(
                reading.traffic.first?.totals.firstSeen?.description == "2026-02-12T07:14:03.310Z",
                "\(wrapped)")
        }
    }
}

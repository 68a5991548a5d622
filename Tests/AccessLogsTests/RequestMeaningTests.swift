import AccessLogs
import Deprecations
import Testing

@Suite("What a line means")
struct RequestMeaningTests {
    private func traffic(
        _ lines: String, format: String = "json", callers: [Settings.CallerName] = []
    ) throws -> [Traffic] {
        try LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: callers)
            .traffic(inSample: lines, format: format)
    }

    private func combined(
        _ target: String, agent: String = "curl/8.4.0", user: String = "-",
        address: String = "10.0.0.1"
    ) -> String {
        "\(address) - \(user) [12/Feb/2026:08:14:03 +0000] \"GET \(target) HTTP/1.1\" 200 5 \"-\" \"\(agent)\""
    }

    @Test("the query string is kept nowhere")
    func noQuery() throws {
        let found = try traffic(
            combined("/platform/v1/operations/1?access_token=hunter2"), format: "combined")
        #expect(found.count == 1)
        #expect(!String(describing: found).contains("hunter2"))
    }

    @Test(
        "secrets in user agents and users are masked",
        arguments: [
            "app Bearer abcdefgh12345678", "app token=hunter2hunter2 x",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJoIn0.hunter2", "x (api_key: hunter2hunter2)",
        ])
    func secrets(agent: String) throws {
        let found = try traffic(
            combined("/platform/v1/operations/1", agent: agent), format: "combined")
        let shown = try #require(found.first?.key.caller.userAgent)
        #expect(shown.contains("***"))
        #expect(!shown.contains("hunter2") && !shown.contains("abcdefgh"))
        let user = try traffic(
            combined("/platform/v1/operations/1", user: "bob:hunter2"), format: "combined")
        #expect(user.first?.key.caller.user == "bob:***")
    }

    @Test(
        "user agents show client, version and kind",
        arguments: [
            ("python-requests/2.31.0", "requests", "2.31.0", CallerKind.library),
            ("fin-reports/1.4 python-requests/2.31.0", "requests", "2.31.0", .library),
            ("workiva-python-sdk/1.2.3", "workiva-sdk", "1.2.3", .sdk),
            ("Python/3.11 aiohttp/3.9.1", "aiohttp", "3.9.1", .library),
            ("Go-http-client/2.0", "net/http", "2.0", .library),
            ("Apache-HttpClient/4.5.13 (Java/11.0.20)", "apache-httpclient", "4.5.13", .library),
            ("Faraday v2.7.4", "faraday", "2.7.4", .library),
            ("GuzzleHttp/6.5.5 curl/7.64.0 PHP/7.4", "guzzle", "6.5.5", .library),
            ("libcurl/7.88.1 r-curl/5.0.0 httr/1.4.5", "httr", "1.4.5", .library),
            ("curl/8.4.0", "curl", "8.4.0", .cli),
            (
                "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041",
                "invoke-restmethod", "5.1.19041", .cli
            ),
            ("PostmanRuntime/7.36.0", "postman", "7.36.0", .apiTool),
            ("AHC/1.0", "mulesoft", nil, .integrationPlatform),
            ("kube-probe/1.29", "kube-probe", "1.29", .monitor),
            (
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "bot",
                "2.1",
                .bot
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36",
                "chrome", "120.0.0.0", .browser
            ),
            ("ReportPuller", nil, nil, .unknown), ("-", nil, nil, .unknown),
        ] as [(String, String?, String?, CallerKind)])
    func userAgents(agent: String, client: String?, version: String?, kind: CallerKind) throws {
        let found = try traffic(
            combined("/platform/v1/operations/1", agent: agent), format: "combined")
        let caller = try #require(found.first?.key.caller)
        #expect(caller.client == client)
        if agent != "AHC/1.0" { #expect(caller.clientVersion == version) }
        #expect(caller.kind == kind)
    }

    @Test("the client is the first hop of the way back that is no trusted proxy")
    func forwarded() throws {
        func address(_ peer: String, _ list: String) throws -> String? {
            try traffic(
                combined("/platform/v1/operations/1", address: peer) + " \"\(list)\"",
                format: "main"
            ).first?.key.caller.address
        }
        #expect(try address("10.0.0.9", "203.0.113.9, 10.0.0.3") == "203.0.113.9")
        #expect(try address("10.0.0.9", "198.51.100.1, 203.0.113.9, 10.0.0.3") == "203.0.113.9")
        #expect(try address("10.0.0.9", "10.0.0.7, 10.0.0.3") == "10.0.0.7")
        #expect(try address("10.0.0.9", "-") == "10.0.0.9")
        #expect(try address("203.0.113.50", "198.51.100.1") == "203.0.113.50")
    }

    @Test(
        "addresses come without port and brackets, in one spelling",
        arguments: [
            ("10.0.0.1:51818", "10.0.0.1"), ("[2001:DB8::7]:443", "2001:db8::7"),
            ("2001:db8:0:0:0:0:0:7", "2001:db8::7"), ("::ffff:10.0.0.1", "10.0.0.1"),
            ("etl.corp.example", "etl.corp.example"), ("fe80::1%eth0", "fe80::1"), ("::", "::"),
        ])
    func addresses(written: String, shown: String) throws {
        let line =
            #"{"time":"2026-02-12T00:00:00Z","status":200,"method":"GET","uri":"/platform/v1/operations/1","remote_addr":""#
        #expect(try traffic(line + written + "\"}").first?.key.caller.address == shown)
    }

    @Test("callers get the name of the first settings that fit whole")
    func names() throws {
        let names = [
            Settings.CallerName(name: "both", addresses: ["10.0.0.0/8"], users: ["etl"]),
            Settings.CallerName(name: "net", addresses: ["10.1.0.0/16", "2001:db8::/32"]),
            Settings.CallerName(name: "curl", userAgents: ["curl/"]),
        ]
        func name(_ address: String, user: String = "-", agent: String = "x") throws -> String? {
            try traffic(
                combined("/platform/v1/operations/1", agent: agent, user: user, address: address),
                format: "combined", callers: names
            ).first?.key.caller.name
        }
        #expect(try name("10.2.0.1", user: "etl") == "both")
        #expect(try name("10.1.0.1") == "net")
        #expect(try name("2001:db8::5") == "net")
        #expect(try name("10.2.0.1", agent: "curl/8") == "curl")
        #expect(try name("10.2.0.1") == nil)
    }

    @Test("a full headers object shows that the version header was not sent")
    func headersObject() throws {
        func line(_ headers: String) -> String {
            #"{"ts":1770880443.3,"request":{"method":"GET","host":"api.app.wdesk.com","uri":"/platform/v1/operations/1","headers":{\#(headers)}},"status":200}"#
        }
        func versionClass(_ headers: String) throws -> APIVersionClass? {
            try traffic(line(headers)).first?.key.apiVersion.versionClass
        }
        #expect(
            try versionClass(#""User-Agent":["x"],"X-Version":["2022-01-01"]"#) == .pinnedDeprecated
        )
        #expect(try versionClass(#""User-Agent":["x"],"Accept":["*/*"]"#) == .implicit)
        #expect(try versionClass(#""x-request-id":["1"]"#) == .unlogged)
    }

    @Test(
        "JSON fields of their own are the version header, also where they are empty",
        arguments: [
            (#""http_x_version":"2026-01-01""#, APIVersionClass.pinnedCurrent),
            (#""http_x_version":"""#, .implicit), (#""x_version":null"#, .implicit),
            (#""x_version":"-""#, .implicit), (#""other":"2026-01-01""#, .unlogged),
        ])
    func jsonVersion(field: String, expected: APIVersionClass) throws {
        let found = try traffic(
            #"{"time_iso8601":"2026-02-12T00:00:00Z","request":"GET \/platform\/v1\/\u006fperations\/1 HTTP/1.1","status":,\#(field)}"#
        )
        #expect(found.first?.key.apiVersion.versionClass == expected)
        #expect(found.first?.totals.statuses == [0: 1])
    }

    @Test(
        "wrapped lines are read",
        arguments: [
            #"2026-02-12T07:14:03.310123456Z stdout F "#, "<190>Feb 12 08:14:03 lb1 nginx: ",
            "Feb 12 08:14:03 lb1 haproxy[98]: ",
            "<165>1 2026-02-12T07:14:03.310Z lb1 nginx 98 - - ",
            #"<165>1 2026-02-12T07:14:03.310Z lb1 nginx 98 ID1 [a b="c ] d"] "#, "proxy-1  | ",
            "[pod/proxy-1/nginx] ", "2026-02-12T07:14:03.310123456Z ",
        ])
    func wrapped(prefix: String) throws {
        let reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
        let line = prefix + combined("/platform/v1/operations/1")
        #expect(try reader.traffic(inSample: line, format: "combined").first?.totals.requests == 1)
    }

    @Test("Docker's and other collectors' JSON around a line is taken off")
    func docker() throws {
        let inner = combined("/platform/v1/operations/1").replacing("\"", with: "\\\"")
        for line in [
            #"{"log":"\#(inner)\n","stream":"stdout","time":"2026-02-12T07:14:03.3Z"}"#,
            #"{"@timestamp":"2026-02-12T07:14:03Z","message":"\#(inner)","host":{"name":"web-1"}}"#,
        ] {
            #expect(try traffic(line).first?.totals.requests == 1, "\(line)")
        }
    }
}

import AccessLogs
import Deprecations
import Foundation
import TestSupport
import Testing

@Suite("Custom formats")
struct CustomFormatTests {
    private func only(_ line: String, _ format: String) throws -> Traffic {
        let reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
        let traffic = try reader.traffic(inSample: line, format: format)
        try #require(traffic.count == 1, "\(line)")
        return traffic[0]
    }

    @Test("an nginx log_format with the version header tells seen, absent and unknown apart")
    func versionHeader() throws {
        let format =
            #"log_format audit '$remote_addr [$time_iso8601] $http_host "$request" ' '$status "$http_x_version"';"#
        let begin =
            #"10.0.0.1 [2026-03-01T00:00:02+00:00] api.app.wdesk.com "GET /platform/v1/operations/1 HTTP/1.1" 200 "#
        let pinned = try only(begin + #""2022-01-01""#, format)
        #expect(
            pinned.key.apiVersion
                == APIVersionUse(versionClass: .pinnedDeprecated, value: "2022-01-01"))
        #expect(pinned.key.host == "api.app.wdesk.com")
        #expect(pinned.totals.firstSeen?.description == "2026-03-01T00:00:02Z")
        #expect(try only(begin + #""-""#, format).key.apiVersion.versionClass == .implicit)
        #expect(
            try only(begin + #""2026-01-01""#, format).key.apiVersion.versionClass == .pinnedCurrent
        )
        #expect(
            try only(begin + #""2024-07-01""#, format).key.apiVersion.versionClass == .pinnedUnknown
        )
        let without = try only(
            begin + "x", #"$remote_addr [$time_iso8601] $http_host "$request" $status $other"#)
        #expect(without.key.apiVersion.versionClass == .unlogged)
    }

    @Test("an unquoted time with a blank in it does not end at the blank")
    func blankInField() throws {
        let traffic = try only(
            "12/Feb/2026:08:14:03 +0100 10.0.0.1 GET /platform/v1/operations/1 HTTP/1.1 200 bob",
            "$time_local $remote_addr $request $status $remote_user")
        #expect(traffic.totals.firstSeen?.description == "2026-02-12T07:14:03Z")
        #expect(traffic.totals.statuses == [200: 1])
        #expect(traffic.key.caller.user == "bob")
    }

    @Test(
        "a target that is logged in pieces is one",
        arguments: [
            (
                "$remote_addr [$time_local] $request_method $uri$is_args$args $status",
                "GET /platform/v1/operations/1?a=b 200"
            ),
            (
                "$remote_addr [$time_local] $request_method $scheme://$host$request_uri $status",
                "GET https://api.app.wdesk.com/platform/v1/operations/1?a=b 200"
            ),
        ])
    func pieces(format: String, end: String) throws {
        let traffic = try only("10.0.0.1 [12/Feb/2026:08:14:03 +0100] \(end)", format)
        #expect(traffic.totals.statuses == [200: 1])
        #expect(traffic.key.host == (format.contains("$host") ? "api.app.wdesk.com" : nil))
    }

    @Test("escaped quotes and bytes are decoded")
    func escapes() throws {
        let traffic = try only(
            #"10.0.0.1 - - [12/Feb/2026:08:14:03 +0100] "GET /platform/v1/operations/1 HTTP/1.1" 200 1 "-" "a \x22b\x22 \"c\" \xC3\xA4""#,
            "combined")
        #expect(traffic.key.caller.userAgent == "a \"b\" \"c\" ä")
    }

    @Test(
        "Apache's directives are understood",
        arguments: [
            (
                #"LogFormat "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\" %{X-Version}i" audit"#,
                #"10.0.0.1 - bob [12/Feb/2026:08:14:03 +0100] "GET /platform/v1/operations/1 HTTP/1.1" 200 - "-" "curl/8.4.0" 2022-01-01"#
            ),
            (
                #"%{%Y-%m-%d}t %{%T}t.%{msec_frac}t %a %m %U%q %s %u %{X-Version}i"#,
                "2026-02-12 07:14:03.250 10.0.0.1 GET /platform/v1/operations/1 200 bob 2022-01-01"
            ),
            (
                #"%{sec}t %v %a "%r" %s %u %{x-version}i"#,
                #"1770880443 api.app.wdesk.com 10.0.0.1 "GET /platform/v1/operations/1 HTTP/1.1" 200 bob 2022-01-01"#
            ),
        ])
    func apache(format: String, line: String) throws {
        let traffic = try only(line, format)
        #expect(traffic.totals.firstSeen?.description.hasPrefix("2026-02-12T07:14:03") == true)
        #expect(traffic.key.caller.user == "bob")
        #expect(traffic.key.caller.address == "10.0.0.1")
        #expect(traffic.key.apiVersion.versionClass == .pinnedDeprecated)
    }

    @Test("a conditional header's dash is not an absent header")
    func conditional() throws {
        let traffic = try only(
            #"10.0.0.1 [12/Feb/2026:08:14:03 +0100] "GET /platform/v1/operations/1 HTTP/1.1" 200 -"#,
            #"%h %t \"%r\" %>s %!200{X-Version}i"#)
        #expect(traffic.key.apiVersion.versionClass == .unlogged)
    }

    @Test(
        "a format that cannot be used says why",
        arguments: [
            ("$remote_addr$status $request", "$status follows another field"),
            ("$remote_addr $status", "no field with the request's path"),
            ("%h %{X", "without '}'"), ("cmbined", "is no known log format"),
            ("$", "variable's name"),
            ("log_format a escape=xml '$request';", "escape=xml"),
            ("log_format a '$request", "quote"),
            (#"LogFormat "%r"#, "quote"), ("%", "'%' at the end"),
        ])
    func mistakes(format: String, message: String) throws {
        let reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
        let error = #expect(throws: LogFormatError.self) {
            try reader.traffic(inSample: "x", format: format)
        }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }
}

@Suite("Custom formats of other servers")
struct ForeignFormatTests {
    /// A format of each, and a line as that server writes it.
    static let all: [(syntax: CustomLogFormat.Syntax, format: String, line: String)] = [
        (
            .haproxy,
            #"%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %[req.hdr(X-Version)] %{+Q}r"#,
            ##"10.0.0.1:51818 [12/Feb/2026:07:14:03.086] fe be/s1 0/0/1/11/12 200 517 - - ---- 1/1/0/0/0 0/0 {a|b} {c} 2022-01-01 "GET /platform/v1/operations/1 HTTP/1.1""##
        ),
        (
            .haproxy,
            #"log-format "%[src] [%trg] %HM %HU %ST %[req.hdr(x-version)] %[req.hdr(user-agent)]""#,
            "10.0.0.1 [12/Feb/2026:07:14:03 +0000] GET /platform/v1/operations/1?x=1 200 2022-01-01 curl/8.4.0"
        ),
        (
            .haproxy, #"%{+Q}o %ci %tr %HM %HP %ST %[capture.req.hdr(0)] %[req.hdr(X-Version)]"#,
            #""10.0.0.1" "12/Feb/2026:07:14:03.086" "GET" "/platform/v1/operations/1" "200" "a" "2022-01-01""#
        ),
        (
            .envoy,
            #"[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT% "%REQ(X-VERSION)%"\n"#,
            #"[2026-02-12T07:14:03.310Z] "GET /platform/v1/operations/1 HTTP/2" 200 10.0.0.1 "2022-01-01""#
        ),
        (
            .envoy,
            #"%START_TIME(%Y/%m/%d %H:%M:%S)% %START_TIME(%s.%3f)% %REQ(:METHOD)% %REQ(:PATH):64% %RESPONSE_CODE% %DOWNSTREAM_REMOTE_ADDRESS% %REQ(x-version)%"#,
            #"2026/02/12 07:14:03 1770880443.310 GET /platform/v1/operations/1 200 10.0.0.1:80 2022-01-01"#
        ),
        (
            .squid,
            #"%ts.%03tu %6tr %>a %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %mt %{X-Version}>h"#,
            "1770880443.310    102 10.0.0.1 TCP_MISS/200 1311 GET https://api.app.wdesk.com/platform/v1/operations/1 - HIER_DIRECT/192.0.2.10 application/json 2022-01-01"
        ),
        (
            .squid,
            #"logformat audit %>a [%tl] "%rm %ru HTTP/%rv" %>Hs "%{User-Agent}>h" "%{X-Version}>h""#,
            #"10.0.0.1 [12/Feb/2026:08:14:03 +0100] "GET https://api.app.wdesk.com/platform/v1/operations/1 HTTP/1.1" 200 "curl/8.4.0" "2022-01-01""#
        ),
        (
            .goaccess, #"%h %^[%d:%t %^] "%r" %s %b "%R" "%u""#,
            #"10.0.0.1 - - [12/Feb/2026:08:14:03 +0100] "GET /platform/v1/operations/1 HTTP/1.1" 200 5 "-" "curl/8.4.0""#
        ),
        (
            .goaccess, #"%v %h ~h{, } %x %m %U %s %~%T "%u""#,
            #"api.app.wdesk.com 10.0.0.1 - 1770880443 GET /platform/v1/operations/1 200    0.2 "curl/8.4.0""#
        ),
    ]

    @Test("a line is read by the format of the server that wrote it", arguments: 0..<9)
    func reads(index: Int) throws {
        let (syntax, format, line) = Self.all[index]
        let custom = try CustomLogFormat(format, headers: ["X-Version"])
        #expect(custom.syntax == syntax)
        let reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
        let traffic = try reader.traffic(inSample: line, format: format)
        let found = try #require(traffic.first, "\(format)")
        #expect(found.totals.statuses == [200: 1])
        #expect(found.key.caller.address == "10.0.0.1")
        let recordsHeader = format.lowercased().contains("x-version")
        #expect(
            found.key.apiVersion.versionClass == (recordsHeader ? .pinnedDeprecated : .unlogged))
        // A time that is written without its seconds' fraction has none.
        let first = found.totals.firstSeen?.description
        #expect(first?.hasPrefix("2026-02-12T07:14:03") == true, "\(first ?? "-")")
    }

    @Test(
        "a word before the format says whose it is",
        arguments: [
            "nginx:$remote_addr $request", "apache:%h %r", "haproxy:%ci %r", "squid:%>a %rm %ru",
        ])
    func named(format: String) throws {
        let custom = try CustomLogFormat(format, headers: [])
        #expect(format.hasPrefix(custom.syntax.rawValue))
        // Columns are those of the text as given.
        #expect(custom.pieces.first?.column == custom.syntax.rawValue.count + 2)
    }

    @Test(
        "a mistake is told with its column",
        arguments: [
            ("%ci %XX %r", 5, "'%XX' is no field of HAProxy's log-format"),
            ("%ci %[src %r", 5, "'%[' without ']'"),
            ("%REQ(:PATH)% %REQ(:METHOD %START_TIME%", 14, "'%REQ(' without ')'"),
            ("%START_TIME% %REQ(:PATH)", 14, "without the '%' that ends it"),
            ("%>a %{X-Version>h %ru", 5, "'%{' without '}'"),
            ("%>a%ru", 4, "%ru follows another field"),
            ("%h %^[%d:%t] %j \"%r\"", 14, "'%j' is no specifier of GoAccess"),
            ("log_format a '${remote_addr $request';", 15, "'${' without '}'"),
            ("log_format a escape=xml '$request';", 14, "escape=xml"),
            ("%h %{X-Version i %r", 4, "'%{' without '}'"), ("%h ä%i %r", 5, "needs a name"),
        ])
    func mistakes(format: String, column: Int, message: String) {
        let error = #expect(throws: LogFormatError.self) {
            try CustomLogFormat(format, headers: [])
        }
        #expect(error?.column == column, "\(String(describing: error))")
        #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    }

    @Test("no text makes a format that traps", arguments: [UInt64](1...200))
    func noise(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces =
            Self.all.map(\.format) + ["%", "{", "}", "$", "${", "%{", "[", "]", "\\", "\"", "ä"]
        var text = ""
        for _ in 0..<random.below(6) {
            let piece = pieces[random.below(pieces.count)]
            text += piece.prefix(random.below(piece.count + 1))
        }
        for syntax in CustomLogFormat.Syntax.allCases {
            _ = try? CustomLogFormat("\(syntax.rawValue):\(text)", headers: ["X-Version"])
        }
        _ = try? CustomLogFormat(text, headers: [])
    }
}

@Suite("Formats of a server's configuration")
struct ServerConfigurationTests {
    @Test("an nginx configuration's formats are read over lines, comments and quotes")
    func nginx() throws {
        let configuration = ServerConfiguration(
            """
            # log_format no '$request';
            http { # not this
                log_format  audit escape=json  '{"t":"$time_iso8601",' # pieces
                            '"r":"$request","v":"$http_x_version"}';
                include conf.d/*.conf;
                access_log /var/log/nginx/access.log audit;
                log_format short '$remote_addr "$request" $status';
            }
            """)
        #expect(configuration.formats.map(\.name) == ["nginx:audit", "nginx:short"])
        #expect(configuration.formats.map(\.line) == [3, 7])
        #expect(configuration.includes == ["conf.d/*.conf"])
        let short = ServerConfiguration("http { include a; log_format b '{$request}'; }")
        #expect(short.includes == ["a"] && short.formats.map(\.name) == ["nginx:b"])
        let custom = try CustomLogFormat(configuration.formats[0].text, headers: ["X-Version"])
        #expect(custom.pieces.map(\.text) == ["$time_iso8601", "$request", "$http_x_version"])
    }

    @Test("Apache's, Squid's and Envoy's formats are read")
    func others() throws {
        let configuration = ServerConfiguration(
            #"""
            LogFormat "%h %l %u %t \"%r\" %>s %b \
             \"%{X-Version}i\"" audit
            CustomLog "logs/access_log" audit
            CustomLog logs/other "%h \"%r\" %>s"
            IncludeOptional conf.d/*.conf
            logformat mine %ts.%03tu %>a %rm %ru %>Hs
              text_format_source: { }
              inline_string: "[%START_TIME%] \"%REQ(:METHOD)% %REQ(:PATH)% %PROTOCOL%\" %RESPONSE_CODE%\n"
            """#)
        #expect(
            configuration.formats.map(\.name) == [
                "apache:audit", "apache:line-4", "squid:mine", "envoy:line-8",
            ])
        for format in configuration.formats {
            let custom = try CustomLogFormat(format.text, headers: ["X-Version"])
            #expect(format.name.hasPrefix(custom.syntax.rawValue))
        }
        #expect(configuration.includes == ["conf.d/*.conf"])
    }

    @Test("headers that HAProxy captures get the names that the configuration has")
    func captures() async throws {
        let configuration = ServerConfiguration(
            """
            frontend out
                capture request header X-Version len 16
                capture request header User-Agent len 64
                option httplog
            """)
        let line =
            #"10.0.0.1:51818 [12/Feb/2026:08:14:03.086] fe be/s1 0/0/1/11/12 200 517 - - ---- 1/1/0/0/0 0/0 {2022-01-01|curl/8.4.0} "GET /platform/v1/operations/1 HTTP/1.1""#
        let reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
        let reading = try await withTemporaryFolder { folder in
            let file = folder.appending(path: "log")
            try Data((line + "\n").utf8).write(to: file)
            return try reader.read(
                file.path, options: LogReadingOptions(ownFormats: configuration.formats))
        }
        #expect(reading.format == "haproxy:httplog")
        let found = try #require(reading.traffic.first)
        #expect(found.key.apiVersion.versionClass == .pinnedDeprecated)
        #expect(found.key.caller.userAgent == "curl/8.4.0")
    }

    @Test("any text can be read as a configuration", arguments: [UInt64](1...100))
    func noise(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "log_format a '", "$request", "';", "\n", "\\", "\"", "#", "LogFormat ", "%h",
            "capture request header ",
            "format: \"%A%\"", "include ", ";", "log-format ", "%hr ",
        ]
        let text = (0..<random.below(40)).map { _ in pieces[random.below(pieces.count)] }.joined()
        for format in ServerConfiguration(text).formats {
            _ = try? CustomLogFormat(format.text, headers: [])
        }
    }
}

import AccessLogs
import Deprecations
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

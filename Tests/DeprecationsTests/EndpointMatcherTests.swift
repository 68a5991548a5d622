import Deprecations
import Testing

@Suite("Endpoint matching")
struct EndpointMatcherTests {
    private func rule(_ id: String = "operations", path: String = "/platform/v1/operations/{id}")
        throws -> Rule
    {
        let day = try #require(CalendarDay("2026-02-12"))
        return Rule(
            id: id, title: id, provider: Provider(name: "Workiva"),
            endpoint: Endpoint(
                method: "GET", path: try PathTemplate(path),
                hosts: [RuleHost(name: "api.app.wdesk.com", kind: .production)]),
            lifecycle: Lifecycle(deprecatedOn: AnnouncedDay(day: day, source: "")),
            replacement: Replacement(method: "GET", path: try PathTemplate("/operations/{id}")))
    }

    private func usage(
        _ target: String, method: String = "GET", host: String = "",
        gateways: [Settings.Gateway] = []
    ) throws -> Usage? {
        let matcher = EndpointMatcher(rules: [try rule()], gateways: gateways)
        var parsed = RequestTarget()
        let bytes = Array(target.utf8)
        parsed.assign(bytes.span)
        let name = Array(host.utf8)
        parsed.offerHost(name.span)
        let verb = Array(method.utf8)
        return matcher.match(method: verb.span, target: parsed)?.usage
    }

    @Test(
        "spellings of the deprecated path are the deprecated path",
        arguments: [
            "/platform/v1/operations/9f2c", "/platform/v1/operations/9f2c/",
            "/platform/v1/operations/9f2c?fields=a%2Fb", "/platform/v1/operations/9f2c#x",
            "//platform///v1/operations/9f2c", "/platform/v1/%6Fper%61tions/9f2c",
            "/platform/v1/%6fperations/9f2c", "/platform/./v1/x/../operations/9f2c",
            "/platform/v1/operations/%2E%2E/operations/9f2c", "/%70latform/v1/operations/a%20b",
            "https://api.app.wdesk.com/platform/v1/operations/9f2c",
            "https://API.app.wdesk.com:443/platform/v1/operations/9f2c",
            "https://user:pass@api.app.wdesk.com./platform/v1/operations/9f2c",
        ])
    func deprecated(target: String) throws {
        #expect(try usage(target) == .deprecated)
    }

    @Test(
        "other paths, methods and hosts are no request of the rule",
        arguments: [
            ("GET", "/platform/v1/operations"), ("GET", "/platform/v1/operations/"),
            ("GET", "/platform/v1/operations/9f2c/timeline"),
            ("GET", "/api/platform/v1/operations/9f2c"), ("GET", "/Platform/v1/operations/9f2c"),
            ("GET", "/prototype/platform/operations/9f2c"),
            ("GET", "/platform/v1/operations%2F9f2c"), ("HEAD", "/platform/v1/operations/9f2c"),
            ("get", "/platform/v1/operations/9f2c"), ("POST", "/platform/v1/operations/9f2c"),
            ("GET", "https://api.app.wdesk.com.evil.example/platform/v1/operations/9f2c"),
            ("GET", "https://evil.example/platform/v1/operations/9f2c?h=api.app.wdesk.com"),
            ("GET", "https://api.app.wdesk.com@evil.example/platform/v1/operations/9f2c"),
            ("GET", "*"), ("GET", ""), ("GET", "/"), ("GET", "%"), ("GET", "/platform/v1/%6"),
        ])
    func others(method: String, target: String) throws {
        #expect(try usage(target, method: method) == nil)
    }

    @Test("the replacement's path is migrated, with and without a host")
    func migrated() throws {
        #expect(try usage("/operations/9f2c") == .migrated)
        #expect(try usage("/operations/9f2c", host: "api.app.wdesk.com:443") == .migrated)
        #expect(try usage("/operations/dashboard", host: "ops.example") == nil)
    }

    @Test("the target's own host counts before the logged one")
    func absoluteForm() throws {
        let target = "https://api.app.wdesk.com/platform/v1/operations/1"
        #expect(try usage(target, host: "proxy.example") == .deprecated)
        #expect(
            try usage("https://proxy.example/platform/v1/operations/1", host: "api.app.wdesk.com")
                == nil)
    }

    @Test("a gateway counts behind its prefix only")
    func gateways() throws {
        let gateways = [
            Settings.Gateway(host: "gw.corp.example", pathPrefix: "/wdesk"),
            Settings.Gateway(host: "plain.corp.example"),
            Settings.Gateway(host: "other.corp.example", rules: ["another-rule"]),
        ]
        func usage(_ path: String, _ host: String) throws -> Usage? {
            try self.usage(path, host: host, gateways: gateways)
        }
        #expect(try usage("/wdesk/platform/v1/operations/1", "gw.corp.example") == .deprecated)
        #expect(try usage("/wdesk/operations/1", "GW.corp.example:8443") == .migrated)
        #expect(try usage("/platform/v1/operations/1", "gw.corp.example") == nil)
        #expect(try usage("/platform/v1/operations/1", "plain.corp.example") == .deprecated)
        #expect(try usage("/platform/v1/operations/1", "other.corp.example") == nil)
        #expect(try usage("/wdesk/platform/v1/operations/1", "") == .deprecated)
    }

    @Test("one literal serves all paths that share it")
    func literals() throws {
        let matcher = EndpointMatcher(rules: [
            try rule(), try rule("prototype", path: "/prototype/platform/operations/{id}"),
        ])
        #expect(matcher.literals == [Array("operations".utf8)])
        #expect(EndpointMatcher(rules: [try rule("any", path: "/{id}")]).literals == nil)
    }

    @Test("the operation's id is a range of the normalised text")
    func operation() throws {
        let matcher = EndpointMatcher(rules: [try rule()])
        var target = RequestTarget()
        let bytes = Array("/platform/v1/operations/%39f2c%2fx?y".utf8)
        target.assign(bytes.span)
        let get = Array("GET".utf8)
        let found = matcher.match(method: get.span, target: target)
        let match = try #require(found)
        #expect(String(decoding: target.text[match.operation], as: UTF8.self) == "9f2c%2Fx")
    }

    @Test("any bytes are taken apart without a trap")
    func anyBytes() {
        var state: UInt64 = 1
        var target = RequestTarget()
        for length in 0..<400 {
            let bytes = (0..<length % 40).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1
                let choices = Array("/.%:[]@?#a6F\u{0}".utf8)
                return choices[Int(state >> 40) % choices.count]
            }
            target.assign(bytes.span)
            target.replaceHost(bytes.span)
            #expect(target.segments.allSatisfy { $0.upperBound <= target.text.count })
        }
    }
}

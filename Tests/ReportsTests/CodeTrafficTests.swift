import Deprecations
import Testing

@testable import Reports

@Suite("Code and traffic together")
struct CodeTrafficTests {
    private func sender(
        name: String? = nil, client: String? = "requests", agent: String? = nil,
        kind: CallerKind = .library, version: APIVersionUse? = nil, host: String? = nil,
        operations: Int = 10
    ) throws -> Traffic {
        try Sample.traffic(
            Caller(
                name: name, address: "10.0.0.1", userAgent: agent, client: client, kind: kind),
            version: version, host: host, requests: 10, operations: operations, seconds: 2)
    }

    private func joined(
        _ sites: [CallSite], _ traffic: [Traffic]
    ) throws -> CodeTraffic? {
        let report = try Sample.report(
            callSites: sites.map { try Sample.reported($0) }, traffic: traffic,
            trees: Sample.richTrees())
        return CodeTraffic(report, parts: ReportParts(report.callSites))
    }

    private func fitting(_ site: CallSite, _ traffic: Traffic) throws -> Set<CodeTraffic.Reason>? {
        try #require(try joined([site], [traffic])).matches.first?.candidates.first?.reasons
    }

    @Test("the same client speaks for a piece of code, another client against it")
    func clients() throws {
        let site = Sample.site("1")
        #expect(try fitting(site, sender()) == [.client])
        #expect(try fitting(site, sender(client: "axios")) == nil)
        #expect(try fitting(site, sender(client: nil)) == nil)
    }

    @Test(
        "a client is known by what it calls itself in a log",
        arguments: [
            ("retrofit", "okhttp", true), ("laravel-http", "guzzle", true),
            ("fetch", "chrome", true),
            ("resttemplate", "httpurlconnection", true), ("urlsession", "urlsession", true),
            ("guzzle", "requests", false), ("web.contents", "power-query", true),
        ])
    func agents(code: String, log: String, fits: Bool) throws {
        var site = Sample.site("1")
        site.client = code
        #expect(try (fitting(site, sender(client: log)) != nil) == fits)
    }

    @Test("a name in the path speaks for it, however it is written, also without a client")
    func names() throws {
        let site = Sample.site("1", path: "jobs/nightly_import.py")
        #expect(try fitting(site, sender(name: "Nightly-Import", client: nil)) == [.name])
        #expect(
            try fitting(site, sender(client: "urlsession", agent: "nightly import/4 CFNetwork/1"))
                == nil)
        #expect(
            try fitting(site, sender(client: nil, agent: "nightly-import/4 (linux)")) == [.name])
        #expect(try fitting(site, sender(name: "import", client: nil)) == nil)
    }

    @Test("another version header speaks against it, one that is not known does not")
    func versions() throws {
        var site = Sample.site("1")
        let implicit = APIVersionUse(versionClass: .implicit)
        let pinned = APIVersionUse(versionClass: .pinnedDeprecated, value: "2022-01-01")
        #expect(try fitting(site, sender(version: implicit)) == [.client, .version])
        #expect(try fitting(site, sender(version: pinned)) == nil)
        site.apiVersion = APIVersionUse(versionClass: .dynamic)
        #expect(try fitting(site, sender(version: pinned)) == [.client])
    }

    @Test("polling and host speak for it where both show them")
    func further() throws {
        var site = Sample.site("1")
        site.polling = PollingUse(inLoop: true, retryAfter: .ignored)
        let traffic = try sender(host: "api.app.wdesk.com", operations: 2)
        #expect(try fitting(site, traffic) == [.client, .polling, .host])
    }

    @Test("a generated client fits what names its kind and its language")
    func generated() throws {
        let site = Sample.site("1", kind: .sdkCall, role: .production)
        let python = try sender(
            client: "openapi-generator", agent: "OpenAPI-Generator/1.0.0/python", kind: .sdk)
        let java = try sender(
            client: "openapi-generator", agent: "OpenAPI-Generator/1.0.0/java", kind: .sdk)
        #expect(try fitting(site, python) == [.client])
        #expect(try fitting(site, java) == nil)
        #expect(try fitting(Sample.site("2"), python) == nil)
    }

    @Test("the best fit wins; where several fit alike, none is preferred")
    func best() throws {
        let sites = [
            Sample.site("1", path: "a/one.py"), Sample.site("2", path: "billing/two.py"),
            Sample.site("3", path: "billing/two.py", line: 40),
        ]
        let named = try #require(try joined(sites, [sender(name: "billing")]))
        #expect(
            named.matches[0].candidates.map { $0.sites.map(\.site.id.description) } == [
                ["LC-2", "LC-3"]
            ])
        #expect(named.unconfirmed.map(\.site.id.description) == ["LC-1"])
        let plain = try #require(try joined(sites, [sender()]))
        #expect(plain.matches[0].candidates.count == 2)
        #expect(plain.unconfirmed.isEmpty)
    }

    @Test("tests send nothing that a log of production shows, and migrated code nothing deprecated")
    func excluded() throws {
        let sites = [Sample.site("1", role: .test), Sample.site("2", usage: .migrated)]
        let joined = try #require(try joined(sites, [sender()]))
        #expect(joined.matches[0].candidates.isEmpty)
        #expect(joined.unconfirmed.isEmpty)
    }

    @Test("addresses of one name are one sender, those without a name are several")
    func senders() throws {
        func at(_ address: String, _ name: String?) throws -> Traffic {
            try Sample.traffic(
                Caller(name: name, address: address, client: "requests", kind: .library),
                requests: 5, operations: 5, seconds: 1)
        }
        let named = Sender.all(of: [try at("10.0.0.1", "a"), try at("10.0.0.2", "a")])
        #expect(named.map(\.requests) == [10])
        #expect(named.first?.addresses.count == 2)
        #expect(Sender.all(of: [try at("10.0.0.1", nil), try at("10.0.0.2", nil)]).count == 2)
    }

    @Test("where not all senders are compared, no code is called unconfirmed")
    func bound() throws {
        let traffic = try (0..<CodeTraffic.sendersCompared + 3).map { number in
            try sender(name: "sender \(number)", client: "axios")
        }
        let joined = try #require(try joined([Sample.site("1")], traffic))
        #expect(joined.sendersLeftOut == 3)
        #expect(joined.unconfirmed.isEmpty)
    }

    @Test("without traffic or without code there is nothing to compare")
    func nothing() throws {
        #expect(try joined([Sample.site("1")], []) == nil)
        let report = try Sample.report(traffic: [sender()])
        #expect(CodeTraffic(report, parts: ReportParts([])) == nil)
    }
}

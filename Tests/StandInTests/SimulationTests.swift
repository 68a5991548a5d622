import Foundation
import Testing

@testable import StandIn

@Suite("The stand-in's behaviour")
struct SimulationTests {
    private static let api = StandInAPI(
        path: "/platform/v1/operations/{operationId}",
        replacementPath: "/operations/{operationId}", versionHeader: "X-Version",
        deprecatedValues: ["2022-01-01"], replacementValue: "2026-01-01",
        deprecatedAt: 1_770_854_400, sunsetAt: 1_864_512_000,
        initiators: [
            .init(
                method: "POST", path: "/platform/v1/documents/{documentId}/export",
                replacementPath: "/documents/{documentId}/export")
        ])

    private func simulation(
        _ phase: StandInConfiguration.Phase = .active,
        _ change: (inout StandInConfiguration) -> Void = { _ in }
    ) -> Simulation {
        var configuration = StandInConfiguration(api: Self.api, phase: phase)
        configuration.requestsPerSecond = 0
        change(&configuration)
        return Simulation(configuration)
    }

    private func request(
        _ path: String, version: String? = nil, method: String = "GET", query: String = "",
        token: String? = "t"
    ) -> StandInRequest {
        var request = StandInRequest(
            method: method, path: path, query: query, origin: "http://h:1")
        if let version { request.headers["x-version"] = version }
        if let token { request.headers["authorization"] = "Bearer \(token)" }
        return request
    }

    private func member(_ name: String, of answer: StandInAnswer) throws -> String? {
        let object = try JSONSerialization.jsonObject(with: Data(answer.body.utf8))
        return (object as? [String: Any])?[name] as? String
    }

    @Test(
        "a started operation is found at its Location and moves to its end, poll by poll",
        arguments: [("/platform/v1", nil), ("/platform/v1", "2022-01-01"), ("", "2026-01-01")]
            as [(String, String?)])
    func life(prefix: String, version: String?) throws {
        var api = simulation()
        let started = api.answer(
            request("\(prefix)/documents/7/export", version: version, method: "POST"), at: 0)
        #expect(started.status == 202)
        #expect(started.value("Retry-After") == "1")
        let location = try #require(started.value("Location"))
        #expect(location.hasPrefix("http://h:1\(prefix)/operations/"))
        let path = String(location.dropFirst("http://h:1".count))
        var seen: [String?] = []
        for second in 1...5 {
            let answer = api.answer(request(path, version: version), at: Int64(second) * 1000)
            seen.append(try member("status", of: answer))
            #expect((answer.value("Retry-After") == nil) == (second > 3))
        }
        #expect(seen == ["acknowledged", "queued", "started", "completed", "completed"])
    }

    @Test("ids are the same in every run, and differ within one")
    func ids() {
        func locations() -> [String?] {
            var api = simulation()
            return (0..<3).map { _ in
                api.answer(
                    request("/documents/1/export", version: "2026-01-01", method: "POST"), at: 0
                ).value("Location")
            }
        }
        #expect(locations() == locations())
        #expect(Set(locations()).count == 3)
        #expect(
            identifier(of: "a").wholeMatch(
                of: /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
    }

    @Test("half a migration is refused, in both directions")
    func half() {
        var api = simulation()
        for (path, version) in [
            ("/platform/v1/operations/completed-1", "2026-01-01"),
            ("/operations/completed-1", nil), ("/operations/completed-1", "2022-01-01"),
            ("/operations/completed-1", "nonsense"),
        ] {
            #expect(api.answer(request(path, version: version), at: 0).status == 400)
        }
    }

    @Test("after the sunset the deprecated version is refused, and the other goes on")
    func sunset() {
        var api = simulation(.sunset) { $0.sunsetStatus = 418 }
        for version in [nil, "2022-01-01", "2026-01-01"] {
            let old = api.answer(
                request("/platform/v1/operations/completed-1", version: version), at: 0)
            #expect(old.status == 418)
        }
        let started = api.answer(
            request("/platform/v1/documents/1/export", method: "POST"), at: 0)
        #expect(started.status == 418)
        let new = api.answer(request("/operations/completed-1", version: "2026-01-01"), at: 0)
        #expect(new.status == 200)
    }

    @Test("in a brownout every other request of the deprecated version is refused")
    func brownout() {
        var api = simulation(.brownout)
        let statuses = (0..<6).map { _ in
            api.answer(request("/platform/v1/operations/completed-1"), at: 0).status
        }
        #expect(statuses == [200, 410, 200, 410, 200, 410])
    }

    @Test("the end is announced only where that is wanted, and in the form that is wanted")
    func announcement() {
        func headers(
            _ form: StandInConfiguration.Announcement, _ phase: StandInConfiguration.Phase
        ) -> [String?] {
            var api = simulation(phase) { $0.announcement = form }
            let answer = api.answer(request("/platform/v1/operations/completed-1"), at: 0)
            return [answer.value("Deprecation"), answer.value("Sunset")]
        }
        let sunset = "Wed, 31 Jan 2029 00:00:00 GMT"
        #expect(headers(.none, .deprecated) == [nil, nil])
        #expect(headers(.standard, .active) == [nil, nil])
        #expect(headers(.standard, .deprecated) == ["@1770854400", sunset])
        #expect(headers(.draft, .sunset) == ["Thu, 12 Feb 2026 00:00:00 GMT", sunset])
    }

    @Test("each caller may ask so often in a second, and no more")
    func rate() {
        var api = simulation { $0.requestsPerSecond = 2 }
        func status(_ token: String, at time: Int64) -> Int {
            api.answer(
                request("/operations/completed-1", version: "2026-01-01", token: token), at: time
            ).status
        }
        #expect([0, 10, 20, 999].map { status("a", at: $0) } == [200, 200, 429, 429])
        #expect(status("b", at: 999) == 200)
        #expect([1000, 1005, 1010].map { status("a", at: $0) } == [200, 429, 200])
    }

    @Test("a caller without a token is refused, and a token of the stand-in's ends in time")
    func tokens() throws {
        var api = simulation { $0.tokenLifetime = 60 }
        #expect(
            api.answer(request("/operations/completed-1", version: "2026-01-01", token: nil), at: 0)
                .status == 401)
        var form = request("/oauth2/token", version: "2026-01-01", method: "POST", token: nil)
        form.body = "grant_type=client_credentials&client_id=a&client_secret=b"
        let token = try #require(try member("access_token", of: api.answer(form, at: 0)))
        func status(at time: Int64) -> Int {
            api.answer(
                request("/operations/completed-1", version: "2026-01-01", token: token), at: time
            ).status
        }
        #expect(status(at: 59_999) == 200)
        #expect(status(at: 60_000) == 401)
        form.path = "/iam/v1/oauth2/token"
        #expect(api.answer(form, at: 0).status == 404)
        form.headers["x-version"] = nil
        #expect(api.answer(form, at: 0).status == 200)
    }

    @Test(
        "what is another endpoint is not found",
        arguments: [
            ("GET", "/platform/v1/operations"), ("GET", "/platform/v1/operations/a/timeline"),
            ("POST", "/platform/v1/operations/completed-1"), ("GET", "/operations/"),
            ("GET", "/api/platform/v1/operations/completed-1"), ("GET", ""), ("GET", "/"),
        ])
    func others(method: String, path: String) {
        var api = simulation()
        #expect(api.answer(request(path, method: method), at: 0).status == 404)
    }

    @Test("faults come in turn, each so often as asked")
    func faults() {
        let plan = FaultPlan(faults: [.reset, .tooManyRequests], every: 3)
        #expect(
            (1...12).map { plan.fault(ofRequest: $0) } == [
                nil, nil, .reset, nil, nil, .tooManyRequests, nil, nil, .reset, nil, nil,
                .tooManyRequests,
            ])
        #expect(FaultPlan().fault(ofRequest: 10) == nil)
    }

    @Test("a date of Retry-After is never earlier than the wait in seconds would be")
    func retryDate() {
        for offset in [Int64(0), 1, 500, 999] {
            var api = simulation {
                $0.retryAfterForm = .date
                $0.retryAfter = 5
            }
            let answer = api.answer(
                request("/operations/pending-1", version: "2026-01-01"),
                at: 1_770_854_400_000 + offset)
            #expect(
                answer.value("Retry-After")
                    == (offset == 0
                        ? "Thu, 12 Feb 2026 00:00:05 GMT" : "Thu, 12 Feb 2026 00:00:06 GMT"))
        }
    }

    @Test("a line of the log is one line, whatever the caller sends")
    func log() {
        var line = AccessLogLine(
            address: "127.0.0.1", milliseconds: 1_770_880_443_310, method: "GET",
            target: "/operations/a", status: 200, bytes: 12, userAgent: "curl/8.5.0",
            apiVersion: "2026-01-01", retryAfter: "1")
        #expect(
            line.text
                == #"127.0.0.1 - - [12/Feb/2026:07:14:03 +0000] "GET /operations/a HTTP/1.1" 200 12 "-" "curl/8.5.0" 1770880443.310 "2026-01-01" "1""#
        )
        line.userAgent = "a\"b\\c\nd\u{1B}é"
        line.apiVersion = nil
        line.status = 0
        #expect(
            line.text.hasSuffix(
                #" 444 12 "-" "a\x22b\x5Cc\x0Ad\x1B\xC3\xA9" 1770880443.310 "-" "1""#))
    }
}

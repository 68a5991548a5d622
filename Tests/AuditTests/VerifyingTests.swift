import Deprecations
import OperationsClient
import RuleFiles
import Testing

@testable import Audit

@Suite("What live calls are made, and what they show")
struct VerifyingTests {
    private let rule: Rule

    init() throws {
        let rules = try RuleFiles.builtin().flatMap(\.rules)
        rule = try #require(rules.first { $0.id == "workiva-get-operation" })
    }

    @Test("the built-in rule is asked in five ways, each once")
    func plan() {
        let calls = CallPlan.all(of: rule, host: "h")
        #expect(
            calls.map { "\($0.path) \($0.apiVersion.value ?? "none")" } == [
                "/platform/v1/operations/{operationId} none",
                "/platform/v1/operations/{operationId} 2022-01-01",
                "/platform/v1/operations/{operationId} 2026-01-01",
                "/operations/{operationId} 2026-01-01",
                "/operations/{operationId} none",
            ])
        #expect(calls.map(\.isHalfMigrated) == [false, false, true, false, true])
    }

    @Test("a rule without a version header is asked once for each path")
    func plainPlan() {
        var plain = rule
        plain.versionHeader = nil
        plain.replacement?.apiVersion = nil
        #expect(CallPlan.all(of: plain, host: "h").map(\.usage) == [.deprecated, .migrated])
        plain.replacement = nil
        #expect(CallPlan.all(of: plain, host: "h").map(\.usage) == [.deprecated])
    }

    /// An answer and what it shows.
    struct Case: Sendable, CustomTestStringConvertible {
        var status: Int
        var type: String?
        var body: String
        var verdict: Verification.Verdict

        var testDescription: String { "\(status) \(type ?? "") \(body.prefix(30))" }
    }

    private static let error = #"{"code":"Gone","message":"This version is gone."}"#
    private static let operation = #"{"id":"a","status":"queued"}"#

    @Test(
        "only the API's own words prove anything",
        arguments: [
            Case(status: 200, type: "application/json", body: operation, verdict: .live),
            Case(status: 202, type: "text/plain", body: operation, verdict: .live),
            Case(status: 200, type: "application/json", body: "{}", verdict: .unknown),
            Case(status: 200, type: "text/html", body: "<form>", verdict: .unknown),
            Case(status: 200, type: nil, body: "", verdict: .unknown),
            Case(status: 410, type: "application/json", body: error, verdict: .gone),
            Case(status: 410, type: "text/html", body: "<h1>Gone</h1>", verdict: .unknown),
            Case(status: 410, type: nil, body: "", verdict: .unknown),
            Case(status: 302, type: nil, body: "", verdict: .unknown),
            Case(status: 400, type: "application/json", body: error, verdict: .unknown),
            Case(status: 401, type: "application/json", body: error, verdict: .unknown),
            Case(status: 403, type: "application/json", body: error, verdict: .unknown),
            Case(status: 403, type: "text/html", body: "blocked", verdict: .unknown),
            Case(status: 404, type: "application/json", body: error, verdict: .unknown),
            Case(status: 407, type: "text/html", body: "", verdict: .unknown),
            Case(status: 429, type: "application/json", body: error, verdict: .unknown),
            Case(status: 503, type: "application/json", body: error, verdict: .unknown),
        ])
    func verdicts(_ given: Case) {
        let judgement = CallJudgement(
            RawAnswer(
                status: given.status,
                headers: given.type.map { [(name: "Content-Type", value: $0)] } ?? [],
                body: Array(given.body.utf8), time: .milliseconds(1)))
        #expect(judgement.verdict == given.verdict, "\(judgement.reason)")
        #expect(!judgement.reason.isEmpty)
    }

    @Test("no answer is unknown, whatever came in its way")
    func noAnswer() {
        for error in [
            OperationsClientError.transport("x"), .tls("x"), .timedOut(.answer),
            .bodyTooLarge(limit: 1),
        ] {
            #expect(CallJudgement(error).verdict == .unknown)
        }
    }

    private func findings(
        deprecation: String? = nil, sunset: String? = nil, usage: Usage = .deprecated
    ) -> [String] {
        let headers = [("Deprecation", deprecation), ("Sunset", sunset)].compactMap { name, value in
            value.map { (name: name, value: $0) }
        }
        let answer = RawAnswer(status: 200, headers: headers, body: [], time: .zero)
        let notices = LifecycleNotices(
            deprecation: answer.values("deprecation"), sunset: answer.values("sunset"), now: 0)
        return Verification.Answer(answer, notices: notices, retryAfter: nil)
            .dateFindings(rule, usage: usage).map(\.message)
    }

    @Test("a live date that is not the rule's is a finding, and one that is, is none")
    func dates() {
        #expect(
            findings(deprecation: "@1770854400", sunset: "Wed, 31 Jan 2029 23:59:59 GMT") == [])
        #expect(
            findings(sunset: "Thu, 31 Aug 2028 00:00:00 GMT")
                == ["the server's Sunset is 2028-08-31, the rule's 2029-01-31"])
        #expect(
            findings(deprecation: "Fri, 13 Feb 2026 00:00:00 GMT")
                == ["the server's Deprecation is 2026-02-13, the rule's 2026-02-12"])
        #expect(findings(deprecation: "true", sunset: "soon") == [])
        #expect(findings(sunset: "Wed, 31 Jan 2029 00:00:00 GMT", usage: .migrated).count == 1)
    }

    @Test("a secret's source is named, and never the secret")
    func sources() {
        #expect(VerifyOptions.secretSource("env:TOKEN") == .environment("TOKEN"))
        #expect(VerifyOptions.secretSource("file:/a:b") == .file("/a:b"))
        #expect(VerifyOptions.secretSource("-") == .standardInput)
        for text in ["", "env:", "abc", "ENV:X", "eyJhbGciOi.x.y"] {
            #expect(VerifyOptions.secretSource(text) == nil)
        }
    }
}

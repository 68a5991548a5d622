import Deprecations
import Testing

@testable import Reports

@Suite("Markdown")
struct MarkdownReportTests {
    private func page(_ report: AuditReport) throws -> String {
        String(decoding: try Reports.write(report, as: .markdown), as: UTF8.self)
    }

    private func firstLine(_ report: AuditReport) throws -> String {
        String(try page(report).prefix { $0 != "\n" })
    }

    @Test("the first line says how many callers are left")
    func title() throws {
        let one = try Sample.reported(Sample.site("1"))
        #expect(
            try firstLine(Sample.report(callSites: [one])) == "# 1 caller in code still to move")
        var half = Sample.site("2", usage: .migrated)
        half.halfMigrated = true
        #expect(
            try firstLine(Sample.report(callSites: [Sample.reported(half)]))
                == "# 1 half-migrated caller in code still to mend")
        let gone = try Sample.reported(Sample.site("3"), status: .resolved)
        let unsure = try Sample.reported(Sample.site("4", confidence: .low))
        let mock = try Sample.reported(Sample.site("5", kind: .mock))
        #expect(
            try firstLine(Sample.report(callSites: [gone, unsure, mock]))
                == "# No caller of a deprecated endpoint found")
    }

    @Test("what to scan again names an archive for the logs in it, and leaves standard input out")
    func again() throws {
        let paths = ["-", "-!/a.log", "b.zip", "b.zip!/c.tar", "b.zip!/c.tar!/d.log", "odd!/e.log"]
        let logs = paths.map {
            ReportedLog(path: $0, format: "combined", counts: LineCounts(), state: .complete)
        }
        let page = try page(Sample.report(logs: logs))
        #expect(page.contains("\nlastcall scan logs b.zip 'odd!/e.log'\n"))
    }

    @Test("without code or logs the report says that it knows nothing of them")
    func notCovered() throws {
        let nothing = try page(Sample.report())
        #expect(
            nothing.contains(
                "Covered: no code was scanned; no log was read, so nothing is known of traffic."))
        #expect(nothing.contains("| Callers in code | not read | not read |"))
        #expect(!nothing.contains("lastcall audit"))
    }

    @Test("what was left unread is the last thing to do, also where nothing was found")
    func unread() throws {
        let report = try Sample.report(diagnostics: [
            Diagnostic(severity: .error, path: "a.gz", message: "broken")
        ])
        #expect(try page(report).contains("1. **Make readable what could not be read"))
    }

    @Test(
        "the days until the sunset are counted, and past it",
        arguments: [
            ("2026-02-11", "not yet deprecated (from 2026-02-12 on); **1,085 days until"),
            (
                "2029-01-30",
                "**deprecated** since 2026-02-12; **1 day until the sunset on 2029-01-31**"
            ),
            ("2029-01-31", "**past its sunset**; it is today, **2029-01-31**: calls may fail now"),
            ("2029-02-01", "it was on **2029-01-31**, 1 day ago"),
        ])
    func phases(day: String, words: String) throws {
        #expect(try page(Sample.report(asOf: day)).contains(words))
    }

    @Test(
        "each caller comes under the first thing to do that fits it",
        arguments: [
            (Role.production, Kind.call, RetryAfterUse.ignored, false, Urgency.impatientPolling),
            (.production, .call, .honoured, false, .production),
            (.production, .sdkCall, .notApplicable, false, .production),
            (.production, .indirect, .honoured, false, .productionLink),
            (.production, .indirect, .ignored, false, .impatientPolling),
            (.test, .call, .ignored, true, .halfMigrated),
            (.test, .call, .ignored, false, .trials),
            (.ci, .call, .ignored, false, .surroundings),
        ])
    func urgency(
        role: Role, kind: Kind, retryAfter: RetryAfterUse, half: Bool, urgency: Urgency
    ) {
        var site = Sample.site("1", kind: kind, role: role)
        site.polling = PollingUse(inLoop: retryAfter != .notApplicable, retryAfter: retryAfter)
        site.halfMigrated = half
        #expect(Urgency(site) == urgency)
    }

    @Test("of callers alike, the one whose sunset is next comes first")
    func sunsetOrder() throws {
        var sooner = try Sample.bareRule()
        sooner.lifecycle.sunsetOn = AnnouncedDay(day: try Sample.day("2027-01-31"), source: "news")
        var site = Sample.site("2", line: 20)
        site.rule = sooner.id
        let report = try Sample.report(
            rules: [Sample.operationsRule(), sooner],
            callSites: [Sample.reported(Sample.site("1", line: 10)), Sample.reported(site)])
        let page = try page(report)
        #expect(
            page.contains("2 places: [`app/src/poll.py:20`](#lc-2-line-20), [`app/src/poll.py:10`]")
        )
        #expect(
            page.contains(
                "They still use `GET /prototype/platform/operations/{id}` and `GET /platform/v1/operations/{operationId}`."
            ))
        #expect(page.contains("- Change: the rule knows no replacement."))
    }

    @Test("tabs keep an excerpt's indentation")
    func tabs() {
        let block = Excerpt(firstLine: 1, lines: ["\tif x {", "\t\tget(url)"]).marked(
            line: 2, column: 3)
        #expect(
            block.renderText == "```text\n  1 |     if x {\n> 2 |         get(url)\n```")
    }

    @Test(
        "the version header is told in plain words",
        arguments: [
            (
                APIVersionClass.pinnedDeprecated, "2022-01-01",
                "`X-Version: 2022-01-01`, the deprecated version (set at `app/a.py:9`)"
            ),
            (
                .pinnedUnknown, "3",
                "`X-Version: 3`, neither the deprecated nor the replacement's version (set at `app/a.py:9`)"
            ),
            (
                .dynamic, "2022-01-01",
                "`X-Version` is set at run time, `2022-01-01` by default (set at `app/a.py:9`)"
            ),
            (.dynamic, nil, "`X-Version` is set at run time (set at `app/a.py:9`)"),
            (
                .implicit, nil,
                "no `X-Version` header, so the server takes the deprecated version"
            ),
            (.unlogged, nil, "`X-Version` is not in the log"),
        ] as [(APIVersionClass, String?, String)])
    func version(versionClass: APIVersionClass, value: String?, words: String) throws {
        let rule = try #require(try Sample.report().rules.first)
        let use = APIVersionUse(versionClass: versionClass, value: value)
        #expect(RuleWords(standing: rule).version(use, place: "`app/a.py:9`").source == words)
    }

    @Test(
        "an indirect caller is told the new path of the call that starts the operation",
        arguments: [
            (
                "POST https://api.app.wdesk.com/platform/v1/documents/{id}/export?a=b",
                " to `POST /documents/{documentId}/export`"
            ),
            (
                "POST /platform/v1/documents/{id}/export",
                " to `POST /documents/{documentId}/export`"
            ),
            ("GET https://api.app.wdesk.com/platform/v1/documents/{id}/export", ""),
            ("POST https://api.app.wdesk.com", ""), ("", ""),
        ])
    func initiating(call: String, path: String) throws {
        var site = Sample.site("1", kind: .indirect)
        site.evidence = [
            Evidence(
                place: SourcePlace(path: "src/start.py", line: 5), note: "initiating call \(call)")
        ]
        let rule = try #require(try Sample.report().rules.first)
        let advice = ChangeAdvice(site: site, words: RuleWords(standing: rule)).text
        #expect(
            advice?.source
                == "the initiating call at `app/src/start.py:5`\(path) and send `X-Version: 2026-01-01` there and here; the link then follows"
        )
    }

    @Test("of very many callers each is named, the first hundred in full")
    func many() throws {
        let sites = try (1...350).map { number in
            try Sample.reported(Sample.site("\(number)", line: number))
        }
        let page = try page(Sample.report(callSites: sites))
        #expect(page.contains("350 places: [`app/src/poll.py:1`](#lc-1-line-1), "))
        #expect(page.contains(", and 345 more\n"))
        #expect(page.split(separator: "\n").count { $0.hasPrefix("#### ") } == 100)
        #expect(page.contains("| `app/src/poll.py:101` |"))
        #expect(page.contains("And 50 more; the JSON report has them."))
    }

    @Test("of very many rows of traffic the sum of the rest is said")
    func manyRows() throws {
        let traffic = try (1...60).map { number in
            try Sample.traffic(
                Caller(address: "10.0.0.\(number)", kind: .unknown), requests: number,
                operations: 1, seconds: 5)
        }
        let page = try page(Sample.report(traffic: traffic))
        #expect(page.contains("And 10 rows more with 55 requests; the JSON report has them."))
        #expect(page.contains("**Find the code behind the traffic.**"))
    }

    @Test(
        "a place is named as it was where the scan was started",
        arguments: [
            (".", "a/b.py", "a/b.py"), ("app", "a/b.py", "app/a/b.py"), ("/", "a", "/a"),
            ("../app/", "b.py", "../app/b.py"), ("src/b.py", "b.py", "src/b.py"),
            ("b.py", "b.py", "b.py"), ("", "b.py", "b.py"),
        ])
    func places(root: String, path: String, place: String) {
        var site = Sample.site("1", path: path)
        site.root = root
        #expect(site.place(below: path) == place)
    }

    @Test(
        "numbers and sizes are written for people",
        arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")])
    func numbers(number: Int, text: String) {
        #expect(number.grouped == text)
    }

    @Test(
        "a size has the unit that fits",
        arguments: [
            (0, "0 bytes"), (999, "999 bytes"), (1000, "1 kB"), (3_214_567, "3.2 MB"),
            (456_789_000, "457 MB"), (5_000_000_000_000, "5 TB"),
        ])
    func sizes(bytes: Int, text: String) {
        #expect(bytes.byteSize.source == text)
    }
}

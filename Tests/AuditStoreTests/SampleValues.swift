import Deprecations
import Foundation

@testable import AuditStore

/// Values that a store is handed, with as many parts filled in as there are.
enum Sample {
    static let start = Timestamp(seconds: 1_795_600_800)

    static func time(_ hours: Int64) -> Timestamp {
        Timestamp(milliseconds: start.milliseconds + hours * 3_600_000)
    }

    static func rule(_ id: String = "workiva-get-operation") throws -> Rule {
        let day = try day("2026-02-12")
        return Rule(
            id: id, title: "Get operation",
            provider: Provider(
                name: "Workiva", words: ["workiva"], packages: ["workiva_sdk"],
                paths: [try PathTemplate("/iam/v1/oauth2/token")]),
            endpoint: Endpoint(
                method: "GET", path: try PathTemplate("/platform/v1/operations/{operationId}"),
                hosts: [RuleHost(name: "api.app.wdesk.com", kind: .production, note: "US")]),
            versionHeader: VersionHeader(
                name: "X-Version", deprecatedValues: ["2022-01-01"],
                replacementValue: "2026-01-01", absence: .deprecatedVersion,
                absenceSource: "the reference"),
            lifecycle: Lifecycle(
                deprecatedOn: AnnouncedDay(day: day, source: "the reference"),
                sunsetOn: AnnouncedDay(day: try self.day("2029-01-31"), source: "the reference"),
                history: [
                    MovedDate(
                        subject: .sunsetOn, was: try self.day("2028-12-31"), changedOn: day,
                        source: "the news")
                ]),
            rateLimit: RateLimit(requestsPerSecond: 1, waitHeader: "Retry-After", source: nil),
            replacement: Replacement(
                method: "GET", path: try PathTemplate("/operations/{operationId}"),
                apiVersion: "2026-01-01"),
            initiatingCalls: [
                InitiatingCall(
                    method: "POST", path: try PathTemplate("/platform/v1/documents/{id}/export"),
                    replacementPath: try PathTemplate("/documents/{id}/export"))
            ],
            links: LinkNames(headers: ["Location"], jsonFields: ["operationUrl"]),
            sdkMethods: [
                SDKMethod(
                    name: "get_operation_by_id", owners: ["OperationsApi"],
                    packages: ["workiva_sdk"],
                    migratedPackages: [MigratedPackage(name: "workiva", fromVersion: "0.4.6")])
            ],
            migrationNotes: ["Drop the prefix.", "Send the header."],
            examples: [
                RuleExample(
                    content: .code(language: "shell", text: "curl …"),
                    expectation: .match(usage: .deprecated, kind: .call), note: "plain", line: 90),
                RuleExample(
                    content: .log(format: "combined", text: "- - -"), expectation: .noMatch,
                    line: 97),
            ],
            digest: "00ff")
    }

    static func day(_ text: String) throws -> CalendarDay {
        guard let day = CalendarDay(text) else { throw CocoaError(.formatting) }
        return day
    }

    static func record(
        _ rules: [String] = ["workiva-get-operation"], command: String = "audit",
        arguments: [String] = ["--logs", "logs"], at time: Timestamp = start
    ) throws -> RunRecord {
        RunRecord(
            command: command, arguments: arguments, toolVersion: "0.1.0",
            asOf: try day("2026-11-25"), startedAt: time,
            rules: try rules.map { RecordedRule(rule: try rule($0), text: "# \($0)\n") })
    }

    static func site(
        _ id: String, path: String = "src/poll.py", line: Int = 14,
        rule: String = "workiva-get-operation", usage: Usage = .deprecated, kind: Kind = .call,
        confidence: Confidence = .high
    ) -> CallSite {
        CallSite(
            id: CallSiteID("LC-\(id)"), rule: rule, usage: usage, kind: kind,
            confidence: confidence, root: "app", path: path, line: line, column: 19,
            callLine: line + 1, language: "python", client: "requests", role: .production,
            symbol: "wait_for", method: "GET",
            url: "https://api.app.wdesk.com/platform/v1/operations/{id}",
            host: "api.app.wdesk.com",
            apiVersion: APIVersionUse(
                versionClass: .pinnedDeprecated, value: "2022-01-01",
                evidence: SourcePlace(path: "src/http.py", line: 9)),
            halfMigrated: true, polling: PollingUse(inLoop: true, retryAfter: .ignored),
            evidence: [
                Evidence(place: SourcePlace(path: "src/config.py", line: 3), note: "base URL"),
                Evidence(place: SourcePlace(path: "src/http.py", line: 9), note: "version header"),
            ],
            excerpt: Excerpt(firstLine: line - 1, lines: ["def f():", "", "  get(\"…\")", ""]))
    }

    static func scan(
        _ sites: [CallSite], coverage: [FolderCoverage]? = nil, root: String = "app",
        canonicalRoot: String = "/work/app", diagnostics: [Diagnostic] = []
    ) -> TreeScan {
        let whole = [
            FolderCoverage(folder: "", outcome: .searched, names: ["README.md"]),
            FolderCoverage(folder: "src", outcome: .analysed, names: ["http.py", "poll.py"]),
        ]
        return TreeScan(
            root: root, canonicalRoot: canonicalRoot, callSites: sites,
            coverage: coverage ?? whole, bytesScanned: 4711, diagnostics: diagnostics)
    }

    static func caller(_ number: Int = 7) -> Caller {
        Caller(
            address: "10.0.3.\(number)", userAgent: "python-requests/2.31.0", client: "requests",
            clientVersion: "2.31.0", kind: .library)
    }

    static func key(_ caller: Caller = caller(), usage: Usage = .deprecated) -> TrafficKey {
        TrafficKey(
            rule: "workiva-get-operation", usage: usage, method: "GET", caller: caller,
            apiVersion: APIVersionUse(versionClass: .unlogged))
    }

    static func totals(_ requests: Int, from second: Int64 = 0, status: Int = 200)
        -> TrafficTotals
    {
        var totals = TrafficTotals(requests: requests, statuses: [status: requests])
        for index in 0..<requests {
            let time = Timestamp(
                milliseconds: start.milliseconds + (second + Int64(index)) * 1000)
            totals.days[time.day, default: 0] += 1
            totals.operations.record(UInt64(index % 5) &* 0x9E37_79B9_7F4A_7C15, at: time)
            if index == 0 { totals.firstSeen = time }
            totals.lastSeen = time
        }
        return totals
    }

    /// The checkpoint of a made-up content `name`, `length` bytes long.
    static func checkpoint(_ name: String, length: Int, tail: Int = 0) -> LogCheckpoint {
        var lengths = Array(stride(from: 100, to: length, by: 100))
        if tail > 0 { lengths.append(length + tail) }
        return LogCheckpoint(
            headDigest: digest(name, 64), headLength: 64, length: length,
            contentDigest: digest(name, length),
            marks: lengths.map { .init(length: $0, digest: digest(name, $0)) },
            format: "combined", formatState: "state of \(length)")
    }

    private static func digest(_ name: String, _ length: Int) -> ContentDigest {
        var hash = StableHash()
        hash.combine(name)
        hash.combine(String(length))
        return ContentDigest(high: hash.value, low: ~hash.value)
    }

    /// What a reading of a log brings that has `requests` new matched lines.
    static func reading(
        _ path: String = "access.log", of name: String = "A", from earlier: LogCheckpoint? = nil,
        to length: Int, requests: Int = 0, tail: Int = 0
    ) -> LogReading {
        var reading = LogReading(
            path: path, format: "combined", state: .complete, resumedFrom: earlier,
            checkpoint: checkpoint(name, length: length, tail: tail))
        reading.counts = LineCounts(matched: requests, other: 3, blank: 1)
        if requests > 0 {
            let totals = totals(requests, from: Int64(length))
            reading.traffic = [Traffic(key: key(), totals: totals)]
            reading.firstSeen = totals.firstSeen
            reading.lastSeen = totals.lastSeen
        }
        if tail > 0 {
            reading.tailCounts = LineCounts(matched: 1)
            reading.tailTraffic = [Traffic(key: key(), totals: totals(1, from: Int64(length) + 90))]
        }
        return reading
    }
}

extension AuditStore {
    /// Begins a run, does something in it, and ends it.
    @discardableResult
    func run<Result>(
        _ record: RunRecord? = nil, at hours: Int64 = 0, outcome: RunOutcome = .completed,
        _ body: (_ run: Int64, _ time: Timestamp) throws -> Result
    ) throws -> Result {
        var record = try record ?? Sample.record()
        record.startedAt = Sample.time(hours)
        let run = try beginRun(record)
        let result = try body(run, Sample.time(hours))
        try endRun(run, outcome, at: Sample.time(hours))
        return result
    }

    func sampleReport() throws -> AuditReport {
        try report(toolVersion: "0.1.0", asOf: try Sample.day("2026-11-25"))
    }
}

import Deprecations
import Testing

/// Values that reports are made of.
enum Sample {
    static let rule = "workiva-get-operation"

    static func day(_ text: String) throws -> CalendarDay {
        try #require(CalendarDay(text))
    }

    static func time(_ text: String) throws -> Timestamp {
        try #require(Timestamp(text))
    }

    static func operationsRule() throws -> Rule {
        Rule(
            id: rule, title: "Retrieve a single operation",
            provider: Provider(name: "Workiva", words: ["workiva"]),
            endpoint: Endpoint(
                method: "GET", path: try PathTemplate("/platform/v1/operations/{operationId}"),
                hosts: [RuleHost(name: "api.app.wdesk.com", kind: .production)]),
            versionHeader: VersionHeader(
                name: "X-Version", deprecatedValues: ["2022-01-01"],
                replacementValue: "2026-01-01", absence: .deprecatedVersion),
            lifecycle: Lifecycle(
                deprecatedOn: AnnouncedDay(
                    day: try day("2026-02-12"), source: "the endpoint's reference page"),
                sunsetOn: AnnouncedDay(
                    day: try day("2029-01-31"), source: "the endpoint's reference page"),
                history: [
                    MovedDate(
                        subject: .sunsetOn, was: try day("2028-12-31"),
                        changedOn: try day("2026-04-01"), source: "the changelog")
                ]),
            rateLimit: RateLimit(requestsPerSecond: 1, waitHeader: "Retry-After"),
            replacement: Replacement(
                method: "GET", path: try PathTemplate("/operations/{operationId}"),
                apiVersion: "2026-01-01"),
            initiatingCalls: [
                InitiatingCall(
                    method: "POST",
                    path: try PathTemplate("/platform/v1/documents/{documentId}/export"),
                    replacementPath: try PathTemplate("/documents/{documentId}/export"))
            ],
            links: LinkNames(headers: ["Location"]),
            sdkMethods: [
                SDKMethod(
                    name: "get_operation_by_id", packages: ["workiva_sdk"],
                    migratedPackages: [MigratedPackage(name: "workiva", fromVersion: "0.4.6")])
            ],
            migrationNotes: [
                "Drop `/platform/v1` from the path; keep the host and the id.",
                "Send `X-Version: 2026-01-01` on this request. Path and header change together.",
            ])
    }

    /// A rule of which little is known.
    static func bareRule() throws -> Rule {
        Rule(
            id: "prototype-get-operation", title: "Prototype", provider: Provider(name: "Workiva"),
            endpoint: Endpoint(
                method: "GET", path: try PathTemplate("/prototype/platform/operations/{id}"),
                hosts: []),
            lifecycle: Lifecycle(deprecatedOn: nil))
    }

    static func report(
        asOf: String = "2026-11-23", rules: [Rule]? = nil, callSites: [ReportedCallSite] = [],
        traffic: [Traffic] = [], trees: [TreeCoverage] = [], logs: [ReportedLog] = [],
        diagnostics: [Diagnostic] = [], progress: [ProgressPoint] = [],
        verifications: [Verification] = []
    ) throws -> AuditReport {
        let day = try day(asOf)
        return AuditReport(
            toolVersion: "0.1.0", generatedAt: try time("2026-11-23T10:00:00Z"), asOf: day,
            rules: try (rules ?? [operationsRule()]).map { rule in
                RuleStanding(
                    rule: rule, phase: rule.lifecycle.phase(on: day),
                    daysUntilSunset: rule.lifecycle.daysUntilSunset(from: day))
            },
            callSites: callSites, traffic: traffic, trees: trees, logs: logs,
            diagnostics: diagnostics, progress: progress, verifications: verifications)
    }

    static func site(
        _ id: String, path: String = "src/poll.py", line: Int = 14, usage: Usage = .deprecated,
        kind: Kind = .call, confidence: Confidence = .high, role: Role = .production
    ) -> CallSite {
        CallSite(
            id: CallSiteID("LC-\(id)"), rule: rule, usage: usage, kind: kind,
            confidence: confidence, root: "app", path: path, line: line, column: 19,
            callLine: line + 1, language: "python", client: "requests", role: role,
            symbol: "wait_for", method: "GET",
            url: "https://api.app.wdesk.com/platform/v1/operations/{operation_id}",
            host: "api.app.wdesk.com", apiVersion: APIVersionUse(versionClass: .implicit),
            halfMigrated: false, polling: PollingUse(inLoop: false, retryAfter: .notApplicable))
    }

    static func reported(
        _ site: CallSite, status: FindingStatus = .open, owner: String? = nil,
        introducedOn: CalendarDay? = nil
    ) throws -> ReportedCallSite {
        ReportedCallSite(
            site: site, owner: owner, introducedOn: introducedOn, status: status,
            firstSeen: try time("2026-10-01T08:00:00Z"))
    }

    /// Requests of one caller, `seconds` apart, for so many operations in turn.
    static func traffic(
        _ caller: Caller, usage: Usage = .deprecated, version: APIVersionUse? = nil,
        host: String? = nil, requests: Int, operations: Int, seconds: Double,
        from start: String = "2026-03-01T00:00:02Z", tooMany: Int = 0
    ) throws -> Traffic {
        let start = try time(start)
        var totals = TrafficTotals(requests: requests, statuses: [200: requests - tooMany])
        if tooMany > 0 { totals.statuses[429] = tooMany }
        for index in 0..<requests {
            let time = Timestamp(
                milliseconds: start.milliseconds + Int64(Double(index) * seconds * 1000))
            totals.days[time.day, default: 0] += 1
            let operation = UInt64(index % operations)
            totals.operations.record(operation &* 0x9E37_79B9_7F4A_7C15, at: time)
            totals.firstSeen = totals.firstSeen ?? time
            totals.lastSeen = time
        }
        return Traffic(
            key: TrafficKey(
                rule: rule, usage: usage, method: "GET", host: host, caller: caller,
                apiVersion: version ?? APIVersionUse(versionClass: .unlogged)),
            totals: totals)
    }
}

import Deprecations

extension Sample {
    /// With something in every part of a report.
    static func rich(asOf: String = "2026-11-23") throws -> AuditReport {
        try report(
            asOf: asOf, rules: [operationsRule(), bareRule()], callSites: richCallSites(),
            traffic: richTraffic(), trees: richTrees(),
            logs: richLogs(),
            diagnostics: [
                Diagnostic(
                    severity: .error, path: "logs/access.log.9.gz",
                    message: "the compressed data ends in the middle; 1,200 lines before it count"),
                Diagnostic(
                    severity: .error, path: "logs/blob", message: "no log format fits its lines"),
                Diagnostic(
                    severity: .warning, path: "app/dist/bundle.js",
                    message: "its analysis took longer than 2 s and was given up"),
                Diagnostic(
                    severity: .note, path: "app/src/odd.py", line: 7,
                    message: "a path that is made at run time could not be followed"),
            ],
            progress: [
                ProgressPoint(
                    at: try time("2026-10-01T08:00:00Z"), callers: 8, migratedCallers: 0,
                    requests: 0, migratedRequests: 0),
                ProgressPoint(
                    at: try time("2026-10-02T08:00:00Z"), callers: 8, migratedCallers: 0,
                    requests: 0, migratedRequests: 0),
                ProgressPoint(
                    at: try time("2026-11-23T10:00:00Z"), callers: 5, migratedCallers: 2,
                    requests: 1121, migratedRequests: 30),
            ],
            verifications: try richVerifications())
    }

    private static func richVerifications() throws -> [Verification] {
        let old = VerifiedCall(
            rule: try operationsRule().id, usage: .deprecated, method: "GET",
            host: "api.app.wdesk.com",
            path: "/platform/v1/operations/{operationId}",
            apiVersion: APIVersionUse(versionClass: .implicit))
        var new = old
        new.usage = .migrated
        new.path = "/operations/{operationId}"
        new.apiVersion = APIVersionUse(versionClass: .pinnedCurrent, value: "2026-01-01")
        let announced = Verification.Answer(
            status: 200, milliseconds: 87, contentType: "application/json",
            operationStatus: "started", retryAfterSeconds: 2, requestID: "r-1",
            deprecation: .init(text: "@1770854400", day: try day("2026-02-12")),
            sunset: .init(text: "Thu, 31 Aug 2028 00:00:00 GMT", day: try day("2028-08-31")),
            links: [.init(relation: "successor-version", target: "/operations/op-1")],
            warnings: ["299 Deprecated | API"])
        return [
            Verification(
                call: old, operation: "op-1", at: try time("2026-11-23T09:59:58Z"), verdict: .live,
                reason: "the answer is an operation", answer: announced,
                findings: [
                    .init(
                        subject: .date,
                        message: "the server's Sunset is 2028-08-31, the rule's 2029-01-31")
                ]),
            Verification(
                call: new, operation: "op-1", at: try time("2026-11-23T09:59:59Z"),
                verdict: .unknown, reason: "no answer: the server could not be reached in time"),
        ]
    }

    private static func richCallSites() throws -> [ReportedCallSite] {
        [
            try reported(site("0ff1ce00", path: ".github/workflows/sync.yml", line: 31, role: .ci)),
            try reported(
                reference("00dec0de", .mention, "README.md", 12, "Poll `/platform/v1/operations`"),
                status: .new),
            try reported(half()),
            try reported(library()),
            try reported(link()),
            try reported(unsure()),
            try reported(poller(), owner: "@payments", introducedOn: try day("2024-05-06")),
            try reported(moved()),
            try reported(site("dead0000", path: "src/old.py"), status: .resolved),
            try reported(
                site("7e570000", path: "tests/test_poll.py", line: 3, role: .test), status: .new),
            try reported(reference("0b5e55ed", .mock, "tests/wiremock.json", 4, "\"urlPath\": …")),
        ]
    }

    private static func poller() -> CallSite {
        var site = site("7f3a9c21")
        site.polling = PollingUse(inLoop: true, retryAfter: .ignored)
        site.apiVersion = APIVersionUse(
            versionClass: .pinnedDeprecated, value: "2022-01-01",
            evidence: SourcePlace(path: "src/http.py", line: 9))
        site.evidence = [
            Evidence(place: SourcePlace(path: "src/config.py", line: 3), note: "base URL"),
            Evidence(place: SourcePlace(path: "src/http.py", line: 9), note: "version header"),
        ]
        site.excerpt = Excerpt(
            firstLine: 12,
            lines: [
                "def wait_for(operation_id):", "    while True:",
                "        url = f\"{BASE}/operations/{operation_id}\"",
                "        reply = requests.get(url, headers=HEADERS)",
                "        if reply.json()[\"status\"] in (\"completed\", \"failed\"):",
            ])
        return site
    }

    private static func half() -> CallSite {
        var site = site("4a1f4a1f", path: "src/half.ts", line: 8, usage: .migrated)
        site.halfMigrated = true
        site.language = "typescript"
        site.client = "fetch"
        site.symbol = nil
        site.url = "https://api.eu.wdesk.com/operations/{id}"
        return site
    }

    private static func library() -> CallSite {
        var site = site("5d000001", path: "src/jobs.py", line: 40, kind: .sdkCall)
        site.client = nil
        site.url = nil
        site.callLine = 40
        site.evidence = [
            Evidence(
                place: SourcePlace(path: "src/jobs.py", line: 2), note: "import of workiva_sdk")
        ]
        return site
    }

    private static func link() -> CallSite {
        var site = site("1eaf0001", path: "src/link.py", line: 22, kind: .indirect)
        site.confidence = .medium
        site.url = nil
        site.polling = PollingUse(inLoop: true, retryAfter: .honoured)
        site.evidence = [
            Evidence(
                place: SourcePlace(path: "src/start.py", line: 5),
                note:
                    "initiating call POST https://api.app.wdesk.com/platform/v1/documents/{id}/export"
            ),
            Evidence(place: SourcePlace(path: "src/link.py", line: 20), note: "link from Location"),
        ]
        return site
    }

    private static func unsure() -> CallSite {
        var site = site("10e00001", path: "src/maybe.rb", line: 5, confidence: .low)
        site.language = "ruby"
        site.client = "faraday"
        site.host = nil
        site.url = "/platform/v1/operations/{id}"
        return site
    }

    private static func moved() -> CallSite {
        var site = site("900d0001", path: "src/new.py", line: 6, usage: .migrated)
        site.url = "https://api.app.wdesk.com/operations/{id}"
        site.apiVersion = APIVersionUse(versionClass: .pinnedCurrent, value: "2026-01-01")
        return site
    }

    private static func reference(
        _ id: String, _ kind: Kind, _ path: String, _ line: Int, _ text: String
    ) -> CallSite {
        var site = site(id, path: path, line: line, kind: kind, role: kind == .mock ? .test : .docs)
        site.client = nil
        site.excerpt = Excerpt(firstLine: line, lines: ["  " + text])
        return site
    }

    private static func richTraffic() throws -> [Traffic] {
        let poller = Caller(
            name: "billing", address: "10.0.3.7", userAgent: "python-requests/2.31.0",
            client: "requests", clientVersion: "2.31.0", kind: .library)
        let night = Caller(
            address: "2001:db8::7", user: "night", userAgent: "curl/8.5.0", client: "curl",
            clientVersion: "8.5.0", kind: .cli)
        return [
            try traffic(poller, requests: 1000, operations: 1, seconds: 0.5, tooMany: 150),
            try traffic(
                night, version: APIVersionUse(versionClass: .implicit), requests: 120,
                operations: 12, seconds: 10, from: "2026-02-11T23:50:00Z"),
            try traffic(Caller(kind: .unknown), requests: 1, operations: 1, seconds: 1),
            try traffic(
                poller, usage: .migrated,
                version: APIVersionUse(versionClass: .pinnedCurrent, value: "2026-01-01"),
                requests: 30, operations: 10, seconds: 4, from: "2026-11-20T00:00:00Z"),
        ]
    }

    static func richTrees() -> [TreeCoverage] {
        [
            TreeCoverage(
                root: "app", filesScanned: 1204, filesAnalysed: 37, bytesScanned: 3_214_567,
                skipped: [.ignored: 90, .binary: 15, .timeout: 1]),
            TreeCoverage(
                root: "infra", filesScanned: 12, filesAnalysed: 0, bytesScanned: 900, skipped: [:]),
        ]
    }

    static func richLogs() throws -> [ReportedLog] {
        [
            ReportedLog(
                path: "logs/access.log", format: "combined",
                counts: LineCounts(
                    matched: 1151, other: 98_843, blank: 2, malformed: 4, hostOnly: 9),
                firstSeen: try time("2026-02-11T00:00:00Z"),
                lastSeen: try time("2026-11-20T23:59:59.500Z"), state: .complete),
            ReportedLog(
                path: "logs/access.log.9.gz", format: "combined",
                counts: LineCounts(other: 1200), state: .truncated),
            ReportedLog(path: "logs/blob", counts: LineCounts(), state: .unreadable),
        ]
    }

    /// Nothing was found in what was read.
    static func quiet() throws -> AuditReport {
        try report(
            rules: [operationsRule(), bareRule()], trees: richTrees(), logs: richLogs())
    }
}

import Deprecations

/// `lastcall/report@1`, as `docs/report-formats.md` describes it: the property names are the contract's.
struct JSONReport: Encodable {
    var schema = "lastcall/report@1"
    var tool: Tool
    var generatedAt: String
    var asOf: String
    var rules: [RuleEntry]
    var summary: Summary
    var callSites: [CallSiteEntry]
    var traffic: [TrafficEntry]
    var verifications: [VerificationEntry]
    var sources: [SourceEntry]
    var diagnostics: [DiagnosticEntry]

    init(_ report: AuditReport) {
        tool = Tool(name: "lastcall", version: report.toolVersion)
        generatedAt = report.generatedAt.description
        asOf = report.asOf.description
        rules = report.rules.map(RuleEntry.init)
        summary = Summary(report.summary)
        callSites = report.callSites.map(CallSiteEntry.init)
        let lifecycles = Dictionary(
            report.rules.map { ($0.rule.id, $0.rule.lifecycle) },
            uniquingKeysWith: { first, _ in first })
        traffic = report.traffic.map { TrafficEntry($0, lifecycle: lifecycles[$0.key.rule]) }
        verifications = report.verifications.map(VerificationEntry.init)
        sources = report.trees.map(SourceEntry.init) + report.logs.map(SourceEntry.init)
        diagnostics = report.diagnostics.map(DiagnosticEntry.init)
    }

    struct Tool: Encodable {
        var name: String
        var version: String
    }

    struct Summary: Encodable {
        var callers: Int
        var references: Int
        var migratedCallers: Int
        var requests: Int
        var migratedRequests: Int
        var trafficCallers: Int

        init(_ summary: ReportSummary) {
            callers = summary.callers
            references = summary.references
            migratedCallers = summary.migratedCallers
            requests = summary.requests
            migratedRequests = summary.migratedRequests
            trafficCallers = summary.trafficCallers
        }
    }

    struct RuleEntry: Encodable {
        var id: String
        var title: String
        var provider: String
        var method: String
        var path: String
        @OrNull var deprecatedOn: String?
        @OrNull var sunsetOn: String?
        var phase: Phase
        @OrNull var daysUntilSunset: Int?
        @OrNull var replacement: ReplacementEntry?

        init(_ standing: RuleStanding) {
            let rule = standing.rule
            id = rule.id
            title = rule.title
            provider = rule.provider.name
            method = rule.endpoint.method
            path = rule.endpoint.path.description
            deprecatedOn = rule.lifecycle.deprecatedOn?.day.description
            sunsetOn = rule.lifecycle.sunsetOn?.day.description
            phase = standing.phase
            daysUntilSunset = standing.daysUntilSunset
            replacement = rule.replacement.map {
                ReplacementEntry(
                    method: $0.method, path: $0.path.description, apiVersion: $0.apiVersion)
            }
        }
    }

    struct ReplacementEntry: Encodable {
        var method: String
        var path: String
        @OrNull var apiVersion: String?
    }

    struct DiagnosticEntry: Encodable {
        var severity: Diagnostic.Severity
        @OrNull var path: String?
        @OrNull var line: Int?
        var message: String

        init(_ diagnostic: Diagnostic) {
            severity = diagnostic.severity
            path = diagnostic.path
            line = diagnostic.line
            message = diagnostic.message
        }
    }
}

/// A value that is written as `null` where there is none, and never left out.
@propertyWrapper
struct OrNull<Value: Encodable>: Encodable {
    var wrappedValue: Value?

    init(wrappedValue: Value?) {
        self.wrappedValue = wrappedValue
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let wrappedValue {
            try container.encode(wrappedValue)
        } else {
            try container.encodeNil()
        }
    }
}

import Deprecations

/// One list of a report as a table for spreadsheets (RFC 4180).
enum CSVReport {
    static func write(_ report: AuditReport, table: ReportTable) -> [UInt8] {
        switch table {
        case .callSites: CSVTable(CallSiteColumn.columns(of: report), rows: report.callSites).bytes
        case .traffic: CSVTable(TrafficColumn.columns(of: report), rows: report.traffic).bytes
        }
    }
}

/// The columns of the table of call sites, in their order.
private enum CallSiteColumn {
    typealias Column = CSVTable<ReportedCallSite>.Column

    static func columns(of report: AuditReport) -> [Column] {
        let standings = report.standings
        return identity + request + [
            Column("owner") { .text($0.owner) },
            Column("introduced_on") { .text($0.introducedOn?.description) },
            Column("first_seen") { .text($0.firstSeen.description) },
            Column("phase") { .text(standings[$0.site.rule]?.phase.rawValue) },
            Column("days_until_sunset") { .number(standings[$0.site.rule]?.daysUntilSunset) },
        ]
    }

    private static var identity: [Column] {
        [
            Column("id") { .text($0.site.id.description) },
            Column("rule") { .text($0.site.rule) },
            Column("usage") { .text($0.site.usage.rawValue) },
            Column("kind") { .text($0.site.kind.rawValue) },
            Column("confidence") { .text($0.site.confidence.rawValue) },
            Column("status") { .text($0.status.rawValue) },
            Column("root") { .text($0.site.root) },
            Column("path") { .text($0.site.path) },
            Column("line") { .number($0.site.line) },
            Column("column") { .number($0.site.column) },
            Column("call_line") { .number($0.site.callLine) },
            Column("language") { .text($0.site.language) },
            Column("client") { .text($0.site.client) },
            Column("role") { .text($0.site.role.rawValue) },
            Column("symbol") { .text($0.site.symbol) },
        ]
    }

    private static var request: [Column] {
        [
            Column("method") { .text($0.site.method) },
            Column("url") { .text($0.site.url) },
            Column("host") { .text($0.site.host) },
            Column("version_class") { .text($0.site.apiVersion.versionClass.rawValue) },
            Column("version_value") { .text($0.site.apiVersion.value) },
            Column("half_migrated") { .flag($0.site.halfMigrated) },
            Column("in_loop") { .flag($0.site.polling.inLoop) },
            Column("retry_after") { .text($0.site.polling.retryAfter.rawValue) },
        ]
    }
}

/// The columns of the table of traffic, in their order.
private enum TrafficColumn {
    typealias Column = CSVTable<Traffic>.Column

    static func columns(of report: AuditReport) -> [Column] {
        let standings = report.standings
        let phases = Phase.allCases.map { phase in
            Column("requests_\(phase.rawValue)") { traffic in
                .number(
                    standings[traffic.key.rule].map {
                        traffic.totals.phases(of: $0.rule.lifecycle)[phase, default: 0]
                    })
            }
        }
        return key + counts + phases + [
            Column("first_seen") { .text($0.totals.firstSeen?.description) },
            Column("last_seen") { .text($0.totals.lastSeen?.description) },
            Column("operations_polled") { .number($0.totals.pace.operationsPolled) },
            Column("median_interval_seconds") {
                .decimal($0.totals.pace.medianIntervalSeconds)
            },
            Column("pace") { .text($0.totals.pace.verdict.rawValue) },
        ]
    }

    private static var key: [Column] {
        [
            Column("rule") { .text($0.key.rule) },
            Column("usage") { .text($0.key.usage.rawValue) },
            Column("method") { .text($0.key.method) },
            Column("host") { .text($0.key.host) },
            Column("caller") { .text($0.key.caller.name) },
            Column("address") { .text($0.key.caller.address) },
            Column("user") { .text($0.key.caller.user) },
            Column("user_agent") { .text($0.key.caller.userAgent) },
            Column("client") { .text($0.key.caller.client) },
            Column("client_version") { .text($0.key.caller.clientVersion) },
            Column("caller_kind") { .text($0.key.caller.kind.rawValue) },
            Column("version_class") { .text($0.key.apiVersion.versionClass.rawValue) },
            Column("version_value") { .text($0.key.apiVersion.value) },
        ]
    }

    private static var counts: [Column] {
        [
            Column("requests") { .number($0.totals.requests) },
            Column("statuses") { traffic in
                .text(
                    traffic.totals.statuses.sorted { $0.key < $1.key }
                        .map { "\($0.key):\($0.value)" }.joined(separator: " "))
            },
            Column("operations") { .number($0.totals.operations.distinct) },
        ]
    }
}

extension AuditReport {
    /// The rules by their ids.
    var standings: [String: RuleStanding] {
        Dictionary(rules.map { ($0.rule.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

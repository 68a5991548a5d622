package import Deprecations

extension FailConditions {
    /// Why the gate says no, a sentence for each condition that does; empty where it says yes.
    package func objections(to report: AuditReport) -> [String] {
        let standings = Dictionary(
            report.rules.map { ($0.rule.id, $0) }, uniquingKeysWith: { first, _ in first })
        return conditions.compactMap { $0.objection(to: report, standings) }
    }
}

extension FailCondition {
    fileprivate func objection(
        to report: AuditReport, _ standings: [String: RuleStanding]
    ) -> String? {
        switch self {
        case .deprecated:
            return sentence(report.unfinishedCallers.count, "of deprecated endpoints")
        case .new:
            return sentence(
                report.unfinishedCallers.count { $0.status == .new },
                "that the scan before did not have")
        case .sunset:
            return sentence(
                report.unfinishedCallers.count { standings[$0.site.rule]?.phase == .sunset },
                "of endpoints whose sunset has come")
        case .halfMigrated:
            return sentence(
                report.unfinishedCallers.count { $0.site.halfMigrated },
                "with the path or the version header alone migrated")
        case .days(let limit):
            let near = report.unfinishedCallers.count {
                guard let days = standings[$0.site.rule]?.daysUntilSunset else { return false }
                return days <= limit
            }
            return sentence(
                near, "of endpoints whose sunset is at most \(counted(limit, "day")) away")
        case .unreadable:
            let errors = report.diagnostics.count { $0.severity == .error }
            return errors == 0 ? nil : "\(counted(errors, "input")) could not be read"
        case .traffic(let days):
            let requests = report.deprecatedRequests(days: days)
            let span = days.map { " in the last \(counted($0, "day"))" } ?? ""
            return requests == 0
                ? nil : "\(counted(requests, "request")) to deprecated endpoints\(span)"
        }
    }

    private func sentence(_ count: Int, _ what: String) -> String? {
        count == 0 ? nil : "\(counted(count, "caller")) \(what)"
    }
}

extension AuditReport {
    /// Callers that have to be changed still: of deprecated endpoints, and half-migrated ones. What is suppressed
    /// does not count.
    fileprivate var unfinishedCallers: [ReportedCallSite] {
        callSites.filter {
            ![.resolved, .suppressed].contains($0.status) && $0.site.kind.isCaller
                && $0.site.confidence > .low
                && ($0.site.usage == .deprecated || $0.site.halfMigrated)
        }
    }

    /// Requests to deprecated endpoints; those of the last `days` days up to the report's day, where given.
    fileprivate func deprecatedRequests(days: Int?) -> Int {
        traffic.reduce(0) { sum, entry in
            guard entry.key.usage == .deprecated else { return sum }
            guard let days else { return sum + entry.totals.requests }
            return sum
                + entry.totals.days.reduce(0) { count, day in
                    (0..<days).contains(day.key.days(until: asOf)) ? count + day.value : count
                }
        }
    }
}

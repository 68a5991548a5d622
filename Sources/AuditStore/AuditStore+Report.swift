package import Deprecations
import GRDB

extension AuditStore {
    /// Everything that is known, for the rules of the last run, judged on the day `asOf`.
    ///
    /// The same database, day, version and owners give an equal report: it says when the database was last
    /// written, not when it was read. `owner` names who owns a call site's file.
    package func report(
        toolVersion: String, asOf: CalendarDay, owner: (CallSite) -> String? = { _ in nil }
    ) throws(StoreError) -> AuditReport {
        try read { database in
            guard let run = try database.lastRun(),
                let written = try Int64.fetchOne(database, sql: "SELECT written_ms FROM meta")
            else { throw StoreError(path: path, reason: .noRun) }
            let reader = ReportReader(database: database, run: run)
            return AuditReport(
                toolVersion: toolVersion,
                generatedAt: Timestamp(milliseconds: written),
                asOf: asOf,
                rules: try database.recordedRules().map { standing(of: $0.rule, on: asOf) },
                callSites: try reader.callSites(on: asOf, owner: owner),
                traffic: try reader.traffic(),
                trees: try reader.trees(),
                logs: try reader.logs(),
                diagnostics: try reader.diagnostics(on: asOf),
                progress: try reader.progress(),
                verifications: try reader.verifications())
        }
    }

    private func standing(of rule: Rule, on day: CalendarDay) -> RuleStanding {
        RuleStanding(
            rule: rule, phase: rule.lifecycle.phase(on: day),
            daysUntilSunset: rule.lifecycle.daysUntilSunset(from: day))
    }
}

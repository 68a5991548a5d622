import Deprecations
import Foundation
import GRDB

extension ReportReader {
    /// What was noted while reading, and what the report itself leaves out; sorted, each once.
    func diagnostics(on day: CalendarDay) throws -> [Diagnostic] {
        let all =
            try noted() + outOfScope() + otherRules() + nestedTrees() + privacy()
            + furtherCallers() + LogCoverage(logs()).diagnostics
            + expiredSuppressions(on: day)
        return Set(all).sorted { left, right in
            let paths = [left.path ?? "", right.path ?? ""]
            if paths[0] != paths[1] { return paths[0] < paths[1] }
            let lines = [left.line ?? 0, right.line ?? 0]
            if lines[0] != lines[1] { return lines[0] < lines[1] }
            if left.severity != right.severity {
                return left.severity.rawValue < right.severity.rawValue
            }
            return left.message < right.message
        }
    }

    private func noted() throws -> [Diagnostic] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT d.severity, ifnull(d.path, s.path) AS shown_path, d.line, d.message
                FROM diagnostics AS d
                LEFT JOIN log_streams AS s ON s.id = d.stream
                LEFT JOIN log_paths AS p ON p.id = d.log_path
                WHERE d.tree IS NOT NULL OR d.stream IS NOT NULL
                    OR (d.log_path IS NOT NULL AND \(Self.isCurrent("p.run")))
                    OR (d.tree IS NULL AND d.stream IS NULL AND d.log_path IS NULL AND d.run = ?)
                """,
            arguments: [run]
        ).map(Database.diagnostic)
    }

    private func outOfScope() throws -> [Diagnostic] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT t.root, count(*) FROM call_sites AS s JOIN trees AS t ON t.id = s.tree
                WHERE s.state = 'out-of-scope'
                    AND s.rule IN (SELECT rule FROM run_rules WHERE run = ?)
                GROUP BY t.id
                """,
            arguments: [run]
        ).map { row in
            let count: Int = row[1]
            return Diagnostic(
                severity: .note, path: row[0],
                message:
                    "\(counted(count, "call site")) of earlier runs \(count == 1 ? "lies" : "lie") "
                    + "in files that are ignored or links now; not shown")
        }
    }

    private func otherRules() throws -> [Diagnostic] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT r.id, (SELECT count(*) FROM call_sites WHERE rule = r.id AND state = 'open'),
                    (SELECT ifnull(sum(requests), 0) FROM traffic WHERE rule = r.id)
                FROM rules AS r
                WHERE r.id NOT IN (SELECT rule FROM run_rules WHERE run = ?)
                """,
            arguments: [run]
        ).compactMap { row in
            let id: String = row[0]
            let sites: Int = row[1]
            let requests: Int = row[2]
            guard sites + requests > 0 else { return nil }
            return Diagnostic(
                severity: .note,
                message:
                    "\(counted(sites, "call site")) and \(counted(requests, "request")) of the rule "
                    + "'\(id)' are not shown, since the last run was without it")
        }
    }

    /// What the callers are known by, where that is not what stood in the logs.
    private func privacy() throws -> [Diagnostic] {
        switch try database.privacy()?.mode {
        case nil, .off:
            return []
        case .hash:
            return [
                Diagnostic(
                    severity: .note,
                    message: "addresses and users of callers are kept as keyed hashes "
                        + "(--anonymize hash); callers stay apart")
            ]
        case .prefix:
            return [
                Diagnostic(
                    severity: .note,
                    message: "addresses of callers are cut to /24 and /48, users are kept as keyed "
                        + "hashes (--anonymize prefix): callers of one network that have the same user "
                        + "and user agent are counted as one")
            ]
        }
    }

    /// Callers beyond those that a database tells apart.
    private func furtherCallers() throws -> [Diagnostic] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT rule, usage, sample FROM further_callers
                WHERE rule IN (SELECT rule FROM run_rules WHERE run = ?) ORDER BY rule, usage
                """,
            arguments: [run]
        ).map { row in
            guard let sample = OperationSample(encoded: [UInt8](row["sample"] as Data)) else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT)
            }
            let usage: String = row["usage"]
            let error = Int((sample.relativeError * 100).rounded(.up))
            let about = error == 0 ? "" : "about "
            let within = error == 0 ? "" : " (standard error \(error) %)"
            return Diagnostic(
                severity: .warning,
                message:
                    "\(row["rule"] as String): \(about)\(counted(sample.distinct, "caller"))\(within) of "
                    + "the \(usage) endpoint are counted together as \(Caller.others.name ?? ""): a database "
                    + "tells \(TrafficWriter.maximumCallers) callers apart")
        }
    }

    private func expiredSuppressions(on day: CalendarDay) throws -> [Diagnostic] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT t.root, s.site, s.path, s.line, x.until, x.path, x.line
                FROM suppressions AS x JOIN call_sites AS s ON s.id = x.call_site
                    JOIN trees AS t ON t.id = s.tree
                WHERE s.state = 'open' AND x.until < ?
                    AND s.rule IN (SELECT rule FROM run_rules WHERE run = ?)
                """,
            arguments: [day.description, run]
        ).map { row in
            let root: String = row[0]
            let site: String = row[1]
            let path: String = row[5] ?? row[2]
            let until: String = row[4]
            return Diagnostic(
                severity: .warning, path: path.isEmpty ? root : "\(root)/\(path)",
                line: row[6] ?? row[3],
                message: "the suppression of \(site) has run out on \(until): it counts again")
        }
    }

    /// A tree inside another has its call sites in both.
    private func nestedTrees() throws -> [Diagnostic] {
        let trees = try Row.fetchAll(database, sql: "SELECT root, canonical_root FROM trees").map {
            (root: $0[0] as String, canonical: $0[1] as String)
        }
        return trees.compactMap { inner in
            let outer = trees.filter { isBelow(inner.canonical, $0.canonical) }
                .min { $0.canonical < $1.canonical }
            guard let outer else { return nil }
            return Diagnostic(
                severity: .warning, path: inner.root,
                message:
                    "lies inside '\(outer.root)', which has been scanned too: what is found in it is "
                    + "counted twice; scan one of them, into a new database")
        }
    }

    private func isBelow(_ path: String, _ folder: String) -> Bool {
        path != folder && path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
    }
}

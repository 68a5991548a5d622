import Deprecations
import GRDB

/// Reads the lists of a report. Findings of rules that the last run was without are left out, and counted
/// in a diagnostic.
struct ReportReader {
    var database: Database
    /// The last run.
    var run: Int64

    /// Sorted by root, path, line and column; suppressed are those whose suppression holds on `day`.
    func callSites(on day: CalendarDay, owner: (CallSite) -> String?) throws -> [ReportedCallSite] {
        let evidence = try self.evidence()
        let suppressions = try self.suppressions()
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT s.*, t.root AS tree_root, s.appeared_run = t.run AS is_new
                FROM call_sites AS s JOIN trees AS t ON t.id = s.tree
                WHERE s.state <> 'out-of-scope'
                    AND s.rule IN (SELECT rule FROM run_rules WHERE run = ?)
                ORDER BY t.root, s.path, s.line, s.column, s.rule, s.site, t.canonical_root
                """,
            arguments: [run])
        var sites: [ReportedCallSite] = []
        while let row = try rows.next() {
            var site = try CallSiteRow.site(row, root: row["tree_root"])
            site.evidence = evidence[row["id"], default: []]
            site.suppression = suppressions[row["id"]]
            sites.append(
                ReportedCallSite(
                    site: site, owner: owner(site), status: status(row, site, on: day),
                    firstSeen: Timestamp(milliseconds: row["first_seen_ms"])))
        }
        return sites
    }

    /// What the last scan of a tree found, with the suppressions of comments alone.
    func callSites(ofTree tree: Int64, root: String) throws -> [CallSite] {
        let evidence = try self.evidence()
        let suppressions = try self.suppressions().filter { $0.value.place != nil }
        return try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM call_sites WHERE tree = ? AND state = 'open' AND last_seen_run = ?
                ORDER BY path, line, column, rule, site
                """,
            arguments: [tree, run]
        ).map { row in
            var site = try CallSiteRow.site(row, root: root)
            site.evidence = evidence[row["id"], default: []]
            site.suppression = suppressions[row["id"]]
            return site
        }
    }

    private func status(_ row: Row, _ site: CallSite, on day: CalendarDay) -> FindingStatus {
        if row["state"] == "resolved" { return .resolved }
        if site.suppression?.isInForce(on: day) ?? false { return .suppressed }
        return row["is_new"] ? .new : .open
    }

    private func evidence() throws -> [Int64: [Evidence]] {
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT call_site, path, line, note FROM evidence ORDER BY call_site, position")
        var evidence: [Int64: [Evidence]] = [:]
        while let row = try rows.next() {
            evidence[row[0], default: []].append(
                Evidence(place: SourcePlace(path: row[1], line: row[2]), note: row[3]))
        }
        return evidence
    }

    private func suppressions() throws -> [Int64: Suppression] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT call_site, until, reason, path, line FROM suppressions")
        var found: [Int64: Suppression] = [:]
        for row in rows {
            let day: String = row[1]
            guard let until = CalendarDay(day) else {
                throw UnknownStoredWord(word: day, subject: "last day of a suppression")
            }
            let path: String? = row[3]
            found[row[0]] = Suppression(
                until: until, reason: row[2],
                place: path.map { SourcePlace(path: $0, line: row[4]) })
        }
        return found
    }

    /// Sorted by root.
    func trees() throws -> [TreeCoverage] {
        let outcomes = try Row.fetchAll(
            database, sql: "SELECT tree, outcome, sum(files) FROM coverage GROUP BY tree, outcome")
        var files: [Int64: [FileOutcome: Int]] = [:]
        for row in outcomes {
            let word: String = row[1]
            guard let outcome = FileOutcome(storedWord: word) else {
                throw UnknownStoredWord(word: word, subject: "outcome of a file")
            }
            files[row[0], default: [:]][outcome] = row[2]
        }
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT id, root, bytes_scanned FROM trees ORDER BY root, canonical_root")
        return rows.map { row in
            let counts = files[row["id"], default: [:]]
            let analysed = counts[.analysed, default: 0]
            var skipped: [SkipReason: Int] = [:]
            for case (.skipped(let reason), let count) in counts { skipped[reason] = count }
            return TreeCoverage(
                root: row["root"], filesScanned: counts[.searched, default: 0] + analysed,
                filesAnalysed: analysed, bytesScanned: row["bytes_scanned"], skipped: skipped)
        }
    }

    /// Sorted by path. Content that several files hold is listed once; a log without content is listed as
    /// long as the command that met it has not been run again without meeting it.
    func logs() throws -> [ReportedLog] {
        let streams = try Row.fetchAll(
            database,
            sql: """
                SELECT path, format, state, first_seen_ms, last_seen_ms, days, shows,
                    matched + tail_matched AS matched, other + tail_other AS other,
                    blank + tail_blank AS blank, malformed + tail_malformed AS malformed,
                    host_only + tail_host_only AS host_only, outside + tail_outside AS outside
                FROM log_streams
                """
        ).map { row in
            let format: String = row["format"]
            return ReportedLog(
                path: row["path"], format: format.isEmpty ? nil : format,
                counts: LineCounts(
                    matched: row["matched"], other: row["other"], blank: row["blank"],
                    malformed: row["malformed"], hostOnly: row["host_only"],
                    outside: row["outside"]),
                firstSeen: (row["first_seen_ms"] as Int64?).map(Timestamp.init(milliseconds:)),
                lastSeen: (row["last_seen_ms"] as Int64?).map(Timestamp.init(milliseconds:)),
                state: try storedWord(SourceState.self, row["state"], as: "state of a log"),
                days: try LogStreamRow.days(row), shows: try LogStreamRow.shows(row))
        }
        let others = try Row.fetchAll(
            database,
            sql: """
                SELECT path, format, state FROM log_paths AS p
                WHERE stream IS NULL AND \(Self.isCurrent("p.run"))
                """
        ).map { row in
            ReportedLog(
                path: row["path"], format: row["format"], counts: LineCounts(),
                state: try storedWord(SourceState.self, row["state"], as: "state of a log"))
        }
        return (streams + others).sorted { left, right in
            if left.path != right.path { return left.path < right.path }
            let times = [left, right].map { $0.firstSeen?.milliseconds ?? .min }
            if times[0] != times[1] { return times[0] < times[1] }
            return left.counts.lines < right.counts.lines
        }
    }

    /// Oldest first: the runs that came to their end, with the rules of the last one.
    func progress() throws -> [ProgressPoint] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT r.ended_ms, sum(c.callers), sum(c.migrated_callers), sum(c.requests),
                    sum(c.migrated_requests)
                FROM run_counts AS c JOIN runs AS r ON r.id = c.run
                WHERE c.rule IN (SELECT rule FROM run_rules WHERE run = ?)
                GROUP BY c.run ORDER BY r.ended_ms, c.run
                """,
            arguments: [run])
        return rows.map { row in
            ProgressPoint(
                at: Timestamp(milliseconds: row[0]), callers: row[1], migratedCallers: row[2],
                requests: row[3], migratedRequests: row[4])
        }
    }

    /// SQL: whether no later run of the same command with the same arguments came to its end since the
    /// run in `column`. What that one did not meet again is no longer there.
    static func isCurrent(_ column: String) -> String {
        """
        NOT EXISTS (
            SELECT 1 FROM runs AS mine JOIN runs AS later ON later.id > mine.id
                AND later.command = mine.command AND later.arguments = mine.arguments
            WHERE mine.id = \(column) AND later.outcome = 'completed')
        """
    }
}

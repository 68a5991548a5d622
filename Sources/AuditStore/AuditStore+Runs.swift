package import Deprecations
import GRDB

extension AuditStore {
    /// Records that a run begins, and with which rules; answers its number.
    package func beginRun(_ record: RunRecord) throws(StoreError) -> Int64 {
        try write { database in
            var runs = RowInsertion(database, into: "runs", returningID: true)
            let run = try runs.insertReturningID([
                "command": record.command,
                "arguments": try StoredJSON.text(of: record.arguments),
                "tool_version": record.toolVersion,
                "as_of": record.asOf.description,
                "started_ms": record.startedAt.milliseconds,
            ])
            try database.record(record.rules, ofRun: run)
            try database.touch(at: record.startedAt)
            return run
        }
    }

    /// Records how a run ended and, where it came to its end, what is known then.
    package func endRun(_ run: Int64, _ outcome: RunOutcome, at time: Timestamp)
        throws(StoreError)
    {
        try write { database in
            try database.execute(
                sql: "UPDATE runs SET ended_ms = ?, outcome = ? WHERE id = ? AND outcome IS NULL",
                arguments: [time.milliseconds, outcome.rawValue, run])
            guard database.changesCount == 1 else {
                throw DatabaseError(message: "run \(run) is not under way")
            }
            if outcome == .completed { try database.recordCounts(ofRun: run) }
            try database.touch(at: time)
        }
        foldJournal()
    }

    /// The rules of the last run, sorted by id, each with the text that it was read from.
    package func recordedRules() throws(StoreError) -> [RecordedRule] {
        try read { database in try database.recordedRules() }
    }

    /// Brings what is in the write-ahead log into the file, so that a copy of the file alone is whole.
    /// Waits for nobody: what another process still needs is left to that.
    private func foldJournal() {
        _ = try? queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)")
        }
    }
}

extension Database {
    /// The number of the last run; nil before the first.
    func lastRun() throws -> Int64? {
        try Int64.fetchOne(self, sql: "SELECT max(id) FROM runs")
    }

    func recordedRules() throws -> [RecordedRule] {
        let rows = try Row.fetchAll(
            self,
            sql: """
                SELECT r.text, r.definition FROM rules AS r JOIN run_rules AS u ON u.rule = r.id
                WHERE u.run = (SELECT max(id) FROM runs) ORDER BY r.id
                """)
        return try rows.map { row in
            let document = try StoredJSON.value(RuleDocument.self, from: row["definition"])
            return RecordedRule(rule: try document.rule(), text: row["text"])
        }
    }

    fileprivate func record(_ rules: [RecordedRule], ofRun run: Int64) throws {
        var definitions = RowInsertion(self, into: "rules", updating: .init(key: ["id"]))
        var ofRun = RowInsertion(self, into: "run_rules")
        for recorded in rules {
            let rule = recorded.rule
            try definitions.insert([
                "id": rule.id,
                "title": rule.title,
                "provider": rule.provider.name,
                "method": rule.endpoint.method,
                "path": rule.endpoint.path.description,
                "deprecated_on": rule.lifecycle.deprecatedOn?.day.description,
                "sunset_on": rule.lifecycle.sunsetOn?.day.description,
                "replacement_method": rule.replacement?.method,
                "replacement_path": rule.replacement?.path.description,
                "replacement_version": rule.replacement?.apiVersion,
                "digest": rule.digest,
                "text": recorded.text,
                "definition": try StoredJSON.text(of: RuleDocument(rule)),
            ])
            try ofRun.insert(["run": run, "rule": rule.id, "digest": rule.digest])
        }
    }

    /// Notes what is known of every rule now. What counts is what `AuditReport.summary` counts.
    fileprivate func recordCounts(ofRun run: Int64) throws {
        try execute(
            sql: """
                INSERT INTO run_counts
                    (run, rule, callers, migrated_callers, requests, migrated_requests)
                SELECT ?, r.id, ifnull(s.callers, 0), ifnull(s.migrated, 0),
                    ifnull(t.requests, 0), ifnull(t.migrated, 0)
                FROM rules AS r
                LEFT JOIN (
                    SELECT rule, sum(usage = 'deprecated') AS callers,
                        sum(usage = 'migrated') AS migrated
                    FROM call_sites
                    WHERE state = 'open' AND kind IN ('call', 'sdk-call', 'indirect')
                        AND confidence <> 'low'
                    GROUP BY rule) AS s ON s.rule = r.id
                LEFT JOIN (
                    SELECT rule, sum(iif(usage = 'deprecated', requests, 0)) AS requests,
                        sum(iif(usage = 'migrated', requests, 0)) AS migrated
                    FROM traffic GROUP BY rule) AS t ON t.rule = r.id
                """,
            arguments: [run])
    }
}

package import Deprecations
import GRDB

extension AuditStore {
    /// Stores a live call. Earlier ones of the same kind stay: the report shows the last.
    package func save(_ verification: Verification, run: Int64) throws(StoreError) {
        try write { database in
            var rows = RowInsertion(database, into: "verifications")
            try rows.insert(try VerificationRow.values(verification, run: run))
            try database.touch(at: verification.at)
        }
    }
}

extension ReportReader {
    /// The last live call of each kind, sorted by rule, host, usage and version header.
    func verifications() throws -> [Verification] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT v.* FROM verifications AS v
                WHERE v.rule IN (SELECT rule FROM run_rules WHERE run = ?)
                    AND NOT EXISTS (
                        SELECT 1 FROM verifications AS later
                        WHERE later.rule = v.rule AND later.host = v.host AND later.usage = v.usage
                            AND later.version_value IS v.version_value
                            AND (later.asked_ms, later.id) > (v.asked_ms, v.id))
                ORDER BY v.rule, v.host, v.usage, v.version_value
                """,
            arguments: [run])
        return try rows.map(VerificationRow.verification)
    }
}

/// A live call as its row holds it.
private enum VerificationRow {
    static func values(_ verification: Verification, run: Int64) throws -> RowValues {
        let call = verification.call
        let answer = verification.answer
        return [
            "run": run,
            "rule": call.rule,
            "usage": call.usage.rawValue,
            "method": call.method,
            "host": call.host,
            "path": call.path,
            "version_class": call.apiVersion.versionClass.rawValue,
            "version_value": call.apiVersion.value,
            "operation": verification.operation,
            "asked_ms": verification.at.milliseconds,
            "day": verification.at.day.description,
            "verdict": verification.verdict.rawValue,
            "reason": verification.reason,
            "status": answer?.status,
            "milliseconds": answer?.milliseconds,
            "content_type": answer?.contentType,
            "operation_status": answer?.operationStatus,
            "retry_after_seconds": answer?.retryAfterSeconds,
            "request_id": answer?.requestID,
            "deprecation": answer?.deprecation?.text,
            "deprecation_day": answer?.deprecation?.day?.description,
            "sunset": answer?.sunset?.text,
            "sunset_day": answer?.sunset?.day?.description,
            "links": try StoredJSON.text(of: answer?.links ?? []),
            "warnings": try StoredJSON.text(of: answer?.warnings ?? []),
            "findings": try StoredJSON.text(of: verification.findings),
        ]
    }

    static func verification(_ row: Row) throws -> Verification {
        Verification(
            call: VerifiedCall(
                rule: row["rule"],
                usage: try storedWord(Usage.self, row["usage"], as: "usage"),
                method: row["method"], host: row["host"], path: row["path"],
                apiVersion: APIVersionUse(
                    versionClass: try storedWord(
                        APIVersionClass.self, row["version_class"], as: "class of a version header"),
                    value: row["version_value"])),
            operation: row["operation"], at: Timestamp(milliseconds: row["asked_ms"]),
            verdict: try storedWord(
                Verification.Verdict.self, row["verdict"], as: "verdict of a live call"),
            reason: row["reason"], answer: try answer(row),
            findings: try StoredJSON.value([Verification.Finding].self, from: row["findings"]))
    }

    private static func answer(_ row: Row) throws -> Verification.Answer? {
        guard let status: Int = row["status"] else { return nil }
        return Verification.Answer(
            status: status, milliseconds: row["milliseconds"], contentType: row["content_type"],
            operationStatus: row["operation_status"],
            retryAfterSeconds: row["retry_after_seconds"], requestID: row["request_id"],
            deprecation: announcement(row["deprecation"], row["deprecation_day"]),
            sunset: announcement(row["sunset"], row["sunset_day"]),
            links: try StoredJSON.value([Verification.Link].self, from: row["links"]),
            warnings: try StoredJSON.value([String].self, from: row["warnings"]))
    }

    private static func announcement(
        _ text: String?, _ day: String?
    ) -> Verification.Announcement? {
        text.map { Verification.Announcement(text: $0, day: day.flatMap { CalendarDay($0) }) }
    }
}

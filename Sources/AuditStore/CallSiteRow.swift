import Deprecations
import GRDB

/// A call site as its row holds it, without its evidence.
enum CallSiteRow {
    /// The columns that hold what the code says, and the state of a site that is seen.
    static func values(
        _ site: CallSite, tree: Int64, run: Int64, at time: Timestamp
    ) -> RowValues {
        let excerpt = site.excerpt.flatMap { $0.lines.isEmpty ? nil : $0 }
        return [
            "tree": tree,
            "site": site.id.description,
            "rule": site.rule,
            "usage": site.usage.rawValue,
            "kind": site.kind.rawValue,
            "confidence": site.confidence.rawValue,
            "path": site.path,
            "line": site.line,
            "column": site.column,
            "call_line": site.callLine,
            "language": site.language,
            "client": site.client,
            "role": site.role.rawValue,
            "symbol": site.symbol,
            "method": site.method,
            "url": site.url,
            "host": site.host,
            "version_class": site.apiVersion.versionClass.rawValue,
            "version_value": site.apiVersion.value,
            "version_path": site.apiVersion.evidence?.path,
            "version_line": site.apiVersion.evidence?.line,
            "half_migrated": site.halfMigrated,
            "in_loop": site.polling.inLoop,
            "retry_after": site.polling.retryAfter.rawValue,
            "excerpt_line": excerpt?.firstLine,
            "excerpt": excerpt?.lines.joined(separator: "\n"),
            "state": "open",
            "state_run": run,
            "state_ms": time.milliseconds,
            "appeared_run": run,
            "first_seen_ms": time.milliseconds,
            "last_seen_run": run,
            "last_seen_ms": time.milliseconds,
        ]
    }

    /// What becomes of a row whose site is seen again: one that had been resolved has newly appeared.
    static let whereSeenAgain = RowInsertion.Update(
        key: ["tree", "site"],
        kept: ["state", "state_run", "state_ms", "appeared_run", "first_seen_ms"],
        assignments: [
            "appeared_run = iif(state = 'resolved', excluded.appeared_run, appeared_run)",
            "state_run = iif(state = 'open', state_run, excluded.state_run)",
            "state_ms = iif(state = 'open', state_ms, excluded.state_ms)",
            "state = 'open'",
        ])

    /// The call site of a row, under the name that its tree was last given.
    static func site(_ row: Row, root: String) throws -> CallSite {
        CallSite(
            id: CallSiteID(row["site"]),
            rule: row["rule"],
            usage: try storedWord(Usage.self, row["usage"], as: "usage"),
            kind: try storedWord(Kind.self, row["kind"], as: "kind of call site"),
            confidence: try storedWord(Confidence.self, row["confidence"], as: "confidence"),
            root: root,
            path: row["path"],
            line: row["line"],
            column: row["column"],
            callLine: row["call_line"],
            language: row["language"],
            client: row["client"],
            role: try storedWord(Role.self, row["role"], as: "role of a file"),
            symbol: row["symbol"],
            method: row["method"],
            url: row["url"],
            host: row["host"],
            apiVersion: try versionUse(row),
            halfMigrated: row["half_migrated"],
            polling: PollingUse(
                inLoop: row["in_loop"],
                retryAfter: try storedWord(
                    RetryAfterUse.self, row["retry_after"], as: "use of Retry-After")),
            excerpt: excerpt(row))
    }

    private static func versionUse(_ row: Row) throws -> APIVersionUse {
        let path: String? = row["version_path"]
        let line: Int? = row["version_line"]
        var place: SourcePlace?
        if let path, let line { place = SourcePlace(path: path, line: line) }
        return APIVersionUse(
            versionClass: try storedWord(
                APIVersionClass.self, row["version_class"], as: "class of a version header"),
            value: row["version_value"], evidence: place)
    }

    private static func excerpt(_ row: Row) -> Excerpt? {
        guard let line: Int = row["excerpt_line"], let text: String = row["excerpt"] else {
            return nil
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return Excerpt(firstLine: line, lines: lines)
    }
}

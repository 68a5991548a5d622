import Deprecations
import GRDB

extension ReportReader {
    /// Sorted by rule, usage, falling requests and caller.
    func traffic() throws -> [Traffic] {
        let statuses = try counts("traffic_statuses", of: "status") { (row: Row) -> Int in row[1] }
        let days = try counts("traffic_days", of: "day") { row in
            let text: String = row[1]
            guard let day = CalendarDay(text) else {
                throw UnknownStoredWord(word: text, subject: "day")
            }
            return day
        }
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT t.*, c.name, c.address, c.user, c.user_agent, c.client, c.client_version,
                    c.kind
                FROM traffic AS t JOIN callers AS c ON c.id = t.caller
                WHERE t.rule IN (SELECT rule FROM run_rules WHERE run = ?)
                """,
            arguments: [run])
        // The request of an unterminated last line has a row of its own.
        var totals: [TrafficKey: TrafficTotals] = [:]
        while let row = try rows.next() {
            var more = try TrafficTotals(stored: row)
            more.statuses = statuses[row["id"], default: [:]]
            more.days = days[row["id"], default: [:]]
            totals[try key(row), default: TrafficTotals()].add(more)
        }
        return totals.map { Traffic(key: $0.key, totals: $0.value) }.sorted(by: precedes)
    }

    private func counts<Value: Hashable>(
        _ table: String, of column: String, value: (Row) throws -> Value
    ) throws -> [Int64: [Value: Int]] {
        let rows = try Row.fetchCursor(
            database, sql: "SELECT traffic, \(column), requests FROM \(table)")
        var counts: [Int64: [Value: Int]] = [:]
        while let row = try rows.next() {
            counts[row[0], default: [:]][try value(row)] = row[2]
        }
        return counts
    }

    private func key(_ row: Row) throws -> TrafficKey {
        TrafficKey(
            rule: row["rule"],
            usage: try storedWord(Usage.self, row["usage"], as: "usage"),
            method: row["method"],
            host: row["host"],
            caller: Caller(
                name: row["name"], address: row["address"], user: row["user"],
                userAgent: row["user_agent"], client: row["client"],
                clientVersion: row["client_version"],
                kind: try storedWord(CallerKind.self, row["kind"], as: "kind of caller")),
            apiVersion: APIVersionUse(
                versionClass: try storedWord(
                    APIVersionClass.self, row["version_class"], as: "class of a version header"),
                value: row["version_value"]))
    }

    private func precedes(_ left: Traffic, _ right: Traffic) -> Bool {
        if left.key.rule != right.key.rule { return left.key.rule < right.key.rule }
        if left.key.usage != right.key.usage {
            return left.key.usage.rawValue < right.key.usage.rawValue
        }
        if left.totals.requests != right.totals.requests {
            return left.totals.requests > right.totals.requests
        }
        return left.key.sortingTexts.lexicographicallyPrecedes(right.key.sortingTexts)
    }
}

extension TrafficKey {
    fileprivate var sortingTexts: [String] {
        [
            caller.name ?? "", caller.address ?? "", caller.user ?? "", caller.userAgent ?? "",
            apiVersion.versionClass.rawValue, apiVersion.value ?? "", host ?? "", method,
            caller.client ?? "", caller.clientVersion ?? "", caller.kind.rawValue,
        ]
    }
}

package import Deprecations
import Foundation
import GRDB
import Synchronization

extension AuditStore {
    /// The last number that was given out; shared between the readings of a process.
    private static let lastTicket = Atomic<Int64>(0)

    /// A ticket for one reading.
    package func newSpillTicket() -> SpillTicket {
        SpillTicket(number: Self.lastTicket.add(1, ordering: .relaxed).newValue)
    }

    /// Takes traffic of a reading that is too much to be held until the reading's end. It lies in a temporary table of
    /// this connection until `save` takes it up or `discard` drops it, and is gone with the process.
    package func spill(_ traffic: [Traffic], of ticket: SpillTicket) throws(StoreError) {
        try writeTemporary { database in
            try database.execute(
                sql: """
                    CREATE TEMP TABLE IF NOT EXISTS spilled_traffic (
                        reading INTEGER NOT NULL, key TEXT NOT NULL, requests INTEGER NOT NULL,
                        undated INTEGER NOT NULL, first_seen_ms INTEGER, last_seen_ms INTEGER,
                        operations BLOB NOT NULL, statuses TEXT NOT NULL, days TEXT NOT NULL);
                    CREATE INDEX IF NOT EXISTS temp.spilled_traffic_by_key
                        ON spilled_traffic (reading, key);
                    """)
            var rows = RowInsertion(database, into: "temp.spilled_traffic")
            for entry in traffic {
                let totals = entry.totals
                try rows.insert([
                    "reading": ticket.number,
                    "key": try entry.key.spilled(),
                    "requests": totals.requests,
                    "undated": totals.undated,
                    "first_seen_ms": totals.firstSeen?.milliseconds,
                    "last_seen_ms": totals.lastSeen?.milliseconds,
                    "operations": Data(totals.operations.encoded()),
                    "statuses": SpilledCounts.text(totals.statuses) { $0 },
                    "days": SpilledCounts.text(totals.days) { $0.daysSinceEpoch },
                ])
            }
        }
    }

    /// Drops what was spilled of a reading.
    package func discard(_ ticket: SpillTicket) throws(StoreError) {
        try writeTemporary { database in try database.dropSpilled(ticket) }
    }

    /// In a transaction that does not keep others from the database.
    private func writeTemporary(_ body: (Database) throws -> Void) throws(StoreError) {
        do {
            try queue.writeWithoutTransaction { database in
                try database.inTransaction(.deferred) {
                    try body(database)
                    return .commit
                }
            }
        } catch {
            throw StoreError(error, at: path)
        }
    }
}

extension Database {
    func dropSpilled(_ ticket: SpillTicket) throws {
        guard try tableExists("spilled_traffic", in: "temp") else { return }
        try execute(
            sql: "DELETE FROM temp.spilled_traffic WHERE reading = ?", arguments: [ticket.number])
    }

    /// Hands on what was spilled of a reading, each key once, those with most requests first.
    func forEachSpilled(_ ticket: SpillTicket, _ body: (Traffic) throws -> Void) throws {
        guard try tableExists("spilled_traffic", in: "temp") else { return }
        let keys = try String.fetchCursor(
            self,
            sql: """
                SELECT key FROM temp.spilled_traffic WHERE reading = ?
                GROUP BY key ORDER BY sum(requests) DESC, key
                """,
            arguments: [ticket.number])
        let parts = try makeStatement(
            sql: "SELECT * FROM temp.spilled_traffic WHERE reading = ? AND key = ?")
        while let key = try keys.next() {
            var totals = TrafficTotals()
            let rows = try Row.fetchCursor(parts, arguments: [ticket.number, key])
            while let row = try rows.next() {
                var part = try TrafficTotals(stored: row)
                part.statuses = try SpilledCounts.counts(row["statuses"]) { $0 }
                part.days = try SpilledCounts.counts(row["days"], CalendarDay.init(daysSinceEpoch:))
                totals.add(part)
            }
            try body(Traffic(key: try TrafficKey(spilled: key), totals: totals))
        }
    }

    private func tableExists(_ name: String, in schema: String) throws -> Bool {
        try Bool.fetchOne(
            self,
            sql: "SELECT EXISTS (SELECT 1 FROM \(schema).sqlite_schema WHERE name = ?)",
            arguments: [name]) ?? false
    }
}

/// Requests by status or day as a text: `200:5 429:1`.
private enum SpilledCounts {
    static func text<Key>(_ counts: [Key: Int], _ number: (Key) -> Int) -> String {
        counts.map { "\(number($0.key)):\($0.value)" }.joined(separator: " ")
    }

    static func counts<Key: Hashable>(
        _ text: String, _ key: (Int) -> Key
    ) throws -> [Key: Int] {
        var counts: [Key: Int] = [:]
        for part in text.split(separator: " ") {
            let numbers = part.split(separator: ":").compactMap { Int($0) }
            guard numbers.count == 2 else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
            counts[key(numbers[0])] = numbers[1]
        }
        return counts
    }
}

extension TrafficKey {
    /// One text for one key.
    fileprivate func spilled() throws -> String {
        try StoredJSON.text(of: [
            rule, usage.rawValue, method, host, caller.name, caller.address, caller.user,
            caller.userAgent, caller.client, caller.clientVersion, caller.kind.rawValue,
            apiVersion.versionClass.rawValue, apiVersion.value,
        ])
    }

    fileprivate init(spilled text: String) throws {
        let parts = try StoredJSON.value([String?].self, from: text)
        guard parts.count == 13, let rule = parts[0], let usage = parts[1], let method = parts[2],
            let kind = parts[10], let versionClass = parts[11]
        else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        self.init(
            rule: rule, usage: try storedWord(Usage.self, usage, as: "usage"), method: method,
            host: parts[3],
            caller: Caller(
                name: parts[4], address: parts[5], user: parts[6], userAgent: parts[7],
                client: parts[8], clientVersion: parts[9],
                kind: try storedWord(CallerKind.self, kind, as: "kind of caller")),
            apiVersion: APIVersionUse(
                versionClass: try storedWord(
                    APIVersionClass.self, versionClass, as: "class of a version header"),
                value: parts[12]))
    }
}

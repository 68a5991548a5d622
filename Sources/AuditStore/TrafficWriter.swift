import Deprecations
import Foundation
import GRDB

/// Adds requests to what the database has of them.
struct TrafficWriter {
    private let database: Database
    private var callers: [Caller: Int64] = [:]
    private var newCallers: RowInsertion
    private var newTraffic: RowInsertion
    private var statuses: RowInsertion
    private var days: RowInsertion

    /// SQL that finds the row of a key by the unique index `traffic_once`.
    static let trafficLookup = """
        SELECT id, requests, undated, first_seen_ms, last_seen_ms, operations FROM traffic
        WHERE caller = ? AND rule = ? AND usage = ? AND method = ? AND version_class = ?
            AND ifnull(version_value, x'') = ifnull(?, x'') AND ifnull(host, x'') = ifnull(?, x'')
            AND ifnull(tail_of, 0) = ?
        """

    /// SQL that finds the row of a caller by the unique index `callers_once`.
    static let callerLookup = """
        SELECT id FROM callers
        WHERE ifnull(address, x'') = ifnull(?, x'') AND ifnull(user_agent, x'') = ifnull(?, x'')
            AND ifnull(user, x'') = ifnull(?, x'') AND ifnull(name, x'') = ifnull(?, x'')
            AND ifnull(client, x'') = ifnull(?, x'')
            AND ifnull(client_version, x'') = ifnull(?, x'') AND kind = ?
        """

    init(_ database: Database) {
        self.database = database
        newCallers = RowInsertion(database, into: "callers", returningID: true)
        newTraffic = RowInsertion(database, into: "traffic", returningID: true)
        let adding = { (key: String) in
            RowInsertion.Update(
                key: ["traffic", key], kept: ["requests"],
                assignments: ["requests = requests + excluded.requests"])
        }
        statuses = RowInsertion(database, into: "traffic_statuses", updating: adding("status"))
        days = RowInsertion(database, into: "traffic_days", updating: adding("day"))
    }

    /// Adds `traffic` to the totals of its keys; with `stream` apart from them, as what comes of the stream's
    /// unterminated last line and will be replaced.
    mutating func add(_ traffic: [Traffic], asTailOf stream: Int64? = nil) throws {
        for entry in traffic where entry.totals.requests > 0 {
            let totals = entry.totals.withStorableDays
            let id = try addTotals(totals, of: entry.key, tail: stream)
            for (status, requests) in totals.statuses where requests > 0 {
                try statuses.insert(["traffic": id, "status": status, "requests": requests])
            }
            for (day, requests) in totals.days where requests > 0 {
                try days.insert(["traffic": id, "day": day.description, "requests": requests])
            }
        }
    }

    private mutating func addTotals(_ totals: TrafficTotals, of key: TrafficKey, tail: Int64?)
        throws -> Int64
    {
        let caller = try callerID(key.caller)
        guard let row = try row(of: key, caller: caller, tail: tail) else {
            return try newTraffic.insertReturningID([
                "rule": key.rule,
                "usage": key.usage.rawValue,
                "method": key.method,
                "host": key.host,
                "caller": caller,
                "version_class": key.apiVersion.versionClass.rawValue,
                "version_value": key.apiVersion.value,
                "tail_of": tail,
                "requests": totals.requests,
                "undated": totals.undated,
                "first_seen_ms": totals.firstSeen?.milliseconds,
                "last_seen_ms": totals.lastSeen?.milliseconds,
                "operations": Data(totals.operations.encoded()),
            ])
        }
        var sum = try TrafficTotals(stored: row)
        sum.add(totals)
        let id: Int64 = row["id"]
        try database.cachedStatement(
            sql: """
                UPDATE traffic SET requests = ?, undated = ?, first_seen_ms = ?, last_seen_ms = ?,
                    operations = ?
                WHERE id = ?
                """
        ).execute(arguments: [
            sum.requests, sum.undated, sum.firstSeen?.milliseconds, sum.lastSeen?.milliseconds,
            Data(sum.operations.encoded()), id,
        ])
        return id
    }

    private func row(of key: TrafficKey, caller: Int64, tail: Int64?) throws -> Row? {
        let statement = try database.cachedStatement(sql: Self.trafficLookup)
        return try Row.fetchOne(
            statement,
            arguments: [
                caller, key.rule, key.usage.rawValue, key.method.storable,
                key.apiVersion.versionClass.rawValue, key.apiVersion.value?.storable,
                key.host?.storable, tail ?? 0,
            ])
    }

    /// The number of the caller's row, which is made where there is none.
    private mutating func callerID(_ caller: Caller) throws -> Int64 {
        if let id = callers[caller] { return id }
        let statement = try database.cachedStatement(sql: Self.callerLookup)
        let known = try Int64.fetchOne(
            statement,
            arguments: [
                caller.address?.storable, caller.userAgent?.storable, caller.user?.storable,
                caller.name?.storable, caller.client?.storable, caller.clientVersion?.storable,
                caller.kind.rawValue,
            ])
        let id =
            try known
            ?? newCallers.insertReturningID([
                "name": caller.name,
                "address": caller.address,
                "user": caller.user,
                "user_agent": caller.userAgent,
                "client": caller.client,
                "client_version": caller.clientVersion,
                "kind": caller.kind.rawValue,
            ])
        callers[caller] = id
        return id
    }
}

extension TrafficTotals {
    /// What a row of `traffic` holds; statuses and days have tables of their own.
    init(stored row: Row) throws {
        guard let operations = OperationSample(encoded: [UInt8](row["operations"] as Data)) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT)
        }
        self.init(
            requests: row["requests"], undated: row["undated"],
            firstSeen: (row["first_seen_ms"] as Int64?).map(Timestamp.init(milliseconds:)),
            lastSeen: (row["last_seen_ms"] as Int64?).map(Timestamp.init(milliseconds:)),
            operations: operations)
    }

    /// A log may claim any time; a day that cannot be written as YYYY-MM-DD counts as undated.
    fileprivate var withStorableDays: TrafficTotals {
        var result = self
        for (day, requests) in days where !(1...9999).contains(day.components.year) {
            result.days[day] = nil
            result.undated += requests
        }
        return result
    }
}

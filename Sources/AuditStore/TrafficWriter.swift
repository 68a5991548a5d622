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
    /// Callers are never removed, and numbered one after the other.
    private var knownCallers: Int64
    private var knownTraffic: Int64
    /// The requests of callers that are too many to be told apart.
    private var others: [OthersKey: TrafficTotals] = [:]
    private var further: [FurtherCallers] = []

    private struct OthersKey: Hashable {
        var key: TrafficKey
        var tail: Int64?
    }

    /// How many callers a database tells apart.
    static let maximumCallers = 10_000
    /// Of so many callers and versions the operations are kept as `OperationSample` does; of later ones fewer, so
    /// that the database stays small.
    private static let wholeSamples = 500
    fileprivate static let smallSample = 64
    fileprivate static let timesOfSmallSample = 256

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

    init(_ database: Database) throws {
        self.database = database
        knownCallers =
            try Int64.fetchOne(database, sql: "SELECT ifnull(max(id), 0) FROM callers") ?? 0
        knownTraffic =
            try Int64.fetchOne(database, sql: "SELECT ifnull(max(id), 0) FROM traffic") ?? 0
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
        // Where not all can be told apart, those with most requests are.
        let isNear = knownCallers + Int64(traffic.count) > Self.maximumCallers
        let ordered = isNear ? traffic.sorted { $0.totals.requests > $1.totals.requests } : traffic
        for entry in ordered { try add(entry, asTailOf: stream) }
    }

    /// Adds one entry of these.
    mutating func add(_ entry: Traffic, asTailOf stream: Int64? = nil) throws {
        guard entry.totals.requests > 0 else { return }
        let totals = entry.totals.withStorableDays
        guard let caller = try callerID(entry.key.caller) else {
            var key = entry.key
            if let index = further.firstIndex(where: {
                $0.rule == key.rule && $0.usage == key.usage
            }) {
                further[index].add(key.caller)
            } else {
                var new = FurtherCallers(rule: key.rule, usage: key.usage)
                new.add(key.caller)
                further.append(new)
            }
            key.caller = .others
            key.apiVersion.value = nil
            others[OthersKey(key: key, tail: stream), default: TrafficTotals()].add(totals)
            return
        }
        try add(totals, of: entry.key, caller: caller, tail: stream)
    }

    /// Adds the requests of callers that were not told apart, here and before.
    mutating func finish(further more: [FurtherCallers]) throws {
        for (other, totals) in others {
            let caller = try callerID(other.key.caller, isNeeded: true) ?? 0
            try add(totals, of: other.key, caller: caller, tail: other.tail)
        }
        others = [:]
        for callers in further + more { try add(callers) }
        further = []
    }

    private func add(_ callers: FurtherCallers) throws {
        let known = try Data.fetchOne(
            database, sql: "SELECT sample FROM further_callers WHERE rule = ? AND usage = ?",
            arguments: [callers.rule, callers.usage.rawValue])
        var sample = known.flatMap { OperationSample(encoded: [UInt8]($0)) } ?? OperationSample()
        sample.add(callers.sample)
        try database.execute(
            sql: """
                INSERT INTO further_callers (rule, usage, sample) VALUES (?1, ?2, ?3)
                    ON CONFLICT (rule, usage) DO UPDATE SET sample = ?3
                """,
            arguments: [callers.rule, callers.usage.rawValue, Data(sample.encoded())])
    }

    private mutating func add(
        _ totals: TrafficTotals, of key: TrafficKey, caller: Int64, tail: Int64?
    ) throws {
        let id = try addTotals(totals, of: key, caller: caller, tail: tail)
        for (status, requests) in totals.statuses where requests > 0 {
            try statuses.insert(["traffic": id, "status": status, "requests": requests])
        }
        for (day, requests) in totals.days where requests > 0 {
            try days.insert(["traffic": id, "day": day.description, "requests": requests])
        }
    }

    private mutating func addTotals(
        _ totals: TrafficTotals, of key: TrafficKey, caller: Int64, tail: Int64?
    ) throws -> Int64 {
        guard let row = try row(of: key, caller: caller, tail: tail) else {
            var totals = totals
            knownTraffic += 1
            if knownTraffic > Self.wholeSamples { totals.reduceSample() }
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
        if id > Self.wholeSamples { sum.reduceSample() }
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

    /// The number of the caller's row, which is made where there is none; nil where there is no room for more.
    private mutating func callerID(_ caller: Caller, isNeeded: Bool = false) throws -> Int64? {
        if let id = callers[caller] { return id }
        let statement = try database.cachedStatement(sql: Self.callerLookup)
        let known = try Int64.fetchOne(
            statement,
            arguments: [
                caller.address?.storable, caller.userAgent?.storable, caller.user?.storable,
                caller.name?.storable, caller.client?.storable, caller.clientVersion?.storable,
                caller.kind.rawValue,
            ])
        if known == nil, knownCallers >= Self.maximumCallers, !isNeeded { return nil }
        if known == nil { knownCallers += 1 }
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
        // A million of them would not fit.
        if callers.count >= Self.maximumCallers { callers.removeAll(keepingCapacity: true) }
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

    /// Keeps few operations and times.
    fileprivate mutating func reduceSample() {
        operations.reduce(to: TrafficWriter.smallSample, times: TrafficWriter.timesOfSmallSample)
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

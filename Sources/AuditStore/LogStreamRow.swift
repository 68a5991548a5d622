import Deprecations
import Foundation
import GRDB

/// A stream of log lines that has been read, as far as its row says what the next reading needs.
struct LogStreamRow {
    var id: Int64
    var checkpoint: LogCheckpoint
    /// The name under which it was last found.
    var path: String
    var state: SourceState
    var counts: LineCounts
    var tailCounts: LineCounts
    var firstSeen: Timestamp?
    var lastSeen: Timestamp?
    var days: DayRanges
    var shows: LogVisibility
    /// The run that found it under `path`.
    var run: Int64

    init(_ row: Row) throws {
        id = row["id"]
        checkpoint = try Self.checkpoint(row)
        path = row["path"]
        state = try storedWord(SourceState.self, row["state"], as: "state of a log")
        counts = LineCounts(
            matched: row["matched"], other: row["other"], blank: row["blank"],
            malformed: row["malformed"], hostOnly: row["host_only"], outside: row["outside"])
        tailCounts = LineCounts(
            matched: row["tail_matched"], other: row["tail_other"], blank: row["tail_blank"],
            malformed: row["tail_malformed"], hostOnly: row["tail_host_only"],
            outside: row["tail_outside"])
        firstSeen = (row["first_seen_ms"] as Int64?).map(Timestamp.init(milliseconds:))
        lastSeen = (row["last_seen_ms"] as Int64?).map(Timestamp.init(milliseconds:))
        days = try Self.days(row)
        shows = try Self.shows(row)
        run = row["run"]
    }

    /// The columns of a checkpoint.
    static let checkpointColumns =
        "head_digest, head_length, length, content_digest, marks, format, format_state, counted"

    static func checkpoint(_ row: Row) throws -> LogCheckpoint {
        guard let head = ContentDigest(row["head_digest"] as String),
            let content = ContentDigest(row["content_digest"] as String),
            let marks = [LogCheckpoint.Mark](stored: row["marks"])
        else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        return LogCheckpoint(
            headDigest: head, headLength: row["head_length"], length: row["length"],
            contentDigest: content, marks: marks, format: row["format"],
            formatState: row["format_state"],
            counted: try [String: DayRanges](storedDays: row["counted"]))
    }

    static func days(_ row: Row) throws -> DayRanges {
        let text: String = row["days"]
        guard let days = DayRanges(text) else {
            throw UnknownStoredWord(word: text, subject: "days")
        }
        return days
    }

    static func shows(_ row: Row) throws -> LogVisibility {
        let text: String = row["shows"]
        guard let shows = LogVisibility(text) else {
            throw UnknownStoredWord(word: text, subject: "what a log shows")
        }
        return shows
    }
}

extension [LogCheckpoint.Mark] {
    /// The bytes that one takes: its length, then its digest, both with the highest byte first.
    private static let size = 24

    /// As the column `log_streams.marks` holds them.
    var stored: Data {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * Self.size)
        for mark in self {
            for number in [UInt64(mark.length), mark.digest.high, mark.digest.low] {
                for shift in stride(from: 56, through: 0, by: -8) {
                    bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
                }
            }
        }
        return Data(bytes)
    }

    /// Reads what `stored` writes; nil for anything else.
    init?(stored data: Data) {
        let bytes = [UInt8](data)
        guard bytes.count.isMultiple(of: Self.size) else { return nil }
        self.init()
        reserveCapacity(bytes.count / Self.size)
        func number(_ start: Int) -> UInt64 {
            bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
        for start in stride(from: 0, to: bytes.count, by: Self.size) {
            guard let length = Int(exactly: number(start)) else { return nil }
            append(
                LogCheckpoint.Mark(
                    length: length,
                    digest: ContentDigest(high: number(start + 8), low: number(start + 16))))
        }
    }
}

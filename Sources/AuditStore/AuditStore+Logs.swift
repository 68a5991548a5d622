package import Deprecations
import GRDB

extension AuditStore {
    /// The lengths of the heads under which streams are known, ascending.
    package func headLengths() throws(StoreError) -> [Int] {
        try read { database in
            try Int.fetchAll(
                database,
                sql: "SELECT DISTINCT head_length FROM log_streams ORDER BY head_length")
        }
    }

    /// The streams that begin so.
    package func checkpoints(headDigest: ContentDigest, headLength: Int) throws(StoreError)
        -> [LogCheckpoint]
    {
        try read { database in
            try database.checkpoints(headDigest: headDigest, headLength: headLength)
        }
    }

    /// Stores what the reading of a log brought: counts, traffic and checkpoint together.
    ///
    /// `.superseded` where `resumedFrom` no longer stands, or a stream handed over as new is known by now:
    /// another process has been faster, nothing is stored, and the log is to be read again.
    package func save(_ reading: LogReading, run: Int64, at time: Timestamp) throws(StoreError)
        -> SaveOutcome
    {
        try write { database in
            let writer = LogWriter(database: database, reading: reading, run: run, time: time)
            guard let checkpoint = reading.checkpoint else {
                try writer.saveWithoutContent()
                return .saved
            }
            return try writer.save(checkpoint)
        }
    }
}

extension Database {
    fileprivate func checkpoints(headDigest: ContentDigest, headLength: Int) throws
        -> [LogCheckpoint]
    {
        let rows = try Row.fetchAll(
            self,
            sql: """
                SELECT \(LogStreamRow.checkpointColumns) FROM log_streams
                WHERE head_digest = ? AND head_length = ? ORDER BY id
                """,
            arguments: [headDigest.description, headLength])
        return try rows.map(LogStreamRow.checkpoint)
    }
}

/// Stores one reading of a log.
private struct LogWriter {
    var database: Database
    var reading: LogReading
    var run: Int64
    var time: Timestamp

    /// A log that is empty or cannot be read.
    func saveWithoutContent() throws {
        let path = try savePath(stream: nil)
        try database.replaceDiagnostics(
            of: .logPath(path), by: reading.diagnostics, run: run)
        try database.touch(at: time)
    }

    func save(_ checkpoint: LogCheckpoint) throws -> SaveOutcome {
        let stream: Int64
        if let earlier = reading.resumedFrom {
            guard let known = try knownStream(earlier) else { return .superseded }
            stream = known.id
            if checkpoint == earlier {
                if takesOverName(of: known) { try saveName(of: stream) }
            } else {
                try goOn(known, to: checkpoint)
            }
        } else {
            let known = try database.checkpoints(
                headDigest: checkpoint.headDigest, headLength: checkpoint.headLength)
            if known.contains(where: { $0.mayBeOneStream(with: checkpoint) }) {
                return .superseded
            }
            stream = try begin(checkpoint)
        }
        let path = try savePath(stream: stream)
        try saveDiagnostics(stream: stream, path: path)
        try database.touch(at: time)
        return .saved
    }

    private func knownStream(_ checkpoint: LogCheckpoint) throws -> LogStreamRow? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT * FROM log_streams WHERE head_digest = ? AND head_length = ?
                    AND length = ? AND content_digest = ?
                """,
            arguments: [
                checkpoint.headDigest.description, checkpoint.headLength, checkpoint.length,
                checkpoint.contentDigest.description,
            ])
        guard let row else { return nil }
        let stream = try LogStreamRow(row)
        return stream.checkpoint == checkpoint ? stream : nil
    }

    private func begin(_ checkpoint: LogCheckpoint) throws -> Int64 {
        var streams = RowInsertion(database, into: "log_streams", returningID: true)
        let stream = try streams.insertReturningID(
            values(
                checkpoint, counts: reading.counts, firstSeen: reading.firstSeen,
                lastSeen: reading.lastSeen, days: reading.days, shows: reading.shows))
        try saveTraffic(stream: stream)
        return stream
    }

    private func goOn(_ stream: LogStreamRow, to checkpoint: LogCheckpoint) throws {
        var counts = stream.counts
        counts.add(reading.counts)
        let row = try values(
            checkpoint, counts: counts,
            firstSeen: [stream.firstSeen, reading.firstSeen].compactMap { $0 }.min(),
            lastSeen: [stream.lastSeen, reading.lastSeen].compactMap { $0 }.max(),
            days: stream.days.union(reading.days), shows: stream.shows.union(reading.shows))
        let assignments = row.map { "\($0.key) = ?" }.joined(separator: ", ")
        try database.execute(
            sql: "UPDATE log_streams SET \(assignments) WHERE id = ?",
            arguments: StatementArguments(storing: row) + [stream.id])
        try database.execute(sql: "DELETE FROM traffic WHERE tail_of = ?", arguments: [stream.id])
        if stream.counts.malformed == 0, stream.tailCounts.malformed > 0 {
            // It was the half-written last line that could not be parsed, and that is complete now.
            try database.execute(
                sql: "DELETE FROM diagnostics WHERE stream = ?", arguments: [stream.id])
        }
        try saveTraffic(stream: stream.id)
    }

    private func values(
        _ checkpoint: LogCheckpoint, counts: LineCounts, firstSeen: Timestamp?,
        lastSeen: Timestamp?,
        days: DayRanges, shows: LogVisibility
    ) throws -> RowValues {
        [
            "head_digest": checkpoint.headDigest.description,
            "head_length": checkpoint.headLength,
            "length": checkpoint.length,
            "content_digest": checkpoint.contentDigest.description,
            "marks": checkpoint.marks.stored,
            "format": checkpoint.format,
            "format_state": checkpoint.formatState,
            "path": reading.path,
            "compression": reading.compression,
            "state": reading.state.rawValue,
            "matched": counts.matched,
            "other": counts.other,
            "blank": counts.blank,
            "malformed": counts.malformed,
            "host_only": counts.hostOnly,
            "outside": counts.outside,
            "tail_matched": reading.tailCounts.matched,
            "tail_other": reading.tailCounts.other,
            "tail_blank": reading.tailCounts.blank,
            "tail_malformed": reading.tailCounts.malformed,
            "tail_host_only": reading.tailCounts.hostOnly,
            "tail_outside": reading.tailCounts.outside,
            "counted": try checkpoint.counted.storedDays(),
            "days": days.description,
            "shows": shows.description,
            "first_seen_ms": firstSeen?.milliseconds,
            "last_seen_ms": lastSeen?.milliseconds,
            "run": run,
            "read_ms": time.milliseconds,
        ]
    }

    /// Whether a copy that brings nothing new gives the stream its name: the first whole one that a
    /// run meets does, so that a stream goes by the name that its file has now.
    private func takesOverName(of stream: LogStreamRow) -> Bool {
        reading.state == .complete
            && (stream.run < run || stream.path == reading.path || stream.state != .complete)
    }

    private func saveName(of stream: Int64) throws {
        try database.execute(
            sql: """
                UPDATE log_streams SET path = ?, compression = ?, state = ?, run = ?, read_ms = ?
                WHERE id = ?
                """,
            arguments: [
                reading.path.storable, reading.compression, reading.state.rawValue, run,
                time.milliseconds, stream,
            ])
    }

    private func savePath(stream: Int64?) throws -> Int64 {
        var paths = RowInsertion(
            database, into: "log_paths", updating: .init(key: ["path"]), returningID: true)
        return try paths.insertReturningID([
            "path": reading.path,
            "stream": stream,
            "format": reading.format,
            "compression": reading.compression,
            "state": reading.state.rawValue,
            "run": run,
            "read_ms": time.milliseconds,
        ])
    }

    private func saveTraffic(stream: Int64) throws {
        var writer = try TrafficWriter(database)
        try writer.add(reading.traffic)
        if let ticket = reading.spill {
            try database.forEachSpilled(ticket) { try writer.add($0) }
            try database.dropSpilled(ticket)
        }
        try writer.add(reading.tailTraffic, asTailOf: stream)
        try writer.finish(further: reading.furtherCallers)
    }

    /// What could not be read belongs to the name and holds until that is read again; what limits the counts
    /// belongs to the content, and stays with it.
    private func saveDiagnostics(stream: Int64, path: Int64) throws {
        let errors = reading.diagnostics.filter { $0.severity == .error }
        try database.replaceDiagnostics(of: .logPath(path), by: errors, run: run)
        let known = try Row.fetchAll(
            database,
            sql: """
                SELECT severity, ifnull(path, ?) AS shown_path, line, message FROM diagnostics
                WHERE stream = ?
                """,
            arguments: [reading.path.storable, stream]
        ).map(Database.diagnostic)
        let new = reading.diagnostics.filter { $0.severity != .error && !known.contains($0) }
        try database.insert(new, of: .stream(stream, path: reading.path), run: run)
    }
}

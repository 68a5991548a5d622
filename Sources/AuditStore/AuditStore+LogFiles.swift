package import Deprecations
import GRDB

/// What is asked of logs: for each rule the days whose requests count.
package struct AskedDays: Sendable {
    fileprivate let days: [String: DayRanges]
    /// As a row has it that counts just these.
    fileprivate let text: String

    /// The same days for all `rules`.
    package init(rules: [String], days: DayRanges) {
        self.days = Dictionary(rules.map { ($0, days) }) { first, _ in first }
        text = (try? self.days.storedDays()) ?? "{}"
    }

    /// Whether all that is asked was counted by `reading`, to the end of its log.
    package func isCounted(in reading: LogReading) -> Bool {
        guard reading.state == .complete else { return false }
        return reading.checkpoint.map { isPart(of: $0.counted) } ?? true
    }

    fileprivate func isPart(of counted: [String: DayRanges]) -> Bool {
        days.allSatisfy { rule, days in counted[rule]?.isSuperset(of: days) ?? false }
    }
}

extension AuditStore {
    /// Whether the file was read to its end in this state, and all that is asked of it counted.
    package func hasCounted(_ asked: AskedDays, in file: LogFileState) throws(StoreError) -> Bool {
        try read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT counted FROM log_files
                    WHERE path = ? AND device = ? AND inode = ? AND size = ? AND modified_ns = ?
                        AND changed_ns = ? AND edges = ?
                    """)
            let text = try String.fetchOne(
                statement,
                arguments: [
                    file.path.storable, file.device, file.inode, file.size, file.modified,
                    file.changed, file.edges.description,
                ])
            guard let text else { return false }
            if text == asked.text { return true }
            return asked.isPart(of: try [String: DayRanges](storedDays: text))
        }
    }

    /// Notes that all that the file holds in this state is stored, and what was asked of it counted.
    package func note(_ file: LogFileState, _ asked: AskedDays, run: Int64) throws(StoreError) {
        try write { database in
            var files = RowInsertion(database, into: "log_files", updating: .init(key: ["path"]))
            try files.insert([
                "path": file.path,
                "device": file.device,
                "inode": file.inode,
                "size": file.size,
                "modified_ns": file.modified,
                "changed_ns": file.changed,
                "edges": file.edges.description,
                "counted": asked.text,
                "run": run,
            ])
        }
    }

    /// Notes that a run has met files again that it did not have to read: what is known of them, and of
    /// the files in these archives, is still so.
    package func keepCurrent(_ paths: [String], run: Int64) throws(StoreError) {
        guard !paths.isEmpty else { return }
        try write { database in
            let statement = try database.makeStatement(
                sql: """
                    UPDATE log_paths SET run = ?1
                    WHERE stream IS NULL AND (path = ?2 OR (path >= ?2 || '!/' AND path < ?2 || '!0'))
                    """)
            for path in paths { try statement.execute(arguments: [run, path.storable]) }
        }
    }
}

extension [String: DayRanges] {
    /// As the columns `counted` hold it.
    func storedDays() throws -> String { try StoredJSON.text(of: mapValues(\.description)) }

    /// Reads what `storedDays` writes.
    init(storedDays text: String) throws {
        self = try StoredJSON.value([String: String].self, from: text).mapValues { text in
            guard let days = DayRanges(text) else {
                throw UnknownStoredWord(word: text, subject: "days")
            }
            return days
        }
    }
}

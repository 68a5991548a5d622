import Deprecations
import GRDB

/// Everything an audit has seen, in one SQLite file. `docs/database.md` describes it column by column.
///
/// Every `save` is one transaction: it is there whole, or not at all. Several processes may use one
/// file at once; a writer waits for the one before it.
package struct AuditStore: Sendable {
    /// The file's path; `:memory:` where there is none.
    package let path: String
    let queue: DatabaseQueue

    /// Opens the database at `path` for writing: makes it where there is none, and brings one of an
    /// older version up to date.
    package init(path: String) throws(StoreError) {
        try self.init(opening: path, for: .writing)
    }

    /// Opens a database that is there, for reading alone. Only one of an older version is written to,
    /// to bring it up to date.
    package init(reading path: String) throws(StoreError) {
        try self.init(opening: path, for: .reading)
    }

    /// A database in memory, for one process and for as long as the value lives.
    package static func inMemory() throws(StoreError) -> AuditStore {
        do {
            let queue = try DatabaseQueue()
            try Schema.migrator.migrate(queue)
            return AuditStore(path: ":memory:", queue: queue)
        } catch {
            throw StoreError(error, at: ":memory:")
        }
    }

    init(path: String, queue: DatabaseQueue) {
        self.path = path
        self.queue = queue
    }

    /// Writes what is still in the journal (`…-wal`) into the file, and closes it. The value cannot be
    /// used afterwards.
    package func close() throws(StoreError) {
        do {
            try queue.close()
        } catch {
            throw StoreError(error, at: path)
        }
    }

    func write<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
        do {
            return try queue.write(body)
        } catch {
            throw StoreError(error, at: path)
        }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
        do {
            return try queue.read(body)
        } catch {
            throw StoreError(error, at: path)
        }
    }
}

/// Whether what was handed over is stored now.
package enum SaveOutcome: Hashable, Sendable {
    /// It is.
    case saved
    /// It is not: another process has read more of the log in the meantime. Read it again.
    case superseded
}

extension Database {
    /// Notes that the database was written to at `time`.
    func touch(at time: Timestamp) throws {
        try execute(
            sql: "UPDATE meta SET written_ms = max(ifnull(written_ms, ?1), ?1)",
            arguments: [time.milliseconds])
    }
}

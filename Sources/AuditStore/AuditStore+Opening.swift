import Foundation
import GRDB

extension AuditStore {
    /// What a database is opened for.
    enum Access {
        case writing
        case reading
    }

    /// How long we wait for another process to let go of the file.
    static let patience: Duration = .seconds(10)

    init(opening path: String, for access: Access, patience: Duration = patience)
        throws(StoreError)
    {
        let opening = Opening(path: path, patience: patience)
        switch access {
        case .writing:
            self.init(path: path, queue: try opening.forWriting())
        case .reading:
            self.init(path: path, queue: try opening.forReading())
        }
    }
}

/// The steps of opening a database. A file that is not ours is never written to.
private struct Opening {
    var path: String
    var patience: Duration

    func forWriting() throws(StoreError) -> DatabaseQueue {
        try checkPath(mayBeMissing: true)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration(readOnly: false))
            let identity = try queue.read(identify)
            try queue.writeWithoutTransaction(tryWriting)
            if identity != .current { try migrate(queue) }
            try queue.writeWithoutTransaction(keepJournal)
            return queue
        } catch {
            throw StoreError(error, at: path)
        }
    }

    func forReading() throws(StoreError) -> DatabaseQueue {
        try checkPath(mayBeMissing: false)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration(readOnly: true))
            switch try queue.read(identify) {
            case .current: return queue
            case .empty: throw StoreError(path: path, reason: .noRun)
            case .outdated: try queue.close()
            }
        } catch {
            throw StoreError(error, at: path)
        }
        do {
            return try forWriting()
        } catch {
            if error.reason == .readOnly {
                throw StoreError(path: path, reason: .outdatedReadOnly)
            }
            throw error
        }
    }

    private func configuration(readOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(patience / .seconds(1))
        configuration.label = "lastcall"
        configuration.prepareDatabase { database in
            // In WAL mode a database stays whole with it; at worst the last transactions are missing
            // after a power cut, counts and checkpoints alike.
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        return configuration
    }

    private func checkPath(mayBeMissing: Bool) throws(StoreError) {
        guard FileManager.default.fileExists(atPath: path) else {
            if !mayBeMissing { throw StoreError(path: path, reason: .missing) }
            let folder = URL(filePath: path).deletingLastPathComponent()
            if !FileManager.default.fileExists(atPath: folder.path(percentEncoded: false)) {
                throw StoreError(path: path, reason: .noFolder)
            }
            return
        }
        // Only a folder has an entry of this name.
        if FileManager.default.fileExists(atPath: path + "/.") {
            throw StoreError(path: path, reason: .folder)
        }
        try checkBeginning()
    }

    /// SQLite takes some short files for empty ones, and would write over them.
    private func checkBeginning() throws(StoreError) {
        let file = URL(filePath: path).resolvingSymlinksInPath()
        let type = try? FileManager.default.attributesOfItem(
            atPath: file.path(percentEncoded: false))[.type]
        guard type as? FileAttributeType == .typeRegular else {
            throw StoreError(path: path, reason: .notADatabase)
        }
        let beginning: Data
        do {
            let handle = try FileHandle(forReadingFrom: file)
            defer { try? handle.close() }
            beginning = try handle.read(upToCount: 16) ?? Data()
        } catch {
            throw StoreError(path: path, reason: .cannotOpen)
        }
        guard beginning.isEmpty || beginning.elementsEqual("SQLite format 3\0".utf8) else {
            throw StoreError(path: path, reason: .notADatabase)
        }
    }

    private enum Identity {
        case empty
        case outdated
        case current
    }

    /// Whose database this is; throws where it is not ours, or too new.
    private func identify(_ database: Database) throws -> Identity {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        guard application == Schema.applicationID else {
            // The migrations' own table stands alone while another process makes the database.
            let foreign = try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM sqlite_schema
                    WHERE name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'
                    """)
            guard application == 0, foreign == 0 else {
                throw StoreError(path: path, reason: .otherApplication)
            }
            return .empty
        }
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        if try Schema.migrator.hasBeenSuperseded(database) || version > Schema.version {
            throw StoreError(
                path: path, reason: .newerVersion(found: version, known: Schema.version))
        }
        return try Schema.migrator.hasCompletedMigrations(database) ? .current : .outdated
    }

    /// Finds out now, and not after a long scan, that the file cannot be written to. To begin is not enough: a
    /// read-only database lets itself be begun with.
    private func tryWriting(_ database: Database) throws {
        try database.inTransaction(.immediate) {
            let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            try database.execute(sql: "PRAGMA user_version = \(version)")
            return .rollback
        }
    }

    private func migrate(_ queue: DatabaseQueue) throws {
        do {
            try Schema.migrator.migrate(queue)
        } catch {
            // Another process that opened it at the same moment may have been faster.
            guard try queue.read(identify) == .current else { throw error }
        }
    }

    /// Switches to the write-ahead log. That needs the file for an instant alone, and SQLite does not
    /// wait for this by itself.
    private func keepJournal(_ database: Database) throws {
        let deadline = ContinuousClock.now + patience
        while true {
            do {
                try database.execute(sql: "PRAGMA journal_mode = WAL")
                return
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                guard ContinuousClock.now < deadline else { throw error }
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
    }
}

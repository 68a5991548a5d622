import Foundation
import GRDB

/// Why a database cannot be used, with its path; the description says what to do next.
package struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is the matter.
    package enum Reason: Hashable, Sendable {
        /// There is no such file, and none was to be made.
        case missing
        /// The path is a folder.
        case folder
        /// The folder that the file is to be made in does not exist.
        case noFolder
        /// The file is no SQLite database.
        case notADatabase
        /// A SQLite database that another program made.
        case otherApplication
        /// A newer version made or updated it.
        case newerVersion(found: Int, known: Int)
        /// An older version made it, and it cannot be updated, since it is read-only.
        case outdatedReadOnly
        /// It has to be written to, and must not be.
        case readOnly
        /// Another process holds it for longer than we wait.
        case locked
        /// Its content is damaged.
        case corrupt
        /// There is no room left.
        case full
        /// The file, or its folder, does not let itself be opened.
        case cannotOpen
        /// No run has been recorded in it yet.
        case noRun
        /// Anything else, in SQLite's words.
        case other(String)
    }

    /// The database's path.
    package var path: String
    /// What is the matter.
    package var reason: Reason

    /// Takes each part as given.
    package init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }

    /// One sentence for people.
    package var description: String { "\(path): \(advice)" }

    private var advice: String {
        switch reason {
        case .missing:
            "there is no such database; 'lastcall audit' makes one, '--db FILE' names another"
        case .folder:
            "is a folder; '--db' takes the name of a file"
        case .noFolder:
            "the folder for the database does not exist; make it, or name another with '--db FILE'"
        case .notADatabase:
            "is not a SQLite database, and is left as it is; name another file with '--db FILE'"
        case .otherApplication:
            "is another program's database, and is left as it is; name another file with '--db FILE'"
        case .newerVersion(let found, let known):
            "a newer version of lastcall has written it (schema \(found); this one knows \(known)); "
                + "update lastcall, or name another file with '--db FILE'"
        case .outdatedReadOnly:
            "an older version of lastcall has made it, and it is read-only, so that it cannot be "
                + "updated; make it writable, or copy it"
        case .readOnly:
            "the database is read-only; make it and its folder writable, or name another with "
                + "'--db FILE'"
        case .locked:
            "another program keeps the database locked; wait until it is done, and run the same "
                + "command again"
        case .corrupt:
            "the database is damaged; restore a copy, or move it away and run the audit again"
        case .full:
            "there is no room left on the disk; make some, and run the same command again"
        case .cannotOpen:
            "the database cannot be opened; see whether it and its folder may be read and written"
        case .noRun:
            "holds no run yet; 'lastcall audit' fills it"
        case .other(let message):
            "the database failed: \(message)"
        }
    }
}

extension StoreError {
    /// What `error`, thrown while the database at `path` was used, means.
    init(_ error: any Error, at path: String) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(path: path, reason: Reason(error))
        default: self.init(path: path, reason: .other("\(error)"))
        }
    }
}

extension StoreError.Reason {
    fileprivate init(_ error: DatabaseError) {
        switch error.resultCode {
        case .SQLITE_NOTADB: self = .notADatabase
        case .SQLITE_CORRUPT: self = .corrupt
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
        case .SQLITE_READONLY: self = .readOnly
        case .SQLITE_FULL: self = .full
        case .SQLITE_CANTOPEN, .SQLITE_PERM: self = .cannotOpen
        default: self = .other(error.message ?? error.resultCode.description)
        }
    }
}

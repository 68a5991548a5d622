import GRDB

extension AuditStore {
    /// What SQLite finds wrong with the file's pages, rows and relations; empty where all is whole.
    package func integrityProblems() throws(StoreError) -> [String] {
        try read { database in
            let pages = try String.fetchAll(database, sql: "PRAGMA integrity_check")
            let relations = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check")
            return pages.filter { $0 != "ok" } + relations.map { "\($0)" }
        }
    }
}

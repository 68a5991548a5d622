import GRDB

/// The database's form, and how an older one becomes the present one.
///
/// A migration that has been shipped is never edited: the next one is added, with a test that opens a
/// file of the version before. `docs/database.md` says what each column means.
enum Schema {
    /// What `PRAGMA application_id` says in a database of ours: "LCAL".
    static let applicationID = 0x4C43_414C

    /// What `PRAGMA user_version` says in a database of the present form.
    static let version = 4

    /// All migrations, oldest first.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1") { database in
            try database.execute(sql: version1)
            try database.execute(sql: version1Views)
        }
        migrator.registerMigration("v2") { database in
            try database.execute(sql: version2)
            try database.execute(sql: version2Views)
        }
        migrator.registerMigration("v3") { database in
            try database.execute(sql: version3)
        }
        migrator.registerMigration("v4") { database in
            try database.execute(sql: version4)
        }
        return migrator
    }
}

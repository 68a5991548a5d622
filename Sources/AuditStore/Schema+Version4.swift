extension Schema {
    static let version4 = suppressions + treeMemories + "PRAGMA user_version = 4;"

    /// Decisions of people to leave a call site as it is.
    private static let suppressions = """
        CREATE TABLE suppressions (
            call_site INTEGER NOT NULL PRIMARY KEY REFERENCES call_sites (id) ON DELETE CASCADE,
            until TEXT NOT NULL CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
            reason TEXT NOT NULL CHECK (reason <> ''),
            path TEXT,
            line INTEGER CHECK (line >= 1),
            CHECK ((path IS NULL) = (line IS NULL))
        ) STRICT;
        """

    /// What scans of trees rested on.
    private static let treeMemories = """
        CREATE TABLE tree_memories (
            tree INTEGER NOT NULL PRIMARY KEY REFERENCES trees (id) ON DELETE CASCADE,
            basis TEXT NOT NULL,
            files BLOB NOT NULL,
            diagnostics TEXT NOT NULL CHECK (json_valid(diagnostics))
        ) STRICT;
        """
}

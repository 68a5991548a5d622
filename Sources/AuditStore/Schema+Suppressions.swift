extension Schema {
    /// Decisions of people to leave a call site as it is.
    static let suppressions = """
        CREATE TABLE suppressions (
            call_site INTEGER NOT NULL PRIMARY KEY REFERENCES call_sites (id) ON DELETE CASCADE,
            until TEXT NOT NULL CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
            reason TEXT NOT NULL CHECK (reason <> ''),
            path TEXT,
            line INTEGER CHECK (line >= 1),
            CHECK ((path IS NULL) = (line IS NULL))
        ) STRICT;
        """
}

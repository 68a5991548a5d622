extension Schema {
    static let version2 = """
        PRAGMA user_version = 2;

        ALTER TABLE log_streams ADD COLUMN outside INTEGER NOT NULL DEFAULT 0
            CHECK (outside BETWEEN 0 AND other);
        ALTER TABLE log_streams ADD COLUMN tail_outside INTEGER NOT NULL DEFAULT 0
            CHECK (tail_outside BETWEEN 0 AND tail_other);
        ALTER TABLE log_streams ADD COLUMN counted TEXT NOT NULL DEFAULT '{}'
            CHECK (json_valid(counted));
        ALTER TABLE log_streams ADD COLUMN days TEXT NOT NULL DEFAULT '';
        ALTER TABLE log_streams ADD COLUMN shows TEXT NOT NULL DEFAULT '';
        UPDATE log_streams SET counted = (SELECT json_group_object(id, '..') FROM rules);

        CREATE TABLE log_files (
            path TEXT NOT NULL PRIMARY KEY CHECK (path <> ''),
            device INTEGER NOT NULL,
            inode INTEGER NOT NULL,
            size INTEGER NOT NULL CHECK (size >= 0),
            modified_ns INTEGER NOT NULL,
            changed_ns INTEGER NOT NULL,
            edges TEXT NOT NULL CHECK (length(edges) = 32),
            counted TEXT NOT NULL CHECK (json_valid(counted)),
            run INTEGER NOT NULL REFERENCES runs (id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE privacy (
            id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
            mode TEXT NOT NULL CHECK (mode IN ('none', 'prefix', 'hash')),
            key BLOB,
            key_check TEXT,
            CHECK ((mode = 'none') = (key_check IS NULL)),
            CHECK (key IS NULL OR mode <> 'none')
        ) STRICT;
        INSERT INTO privacy (id, mode) SELECT 1, 'none' WHERE EXISTS (SELECT 1 FROM callers);

        CREATE TABLE further_callers (
            rule TEXT NOT NULL REFERENCES rules (id),
            usage TEXT NOT NULL CHECK (usage IN ('deprecated', 'migrated')),
            sample BLOB NOT NULL,
            PRIMARY KEY (rule, usage)
        ) STRICT, WITHOUT ROWID;
        """

    static let version2Views = """
        DROP VIEW log_sources;
        CREATE VIEW log_sources AS
        SELECT s.path, nullif(s.format, '') AS format, s.compression, s.state,
            s.matched + s.tail_matched + s.other + s.tail_other + s.blank + s.tail_blank
                + s.malformed + s.tail_malformed AS lines,
            s.matched + s.tail_matched AS matched, s.other + s.tail_other AS other,
            s.blank + s.tail_blank AS blank, s.malformed + s.tail_malformed AS malformed,
            s.host_only + s.tail_host_only AS host_only,
            s.outside + s.tail_outside AS outside,
            strftime('%Y-%m-%dT%H:%M:%SZ', s.first_seen_ms / 1000, 'unixepoch') AS first_seen,
            strftime('%Y-%m-%dT%H:%M:%SZ', s.last_seen_ms / 1000, 'unixepoch') AS last_seen,
            s.days, s.shows,
            strftime('%Y-%m-%dT%H:%M:%SZ', s.read_ms / 1000, 'unixepoch') AS read
        FROM log_streams AS s
        UNION ALL
        SELECT p.path, p.format, p.compression, p.state, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, '', '',
            strftime('%Y-%m-%dT%H:%M:%SZ', p.read_ms / 1000, 'unixepoch')
        FROM log_paths AS p WHERE p.stream IS NULL
        ORDER BY 1;
        """
}

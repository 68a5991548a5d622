extension Schema {
    static let version3 = """
        PRAGMA user_version = 3;

        CREATE TABLE verifications (
            id INTEGER NOT NULL PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES runs (id),
            rule TEXT NOT NULL REFERENCES rules (id),
            usage TEXT NOT NULL CHECK (usage IN ('deprecated', 'migrated')),
            method TEXT NOT NULL CHECK (method <> ''),
            host TEXT NOT NULL CHECK (host <> ''),
            path TEXT NOT NULL CHECK (path LIKE '/%'),
            version_class TEXT NOT NULL CHECK (version_class IN (
                'pinned-deprecated', 'implicit', 'pinned-current', 'pinned-unknown', 'dynamic',
                'unlogged')),
            version_value TEXT,
            operation TEXT NOT NULL CHECK (operation <> ''),
            asked_ms INTEGER NOT NULL,
            day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
            verdict TEXT NOT NULL CHECK (verdict IN ('live', 'gone', 'unknown')),
            reason TEXT NOT NULL CHECK (reason <> ''),
            status INTEGER CHECK (status BETWEEN 100 AND 999),
            milliseconds INTEGER CHECK (milliseconds >= 0),
            content_type TEXT,
            operation_status TEXT,
            retry_after_seconds INTEGER CHECK (retry_after_seconds >= 0),
            request_id TEXT,
            deprecation TEXT,
            deprecation_day TEXT,
            sunset TEXT,
            sunset_day TEXT,
            links TEXT NOT NULL CHECK (json_valid(links)),
            warnings TEXT NOT NULL CHECK (json_valid(warnings)),
            findings TEXT NOT NULL CHECK (json_valid(findings)),
            CHECK ((status IS NULL) = (milliseconds IS NULL)),
            CHECK (deprecation_day IS NULL OR deprecation IS NOT NULL),
            CHECK (sunset_day IS NULL OR sunset IS NOT NULL)
        ) STRICT;
        CREATE INDEX verifications_by_call
            ON verifications (rule, host, usage, version_value, asked_ms);

        CREATE VIEW live_calls AS
        SELECT v.day, v.rule, v.usage, v.method, v.host, v.path, v.version_class, v.version_value,
            v.operation, v.verdict, v.reason, v.status, v.milliseconds, v.operation_status,
            v.retry_after_seconds, v.deprecation, v.sunset, v.request_id,
            strftime('%Y-%m-%dT%H:%M:%SZ', v.asked_ms / 1000, 'unixepoch') AS asked
        FROM verifications AS v
        ORDER BY v.asked_ms DESC, v.id DESC;
        """
}

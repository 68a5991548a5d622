extension Schema {
    static let version1 = """
        PRAGMA application_id = 0x4C43414C;
        PRAGMA user_version = 1;

        CREATE TABLE meta (
            id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
            written_ms INTEGER
        ) STRICT;
        INSERT INTO meta (id) VALUES (1);

        CREATE TABLE runs (
            id INTEGER NOT NULL PRIMARY KEY,
            command TEXT NOT NULL CHECK (command <> ''),
            arguments TEXT NOT NULL CHECK (json_valid(arguments)),
            tool_version TEXT NOT NULL CHECK (tool_version <> ''),
            as_of TEXT NOT NULL CHECK (as_of GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
            started_ms INTEGER NOT NULL,
            ended_ms INTEGER,
            outcome TEXT CHECK (outcome IN ('completed', 'interrupted', 'failed')),
            CHECK ((ended_ms IS NULL) = (outcome IS NULL))
        ) STRICT;

        CREATE TABLE rules (
            id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
            title TEXT NOT NULL,
            provider TEXT NOT NULL,
            method TEXT NOT NULL,
            path TEXT NOT NULL CHECK (path LIKE '/%'),
            deprecated_on TEXT
                CHECK (deprecated_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
            sunset_on TEXT CHECK (sunset_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
            replacement_method TEXT,
            replacement_path TEXT CHECK (replacement_path LIKE '/%'),
            replacement_version TEXT,
            digest TEXT NOT NULL,
            text TEXT NOT NULL,
            definition TEXT NOT NULL CHECK (json_valid(definition)),
            CHECK ((replacement_method IS NULL) = (replacement_path IS NULL)),
            CHECK (replacement_version IS NULL OR replacement_path IS NOT NULL)
        ) STRICT;

        CREATE TABLE run_rules (
            run INTEGER NOT NULL REFERENCES runs (id),
            rule TEXT NOT NULL REFERENCES rules (id),
            digest TEXT NOT NULL,
            PRIMARY KEY (run, rule)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE run_counts (
            run INTEGER NOT NULL REFERENCES runs (id),
            rule TEXT NOT NULL REFERENCES rules (id),
            callers INTEGER NOT NULL CHECK (callers >= 0),
            migrated_callers INTEGER NOT NULL CHECK (migrated_callers >= 0),
            requests INTEGER NOT NULL CHECK (requests >= 0),
            migrated_requests INTEGER NOT NULL CHECK (migrated_requests >= 0),
            PRIMARY KEY (run, rule)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE trees (
            id INTEGER NOT NULL PRIMARY KEY,
            canonical_root TEXT NOT NULL UNIQUE CHECK (canonical_root <> ''),
            root TEXT NOT NULL,
            bytes_scanned INTEGER NOT NULL CHECK (bytes_scanned >= 0),
            run INTEGER NOT NULL REFERENCES runs (id),
            scanned_ms INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE coverage (
            tree INTEGER NOT NULL REFERENCES trees (id) ON DELETE CASCADE,
            folder TEXT NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN (
                'searched', 'analysed', 'ignored', 'binary', 'too-large', 'unreadable', 'link',
                'special', 'timeout')),
            files INTEGER NOT NULL CHECK (files >= 0),
            names TEXT NOT NULL CHECK (json_valid(names)),
            PRIMARY KEY (tree, folder, outcome)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE call_sites (
            id INTEGER NOT NULL PRIMARY KEY,
            tree INTEGER NOT NULL REFERENCES trees (id) ON DELETE CASCADE,
            site TEXT NOT NULL CHECK (site LIKE 'LC-%'),
            rule TEXT NOT NULL REFERENCES rules (id),
            usage TEXT NOT NULL CHECK (usage IN ('deprecated', 'migrated')),
            kind TEXT NOT NULL CHECK (kind IN (
                'call', 'sdk-call', 'indirect', 'definition', 'mock', 'mention')),
            confidence TEXT NOT NULL CHECK (confidence IN ('low', 'medium', 'high')),
            path TEXT NOT NULL,
            line INTEGER NOT NULL CHECK (line >= 1),
            column INTEGER NOT NULL CHECK (column >= 1),
            call_line INTEGER CHECK (call_line >= 1),
            language TEXT NOT NULL CHECK (language <> ''),
            client TEXT,
            role TEXT NOT NULL CHECK (role IN (
                'production', 'test', 'example', 'docs', 'config', 'ci', 'generated', 'vendored',
                'api-collection')),
            symbol TEXT,
            method TEXT NOT NULL,
            url TEXT,
            host TEXT,
            version_class TEXT NOT NULL CHECK (version_class IN (
                'pinned-deprecated', 'implicit', 'pinned-current', 'pinned-unknown', 'dynamic')),
            version_value TEXT,
            version_path TEXT,
            version_line INTEGER CHECK (version_line >= 1),
            half_migrated INTEGER NOT NULL CHECK (half_migrated IN (0, 1)),
            in_loop INTEGER NOT NULL CHECK (in_loop IN (0, 1)),
            retry_after TEXT NOT NULL CHECK (retry_after IN (
                'honoured', 'ignored', 'not-applicable')),
            excerpt_line INTEGER CHECK (excerpt_line >= 1),
            excerpt TEXT,
            state TEXT NOT NULL CHECK (state IN ('open', 'resolved', 'out-of-scope')),
            state_run INTEGER NOT NULL REFERENCES runs (id),
            state_ms INTEGER NOT NULL,
            appeared_run INTEGER NOT NULL REFERENCES runs (id),
            first_seen_ms INTEGER NOT NULL,
            last_seen_run INTEGER NOT NULL REFERENCES runs (id),
            last_seen_ms INTEGER NOT NULL,
            UNIQUE (tree, site),
            CHECK ((version_path IS NULL) = (version_line IS NULL)),
            CHECK ((excerpt_line IS NULL) = (excerpt IS NULL))
        ) STRICT;

        CREATE TABLE evidence (
            call_site INTEGER NOT NULL REFERENCES call_sites (id) ON DELETE CASCADE,
            position INTEGER NOT NULL CHECK (position >= 0),
            path TEXT NOT NULL,
            line INTEGER NOT NULL CHECK (line >= 1),
            note TEXT NOT NULL,
            PRIMARY KEY (call_site, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE log_streams (
            id INTEGER NOT NULL PRIMARY KEY,
            head_digest TEXT NOT NULL CHECK (length(head_digest) = 32),
            head_length INTEGER NOT NULL CHECK (head_length > 0),
            length INTEGER NOT NULL CHECK (length >= 0),
            content_digest TEXT NOT NULL CHECK (length(content_digest) = 32),
            marks BLOB NOT NULL CHECK (length(marks) % 24 = 0),
            format TEXT NOT NULL,
            format_state TEXT NOT NULL,
            path TEXT NOT NULL,
            compression TEXT,
            state TEXT NOT NULL CHECK (state IN ('complete', 'truncated', 'unreadable')),
            matched INTEGER NOT NULL CHECK (matched >= 0),
            other INTEGER NOT NULL CHECK (other >= 0),
            blank INTEGER NOT NULL CHECK (blank >= 0),
            malformed INTEGER NOT NULL CHECK (malformed >= 0),
            host_only INTEGER NOT NULL CHECK (host_only BETWEEN 0 AND other),
            tail_matched INTEGER NOT NULL CHECK (tail_matched >= 0),
            tail_other INTEGER NOT NULL CHECK (tail_other >= 0),
            tail_blank INTEGER NOT NULL CHECK (tail_blank >= 0),
            tail_malformed INTEGER NOT NULL CHECK (tail_malformed >= 0),
            tail_host_only INTEGER NOT NULL CHECK (tail_host_only BETWEEN 0 AND tail_other),
            first_seen_ms INTEGER,
            last_seen_ms INTEGER CHECK (last_seen_ms >= first_seen_ms),
            run INTEGER NOT NULL REFERENCES runs (id),
            read_ms INTEGER NOT NULL,
            UNIQUE (head_digest, head_length, length, content_digest),
            CHECK ((first_seen_ms IS NULL) = (last_seen_ms IS NULL))
        ) STRICT;

        CREATE TABLE log_paths (
            id INTEGER NOT NULL PRIMARY KEY,
            path TEXT NOT NULL UNIQUE,
            stream INTEGER REFERENCES log_streams (id),
            format TEXT,
            compression TEXT,
            state TEXT NOT NULL CHECK (state IN ('complete', 'truncated', 'unreadable')),
            run INTEGER NOT NULL REFERENCES runs (id),
            read_ms INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX log_paths_by_stream ON log_paths (stream);

        CREATE TABLE callers (
            id INTEGER NOT NULL PRIMARY KEY,
            name TEXT,
            address TEXT,
            user TEXT,
            user_agent TEXT,
            client TEXT,
            client_version TEXT,
            kind TEXT NOT NULL CHECK (kind IN (
                'library', 'sdk', 'cli', 'browser', 'api-tool', 'integration-platform', 'monitor',
                'bot', 'unknown'))
        ) STRICT;
        CREATE UNIQUE INDEX callers_once ON callers (
            ifnull(address, x''), ifnull(user_agent, x''), ifnull(user, x''), ifnull(name, x''),
            ifnull(client, x''), ifnull(client_version, x''), kind);

        CREATE TABLE traffic (
            id INTEGER NOT NULL PRIMARY KEY,
            rule TEXT NOT NULL REFERENCES rules (id),
            usage TEXT NOT NULL CHECK (usage IN ('deprecated', 'migrated')),
            method TEXT NOT NULL,
            host TEXT,
            caller INTEGER NOT NULL REFERENCES callers (id),
            version_class TEXT NOT NULL CHECK (version_class IN (
                'pinned-deprecated', 'implicit', 'pinned-current', 'pinned-unknown', 'unlogged')),
            version_value TEXT,
            tail_of INTEGER REFERENCES log_streams (id) ON DELETE CASCADE,
            requests INTEGER NOT NULL CHECK (requests > 0),
            undated INTEGER NOT NULL CHECK (undated BETWEEN 0 AND requests),
            first_seen_ms INTEGER,
            last_seen_ms INTEGER CHECK (last_seen_ms >= first_seen_ms),
            operations BLOB NOT NULL,
            CHECK ((first_seen_ms IS NULL) = (last_seen_ms IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX traffic_once ON traffic (
            caller, rule, usage, method, version_class, ifnull(version_value, x''),
            ifnull(host, x''), ifnull(tail_of, 0));
        CREATE INDEX traffic_by_tail ON traffic (tail_of) WHERE tail_of IS NOT NULL;

        CREATE TABLE traffic_statuses (
            traffic INTEGER NOT NULL REFERENCES traffic (id) ON DELETE CASCADE,
            status INTEGER NOT NULL CHECK (status >= 0),
            requests INTEGER NOT NULL CHECK (requests > 0),
            PRIMARY KEY (traffic, status)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE traffic_days (
            traffic INTEGER NOT NULL REFERENCES traffic (id) ON DELETE CASCADE,
            day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
            requests INTEGER NOT NULL CHECK (requests > 0),
            PRIMARY KEY (traffic, day)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE diagnostics (
            id INTEGER NOT NULL PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES runs (id),
            tree INTEGER REFERENCES trees (id) ON DELETE CASCADE,
            stream INTEGER REFERENCES log_streams (id) ON DELETE CASCADE,
            log_path INTEGER REFERENCES log_paths (id) ON DELETE CASCADE,
            severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'note')),
            path TEXT,
            line INTEGER CHECK (line >= 1),
            message TEXT NOT NULL CHECK (message <> ''),
            CHECK ((tree IS NOT NULL) + (stream IS NOT NULL) + (log_path IS NOT NULL) <= 1)
        ) STRICT;
        CREATE INDEX diagnostics_by_tree ON diagnostics (tree) WHERE tree IS NOT NULL;
        CREATE INDEX diagnostics_by_stream ON diagnostics (stream) WHERE stream IS NOT NULL;
        CREATE INDEX diagnostics_by_log_path ON diagnostics (log_path) WHERE log_path IS NOT NULL;
        """

    /// For people: times as text, names instead of numbers.
    static let version1Views = """
        CREATE VIEW open_call_sites AS
        SELECT s.site AS id, s.rule, s.usage, s.kind, s.confidence, t.root, s.path, s.line, s.column,
            s.call_line, s.language, s.client, s.role, s.symbol, s.method, s.url, s.host,
            s.version_class, s.version_value, s.half_migrated, s.in_loop, s.retry_after,
            iif(s.appeared_run = t.run, 'new', 'open') AS status,
            strftime('%Y-%m-%dT%H:%M:%SZ', s.first_seen_ms / 1000, 'unixepoch') AS first_seen,
            strftime('%Y-%m-%dT%H:%M:%SZ', s.last_seen_ms / 1000, 'unixepoch') AS last_seen
        FROM call_sites AS s JOIN trees AS t ON t.id = s.tree
        WHERE s.state = 'open'
        ORDER BY t.root, s.path, s.line, s.column;

        CREATE VIEW traffic_by_caller AS
        SELECT t.rule, t.usage, c.name, c.address, c.user, c.user_agent, c.client,
            c.client_version, c.kind, t.version_class, t.version_value, t.host,
            sum(t.requests) AS requests,
            sum((SELECT s.requests FROM traffic_statuses AS s
                WHERE s.traffic = t.id AND s.status = 429)) AS throttled,
            strftime('%Y-%m-%dT%H:%M:%SZ', min(t.first_seen_ms) / 1000, 'unixepoch') AS first_seen,
            strftime('%Y-%m-%dT%H:%M:%SZ', max(t.last_seen_ms) / 1000, 'unixepoch') AS last_seen
        FROM traffic AS t JOIN callers AS c ON c.id = t.caller
        GROUP BY t.rule, t.usage, t.caller, t.version_class, t.version_value, t.host
        ORDER BY t.rule, t.usage, requests DESC;

        CREATE VIEW traffic_by_day AS
        SELECT t.rule, t.usage, d.day, sum(d.requests) AS requests,
            count(DISTINCT t.caller) AS callers
        FROM traffic AS t JOIN traffic_days AS d ON d.traffic = t.id
        GROUP BY t.rule, t.usage, d.day
        ORDER BY t.rule, t.usage, d.day;

        CREATE VIEW progress AS
        SELECT c.run, strftime('%Y-%m-%dT%H:%M:%SZ', r.ended_ms / 1000, 'unixepoch') AS ended,
            c.rule, c.callers, c.migrated_callers, c.requests, c.migrated_requests
        FROM run_counts AS c JOIN runs AS r ON r.id = c.run
        ORDER BY c.run, c.rule;

        CREATE VIEW coverage_summary AS
        SELECT t.root, c.outcome, count(*) AS folders, sum(c.files) AS files,
            strftime('%Y-%m-%dT%H:%M:%SZ', t.scanned_ms / 1000, 'unixepoch') AS scanned
        FROM coverage AS c JOIN trees AS t ON t.id = c.tree
        GROUP BY t.id, c.outcome
        ORDER BY t.root, c.outcome;

        CREATE VIEW log_sources AS
        SELECT s.path, nullif(s.format, '') AS format, s.compression, s.state,
            s.matched + s.tail_matched + s.other + s.tail_other + s.blank + s.tail_blank
                + s.malformed + s.tail_malformed AS lines,
            s.matched + s.tail_matched AS matched, s.other + s.tail_other AS other,
            s.blank + s.tail_blank AS blank, s.malformed + s.tail_malformed AS malformed,
            s.host_only + s.tail_host_only AS host_only,
            strftime('%Y-%m-%dT%H:%M:%SZ', s.first_seen_ms / 1000, 'unixepoch') AS first_seen,
            strftime('%Y-%m-%dT%H:%M:%SZ', s.last_seen_ms / 1000, 'unixepoch') AS last_seen,
            strftime('%Y-%m-%dT%H:%M:%SZ', s.read_ms / 1000, 'unixepoch') AS read
        FROM log_streams AS s
        UNION ALL
        SELECT p.path, p.format, p.compression, p.state, 0, 0, 0, 0, 0, 0, NULL, NULL,
            strftime('%Y-%m-%dT%H:%M:%SZ', p.read_ms / 1000, 'unixepoch')
        FROM log_paths AS p WHERE p.stream IS NULL
        ORDER BY 1;
        """
}

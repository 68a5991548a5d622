package import Deprecations
import GRDB

extension AuditStore {
    /// Stores diagnostics of a run that belong to no tree and no log; a report of the next run is without them.
    package func save(_ diagnostics: [Diagnostic], run: Int64, at time: Timestamp)
        throws(StoreError)
    {
        try write { database in
            try database.insert(diagnostics, of: .run, run: run)
            try database.touch(at: time)
        }
    }
}

/// What diagnostics belong to.
enum DiagnosticSubject {
    case run
    case tree(Int64)
    /// The content of a log, under whatever name; `path` is the present one.
    case stream(Int64, path: String)
    /// The name of a log: what could not be read under it.
    case logPath(Int64)

    fileprivate var tree: Int64? { if case .tree(let id) = self { id } else { nil } }
    fileprivate var stream: Int64? { if case .stream(let id, _) = self { id } else { nil } }
    fileprivate var logPath: Int64? { if case .logPath(let id) = self { id } else { nil } }
}

extension Database {
    /// Stores `diagnostics` in the place of all that are there of the subject.
    func replaceDiagnostics(
        of subject: DiagnosticSubject, by diagnostics: [Diagnostic], run: Int64
    ) throws {
        try execute(
            sql: "DELETE FROM diagnostics WHERE tree = ? OR stream = ? OR log_path = ?",
            arguments: [subject.tree, subject.stream, subject.logPath])
        try insert(diagnostics, of: subject, run: run)
    }

    /// Adds `diagnostics`. The own path of a log's content is not stored: a report puts in the name that the
    /// log has by then.
    func insert(_ diagnostics: [Diagnostic], of subject: DiagnosticSubject, run: Int64) throws {
        var rows = RowInsertion(self, into: "diagnostics")
        for diagnostic in diagnostics {
            var path = diagnostic.path
            if case .stream(_, let own) = subject, path == own { path = nil }
            try rows.insert([
                "run": run,
                "tree": subject.tree,
                "stream": subject.stream,
                "log_path": subject.logPath,
                "severity": diagnostic.severity.rawValue,
                "path": path,
                "line": diagnostic.line,
                "message": diagnostic.message,
            ])
        }
    }

    /// The diagnostic of a row whose column `shown_path` has the path to show.
    static func diagnostic(_ row: Row) throws -> Diagnostic {
        Diagnostic(
            severity: try storedWord(
                Diagnostic.Severity.self, row["severity"], as: "severity of a diagnostic"),
            path: row["shown_path"], line: row["line"], message: row["message"])
    }
}

package import Deprecations

/// What happens while an audit is under way. Events come from several tasks at once.
package enum AuditEvent: Sendable {
    /// Another run stores into the database; this one waits.
    case waiting(database: String, process: Int?)
    /// A tree is walked now.
    case treeBegan(root: String)
    /// So many more files and bytes of it were read.
    case treeProgress(files: Int, bytes: Int)
    /// So many of its files may matter; they are analysed now.
    case treeWalked(candidates: Int)
    /// A tree's scan is stored.
    case treeSaved(TreeSummary)
    /// Logs are read now: so many, and their bytes as far as these are known.
    case logsBegan(count: Int, bytes: Int)
    /// So many more bytes of logs were read.
    case logProgress(bytes: Int)
    /// A log has not changed since all of it was stored.
    case logUnchanged(path: String, bytes: Int)
    /// A log's reading is stored.
    case logSaved(LogSummary)
    /// Something that a reader of the report has to know.
    case diagnostic(Diagnostic)
}

/// What the scan of a tree brought, in figures.
package struct TreeSummary: Hashable, Sendable {
    /// The root, as it was named.
    package var root: String
    /// Files that were read.
    package var files: Int
    /// Of these, files that were analysed.
    package var analysed: Int
    /// Files that are as the last scan has left them, and so were not read again.
    package var unchanged: Int
    /// Whether the analysis of the last scan stands as a whole.
    package var isAnalysisKept: Bool
    /// Files and whole folders that were not read, by reason.
    package var skipped: [SkipReason: Int]
}

/// What the reading of a log brought, in figures.
package struct LogSummary: Hashable, Sendable {
    /// The path as found.
    package var path: String
    /// The format's name; nil where none was recognised.
    package var format: String?
    /// How far it could be read.
    package var state: SourceState
    /// Lines that are new.
    package var newLines: Int
    /// Requests among them.
    package var newRequests: Int
}

/// What the scan of one source tree brought. The store takes it in one transaction.
public struct TreeScan: Hashable, Sendable {
    /// The root, as it was named on the command line.
    public var root: String
    /// The root's absolute path without links: two names of one tree are one tree.
    public var canonicalRoot: String
    /// Callers and references, sorted by path, line and column; their ids assigned.
    public var callSites: [CallSite]
    /// What became of every file, sorted by folder, then outcome.
    public var coverage: [FolderCoverage]
    /// Bytes of the files that were read.
    public var bytesScanned: Int
    /// What could not be read or decided.
    public var diagnostics: [Diagnostic]

    /// Takes each part as given.
    public init(
        root: String,
        canonicalRoot: String,
        callSites: [CallSite],
        coverage: [FolderCoverage],
        bytesScanned: Int,
        diagnostics: [Diagnostic]
    ) {
        self.root = root
        self.canonicalRoot = canonicalRoot
        self.callSites = callSites
        self.coverage = coverage
        self.bytesScanned = bytesScanned
        self.diagnostics = diagnostics
    }
}

/// What is recorded of a run when it begins.
public struct RunRecord: Hashable, Sendable {
    /// `audit`, `scan code`, `scan logs`.
    public var command: String
    /// The arguments as given, secrets masked.
    public var arguments: [String]
    /// The tool's version.
    public var toolVersion: String
    /// The day that phases are judged from.
    public var asOf: CalendarDay
    /// When it began.
    public var startedAt: Timestamp
    /// The rules it ran with.
    public var rules: [RecordedRule]

    /// Takes each part as given.
    public init(
        command: String,
        arguments: [String],
        toolVersion: String,
        asOf: CalendarDay,
        startedAt: Timestamp,
        rules: [RecordedRule]
    ) {
        self.command = command
        self.arguments = arguments
        self.toolVersion = toolVersion
        self.asOf = asOf
        self.startedAt = startedAt
        self.rules = rules
    }
}

/// A rule with the text that it was read from, so that a report can be made without the rule file.
public struct RecordedRule: Hashable, Sendable {
    /// The rule.
    public var rule: Rule
    /// The file's YAML text.
    public var text: String

    /// Takes each part as given.
    public init(rule: Rule, text: String) {
        self.rule = rule
        self.text = text
    }
}

/// How a run ended.
public enum RunOutcome: String, Hashable, Sendable, Codable, CaseIterable {
    /// To its end.
    case completed
    /// By the user; what was committed before stays.
    case interrupted
    /// By an error; what was committed before stays.
    case failed
}

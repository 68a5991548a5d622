/// Why a file of a tree was not analysed.
public enum SkipReason: String, Hashable, Sendable, Codable, CaseIterable {
    /// An ignore rule of git or `.lastcallignore` names it.
    case ignored
    /// It has a NUL byte and is no UTF-16 or UTF-32 text.
    case binary
    /// Larger than the bound.
    case tooLarge = "too-large"
    /// It could not be opened or read.
    case unreadable
    /// A symbolic link that is not followed, or leads out of the root or in a circle.
    case link
    /// A device, socket or pipe.
    case special
    /// Its analysis took longer than the bound.
    case timeout
}

/// What became of a file of a tree.
public enum FileOutcome: Hashable, Sendable {
    /// Read, and none of the texts without which it cannot matter was in it.
    case searched
    /// Read and analysed.
    case analysed
    /// Not read, or not to the end.
    case skipped(SkipReason)
}

/// Files of one folder that had the same outcome.
public struct FolderCoverage: Hashable, Sendable {
    /// Below the root, with `/`; empty for the root itself.
    public var folder: String
    /// What became of them.
    public var outcome: FileOutcome
    /// Their names, sorted; a folder that was skipped whole ends with `/`.
    public var names: [String]

    /// Takes each part as given.
    public init(folder: String, outcome: FileOutcome, names: [String]) {
        self.folder = folder
        self.outcome = outcome
        self.names = names
    }
}

/// What was read of one tree.
public struct TreeCoverage: Hashable, Sendable {
    /// The root, as it was named.
    public var root: String
    /// Files that were read in whole.
    public var filesScanned: Int
    /// Of these, files that were analysed.
    public var filesAnalysed: Int
    /// Their bytes.
    public var bytesScanned: Int
    /// Files (and whole folders) that were not read, by reason.
    public var skipped: [SkipReason: Int]

    /// Takes each part as given.
    public init(
        root: String,
        filesScanned: Int,
        filesAnalysed: Int,
        bytesScanned: Int,
        skipped: [SkipReason: Int]
    ) {
        self.root = root
        self.filesScanned = filesScanned
        self.filesAnalysed = filesAnalysed
        self.bytesScanned = bytesScanned
        self.skipped = skipped
    }
}

/// What became of the lines of a log. `lines` = `matched` + `other` + `blank` + `malformed`.
public struct LineCounts: Hashable, Sendable {
    /// Requests of a rule.
    public var matched: Int = 0
    /// Requests of no rule, comments and headers.
    public var other: Int = 0
    /// Empty lines.
    public var blank: Int = 0
    /// Lines that name the endpoint and could not be parsed.
    public var malformed: Int = 0
    /// CONNECT lines to a rule's host, which cannot show a path; part of `other`.
    public var hostOnly: Int = 0
    /// Requests of a rule on days that were not asked for; part of `other`.
    public var outside: Int = 0

    /// Takes each part as given.
    public init(
        matched: Int = 0,
        other: Int = 0,
        blank: Int = 0,
        malformed: Int = 0,
        hostOnly: Int = 0,
        outside: Int = 0
    ) {
        self.matched = matched
        self.other = other
        self.blank = blank
        self.malformed = malformed
        self.hostOnly = hostOnly
        self.outside = outside
    }

    /// All lines.
    public var lines: Int { matched + other + blank + malformed }

    /// Adds what `other` counted.
    public mutating func add(_ counts: LineCounts) {
        matched += counts.matched
        other += counts.other
        blank += counts.blank
        malformed += counts.malformed
        hostOnly += counts.hostOnly
        outside += counts.outside
    }
}

/// How far a log could be read.
public enum SourceState: String, Hashable, Sendable, Codable, CaseIterable {
    /// To its end.
    case complete
    /// Its compressed data ends in the middle or is damaged; what could be read counts.
    case truncated
    /// Not at all.
    case unreadable
}

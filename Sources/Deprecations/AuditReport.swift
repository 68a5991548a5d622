/// Everything a report says, ready to be written in any format. Every list is sorted.
public struct AuditReport: Hashable, Sendable {
    /// The tool's version.
    public var toolVersion: String
    /// When the database that the report shows was last written.
    public var generatedAt: Timestamp
    /// The day that phases are judged from.
    public var asOf: CalendarDay
    /// The rules of the last run.
    public var rules: [RuleStanding]
    /// Callers and references, sorted by root, path, line and column.
    public var callSites: [ReportedCallSite]
    /// Requests, sorted by rule, usage, falling requests and caller.
    public var traffic: [Traffic]
    /// What was read of each tree.
    public var trees: [TreeCoverage]
    /// What was read of each log.
    public var logs: [ReportedLog]
    /// What could not be read or decided.
    public var diagnostics: [Diagnostic]
    /// How the counts went from run to run, oldest first.
    public var progress: [ProgressPoint]
    /// The last live call of each kind, sorted by rule, host, usage and version header.
    public var verifications: [Verification]
    /// Whether what is new was found by comparing with a baseline instead of the run before.
    public var hasBaseline: Bool = false
    /// Whose part of the whole report this is; nil for the whole.
    public var share: ReportShare?

    /// Takes each part as given.
    public init(
        toolVersion: String,
        generatedAt: Timestamp,
        asOf: CalendarDay,
        rules: [RuleStanding],
        callSites: [ReportedCallSite],
        traffic: [Traffic],
        trees: [TreeCoverage],
        logs: [ReportedLog],
        diagnostics: [Diagnostic],
        progress: [ProgressPoint],
        verifications: [Verification] = []
    ) {
        self.toolVersion = toolVersion
        self.generatedAt = generatedAt
        self.asOf = asOf
        self.rules = rules
        self.callSites = callSites
        self.traffic = traffic
        self.trees = trees
        self.logs = logs
        self.diagnostics = diagnostics
        self.progress = progress
        self.verifications = verifications
    }
}

/// A part of a report that concerns one owner.
public enum ReportShare: Hashable, Sendable {
    /// What this owner owns.
    case owner(String)
    /// What nobody is named for.
    case nobody
}

extension AuditReport {
    /// Whether there is something that a finding could be new against.
    public var isCompared: Bool { hasBaseline || progress.count > 1 }
}

/// A rule and where it stands on the report's day.
public struct RuleStanding: Hashable, Sendable {
    /// The rule.
    public var rule: Rule
    /// Its phase.
    public var phase: Phase
    /// Negative after the sunset; nil while none is announced.
    public var daysUntilSunset: Int?

    /// Takes each part as given.
    public init(rule: Rule, phase: Phase, daysUntilSunset: Int? = nil) {
        self.rule = rule
        self.phase = phase
        self.daysUntilSunset = daysUntilSunset
    }
}

/// What became of a finding since the run before.
public enum FindingStatus: String, Hashable, Sendable, Codable, CaseIterable {
    /// Seen for the first time in the last run of its tree.
    case new
    /// Seen before, still there.
    case open
    /// Still there, and by a decision of people left as it is until a day: it does not gate.
    case suppressed
    /// No longer there.
    case resolved
}

/// A call site with what the store knows of it.
public struct ReportedCallSite: Hashable, Sendable {
    /// The call site.
    public var site: CallSite
    /// Who owns it; nil where nobody is named.
    public var owner: String?
    /// When the line came in; nil where that is not known.
    public var introducedOn: CalendarDay?
    /// What became of it.
    public var status: FindingStatus
    /// When it was first seen.
    public var firstSeen: Timestamp

    /// Takes each part as given.
    public init(
        site: CallSite,
        owner: String? = nil,
        introducedOn: CalendarDay? = nil,
        status: FindingStatus,
        firstSeen: Timestamp
    ) {
        self.site = site
        self.owner = owner
        self.introducedOn = introducedOn
        self.status = status
        self.firstSeen = firstSeen
    }
}

/// What was read of one log.
public struct ReportedLog: Hashable, Sendable {
    /// The path under which it was last found.
    public var path: String
    /// The format's name; nil where none was recognised.
    public var format: String?
    /// What became of its lines.
    public var counts: LineCounts
    /// The first time on any parsed line.
    public var firstSeen: Timestamp?
    /// The last time on any parsed line.
    public var lastSeen: Timestamp?
    /// How far it could be read.
    public var state: SourceState
    /// The days that its lines are of.
    public var days: DayRanges
    /// What its lines can show.
    public var shows: LogVisibility

    /// Takes each part as given.
    public init(
        path: String,
        format: String? = nil,
        counts: LineCounts,
        firstSeen: Timestamp? = nil,
        lastSeen: Timestamp? = nil,
        state: SourceState,
        days: DayRanges = DayRanges(),
        shows: LogVisibility = []
    ) {
        self.path = path
        self.format = format
        self.counts = counts
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.state = state
        self.days = days
        self.shows = shows
    }
}

/// The counts after one run.
public struct ProgressPoint: Hashable, Sendable {
    /// When the run ended.
    public var at: Timestamp
    /// Callers of deprecated endpoints, medium and high confidence.
    public var callers: Int
    /// Callers of replacements.
    public var migratedCallers: Int
    /// Requests to deprecated endpoints, all that are known then.
    public var requests: Int
    /// Requests to replacements.
    public var migratedRequests: Int

    /// Takes each part as given.
    public init(
        at: Timestamp,
        callers: Int,
        migratedCallers: Int,
        requests: Int,
        migratedRequests: Int
    ) {
        self.at = at
        self.callers = callers
        self.migratedCallers = migratedCallers
        self.requests = requests
        self.migratedRequests = migratedRequests
    }
}

/// The report's figures at a glance.
public struct ReportSummary: Hashable, Sendable {
    /// Callers of deprecated endpoints, medium and high confidence.
    public var callers: Int
    /// References to deprecated endpoints.
    public var references: Int
    /// Callers of replacements, medium and high confidence.
    public var migratedCallers: Int
    /// Requests to deprecated endpoints.
    public var requests: Int
    /// Requests to replacements.
    public var migratedRequests: Int
    /// Callers seen in traffic to deprecated endpoints: differing addresses, users and user agents.
    public var trafficCallers: Int

    /// Takes each part as given.
    public init(
        callers: Int,
        references: Int,
        migratedCallers: Int,
        requests: Int,
        migratedRequests: Int,
        trafficCallers: Int
    ) {
        self.callers = callers
        self.references = references
        self.migratedCallers = migratedCallers
        self.requests = requests
        self.migratedRequests = migratedRequests
        self.trafficCallers = trafficCallers
    }
}

extension AuditReport {
    /// The report's figures at a glance. Resolved findings do not count.
    public var summary: ReportSummary {
        let live = callSites.filter { $0.status != .resolved }
        let deprecated = live.filter { $0.site.usage == .deprecated }
        let callers = { (entries: [ReportedCallSite]) in
            entries.count { $0.site.kind.isCaller && $0.site.confidence > .low }
        }
        let deprecatedTraffic = traffic.filter { $0.key.usage == .deprecated }
        return ReportSummary(
            callers: callers(deprecated),
            references: deprecated.count { !$0.site.kind.isCaller },
            migratedCallers: callers(live.filter { $0.site.usage == .migrated }),
            requests: deprecatedTraffic.reduce(0) { $0 + $1.totals.requests },
            migratedRequests: traffic.reduce(0) {
                $0 + ($1.key.usage == .migrated ? $1.totals.requests : 0)
            },
            trafficCallers: Set(deprecatedTraffic.map(\.key.caller)).count)
    }
}

import Deprecations

extension JSONReport {
    struct TrafficEntry: Encodable {
        var rule: String
        var usage: Usage
        var method: String
        @OrNull var host: String?
        var caller: CallerEntry
        var apiVersion: LoggedVersionEntry
        var requests: Int
        var statuses: [String: Int]
        var phases: [String: Int]
        var operations: Int
        @OrNull var firstSeen: String?
        @OrNull var lastSeen: String?
        var polling: PaceEntry

        /// `lifecycle` is the rule's; without one no request can be told a phase.
        init(_ traffic: Traffic, lifecycle: Lifecycle?) {
            let totals = traffic.totals
            rule = traffic.key.rule
            usage = traffic.key.usage
            method = traffic.key.method
            host = traffic.key.host
            caller = CallerEntry(traffic.key.caller)
            apiVersion = LoggedVersionEntry(
                class: traffic.key.apiVersion.versionClass, value: traffic.key.apiVersion.value)
            requests = totals.requests
            statuses = Dictionary(
                uniqueKeysWithValues: totals.statuses.map { (String($0.key), $0.value) })
            let counts = lifecycle.map(totals.phases(of:)) ?? [:]
            phases = Dictionary(
                uniqueKeysWithValues: Phase.allCases.map { ($0.rawValue, counts[$0, default: 0]) })
            operations = totals.operations.distinct
            firstSeen = totals.firstSeen?.description
            lastSeen = totals.lastSeen?.description
            polling = PaceEntry(totals.pace)
        }
    }

    struct LoggedVersionEntry: Encodable {
        var `class`: APIVersionClass
        @OrNull var value: String?
    }

    struct CallerEntry: Encodable {
        @OrNull var name: String?
        @OrNull var address: String?
        @OrNull var user: String?
        @OrNull var userAgent: String?
        @OrNull var client: String?
        @OrNull var clientVersion: String?
        var kind: CallerKind

        init(_ caller: Caller) {
            name = caller.name
            address = caller.address
            user = caller.user
            userAgent = caller.userAgent
            client = caller.client
            clientVersion = caller.clientVersion
            kind = caller.kind
        }
    }

    struct PaceEntry: Encodable {
        var operationsPolled: Int
        @OrNull var medianIntervalSeconds: Double?
        var verdict: PollingPace.Verdict

        init(_ pace: PollingPace) {
            operationsPolled = pace.operationsPolled
            medianIntervalSeconds = pace.medianIntervalSeconds
            verdict = pace.verdict
        }
    }

    /// A tree or a log; what only a log has is null for a tree.
    struct SourceEntry: Encodable {
        enum Kind: String, Encodable {
            case code, log
        }

        var kind: Kind
        var path: String
        @OrNull var format: String?
        @OrNull var lines: Int?
        @OrNull var matched: Int?
        @OrNull var other: Int?
        @OrNull var blank: Int?
        @OrNull var malformed: Int?
        @OrNull var firstSeen: String?
        @OrNull var lastSeen: String?
        var state: SourceState

        init(_ tree: TreeCoverage) {
            kind = .code
            path = tree.root
            state = tree.state
        }

        init(_ log: ReportedLog) {
            kind = .log
            path = log.path
            format = log.format
            lines = log.counts.lines
            matched = log.counts.matched
            other = log.counts.other
            blank = log.counts.blank
            malformed = log.counts.malformed
            firstSeen = log.firstSeen?.description
            lastSeen = log.lastSeen?.description
            state = log.state
        }
    }
}

extension TreeCoverage {
    /// Files that should have been read and could not be, or not to the end.
    var filesNotRead: Int {
        skipped[.unreadable, default: 0] + skipped[.timeout, default: 0]
    }

    /// How far the tree could be read.
    var state: SourceState {
        if filesNotRead == 0 { return .complete }
        return filesScanned == 0 ? .unreadable : .truncated
    }
}

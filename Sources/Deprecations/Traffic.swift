/// What a caller seen in traffic is.
public enum CallerKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// An HTTP library of a programming language.
    case library
    /// A client library made for the provider's API.
    case sdk
    /// A command-line tool.
    case cli
    /// A web browser.
    case browser
    /// A tool for trying out APIs.
    case apiTool = "api-tool"
    /// An integration platform.
    case integrationPlatform = "integration-platform"
    /// A monitor or uptime check.
    case monitor
    /// A crawler.
    case bot
    /// Nothing is known.
    case unknown
}

/// Who sent requests, as far as a log shows.
public struct Caller: Hashable, Sendable {
    /// From the settings' callers; nil where none fits.
    public var name: String?
    /// The client's address, no port, no brackets.
    public var address: String?
    /// The authenticated user.
    public var user: String?
    /// As sent, decoded, at most 512 bytes.
    public var userAgent: String?
    /// The library or tool, from the user agent.
    public var client: String?
    /// Its version.
    public var clientVersion: String?
    /// What it is.
    public var kind: CallerKind

    /// Takes each part as given.
    public init(
        name: String? = nil,
        address: String? = nil,
        user: String? = nil,
        userAgent: String? = nil,
        client: String? = nil,
        clientVersion: String? = nil,
        kind: CallerKind
    ) {
        self.name = name
        self.address = address
        self.user = user
        self.userAgent = userAgent
        self.client = client
        self.clientVersion = clientVersion
        self.kind = kind
    }
}

/// What traffic is added up by.
public struct TrafficKey: Hashable, Sendable {
    /// The rule's id.
    public var rule: String
    /// Which of the rule's two endpoints was reached.
    public var usage: Usage
    /// The HTTP method.
    public var method: String
    /// The host, where the log or `--log-host` names it.
    public var host: String?
    /// Who sent the requests.
    public var caller: Caller
    /// The version header; never `dynamic`.
    public var apiVersion: APIVersionUse

    /// Takes each part as given.
    public init(
        rule: String,
        usage: Usage,
        method: String,
        host: String? = nil,
        caller: Caller,
        apiVersion: APIVersionUse
    ) {
        self.rule = rule
        self.usage = usage
        self.method = method
        self.host = host
        self.caller = caller
        self.apiVersion = apiVersion
    }
}

/// Requests of one key, added up. Adding is commutative and associative.
public struct TrafficTotals: Hashable, Sendable {
    /// How many requests.
    public var requests: Int = 0
    /// Requests by status code; the key 0 stands for none.
    public var statuses: [Int: Int] = [:]
    /// Requests by UTC day.
    public var days: [CalendarDay: Int] = [:]
    /// Requests without a readable time: in `requests`, not in `days`.
    public var undated: Int = 0
    /// The first request with a time.
    public var firstSeen: Timestamp?
    /// The last request with a time.
    public var lastSeen: Timestamp?
    /// Which operations were asked for, and when.
    public var operations: OperationSample = OperationSample()

    /// Takes each part as given.
    public init(
        requests: Int = 0,
        statuses: [Int: Int] = [:],
        days: [CalendarDay: Int] = [:],
        undated: Int = 0,
        firstSeen: Timestamp? = nil,
        lastSeen: Timestamp? = nil,
        operations: OperationSample = OperationSample()
    ) {
        self.requests = requests
        self.statuses = statuses
        self.days = days
        self.undated = undated
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.operations = operations
    }

    /// Adds what `other` counted.
    public mutating func add(_ other: TrafficTotals) {
        requests += other.requests
        statuses.merge(other.statuses, uniquingKeysWith: +)
        days.merge(other.days, uniquingKeysWith: +)
        undated += other.undated
        firstSeen = [firstSeen, other.firstSeen].compactMap { $0 }.min()
        lastSeen = [lastSeen, other.lastSeen].compactMap { $0 }.max()
        operations.add(other.operations)
    }

    /// Requests by the rule's phase on their own day.
    public func phases(of lifecycle: Lifecycle) -> [Phase: Int] {
        var phases: [Phase: Int] = [.active: 0, .deprecated: 0, .sunset: 0]
        for (day, count) in days { phases[lifecycle.phase(on: day), default: 0] += count }
        return phases
    }
}

/// The requests of one key.
public struct Traffic: Hashable, Sendable {
    /// What they have in common.
    public var key: TrafficKey
    /// How many, when, with what answers.
    public var totals: TrafficTotals

    /// Takes each part as given.
    public init(key: TrafficKey, totals: TrafficTotals) {
        self.key = key
        self.totals = totals
    }
}

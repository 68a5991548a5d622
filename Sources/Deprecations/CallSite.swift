/// Whether something reaches the deprecated endpoint or its replacement.
public enum Usage: String, Hashable, Sendable, Codable, CaseIterable {
    /// Reaches the rule's endpoint.
    case deprecated
    /// Reaches the rule's replacement.
    case migrated
}

/// What a call site is.
public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Code that builds the URL of, or sends, a request to the endpoint.
    case call
    /// The same through a method of a client library that the rule names.
    case sdkCall = "sdk-call"
    /// A request to a link that the provider returned.
    case indirect
    /// An API description of the endpoint, or a constant for its path that nothing uses.
    case definition
    /// A test double of the endpoint.
    case mock
    /// Prose, comment, log or error text, commented-out code.
    case mention

    /// Whether it counts and gates; the others are references.
    public var isCaller: Bool {
        switch self {
        case .call, .sdkCall, .indirect: true
        case .definition, .mock, .mention: false
        }
    }
}

/// How sure a finding is; `low` is listed apart and never gates.
public enum Confidence: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// Only the path speaks for it.
    case low
    /// The tree shows the provider, the site itself does not.
    case medium
    /// The host, or an import of the provider's library, is established.
    case high

    /// Orders from unsure to sure.
    public static func < (left: Confidence, right: Confidence) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }
}

/// What a file is for.
public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    /// Runs in production, as far as the tree shows.
    case production
    /// Tests, load tests too.
    case test
    /// Samples and demos.
    case example
    /// Documents.
    case docs
    /// Settings; build, deployment and proxy files.
    case config
    /// Pipelines.
    case ci
    /// Written by a generator; minified bundles too.
    case generated
    /// A copy of somebody else's code.
    case vendored
    /// Postman, Insomnia, Bruno, `.http`, OpenAPI.
    case apiCollection = "api-collection"
}

/// How a request uses the version header.
public enum APIVersionClass: String, Hashable, Sendable, Codable, CaseIterable {
    /// A literal that the rule lists as deprecated.
    case pinnedDeprecated = "pinned-deprecated"
    /// No header: the server's default applies.
    case implicit
    /// The replacement's version.
    case pinnedCurrent = "pinned-current"
    /// Any other literal.
    case pinnedUnknown = "pinned-unknown"
    /// Not known before run time.
    case dynamic
    /// Traffic only: the log does not record the header.
    case unlogged
}

/// The version header of a call site or of a request.
public struct APIVersionUse: Hashable, Sendable {
    /// How the header is used.
    public var versionClass: APIVersionClass
    /// The literal, or the fallback of a dynamic one; nil where there is none.
    public var value: String?
    /// Where in the code the value stands.
    public var evidence: SourcePlace?

    /// Takes each part as given.
    public init(versionClass: APIVersionClass, value: String? = nil, evidence: SourcePlace? = nil) {
        self.versionClass = versionClass
        self.value = value
        self.evidence = evidence
    }
}

extension VersionHeader {
    /// The class of a header that is sent with this literal.
    public func versionClass(of literal: String) -> APIVersionClass {
        if deprecatedValues.contains(literal) { return .pinnedDeprecated }
        return literal == replacementValue ? .pinnedCurrent : .pinnedUnknown
    }
}

/// A line of a file of a scanned tree.
public struct SourcePlace: Hashable, Sendable {
    /// Below the root, with `/`.
    public var path: String
    /// 1-based.
    public var line: Int

    /// Takes each part as given.
    public init(path: String, line: Int) {
        self.path = path
        self.line = line
    }
}

/// One step of the reasoning behind a call site.
public struct Evidence: Hashable, Sendable {
    /// Where it stands.
    public var place: SourcePlace
    /// What it shows: "base URL", "version header".
    public var note: String

    /// Takes each part as given.
    public init(place: SourcePlace, note: String) {
        self.place = place
        self.note = note
    }
}

/// What a polling loop does with the server's wait time.
public enum RetryAfterUse: String, Hashable, Sendable, Codable, CaseIterable {
    /// The wait comes from the header of the poll's own answer.
    case honoured
    /// A loop that does not read it.
    case ignored
    /// No loop.
    case notApplicable = "not-applicable"
}

/// Whether and how a call site polls.
public struct PollingUse: Hashable, Sendable {
    /// Whether the line that sends the request is repeated for one operation.
    public var inLoop: Bool
    /// What the loop does with `Retry-After`.
    public var retryAfter: RetryAfterUse

    /// Takes each part as given.
    public init(inLoop: Bool, retryAfter: RetryAfterUse) {
        self.inLoop = inLoop
        self.retryAfter = retryAfter
    }
}

/// Some lines of a scanned file around a call site, secrets masked.
public struct Excerpt: Hashable, Sendable {
    /// The number of the first line, 1-based.
    public var firstLine: Int
    /// The lines, without their ends.
    public var lines: [String]

    /// Takes each part as given.
    public init(firstLine: Int, lines: [String]) {
        self.firstLine = firstLine
        self.lines = lines
    }
}

/// A place in code that reaches, describes or mentions an endpoint.
public struct CallSite: Hashable, Sendable {
    /// Stable over runs and over moved lines.
    public var id: CallSiteID
    /// The rule's id.
    public var rule: String
    /// Which of the rule's two endpoints it reaches.
    public var usage: Usage
    /// What it is.
    public var kind: Kind
    /// How sure that is.
    public var confidence: Confidence
    /// The scanned root, as it was named on the command line.
    public var root: String
    /// Below the root, with `/`.
    public var path: String
    /// Where the endpoint's path text begins, 1-based.
    public var line: Int
    /// In UTF-8 bytes from the line's begin, 1-based.
    public var column: Int
    /// The first line of the call that sends the request; nil for declarations, proxies, collections.
    public var callLine: Int?
    /// Lower-case common name of the language.
    public var language: String
    /// The library or tool that sends the request; nil where none is known.
    public var client: String?
    /// What the file is for.
    public var role: Role
    /// The function, method or step around it; nil at the top of a file.
    public var symbol: String?
    /// The HTTP method.
    public var method: String
    /// The URL as a template, unknown parts as `{name}`; nil for calls without one.
    public var url: String?
    /// The host, where it is established.
    public var host: String?
    /// The version header.
    public var apiVersion: APIVersionUse
    /// The old path with the new version or the reverse.
    public var halfMigrated: Bool
    /// Whether and how it polls.
    public var polling: PollingUse
    /// The steps that led here, in order.
    public var evidence: [Evidence] = []
    /// Lines of the file around it; nil where none can be shown.
    public var excerpt: Excerpt?
    /// The decision to leave it as it is, in force or run out; nil where there is none.
    public var suppression: Suppression?

    /// Takes each part as given.
    public init(
        id: CallSiteID,
        rule: String,
        usage: Usage,
        kind: Kind,
        confidence: Confidence,
        root: String,
        path: String,
        line: Int,
        column: Int,
        callLine: Int? = nil,
        language: String,
        client: String? = nil,
        role: Role,
        symbol: String? = nil,
        method: String,
        url: String? = nil,
        host: String? = nil,
        apiVersion: APIVersionUse,
        halfMigrated: Bool,
        polling: PollingUse,
        evidence: [Evidence] = [],
        excerpt: Excerpt? = nil,
        suppression: Suppression? = nil
    ) {
        self.id = id
        self.rule = rule
        self.usage = usage
        self.kind = kind
        self.confidence = confidence
        self.root = root
        self.path = path
        self.line = line
        self.column = column
        self.callLine = callLine
        self.language = language
        self.client = client
        self.role = role
        self.symbol = symbol
        self.method = method
        self.url = url
        self.host = host
        self.apiVersion = apiVersion
        self.halfMigrated = halfMigrated
        self.polling = polling
        self.evidence = evidence
        self.excerpt = excerpt
        self.suppression = suppression
    }
}

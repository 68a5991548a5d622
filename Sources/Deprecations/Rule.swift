/// One deprecated endpoint: what it is, by when it goes, what replaces it, how it is recognised.
public struct Rule: Hashable, Sendable {
    /// The rule's own name, unique among the rules of a run: lower-case words with hyphens.
    public var id: String
    /// One line for people.
    public var title: String
    /// Who offers the API, and what shows in code that it is theirs.
    public var provider: Provider
    /// The endpoint that goes.
    public var endpoint: Endpoint
    /// The request header that chooses the API version, where there is one.
    public var versionHeader: VersionHeader?
    /// The announced days.
    public var lifecycle: Lifecycle
    /// How often the provider allows the call, where that is documented.
    public var rateLimit: RateLimit?
    /// What to call instead, where there is such a thing.
    public var replacement: Replacement?
    /// Calls whose answer holds a link to the endpoint.
    public var initiatingCalls: [InitiatingCall] = []
    /// Where such an answer holds the link.
    public var links: LinkNames = LinkNames()
    /// Client libraries' methods that reach the endpoint.
    public var sdkMethods: [SDKMethod] = []
    /// The steps of the migration, in order, each one or two sentences.
    public var migrationNotes: [String] = []
    /// What must and must not match; `lastcall rules test` runs them.
    public var examples: [RuleExample] = []
    /// A hexadecimal digest of the file that the rule comes from, for the record of a run.
    public var digest: String = ""

    /// Takes each part as given.
    public init(
        id: String,
        title: String,
        provider: Provider,
        endpoint: Endpoint,
        versionHeader: VersionHeader? = nil,
        lifecycle: Lifecycle,
        rateLimit: RateLimit? = nil,
        replacement: Replacement? = nil,
        initiatingCalls: [InitiatingCall] = [],
        links: LinkNames = LinkNames(),
        sdkMethods: [SDKMethod] = [],
        migrationNotes: [String] = [],
        examples: [RuleExample] = [],
        digest: String = ""
    ) {
        self.id = id
        self.title = title
        self.provider = provider
        self.endpoint = endpoint
        self.versionHeader = versionHeader
        self.lifecycle = lifecycle
        self.rateLimit = rateLimit
        self.replacement = replacement
        self.initiatingCalls = initiatingCalls
        self.links = links
        self.sdkMethods = sdkMethods
        self.migrationNotes = migrationNotes
        self.examples = examples
        self.digest = digest
    }
}

/// Who offers an API, and what shows in code that it is theirs.
public struct Provider: Hashable, Sendable {
    /// The provider's name, as people write it.
    public var name: String
    /// Words that name the provider inside identifiers and settings (`workiva`, `wdesk`); compared without case.
    public var words: [String] = []
    /// Packages and modules of the provider's client libraries.
    public var packages: [String] = []
    /// Paths that only this provider's clients use, such as the token endpoint's.
    public var paths: [PathTemplate] = []

    /// Takes each part as given.
    public init(
        name: String,
        words: [String] = [],
        packages: [String] = [],
        paths: [PathTemplate] = []
    ) {
        self.name = name
        self.words = words
        self.packages = packages
        self.paths = paths
    }
}

/// A host that serves the endpoint.
public struct RuleHost: Hashable, Sendable {
    /// What the host is for.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Serves real data.
        case production
        /// Sandbox, demo, staging.
        case other
    }

    /// The name, lower case, without port.
    public var name: String
    /// What it is for.
    public var kind: Kind
    /// What else is to be said of it: a region, where it was seen.
    public var note: String?

    /// Takes each part as given.
    public init(name: String, kind: Kind, note: String? = nil) {
        self.name = name
        self.kind = kind
        self.note = note
    }
}

/// A method and a path on some hosts.
public struct Endpoint: Hashable, Sendable {
    /// The HTTP method, upper case.
    public var method: String
    /// The path, with its parameters.
    public var path: PathTemplate
    /// The hosts that serve it.
    public var hosts: [RuleHost]

    /// Takes each part as given.
    public init(method: String, path: PathTemplate, hosts: [RuleHost]) {
        self.method = method
        self.path = path
        self.hosts = hosts
    }
}

/// The request header that chooses the API version.
public struct VersionHeader: Hashable, Sendable {
    /// What the server does with a request without the header.
    public enum Absence: String, Hashable, Sendable, CaseIterable {
        /// It answers in the deprecated version.
        case deprecatedVersion = "deprecated-version"
        /// It answers in the replacement's version.
        case replacementVersion = "replacement-version"
        /// It refuses the request.
        case refused
        /// Nothing is known.
        case unknown
    }

    /// The header's name; compared without case (RFC 9110, 5.1).
    public var name: String
    /// The values that choose the deprecated version.
    public var deprecatedValues: [String]
    /// The replacement's value.
    public var replacementValue: String?
    /// What no header means.
    public var absence: Absence
    /// Where that is said.
    public var absenceSource: String?

    /// Takes each part as given.
    public init(
        name: String,
        deprecatedValues: [String],
        replacementValue: String? = nil,
        absence: Absence,
        absenceSource: String? = nil
    ) {
        self.name = name
        self.deprecatedValues = deprecatedValues
        self.replacementValue = replacementValue
        self.absence = absence
        self.absenceSource = absenceSource
    }
}

/// How often a call is allowed.
public struct RateLimit: Hashable, Sendable {
    /// Requests in one second.
    public var requestsPerSecond: Double
    /// The response header that says how long to wait, where there is one (`Retry-After`).
    public var waitHeader: String?
    /// Where that is said.
    public var source: String?

    /// Takes each part as given.
    public init(requestsPerSecond: Double, waitHeader: String? = nil, source: String? = nil) {
        self.requestsPerSecond = requestsPerSecond
        self.waitHeader = waitHeader
        self.source = source
    }
}

/// What to call instead.
public struct Replacement: Hashable, Sendable {
    /// The HTTP method, upper case.
    public var method: String
    /// The path, with its parameters; on the endpoint's own hosts.
    public var path: PathTemplate
    /// The value of the version header.
    public var apiVersion: String?
    /// Where that is said.
    public var source: String?

    /// Takes each part as given.
    public init(
        method: String,
        path: PathTemplate,
        apiVersion: String? = nil,
        source: String? = nil
    ) {
        self.method = method
        self.path = path
        self.apiVersion = apiVersion
        self.source = source
    }
}

/// A call whose answer holds a link to the endpoint.
public struct InitiatingCall: Hashable, Sendable {
    /// The HTTP method, upper case.
    public var method: String
    /// The deprecated version's path.
    public var path: PathTemplate
    /// The replacement version's path.
    public var replacementPath: PathTemplate?

    /// Takes each part as given.
    public init(method: String, path: PathTemplate, replacementPath: PathTemplate? = nil) {
        self.method = method
        self.path = path
        self.replacementPath = replacementPath
    }
}

/// Where an answer holds the link to the endpoint.
public struct LinkNames: Hashable, Sendable {
    /// Response headers (`Location`); compared without case.
    public var headers: [String] = []
    /// Fields of a JSON body (`operationUrl`); compared in their usual spellings.
    public var jsonFields: [String] = []

    /// Takes each part as given.
    public init(headers: [String] = [], jsonFields: [String] = []) {
        self.headers = headers
        self.jsonFields = jsonFields
    }
}

/// A client library's method that reaches the endpoint.
public struct SDKMethod: Hashable, Sendable {
    /// The name in snake case (`get_operation_by_id`); other spellings are derived.
    public var name: String
    /// The class or interface that has it (`OperationsApi`), where known.
    public var owners: [String] = []
    /// Packages whose import ties the bare name to the provider, as written in code.
    public var packages: [String] = []
    /// Packages whose newer versions call the replacement instead.
    public var migratedPackages: [MigratedPackage] = []

    /// Takes each part as given.
    public init(
        name: String,
        owners: [String] = [],
        packages: [String] = [],
        migratedPackages: [MigratedPackage] = []
    ) {
        self.name = name
        self.owners = owners
        self.packages = packages
        self.migratedPackages = migratedPackages
    }
}

/// A package that calls the replacement from some version on.
public struct MigratedPackage: Hashable, Sendable {
    /// The package's name.
    public var name: String
    /// The first version that calls the replacement.
    public var fromVersion: String

    /// Takes each part as given.
    public init(name: String, fromVersion: String) {
        self.name = name
        self.fromVersion = fromVersion
    }
}

/// A text that a rule must find something in, or must not.
public struct RuleExample: Hashable, Sendable {
    /// What the text is.
    public enum Content: Hashable, Sendable {
        /// Code in a language of the contract.
        case code(language: String, text: String)
        /// Lines of an access log in a named format.
        case log(format: String, text: String)
    }

    /// What must be found in it.
    public enum Expectation: Hashable, Sendable {
        /// A call site or a request of this usage; for code of this kind, where one is given.
        case match(usage: Usage, kind: Kind?)
        /// Nothing: for code no caller of this rule with medium or high confidence, for logs no request of this rule.
        case noMatch
    }

    /// The text.
    public var content: Content
    /// What must come of it.
    public var expectation: Expectation
    /// Why it is here.
    public var note: String?
    /// The line in the rule file where the example begins, 1-based.
    public var line: Int

    /// Takes each part as given.
    public init(content: Content, expectation: Expectation, note: String? = nil, line: Int) {
        self.content = content
        self.expectation = expectation
        self.note = note
        self.line = line
    }
}

/// What people write into `lastcall.yaml` so that they need not retype it.
public struct Settings: Hashable, Sendable {
    /// Source trees for `audit`, relative to the settings file.
    public var codeRoots: [String] = []
    /// Logs for `audit`: files, folders or globs, relative to the settings file.
    public var logs: [LogSource] = []
    /// Hosts that forward to the provider.
    public var gateways: [Gateway] = []
    /// Names for callers in traffic; the first that fits.
    public var callers: [CallerName] = []
    /// Who owns which files; the last that fits, as in CODEOWNERS.
    public var owners: [OwnerPattern] = []
    /// Rule files and folders, relative to the settings file.
    public var rules: [String] = []
    /// Paths that are not scanned, in gitignore's syntax.
    public var ignoredPaths: [String] = []
    /// Call sites that are left as they are until a day; the first that fits.
    public var suppressions: [SuppressedPath] = []
    /// A gate for `--fail-on`, where the command line gives none.
    public var failOn: String?
    /// How much is kept of who sent a request; nil where nothing is said.
    public var anonymize: Anonymization?
    /// Address ranges of proxies whose word on the client's address is taken; empty for the usual ones.
    public var trustedProxies: [String] = []

    /// Takes each part as given.
    public init(
        codeRoots: [String] = [],
        logs: [LogSource] = [],
        gateways: [Gateway] = [],
        callers: [CallerName] = [],
        owners: [OwnerPattern] = [],
        rules: [String] = [],
        ignoredPaths: [String] = [],
        suppressions: [SuppressedPath] = [],
        failOn: String? = nil,
        anonymize: Anonymization? = nil,
        trustedProxies: [String] = []
    ) {
        self.codeRoots = codeRoots
        self.logs = logs
        self.gateways = gateways
        self.callers = callers
        self.owners = owners
        self.rules = rules
        self.ignoredPaths = ignoredPaths
        self.suppressions = suppressions
        self.failOn = failOn
        self.anonymize = anonymize
        self.trustedProxies = trustedProxies
    }

    /// Logs that are read alike.
    public struct LogSource: Hashable, Sendable {
        /// A file, a folder or a glob (`*`, `?`, `**`).
        public var path: String
        /// As for `--log-format`.
        public var format: String?
        /// As for `--log-host`.
        public var host: String?
        /// As for `--log-timezone`.
        public var timezone: String?

        /// Takes each part as given.
        public init(
            path: String,
            format: String? = nil,
            host: String? = nil,
            timezone: String? = nil
        ) {
            self.path = path
            self.format = format
            self.host = host
            self.timezone = timezone
        }
    }

    /// A host that forwards to the provider.
    public struct Gateway: Hashable, Sendable {
        /// Lower case, without port.
        public var host: String
        /// What the gateway puts before the provider's path: `/wdesk`.
        public var pathPrefix: String = ""
        /// The rules it forwards to; empty for all.
        public var rules: [String] = []

        /// Takes each part as given.
        public init(host: String, pathPrefix: String = "", rules: [String] = []) {
            self.host = host
            self.pathPrefix = pathPrefix
            self.rules = rules
        }
    }

    /// A name for the callers that fit every condition given.
    public struct CallerName: Hashable, Sendable {
        /// The name.
        public var name: String
        /// Address ranges (CIDR) or single addresses, any of which fits.
        public var addresses: [String] = []
        /// Texts at the beginning of the user agent, any of which fits.
        public var userAgents: [String] = []
        /// Users, any of which fits.
        public var users: [String] = []

        /// Takes each part as given.
        public init(
            name: String,
            addresses: [String] = [],
            userAgents: [String] = [],
            users: [String] = []
        ) {
            self.name = name
            self.addresses = addresses
            self.userAgents = userAgents
            self.users = users
        }
    }

    /// Who owns the files that a pattern names.
    public struct OwnerPattern: Hashable, Sendable {
        /// In CODEOWNERS' syntax.
        public var pattern: String
        /// A team or a person.
        public var owner: String

        /// Takes each part as given.
        public init(pattern: String, owner: String) {
            self.pattern = pattern
            self.owner = owner
        }
    }

    /// The decision to leave the call sites of a rule in some files as they are.
    public struct SuppressedPath: Hashable, Sendable {
        /// The rule's id.
        public var rule: String
        /// In gitignore's syntax.
        public var path: String
        /// The last day on which it holds.
        public var until: CalendarDay
        /// Why.
        public var reason: String

        /// Takes each part as given.
        public init(rule: String, path: String, until: CalendarDay, reason: String) {
            self.rule = rule
            self.path = path
            self.until = until
            self.reason = reason
        }
    }
}

/// The keys that a mapping of a rule file or of `lastcall.yaml` may have.
struct KeySet: Hashable, Sendable {
    /// Its name among the definitions of the JSON schema.
    let definition: String
    /// How messages name the mapping.
    let title: String
    /// The keys, in the order in which they are written.
    let keys: [String]

    private init(_ definition: String, _ title: String, _ keys: [String]) {
        self.definition = definition
        self.title = title
        self.keys = keys
    }
}

// MARK: Rule files

extension KeySet {
    static let ruleFile = KeySet("ruleFile", "a rule file", ["rules"])
    static let rule = KeySet(
        "rule", "a rule",
        [
            "id", "title", "provider", "endpoint", "versionHeader", "lifecycle", "rateLimit",
            "replacement", "initiatingCalls", "links", "sdkMethods", "migrationNotes", "examples",
        ])
    static let provider = KeySet("provider", "'provider'", ["name", "words", "packages", "paths"])
    static let endpoint = KeySet("endpoint", "'endpoint'", ["method", "path", "hosts"])
    static let host = KeySet("host", "a host", ["name", "kind", "note"])
    static let versionHeader = KeySet(
        "versionHeader", "'versionHeader'",
        ["name", "deprecatedValues", "replacementValue", "absence", "absenceSource"])
    static let lifecycle = KeySet(
        "lifecycle", "'lifecycle'", ["deprecatedOn", "sunsetOn", "history"])
    static let announcedDay = KeySet(
        "announcedDay", "an announced day", ["day", "source", "basis"])
    static let movedDate = KeySet(
        "movedDate", "a moved date", ["subject", "was", "changedOn", "source"])
    static let rateLimit = KeySet(
        "rateLimit", "'rateLimit'", ["requestsPerSecond", "waitHeader", "source"])
    static let replacement = KeySet(
        "replacement", "'replacement'", ["method", "path", "apiVersion", "source"])
    static let initiatingCall = KeySet(
        "initiatingCall", "an initiating call", ["method", "path", "replacementPath"])
    static let links = KeySet("links", "'links'", ["headers", "jsonFields"])
    static let sdkMethod = KeySet(
        "sdkMethod", "a library's method", ["name", "owners", "packages", "migratedPackages"])
    static let migratedPackage = KeySet(
        "migratedPackage", "a package", ["name", "fromVersion"])
    static let example = KeySet(
        "example", "an example",
        ["code", "language", "log", "format", "expect", "usage", "kind", "note"])

    /// All of a rule file.
    static let ofRules: [KeySet] = [
        ruleFile, rule, provider, endpoint, host, versionHeader, lifecycle, announcedDay, movedDate,
        rateLimit, replacement, initiatingCall, links, sdkMethod, migratedPackage, example,
    ]
}

// MARK: Settings

extension KeySet {
    static let settings = KeySet(
        "settings", "lastcall.yaml",
        [
            "code", "logs", "gateways", "callers", "anonymize", "trustedProxies", "owners", "rules",
            "ignore", "suppressions", "failOn",
        ])
    static let log = KeySet("log", "a log", ["path", "format", "host", "timezone"])
    static let gateway = KeySet("gateway", "a gateway", ["host", "pathPrefix", "rules"])
    static let caller = KeySet("caller", "a caller", ["name", "addresses", "userAgents", "users"])
    static let owner = KeySet("owner", "an owner", ["pattern", "owner"])
    static let suppression = KeySet(
        "suppression", "a suppression", ["rule", "path", "until", "reason"])

    /// All of `lastcall.yaml`.
    static let ofSettings: [KeySet] = [settings, log, gateway, caller, owner, suppression]
}

extension KeySet {
    /// The one other mapping of the same kind of file that has `key`; nil where none or several have it.
    func onlyOther(having key: String) -> KeySet? {
        let family = Self.ofRules.contains(self) ? Self.ofRules : Self.ofSettings
        let others = family.filter { $0.keys.contains(key) }
        return others.count == 1 ? others.first : nil
    }
}

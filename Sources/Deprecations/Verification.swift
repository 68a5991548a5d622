/// One live call to the provider, and what came of it.
public struct Verification: Hashable, Sendable {
    /// What a call shows.
    public enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
        /// The call brought what its rule's documentation promises.
        case live
        /// The provider says that the endpoint is gone.
        case gone
        /// Neither: refused, redirected, answered by a proxy or a login page, or not answered. It proves nothing.
        case unknown
    }

    /// The call.
    public var call: VerifiedCall
    /// The operation that was asked for.
    public var operation: String
    /// When it was asked.
    public var at: Timestamp
    /// What it shows.
    public var verdict: Verdict
    /// Why, in a sentence.
    public var reason: String
    /// What was answered; nil where nothing was.
    public var answer: Answer?
    /// What a reader has to know: dates that disagree with the rule's, a body that is not as documented, versions that
    /// answer differently.
    public var findings: [Finding]

    /// Takes each part as given.
    public init(
        call: VerifiedCall, operation: String, at: Timestamp, verdict: Verdict, reason: String,
        answer: Answer? = nil, findings: [Finding] = []
    ) {
        self.call = call
        self.operation = operation
        self.at = at
        self.verdict = verdict
        self.reason = reason
        self.answer = answer
        self.findings = findings
    }

    /// What was answered, as far as it is kept: never the body.
    public struct Answer: Hashable, Sendable {
        /// The status.
        public var status: Int
        /// From sending the request to the end of the answer.
        public var milliseconds: Int
        /// The body's media type, lower case.
        public var contentType: String?
        /// The operation's status, where the body is an operation.
        public var operationStatus: String?
        /// The wait that `Retry-After` asks for.
        public var retryAfterSeconds: Int?
        /// The id under which the provider's support finds the request.
        public var requestID: String?
        /// `Deprecation` (RFC 9745 and its drafts).
        public var deprecation: Announcement?
        /// `Sunset` (RFC 8594).
        public var sunset: Announcement?
        /// Links that speak of the endpoint's end.
        public var links: [Link]
        /// `Warning` texts.
        public var warnings: [String]

        /// Takes each part as given.
        public init(
            status: Int, milliseconds: Int, contentType: String? = nil,
            operationStatus: String? = nil, retryAfterSeconds: Int? = nil, requestID: String? = nil,
            deprecation: Announcement? = nil, sunset: Announcement? = nil, links: [Link] = [],
            warnings: [String] = []
        ) {
            self.status = status
            self.milliseconds = milliseconds
            self.contentType = contentType
            self.operationStatus = operationStatus
            self.retryAfterSeconds = retryAfterSeconds
            self.requestID = requestID
            self.deprecation = deprecation
            self.sunset = sunset
            self.links = links
            self.warnings = warnings
        }
    }

    /// A header that announces the endpoint's end.
    public struct Announcement: Hashable, Sendable, Codable {
        /// As it was sent.
        public var text: String
        /// The day that it names, in UTC; nil where it names none that can be read.
        public var day: CalendarDay?

        /// Takes each part as given.
        public init(text: String, day: CalendarDay? = nil) {
            self.text = text
            self.day = day
        }
    }

    /// A `Link` header's link.
    public struct Link: Hashable, Sendable, Codable {
        /// `deprecation`, `sunset`, `successor-version` …
        public var relation: String
        /// As it was sent.
        public var target: String

        /// Takes each part as given.
        public init(relation: String, target: String) {
            self.relation = relation
            self.target = target
        }
    }

    /// Something that a reader of the report has to know.
    public struct Finding: Hashable, Sendable, Codable {
        /// What it is about.
        public enum Subject: String, Hashable, Sendable, Codable, CaseIterable {
            /// A live date that is not the rule's.
            case date
            /// A body that is not as documented.
            case body
            /// Two versions that answer differently.
            case difference
        }

        /// What it is about.
        public var subject: Subject
        /// A sentence.
        public var message: String

        /// Takes each part as given.
        public init(subject: Subject, message: String) {
            self.subject = subject
            self.message = message
        }
    }
}

/// A call as it is made to the provider: one of the combinations of path and version header.
public struct VerifiedCall: Hashable, Sendable {
    /// The rule.
    public var rule: String
    /// Whose path it takes: the endpoint's, or its replacement's.
    public var usage: Usage
    /// The method.
    public var method: String
    /// The host, with the port where it is not the usual one.
    public var host: String
    /// The path, with its parameter: `/platform/v1/operations/{operationId}`.
    public var path: String
    /// The version header.
    public var apiVersion: APIVersionUse

    /// Takes each part as given.
    public init(
        rule: String, usage: Usage, method: String, host: String, path: String,
        apiVersion: APIVersionUse
    ) {
        self.rule = rule
        self.usage = usage
        self.method = method
        self.host = host
        self.path = path
        self.apiVersion = apiVersion
    }

    /// The old path with the new version, or the new path with none or the old one.
    public var isHalfMigrated: Bool {
        switch usage {
        case .deprecated: apiVersion.versionClass == .pinnedCurrent
        case .migrated: apiVersion.versionClass != .pinnedCurrent
        }
    }
}

/// What a stand-in pretends to be, and how it behaves.
package struct StandInConfiguration: Hashable, Sendable {
    /// How the deprecated version of the API behaves.
    package enum Phase: String, Hashable, Sendable, CaseIterable {
        /// As ever.
        case active
        /// As ever; its end is announced in headers where that is wanted.
        case deprecated
        /// Every other request of it is refused, as if the sunset had come.
        case brownout
        /// Every request of it is refused.
        case sunset
    }

    /// How the end of the deprecated version is announced in headers.
    package enum Announcement: String, Hashable, Sendable, CaseIterable {
        /// Not at all.
        case none
        /// `Deprecation: @…` (RFC 9745), `Sunset` (RFC 8594) and `Link`.
        case standard
        /// As drafts of RFC 9745 had it: `Deprecation` as a date.
        case draft
    }

    /// How `Retry-After` is written.
    package enum RetryAfterForm: String, Hashable, Sendable, CaseIterable {
        /// A number of seconds.
        case seconds
        /// An HTTP date.
        case date
    }

    /// The API.
    package var api: StandInAPI
    /// How the deprecated version behaves.
    package var phase: Phase
    /// What the deprecated version answers after its sunset.
    package var sunsetStatus = 410
    /// How its end is announced.
    package var announcement: Announcement = .none
    /// How many requests for operations a caller may send in a second; 0 for any number.
    package var requestsPerSecond = 1
    /// The wait that an answer asks for, in seconds, where an operation is not at its end; 0 for no such header.
    package var retryAfter = 1
    /// How that wait is written.
    package var retryAfterForm: RetryAfterForm = .seconds
    /// How many polls see an operation in one status before it moves on.
    package var pollsPerStatus = 1
    /// How long a token from the token endpoint holds, in seconds.
    package var tokenLifetime = 3600
    /// Ids of operations that are there from the start.
    package var operations: [String] = []
    /// What goes wrong on purpose.
    package var faults = FaultPlan()

    /// Takes what has no default.
    package init(api: StandInAPI, phase: Phase) {
        self.api = api
        self.phase = phase
    }
}

/// The API that a stand-in serves: the endpoint in both versions, and the calls that start an operation.
package struct StandInAPI: Hashable, Sendable {
    /// A call that starts an operation.
    package struct Initiator: Hashable, Sendable {
        /// The method, upper case.
        package var method: String
        /// The deprecated version's path, with `{…}` for parameters.
        package var path: String
        /// The replacement version's path.
        package var replacementPath: String?

        /// Takes each part as given.
        package init(method: String, path: String, replacementPath: String?) {
            self.method = method
            self.path = path
            self.replacementPath = replacementPath
        }
    }

    /// The deprecated path, with `{…}` for parameters.
    package var path: String
    /// The replacement's path.
    package var replacementPath: String
    /// The header that names the version.
    package var versionHeader: String
    /// Its values that name the deprecated version.
    package var deprecatedValues: [String]
    /// Its value that names the replacement.
    package var replacementValue: String
    /// The day of the deprecation, in seconds since 1970.
    package var deprecatedAt: Int64?
    /// The day of the sunset, in seconds since 1970.
    package var sunsetAt: Int64?
    /// What starts an operation.
    package var initiators: [Initiator]

    /// Takes each part as given.
    package init(
        path: String, replacementPath: String, versionHeader: String, deprecatedValues: [String],
        replacementValue: String, deprecatedAt: Int64? = nil, sunsetAt: Int64? = nil,
        initiators: [Initiator] = []
    ) {
        self.path = path
        self.replacementPath = replacementPath
        self.versionHeader = versionHeader
        self.deprecatedValues = deprecatedValues
        self.replacementValue = replacementValue
        self.deprecatedAt = deprecatedAt
        self.sunsetAt = sunsetAt
        self.initiators = initiators
    }
}

import Deprecations

/// The part of SARIF 2.1.0 that a report needs; the property names are the standard's
/// (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). A property without a value is left out.
struct SARIFLog: Encodable {
    var schema =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    var version = "2.1.0"
    var runs: [Run]

    enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version, runs
    }

    struct Run: Encodable {
        var tool: Tool
        var invocations: [Invocation]
        var results: [Result]
        var columnKind = "utf16CodeUnits"
        var properties: RunProperties
    }

    struct RunProperties: Encodable {
        var asOf: String
        var resultsLeftOut: Int
    }

    struct Tool: Encodable {
        var driver: Driver
    }

    struct Driver: Encodable {
        var name = "lastcall"
        var version: String
        var rules: [Descriptor]
    }

    struct Descriptor: Encodable {
        var id: String
        var name: String
        var shortDescription: Text
        var fullDescription: Text
        var help: MarkdownText
        var defaultConfiguration: Configuration
        var properties: DescriptorProperties
    }

    struct Configuration: Encodable {
        var level: Level
    }

    struct DescriptorProperties: Encodable {
        var tags: [String]
        var precision = "high"
        var provider: String
        var method: String
        var path: String
        var phase: Phase
        var deprecatedOn: String?
        var sunsetOn: String?
        var daysUntilSunset: Int?
    }

    struct Invocation: Encodable {
        var executionSuccessful = true
        var endTimeUtc: String
        var toolExecutionNotifications: [Notification]
    }

    struct Notification: Encodable {
        var level: Level
        var message: Text
        var locations: [Location]?
    }

    struct Text: Encodable {
        var text: String
    }

    struct MarkdownText: Encodable {
        var text: String
        var markdown: String
    }

    enum Level: String, Encodable {
        case none, note, warning, error
    }

    enum ResultKind: String, Encodable {
        /// What has to be changed.
        case fail
        /// What a person has to judge.
        case review
    }

    enum BaselineState: String, Encodable {
        case new, unchanged
    }

    struct Result: Encodable {
        var ruleId: String
        var ruleIndex: Int
        var kind: ResultKind
        var level: Level
        var message: Text
        var locations: [Location]
        var relatedLocations: [Location]?
        var partialFingerprints: [String: String]
        var baselineState: BaselineState?
        /// Empty where it is not suppressed: absent would mean that nobody knows (SARIF 2.1.0, 3.27.23).
        var suppressions: [Suppression]
        var properties: ResultProperties
    }

    /// 3.35
    struct Suppression: Encodable {
        var kind: SuppressionKind
        var status = "accepted"
        var justification: String
    }

    enum SuppressionKind: String, Encodable {
        /// By a comment.
        case inSource
        /// By the settings.
        case external
    }

    struct ResultProperties: Encodable {
        var id: String
        var usage: Usage
        var kind: Kind
        var confidence: Confidence
        var role: Role
        var language: String
        var client: String?
        var method: String
        var url: String?
        var host: String?
        var apiVersionClass: APIVersionClass
        var apiVersion: String?
        var halfMigrated: Bool
        var inLoop: Bool
        var retryAfter: RetryAfterUse
        var owner: String?
        var introducedOn: String?
        var firstSeen: String
    }

    struct Location: Encodable {
        var id: Int?
        var physicalLocation: PhysicalLocation
        var logicalLocations: [LogicalLocation]?
        var message: Text?
    }

    struct LogicalLocation: Encodable {
        var name: String
        var kind = "function"
    }

    struct PhysicalLocation: Encodable {
        var artifactLocation: ArtifactLocation
        var region: Region?
        var contextRegion: Region?
    }

    struct ArtifactLocation: Encodable {
        var uri: String
    }

    struct Region: Encodable {
        var startLine: Int
        var startColumn: Int?
        var endLine: Int?
        var snippet: Text?
    }
}

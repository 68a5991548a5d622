import Deprecations

/// A rule as the column `rules.definition` holds it, so that a report needs no rule file.
///
/// The keys are part of the database's form: a new one must be optional, and none is ever renamed.
struct RuleDocument: Codable {
    var id: String
    var title: String
    var provider: ProviderDocument
    var endpoint: EndpointDocument
    var versionHeader: VersionHeaderDocument?
    var lifecycle: LifecycleDocument
    var rateLimit: RateLimitDocument?
    var replacement: ReplacementDocument?
    var initiatingCalls: [InitiatingCallDocument]
    var links: LinkNamesDocument
    var sdkMethods: [SDKMethodDocument]
    var migrationNotes: [String]
    var examples: [ExampleDocument]
    var digest: String

    init(_ rule: Rule) {
        id = rule.id
        title = rule.title
        provider = ProviderDocument(rule.provider)
        endpoint = EndpointDocument(rule.endpoint)
        versionHeader = rule.versionHeader.map(VersionHeaderDocument.init)
        lifecycle = LifecycleDocument(rule.lifecycle)
        rateLimit = rule.rateLimit.map(RateLimitDocument.init)
        replacement = rule.replacement.map(ReplacementDocument.init)
        initiatingCalls = rule.initiatingCalls.map(InitiatingCallDocument.init)
        links = LinkNamesDocument(rule.links)
        sdkMethods = rule.sdkMethods.map(SDKMethodDocument.init)
        migrationNotes = rule.migrationNotes
        examples = rule.examples.map(ExampleDocument.init)
        digest = rule.digest
    }

    func rule() throws -> Rule {
        Rule(
            id: id, title: title, provider: try provider.value(), endpoint: try endpoint.value(),
            versionHeader: try versionHeader?.value(), lifecycle: try lifecycle.value(),
            rateLimit: rateLimit?.value(), replacement: try replacement?.value(),
            initiatingCalls: try initiatingCalls.map { try $0.value() }, links: links.value(),
            sdkMethods: sdkMethods.map { $0.value() }, migrationNotes: migrationNotes,
            examples: try examples.map { try $0.value() }, digest: digest)
    }
}

/// A text in a stored rule that has no meaning to this version.
struct UnknownStoredWord: Error, CustomStringConvertible {
    var word: String
    var subject: String

    var description: String { "'\(word)' is no \(subject) that this version of lastcall knows" }
}

/// The case of `type` that is written `word`.
func storedWord<Word: RawRepresentable>(_ type: Word.Type, _ word: String, as subject: String)
    throws -> Word where Word.RawValue == String
{
    guard let value = Word(rawValue: word) else {
        throw UnknownStoredWord(word: word, subject: subject)
    }
    return value
}

struct ProviderDocument: Codable {
    var name: String
    var words: [String]
    var packages: [String]
    var paths: [String]

    init(_ provider: Provider) {
        name = provider.name
        words = provider.words
        packages = provider.packages
        paths = provider.paths.map(\.description)
    }

    func value() throws -> Provider {
        Provider(
            name: name, words: words, packages: packages,
            paths: try paths.map { try PathTemplate($0) })
    }
}

struct EndpointDocument: Codable {
    struct Host: Codable {
        var name: String
        var kind: String
        var note: String?
    }

    var method: String
    var path: String
    var hosts: [Host]

    init(_ endpoint: Endpoint) {
        method = endpoint.method
        path = endpoint.path.description
        hosts = endpoint.hosts.map {
            Host(name: $0.name, kind: $0.kind.rawValue, note: $0.note)
        }
    }

    func value() throws -> Endpoint {
        Endpoint(
            method: method, path: try PathTemplate(path),
            hosts: try hosts.map {
                RuleHost(
                    name: $0.name,
                    kind: try storedWord(RuleHost.Kind.self, $0.kind, as: "kind of host"),
                    note: $0.note)
            })
    }
}

struct VersionHeaderDocument: Codable {
    var name: String
    var deprecatedValues: [String]
    var replacementValue: String?
    var absence: String
    var absenceSource: String?

    init(_ header: VersionHeader) {
        name = header.name
        deprecatedValues = header.deprecatedValues
        replacementValue = header.replacementValue
        absence = header.absence.rawValue
        absenceSource = header.absenceSource
    }

    func value() throws -> VersionHeader {
        VersionHeader(
            name: name, deprecatedValues: deprecatedValues, replacementValue: replacementValue,
            absence: try storedWord(
                VersionHeader.Absence.self, absence, as: "meaning of a missing header"),
            absenceSource: absenceSource)
    }
}

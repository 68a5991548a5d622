import Deprecations
import Foundation
import Testing

@testable import RuleFiles

@Suite("The JSON schemas of rule files and settings")
struct SchemaTests {
    /// A part of a schema.
    private struct Schema: Decodable {
        var description: String?
        var properties: [String: Property]?
        var additionalProperties: Bool?
        var required: [String]?
        var definitions: [String: Schema]?

        enum CodingKeys: String, CodingKey {
            case description, properties, additionalProperties, required
            case definitions = "$defs"
        }

        struct Property: Decodable {
            var description: String?
            var words: [String]?
            var anyOf: [Choice]?

            enum CodingKeys: String, CodingKey {
                case description, anyOf
                case words = "enum"
            }

            struct Choice: Decodable {
                var words: [String]?

                enum CodingKeys: String, CodingKey {
                    case words = "enum"
                }
            }
        }
    }

    private func schema(_ name: String) throws -> Schema {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/schema/\(name).schema.json")
        return try JSONDecoder().decode(Schema.self, from: Data(contentsOf: file))
    }

    @Test(
        "the parser accepts the keys of the schema and no others",
        arguments: [("rule", KeySet.ofRules), ("settings", KeySet.ofSettings)])
    func keys(_ name: String, _ keySets: [KeySet]) throws {
        let schema = try schema(name)
        let root = try #require(keySets.first)
        var definitions = try #require(schema.definitions)
        definitions[root.definition] = schema
        #expect(definitions.keys.sorted() == keySets.map(\.definition).sorted())
        for keySet in keySets {
            let part = try #require(definitions[keySet.definition])
            #expect(part.properties?.keys.sorted() == keySet.keys.sorted(), "\(keySet.definition)")
        }
    }

    @Test(
        "every mapping is closed and described, and so is every key",
        arguments: ["rule", "settings"])
    func descriptions(_ name: String) throws {
        let schema = try schema(name)
        for (definition, part) in [("", schema)] + (schema.definitions ?? [:]).map({ ($0, $1) }) {
            #expect(part.additionalProperties == false, "\(definition)")
            #expect(part.description?.isEmpty == false, "\(definition)")
            for (key, property) in part.properties ?? [:] {
                #expect(property.description?.isEmpty == false, "\(definition).\(key)")
            }
        }
    }

    @Test("the schema has the words that the parser accepts")
    func words() throws {
        let rules = try #require(try schema("rule").definitions)
        func words(_ definition: String, _ key: String) -> [String]? {
            let property = rules[definition]?.properties?[key]
            return property?.words ?? property?.anyOf?.first?.words
        }
        #expect(words("endpoint", "method") == KnownWords.methods)
        #expect(words("replacement", "method") == KnownWords.methods)
        #expect(words("initiatingCall", "method") == KnownWords.methods)
        #expect(words("host", "kind") == RuleHost.Kind.allCases.map(\.rawValue))
        #expect(words("versionHeader", "absence") == VersionHeader.Absence.allCases.map(\.rawValue))
        #expect(words("movedDate", "subject") == MovedDate.Subject.allCases.map(\.rawValue))
        #expect(words("announcedDay", "basis") == AnnouncedDay.Basis.allCases.map(\.rawValue))
        #expect(words("example", "language") == KnownWords.languages)
        #expect(words("example", "format") == KnownWords.logFormats)
        #expect(words("example", "usage") == Usage.allCases.map(\.rawValue))
        #expect(words("example", "kind") == Kind.allCases.map(\.rawValue))
        let log = try schema("settings").definitions?["log"]
        #expect(log?.properties?["format"]?.anyOf?.first?.words == KnownWords.logFormats)
    }

    @Test(
        "a key that the schema requires is one that the parser misses",
        arguments: ["rule", "settings"])
    func required(_ name: String) throws {
        let schema = try schema(name)
        let keySets = name == "rule" ? KeySet.ofRules : KeySet.ofSettings
        for keySet in keySets.dropFirst() {
            let part = try #require(schema.definitions?[keySet.definition])
            let missed = try #require(Self.empty[keySet.definition], "\(keySet.definition)")
            let found = name == "rule" ? mistakes(inRules: missed) : mistakes(inSettings: missed)
            let needed = keySet.keys.filter { key in
                found.contains { $0.hasSuffix(" \(keySet.title) needs '\(key)'") }
            }
            // The examples that a rule needs are missed one by one.
            let required = (part.required ?? []).filter { $0 != "examples" }
            #expect(needed.sorted() == required.sorted(), "\(keySet.definition)")
        }
    }

    /// Each mapping without a key, in a file.
    private static let empty = [
        "rule": "rules: [{}]", "provider": "rules: [{provider: {}}]",
        "endpoint": "rules: [{endpoint: {}}]", "host": "rules: [{endpoint: {hosts: [{}]}}]",
        "versionHeader": "rules: [{versionHeader: {}}]", "lifecycle": "rules: [{lifecycle: {}}]",
        "announcedDay": "rules: [{lifecycle: {sunsetOn: {}}}]",
        "movedDate": "rules: [{lifecycle: {history: [{}]}}]",
        "rateLimit": "rules: [{rateLimit: {}}]", "replacement": "rules: [{replacement: {}}]",
        "initiatingCall": "rules: [{initiatingCalls: [{}]}]", "links": "rules: [{links: {}}]",
        "sdkMethod": "rules: [{sdkMethods: [{}]}]",
        "migratedPackage": "rules: [{sdkMethods: [{migratedPackages: [{}]}]}]",
        "example": "rules: [{examples: [{}]}]", "log": "logs: [{}]", "gateway": "gateways: [{}]",
        "caller": "callers: [{}]", "owner": "owners: [{}]",
        "suppression": "suppressions: [{}]",
    ]

    @Test("the built-in rules name their schema for editors")
    func namedSchema() {
        for (name, text) in BuiltinRules.texts {
            #expect(
                text.hasPrefix(
                    "# yaml-language-server: $schema=../docs/schema/rule.schema.json\n"), "\(name)")
        }
    }
}

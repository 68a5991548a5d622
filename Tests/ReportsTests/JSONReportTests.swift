import Deprecations
import Foundation
import Testing

@testable import Reports

@Suite("JSON")
struct JSONReportTests {
    private static let schemaURL = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "docs/schema/report.schema.json")

    private func object(_ report: AuditReport) throws -> [String: Any] {
        let bytes = try Reports.write(report, as: .json)
        let value = try JSONSerialization.jsonObject(with: Data(bytes))
        return try #require(value as? [String: Any])
    }

    @Test("an empty report has every list, and the day it is judged from")
    func empty() throws {
        let object = try object(Sample.report(rules: []))
        #expect(object["asOf"] as? String == "2026-11-23")
        for list in ["rules", "callSites", "traffic", "verifications", "sources", "diagnostics"] {
            #expect((object[list] as? [Any])?.count == 0, "\(list)")
        }
    }

    @Test("a report has the schema's properties, all of them and no others")
    func schema() throws {
        var schema = try JSONSchema(contentsOf: Self.schemaURL)
        try schema.check(Reports.write(Sample.rich(), as: .json))
        try schema.check(Reports.write(Sample.quiet(), as: .json))
        #expect(schema.mistakes == [])
        #expect(schema.met == Set(schema.definitions.keys), "not met by the samples")
        for (name, definition) in schema.definitions {
            let properties = definition["properties"] as? [String: Any] ?? [:]
            let required = definition["required"] as? [String] ?? []
            #expect(
                Set(required) == Set(properties.keys), "\(name) has a property that may be missing")
        }
    }

    @Test("the schema knows every word of a closed set")
    func words() throws {
        let definitions = try JSONSchema(contentsOf: Self.schemaURL).definitions
        func expect(_ name: String, _ property: String?, _ words: [String]) {
            let properties = definitions[name]?["properties"] as? [String: [String: Any]]
            let schema = property.map { properties?[$0] ?? [:] } ?? definitions[name] ?? [:]
            #expect(schema["enum"] as? [String] == words, "\(name) \(property ?? "")")
        }
        expect("rule", "phase", Phase.allCases.map(\.rawValue))
        expect("usage", nil, Usage.allCases.map(\.rawValue))
        expect("callSite", "kind", Kind.allCases.map(\.rawValue))
        expect("callSite", "confidence", Confidence.allCases.map(\.rawValue))
        expect("callSite", "role", Role.allCases.map(\.rawValue))
        expect("callSite", "status", FindingStatus.allCases.map(\.rawValue))
        expect("versionClass", nil, APIVersionClass.allCases.map(\.rawValue))
        expect("polling", "retryAfter", RetryAfterUse.allCases.map(\.rawValue))
        expect("caller", "kind", CallerKind.allCases.map(\.rawValue))
        expect("source", "state", SourceState.allCases.map(\.rawValue))
        expect("verification", "verdict", Verification.Verdict.allCases.map(\.rawValue))
        expect("liveFinding", "subject", Verification.Finding.Subject.allCases.map(\.rawValue))
        expect("diagnostic", "severity", Diagnostic.Severity.allCases.map(\.rawValue))
    }

    @Test("a deprecation day that is not known is null")
    func unknownDay() throws {
        let rules = try #require(
            try object(Sample.report(rules: [Sample.bareRule()]))["rules"] as? [[String: Any]])
        let rule = try #require(rules.first)
        #expect(rule["deprecatedOn"] is NSNull)
        #expect(rule["sunsetOn"] is NSNull)
        #expect(rule["replacement"] is NSNull)
        #expect(rule["phase"] as? String == "deprecated")
    }

    @Test("what is not seen is written as an escape, and read back as it was")
    func unseen() throws {
        let text = "a\u{7F}b\u{9B}31m\u{202E}c\u{2028}\u{E0041}\u{1B}[0m\"\\ 👩‍👧 ✔️"
        var report = try Sample.report()
        report.diagnostics = [Diagnostic(severity: .note, path: text, message: text)]
        let json = String(decoding: try Reports.write(report, as: .json), as: UTF8.self)
        #expect(!json.unicodeScalars.contains { $0 != "\n" && $0.isUnseen })
        let diagnostics = try object(report)["diagnostics"] as? [[String: Any]]
        #expect(diagnostics?.first?["message"] as? String == text)
    }

    @Test("a tree of which a file could not be read is not complete")
    func treeState() {
        func state(_ scanned: Int, _ skipped: [SkipReason: Int]) -> SourceState {
            TreeCoverage(
                root: "", filesScanned: scanned, filesAnalysed: 0, bytesScanned: 0, skipped: skipped
            ).state
        }
        #expect(state(3, [.ignored: 9, .binary: 1, .link: 2]) == .complete)
        #expect(state(3, [.unreadable: 1]) == .truncated)
        #expect(state(3, [.timeout: 1]) == .truncated)
        #expect(state(0, [.unreadable: 1]) == .unreadable)
        #expect(state(0, [:]) == .complete)
    }
}

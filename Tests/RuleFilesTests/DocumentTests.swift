import Deprecations
import Foundation
import Testing

@testable import RuleFiles

@Suite("The documents on rule files and settings")
struct DocumentTests {
    private func document(_ name: String) throws -> String {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/\(name).md")
        return try String(contentsOf: file, encoding: .utf8)
    }

    /// What stands between the fences of a language, in order.
    private func fences(_ language: String, in text: String) -> [String] {
        text.components(separatedBy: "```\(language)\n").dropFirst().map {
            $0.components(separatedBy: "```")[0]
        }
    }

    @Test("the example of a rule is read without a mistake and uses every key")
    func ruleExample() throws {
        let text = try #require(fences("yaml", in: document("rule-format")).first)
        #expect(mistakes(inRules: text) == [])
        for key in Set(KeySet.ofRules.flatMap(\.keys)) {
            #expect(text.contains("\(key):"), "'\(key)' is not in the example")
        }
    }

    @Test("the mistakes that are shown are those that are told")
    func mistakeExample() throws {
        let document = try document("rule-format")
        let text = try #require(fences("yaml", in: document).dropFirst().first)
        let shown = try #require(fences("text", in: document).first)
        do throws(RuleFileErrors) {
            _ = try RuleFiles.parse(text, file: "my-rules.yaml")
            Issue.record("the example has no mistake")
        } catch {
            #expect(error.description + "\n" == shown)
        }
    }

    @Test("the example of settings is read without a mistake and uses every key")
    func settingsExample() throws {
        let text = try #require(fences("yaml", in: document("settings")).first)
        #expect(mistakes(inSettings: text) == [])
        for key in Set(KeySet.ofSettings.flatMap(\.keys)) {
            #expect(text.contains("\(key):"), "'\(key)' is not in the example")
        }
    }

    @Test(
        "each mapping has a section whose table has its keys in order",
        arguments: [("rule-format", KeySet.ofRules), ("settings", KeySet.ofSettings)])
    func tables(_ name: String, _ keySets: [KeySet]) throws {
        let sections = try document(name).components(separatedBy: "\n### ").dropFirst()
        #expect(
            sections.compactMap { $0.split(separator: "\n").first.map(String.init) }
                == keySets.map(\.definition))
        for (section, keySet) in zip(sections, keySets) {
            let rows = section.components(separatedBy: "\n## ")[0].split(separator: "\n")
                .filter { $0.hasPrefix("| `") }
            let keys = rows.map { $0.dropFirst(3).prefix { $0 != "`" } }.map(String.init)
            #expect(keys == keySet.keys)
        }
    }

    @Test("languages and log formats are listed as the parser knows them")
    func words() throws {
        let text = try document("rule-format")
        for (heading, words) in [
            ("Languages", KnownWords.languages), ("Log formats", KnownWords.logFormats),
        ] {
            let section = text.components(separatedBy: "\n## \(heading)\n")[1]
                .components(separatedBy: "\n## ")[0]
            let listed = section.components(separatedBy: "`").enumerated()
                .filter { $0.offset % 2 == 1 }.map(\.element)
            #expect(listed == words)
        }
    }
}

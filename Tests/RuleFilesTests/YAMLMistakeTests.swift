import Deprecations
import Foundation
@testable import RuleFiles
import TestSupport
import Testing

@Suite("Mistakes of YAML, and texts that would harm")
struct YAMLMistakeTests {
    @Test(
        "broken YAML is told with its place",
        arguments: [
            ("rules: [", "2:1: YAML: did not find expected node content while parsing a flow node"),
            (
                "rules:\n  - id: a\n   title: b\n",
                "3:4: YAML: did not find expected '-' indicator while parsing a block collection"
            ),
            (
                "rules:\n\t- id: a\n",
                "2:1: YAML: found character that cannot start any token while scanning for the next token"
            ),
            ("rules: *unknown\n", "1:8: YAML: found undefined alias"),
            ("rules: &a [*a]\n", "1:12: YAML: found undefined alias"),
            (
                "rules: \"x\n",
                "2:1: YAML: found unexpected end of stream while scanning a quoted scalar"
            ),
            (
                "rules: 1\nrules: 2\n",
                "1:1: the key 'rules' stands twice in one mapping; remove one"
            ),
            ("rules:\n  - id: a\u{1B}[31m\n", "2:10: YAML: control characters are not allowed"),
            (
                "rules: 1\n---\nrules: 2\n",
                "3:1: a second document begins here; a file holds one document"
            ),
            ("- a\n", "1:1: a rule file must be a mapping of rules"),
            ("rules: {}\n", "1:8: 'rules' must be a list; write '- ' before each item"),
            ("rules: []\n", "1:8: 'rules' is empty"),
            (
                "rules: [a]\n",
                "1:9: a rule must be a mapping of id, title, provider, endpoint, versionHeader, lifecycle, rateLimit, replacement, initiatingCalls, links, sdkMethods, migrationNotes, examples"
            ),
            ("rules:\n", "1:1: a rule file needs 'rules'"),
            ("? [a]\n: 1\nrules: []\n", "1:3: a key of a rule file must be a word"),
        ])
    func brokenYAML(_ text: String, _ mistake: String) {
        #expect(mistakes(inRules: text).contains(mistake), "\(mistakes(inRules: text))")
    }

    @Test(
        "a file without a document is told to be empty",
        arguments: ["", "\n", "# a comment\n", "\u{FEFF}"])
    func empty(_ text: String) {
        #expect(mistakes(inRules: text) == ["the file is empty; it needs 'rules'"])
    }

    @Test("a byte order mark does no harm")
    func byteOrderMark() {
        #expect(mistakes(inRules: "\u{FEFF}" + SampleRule.text) == [])
    }

    @Test("Windows line ends do no harm, and places stay right")
    func windowsLines() {
        let text = SampleRule.with(("day: 2027-02-01", "day: 2027-02-30"))
        #expect(
            mistakes(inRules: text.replacing("\n", with: "\r\n")) == [
                "22:23: '2027-02-30' is no day of the calendar (YYYY-MM-DD)"
            ])
    }

    @Test("a text larger than 1 MiB is not read")
    func tooLarge() {
        let text = SampleRule.text + String(repeating: "#", count: 1 << 20)
        #expect(mistakes(inRules: text) == ["larger than 1 MiB; split it into several files"])
    }

    @Test("an alias saves writing a list twice")
    func alias() throws {
        let second = SampleRule.text.replacing("rules:\n", with: "")
            .replacing("id: acme-get-job", with: "id: acme-get-job-2")
            .replacing("words: [acme]", with: "words: *words")
        let text = SampleRule.with(("words: [acme]", "words: &words [acme]")) + second
        #expect(
            try RuleFiles.parse(text, file: "f").rules.map(\.provider.words) == [
                ["acme"], ["acme"],
            ])
    }

    @Test(
        "aliases that unfold to more than memory holds are refused",
        arguments: [
            bomb(levels: 9, width: 9, name: { "a\($0)" }),
            // As a key of a mapping it would be unfolded to be compared.
            bomb(levels: 30, width: 2, name: { "b\($0)" }) + "? *b29\n: 1\n",
            // The same name again and again.
            bomb(levels: 30, width: 2, name: { _ in "x" }) + "? *x\n: 1\n",
        ])
    func aliasBomb(_ text: String) {
        #expect(
            mistakes(inRules: text) == [
                "its aliases (*name) may unfold to more than 64 MiB; write the values out"
            ])
    }

    static func bomb(levels: Int, width: Int, name: (Int) -> String) -> String {
        var text = "z0: &\(name(0)) [lol]\n"
        for level in 1..<levels {
            let items = Array(repeating: "*\(name(level - 1))", count: width)
            text += "z\(level): &\(name(level)) [\(items.joined(separator: ", "))]\n"
        }
        return text
    }

    @Test("code with stars and ampersands is no alias bomb")
    func starsInCode() {
        let go = String(
            repeating:
                "          func f(a *http.Client, b &http.Client) (*http.Response, error) { *a = *b }\n",
            count: 40)
        let text =
            SampleRule.text + "      - language: go\n        expect: match\n        code: |\n" + go
        #expect(mistakes(inRules: text) == [])
    }

    @Test(
        "deep nesting is refused, not followed", arguments: ["[", "{a: ", "- ", "? ", "!!a "])
    func deepNesting(_ part: String) {
        #expect(!mistakes(inRules: String(repeating: part, count: 100_000)).isEmpty)
    }

    @Test("lines indented deeper and deeper are refused, not followed")
    func deepIndentation() {
        let text = (0..<1400).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        #expect(mistakes(inRules: text).count == 1)
    }

    @Test("as much nesting as YAML's reader takes does no harm to a small stack")
    func nestingOnSmallStack() async {
        let text = String(repeating: "[", count: 950) + String(repeating: "]", count: 950)
        let found = await Task.detached { mistakes(inRules: text) }.value
        #expect(found == ["1:1: a rule file must be a mapping of rules"])
    }

    @Test("nothing in a message can write to a terminal")
    func escapes() {
        let text = SampleRule.with(
            ("kind: production", "kind: \"\\e[2J\\a\\x9b1m\""),
            ("title: Read", "titel\u{202E}: Read"))
        let found = mistakes(inRules: text)
        #expect(
            found.contains { $0.contains("unknown key 'titel\\u{202e}'; did you mean 'title'?") })
        #expect(found.contains { $0.contains("unknown kind '\\u{1b}[2J\\u{7}\\u{9b}1m'") })
    }

    @Test("a name of a file is escaped like its content")
    func escapedFileName() {
        let mistake = RuleFileErrors.Mistake(file: "a\u{1B}b\n", line: 1, column: 2, text: "x")
        #expect(mistake.description == "a\\u{1b}b\\u{a}:1:2: x")
    }

    @Test("a long text is cut in its message")
    func longText() {
        let text = SampleRule.with(
            ("kind: production", "kind: \(String(repeating: "x", count: 5000))"))
        #expect(mistakes(inRules: text).allSatisfy { $0.utf8.count < 300 })
    }

    @Test("of thousands of mistakes 200 are shown, and that there are more is said first")
    func thousands() {
        let text = SampleRule.text + (0..<5000).map { "    key\($0): 1\n" }.joined()
        let found = mistakes(inRules: text)
        #expect(found.count == 201)
        #expect(found.first == "more than 200 mistakes; the first 200 are shown")
    }
}

import Deprecations
import Yams

extension RuleReader {
    /// A rule's examples; one must match and one must not.
    func examples(_ map: MappingReader) -> [RuleExample] {
        var hasMatch = false
        var hasNoMatch = false
        let examples: [RuleExample] = map.mappings("examples", .example) { part in
            let expect = part.word("expect", Expect.self)
            // A word that is wrong may have been meant for either.
            hasMatch = hasMatch || expect != Expect.none
            hasNoMatch = hasNoMatch || expect != .match
            return example(part, expect)
        }
        if !hasMatch { map.note("the rule needs an example with 'expect: match'", at: "examples") }
        if !hasNoMatch { map.note("the rule needs an example with 'expect: none'", at: "examples") }
        return examples
    }

    private enum Expect: String, CaseIterable {
        case match, none
    }

    private func example(_ part: MappingReader, _ expect: Expect?) -> RuleExample? {
        let content = content(part)
        let expected = expect.map { expectation(part, $0) }
        let note = part.text("note", required: false)
        guard let content, let expected else { return nil }
        return RuleExample(
            content: content, expectation: expected, note: note, line: part.node.mark?.line ?? 0)
    }

    private func content(_ part: MappingReader) -> RuleExample.Content? {
        switch (part.value("code"), part.value("log")) {
        case (.some, .none):
            refuse("format", part, "belongs to 'log'; 'code' has 'language'")
            let text = part.text("code")
            let language = part.parsed("language", Shapes.language)
            guard let text, let language else { return nil }
            return .code(language: language, text: text)
        case (.none, .some):
            refuse("language", part, "belongs to 'code'; 'log' has 'format'")
            refuse("kind", part, "is said of code only")
            let text = part.text("log")
            let format = part.parsed("format", Shapes.logFormat)
            guard let text, let format else { return nil }
            return .log(format: format, text: text)
        case (.some, .some), (.none, .none):
            mistakes.add(
                "an example has either 'code' with 'language' or 'log' with 'format'",
                at: part.node)
            return nil
        }
    }

    private func expectation(_ part: MappingReader, _ expect: Expect) -> RuleExample.Expectation {
        switch expect {
        case .none:
            refuse("usage", part, "has no sense beside 'expect: none'")
            refuse("kind", part, "has no sense beside 'expect: none'")
            return .noMatch
        case .match:
            let usage = part.word("usage", Usage.self, required: false) ?? .deprecated
            return .match(usage: usage, kind: part.word("kind", Kind.self, required: false))
        }
    }

    private func refuse(_ key: String, _ part: MappingReader, _ reason: String) {
        if part.value(key) != nil { part.note("'\(key)' \(reason)", at: key) }
    }
}

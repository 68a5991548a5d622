import Deprecations
import RuleFiles
import Testing

@Suite("The rules that come with the tool")
struct BuiltinRuleTests {
    private func rule(_ id: String) throws -> Rule {
        try #require(RuleFiles.builtin().flatMap(\.rules).first { $0.id == id })
    }

    @Test("the operations endpoint and its prototype sister are built in")
    func ids() throws {
        #expect(
            try RuleFiles.builtin().flatMap(\.rules).map(\.id) == [
                "workiva-get-operation", "workiva-get-operation-prototype",
            ])
        #expect(try RuleFiles.builtin().map(\.path) == ["builtin:workiva-operations.yaml"])
    }

    @Test("the operations endpoint has its announced days and its replacement")
    func operation() throws {
        let rule = try rule("workiva-get-operation")
        #expect(rule.endpoint.method == "GET")
        #expect(rule.endpoint.path.description == "/platform/v1/operations/{operationId}")
        #expect(rule.lifecycle.deprecatedOn?.day.description == "2026-02-12")
        #expect(rule.lifecycle.sunsetOn?.day.description == "2029-01-31")
        #expect(rule.replacement?.path.description == "/operations/{operationId}")
        #expect(rule.replacement?.apiVersion == "2026-01-01")
        #expect(rule.versionHeader?.deprecatedValues == ["2022-01-01"])
        #expect(rule.versionHeader?.absence == .deprecatedVersion)
        #expect(
            rule.endpoint.hosts.filter { $0.kind == .production }.map(\.name) == [
                "api.app.wdesk.com", "api.eu.wdesk.com", "api.apac.wdesk.com",
            ])
    }

    @Test("the sister has its own sunset, and no deprecation day or replacement is claimed")
    func prototype() throws {
        let rule = try rule("workiva-get-operation-prototype")
        #expect(rule.lifecycle.deprecatedOn == nil)
        #expect(rule.lifecycle.sunsetOn?.day.description == "2027-01-31")
        #expect(rule.lifecycle.sunsetOn?.source.contains("nferred") == true)
        #expect(rule.replacement == nil)
    }

    @Test(
        "a call that starts an operation keeps method and relative path in the replacement's version"
    )
    func initiatingCalls() throws {
        for call in try rule("workiva-get-operation").initiatingCalls {
            #expect(
                "/platform/v1" + (call.replacementPath?.description ?? "") == call.path.description)
        }
    }

    @Test("the operations endpoint has 25 code examples in 12 languages, and logs in both usages")
    func examples() throws {
        let examples = try rule("workiva-get-operation").examples
        var languages: Set<String> = []
        var code = 0
        var logUsages: Set<Usage> = []
        var hasLogWithoutMatch = false
        for example in examples {
            switch (example.content, example.expectation) {
            case (.code(let language, _), _):
                languages.insert(language)
                code += 1
            case (.log, .match(let usage, _)): logUsages.insert(usage)
            case (.log, .noMatch): hasLogWithoutMatch = true
            }
        }
        #expect(code >= 25)
        #expect(languages.count >= 12)
        #expect(logUsages == [.deprecated, .migrated])
        #expect(hasLogWithoutMatch)
    }

    @Test("every rule has a digest of its file, the same each time")
    func digest() throws {
        let digests = try RuleFiles.builtin().flatMap(\.rules).map(\.digest)
        #expect(Set(digests).count == 1)
        #expect(digests.first?.isEmpty == false)
        #expect(try RuleFiles.builtin().flatMap(\.rules).map(\.digest) == digests)
    }
}

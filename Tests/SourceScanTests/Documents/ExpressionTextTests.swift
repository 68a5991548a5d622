import Testing

@testable import SourceScan

@Suite("Documents: expressions and patterns")
struct ExpressionTextTests {
    @Test(
        "an expression folds to the text that it builds",
        arguments: [
            (#""a" + b"#, "a{b}"),
            (#"base & '/x/' & $id"#, "https://h/x/{id}"),
            (#"format("%s/x/%s", local.base, var.id)"#, "https://h/x/{id}"),
            (#"concat(parameters('base'), '/x/', body('y')?['id'])"#, "https://h/x/{id}"),
            (#"States.Format('{}/x/{}', $.base, $.id)"#, "https://h/x/{id}"),
            (#"join("/", [local.base, "x", var.id])"#, "https://h/x/{id}"),
            (#"var.eu == "yes" ? "a" : "b""#, "a"),
            (#"coalesce(local.base, "other")"#, "https://h"),
            (#"`${base}/x/${id}`"#, "https://h/x/{id}"),
            (#""${local.base}/x""#, "https://h/x"),
            (#"("a" + ("b"))"#, "ab"),
            (#"x[0].name"#, "{name}"),
        ])
    func folds(_ expression: String, _ expected: String) {
        let template = ExpressionText.template(Array(expression.utf8)) { path in
            path == "base" || path == "local.base" ? Template("https://h") : nil
        }
        #expect(template?.description == expected)
    }

    @Test("what an expression falls back to goes with the hole", arguments: ["||", "??"])
    func fallback(_ sign: String) throws {
        let text = Array("env \(sign) \"2022-01-01\"".utf8)
        let template = try #require(ExpressionText.template(text) { _ in nil })
        #expect(template == Template(hole: "env", fallback: "2022-01-01"))
    }

    @Test(
        "what is no expression gives nothing",
        arguments: ["", "a b", "\"open", "f(", "a +", "a ? b", "[", "\"${x\"", "((((((((("])
    func refuses(_ text: String) {
        #expect(ExpressionText.template(Array(text.utf8)) { _ in nil } == nil)
    }

    @Test(
        "a pattern for paths becomes a template with a hole for each part that may differ",
        arguments: [
            ("^/x/([^/]+)$", "/x/{…}"), (#"\/x\/.*"#, "/x/{…}"), (#"/x/[a-z0-9-]{3,5}"#, "/x/{…}"),
            (#"/x/(a|b(c))/\d+"#, "/x/{…}/{…}"), ("/x/y", "/x/y"), (#"/x/[]/]+"#, "/x/{…}"),
            (#"/x/(?<id>.*)"#, "/x/{…}"), ("/x/[", "/x/{…}"), (#"/x/\"#, #"/x/\"#),
        ])
    func patterns(_ pattern: String, _ expected: String) {
        #expect(RegexText.template(Array(pattern.utf8)).description == expected)
    }
}

import Deprecations
import TestSupport
import Testing

@testable import Reports

@Suite("Templates of users")
struct TemplateTests {
    private func write(_ text: String, path: String = "t.txt", _ report: AuditReport) throws
        -> String
    {
        String(decoding: try ReportTemplate(text, path: path).write(report), as: UTF8.self)
    }

    @Test("a template sees the JSON report and its lists, in the order of their urgency")
    func context() throws {
        let report = try Sample.rich()
        #expect(
            try write("{{summary.callers}} of {{tool.name}} on {{asOf}}", report)
                == "5 of lastcall on 2026-11-23")
        #expect(
            try write("{{#callers}}{{path}}:{{line}} {{/callers}}", report).hasPrefix(
                "src/half.ts:8 src/poll.py:14 "))
        for (list, count) in [
            ("callers", 6), ("unsure", 1), ("migrated", 1), ("references", 2), ("gone", 1),
        ] {
            #expect(try write("{{#\(list)}}.{{/\(list)}}", report).count == count, "\(list)")
        }
        #expect(
            try write("{{#owners}}{{owner}}:{{#callers}}{{id}}{{/callers}}{{/owners}}", report)
                == "@payments:LC-7f3a9c21")
        #expect(try write("{{#traffic}}{{requests}} {{/traffic}}", report) == "1000 120 1 30 ")
    }

    @Test("what is unknown shows as nothing, and is not looked for further out")
    func null() throws {
        let report = try Sample.rich()
        #expect(
            try write("{{#rules}}{{#replacement}}{{path}};{{/replacement}}{{/rules}}", report)
                == "/operations/{operationId};")
        #expect(
            try write(
                "{{#owners}}{{#callers}}[{{client}}{{host}}{{introducedOn}}]{{/callers}}{{/owners}}",
                report)
                == "[requestsapi.app.wdesk.com2024-05-06]")
        #expect(
            try write(
                "{{^halfMigrated}}a{{/halfMigrated}}{{#summary}}{{^owner}}b{{/owner}}{{/summary}}",
                report) == "ab")
    }

    @Test(
        "values are escaped as the file's name wants it",
        arguments: [
            ("a.html", "&lt;b&gt; | \\*"), ("a.md", "\\<b\\> \\| \\\\\\*"),
            ("a.md.mustache", "\\<b\\> \\| \\\\\\*"),
            ("a.txt", "<b> | \\*"), ("a.mustache", "<b> | \\*"),
        ])
    func escaping(path: String, text: String) throws {
        var report = try Sample.report()
        report.rules[0].rule.title = "<b> | \\*"
        #expect(try write("{{#rules}}{{title}}{{/rules}}", path: path, report) == text)
    }

    @Test("the ending of the file that is made is the template's own")
    func endings() throws {
        #expect(try ReportTemplate("", path: "a/weekly.md.mustache").fileEnding == "md")
        #expect(try ReportTemplate("", path: "x.y/weekly.html").fileEnding == "html")
        #expect(try ReportTemplate("", path: "x.y/weekly").fileEnding == "txt")
    }

    @Test(
        "a mistake is told with its line",
        arguments: [
            ("a\n{{#b}}", 2), ("{{#a}}\n{{/b}}", 2), ("a\n\n{{> other}}", 3), ("{{=<% %>=}}", 1),
        ])
    func mistakes(text: String, line: Int) {
        let error = #expect(throws: ReportTemplateError.self) {
            try ReportTemplate(text, path: "t.md")
        }
        #expect(
            error?.description.hasPrefix("t.md:\(line): ") == true, "\(error?.description ?? "")")
    }

    @Test("no text from input is obeyed as a template, or by a terminal")
    func hostile() throws {
        var generator = SeededGenerator(seed: 15)
        let template = "{{#callers}}{{path}}\n{{symbol}}\n{{/callers}}"
        for _ in 0..<20 {
            let report = try Sample.report { _ in HostileText.make(with: &generator) + "{{asOf}}" }
            let text = try write(template, report)
            #expect(text.split(separator: "\n").count == 12)
            #expect(!text.contains("2026-11-23"))
            #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.isUnseen })
        }
    }
}

import Foundation
import TestSupport
import Testing

@Suite("Report formats")
struct ReportFormatTests {
    @Test(
        "one database gives a report in every format",
        arguments: [
            ("markdown", "# 1 caller in code"), ("html", "<!DOCTYPE html>"), ("json", "{"),
            ("sarif", "{\n  \"$schema\""), ("csv", "id,rule,usage"),
        ])
    func formats(name: String, start: String) async throws {
        try await withTemporaryFolder { folder in
            try write(["poll.py": Fixtures.caller], in: folder)
            let scan = try await BuiltTool.run("scan", "code", ".", "--quiet", in: folder)
            #expect(scan.status == 0)
            let run = try await BuiltTool.run("report", "--format", name, in: folder)
            #expect(run.status == 0)
            #expect(run.output.hasPrefix(start), "\(run.output.prefix(60))")
        }
    }

    @Test("a table can be chosen for a CSV alone")
    func table() async throws {
        try await withTemporaryFolder { folder in
            try write(["poll.py": Fixtures.caller], in: folder)
            _ = try await BuiltTool.run("scan", "code", ".", in: folder)
            let traffic = try await BuiltTool.run(
                "report", "--format", "csv", "--table", "traffic", in: folder)
            #expect(traffic.output.hasPrefix("rule,usage,method,host,caller,"))
            #expect(traffic.output.split(separator: "\r\n").count == 1)
            let wrong = try await BuiltTool.run("report", "--table", "traffic", in: folder)
            #expect(wrong.status == 2)
            #expect(wrong.errors.contains("'--table' belongs to '--format csv'"))
        }
    }

    @Test("a baseline makes new only what it does not have")
    func baseline() async throws {
        try await withTemporaryFolder { folder in
            try write(["a.py": Fixtures.caller], in: folder)
            let first = try await BuiltTool.run(
                "audit", ".", "--format", "json", "-o", "base.json", in: folder)
            #expect(first.status == 0)
            let arguments = ["audit", ".", "--db", "ci.sqlite", "--fail-on", "new"]
            let without = try await BuiltTool.run(arguments, in: folder)
            #expect(without.status == 1)
            let with = try await BuiltTool.run(
                arguments + ["--baseline", "base.json"], in: folder)
            #expect(with.status == 0, "\(with.errors)")
            try write(["b.py": Fixtures.caller], in: folder)
            let more = try await BuiltTool.run(
                arguments + ["--baseline", "base.json"], in: folder)
            #expect(more.status == 1)
            #expect(more.output.contains("1 in code is **new** against the baseline."))
            let wrong = try await BuiltTool.run(
                arguments + ["--baseline", "a.py"], in: folder)
            #expect(wrong.status == 2)
            #expect(wrong.errors.contains("--baseline: 'a.py' is no JSON report"))
        }
    }

    @Test("each owner gets a report of their own, which the next scan passes over")
    func byOwner() async throws {
        try await withTemporaryFolder { folder in
            try write(
                [
                    "a/poll.py": Fixtures.caller, "b/poll.py": Fixtures.caller,
                    "lastcall.yaml": "owners:\n  - {pattern: /a/, owner: \"@team/a\"}\n",
                ], in: folder)
            let arguments = ["audit", ".", "--by-owner", "reports", "-o", "all.md"]
            #expect(try await BuiltTool.run(arguments, in: folder).status == 0)
            let names = try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "reports").path)
            #expect(names.sorted() == ["team-a.md", "unowned.md"])
            let page = try String(
                contentsOf: folder.appending(path: "reports/team-a.md"), encoding: .utf8)
            #expect(page.hasPrefix("# 1 caller in code still to move for `@team/a`"))
            #expect(!page.contains("b/poll.py"))
            let again = try await BuiltTool.run(arguments, in: folder)
            #expect(again.errors.contains("2 callers in code"))
            let json = try await BuiltTool.run("report", "--format", "json", in: folder)
            #expect(!json.output.contains("team-a.md"))
        }
    }

    @Test("a template of one's own is filled; a broken one is told before anything is scanned")
    func template() async throws {
        try await withTemporaryFolder { folder in
            try write(
                [
                    "a.py": Fixtures.caller,
                    "t.md": "{{#callers}}{{path}} {{client}}\n{{/callers}}",
                    "broken.md": "one\n{{#callers}}\n",
                ], in: folder)
            let run = try await BuiltTool.run("audit", "a.py", "--template", "t.md", in: folder)
            #expect(run.status == 0)
            #expect(run.output == "a.py requests\n")
            let broken = try await BuiltTool.run(
                "audit", ".", "--db", "new.sqlite", "--template", "broken.md", in: folder)
            #expect(broken.status == 2)
            #expect(broken.errors.contains("broken.md:"))
            #expect(
                !FileManager.default.fileExists(atPath: folder.appending(path: "new.sqlite").path))
        }
    }
}

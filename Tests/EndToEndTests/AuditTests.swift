import Foundation
import TestSupport
import Testing

@Suite("An audit from end to end")
struct AuditTests {
    /// A report as JSON.
    private func report(
        in folder: URL, _ more: String...
    ) async throws -> [String: any Sendable] {
        let run = try await BuiltTool.run(
            ["report", "--format", "json", "--as-of", "2026-11-25"] + more, in: folder)
        #expect(run.status == 0 || run.status == 3, "\(run.errors)")
        let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
        return try #require(json as? [String: any Sendable])
    }

    private func sites(_ report: [String: any Sendable]) throws -> [[String: any Sendable]] {
        try #require(report["callSites"] as? [[String: any Sendable]])
    }

    private func summary(_ report: [String: any Sendable], _ key: String) throws -> Int {
        let summary = try #require(report["summary"] as? [String: any Sendable])
        return try #require(summary[key] as? Int)
    }

    @Test("code and logs come together in one report, and the report command gives the same bytes")
    func together() async throws {
        try await withTemporaryFolder { folder in
            try write(
                [
                    "src/poll.py": Fixtures.caller, "src/done.py": Fixtures.migrated,
                    "logs/access.log": Fixtures.logLine() + Fixtures.logLine(second: 3),
                ], in: folder)
            let audit = try await BuiltTool.run(
                "audit", "src", "--logs", "logs", "--as-of", "2026-11-25", in: folder)
            #expect(audit.status == 0, "\(audit.errors)")
            #expect(audit.errors.contains("1 caller in code, 2 requests from 1 caller in traffic"))
            let again = try await BuiltTool.run("report", "--as-of", "2026-11-25", in: folder)
            #expect(again.output == audit.output)
            let report = try await report(in: folder)
            #expect(try summary(report, "callers") == 1)
            #expect(try summary(report, "migratedCallers") == 1)
            #expect(try summary(report, "requests") == 2)
            let site = try #require(
                try sites(report).first { $0["usage"] as? String == "deprecated" })
            #expect(site["path"] as? String == "poll.py")
            #expect(site["line"] as? Int == 5)
            #expect(site["kind"] as? String == "call")
            #expect(site["status"] as? String == "new")
        }
    }

    @Test("a call site is new, then open, then resolved, and keeps its id when its line moves")
    func life() async throws {
        try await withTemporaryFolder { folder in
            func scan(_ text: String) async throws -> [[String: any Sendable]] {
                try write(["src/poll.py": text], in: folder)
                let run = try await BuiltTool.run("scan", "code", "src", in: folder)
                #expect(run.status == 0, "\(run.errors)")
                return try sites(try await report(in: folder))
            }
            let first = try await scan(Fixtures.caller)
            #expect(first.map { $0["status"] as? String } == ["new"])
            let moved = try await scan("# A comment.\n\n" + Fixtures.caller)
            #expect(moved.map { $0["status"] as? String } == ["open"])
            #expect(moved.first?["line"] as? Int == 7)
            #expect(moved.first?["id"] as? String == first.first?["id"] as? String)
            let gone = try await scan("print('done')\n")
            #expect(gone.map { $0["status"] as? String } == ["resolved"])
            #expect(try summary(try await report(in: folder), "callers") == 0)
        }
    }

    @Test("a log counts once: grown, renamed, compressed, copied, named twice in one command")
    func once() async throws {
        try await withTemporaryFolder { folder in
            let log = folder.appending(path: "logs/access.log")
            func requests(_ paths: String...) async throws -> Int {
                let run = try await BuiltTool.run(["scan", "logs"] + paths, in: folder)
                #expect(run.status == 0, "\(run.errors)")
                return try summary(try await report(in: folder), "requests")
            }
            var text = (1...20).map { Fixtures.logLine(second: $0) }.joined()
            try write(["logs/access.log": text], in: folder)
            #expect(try await requests("logs", "logs/access.log", "./logs/access.log") == 20)
            text += (21...30).map { Fixtures.logLine(second: $0) }.joined()
            try write(["logs/access.log": text, "copy/other-name.log": text], in: folder)
            #expect(try await requests("logs", "copy") == 30)
            try FileManager.default.moveItem(
                at: log, to: folder.appending(path: "logs/access.log.1"))
            try gzip(folder.appending(path: "logs/access.log.1"))
            try write(["logs/access.log": Fixtures.logLine(second: 40)], in: folder)
            #expect(try await requests("logs") == 31)
        }
    }

    @Test(
        "a log in an archive counts once beside its copies, and a cut archive is status 3 at its byte"
    )
    func archives() async throws {
        try await withTemporaryFolder { folder in
            let text = (1...200).map { Fixtures.logLine(second: $0 % 60) + "# \($0)\n" }.joined()
            let other = Fixtures.logLine(second: 5)
            try write(["in/access.log": text, "in/other/access.log.1": other], in: folder)
            try gzip(folder.appending(path: "in/other/access.log.1"))
            let archive = folder.appending(path: "logs.tar.gz")
            try env("tar", "-czf", archive.path, "-C", folder.path, "in")
            let data = try Data(contentsOf: archive)
            try data.prefix(data.count / 2).write(to: archive)
            let cut = try await BuiltTool.run("scan", "logs", "logs.tar.gz", in: folder)
            #expect(cut.status == 3)
            #expect(cut.errors.contains("at byte \(data.count / 2)"), "\(cut.errors)")
            try data.write(to: archive)
            for paths in [["in", "logs.tar.gz"], ["logs.tar.gz", "in/access.log"]] {
                let run = try await BuiltTool.run(["scan", "logs"] + paths, in: folder)
                #expect(run.status == 0, "\(run.errors)")
                let report = try await report(in: folder)
                #expect(try summary(report, "requests") == 201)
                let sources = try #require(report["sources"] as? [[String: any Sendable]])
                let lines = sources.map { ($0["path"] as? String, $0["lines"] as? Int) }
                #expect(lines.contains { $0.0?.hasSuffix("access.log") == true && $0.1 == 400 })
                let diagnostics = try #require(report["diagnostics"] as? [[String: any Sendable]])
                #expect(diagnostics.allSatisfy { $0["severity"] as? String == "note" })
            }
        }
    }

    private func gzip(_ file: URL) throws { try env("gzip", file.path) }

    private func env(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test(
        "lastcall.yaml spares the retyping: code, logs, gateways, callers, owners, ignored paths, gate"
    )
    func settings() async throws {
        try await withTemporaryFolder { folder in
            let gateway = Fixtures.caller
                .replacing("api.app.wdesk.com", with: "gateway.example.com/wdesk")
            try write(
                [
                    "lastcall.yaml": """
                    code: [services]
                    logs:
                      - path: logs/*.log
                        host: gateway.example.com
                    gateways:
                      - {host: gateway.example.com, pathPrefix: /wdesk}
                    callers:
                      - {name: night job, addresses: [10.0.0.0/8]}
                    owners:
                      - {pattern: /services/, owner: platform}
                      - {pattern: billing/, owner: billing-team}
                    ignore: [attic/]
                    failOn: deprecated
                    """,
                    "services/billing/poll.py": gateway,
                    "services/attic/poll.py": Fixtures.caller,
                    "logs/a.log": Fixtures.logLine(path: "/wdesk/platform/v1/operations/"),
                ], in: folder)
            let run = try await BuiltTool.run("audit", in: folder)
            #expect(run.status == 1, "\(run.errors)")
            let report = try await report(in: folder, "--config", "/dev/null")
            #expect(try sites(report).map { $0["path"] as? String } == ["billing/poll.py"])
            #expect(try sites(report).first?["owner"] is NSNull)
            let owned = try await BuiltTool.run("report", "--format", "json", in: folder)
            #expect(owned.status == 1)
            #expect(owned.output.contains(#""owner" : "billing-team""#), "\(owned.output)")
            #expect(owned.output.contains(#""name" : "night job""#))
            #expect(try summary(report, "requests") == 1)
        }
    }

    @Test("neither the report nor the database that lie in the tree are scanned")
    func ownFiles() async throws {
        try await withTemporaryFolder { folder in
            try write(["poll.py": Fixtures.caller], in: folder)
            for _ in 0..<2 {
                let run = try await BuiltTool.run("audit", ".", "-o", "report.md", in: folder)
                #expect(run.status == 0, "\(run.errors)")
            }
            let paths = try sites(try await report(in: folder)).map { $0["path"] as? String }
            #expect(paths == ["poll.py"])
        }
    }

    @Test("the same input gives the same bytes, whenever and wherever it is scanned")
    func reproducible() async throws {
        var reports: [String] = []
        for _ in 0..<2 {
            try await withTemporaryFolder { folder in
                try write(
                    [
                        "src/a/poll.py": Fixtures.caller, "src/b/poll.py": Fixtures.caller,
                        "src/c/done.py": Fixtures.migrated, "x.log": Fixtures.logLine(),
                    ], in: folder)
                let run = try await BuiltTool.run(
                    "audit", "src", "--logs", "x.log", "--format", "json", in: folder,
                    environment: ["SOURCE_DATE_EPOCH": "1790000000"])
                #expect(run.status == 0, "\(run.errors)")
                reports.append(run.output)
            }
        }
        #expect(reports[0] == reports[1])
        #expect(reports[0].contains(#""generatedAt" : "2026-09-21T14:13:20Z""#))
    }

    @Test("a database of one version of the rules shows what the last run looked for")
    func rules() async throws {
        try await withTemporaryFolder { folder in
            let test = try await BuiltTool.run("rules", "test", in: folder)
            #expect(test.status == 0, "\(test.errors)")
            #expect(test.output.contains("all as expected"))
            let list = try await BuiltTool.run("rules", "list", in: folder)
            #expect(list.output.contains("workiva-get-operation "))
            #expect(list.output.contains("2029-01-31"))
            let yaml = try await BuiltTool.run(
                "rules", "show", "workiva-get-operation", "--yaml", in: folder)
            let own = yaml.output.replacing("id: workiva-", with: "id: own-")
            try write(["own.yaml": own], in: folder)
            let check = try await BuiltTool.run("rules", "check", "own.yaml", in: folder)
            #expect(check.status == 0, "\(check.errors)")
            #expect(check.output.contains("4 rules in 2 files"))
            try write(
                ["own.yaml": own.replacing("kind: indirect", with: "kind: mock")],
                in: folder)
            let failing = try await BuiltTool.run("rules", "test", "own.yaml", in: folder)
            #expect(failing.status == 2)
            #expect(failing.errors.contains("own.yaml:"))
        }
    }
}

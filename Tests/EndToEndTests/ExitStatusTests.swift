import Foundation
import TestSupport
import Testing

@Suite("Exit statuses are the contract's")
struct ExitStatusTests {
    @Test("help and version are answers on standard output, status 0")
    func answers() async throws {
        try await withTemporaryFolder { folder in
            let version = try await BuiltTool.run("--version", in: folder)
            #expect(version.status == 0)
            #expect(version.output.split(separator: ".").count == 3)
            for arguments in [
                ["--help"], ["audit", "--help"], ["scan", "code", "--help"], ["help", "report"], [],
            ] {
                let help = try await BuiltTool.run(arguments, in: folder)
                #expect(help.status == 0, "\(arguments)")
                #expect(help.output.contains("USAGE"), "\(arguments)")
                #expect(help.errors.isEmpty, "\(arguments)")
            }
        }
    }

    @Test(
        "wrong usage is status 2, says why on standard error, and makes no database",
        arguments: [
            (["scna"], "scna"),
            (["audit"], "nothing to audit"),
            (["audit", "missing"], "missing: there is no such file or folder"),
            (["audit", ".", "--fail-on", "depracated"], "did you mean 'deprecated'?"),
            (["audit", ".", "--fail-on", "days"], "a number of days belongs behind the colon"),
            (["audit", ".", "--as-of", "2026-02-30"], "2026-02-30"),
            (["audit", ".", "--quiet", "--verbose"], "exclude each other"),
            (["audit", ".", "-o", "."], "is a folder"),
            (["audit", ".", "-o", "none/report.md"], "there is no folder 'none'"),
            (["audit", ".", "--config", "none.yaml"], "none.yaml"),
            (["audit", ".", "--rules", "none.yaml"], "there is no such file"),
            (["audit", ".", "--no-builtin-rules"], "there is no rule"),
            (["audit", ".", "--format", "pdf"], "pdf"),
            (["scan", "logs", "*.log"], "matches no file"),
            (["scan", "logs", "-", "--log-timezone", "Mars"], "is no time zone"),
            (["scan", "logs", "-", "--log-format", "nonsense"], "nonsense"),
            (["report"], "there is no such database"),
            (["report", "--db", "."], "is a folder"),
            (["rules", "show", "workiva-get-operatoin"], "did you mean 'workiva-get-operation'?"),
        ])
    func usage(arguments: [String], message: String) async throws {
        try await withTemporaryFolder { folder in
            let run = try await BuiltTool.run(arguments, in: folder)
            #expect(run.status == 2, "\(run.errors)")
            #expect(run.errors.contains(message), "\(run.errors)")
            #expect(run.output.isEmpty)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(left.isEmpty)
        }
    }

    @Test("every mistake of rules, settings and arguments is said at once, and nothing is scanned")
    func mistakesAtOnce() async throws {
        try await withTemporaryFolder { folder in
            try write(
                [
                    "lastcall.yaml": "code: [.]\nloggs: [a]\nignor: [b]\n",
                    "bad.yaml": "rules:\n  - id: x\n    tilte: y\n",
                ], in: folder)
            let run = try await BuiltTool.run(
                "audit", "gone", "--rules", "bad.yaml", "--fail-on", "neww", in: folder)
            #expect(run.status == 2)
            for part in [
                "lastcall.yaml:2:1:", "lastcall.yaml:3:1:", "did you mean 'logs'?", "bad.yaml:3:",
                "did you mean 'title'?", "did you mean 'new'?", "gone: there is no such",
            ] {
                #expect(run.errors.contains(part), "\(part) in \(run.errors)")
            }
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/lastcall.sqlite"))
        }
    }

    @Test("a gate that says no is status 1, with the report written all the same")
    func gate() async throws {
        try await withTemporaryFolder { folder in
            try write(["src/poll.py": Fixtures.caller], in: folder)
            let open = try await BuiltTool.run(
                "audit", "src", "--fail-on", "sunset", "--as-of", "2026-11-25", in: folder)
            #expect(open.status == 0)
            let closed = try await BuiltTool.run(
                "audit", "src", "--fail-on", "sunset,deprecated", "--as-of", "2026-11-25",
                "-o", "report.md", in: folder)
            #expect(closed.status == 1)
            #expect(closed.errors.contains("gate:"))
            #expect(closed.errors.contains("1 caller of deprecated endpoints"))
            #expect(FileManager.default.fileExists(atPath: folder.path + "/report.md"))
            let late = try await BuiltTool.run(
                "report", "--fail-on", "sunset", "--as-of", "2029-01-31", in: folder)
            #expect(late.status == 1)
        }
    }

    @Test("input that cannot be read is status 3: named, and the rest is stored")
    func unreadable() async throws {
        try await withTemporaryFolder { folder in
            try write(["logs/good.log": Fixtures.logLine()], in: folder)
            // Not a gzip stream behind its magic bytes.
            try Data([0x1F, 0x8B, 0x08, 0, 0, 0]).write(
                to: folder.appending(path: "logs/cut.log.gz"))
            let run = try await BuiltTool.run("scan", "logs", "logs", in: folder)
            #expect(run.status == 3)
            #expect(run.errors.contains("logs/cut.log.gz"))
            #expect(run.output.contains("1 request"))
            let gate = try await BuiltTool.run("report", "--fail-on", "unreadable", in: folder)
            #expect(gate.status == 1)
        }
    }

    @Test("a database that cannot be used is status 4, and stays as it is")
    func database() async throws {
        try await withTemporaryFolder { folder in
            try write(["src/poll.py": Fixtures.caller, "notes.txt": "my notes"], in: folder)
            let run = try await BuiltTool.run("audit", "src", "--db", "notes.txt", in: folder)
            #expect(run.status == 4)
            #expect(run.errors.contains("notes.txt: is not a SQLite database"))
            let text = try String(contentsOf: folder.appending(path: "notes.txt"), encoding: .utf8)
            #expect(text == "my notes")
        }
    }

    @Test("a result that cannot be written is status 4, and what was there before is whole")
    func fullDisk() async throws {
        try await withTemporaryFolder { folder in
            try write(["src/poll.py": Fixtures.caller], in: folder)
            let run = try await BuiltTool.run("audit", "src", "-o", "/dev/full", in: folder)
            #expect(run.status == 4)
            #expect(run.errors.contains("/dev/full: cannot be written"))
            let again = try await BuiltTool.run("report", in: folder)
            #expect(again.status == 0)
        }
    }
}

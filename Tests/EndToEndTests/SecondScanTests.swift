import Foundation
import TestSupport
import Testing

@Suite("A second scan of a tree")
struct SecondScanTests {
    private static let texts = [
        Fixtures.caller, Fixtures.migrated,
        """
        BASE = "https://api.app.wdesk.com"
        OLD = "https://other.example.com"
        OPERATIONS_PATH = "/platform/v1/operations/"

        """,
        """
        import requests
        from config import BASE, OPERATIONS_PATH

        def poll(operation_id):
            return requests.get(BASE + OPERATIONS_PATH + operation_id, headers={"X-Version": "2022-01-01"})

        """,
        """
        from config import OLD as BASE
        import requests

        def follow(reply):
            # lastcall:ignore workiva-get-operation until=2028-01-01 reason="later"
            return requests.get(reply.headers["Location"])

        """,
        "def unrelated():\n    return 1\n",
        "# Notes\n\nSee https://api.app.wdesk.com/platform/v1/operations/77.\n",
        "OPERATIONS_URL=https://api.eu.wdesk.com/platform/v1/operations/\n",
    ]
    private static let names = [
        "config.py", "poll.py", "lib/config.py", "lib/follow.py", "lib/poll.py", "README.md",
        ".env", "a.py", "b/c.py", "b/d.py",
    ]

    /// The call sites of a report without what depends on earlier runs, and its diagnostics.
    private func findings(in folder: URL, database: String) async throws -> [String] {
        let scan = try await BuiltTool.run(
            "scan", "code", "tree", "--db", database, "--verbose", in: folder)
        #expect(scan.status == 0, "\(scan.errors)")
        let run = try await BuiltTool.run(
            "report", "--format", "json", "--db", database, "--as-of", "2026-11-25", in: folder)
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let sites = try #require(report["callSites"] as? [[String: Any]])
        let diagnostics = try #require(report["diagnostics"] as? [[String: Any]])
        let there = sites.filter { $0["status"] as? String != "resolved" }.map { site in
            var site = site
            if site["status"] as? String != "suppressed" { site["status"] = nil }
            return site
        }
        return try (there + diagnostics).map {
            String(
                decoding: try JSONSerialization.data(withJSONObject: $0, options: .sortedKeys),
                as: UTF8.self)
        }
    }

    @Test("finds what a first scan finds, after any edits", arguments: [1, 2, 3] as [UInt64])
    func edits(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            var random = SeededGenerator(seed: seed)
            for name in Self.names {
                try write(
                    ["tree/" + name: Self.texts.randomElement(using: &random) ?? ""], in: folder)
            }
            // What has just been written is read again the next time; this is not.
            try await Task.sleep(for: .seconds(3))
            for round in 0..<12 {
                let warm = try await findings(in: folder, database: "warm.sqlite")
                let cold = try await findings(in: folder, database: "cold\(round).sqlite")
                #expect(warm == cold, "round \(round)")
                for _ in 0..<Int.random(in: 0...2, using: &random) {
                    let name = Self.names.randomElement(using: &random) ?? ""
                    let file = folder.appending(path: "tree/" + name)
                    switch Int.random(in: 0..<5, using: &random) {
                    case 0: try? FileManager.default.removeItem(at: file)
                    case 1:
                        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
                        try write(["tree/" + name: "# A line above.\n" + text], in: folder)
                    default:
                        try write(
                            ["tree/" + name: Self.texts.randomElement(using: &random) ?? ""],
                            in: folder)
                    }
                }
            }
        }
    }

    @Test("reads no file that is as it was, and analyses nothing where nothing has changed")
    func unchanged() async throws {
        try await withTemporaryFolder { folder in
            try write(
                ["tree/poll.py": Fixtures.caller, "tree/notes.txt": "nothing\n"], in: folder)
            try await Task.sleep(for: .seconds(3))
            func scan() async throws -> String {
                try await BuiltTool.run("scan", "code", "tree", "--verbose", in: folder).errors
            }
            #expect(try await scan().contains("tree: 2 files read, 1 analysed\n"))
            let kept = "2 unchanged since the last scan, whose analysis stands"
            #expect(try await scan().contains(kept))
            try write(["tree/notes.txt": "something\n"], in: folder)
            #expect(
                try await scan().contains("1 unchanged since the last scan, whose analysis stands"))
            try write(["tree/poll.py": Fixtures.caller + "\n"], in: folder)
            let changed = try await scan()
            #expect(changed.contains("tree: 2 files read, 1 analysed"), "\(changed)")
            #expect(!changed.contains("analysis stands"), "\(changed)")
            // Other rules: all anew.
            let rules = BuiltTool.project.appending(path: "rules/workiva-operations.yaml")
            let text = try String(contentsOf: rules, encoding: .utf8)
            try write(["rules.yaml": text + "# Another file.\n"], in: folder)
            let other = try await BuiltTool.run(
                "scan", "code", "tree", "--verbose", "--no-builtin-rules", "--rules", "rules.yaml",
                in: folder)
            #expect(other.errors.contains("tree: 2 files read, 1 analysed\n"), "\(other.errors)")
        }
    }
}

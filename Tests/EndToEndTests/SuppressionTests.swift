import Foundation
import TestSupport
import Testing

@Suite("Call sites that people leave until a day")
struct SuppressionTests {
    /// The status of each caller by its path, as the JSON report has it.
    private func statuses(in folder: URL, asOf day: String) async throws -> [String: String] {
        let run = try await BuiltTool.run(
            "report", "--format", "json", "--as-of", day, in: folder)
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let sites = try #require(report["callSites"] as? [[String: Any]])
        return Dictionary(
            uniqueKeysWithValues: sites.map {
                ($0["path"] as? String ?? "", $0["status"] as? String ?? "")
            })
    }

    private func commented(until day: String) -> String {
        Fixtures.caller.replacing(
            "    return requests",
            with:
                "    # lastcall:ignore workiva-get-operation until=\(day) reason=\"next spring\"\n"
                + "    return requests")
    }

    @Test("a comment opens the gate until its day, and the report shows the call all the same")
    func comment() async throws {
        try await withTemporaryFolder { folder in
            try write(["src/poll.py": commented(until: "2027-03-01")], in: folder)
            let before = try await BuiltTool.run(
                "audit", "src", "--fail-on", "deprecated", "--as-of", "2027-03-01", in: folder)
            #expect(before.status == 0, "\(before.errors)")
            #expect(before.output.contains("next spring"))
            #expect(try await statuses(in: folder, asOf: "2027-03-01") == ["poll.py": "suppressed"])
            let after = try await BuiltTool.run(
                "report", "--fail-on", "deprecated", "--as-of", "2027-03-02", in: folder)
            #expect(after.status == 1)
            #expect(after.output.contains("has run out on 2027-03-01"))
            #expect(try await statuses(in: folder, asOf: "2027-03-02") == ["poll.py": "new"])
        }
    }

    @Test("the settings leave the files that they name, and an entry that fits nothing is said")
    func settings() async throws {
        try await withTemporaryFolder { folder in
            try write(
                [
                    "src/old/poll.py": Fixtures.caller, "src/poll.py": Fixtures.caller,
                    "lastcall.yaml": """
                    code: [src]
                    suppressions:
                      - rule: workiva-get-operation
                        path: /src/old/
                        until: 2027-03-01
                        reason: is replaced
                      - {rule: workiva-get-operation, path: nowhere/, until: 2027-03-01, reason: gone}

                    """,
                ], in: folder)
            let run = try await BuiltTool.run(
                "audit", "--fail-on", "deprecated", "--as-of", "2026-11-25", in: folder)
            #expect(run.status == 1)
            #expect(run.errors.contains("no call site of 'workiva-get-operation' is at 'nowhere/'"))
            #expect(
                try await statuses(in: folder, asOf: "2026-11-25")
                    == ["old/poll.py": "suppressed", "poll.py": "new"])
        }
    }

    @Test(
        "settings that name no rule, or go on after the sunset, are refused before anything is scanned"
    )
    func mistakes() async throws {
        try await withTemporaryFolder { folder in
            try write(
                [
                    "src/poll.py": Fixtures.caller,
                    "lastcall.yaml": """
                    code: [src]
                    suppressions:
                      - {rule: workiva-get-operatoin, path: a, until: 2027-03-01, reason: r}
                      - {rule: workiva-get-operation, path: b, until: 2029-02-01, reason: r}

                    """,
                ], in: folder)
            let run = try await BuiltTool.run("audit", in: folder)
            #expect(run.status == 2)
            #expect(run.errors.contains("did you mean 'workiva-get-operation'?"))
            #expect(run.errors.contains("after the endpoint itself on 2029-01-31"))
        }
    }
}

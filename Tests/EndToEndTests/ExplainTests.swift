import Foundation
import TestSupport
import Testing

@Suite("lastcall explain")
struct ExplainTests {
    @Test(
        "says the steps to a call site with their places, by id, by the beginning of one, and by place"
    )
    func steps() async throws {
        try await withTemporaryFolder { folder in
            try write(
                [
                    "src/config.py": "BASE = \"https://api.app.wdesk.com/platform/v1\"\n",
                    "src/poll.py": """
                    import requests
                    from config import BASE

                    def poll(operation_id):
                    \treturn requests.get(f"{BASE}/operations/{operation_id}")

                    """,
                ], in: folder)
            let scan = try await BuiltTool.run("scan", "code", "src", in: folder)
            let id = try #require(
                scan.output.split(separator: "\n").first?.split(separator: " ").last)
            let run = try await BuiltTool.run("explain", String(id), in: folder)
            #expect(run.status == 0, "\(run.errors)")
            for line in [
                "src/poll.py:5:", "config.py:1", "value of BASE",
                "confidence  high: api.app.wdesk.com is a host of the provider",
                "> 5      return requests.get(", "version     implicit",
            ] {
                #expect(run.output.contains(line), "\(line) in \(run.output)")
            }
            for name in [String(id.prefix(8)), "src/poll.py:5"] {
                #expect(try await BuiltTool.run("explain", name, in: folder).output == run.output)
            }
        }
    }

    @Test("an id that there is not is wrong usage")
    func unknown() async throws {
        try await withTemporaryFolder { folder in
            try write(["src/poll.py": Fixtures.caller], in: folder)
            _ = try await BuiltTool.run("scan", "code", "src", in: folder)
            let run = try await BuiltTool.run("explain", "LC-0000zzzz", in: folder)
            #expect(run.status == 2)
            #expect(run.errors.contains("there is no call site 'LC-0000zzzz'"))
            #expect(run.output == "")
        }
    }
}

import ByteScan
import Deprecations
import Testing

@testable import SourceScan

@Suite("Comments that ask for a call site to be left")
struct IgnoreCommentTests {
    private static let words =
        #"lastcall:ignore get-operation until=2027-03-01 reason="moves in March""#

    /// The sites of some files with the lines of those that are left, and what was said.
    private func scan(
        _ files: [String: String]
    ) async throws -> (left: [String], others: [String], said: [Diagnostic]) {
        let findings = try await CodeCase.findings(in: files.mapValues { Array($0.utf8) })
        let place = { (site: CallSite) in "\(site.path):\(site.line)" }
        let sites = findings.callSites.filter(\.kind.isCaller)
        return (
            sites.filter { $0.suppression != nil }.map(place),
            sites.filter { $0.suppression == nil }.map(place), findings.diagnostics
        )
    }

    static let left: [(String, String, Int)] = [
        (
            "a.py",
            """
            import requests
            def probe(ident):
                # WORDS
                return requests.get(
                    f"https://api.app.wdesk.com/platform/v1/operations/{ident}")
            """, 5
        ),
        (
            "a.py",
            """
            import requests
            def probe(ident):
                return requests.get(f"https://api.app.wdesk.com/platform/v1/operations/{ident}")  # WORDS
            """, 3
        ),
        (
            "a.ts",
            """
            /* WORDS */
            export const probe = (id: string) => fetch(`https://api.app.wdesk.com/platform/v1/operations/${id}`);
            """, 2
        ),
        (
            "A.java",
            """
            class A {
                String probe(String id) throws Exception {
                    // WORDS
                    // A second comment in between.
                    HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://api.app.wdesk.com/platform/v1/operations/" + id)).build();
                    return client.send(request, BodyHandlers.ofString()).body();
                }
            }
            """, 6
        ),
        (
            "a.sh",
            """
            #!/bin/sh
            # WORDS
            curl -s "https://api.app.wdesk.com/platform/v1/operations/$1"
            """, 3
        ),
        (
            "a.sql",
            """
            -- WORDS
            SELECT http_get('https://api.app.wdesk.com/platform/v1/operations/' || id) FROM jobs;
            """, 2
        ),
        (
            "a.lua",
            """
            local http = require("socket.http")
            -- WORDS
            local body = http.request("https://api.app.wdesk.com/platform/v1/operations/" .. id)
            """, 3
        ),
    ]

    @Test(
        "the call on its line or below it is left, in every language's comments", arguments: left)
    func shapes(path: String, text: String, line: Int) async throws {
        let text = text.replacing("WORDS", with: Self.words)
        let (left, others, said) = try await scan([path: text])
        #expect(left == ["\(path):\(line)"])
        #expect(others == [])
        #expect(said == [])
    }

    @Test("the words in a string, behind other words or in another comment leave nothing")
    func otherPlaces() async throws {
        let (left, others, said) = try await scan([
            "a.py": """
            import requests
            NOTE = '# \(Self.words)'
            def probe(ident):
                # To do: \(Self.words)
                return requests.get(f"https://api.app.wdesk.com/platform/v1/operations/{ident}")
            """
        ])
        #expect(left == [])
        #expect(others == ["a.py:5"])
        #expect(said == [])
    }

    @Test("one call of several is left alone")
    func oneOfSeveral() async throws {
        let (left, others, _) = try await scan([
            "a.py": """
            import requests
            def probe(ident):
                requests.get(f"https://api.app.wdesk.com/platform/v1/operations/{ident}")
                # \(Self.words)
                requests.get(f"https://api.app.wdesk.com/platform/v1/operations/{ident}")
                requests.get(f"https://api.app.wdesk.com/platform/v1/operations/{ident}")
            """
        ])
        #expect(left == ["a.py:5"])
        #expect(others == ["a.py:3", "a.py:6"])
    }

    static let refused: [(String, String)] = [
        ("lastcall:ignore", "it names no rule"),
        ("lastcall:ignore get-operation reason=\"x\"", "it has no day to end on"),
        ("lastcall:ignore get-operation until=2027-03-01", "it gives no reason"),
        ("lastcall:ignore get-operation until=soon reason=\"x\"", "'soon' is no day"),
        ("lastcall:ignore get-operation until=2027-02-30 reason=\"x\"", "is no day"),
        (
            "lastcall:ignore get-operation until=2029-02-01 reason=\"x\"",
            "after the endpoint itself on 2029-01-31"
        ),
        (
            "lastcall:ignore get-operations until=2027-03-01 reason=\"x\"",
            "no rule of this run is called 'get-operations'"
        ),
        ("lastcall:ignore get-operation till=2027-03-01", "there is no 'till='"),
        ("lastcall:ignore get-operation until=2027-03-01 reason=\"x", "do not end"),
        ("lastcall:ignore get-operation other until=2027-03-01 reason=\"x\"", "too many"),
    ]

    @Test(
        "a comment that cannot be obeyed is said with its line, and the call counts",
        arguments: refused)
    func mistakes(comment: String, expected: String) async throws {
        let (left, others, said) = try await scan([
            "a.py": """
            import requests
            # \(comment)
            requests.get("https://api.app.wdesk.com/platform/v1/operations/77")
            """
        ])
        #expect(left == [])
        #expect(others == ["a.py:3"])
        #expect(said.map(\.line) == [2])
        #expect(said.first?.message.contains(expected) ?? false, "\(said)")
    }

    @Test("a comment with nothing to leave is said, also in a file that has nothing else of a rule")
    func unused() async throws {
        let (_, _, said) = try await scan([
            "old.py": "# \(Self.words)\nprint('moved')\n"
        ])
        #expect(said.map(\.path) == ["old.py"])
        #expect(said.first?.message.contains("there is no call site") ?? false)
    }
}

import Foundation
import TestSupport
import Testing

@Suite("The sample company")
struct SamplesTests {
    /// The audit of `samples/`, on a fixed day.
    private func audit(format: String) async throws -> String {
        try await withTemporaryFolder { folder in
            let database = folder.appending(path: "samples.sqlite").path
            let run = try await BuiltTool.run(
                "audit", "--config", "samples/lastcall.yaml", "--db", database, "--format", format,
                "--as-of", "2026-11-25", in: BuiltTool.project,
                environment: ["SOURCE_DATE_EPOCH": "1795600000"])
            #expect(run.status == 0, "\(run.errors)")
            return run.output
        }
    }

    @Test("samples/report.md is what the audit of the samples writes")
    func report() async throws {
        let written = try await audit(format: "markdown")
        let file = BuiltTool.project.appending(path: "samples/report.md")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(written.utf8).write(to: file)
        }
        let golden = try String(contentsOf: file, encoding: .utf8)
        let lines = (written.split(separator: "\n"), golden.split(separator: "\n"))
        for (new, old) in zip(lines.0, lines.1) where new != old {
            Issue.record("'\(new)' is not '\(old)'; UPDATE_GOLDEN=1 writes the file anew")
            return
        }
        #expect(written == golden, "UPDATE_GOLDEN=1 swift test writes the file anew")
    }

    @Test("every caller of the truth table is found as it says, and nothing else is")
    func callers() async throws {
        let table = try Table(titled: "## Code: callers")
        let report = try await Report(audit(format: "json"))
        var expected: [String: [String]] = [:]
        for row in table.rows { expected["\(row["file"])…\(row["line"])"] = Self.facts(of: row) }
        var found: [String: [String]] = [:]
        for site in report.sites where Self.callerKinds.contains(site.text("kind")) {
            found["\(site.text("path"))…\(site.text("line"))"] = Self.facts(of: site)
        }
        #expect(table.rows.count > 10)
        for key in Set(expected.keys).union(found.keys).sorted() {
            #expect(found[key] == expected[key], "\(key)")
        }
    }

    @Test("every reference of the truth table is found, and nothing else is")
    func references() async throws {
        let table = try Table(titled: "## Code: references")
        let report = try await Report(audit(format: "json"))
        let expected = table.rows.map { "\($0["file"])…\($0["line"])…\($0["kind"])" }
        let found = report.sites.filter { !Self.callerKinds.contains($0.text("kind")) }
            .map { "\($0.text("path"))…\($0.text("line"))…\($0.text("kind"))" }
        #expect(!expected.isEmpty)
        #expect(found.sorted() == expected.sorted())
    }

    @Test("the lines of every log add up as the truth table says")
    func logs() async throws {
        let table = try Table(titled: "## Logs")
        let report = try await Report(audit(format: "json"))
        let columns = ["format", "lines", "matched", "other", "blank", "malformed"]
        var found: [String: [String]] = [:]
        for source in report.entries("sources") where source.text("kind") == "log" {
            let path = source.text("path").replacing("samples/logs/", with: "")
            found[path] = columns.map { source.text($0) }
        }
        let expected = Dictionary(
            uniqueKeysWithValues: table.rows.map { row in (row["log"], columns.map { row[$0] }) })
        #expect(expected.count > 4)
        #expect(found == expected)
    }

    @Test("the traffic of every caller is counted as the truth table says")
    func traffic() async throws {
        let table = try Table(titled: "## Logs", number: 2)
        let report = try await Report(audit(format: "json"))
        let expected = table.rows.map { row in
            let who = row["who"] == "(no name)" ? "–" : row["who"]
            return [
                row["usage"], who, row["address"], row["user agent"], row["version"],
                row["requests"], row["operations"], row["polled"], row["pace"],
            ].joined(separator: " | ")
        }
        let found = report.entries("traffic").map { entry in
            [
                entry.text("usage"), entry.text("caller", "name"), entry.text("caller", "address"),
                entry.text("caller", "userAgent"), entry.text("apiVersion", "class"),
                entry.text("requests"), entry.text("operations"),
                entry.text("polling", "operationsPolled"), entry.text("polling", "verdict"),
            ].joined(separator: " | ")
        }
        #expect(expected.count > 4)
        #expect(found.sorted() == expected.sorted())
    }

    private static let callerKinds: Set = ["call", "sdk-call", "indirect"]

    private static func facts(of row: Table.Row) -> [String] {
        let version = row["version header"].split(separator: " ").map {
            $0.trimmingCharacters(in: [","])
        }
        let isDynamic = version.first == "dynamic"
        let value = version.count > 1 ? version[1] : "–"
        let polling = row["polling"].split(separator: ", ")
        return [
            row["sent in"], row["kind"], row["usage"], row["language"], row["client"], row["role"],
            version.first ?? "", isDynamic && value == "–" ? "–" : value,
            polling.first == "loop" ? "true" : "false",
            polling.count > 1 ? String(polling[1]) : "not-applicable",
        ]
    }

    private static func facts(of site: Report.Entry) -> [String] {
        [
            site.text("callLine"), site.text("kind"), site.text("usage"), site.text("language"),
            site.text("client"), site.text("role"), site.text("apiVersion", "class"),
            site.text("apiVersion", "value"), site.text("polling", "inLoop"),
            site.text("polling", "retryAfter"),
        ]
    }
}

/// A table of `samples/README.md`.
private struct Table {
    struct Row {
        var cells: [String: String]
        subscript(column: String) -> String { cells[column] ?? "" }
    }

    var rows: [Row] = []

    /// A table below a heading, the first where nothing else is said. The first word of a head cell names its column, the marks of code are left out.
    init(titled heading: String, number: Int = 1) throws {
        let page = try String(
            contentsOf: BuiltTool.project.appending(path: "samples/README.md"), encoding: .utf8)
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0 == heading })
        var rest = lines[start...].drop { !$0.hasPrefix("|") }
        for _ in 1..<number {
            rest = rest.drop { $0.hasPrefix("|") }.drop { !$0.hasPrefix("|") }
        }
        let table = rest.prefix { $0.hasPrefix("|") }
        func cells(_ line: Substring) -> [String] {
            line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.replacing("`", with: "").trimmingCharacters(in: .whitespaces) }
        }
        let heads = cells(try #require(table.first)).map { $0.hasPrefix("file") ? "file" : $0 }
        for line in table.dropFirst(2) {
            rows.append(
                Row(cells: Dictionary(zip(heads, cells(line)), uniquingKeysWith: { $1 })))
        }
    }
}

/// A report as JSON.
private struct Report {
    struct Entry {
        var fields: [String: any Sendable]

        /// A field as text; `–` for null.
        func text(_ keys: String...) -> String {
            var value: (any Sendable)? = fields
            for key in keys { value = (value as? [String: any Sendable])?[key] }
            switch value {
            case let text as String: return text
            case let flag as Bool:
                return keys.last == "inLoop" ? "\(flag)" : "\(value as? Int ?? 0)"
            case let number as Int: return "\(number)"
            default: return "–"
            }
        }
    }

    private let root: [String: any Sendable]

    init(_ text: String) throws {
        let json = try JSONSerialization.jsonObject(with: Data(text.utf8))
        root = try #require(json as? [String: any Sendable])
    }

    func entries(_ key: String) -> [Entry] {
        (root[key] as? [[String: any Sendable]] ?? []).map(Entry.init)
    }

    var sites: [Entry] { entries("callSites") }
}

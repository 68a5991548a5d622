import Foundation
import TestSupport
import Testing

@Suite("The documents agree with the program")
struct DocumentationTests {
    private static let commands = [
        ["audit"], ["scan", "code"], ["scan", "logs"], ["report"], ["rules", "list"],
        ["rules", "show"], ["rules", "check"], ["rules", "test"], ["verify"], ["stand-in"],
        ["log-format", "list"], ["log-format", "detect"], ["log-format", "check"],
    ]

    @Test("docs/cli.md has every command and option that --help has, and no other")
    func commandLine() async throws {
        let page = try String(
            contentsOf: BuiltTool.project.appending(path: "docs/cli.md"), encoding: .utf8)
        let option = /--[a-z][a-z-]+/
        var known: Set<String> = []
        try await withTemporaryFolder { folder in
            for command in Self.commands {
                #expect(page.contains("`lastcall \(command.joined(separator: " "))"), "\(command)")
                let help = try await BuiltTool.run(command + ["--help"], in: folder)
                // Where a line begins an option's entry.
                for line in help.output.split(separator: "\n") where line.hasPrefix("  -") {
                    let entry = line.split(separator: "  ").first ?? ""
                    for match in entry.matches(of: option) { known.insert(String(match.output)) }
                }
            }
        }
        let documented = Set(page.matches(of: option).map { String($0.output) })
        #expect(documented == known)
    }

    @Test("every link between the documents leads somewhere")
    func links() throws {
        let pages =
            ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "samples/README.md"]
            + (try FileManager.default.contentsOfDirectory(
                atPath: BuiltTool.project.appending(path: "docs").path
            )
            .filter { $0.hasSuffix(".md") }.map { "docs/\($0)" })
        let link = /\]\(([^)#\s]+)[^)]*\)/
        for page in pages {
            let file = BuiltTool.project.appending(path: page)
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: link) {
                let target = String(match.output.1)
                if target.contains("://") { continue }
                let place = file.deletingLastPathComponent().appending(path: target)
                #expect(
                    FileManager.default.fileExists(atPath: place.standardizedFileURL.path),
                    "\(page): \(target)")
            }
        }
    }
}

import AccessLogs
import Deprecations
import FileWalk
import Foundation
import TestSupport
import Testing

@testable import Audit

@Suite("What a run reads")
struct InputTests {
    private func write(_ paths: [String], in folder: URL) throws {
        for path in paths {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("x\n".utf8).write(to: file)
        }
    }

    @Test(
        "folders give all their files, numbers in order, hidden ones apart; globs what they match")
    func expansion() async throws {
        try await withTemporaryFolder { folder in
            try write(
                [
                    "logs/access.log", "logs/access.log.2.gz", "logs/access.log.10.gz",
                    "logs/access.log.1", "logs/.hidden", "logs/web/b.log", "logs/web/deep/c.log",
                    "other/d.txt",
                ], in: folder)
            let root = folder.path
            func paths(_ named: String) -> [String] {
                var expansion = LogExpansion()
                #expect(expansion.add("\(root)/\(named)", options: LogReadingOptions()) == nil)
                return expansion.logs.map { String($0.path.dropFirst(root.count + 1)) }
            }
            #expect(
                paths("logs") == [
                    "logs/access.log", "logs/access.log.1", "logs/access.log.2.gz",
                    "logs/access.log.10.gz", "logs/web/b.log", "logs/web/deep/c.log",
                ])
            #expect(paths("logs/*.log") == ["logs/access.log"])
            #expect(
                paths("logs/**/*.log") == [
                    "logs/access.log", "logs/web/b.log", "logs/web/deep/c.log",
                ])
            #expect(
                paths("logs/access.log.[0-9]*") == [
                    "logs/access.log.1", "logs/access.log.2.gz", "logs/access.log.10.gz",
                ])
            #expect(paths("*/d.txt") == ["other/d.txt"])
        }
    }

    @Test("one file is read once, whatever it is called, and a link to it is no second log")
    func deduplication() async throws {
        try await withTemporaryFolder { folder in
            try write(["logs/a.log"], in: folder)
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/logs/current.log", withDestinationPath: "a.log")
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/mirror", withDestinationPath: "logs")
            var expansion = LogExpansion()
            for name in [
                "logs/a.log", "logs", "mirror", "logs/../logs/*.log", "mirror/current.log",
            ] {
                #expect(
                    expansion.add("\(folder.path)/\(name)", options: LogReadingOptions()) == nil)
            }
            #expect(expansion.logs.map(\.path) == ["\(folder.path)/logs/a.log"])
        }
    }

    @Test("what is not there is said, with the reason")
    func missing() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(
                atPath: folder.path + "/empty", withIntermediateDirectories: true)
            var expansion = LogExpansion()
            let options = LogReadingOptions()
            #expect(
                expansion.add(folder.path + "/no.log", options: options) == "there is no such log")
            #expect(
                expansion.add(folder.path + "/empty", options: options)
                    == "the folder has no file to read")
            #expect(
                expansion.add(folder.path + "/empty/*.log", options: options)
                    == "the pattern matches no file")
            #expect(
                expansion.add(folder.path + "/none/*.log", options: options)?
                    .contains("there is no folder") == true)
        }
    }

    @Test(
        "a pattern of owners names a file, or the folder that it is in",
        arguments: [
            ("*", "a/b.py", true), ("*.py", "a/b.py", true), ("*.py", "a/b.rb", false),
            ("/a/", "a/b.py", true), ("/a/", "x/a/b.py", false), ("a/", "x/a/b.py", true),
            ("a/*", "a/b.py", true), ("a/**", "a/c/b.py", true), ("/a", "a/b/c", true),
            ("docs/*.md", "docs/x.md", true), ("docs/*.md", "docs/y/x.md", false),
            ("**/tests", "x/tests/y.py", true), ("b.py", "a/b.py", true), ("!a", "a", false),
        ])
    func ownerPattern(pattern: String, path: String, fits: Bool) {
        #expect(PathPattern(pattern).matches(path) == fits)
    }

    @Test(
        "every file of a coverage ledger is in its folder, and skipped ones are counted by reason")
    func ledger() {
        var ledger = CoverageLedger()
        ledger.note("a.py", .analysed)
        ledger.note("src/b.py", .searched)
        ledger.note("src/c.py", .searched)
        ledger.note([
            SkippedPath(path: "src/out", isFolder: true, reason: .ignored),
            SkippedPath(path: "link", isFolder: false, reason: .link),
            SkippedPath(path: "", isFolder: true, reason: .unreadable(13)),
        ])
        #expect(ledger.filesRead == 3)
        #expect(ledger.skipped == [.ignored: 1, .link: 1, .unreadable: 1])
        #expect(
            ledger.entries == [
                FolderCoverage(folder: "", outcome: .analysed, names: ["a.py"]),
                FolderCoverage(folder: "", outcome: .skipped(.unreadable), names: ["./"]),
                FolderCoverage(folder: "", outcome: .skipped(.link), names: ["link"]),
                FolderCoverage(folder: "src", outcome: .searched, names: ["b.py", "c.py"]),
                FolderCoverage(folder: "src", outcome: .skipped(.ignored), names: ["out/"]),
            ])
    }
}

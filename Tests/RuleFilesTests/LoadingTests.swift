import Deprecations
import Foundation
@testable import RuleFiles
import TestSupport
import Testing

@Suite("Rule files and folders")
struct LoadingTests {
    private func mistakes(_ paths: [URL], in folder: URL) -> [String] {
        do throws(RuleFileErrors) {
            _ = try RuleFiles.load(paths: paths.map(\.path))
            return []
        } catch {
            return error.mistakes.map {
                $0.description.replacing(folder.path + "/", with: "").replacing(
                    folder.path, with: ".")
            }
        }
    }

    private func write(_ text: String, _ name: String, in folder: URL) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    private static let other = SampleRule.text.replacing("id: acme-get-job", with: "id: other")

    @Test("a folder gives its *.yaml and *.yml files, in order of their names, and nothing else")
    func folder() async throws {
        try await withTemporaryFolder { folder in
            try write(SampleRule.text, "b.yaml", in: folder)
            try write(Self.other, "a.yml", in: folder)
            try write("nonsense: [", "notes.txt", in: folder)
            let files = try RuleFiles.load(paths: [folder.path])
            #expect(files.flatMap(\.rules).map(\.id) == ["other", "acme-get-job"])
            #expect(files.map { $0.path.split(separator: "/").last } == ["a.yml", "b.yaml"])
            #expect(files.last?.text == SampleRule.text)
        }
    }

    @Test("a link to a folder is a folder, a link to a file is that file")
    func links() async throws {
        try await withTemporaryFolder { folder in
            let real = folder.appending(path: "real", directoryHint: .isDirectory)
            try FileManager.default.createDirectory(at: real, withIntermediateDirectories: true)
            try write(SampleRule.text, "a.yaml", in: real)
            let link = folder.appending(path: "link").path
            let fileLink = folder.appending(path: "b.yaml").path
            try FileManager.default.createSymbolicLink(
                atPath: link, withDestinationPath: real.path)
            try FileManager.default.createSymbolicLink(
                atPath: fileLink, withDestinationPath: "real/a.yaml")
            #expect(try RuleFiles.load(paths: [link]).map(\.path) == [link + "/a.yaml"])
            #expect(try RuleFiles.load(paths: [fileLink]).map(\.path) == [fileLink])
            #expect(try RuleFiles.load(paths: [link, fileLink, real.path]).count == 1)
        }
    }

    @Test("a file that is named twice, directly and by its folder, is read once")
    func namedTwice() async throws {
        try await withTemporaryFolder { folder in
            try write(SampleRule.text, "a.yaml", in: folder)
            let paths = [folder.path, folder.path + "/a.yaml", folder.path + "/./a.yaml"]
            #expect(try RuleFiles.load(paths: paths).count == 1)
        }
    }

    @Test("mistakes of all files are told at once, by file and place")
    func allFiles() async throws {
        try await withTemporaryFolder { folder in
            try write(SampleRule.with(("method: POST", "method: POTS")), "b.yaml", in: folder)
            try write(
                SampleRule.with(("id: acme-get-job", "id: A"), ("day: 2027-02-01", "day: x")),
                "a.yaml", in: folder)
            try Data([0x72, 0xFF, 0xFE]).write(to: folder.appending(path: "c.yaml"))
            let paths = [folder, folder.appending(path: "gone.yaml")]
            #expect(
                mistakes(paths, in: folder) == [
                    "a.yaml:2:9: 'A' is no rule id: lower-case words joined by hyphens",
                    "a.yaml:22:23: 'x' is no day of the calendar (YYYY-MM-DD)",
                    "b.yaml:36:18: 'POTS' is no HTTP method; did you mean 'POST'?",
                    "c.yaml: the file is not UTF-8 text; save it as UTF-8",
                    "gone.yaml: there is no such file",
                ])
        }
    }

    @Test("an id that stands in two files is told with both places, also where one has mistakes")
    func repeatedID() async throws {
        try await withTemporaryFolder { folder in
            try write(SampleRule.text, "a.yaml", in: folder)
            try write(SampleRule.with(("day: 2027-02-01", "day: x")), "b.yaml", in: folder)
            #expect(
                mistakes([folder], in: folder) == [
                    "b.yaml:2:9: the rule 'acme-get-job' stands in a.yaml:2 too; rename one of them",
                    "b.yaml:22:23: 'x' is no day of the calendar (YYYY-MM-DD)",
                ])
        }
    }

    @Test("files that were read apart are checked together")
    func checkTogether() throws {
        let one = try RuleFiles.parse(SampleRule.text, file: "one")
        let two = try RuleFiles.parse(SampleRule.text, file: "two")
        try RuleFiles.checkTogether([one])
        #expect(
            throws: RuleFileErrors([
                .init(
                    file: "two", line: 2, column: 9,
                    text: "the rule 'acme-get-job' stands in one:2 too; rename one of them")
            ])
        ) { try RuleFiles.checkTogether([one, two]) }
    }

    @Test("a folder without rule files is a mistake")
    func emptyFolder() async throws {
        try await withTemporaryFolder { folder in
            #expect(
                mistakes([folder], in: folder) == [".: the folder has no *.yaml or *.yml file"])
        }
    }

    @Test("a file larger than 1 MiB is told, whatever else is in it")
    func tooLarge() async throws {
        try await withTemporaryFolder { folder in
            let bytes = Data(repeating: 0xFF, count: 3 << 20)
            try bytes.write(to: folder.appending(path: "a.yaml"))
            #expect(
                mistakes([folder], in: folder) == [
                    "a.yaml: larger than 1 MiB; split it into several files"
                ])
        }
    }

    @Test("text in UTF-16 is no UTF-8")
    func wideText() async throws {
        try await withTemporaryFolder { folder in
            try #require(SampleRule.text.data(using: .utf16))
                .write(to: folder.appending(path: "a.yaml"))
            #expect(
                mistakes([folder], in: folder) == [
                    "a.yaml: the file is not UTF-8 text; save it as UTF-8"
                ])
        }
    }
}

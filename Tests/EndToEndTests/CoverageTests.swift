import Foundation
import TestSupport
import Testing

@Suite("What is read of a tree, and what is not")
struct CoverageTests {
    private struct Encoding: CustomTestStringConvertible, Sendable {
        var name: String
        var encode: @Sendable (String) -> Data
        var testDescription: String { name }
    }

    private static let encodings = [
        Encoding(name: "UTF-8") { Data($0.utf8) },
        Encoding(name: "UTF-8 with a mark") { Data([0xEF, 0xBB, 0xBF] + Array($0.utf8)) },
        Encoding(name: "UTF-16, little end first, with a mark") {
            Data([0xFF, 0xFE]) + units($0.utf16, littleEndian: true)
        },
        Encoding(name: "UTF-16, big end first, with a mark") {
            Data([0xFE, 0xFF]) + units($0.utf16, littleEndian: false)
        },
        Encoding(name: "UTF-16, little end first") { units($0.utf16, littleEndian: true) },
        Encoding(name: "UTF-16, big end first") { units($0.utf16, littleEndian: false) },
        Encoding(name: "UTF-32, little end first, with a mark") {
            Data([0xFF, 0xFE, 0, 0]) + units($0.unicodeScalars.map(\.value), littleEndian: true)
        },
        Encoding(name: "UTF-32, big end first") {
            units($0.unicodeScalars.map(\.value), littleEndian: false)
        },
        Encoding(name: "Latin-1") {
            Data($0.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
        },
        Encoding(name: "CR and LF") { Data($0.replacing("\n", with: "\r\n").utf8) },
        Encoding(name: "CR alone") { Data($0.replacing("\n", with: "\r").utf8) },
    ]

    private static func units<Unit: FixedWidthInteger>(
        _ units: some Sequence<Unit>, littleEndian: Bool
    ) -> Data {
        var data = Data()
        for unit in units {
            for index in 0..<MemoryLayout<Unit>.size {
                let shift = 8 * (littleEndian ? index : MemoryLayout<Unit>.size - 1 - index)
                data.append(UInt8(truncatingIfNeeded: unit >> Unit(shift)))
            }
        }
        return data
    }

    @Test(
        "a caller is found in its line, whatever the file's encoding and line ends",
        arguments: encodings)
    private func encoding(_ encoding: Encoding) async throws {
        try await withTemporaryFolder { folder in
            let text = "# Größe, café\n" + Fixtures.caller
            try encoding.encode(text).write(to: folder.appending(path: "poll.py"))
            let run = try await BuiltTool.run("scan", "code", "poll.py", in: folder)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.hasPrefix("poll.py:6:"), "\(run.output)")
        }
    }

    @Test("what is not read is counted by its reason, and stops nothing")
    func skipped() async throws {
        try await withTemporaryFolder { folder in
            try write(
                [
                    "src/poll.py": Fixtures.caller, "src/.gitignore": "out/\n*.tmp\n!keep.tmp\n",
                    "src/out/poll.py": Fixtures.caller, "src/a.tmp": "x", "src/keep.tmp": "x",
                    "src/.lastcallignore": "legacy\n", "src/legacy/poll.py": Fixtures.caller,
                    "src/.git/poll.py": Fixtures.caller,
                ], in: folder)
            let source = folder.appending(path: "src")
            try Data([0, 1, 2, 3, 0, 255]).write(to: source.appending(path: "image.png"))
            for (link, target) in [("loop", "."), ("self", "self"), ("again.py", "poll.py")] {
                try FileManager.default.createSymbolicLink(
                    atPath: source.path + "/\(link)", withDestinationPath: target)
            }
            // Larger than is analysed, with the endpoint in it; and larger than is read.
            let filler = String(repeating: "# filler\n", count: 1 << 20)
            try Data((Fixtures.caller + filler).utf8).write(to: source.appending(path: "big.py"))
            let huge = source.appending(path: "huge.bin")
            try Data().write(to: huge)
            let handle = try FileHandle(forWritingTo: huge)
            try handle.truncate(atOffset: 40 << 20)
            try handle.close()

            let run = try await BuiltTool.run("scan", "code", "src", "--verbose", in: folder)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.split(separator: "\n").count == 1, "\(run.output)")
            #expect(run.output.hasPrefix("src/poll.py:5:"))
            // .gitignore, .lastcallignore, poll.py and keep.tmp are read; out/, a.tmp and legacy/ ignored.
            #expect(
                run.errors.contains(
                    "src: 4 files read, 1 analysed; not read: 1 binary, 3 ignored, 3 link, 2 too-large"
                ),
                "\(run.errors)")
            #expect(run.errors.contains("src/big.py: is larger than 8 MiB and was not analysed"))
            let report = try await BuiltTool.run("report", in: folder)
            #expect(report.output.contains("src/big.py"))
        }
    }

    @Test(
        "an unreadable file is an error, status 3, and the others are scanned",
        .enabled(if: getuid() != 0, "root may read everything"))
    func unreadable() async throws {
        try await withTemporaryFolder { folder in
            try write(
                ["src/poll.py": Fixtures.caller, "src/secret.py": Fixtures.caller], in: folder)
            let secret = folder.path + "/src/secret.py"
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: secret)
            let run = try await BuiltTool.run("scan", "code", "src", in: folder)
            #expect(run.status == 3)
            #expect(run.errors.contains("src/secret.py"))
            #expect(run.output.contains("src/poll.py:5:"))
        }
    }
}

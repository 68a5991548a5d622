import Foundation
import TestSupport
import Testing

@Suite("What is said, where and when")
struct TerminalTests {
    @Test(
        "an interruption ends within a second with status 130, keeps what was stored, and the same command carries on"
    )
    func interruption() async throws {
        try await withTemporaryFolder { folder in
            try write(["first.log": Fixtures.logLine()], in: folder)
            for signal in [SIGINT, SIGTERM] {
                let process = try BuiltTool.process(
                    ["scan", "logs", "first.log", "-", "--verbose"], in: folder)
                let input = Pipe()
                let errors = Pipe()
                process.standardInput = input
                process.standardOutput = FileHandle.nullDevice
                process.standardError = errors
                try process.run()
                // Standard input never ends; the log before it is stored by then.
                var said = ""
                while !said.contains("first.log") {
                    let more = errors.fileHandleForReading.availableData
                    if more.isEmpty { break }
                    said += String(decoding: more, as: UTF8.self)
                }
                let start = ContinuousClock.now
                kill(process.processIdentifier, signal)
                process.waitUntilExit()
                #expect(ContinuousClock.now - start < .seconds(5))
                #expect(process.terminationReason == .exit)
                #expect(process.terminationStatus == 130)
                withExtendedLifetime(input) {}
            }
            let again = try await BuiltTool.run(
                "scan", "logs", "first.log", "-", in: folder, input: Fixtures.logLine(second: 9))
            #expect(again.status == 0, "\(again.errors)")
            #expect(again.output.contains("2 requests"))
        }
    }

    @Test("progress shows on a terminal, with the amount read, and is wiped at the end")
    func progress() async throws {
        try await withTemporaryFolder { folder in
            let terminal = try TestTerminal()
            let process = try BuiltTool.process(["scan", "logs", "-"], in: folder)
            let input = Pipe()
            process.standardInput = input
            process.standardOutput = FileHandle.nullDevice
            process.standardError = terminal.processSide
            try process.run()
            input.fileHandleForWriting.write(Data(Fixtures.logLine().utf8))
            let shown = terminal.read(until: "Reading the log")
            #expect(shown.contains("\rReading the log"))
            try input.fileHandleForWriting.close()
            let rest = terminal.read(until: "until the sunset")
            #expect(rest.contains("\r\u{1B}[K"))
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
    }

    @Test(
        "without a terminal there is neither progress nor colour",
        arguments: [[], ["--color", "always"]])
    func plain(options: [String]) async throws {
        try await withTemporaryFolder { folder in
            try write(["src/poll.py": Fixtures.caller], in: folder)
            let run = try await BuiltTool.run(["scan", "code", "src"] + options, in: folder)
            #expect(run.status == 0)
            #expect(!run.errors.contains("\r"))
            #expect(run.output.contains("\u{1B}[") == !options.isEmpty)
        }
    }

    @Test("NO_COLOR and --color never keep a terminal without colours", arguments: [true, false])
    func monochrome(byEnvironment: Bool) async throws {
        try await withTemporaryFolder { folder in
            try write(["src/poll.py": Fixtures.caller], in: folder)
            let terminal = try TestTerminal()
            let process = try BuiltTool.process(
                ["scan", "code", "src", "--no-progress"]
                    + (byEnvironment ? [] : ["--color", "never"]),
                in: folder, environment: byEnvironment ? ["NO_COLOR": "1"] : [:])
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = terminal.processSide
            process.standardError = terminal.processSide
            try process.run()
            let shown = terminal.read(until: "until the sunset")
            process.waitUntilExit()
            #expect(shown.contains("poll.py:5"))
            #expect(!shown.contains("\u{1B}["))
        }
    }

    @Test("--quiet leaves standard error to errors")
    func quiet() async throws {
        try await withTemporaryFolder { folder in
            try write(["src/poll.py": Fixtures.caller], in: folder)
            let run = try await BuiltTool.run("audit", "src", "--quiet", in: folder)
            #expect(run.status == 0)
            #expect(run.errors.isEmpty)
            #expect(!run.output.isEmpty)
        }
    }

    @Test("a reader who leaves early is no error")
    func closedPipe() async throws {
        try await withTemporaryFolder { folder in
            try write(["src/poll.py": Fixtures.caller], in: folder)
            let process = try BuiltTool.process(["audit", "src", "--quiet"], in: folder)
            let output = Pipe()
            let errors = Pipe()
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = output
            process.standardError = errors
            try output.fileHandleForReading.close()
            try process.run()
            try output.fileHandleForWriting.close()
            try errors.fileHandleForWriting.close()
            let said = errors.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(process.terminationReason == .exit)
            #expect(process.terminationStatus == 0)
            #expect(said.isEmpty)
        }
    }

    @Test("no name of a file and no line of a log can write to the terminal")
    func hostileNames() async throws {
        try await withTemporaryFolder { folder in
            let evil = "a\u{1B}]0;owned\u{7}b\u{202E}c\nd"
            try write(
                ["src/\(evil)/poll.py": Fixtures.caller, "logs/\(evil).log": Fixtures.logLine()],
                in: folder)
            try Data([0x1F, 0x8B, 0x08, 0]).write(to: folder.appending(path: "logs/\(evil).gz"))
            for arguments in [
                ["scan", "code", "src", "--verbose"], ["scan", "logs", "logs", "--verbose"],
                ["report"], ["audit", "src\(evil)"],
            ] {
                let run = try await BuiltTool.run(arguments, in: folder)
                for text in [run.output, run.errors] {
                    #expect(!text.contains("\u{1B}"), "\(arguments)")
                    #expect(!text.contains("\u{7}"), "\(arguments)")
                    #expect(!text.contains("\u{202E}"), "\(arguments)")
                }
            }
        }
    }
}

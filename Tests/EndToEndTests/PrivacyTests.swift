import Foundation
import TestSupport
import Testing

@Suite("Who sent requests, and what is kept of it")
struct PrivacyTests {
    private static let secrets = [
        "203.0.113.77", "203.0.113.78", "2001:db8:12:3456::7", "ada.lovelace", "sesame",
        "ada@corp.example",
    ]

    private static func line(_ address: String, _ user: String, second: Int) -> String {
        "\(address) - \(user) [02/Mar/2026:10:00:1\(second) +0000] "
            + "\"GET /platform/v1/operations/op-\(second)?password=sesame HTTP/1.1\" 200 5 \"-\" "
            + "\"etl/2.0 (ada@corp.example)\"\n"
    }

    private static let log =
        line("203.0.113.77", "ada.lovelace", second: 1)
        + line("203.0.113.78", "-", second: 2) + line("203.0.113.77", "ada.lovelace", second: 3)
        + line("2001:db8:12:3456::7", "-", second: 4)

    /// The callers' addresses, users and requests.
    private func callers(in folder: URL) async throws -> [[String: any Sendable]] {
        let run = try await BuiltTool.run("report", "--format", "json", in: folder)
        let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
        let report = try #require(json as? [String: any Sendable])
        return try #require(report["traffic"] as? [[String: any Sendable]])
    }

    private func expectNothingRaw(in folder: URL) throws {
        for name in ["", "-wal", "-shm"] {
            let file = folder.appending(path: "lastcall.sqlite\(name)")
            guard let bytes = try? Data(contentsOf: file) else { continue }
            for secret in Self.secrets {
                #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret) in \(file.path)")
            }
        }
    }

    @Test(
        "nothing of an address, a user or a query is in the database or its journal, also while the run goes on",
        arguments: ["prefix", "hash"])
    func nothingRaw(mode: String) async throws {
        try await withTemporaryFolder { folder in
            try write(["a.log": Self.log], in: folder)
            let process = try BuiltTool.process(
                ["scan", "logs", "a.log", "-", "--anonymize", mode, "--verbose"], in: folder)
            let (input, errors) = (Pipe(), Pipe())
            process.standardInput = input
            process.standardOutput = FileHandle.nullDevice
            process.standardError = errors
            try process.run()
            var said = ""
            while !said.contains("a.log: 4 new lines") {
                let more = errors.fileHandleForReading.availableData
                if more.isEmpty { break }
                said += String(decoding: more, as: UTF8.self)
            }
            try expectNothingRaw(in: folder)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            try expectNothingRaw(in: folder)
            withExtendedLifetime(input) {}
            // What was stored holds, and the choice with it.
            let again = try await BuiltTool.run("scan", "logs", "a.log", in: folder)
            #expect(again.status == 0, "\(again.errors)")
            try expectNothingRaw(in: folder)
            let callers = try await callers(in: folder)
            #expect(callers.compactMap { $0["requests"] as? Int }.reduce(0, +) == 4)
            // Of one network, two are told apart by the user alone where addresses are cut.
            #expect(callers.count == 3)
            let addresses = callers.compactMap {
                ($0["caller"] as? [String: any Sendable])?["address"] as? String
            }
            #expect(Set(addresses).count == (mode == "hash" ? 3 : 2))
        }
    }

    @Test("callers of one network are one where addresses are cut, and the report says so")
    func grouped() async throws {
        try await withTemporaryFolder { folder in
            let lines = (1...9).map { Self.line("203.0.113.\($0)", "-", second: $0) }.joined()
            try write(["a.log": lines], in: folder)
            for (mode, count) in [("prefix", 1), ("hash", 9), ("none", 9)] {
                let run = try await BuiltTool.run(
                    "audit", "--logs", "a.log", "--anonymize", mode, "--db", "\(mode).sqlite",
                    in: folder)
                #expect(run.status == 0, "\(run.errors)")
                #expect(run.errors.contains("9 requests from \(count) caller"))
                #expect(run.output.contains("counted as one") == (mode == "prefix"))
                #expect(run.output.contains("keyed hashes") == (mode != "none"))
            }
        }
    }

    @Test("a database keeps callers in one way: another is refused, and nothing is scanned")
    func oneWay() async throws {
        try await withTemporaryFolder { folder in
            try write(
                [
                    "a.log": Self.log, "key": "a key of our own, 32 bytes long\n",
                    "other": "another key, of 30 and more bytes\n", "short": "short\n",
                ], in: folder)
            func scan(_ more: String..., environment: [String: String] = [:]) async throws
                -> BuiltTool.Run
            {
                try await BuiltTool.run(
                    ["scan", "logs", "a.log"] + more, in: folder, environment: environment)
            }
            #expect(try await scan("--anonymize", "hash", "--anonymize-key", "short").status == 2)
            #expect(try await scan("--anonymize", "hash", "--anonymize-key", "none").status == 2)
            #expect(try await scan("--anonymize", "hash", "--anonymize-key", "key").status == 0)
            let first = try await callers(in: folder)
            for wrong in [
                ["--anonymize", "none"], ["--anonymize", "prefix"], [],
                ["--anonymize-key", "other"],
            ] {
                let run = try await BuiltTool.run(["scan", "logs", "a.log"] + wrong, in: folder)
                #expect(run.status == 2, "\(wrong)")
                #expect(run.errors.contains("lastcall.sqlite: "), "\(run.errors)")
            }
            let key = ["LASTCALL_ANONYMIZE_KEY": "a key of our own, 32 bytes long"]
            #expect(try await scan(environment: key).status == 0)
            #expect(try await callers(in: folder) as NSArray == first as NSArray)
        }
    }

    @Test("a database with callers as they are is not mixed with hidden ones")
    func notLater() async throws {
        try await withTemporaryFolder { folder in
            try write(["a.log": Self.log, "lastcall.yaml": "logs: [a.log]\n"], in: folder)
            #expect(try await BuiltTool.run("scan", "logs", in: folder).status == 0)
            try write(["lastcall.yaml": "logs: [a.log]\nanonymize: hash\n"], in: folder)
            let run = try await BuiltTool.run("scan", "logs", in: folder)
            #expect(run.status == 2)
            #expect(run.errors.contains("'--anonymize none'"))
        }
    }
}

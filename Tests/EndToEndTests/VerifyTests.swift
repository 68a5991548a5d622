import Foundation
import TestSupport
import Testing

@Suite("verify and stand-in, over sockets", .serialized)
struct VerifyTests {
    private static let token = "tok-4f1c9e-never-to-be-seen"

    /// A served stand-in, as its users run it.
    private struct Served {
        var url: String
        var process: Process
    }

    /// Runs `lastcall stand-in` while `body` runs; the log goes to `access.log` in `folder`.
    private func withServed<Result>(
        _ options: [String] = [], in folder: URL, _ body: (String) async throws -> Result
    ) async throws -> Result {
        let errors = folder.appending(path: "stand-in.err")
        try Data().write(to: errors)
        let process = try BuiltTool.process(
            ["stand-in", "--port", "0", "--rate", "0", "--access-log", "access.log"] + options,
            in: folder)
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        let end = ContinuousClock.now + .seconds(300)
        while ContinuousClock.now < end, process.isRunning {
            let said = try String(contentsOf: errors, encoding: .utf8)
            if let match = said.firstMatch(of: /https?:\/\/[0-9.:]+/) {
                return try await body(String(match.output))
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw NotServed(said: try String(contentsOf: errors, encoding: .utf8))
    }

    /// The stand-in ended, or has not said its address for minutes.
    private struct NotServed: Error {
        var said: String
    }

    private func verify(
        _ arguments: [String], in folder: URL, input: String? = nil
    ) async throws -> BuiltTool.Run {
        try await BuiltTool.run(
            ["verify"] + arguments, in: folder, input: input,
            environment: ["LASTCALL_TOKEN": Self.token])
    }

    /// The report's verifications.
    private func verifications(in folder: URL) async throws -> [[String: Any]] {
        let run = try await BuiltTool.run("report", "--format", "json", in: folder)
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
        return try #require((object as? [String: Any])?["verifications"] as? [[String: Any]])
    }

    @Test("all five calls are made, judged, stored with their day and shown in every report")
    func five() async throws {
        try await withTemporaryFolder { folder in
            try await withServed(["--announce", "standard", "--phase", "deprecated"], in: folder) {
                url in
                let run = try await verify(["completed-1", "--base-url", url], in: folder)
                #expect(run.status == 0, "\(run.errors)")
                #expect(run.errors.contains("5 calls: 3 live, 0 gone, 2 unknown"))
                #expect(run.output.contains("the same as the deprecated version's"))
                #expect(run.output.contains("Sunset: Wed, 31 Jan 2029 00:00:00 GMT (2029-01-31)"))
            }
            let entries = try await verifications(in: folder)
            #expect(entries.count == 5)
            #expect(entries.count { $0["verdict"] as? String == "live" } == 3)
            let log = try String(
                contentsOf: folder.appending(path: "access.log"), encoding: .utf8)
            #expect(log.split(separator: "\n").count == 5)
            for format in ["markdown", "html"] {
                let report = try await BuiltTool.run("report", "--format", format, in: folder)
                #expect(report.output.contains("Live calls"), "\(format)")
                #expect(report.output.contains("2029"), "\(format)")
            }
        }
    }

    @Test("after the sunset the old calls are gone, the new one is live, and a caller sees it")
    func sunset() async throws {
        try await withTemporaryFolder { folder in
            try await withServed(["--as-of", "2029-01-31"], in: folder) { url in
                let run = try await verify(["completed-1", "--base-url", url], in: folder)
                #expect(run.status == 0)
                #expect(run.errors.contains("5 calls: 1 live, 3 gone, 1 unknown"), "\(run.errors)")
            }
            try await withServed(["--phase", "sunset", "--sunset-status", "404"], in: folder) {
                url in
                let run = try await verify(["completed-1", "--base-url", url], in: folder)
                // 404 is no proof.
                #expect(run.errors.contains("5 calls: 1 live, 0 gone, 4 unknown"), "\(run.errors)")
            }
        }
    }

    @Test("a live date that is not the rule's is a finding of the report")
    func otherDate() async throws {
        try await withTemporaryFolder { folder in
            let yaml = try await BuiltTool.run(
                "rules", "show", "workiva-get-operation", "--yaml", in: folder)
            try write(
                ["other.yaml": yaml.output.replacing("day: 2029-01-31", with: "day: 2028-12-31")],
                in: folder)
            try await withServed(["--announce", "draft", "--phase", "deprecated"], in: folder) {
                url in
                let run = try await verify(
                    [
                        "completed-1", "--base-url", url, "--rules", "other.yaml",
                        "--no-builtin-rules",
                    ],
                    in: folder)
                #expect(
                    run.output.contains("the server's Sunset is 2029-01-31, the rule's 2028-12-31"))
            }
            let entries = try await verifications(in: folder)
            #expect(
                entries.contains { entry in
                    (entry["findings"] as? [[String: Any]])?.contains {
                        $0["subject"] as? String == "date"
                    } ?? false
                })
        }
    }

    @Test("a login page, a refusal and a redirect prove nothing")
    func unknown() async throws {
        try await withTemporaryFolder { folder in
            for fault in ["login-page", "redirect", "500"] {
                try await withServed(["--fault", fault, "--fault-every", "1"], in: folder) { url in
                    let run = try await verify(["completed-1", "--base-url", url], in: folder)
                    #expect(run.errors.contains("0 live, 0 gone, 5 unknown"), "\(run.errors)")
                }
            }
            try await withServed(in: folder) { url in
                for id in ["error-401", "error-403", "error-404"] {
                    let run = try await verify([id, "--base-url", url], in: folder)
                    #expect(run.errors.contains("0 live, 0 gone, 5 unknown"), "\(run.errors)")
                }
            }
        }
    }

    @Test("only the calls that the audit found are made, where that is asked for")
    func fromFindings() async throws {
        try await withTemporaryFolder { folder in
            let none = try await verify(["a", "--from-findings"], in: folder)
            #expect(none.status == 2)
            try write(
                ["src/poll.py": Fixtures.caller, "src/new.py": Fixtures.migrated], in: folder)
            _ = try await BuiltTool.run("audit", "src", in: folder)
            try await withServed(in: folder) { url in
                let run = try await verify(
                    ["completed-1", "--from-findings", "--base-url", url], in: folder)
                #expect(run.errors.contains("2 calls: 2 live"), "\(run.errors)")
            }
            let report = try await BuiltTool.run("report", in: folder)
            #expect(report.output.contains("## Live calls"))
            #expect(report.output.contains("## Callers in code"))
        }
    }

    @Test("a dry run sends nothing, needs no token, and shows none")
    func dryRun() async throws {
        try await withTemporaryFolder { folder in
            let run = try await BuiltTool.run(
                "verify", "a/b", "--dry-run", "--region", "eu", in: folder)
            #expect(run.status == 0, "\(run.errors)")
            #expect(
                run.output.contains("GET https://api.eu.wdesk.com/platform/v1/operations/a%2Fb\n"))
            #expect(run.output.contains("Authorization: Bearer ***\n"))
            #expect(run.output.contains("X-Version: 2026-01-01\n"))
            #expect(run.output.components(separatedBy: "GET ").count == 6)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test("an operation is followed to its end first, where that is asked for")
    func wait() async throws {
        try await withTemporaryFolder { folder in
            try await withServed(["--operation", "op-7", "--retry-after", "0"], in: folder) { url in
                let run = try await verify(["op-7", "--wait", "--base-url", url], in: folder)
                #expect(run.errors.contains("op-7: started"))
                #expect(run.errors.contains("op-7: completed"))
            }
            let entries = try await verifications(in: folder)
            let statuses = entries.compactMap {
                ($0["answer"] as? [String: Any])?["operationStatus"] as? String
            }
            #expect(statuses == ["completed", "completed", "completed"])
        }
    }

    @Test("the token is in no output, no database, no log and no report, wherever it comes from")
    func token() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "secret")
            try Data("\(Self.token)\n".utf8).write(to: file)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: file.path)
            var outputs: [String] = []
            try await withServed(in: folder) { url in
                for (source, input, options) in [
                    ("env:LASTCALL_TOKEN", nil, ["--verbose"]),
                    ("file:secret", nil, ["--format", "json"]),
                    ("-", Self.token, ["--client-id", "me"]),
                ] as [(String, String?, [String])] {
                    let run = try await verify(
                        ["completed-1", "error-401", "--base-url", url, "--token-from", source]
                            + options, in: folder, input: input)
                    #expect(run.status == 0, "\(source) \(run.errors)")
                    outputs += [run.output, run.errors]
                }
            }
            // A mistake of people: the token itself as the argument.
            let pasted = try await verify(["a", "--token-from", Self.token], in: folder)
            #expect(pasted.status == 2)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644], ofItemAtPath: file.path)
            let unsafe = try await verify(["a", "--token-from", "file:secret"], in: folder)
            #expect(unsafe.status == 2)
            #expect(unsafe.errors.contains("chmod 600"))
            outputs += [pasted.output, pasted.errors, unsafe.output, unsafe.errors]
            for format in ["markdown", "json", "html", "sarif", "csv"] {
                outputs.append(
                    try await BuiltTool.run("report", "--format", format, in: folder).output)
            }
            for output in outputs { #expect(!output.contains(Self.token)) }
            try FileManager.default.removeItem(at: file)
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                let bytes = try Data(contentsOf: folder.appending(path: name))
                #expect(bytes.range(of: Data(Self.token.utf8)) == nil, "\(name)")
            }
        }
    }

    @Test(
        "a token is sent to the rule's hosts, to gateways and to this machine alone",
        arguments: [
            "https://api.app.wdesk.com.evil.example", "https://evil.example",
            "http://api.app.wdesk.com", "https://u:p@api.app.wdesk.com", "nonsense",
        ])
    func otherHosts(url: String) async throws {
        try await withTemporaryFolder { folder in
            let run = try await verify(["a", "--base-url", url], in: folder)
            #expect(run.status == 2)
            #expect(run.errors.contains("--base-url"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test("a gateway of the settings is taken, with its prefix")
    func gateway() async throws {
        try await withTemporaryFolder { folder in
            try write(
                [
                    "lastcall.yaml":
                        "gateways:\n  - {host: egress.example, pathPrefix: /wdesk}\n"
                ], in: folder)
            let run = try await verify(
                ["a", "--dry-run", "--base-url", "https://egress.example"], in: folder)
            #expect(
                run.output.contains("GET https://egress.example/wdesk/platform/v1/operations/a\n"))
        }
    }

    @Test("where nobody answers the status is 4, and what is known stays")
    func nobody() async throws {
        try await withTemporaryFolder { folder in
            let run = try await verify(["a", "--base-url", "http://127.0.0.1:1"], in: folder)
            #expect(run.status == 4)
            #expect(run.errors.contains("no call was answered"))
            #expect(try await verifications(in: folder).count == 5)
        }
    }

    @Test("the stand-in's own log is read with the version header, by the format that it prints")
    func ownLog() async throws {
        try await withTemporaryFolder { folder in
            try await withServed(in: folder) { url in
                _ = try await verify(["completed-1", "completed-2", "--base-url", url], in: folder)
            }
            let format = try await BuiltTool.run("stand-in", "--print-log-format", in: folder)
            let run = try await BuiltTool.run(
                "scan", "logs", "access.log", "--log-format",
                format.output.trimmingCharacters(in: .newlines), "--format", "json",
                "--db", "other.sqlite", in: folder)
            let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
            let traffic = try #require((object as? [String: Any])?["traffic"] as? [[String: Any]])
            let classes = traffic.compactMap { entry -> String? in
                guard let use = entry["apiVersion"] as? [String: Any],
                    let usage = entry["usage"] as? String, let name = use["class"] as? String,
                    let requests = entry["requests"] as? Int
                else { return nil }
                return "\(usage) \(name) \(requests)"
            }
            #expect(
                Set(classes) == [
                    "deprecated implicit 2", "deprecated pinned-deprecated 2",
                    "deprecated pinned-current 2", "migrated pinned-current 2",
                    "migrated implicit 2",
                ])
        }
    }

    @Test("an interrupt ends a waiting verify within a second or so, and the stand-in too")
    func interrupt() async throws {
        try await withTemporaryFolder { folder in
            try await withServed(["--retry-after", "60"], in: folder) { url in
                let process = try BuiltTool.process(
                    ["verify", "pending-1", "--wait", "--base-url", url], in: folder,
                    environment: ["LASTCALL_TOKEN": Self.token])
                process.standardOutput = FileHandle.nullDevice
                process.standardError = FileHandle.nullDevice
                try process.run()
                let log = folder.appending(path: "access.log")
                let end = ContinuousClock.now + .seconds(60)
                while ContinuousClock.now < end,
                    try Data(contentsOf: log).isEmpty
                {
                    try await Task.sleep(for: .milliseconds(20))
                }
                process.interrupt()
                process.waitUntilExit()
                #expect(process.terminationStatus == 130)
            }
        }
    }
}

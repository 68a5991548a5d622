import Foundation
import TestSupport
import Testing

@Suite("lastcall log-format")
struct LogFormatTests {
    private static let combined =
        #"10.4.0.7 - etl01 [12/Feb/2026:08:14:03 +0100] "GET /platform/v1/operations/9f2c?token=hunter2 HTTP/1.1" 200 311 "-" "python-requests/2.31.0""#
    private static let virtualHost =
        #"api.app.wdesk.com:443 10.4.0.7 - - [12/Feb/2026:07:14:03 +0000] "GET /platform/v1/operations/9f2c HTTP/1.1" 200 311 "-" "curl/8.4.0""#

    private func json(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test("list shows every format once, with a line and what it records")
    func list() async throws {
        try await withTemporaryFolder { folder in
            let text = try await BuiltTool.run("log-format", "list", in: folder)
            #expect(text.status == 0 && text.errors.isEmpty)
            #expect(text.output.contains("combined  nginx and Apache combined; more may follow\n"))
            #expect(text.output.contains("  has no    user agent, version header\n"))
            #expect(!text.output.contains("\u{1B}"))
            let machine = try await BuiltTool.run(
                "log-format", "list", "--format", "json", in: folder)
            let document = try json(machine.output)
            #expect(document["schema"] as? String == "lastcall/log-format@1")
            let formats = try #require(document["formats"] as? [[String: Any]])
            let names = formats.compactMap { $0["name"] as? String }
            #expect(Set(names).count == names.count && names.contains("w3c"))
            for format in formats {
                let samples = format["samples"] as? [String] ?? []
                #expect(samples.allSatisfy { $0.contains("/operations/9f2c") })
                #expect((format["records"] as? [String: String])?.count == 7)
            }
        }
    }

    @Test("detect says where the format changes, what is not recorded, and no secret")
    func detect() async throws {
        try await withTemporaryFolder { folder in
            let lines = [Self.combined, "starting", Self.combined, Self.virtualHost]
            try write(["logs/a.log": lines.joined(separator: "\n")], in: folder)
            let text = try await BuiltTool.run("log-format", "detect", "logs", in: folder)
            #expect(text.status == 0 && text.errors.isEmpty)
            for part in [
                "logs/a.log: combined\n", "2 of the first 4 lines are of the format combined.",
                "4 lines: 3 with a request, 1 of no known format (the first: line 2)",
                "2 lines from line 1 on: combined,", "line 4: vhost_combined,",
                "user agent        python-requests/2.31.0", "not recorded: host: ",
                "not recorded: header X-Version: no version can be told",
            ] { #expect(text.output.contains(part), "\(part)") }
            #expect(!text.output.contains("hunter2"))
            let machine = try await BuiltTool.run(
                "log-format", "detect", "-", "--format", "json", in: folder,
                input: lines.joined(separator: "\n"))
            let log = try #require((try json(machine.output)["logs"] as? [[String: Any]])?.first)
            #expect(log["path"] as? String == "-" && log["lines"] as? Int == 4)
            let readings = try #require(log["readings"] as? [[String: Any]])
            #expect(readings.map { $0["firstLine"] as? Int } == [1, 4])
            #expect(readings.first?["notRecorded"] as? [String] == ["host", "header X-Version"])
        }
    }

    @Test("what cannot be read is status 3, what is not there or senseless status 2")
    func statuses() async throws {
        try await withTemporaryFolder { folder in
            try write(["prose.txt": "nothing\n", "a.log": Self.combined], in: folder)
            try Data([0x28, 0xB5, 0x2F, 0xFD, 1, 2]).write(to: folder.appending(path: "b.zst"))
            for (arguments, status) in [
                (["detect", "prose.txt"], Int32(3)), (["detect", "b.zst"], 3),
                (["detect", "none.log"], 2), (["detect"], 2), (["check", "nonsense"], 2),
                (["check", "%h %z %r"], 2), (["check", "%h %r"], 0),
                (["check", "combined", "a.log"], 0), (["check", "haproxy", "a.log"], 3),
                (["check", "%h %r", "a.log", "--lines", "0"], 2),
                (["check", "%h %r", "a.log", "--log-timezone", "Nowhere"], 2),
            ] {
                let run = try await BuiltTool.run(["log-format"] + arguments, in: folder)
                #expect(run.status == status, "\(arguments): \(run.errors)")
            }
        }
    }

    @Test("check names fields by column, and marks the place of a mistake")
    func check() async throws {
        try await withTemporaryFolder { folder in
            try write(["a.log": Self.combined + "\n"], in: folder)
            let format = #"%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i""#
            let good = try await BuiltTool.run("log-format", "check", format, "a.log", in: folder)
            #expect(good.status == 0, "\(good.errors)")
            #expect(good.output.contains("a format of Apache"))
            let user = good.output.split(separator: "\n").first { $0.contains(" the user") }
            #expect(user?.hasPrefix("     7  %u ") == true, "\(good.output)")
            #expect(good.output.contains("a.log: its line is of this format"))
            let bad = try await BuiltTool.run("log-format", "check", "%h%u %r", in: folder)
            #expect(bad.errors.contains("column 3: %u follows another field"))
            #expect(bad.errors.contains("error:   %h%u %r\nerror:     ^"), "\(bad.errors)")
        }
    }

    @Test("formats are read from a configuration with what it includes, and used")
    func configuration() async throws {
        try await withTemporaryFolder { folder in
            try write(
                [
                    "nginx/nginx.conf": "http { include conf.d/*.conf; include ../outside.conf; }",
                    "nginx/conf.d/log.conf":
                        #"log_format audit '$remote_addr|$time_iso8601|$request|$status|$http_x_version';"#,
                    "outside.conf": "log_format secret '$request';",
                    "a.log":
                        "10.4.0.7|2026-02-12T07:14:03Z|GET /platform/v1/operations/9 HTTP/1.1|200|2022-01-01\n",
                ], in: folder)
            let from = ["--log-format-from", "nginx/nginx.conf"]
            let detected = try await BuiltTool.run(
                ["log-format", "detect", "a.log"] + from, in: folder)
            #expect(detected.output.contains("a.log: nginx:audit\n"), "\(detected)")
            let scanned = try await BuiltTool.run(["scan", "logs", "a.log"] + from, in: folder)
            #expect(scanned.status == 0, "\(scanned.errors)")
            #expect(scanned.output.contains("pinned-deprecated"), "\(scanned.output)")
            let without = try await BuiltTool.run(
                "scan", "logs", "a.log", "--log-format-from", "a.log", in: folder)
            #expect(without.status == 2 && without.errors.contains("defines no log format"))
        }
    }
}

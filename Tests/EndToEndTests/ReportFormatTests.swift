import Foundation
import TestSupport
import Testing

@Suite("Report formats")
struct ReportFormatTests {
    @Test(
        "one database gives a report in every format",
        arguments: [
            ("markdown", "# 1 caller in code"), ("html", "<!DOCTYPE html>"), ("json", "{"),
            ("sarif", "{\n  \"$schema\""), ("csv", "id,rule,usage"),
        ])
    func formats(name: String, start: String) async throws {
        try await withTemporaryFolder { folder in
            try write(["poll.py": Fixtures.caller], in: folder)
            let scan = try await BuiltTool.run("scan", "code", ".", "--quiet", in: folder)
            #expect(scan.status == 0)
            let run = try await BuiltTool.run("report", "--format", name, in: folder)
            #expect(run.status == 0)
            #expect(run.output.hasPrefix(start), "\(run.output.prefix(60))")
        }
    }

    @Test("a table can be chosen for a CSV alone")
    func table() async throws {
        try await withTemporaryFolder { folder in
            try write(["poll.py": Fixtures.caller], in: folder)
            _ = try await BuiltTool.run("scan", "code", ".", in: folder)
            let traffic = try await BuiltTool.run(
                "report", "--format", "csv", "--table", "traffic", in: folder)
            #expect(traffic.output.hasPrefix("rule,usage,method,host,caller,"))
            #expect(traffic.output.split(separator: "\r\n").count == 1)
            let wrong = try await BuiltTool.run("report", "--table", "traffic", in: folder)
            #expect(wrong.status == 2)
            #expect(wrong.errors.contains("'--table' belongs to '--format csv'"))
        }
    }
}

import AccessLogs
import Deprecations
import Foundation
import TestSupport
import Testing

@Suite("Lines of products")
struct VendorLineTests {
    @Test(
        "a line in a product's documented form is read field by field", arguments: VendorLines.all)
    func fields(line: VendorLine) async throws {
        let reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
        let reading = try await withTemporaryFolder { folder in
            let file = folder.appending(path: "log")
            try Data((line.text + "\n").utf8).write(to: file)
            return try reader.read(file.path)
        }
        #expect(reading.format == line.format)
        #expect(reading.counts.matched == 1)
        #expect(reading.counts.malformed == 0)
        let found = try #require(reading.traffic.first)
        #expect(found.key.host == line.host)
        #expect(found.key.caller.address == line.address)
        #expect(found.key.caller.user == line.user)
        #expect(found.key.caller.userAgent == line.userAgent)
        #expect(found.key.apiVersion.versionClass == line.version)
        #expect(found.totals.statuses == [line.status: 1])
        #expect(found.totals.firstSeen?.description.hasPrefix("2026-02-12T07:14:03") == true)
    }
}

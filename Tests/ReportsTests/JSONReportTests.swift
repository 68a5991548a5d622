import Deprecations
import Foundation
import Testing

@testable import Reports

@Suite("JSON")
struct JSONReportTests {
    @Test("an empty report has every list, and the day it is judged from")
    func empty() throws {
        let report = AuditReport(
            toolVersion: "0.1.0", generatedAt: Timestamp(seconds: 1_795_600_800),
            asOf: CalendarDay(daysSinceEpoch: 20_780), rules: [], callSites: [], traffic: [],
            trees: [], logs: [], diagnostics: [], progress: [])
        let bytes = try Reports.write(report, as: .json)
        let value = try JSONSerialization.jsonObject(with: Data(bytes))
        let object = try #require(value as? [String: Any])
        #expect(object["asOf"] as? String == "2026-11-23")
        #expect(object["verifications"] as? [String] == [])
        #expect(object.count == 11)
    }
}

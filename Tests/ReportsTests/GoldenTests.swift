import Deprecations
import TestSupport
import Testing

@testable import Reports

@Suite("Golden reports")
struct GoldenTests {
    @Test(
        "a report is byte for byte what was last read by a person", arguments: ReportFormat.allCases
    )
    func rich(format: ReportFormat) throws {
        try expectGolden(Reports.write(Sample.rich(), as: format), "rich.\(format.suffix)")
    }

    @Test("a report without findings says what was covered", arguments: ReportFormat.allCases)
    func quiet(format: ReportFormat) throws {
        try expectGolden(Reports.write(Sample.quiet(), as: format), "quiet.\(format.suffix)")
    }

    @Test("a table of traffic is byte for byte what was last read by a person")
    func traffic() throws {
        try expectGolden(
            Reports.write(Sample.rich(), as: .csv, table: .traffic), "rich.traffic.csv")
    }

    @Test("a report after the sunset says that calls may fail now")
    func sunset() throws {
        let report = try Sample.rich(asOf: "2029-02-10")
        try expectGolden(Reports.write(report, as: .markdown), "sunset.md")
    }
}

extension ReportFormat {
    var suffix: String {
        switch self {
        case .markdown: "md"
        case .html: "html"
        case .json: "json"
        case .sarif: "sarif"
        case .csv: "csv"
        }
    }
}

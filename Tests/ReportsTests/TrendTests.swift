import Deprecations
import Testing

@testable import Reports

@Suite("Trends")
struct TrendTests {
    private func point(_ day: String, _ callers: Int, _ migrated: Int = 0) throws -> ProgressPoint {
        ProgressPoint(
            at: try Sample.time("\(day)T08:00:00Z"), callers: callers, migratedCallers: migrated,
            requests: 0, migratedRequests: 0)
    }

    private func traffic(_ days: [String: Int], usage: Usage = .deprecated) throws -> Traffic {
        var entry = try Sample.traffic(
            Caller(kind: .unknown), usage: usage, requests: 1, operations: 1, seconds: 1)
        entry.totals.days = [:]
        for (day, requests) in days { entry.totals.days[try Sample.day(day)] = requests }
        return entry
    }

    @Test(
        "a span is a day or whole weeks, and no request is lost",
        arguments: [(1, 1), (16, 1), (17, 7), (100, 7), (112, 7), (113, 14), (4000, 252)])
    func spans(days: Int, each: Int) throws {
        let first = try Sample.day("2026-01-05")
        var entry = try traffic([:])
        for index in 0..<days {
            entry.totals.days[CalendarDay(daysSinceEpoch: first.daysSinceEpoch + index)] = 2
        }
        let trend = try #require(RequestTrend([entry], atMost: 16))
        #expect(trend.daysEach == each)
        #expect(trend.spans.count <= 16)
        #expect(trend.spans.reduce(0) { $0 + $1.deprecated } == days * 2)
        #expect(trend.lastDay >= CalendarDay(daysSinceEpoch: first.daysSinceEpoch + days - 1))
    }

    @Test("both usages stand in the same spans; without days there is no trend")
    func usages() throws {
        let trend = try #require(
            RequestTrend(
                [traffic(["2026-01-01": 3]), traffic(["2026-01-03": 4], usage: .migrated)],
                atMost: 16))
        #expect(trend.spans.map(\.deprecated) == [3, 0, 0])
        #expect(trend.spans.map(\.migrated) == [0, 0, 4])
        #expect(trend.mostInOneSpan == 4)
        #expect(RequestTrend([try traffic([:])], atMost: 16) == nil)
    }

    @Test("the pace so far leads to a day, to the end, or nowhere")
    func outlooks() throws {
        func outlook(_ points: [ProgressPoint]) -> String {
            switch BurnDown(points).outlook {
            case .unknown: "unknown"
            case .done: "done"
            case .notFalling: "not falling"
            case .doneOn(let day): day.description
            }
        }
        #expect(outlook([]) == "unknown")
        #expect(try outlook([point("2026-01-01", 8)]) == "unknown")
        #expect(try outlook([point("2026-01-01", 8), point("2026-01-01", 4)]) == "unknown")
        #expect(try outlook([point("2026-01-01", 8), point("2026-01-11", 8)]) == "not falling")
        #expect(try outlook([point("2026-01-01", 8), point("2026-01-11", 9)]) == "not falling")
        #expect(try outlook([point("2026-01-01", 8), point("2026-01-11", 4)]) == "2026-01-21")
        #expect(try outlook([point("2026-01-01", 3), point("2026-01-02", 2)]) == "2026-01-04")
        #expect(try outlook([point("2026-01-01", 8), point("2026-01-11", 0)]) == "done")
    }

    @Test("a day has its last run's counts, and runs before any code do not begin the line")
    func points() throws {
        let burnDown = try BurnDown([
            point("2026-01-01", 0), point("2026-01-02", 5), point("2026-01-02", 4, 1),
            point("2026-01-03", 0, 5),
        ])
        #expect(burnDown.points.map(\.callers) == [4, 0])
        let many = BurnDown(
            try (1...28).map { try point("2026-02-\($0 < 10 ? "0" : "")\($0)", 100 - $0) })
        #expect(many.points(atMost: 5).map(\.callers) == [99, 93, 86, 79, 72])
    }

    @Test("a chart's text is days and numbers, each row as long as the axis")
    func mermaid() throws {
        let burnDown = try BurnDown([point("2026-01-01", 8), point("2026-02-01", 3, 5)])
        #expect(
            MermaidChart.burnDown(burnDown).lines == [
                "xychart-beta", "    title \"Callers in code from 2026-01-01 on: left, and moved\"",
                "    x-axis [\"01-01\", \"02-01\"]", "    y-axis \"callers\" 0 --> 10",
                "    line [8, 3]", "    line [0, 5]",
            ])
        let years = try BurnDown([point("2026-01-01", 8), point("2027-01-01", 3, 5)])
        #expect(
            MermaidChart.burnDown(years).lines[2] == "    x-axis [\"2026-01-01\", \"2027-01-01\"]")
        #expect(try MermaidChart.burnDown(BurnDown([point("2026-01-01", 8)])).isNull)
    }

    @Test("a projected day is compared with the next sunset")
    func projection() throws {
        func page(_ last: Int) throws -> String {
            let report = try Sample.report(
                callSites: [Sample.reported(Sample.site("1"))],
                progress: [point("2026-01-01", 1000), point("2026-01-11", last)])
            return String(decoding: try Reports.write(report, as: .markdown), as: UTF8.self)
        }
        #expect(
            try page(500).contains(
                "none would be left on **2026-01-21**, 1,106 days before the next sunset"))
        #expect(try page(999).contains("days after the next sunset**"))
        #expect(try page(1000).contains("**The callers are not becoming fewer**"))
    }

    @Test("a long table folds, a short one does not")
    func folds() {
        func table(_ rows: Int) -> LongTable {
            LongTable(
                table: MarkdownTable(
                    columns: [.text("A")], rows: (0..<rows).map { ["\($0)"] }), noun: "things")
        }
        #expect(!table(20).renderText.contains("<details>"))
        #expect(table(21).renderText.hasPrefix("<details>\n<summary>21 things</summary>\n\n| A |"))
        #expect(table(21).renderText.hasSuffix("\n\n</details>"))
        #expect(table(0).renderText.isEmpty)
    }
}

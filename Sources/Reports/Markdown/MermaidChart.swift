import Deprecations

/// A chart in Mermaid, which GitHub and GitLab draw, and which reads as numbers anywhere else. All its text is ours: days and
/// numbers, never a name from code or a log.
enum MermaidChart {
    /// How many bars or points a chart has at most.
    static let width = 16

    /// Requests per span, those to deprecated endpoints alone and all together. Nothing where one span has them all.
    static func requests(_ trend: RequestTrend) -> CodeBlock {
        guard trend.spans.count > 1 else { return CodeBlock(lines: []) }
        let isMoving = trend.spans.contains { $0.migrated > 0 }
        let all = trend.spans.map { $0.deprecated + $0.migrated }
        let title =
            isMoving
            ? "Requests per \(trend.unit) from \(trend.spans[0].firstDay) on: all, and in front those to deprecated endpoints"
            : "Requests to deprecated endpoints per \(trend.unit) from \(trend.spans[0].firstDay) on"
        return chart(
            title: title, days: trend.spans.map(\.firstDay), axis: "requests",
            series: (isMoving ? [("bar", all)] : []) + [("bar", trend.spans.map(\.deprecated))])
    }

    /// The callers that are left and those that have moved. Nothing where fewer than two days are known.
    static func burnDown(_ burnDown: BurnDown) -> CodeBlock {
        let points = burnDown.points(atMost: width)
        guard points.count > 1 else { return CodeBlock(lines: []) }
        return chart(
            title: "Callers in code from \(points[0].day) on: left, and moved",
            days: points.map(\.day), axis: "callers",
            series: [("line", points.map(\.callers)), ("line", points.map(\.migrated))])
    }

    private static func chart(
        title: String, days: [CalendarDay], axis: String, series: [(kind: String, values: [Int])]
    ) -> CodeBlock {
        let most = max(1, series.flatMap(\.values).max() ?? 1).roundedUpForScale
        let lines =
            [
                "xychart-beta", "    title \"\(title)\"",
                "    x-axis [\(labels(days).map { "\"\($0)\"" }.joined(separator: ", "))]",
                "    y-axis \"\(axis)\" 0 --> \(most)",
            ]
            + series.map { kind, values in
                "    \(kind) [\(values.map(String.init).joined(separator: ", "))]"
            }
        return CodeBlock(lines: lines, language: "mermaid")
    }

    /// Month and day, where that tells them apart.
    private static func labels(_ days: [CalendarDay]) -> [String] {
        let short = days.map { String($0.description.dropFirst(5)) }
        return Set(short).count == days.count ? short : days.map(\.description)
    }
}

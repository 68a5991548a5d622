import Deprecations

/// The page's drawings. Each says in words and in a table what it shows.
struct Charts {
    /// When each endpoint goes.
    var lifecycles: HTML
    /// Requests over time.
    var requests: HTML
    var requestFigures: MarkdownTable
    var requestUnit: String
    /// Callers in code over time.
    var callers: HTML

    init(_ report: AuditReport, rules: RuleBook) {
        lifecycles = HTML(source: LifecycleChart(report, rules: rules)?.svg ?? "")
        let trend = RequestTrend(report.traffic, atMost: 90)
        requests = HTML(source: trend.map { RequestChart($0, rules: rules).svg } ?? "")
        requestFigures = trend.map(Self.figures) ?? MarkdownTable(columns: [], rows: [])
        requestUnit = trend?.unit ?? ""
        callers = HTML(source: CallerChart(BurnDown(report.progress))?.svg ?? "")
    }

    private static func figures(_ trend: RequestTrend) -> MarkdownTable {
        MarkdownTable(
            columns: [.text("From"), .number("Deprecated endpoint"), .number("Replacement")],
            rows: trend.spans.filter { $0.deprecated + $0.migrated > 0 }.map { span in
                ["\(span.firstDay)", "\(span.deprecated)", "\(span.migrated)"]
            })
    }
}

/// The days of each affected rule on one scale, with today.
private struct LifecycleChart {
    private static let rulesShown = 8
    let svg: String

    init?(_ report: AuditReport, rules: RuleBook) {
        let shown = rules.affected.prefix(Self.rulesShown).filter {
            $0.rule.lifecycle.deprecatedOn != nil || $0.rule.lifecycle.sunsetOn != nil
        }
        let days =
            shown.flatMap { words in
                [words.rule.lifecycle.deprecatedOn?.day, words.rule.lifecycle.sunsetOn?.day]
                    .compactMap { $0 }
            } + [report.asOf]
        guard !shown.isEmpty, let first = days.min(), let last = days.max() else { return nil }
        let margin = max(30, first.days(until: last) / 12)
        let scale = DayScale(
            first: CalendarDay(daysSinceEpoch: first.daysSinceEpoch - margin),
            last: CalendarDay(daysSinceEpoch: last.daysSinceEpoch + margin), left: 0,
            right: Double(Chart.width))
        var chart = Chart(height: shown.count * 62 + 26)
        for (index, words) in shown.enumerated() {
            Self.draw(words, at: Double(index * 62), on: scale, in: &chart)
        }
        let today = scale.x(report.asOf)
        chart.line(
            x1: today, y1: 20, x2: today, y2: Double(shown.count * 62 + 6), kind: "today")
        chart.text(
            "today, \(report.asOf)", x: today, y: Double(shown.count * 62 + 22),
            anchor: Self.anchor(at: today))
        svg = chart.svg(
            id: "lifecycles", title: "When the endpoints go",
            description: shown.map { words in
                "\(words.endpoint.plain): \(words.phase.plain)."
            }.joined(separator: " "))
    }

    private static func draw(
        _ words: RuleWords, at top: Double, on scale: DayScale, in chart: inout Chart
    ) {
        let lifecycle = words.rule.lifecycle
        let deprecated = lifecycle.deprecatedOn.map { scale.x($0.day) } ?? scale.left
        let sunset = lifecycle.sunsetOn.map { scale.x($0.day) } ?? scale.right
        chart.text(words.endpoint.plain, x: 0, y: top + 14, kind: "name")
        let y = top + 22
        chart.bar(
            x: scale.left, y: y, width: max(0, deprecated - scale.left), height: 12, kind: "active",
            title: "in force")
        chart.bar(
            x: deprecated, y: y, width: max(0, sunset - deprecated), height: 12, kind: "deprecated",
            title: "deprecated")
        chart.bar(
            x: sunset, y: y, width: max(0, scale.right - sunset), height: 12, kind: "gone",
            title: "past the sunset")
        if let day = lifecycle.deprecatedOn?.day {
            chart.text(
                "deprecated \(day)", x: deprecated, y: y + 28, anchor: anchor(at: deprecated))
        }
        if let day = lifecycle.sunsetOn?.day {
            chart.text("sunset \(day)", x: sunset, y: y + 28, anchor: anchor(at: sunset))
        }
    }

    /// So that a label stays inside the drawing.
    private static func anchor(at x: Double) -> String {
        x < 120 ? "start" : x > Double(Chart.width) - 120 ? "end" : "middle"
    }
}

/// Bars of requests, those to the replacement on top of those to the deprecated endpoint.
private struct RequestChart {
    private static let top = 12.0
    private static let bottom = 210.0
    let svg: String

    init(_ trend: RequestTrend, rules: RuleBook) {
        let most = max(1, trend.mostInOneSpan).roundedUpForScale
        let left = 64.0
        var chart = Chart(height: 240)
        let scaleY = { (count: Int) in
            Self.bottom - (Self.bottom - Self.top) * Double(count) / Double(most)
        }
        for mark in Set([0, most / 2, most]).sorted() {
            chart.line(
                x1: left, y1: scaleY(mark), x2: Double(Chart.width), y2: scaleY(mark), kind: "grid")
            chart.text(mark.grouped, x: left - 8, y: scaleY(mark) + 4, anchor: "end")
        }
        let each = (Double(Chart.width) - left) / Double(trend.spans.count)
        let wide = min(each * 0.8, 48)
        for (index, span) in trend.spans.enumerated() {
            let x = left + each * Double(index) + (each - wide) / 2
            let foot = scaleY(span.deprecated)
            let when =
                trend.daysEach == 1 ? "\(span.firstDay)" : "\(trend.unit) from \(span.firstDay)"
            if span.deprecated > 0 {
                chart.bar(
                    x: x, y: foot, width: wide, height: Self.bottom - foot, kind: "deprecated",
                    title: "\(when): \(span.deprecated.grouped) to deprecated endpoints")
            }
            if span.migrated > 0 {
                let head = scaleY(span.deprecated + span.migrated)
                chart.bar(
                    x: x, y: head, width: wide, height: foot - head, kind: "migrated",
                    title: "\(when): \(span.migrated.grouped) to replacements")
            }
        }
        for index in Self.labelled(trend.spans.count) {
            let x = left + each * (Double(index) + 0.5)
            chart.text(
                trend.spans[index].firstDay.description, x: x, y: 230,
                anchor: x > Double(Chart.width) - 50 ? "end" : x < left + 40 ? "start" : "middle")
        }
        svg = chart.svg(
            id: "requests", title: "Requests per \(trend.unit)",
            description:
                "From \(trend.spans[0].firstDay) to \(trend.lastDay); at most \(trend.mostInOneSpan.grouped) in one \(trend.unit)."
        )
    }

    /// A few of so many bars, evenly spread.
    private static func labelled(_ count: Int) -> [Int] {
        let shown = min(count, 6)
        guard shown > 1 else { return [0] }
        return (0..<shown).map { $0 * (count - 1) / (shown - 1) }
    }
}

/// Lines of the callers that are left and of those that have moved.
private struct CallerChart {
    private static let pointsShown = 60
    let svg: String

    init?(_ burnDown: BurnDown) {
        let points = burnDown.points(atMost: Self.pointsShown)
        guard let first = points.first, let last = points.last, first.day < last.day else {
            return nil
        }
        let most = max(1, points.map { max($0.callers, $0.migrated) }.max() ?? 1).roundedUpForScale
        let left = 64.0
        let scaleY = { (count: Int) in 210 - 198 * Double(count) / Double(most) }
        let scale = DayScale(
            first: first.day, last: last.day, left: left + 8, right: Double(Chart.width) - 12)
        var chart = Chart(height: 240)
        for mark in Set([0, most / 2, most]).sorted() {
            chart.line(
                x1: left, y1: scaleY(mark), x2: Double(Chart.width), y2: scaleY(mark), kind: "grid")
            chart.text(mark.grouped, x: left - 8, y: scaleY(mark) + 4, anchor: "end")
        }
        chart.path(
            through: points.map { (scale.x($0.day), scaleY($0.callers)) }, kind: "deprecated curve")
        chart.path(
            through: points.map { (scale.x($0.day), scaleY($0.migrated)) }, kind: "migrated curve")
        for point in points {
            chart.dot(
                x: scale.x(point.day), y: scaleY(point.callers), kind: "deprecated",
                title: "\(point.day): \(point.callers.grouped) callers left")
            chart.dot(
                x: scale.x(point.day), y: scaleY(point.migrated), kind: "migrated",
                title: "\(point.day): \(point.migrated.grouped) callers moved")
        }
        for day in scale.labels(5) {
            let x = scale.x(day)
            chart.text(
                day.description, x: x, y: 230,
                anchor: x > Double(Chart.width) - 50 ? "end" : x < left + 40 ? "start" : "middle")
        }
        svg = chart.svg(
            id: "callers-over-time", title: "Callers in code over time",
            description:
                "From \(first.day) to \(last.day): callers left \(first.callers) to \(last.callers), moved \(first.migrated) to \(last.migrated)."
        )
    }
}

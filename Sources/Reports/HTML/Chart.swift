import Deprecations

/// A drawing in SVG, made of shapes whose colours the page's style sheet knows.
struct Chart {
    static let width = 960
    private var shapes = ""
    let height: Int

    init(height: Int) {
        self.height = height
    }

    mutating func bar(
        x: Double, y: Double, width: Double, height: Double, kind: String, title: String
    ) {
        shapes +=
            "<rect class=\"\(kind)\" x=\"\(x.hundredths)\" y=\"\(y.hundredths)\" width=\"\(width.hundredths)\" height=\"\(height.hundredths)\"><title>\(title.htmlEscaped)</title></rect>\n"
    }

    mutating func line(x1: Double, y1: Double, x2: Double, y2: Double, kind: String) {
        shapes +=
            "<line class=\"\(kind)\" x1=\"\(x1.hundredths)\" y1=\"\(y1.hundredths)\" x2=\"\(x2.hundredths)\" y2=\"\(y2.hundredths)\"/>\n"
    }

    mutating func path(through points: [(x: Double, y: Double)], kind: String) {
        let steps = points.map { "\($0.x.hundredths) \($0.y.hundredths)" }
        shapes += "<path class=\"\(kind)\" d=\"M\(steps.joined(separator: "L"))\"/>\n"
    }

    mutating func dot(x: Double, y: Double, kind: String, title: String) {
        shapes +=
            "<circle class=\"\(kind)\" cx=\"\(x.hundredths)\" cy=\"\(y.hundredths)\" r=\"4\"><title>\(title.htmlEscaped)</title></circle>\n"
    }

    /// `anchor` is `start`, `middle` or `end`.
    mutating func text(
        _ text: String, x: Double, y: Double, anchor: String = "start", kind: String = "label"
    ) {
        shapes +=
            "<text class=\"\(kind)\" x=\"\(x.hundredths)\" y=\"\(y.hundredths)\" text-anchor=\"\(anchor)\">\(text.visible.htmlEscaped)</text>\n"
    }

    /// The whole drawing, with a name and a description for those who do not see it.
    func svg(id: String, title: String, description: String) -> String {
        """
        <svg viewBox="0 0 \(Self.width) \(height)" role="img" aria-labelledby="\(id)-title \(id)-text">
        <title id="\(id)-title">\(title.htmlEscaped)</title>
        <desc id="\(id)-text">\(description.htmlEscaped)</desc>
        \(shapes)</svg>
        """
    }
}

extension Double {
    /// Rounded to two digits behind the point, without zeros at the end.
    var hundredths: String {
        let scaled = Int((self * 100).rounded())
        let whole = "\(scaled < 0 ? "-" : "")\(scaled.magnitude / 100)"
        let rest = Int(scaled.magnitude % 100)
        if rest == 0 { return whole }
        return rest % 10 == 0 ? "\(whole).\(rest / 10)" : "\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}

extension Int {
    /// The next number of 1, 2 or 5 times a power of ten: a good end of a scale.
    var roundedUpForScale: Int {
        var unit = 1
        while unit * 10 <= self { unit *= 10 }
        return [1, 2, 5, 10].map { $0 * unit }.first { $0 >= self } ?? unit * 10
    }
}

/// Days from left to right.
struct DayScale {
    var first: CalendarDay
    var last: CalendarDay
    var left: Double
    var right: Double

    func x(_ day: CalendarDay) -> Double {
        let length = max(1, first.days(until: last))
        return left + (right - left) * Double(first.days(until: day)) / Double(length)
    }

    /// At most `count` days, evenly spread, both ends among them.
    func labels(_ count: Int) -> [CalendarDay] {
        let length = first.days(until: last)
        let steps = max(1, min(count - 1, length))
        return (0...steps).map {
            CalendarDay(daysSinceEpoch: first.daysSinceEpoch + length * $0 / steps)
        }
    }
}

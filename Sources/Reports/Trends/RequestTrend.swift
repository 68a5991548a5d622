import Deprecations

/// How many requests came in each of some spans of equal length.
struct RequestTrend {
    /// The requests of some successive days.
    struct Span {
        var firstDay: CalendarDay
        var deprecated = 0
        var migrated = 0
    }

    /// How many days each span has.
    let daysEach: Int
    /// Oldest first, without gaps; the last one ends at or after the last request.
    let spans: [Span]

    /// Nil where no request has a day.
    init?(_ traffic: [Traffic], atMost limit: Int) {
        var days: [CalendarDay: (deprecated: Int, migrated: Int)] = [:]
        for entry in traffic {
            for (day, requests) in entry.totals.days {
                switch entry.key.usage {
                case .deprecated: days[day, default: (0, 0)].deprecated += requests
                case .migrated: days[day, default: (0, 0)].migrated += requests
                }
            }
        }
        guard let first = days.keys.min(), let last = days.keys.max() else { return nil }
        let length = first.days(until: last) + 1
        let each = Self.spanLength(days: length, atMost: max(1, limit))
        var spans = (0..<(length + each - 1) / each).map { index in
            Span(firstDay: CalendarDay(daysSinceEpoch: first.daysSinceEpoch + index * each))
        }
        for (day, requests) in days {
            let index = first.days(until: day) / each
            spans[index].deprecated += requests.deprecated
            spans[index].migrated += requests.migrated
        }
        daysEach = each
        self.spans = spans
    }

    /// A day, a week or a multiple of it, so that the days of a week weigh the same in every span.
    private static func spanLength(days: Int, atMost limit: Int) -> Int {
        days <= limit ? 1 : ((days + limit - 1) / limit + 6) / 7 * 7
    }

    /// `day`, `week`, `14 days`.
    var unit: String {
        switch daysEach {
        case 1: "day"
        case 7: "week"
        default: "\(daysEach) days"
        }
    }

    var mostInOneSpan: Int { spans.map { $0.deprecated + $0.migrated }.max() ?? 0 }

    var lastDay: CalendarDay {
        let first = spans.last?.firstDay ?? CalendarDay(daysSinceEpoch: 0)
        return CalendarDay(daysSinceEpoch: first.daysSinceEpoch + daysEach - 1)
    }
}

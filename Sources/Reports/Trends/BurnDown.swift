import Deprecations

/// How the callers in code went from day to day, and when none would be left at that pace.
struct BurnDown {
    /// The counts at the end of one day.
    struct Point {
        var day: CalendarDay
        var callers: Int
        var migrated: Int
    }

    /// What the pace so far would lead to. It is arithmetic, no promise.
    enum Outlook {
        /// Fewer than two days are known.
        case unknown
        /// No caller is left.
        case done
        /// The callers did not become fewer.
        case notFalling
        /// The day on which none would be left.
        case doneOn(CalendarDay)
    }

    /// The last run of each day, oldest first; runs without code before any with it are left out.
    let points: [Point]

    init(_ progress: [ProgressPoint]) {
        var points: [Point] = []
        for run in progress.drop(while: { $0.callers + $0.migratedCallers == 0 }) {
            if points.last?.day == run.at.day { points.removeLast() }
            points.append(
                Point(day: run.at.day, callers: run.callers, migrated: run.migratedCallers))
        }
        self.points = points
    }

    var outlook: Outlook {
        guard let first = points.first, let last = points.last, first.day < last.day else {
            return .unknown
        }
        if last.callers == 0 { return .done }
        let gone = first.callers - last.callers
        guard gone > 0 else { return .notFalling }
        let days = first.day.days(until: last.day)
        let left = (last.callers * days + gone - 1) / gone
        return .doneOn(CalendarDay(daysSinceEpoch: last.day.daysSinceEpoch + left))
    }

    /// At most `limit` points, the first and the last among them.
    func points(atMost limit: Int) -> [Point] {
        guard points.count > limit, limit > 1 else { return points }
        return (0..<limit).map { points[$0 * (points.count - 1) / (limit - 1)] }
    }
}

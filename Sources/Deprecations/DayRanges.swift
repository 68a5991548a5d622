/// A set of days, kept as ranges: which days a log has lines of, or which of them count.
///
/// Written `2026-03-01..2026-03-05,2026-03-09`; an end without a day is open: `..` is every day.
public struct DayRanges: Hashable, Sendable, CustomStringConvertible {
    /// Ascending, and at least a day apart. In days since 1970-01-01.
    public private(set) var ranges: [ClosedRange<Int>] = []

    private static let first = Int.min / 2
    private static let last = Int.max / 2

    /// No day.
    public init() {}

    /// The days from `since` to `until`, both of them too; nil for an open end.
    public init(since: CalendarDay?, until: CalendarDay?) {
        let low = since?.daysSinceEpoch ?? Self.first
        let high = until?.daysSinceEpoch ?? Self.last
        if low <= high { ranges = [low...high] }
    }

    /// Every day.
    public static let all = DayRanges(since: nil, until: nil)

    /// Whether there is no day in it.
    public var isEmpty: Bool { ranges.isEmpty }

    /// Whether `day` is in it.
    public func contains(_ day: CalendarDay) -> Bool {
        ranges.contains { $0.contains(day.daysSinceEpoch) }
    }

    /// Whether every day of `other` is in it.
    public func isSuperset(of other: DayRanges) -> Bool {
        other.ranges.allSatisfy { part in
            ranges.contains { $0.lowerBound <= part.lowerBound && $0.upperBound >= part.upperBound }
        }
    }

    /// Adds a day.
    public mutating func insert(_ day: CalendarDay) {
        insert(day.daysSinceEpoch...day.daysSinceEpoch)
    }

    /// Adds the days of `other`.
    public mutating func formUnion(_ other: DayRanges) {
        for range in other.ranges { insert(range) }
    }

    /// The days of both.
    public func union(_ other: DayRanges) -> DayRanges {
        var result = self
        result.formUnion(other)
        return result
    }

    private mutating func insert(_ range: ClosedRange<Int>) {
        if let last = ranges.last, last.contains(range.lowerBound), last.contains(range.upperBound)
        {
            return
        }
        var low = range.lowerBound
        var high = range.upperBound
        let begin = ranges.firstIndex { $0.upperBound >= low - 1 } ?? ranges.count
        var end = begin
        while end < ranges.count, ranges[end].lowerBound <= high + 1 {
            low = min(low, ranges[end].lowerBound)
            high = max(high, ranges[end].upperBound)
            end += 1
        }
        ranges.replaceSubrange(begin..<end, with: [low...high])
    }

    /// The days between the first and the last that are not in it, ascending.
    public var gaps: DayRanges {
        var result = DayRanges()
        for (earlier, later) in zip(ranges, ranges.dropFirst()) {
            result.ranges.append(earlier.upperBound + 1...later.lowerBound - 1)
        }
        return result
    }

    /// How many days are in it; an open end counts as very many.
    public var count: Int { ranges.reduce(0) { $0 + $1.count } }

    /// Joins the nearest ranges until there are at most `limit`: what is told apart is bounded.
    public mutating func coarsen(to limit: Int) {
        while ranges.count > max(limit, 1) {
            let nearest = ranges.indices.dropLast().min {
                ranges[$0 + 1].lowerBound - ranges[$0].upperBound
                    < ranges[$1 + 1].lowerBound - ranges[$1].upperBound
            }
            guard let nearest else { return }
            let joined = ranges[nearest].lowerBound...ranges[nearest + 1].upperBound
            ranges.replaceSubrange(nearest...nearest + 1, with: [joined])
        }
    }

    /// See the type.
    public var description: String {
        ranges.map { range in
            let low = Self.text(range.lowerBound, open: Self.first)
            let high = Self.text(range.upperBound, open: Self.last)
            return low == high && !low.isEmpty ? low : "\(low)..\(high)"
        }.joined(separator: ",")
    }

    private static func text(_ day: Int, open: Int) -> String {
        day == open ? "" : CalendarDay(daysSinceEpoch: day).description
    }

    /// Reads what `description` writes; nil for anything else.
    public init?(_ text: String) {
        for part in text.split(separator: ",") {
            let ends = part.split(separator: ".", omittingEmptySubsequences: false)
            guard ends.count == 1 || (ends.count == 3 && ends[1].isEmpty), let first = ends.first,
                let last = ends.last
            else { return nil }
            guard let low = Self.day(first, open: Self.first),
                let high = Self.day(last, open: Self.last), low <= high
            else { return nil }
            insert(low...high)
        }
    }

    private static func day(_ text: Substring, open: Int) -> Int? {
        text.isEmpty ? open : CalendarDay(text)?.daysSinceEpoch
    }
}

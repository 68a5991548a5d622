import Deprecations

/// Which requests count by their day, in what was read before and in what is new.
///
/// A stream remembers for each rule the days whose requests count (`LogCheckpoint.counted`), and these only grow: a
/// reading that asks for more days, or knows more rules, counts in the known part what was left out there, and
/// from then on all of them.
struct CountedDays: Sendable {
    private let rules: [String]
    /// What this reading asks for.
    private let asked: DayRanges
    /// What the stream counted before, for each rule; nil where it is taken for a new one.
    private let earlier: [DayRanges]?
    /// For each rule the days that count now.
    private let counting: [DayRanges]
    /// Whether every request counts, whenever it was.
    private let countsAll: Bool
    /// Whether something of the known part did not count before.
    let countsLate: Bool

    /// Of `rules`, for a stream that was read before as `checkpoint` says.
    init(rules: [String], asked: DayRanges, earlier checkpoint: LogCheckpoint?) {
        self.rules = rules
        self.asked = asked
        let earlier = checkpoint.map { known in rules.map { known.counted[$0] ?? DayRanges() } }
        self.earlier = earlier
        let counting = rules.indices.map { asked.union(earlier?[$0] ?? DayRanges()) }
        self.counting = counting
        countsAll = counting.allSatisfy { $0 == .all }
        countsLate = earlier.map { $0 != counting } ?? false
    }

    /// Whether a request of this rule and time counts; one without a time does.
    func counts(_ rule: Int, at time: Timestamp?) -> Bool {
        guard !countsAll, let time else { return true }
        return counting[rule].contains(time.day)
    }

    /// Whether such a request, which counts, did not count when its line was read before.
    func isLate(_ rule: Int, at time: Timestamp?) -> Bool {
        guard let earlier else { return false }
        guard let time else { return earlier[rule].isEmpty }
        return !earlier[rule].contains(time.day)
    }

    /// Whether the stream was judged by this rule before.
    func isKnown(_ rule: Int) -> Bool { earlier?[rule].isEmpty == false }

    /// Whether a stream that turned out to be `checkpoint`, nil for a new one, is counted rightly so.
    func fits(_ checkpoint: LogCheckpoint?) -> Bool {
        let other = CountedDays(rules: rules, asked: asked, earlier: checkpoint)
        return counting == other.counting && (checkpoint == nil || earlier == other.earlier)
    }

    /// What the stream counts from now on.
    func counted(after checkpoint: LogCheckpoint?) -> [String: DayRanges] {
        var counted = checkpoint?.counted ?? [:]
        for (rule, days) in zip(rules, counting) { counted[rule] = days }
        return counted
    }
}

import Deprecations
import TestSupport
import Testing

@Suite("Ranges of days")
struct DayRangesTests {
    @Test(
        "any order of days makes the same ranges, with what is written read again",
        arguments: [UInt64](1...20))
    func order(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let days = (0..<60).map { _ in CalendarDay(daysSinceEpoch: 20_000 + random.below(120)) }
        var ranges = DayRanges()
        for day in days { ranges.insert(day) }
        var other = DayRanges()
        for day in days.reversed() { other.insert(day) }
        #expect(ranges == other)
        #expect(DayRanges(ranges.description) == ranges)
        #expect(ranges.count == Set(days).count)
        for number in 19_990..<20_130 {
            let day = CalendarDay(daysSinceEpoch: number)
            #expect(ranges.contains(day) == days.contains(day))
        }
        #expect(
            ranges.gaps.count + ranges.count == (days.max()?.daysSinceEpoch ?? 0)
                - (days.min()?.daysSinceEpoch ?? 0) + 1)
        #expect(ranges.union(ranges.gaps).ranges.count == 1)
        #expect(ranges.isSuperset(of: other) && !ranges.gaps.isSuperset(of: ranges))
        var coarse = ranges
        coarse.coarsen(to: 3)
        #expect(coarse.ranges.count <= 3 && coarse.isSuperset(of: ranges))
    }

    @Test(
        "open ends are written without a day",
        arguments: [
            "..", "2026-03-01..", "..2026-03-01,2026-04-01..", "2026-03-01,2026-03-03..2026-03-09",
            "",
        ])
    func written(text: String) {
        #expect(DayRanges(text)?.description == text)
    }

    @Test(
        "what is no range is refused",
        arguments: [
            "x", "2026-03-01...2026-03-02", "2026-03-09..2026-03-01", "2026-02-30", ".",
            "2026-03-01.2026-03-04",
        ])
    func refused(text: String) {
        #expect(DayRanges(text) == nil)
    }

    @Test("since and until are part of it; the wrong way round they are nothing")
    func ends() throws {
        let march = try #require(CalendarDay("2026-03-01"))
        let april = try #require(CalendarDay("2026-04-01"))
        let days = DayRanges(since: march, until: april)
        #expect(days.contains(march) && days.contains(april) && days.count == 32)
        #expect(DayRanges(since: april, until: march).isEmpty)
        #expect(
            DayRanges.all.isSuperset(of: days)
                && DayRanges(since: march, until: nil).isSuperset(of: days))
        #expect(days.union(DayRanges(since: nil, until: march)).description == "..2026-04-01")
    }
}

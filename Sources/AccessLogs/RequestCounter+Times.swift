import Deprecations

extension RequestCounter {
    /// How many lines at the begin of a log are looked at for what its lines show.
    private static let linesLookedAt = 16

    /// Takes note of when the lines of a part of a log were, and of what they show.
    ///
    /// Two lines of a block say it as a rule. Only where they lie more than a day apart others between them are looked
    /// at, halving the part each time, so that a day without a line is known for one.
    mutating func noteTimes(_ block: Span<UInt8>, _ range: Range<Int>, isBegin: Bool) {
        guard !range.isEmpty else { return }
        if isBegin {
            var position = range.lowerBound
            for _ in 0..<Self.linesLookedAt where position < range.upperBound {
                let end = min(endOfLine(block, from: position), range.upperBound)
                noteTime(block, position..<end)
                position = end + 1
            }
        }
        let first = dayOfLine(block, range, from: range.lowerBound)
        let last = dayOfLine(block, range, from: startOfLine(block, range, range.upperBound - 1))
        guard let first, let last else { return }
        fill(block, range, first, last)
    }

    /// Notes the days of lines between the first and the last of `range`, which are of these days.
    private mutating func fill(
        _ block: Span<UInt8>, _ range: Range<Int>, _ first: CalendarDay, _ last: CalendarDay
    ) {
        let distance = first.days(until: last)
        if (0...1).contains(distance) { return }
        guard distance > 0 else { return noteDays(first, last) }
        let end = startOfLine(block, range, range.upperBound - 1)
        let middle = startOfLine(block, range, (range.lowerBound + end) / 2)
        let begin = middle > range.lowerBound ? middle : endOfLine(block, from: middle) + 1
        // Nothing lies between the first line and the last one.
        guard begin < end else { return }
        guard let day = dayOfLine(block, range, from: begin) else {
            noteDays(first, last)
            return
        }
        let rest = min(endOfLine(block, from: begin) + 1, range.upperBound)
        fill(block, range.lowerBound..<rest, first, day)
        fill(block, begin..<range.upperBound, day, last)
    }

    private mutating func dayOfLine(
        _ block: Span<UInt8>, _ range: Range<Int>, from start: Int
    ) -> CalendarDay? {
        noteTime(block, start..<min(endOfLine(block, from: start), range.upperBound))
    }

    /// Where the line begins that has the byte at `position`.
    private func startOfLine(_ block: Span<UInt8>, _ range: Range<Int>, _ position: Int) -> Int {
        var start = position
        while start > range.lowerBound, block[start - 1] != 0x0A { start -= 1 }
        return start
    }
}

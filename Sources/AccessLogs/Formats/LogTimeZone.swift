/// The zone of instants that a log writes without one.
struct LogTimeZone: Sendable {
    /// Seconds east of UTC from an instant on.
    struct Change: Sendable {
        var from: Int64
        var offset: Int64
    }

    /// Ascending; the first has no beginning.
    private var changes: [Change]

    /// Universal time.
    static let utc = LogTimeZone(offset: 0)

    /// A zone that never changes.
    init(offset: Int64) {
        changes = [Change(from: .min, offset: offset)]
    }

    /// A zone with these changes, ascending by instant.
    init(before offset: Int64, changes: [Change]) {
        self.changes = [Change(from: .min, offset: offset)] + changes
    }

    /// Seconds east of UTC at the local time `seconds` (counted as if it were UTC).
    ///
    /// A local time that occurs twice is taken as the first of the two, one that is skipped as if the
    /// clock had not yet been moved (both as `mktime` has it by default).
    func offset(atLocal seconds: Int64) -> Int64 {
        // The last change whose own local time, by the clock before it, has come.
        var low = 0
        var high = changes.count
        while high - low > 1 {
            let middle = (low + high) / 2
            let clockBefore = max(changes[middle - 1].offset, changes[middle].offset)
            if changes[middle].from + clockBefore <= seconds { low = middle } else { high = middle }
        }
        return changes[low].offset
    }

    /// `UTC`, `Z`, `+02:00`, `+0200`, `-7`; nil for anything else.
    init?(fixed text: String) {
        if ["UTC", "utc", "Z", "GMT"].contains(text) {
            self = .utc
            return
        }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard digits.allSatisfy(\.isASCII), let number = Int64(digits), number >= 0 else {
            return nil
        }
        let (hours, minutes) =
            switch digits.count {
            case 1, 2: (number, Int64(0))
            case 3, 4: (number / 100, number % 100)
            default: (Int64(99), Int64(0))
            }
        guard hours <= 15, minutes < 60 else { return nil }
        let seconds = hours * 3600 + minutes * 60
        self.init(offset: sign == "-" ? -seconds : seconds)
    }
}

import Deprecations

/// Reads the spellings of an instant that logs have, without allocating.
///
/// Recognised by shape: `12/Feb/2026:08:14:03 +0100` (also with a fraction, or without a zone), RFC 3339 and
/// ISO 8601 (also with slashes), `Thu Feb 12 07:14:03 2026`, `Thu, 12 Feb 2026 07:14:03 GMT`, seconds, milliseconds, microseconds
/// and nanoseconds since 1970.
struct LogTimestamp: Sendable {
    /// The zone of instants that are written without one.
    var zone: LogTimeZone = .utc
    /// Midnight (UTC) of the day that was read last, and how it was written: logs repeat their day.
    private var lastDay: (key: UInt32, seconds: Int64) = (0, 0)

    init(zone: LogTimeZone = .utc) {
        self.zone = zone
    }

    /// The instant that `bytes[range]` says; nil where it says none.
    mutating func parse(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Timestamp? {
        var cursor = Cursor(position: range.lowerBound, end: range.upperBound)
        cursor.skip(bytes, while: { $0 == 0x5B || $0 == 0x22 || $0 == 0x20 })
        while cursor.end > cursor.position, isClosing(bytes[cursor.end - 1]) { cursor.end -= 1 }
        guard let first = cursor.peek(bytes) else { return nil }
        if !(0x30...0x39).contains(first) {
            return first | 0x20 >= 0x61 ? named(bytes, &cursor) : nil
        }
        let length = cursor.end - cursor.position
        if length >= 20, bytes[cursor.position + 2] == UInt8(ascii: "/") {
            return commonLog(bytes, &cursor)
        }
        if length >= 16, isDayMark(bytes[cursor.position + 4]) {
            return iso(bytes, &cursor)
        }
        return epoch(bytes, &cursor)
    }

    /// The instant of a day and a clock time that are written apart (W3C: UTC).
    mutating func parse(_ bytes: Span<UInt8>, date: Range<Int>, clock: Range<Int>) -> Timestamp? {
        var cursor = Cursor(position: date.lowerBound, end: date.upperBound)
        guard let midnight = isoDay(bytes, &cursor), cursor.isAtEnd else { return nil }
        cursor = Cursor(position: clock.lowerBound, end: clock.upperBound)
        guard let time = clockTime(bytes, &cursor) else { return nil }
        return instant(midnight, time, zone: cursor.isAtEnd ? nil : offset(bytes, &cursor))
    }

    private mutating func commonLog(_ bytes: Span<UInt8>, _ cursor: inout Cursor) -> Timestamp? {
        let start = cursor.position
        guard let day = cursor.digits(bytes, 2), cursor.take(bytes, UInt8(ascii: "/")),
            let month = cursor.month(bytes), cursor.take(bytes, UInt8(ascii: "/")),
            let year = cursor.digits(bytes, 4), cursor.take(bytes, UInt8(ascii: ":")),
            let midnight = midnight(year, month, day), cursor.position == start + 12,
            let time = clockTime(bytes, &cursor)
        else { return nil }
        cursor.skip(bytes, while: { $0 == 0x20 })
        return instant(midnight, time, zone: offset(bytes, &cursor))
    }

    private mutating func iso(_ bytes: Span<UInt8>, _ cursor: inout Cursor) -> Timestamp? {
        guard let midnight = isoDay(bytes, &cursor), let separator = cursor.peek(bytes),
            separator == 0x20 || separator == 0x54 || separator == 0x74 || separator == 0x5F
        else { return nil }
        cursor.position += 1
        guard let time = clockTime(bytes, &cursor) else { return nil }
        cursor.skip(bytes, while: { $0 == 0x20 })
        return instant(midnight, time, zone: offset(bytes, &cursor))
    }

    /// `Thu Feb 12 07:14:03 2026`, `Thu, 12 Feb 2026 07:14:03 GMT`.
    private mutating func named(_ bytes: Span<UInt8>, _ cursor: inout Cursor) -> Timestamp? {
        guard cursor.end - cursor.position >= 20 else { return nil }
        cursor.position += 3
        cursor.skip(bytes, while: { $0 == 0x20 || $0 == 0x2C })
        if let month = cursor.month(bytes) {
            cursor.skip(bytes, while: { $0 == 0x20 })
            guard let day = cursor.upToTwoDigits(bytes), cursor.take(bytes, 0x20),
                let time = clockTime(bytes, &cursor), cursor.take(bytes, 0x20),
                let year = cursor.digits(bytes, 4), let midnight = midnight(year, month, day)
            else { return nil }
            return instant(midnight, time, zone: nil)
        }
        guard let day = cursor.upToTwoDigits(bytes), cursor.take(bytes, 0x20),
            let month = cursor.month(bytes), cursor.take(bytes, 0x20),
            let year = cursor.digits(bytes, 4), cursor.take(bytes, 0x20),
            let midnight = midnight(year, month, day), let time = clockTime(bytes, &cursor)
        else { return nil }
        cursor.skip(bytes, while: { $0 == 0x20 })
        return instant(midnight, time, zone: offset(bytes, &cursor))
    }

    /// Seconds with a fraction, or a whole number whose size tells the unit.
    private func epoch(_ bytes: Span<UInt8>, _ cursor: inout Cursor) -> Timestamp? {
        var whole: Int64 = 0
        var digits = 0
        while let digit = cursor.digit(bytes) {
            guard digits < 19 else { return nil }
            whole = whole &* 10 &+ digit
            digits += 1
        }
        guard whole >= 0 else { return nil }
        if cursor.isAtEnd {
            switch digits {
            case 9...10: return Timestamp(seconds: whole)
            case 12...13: return Timestamp(milliseconds: whole)
            case 15...16: return Timestamp(milliseconds: whole / 1000)
            case 18...19: return Timestamp(milliseconds: whole / 1_000_000)
            default: return nil
            }
        }
        guard digits <= 11, cursor.take(bytes, UInt8(ascii: ".")) else { return nil }
        if digits == 1 { return scientific(bytes, &cursor, whole) }
        guard digits >= 9, let fraction = cursor.fraction(bytes), cursor.isAtEnd else { return nil }
        return Timestamp(milliseconds: whole * 1000 + fraction)
    }

    /// Seconds as Go and Java may write a large number: `1.77088044331e+09`.
    private func scientific(
        _ bytes: Span<UInt8>, _ cursor: inout Cursor, _ whole: Int64
    ) -> Timestamp? {
        var milliseconds = whole
        var places = 0
        while let digit = cursor.digit(bytes) {
            // Seconds have nine places beyond the first, milliseconds twelve.
            if places < 12 {
                milliseconds = milliseconds * 10 + digit
                places += 1
            }
        }
        guard let letter = cursor.peek(bytes), letter | 0x20 == 0x65 else { return nil }
        cursor.position += 1
        _ = cursor.take(bytes, UInt8(ascii: "+"))
        guard let exponent = cursor.upToTwoDigits(bytes), exponent == 9, cursor.isAtEnd else {
            return nil
        }
        for _ in places..<12 { milliseconds *= 10 }
        return Timestamp(milliseconds: milliseconds)
    }

    private mutating func isoDay(_ bytes: Span<UInt8>, _ cursor: inout Cursor) -> Int64? {
        guard let year = cursor.digits(bytes, 4), let mark = cursor.peek(bytes), isDayMark(mark),
            cursor.take(bytes, mark), let month = cursor.digits(bytes, 2),
            cursor.take(bytes, mark), let day = cursor.digits(bytes, 2)
        else { return nil }
        return midnight(year, month, day)
    }

    private mutating func midnight(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
        let key = UInt32(year) << 16 | UInt32(month) << 8 | UInt32(day)
        if key == lastDay.key { return lastDay.seconds }
        guard let date = CalendarDay(year: Int(year), month: Int(month), day: Int(day)) else {
            return nil
        }
        lastDay = (key, Int64(date.daysSinceEpoch) * 86_400)
        return lastDay.seconds
    }

    /// Milliseconds of the day.
    private func clockTime(_ bytes: Span<UInt8>, _ cursor: inout Cursor) -> Int64? {
        guard let hour = cursor.digits(bytes, 2), hour < 24, cursor.take(bytes, 0x3A),
            let minute = cursor.digits(bytes, 2), minute < 60
        else { return nil }
        var second: Int64 = 0
        if cursor.take(bytes, 0x3A) {
            guard let digits = cursor.digits(bytes, 2), digits <= 60 else { return nil }
            second = digits
        }
        var fraction: Int64 = 0
        if let next = cursor.peek(bytes), next == 0x2E || next == 0x2C {
            cursor.position += 1
            guard let read = cursor.fraction(bytes) else { return nil }
            fraction = read
        }
        return (hour * 3600 + minute * 60 + second) * 1000 + fraction
    }

    /// Seconds east of UTC: `Z`, `UTC`, `GMT`, `+hh`, `+hhmm`, `+hh:mm`; nil where there is none.
    private func offset(_ bytes: Span<UInt8>, _ cursor: inout Cursor) -> Int64? {
        guard let sign = cursor.peek(bytes) else { return nil }
        if sign | 0x20 == 0x7A || sign == 0x55 || sign == 0x47 { return 0 }
        guard sign == 0x2B || sign == 0x2D else { return nil }
        cursor.position += 1
        guard let hours = cursor.digits(bytes, 2) else { return nil }
        _ = cursor.take(bytes, 0x3A)
        let minutes = cursor.digits(bytes, 2) ?? 0
        let seconds = hours * 3600 + minutes * 60
        return sign == 0x2D ? -seconds : seconds
    }

    private func instant(_ midnight: Int64, _ time: Int64, zone written: Int64?) -> Timestamp {
        if let written {
            return Timestamp(milliseconds: (midnight - written) * 1000 + time)
        }
        let local = midnight + time / 1000
        let offset = zone.offset(atLocal: local)
        return Timestamp(milliseconds: (midnight - offset) * 1000 + time)
    }
}

/// What stands between year, month and day: `2026-02-12`, and `2026/02/12` as nginx' error log and Go have it.
private func isDayMark(_ byte: UInt8) -> Bool { byte == 0x2D || byte == 0x2F }

/// What may stand behind an instant: a bracket, a quote, blanks.
private func isClosing(_ byte: UInt8) -> Bool {
    byte == 0x5D || byte == 0x22 || byte == 0x20
}

/// A place in some bytes that moves forward.
private struct Cursor {
    var position: Int
    var end: Int

    var isAtEnd: Bool { position >= end }

    func peek(_ bytes: Span<UInt8>) -> UInt8? {
        position < end ? bytes[position] : nil
    }

    mutating func take(_ bytes: Span<UInt8>, _ byte: UInt8) -> Bool {
        guard position < end, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func skip(_ bytes: Span<UInt8>, while condition: (UInt8) -> Bool) {
        while position < end, condition(bytes[position]) { position += 1 }
    }

    mutating func digit(_ bytes: Span<UInt8>) -> Int64? {
        guard position < end, (0x30...0x39).contains(bytes[position]) else { return nil }
        position += 1
        return Int64(bytes[position - 1] - 0x30)
    }

    mutating func digits(_ bytes: Span<UInt8>, _ count: Int) -> Int64? {
        guard position + count <= end else { return nil }
        var value: Int64 = 0
        for index in position..<position + count {
            let digit = bytes[index] &- 0x30
            guard digit < 10 else { return nil }
            value = value * 10 + Int64(digit)
        }
        position += count
        return value
    }

    mutating func upToTwoDigits(_ bytes: Span<UInt8>) -> Int64? {
        guard let first = digit(bytes) else { return nil }
        guard let second = digit(bytes) else { return first }
        return first * 10 + second
    }

    /// Milliseconds of a decimal fraction of any length.
    mutating func fraction(_ bytes: Span<UInt8>) -> Int64? {
        var value: Int64 = 0
        var count = 0
        while let digit = digit(bytes) {
            if count < 3 { value = value * 10 + digit }
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 3)..<3 { value *= 10 }
        return value
    }

    mutating func month(_ bytes: Span<UInt8>) -> Int64? {
        guard position + 3 <= end else { return nil }
        let name =
            UInt32(bytes[position] | 0x20) << 16 | UInt32(bytes[position + 1] | 0x20) << 8
            | UInt32(bytes[position + 2] | 0x20)
        let month: Int64
        switch name {
        case 0x6A616E: month = 1
        case 0x666562: month = 2
        case 0x6D6172: month = 3
        case 0x617072: month = 4
        case 0x6D6179: month = 5
        case 0x6A756E: month = 6
        case 0x6A756C: month = 7
        case 0x617567: month = 8
        case 0x736570: month = 9
        case 0x6F6374: month = 10
        case 0x6E6F76: month = 11
        case 0x646563: month = 12
        default: return nil
        }
        position += 3
        return month
    }
}

/// An instant in UTC, to the millisecond.
public struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
    public let milliseconds: Int64

    /// The instant `milliseconds` after the epoch.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The instant `seconds` after the epoch.
    public init(seconds: Int64) {
        milliseconds = seconds * 1000
    }

    /// Parses what `description` writes: `YYYY-MM-DDThh:mm:ss[.fff]Z` (RFC 3339, UTC only).
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T"), bytes[bytes.count - 1] == 0x5A,
            bytes[13] == 0x3A, bytes[16] == 0x3A,
            let day = CalendarDay(String(decoding: bytes[0..<10], as: UTF8.self))
        else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            Int64(String(decoding: bytes[range], as: UTF8.self))
        }
        guard let hour = number(11..<13), let minute = number(14..<16),
            let second = number(17..<19), hour < 24, minute < 60, second <= 60
        else { return nil }
        var fraction: Int64 = 0
        if bytes.count == 24, bytes[19] == 0x2E {
            guard let parsed = number(20..<23) else { return nil }
            fraction = parsed
        } else if bytes.count != 20 {
            return nil
        }
        let seconds = Int64(day.daysSinceEpoch) * 86_400 + hour * 3600 + minute * 60 + second
        milliseconds = seconds * 1000 + fraction
    }

    /// The UTC day that the instant falls on.
    public var day: CalendarDay {
        CalendarDay(daysSinceEpoch: Int(floorDivided(milliseconds, by: 86_400_000)))
    }

    /// RFC 3339 in UTC; milliseconds only where they are not zero.
    public var description: String {
        let ofDay = milliseconds - Int64(day.daysSinceEpoch) * 86_400_000
        let second = Int(ofDay / 1000)
        let fraction = Int(ofDay % 1000)
        let clock =
            "\(padded(second / 3600, to: 2)):\(padded(second / 60 % 60, to: 2))"
            + ":\(padded(second % 60, to: 2))"
        return "\(day)T\(clock)\(fraction == 0 ? "" : "." + padded(fraction, to: 3))Z"
    }

    /// Orders by time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }
}

private func floorDivided(_ value: Int64, by divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}

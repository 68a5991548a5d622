/// A date as HTTP headers write it (RFC 9110, 5.6.7): three forms are read, GMT all of them.
public enum HTTPDate {
    /// Seconds since 1970-01-01T00:00:00Z; nil where `text` is no such date.
    ///
    /// `now`, in the same seconds, tells the century of the obsolete form with a year of two digits: a date that
    /// seems more than fifty years away lies in the past.
    public static func seconds(_ text: some StringProtocol, now: Int64) -> Int64? {
        let words = String(text).split { $0 == " " || $0 == "," || $0 == "-" }.map(String.init)
        // Sun, 06 Nov 1994 08:49:37 GMT · Sunday, 06-Nov-94 08:49:37 GMT · Sun Nov  6 08:49:37 1994
        guard words.count == 6 || words.count == 5 else { return nil }
        let isAsctime = words.count == 5
        guard isDayName(words[0]), isAsctime || words[5] == "GMT",
            let day = number(words[isAsctime ? 2 : 1], digits: 1...2),
            let month = months.firstIndex(of: words[isAsctime ? 1 : 2]),
            let clock = clock(words[isAsctime ? 3 : 4])
        else { return nil }
        let yearText = words[isAsctime ? 4 : 3]
        let isShort = yearText.utf8.count == 2
        guard let year = number(yearText, digits: isShort ? 2...2 : 4...4) else { return nil }
        if !isShort { return seconds(year: year, month: month + 1, day: day, clock: clock) }
        let century = Self.year(ofSecond: now) / 100 * 100
        guard
            let candidate = seconds(year: century + year, month: month + 1, day: day, clock: clock)
        else { return nil }
        if candidate > now + 50 * 31_556_952 {
            return seconds(year: century - 100 + year, month: month + 1, day: day, clock: clock)
        }
        return candidate
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static let dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    private static func isDayName(_ word: String) -> Bool {
        dayNames.contains { word == $0 || word.hasPrefix($0) && word.hasSuffix("day") }
    }

    private static func number(_ text: some StringProtocol, digits: ClosedRange<Int>) -> Int64? {
        guard digits.contains(text.utf8.count),
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int64(text)
    }

    private static func clock(_ text: String) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let hour = number(parts[0], digits: 2...2),
            let minute = number(parts[1], digits: 2...2),
            let second = number(parts[2], digits: 2...2),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    private static func seconds(year: Int64, month: Int, day: Int64, clock: Int64) -> Int64? {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day >= 1, day <= lengths[month - 1] else { return nil }
        // Days from the civil date, with years that begin in March.
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * Int64(month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era * 146_097 + dayOfEra - 719_468) * 86_400 + clock
    }

    private static func year(ofSecond second: Int64) -> Int64 { 1970 + second / 31_556_952 }
}

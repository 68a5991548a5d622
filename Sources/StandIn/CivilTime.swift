/// An instant taken apart, in UTC.
struct CivilTime {
    var year: Int64
    var month: Int
    var day: Int64
    var second: Int64
    /// 0 is Sunday.
    var dayOfWeek: Int

    /// Of seconds since 1970.
    init(_ seconds: Int64) {
        let days = Int64((Double(seconds) / 86_400).rounded(.down))
        second = seconds - days * 86_400
        dayOfWeek = Int(((days + 4) % 7 + 7) % 7)
        // The civil date of a day, with years that begin in March.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// `hh:mm:ss`
    var clock: String { "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))" }

    /// `Jan`
    var monthName: String {
        [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ][month - 1]
    }
}

/// At least two digits.
private func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

/// `2026-02-12T07:14:03Z`
func dateTime(_ seconds: Int64) -> String {
    let time = CivilTime(seconds)
    return "\(time.year)-\(two(Int64(time.month)))-\(two(time.day))T\(time.clock)Z"
}

/// `Thu, 12 Feb 2026 07:14:03 GMT`
func httpDate(_ seconds: Int64) -> String {
    let time = CivilTime(seconds)
    let name = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][time.dayOfWeek]
    return "\(name), \(two(time.day)) \(time.monthName) \(time.year) \(time.clock) GMT"
}

/// `12/Feb/2026:07:14:03 +0000`
func logTime(_ seconds: Int64) -> String {
    let time = CivilTime(seconds)
    return "\(two(time.day))/\(time.monthName)/\(time.year):\(time.clock) +0000"
}

extension Int {
    /// With commas between thousands.
    var grouped: String {
        let digits = String(magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return self < 0 ? "-\(text)" : text
    }

    /// `1 file`, `2,000 files`.
    func counted(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }

    /// A number of bytes for people, in binary units.
    var asSize: String {
        var value = Double(self)
        if value < 1024 { return counted("byte") }
        for unit in ["KiB", "MiB", "GiB"] {
            value /= 1024
            if value < 1024 { return "\(value.oneDecimal) \(unit)" }
        }
        return "\((value / 1024).oneDecimal) TiB"
    }

    /// A number of seconds as `1:02:03`, `2:03` or `0:03`.
    var asDuration: String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
        let (hours, minutes, seconds) = (self / 3600, self / 60 % 60, self % 60)
        return hours > 0
            ? "\(hours):\(two(minutes)):\(two(seconds))" : "\(minutes):\(two(seconds))"
    }
}

extension Double {
    /// With one digit behind the point.
    fileprivate var oneDecimal: String {
        let tenths = Int((self * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension String {
    /// The text, cut to so many columns.
    func fitting(_ columns: Int) -> String {
        count <= columns ? self : String(prefix(Swift.max(1, columns - 1))) + "…"
    }

    /// The text with spaces behind it up to so many columns.
    func padded(_ columns: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, columns - count))
    }
}

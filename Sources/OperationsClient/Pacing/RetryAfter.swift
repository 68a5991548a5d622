/// How long an answer asks its caller to wait (RFC 9110, 10.2.3).
public enum RetryAfter {
    /// The wait that `value` asks for: a number of seconds, or a date, which is counted from `now` (seconds since
    /// 1970). Nil where it is neither. A date in the past asks for no wait.
    public static func wait(_ value: some StringProtocol, now: Int64) -> Duration? {
        let text = value.trimming
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            // What does not fit is longer than anybody waits.
            return .seconds(min(Int64(text) ?? longest, longest))
        }
        guard let date = HTTPDate.seconds(text, now: now) else { return nil }
        return .seconds(min(max(0, date - now), longest))
    }

    /// The longest of several, for no server is undercut.
    public static func wait(_ values: [String], now: Int64) -> Duration? {
        values.compactMap { wait($0, now: now) }.max()
    }

    private static let longest: Int64 = 1_000_000_000
}

extension StringProtocol {
    /// Without the blanks around it.
    var trimming: String {
        let blanks: Set<Character> = [" ", "\t"]
        var rest = self[...]
        while let first = rest.first, blanks.contains(first) { rest.removeFirst() }
        while let last = rest.last, blanks.contains(last) { rest.removeLast() }
        return String(rest)
    }
}

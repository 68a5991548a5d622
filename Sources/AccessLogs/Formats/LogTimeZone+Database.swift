import Deprecations

extension LogTimeZone {
    /// A zone of the system's database (`Europe/Berlin`), as RFC 8536 writes its files; nil where there is none.
    init?(named name: String) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !name.isEmpty, parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }) else {
            return nil
        }
        guard let bytes = Self.contents(of: "/usr/share/zoneinfo/\(name)") else { return nil }
        self.init(file: bytes)
    }

    private static func contents(of path: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 64 * 1024)
        do throws(LogSource.Failure) {
            var source = try LogSource.open(path)
            var end = 0
            while end < bytes.count {
                let next = try source.read(into: &bytes, at: end, limit: bytes.count)
                if next == end { break }
                end = next
            }
            return Array(bytes[..<end])
        } catch {
            return nil
        }
    }

    /// Reads the 64-bit part of a zone file, and lets its footer go on where its table ends.
    init?(file bytes: [UInt8]) {
        guard let old = ZoneFileHeader(bytes, at: 0), old.version >= 0x32,
            let header = ZoneFileHeader(bytes, at: 44 + old.bodyLength(timeSize: 4))
        else { return nil }
        let times = header.start + 44
        let indexes = times + header.times * 8
        let types = indexes + header.times
        let end = times + header.bodyLength(timeSize: 8)
        guard header.types > 0, end <= bytes.count else { return nil }
        func number(_ position: Int, _ size: Int) -> Int64 {
            var value: Int64 = Int8(bitPattern: bytes[position]) < 0 ? -1 : 0
            for byte in bytes[position..<position + size] { value = value << 8 | Int64(byte) }
            return value
        }
        var changes: [Change] = []
        for index in 0..<header.times {
            let type = Int(bytes[indexes + index])
            guard type < header.types else { return nil }
            changes.append(
                Change(from: number(times + index * 8, 8), offset: number(types + type * 6, 4)))
        }
        let footer = bytes[end...].split(separator: 0x0A).first.map {
            String(decoding: $0, as: UTF8.self)
        }
        if let rule = footer.flatMap(ZoneRule.init) {
            changes += rule.changes(after: changes.last?.from ?? .min)
        }
        self.init(before: number(types, 4), changes: changes)
    }
}

private struct ZoneFileHeader {
    var start: Int
    var version: UInt8
    var times: Int
    var types: Int
    private var others: Int
    private var leaps: Int

    init?(_ bytes: [UInt8], at start: Int) {
        guard start + 44 <= bytes.count, bytes[start..<start + 4].elementsEqual("TZif".utf8) else {
            return nil
        }
        self.start = start
        version = bytes[start + 4]
        func count(_ index: Int) -> Int {
            bytes[(start + 20 + index * 4)..<(start + 24 + index * 4)].reduce(0) {
                $0 << 8 | Int($1)
            }
        }
        leaps = count(2)
        times = count(3)
        types = count(4)
        others = count(0) + count(1) + count(5)
    }

    func bodyLength(timeSize: Int) -> Int {
        times * (timeSize + 1) + types * 6 + others + leaps * (timeSize + 4)
    }
}

/// The footer of a zone file: `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX, TZ).
private struct ZoneRule {
    private struct Day {
        var month: Int
        var week: Int
        var weekday: Int
        var time: Int64
    }

    private var standard: Int64
    private var summer: Int64?
    private var days: (begin: Day, end: Day)?

    init?(_ text: String) {
        let parts = text.split(separator: ",")
        guard let names = parts.first else { return nil }
        var rest = names[...]
        Self.skipName(&rest)
        guard let west = Self.time(&rest) else { return nil }
        standard = -west
        guard parts.count == 3 else { return }
        Self.skipName(&rest)
        summer = rest.isEmpty ? standard + 3600 : Self.time(&rest).map { -$0 }
        guard let begin = Self.day(parts[1]), let end = Self.day(parts[2]) else { return nil }
        days = (begin, end)
    }

    /// The changes of the years from 1970 to 2100 that come after `last`.
    func changes(after last: Int64) -> [LogTimeZone.Change] {
        guard let days, let summer else { return [] }
        var result: [LogTimeZone.Change] = []
        for year in 1970...2100 {
            let begin = Self.midnight(days.begin, year) + days.begin.time - standard
            let end = Self.midnight(days.end, year) + days.end.time - summer
            result.append(.init(from: begin, offset: summer))
            result.append(.init(from: end, offset: standard))
        }
        return result.filter { $0.from > last }.sorted { $0.from < $1.from }
    }

    private static func skipName(_ rest: inout Substring) {
        if rest.first == "<" {
            rest = rest.drop { $0 != ">" }.dropFirst()
        } else {
            rest = rest.drop { $0.isLetter }
        }
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    private static func time(_ rest: inout Substring) -> Int64? {
        var isNegative = false
        if let sign = rest.first, sign == "-" || sign == "+" {
            isNegative = sign == "-"
            rest.removeFirst()
        }
        let text = rest.prefix { $0.isNumber || $0 == ":" }
        rest = rest.dropFirst(text.count)
        var seconds: Int64 = 0
        var unit: Int64 = 3600
        for part in text.split(separator: ":") {
            guard let number = Int64(part), number <= 167 else { return nil }
            seconds += number * unit
            unit /= 60
        }
        return text.isEmpty ? nil : isNegative ? -seconds : seconds
    }

    /// `Mm.w.d[/time]`.
    private static func day(_ text: Substring) -> Day? {
        guard text.first == "M" else { return nil }
        let parts = text.dropFirst().split(separator: "/")
        guard let date = parts.first else { return nil }
        let numbers = date.split(separator: ".").compactMap { Int($0) }
        guard numbers.count == 3, (1...12).contains(numbers[0]), (1...5).contains(numbers[1]),
            (0...6).contains(numbers[2])
        else { return nil }
        var time: Int64 = 7200
        if parts.count > 1 {
            var rest = parts[1]
            guard let given = Self.time(&rest) else { return nil }
            time = given
        }
        return Day(month: numbers[0], week: numbers[1], weekday: numbers[2], time: time)
    }

    /// The day's midnight, local time counted as if it were UTC.
    private static func midnight(_ day: Day, _ year: Int) -> Int64 {
        guard let first = CalendarDay(year: year, month: day.month, day: 1) else { return 0 }
        // 1970-01-01 was a Thursday.
        let weekday = (first.daysSinceEpoch % 7 + 11) % 7
        var offset = (day.weekday - weekday + 7) % 7 + (day.week - 1) * 7
        while CalendarDay(year: year, month: day.month, day: offset + 1) == nil { offset -= 7 }
        return Int64(first.daysSinceEpoch + offset) * 86_400
    }
}

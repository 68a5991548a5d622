import ByteScan
import Deprecations

/// A comment that asks for a call site to be left as it is:
/// `lastcall:ignore RULE until=YYYY-MM-DD reason="…"`, first thing in the comment.
struct IgnoreComment: Hashable {
    /// The line that it stands on, 1-based.
    var line: Int
    /// The lines whose call sites it speaks of: its own where code stands before it, else the statement below.
    var lines: ClosedRange<Int>
    /// What it asks for, or what is wrong with it.
    var request: Result<Request, Mistake>

    /// What a comment asks for.
    struct Request: Hashable {
        /// The rule's id.
        var rule: String
        /// The last day.
        var until: CalendarDay
        /// Why.
        var reason: String
    }

    /// Why a comment cannot be followed.
    struct Mistake: Error, Hashable {
        /// What is wrong with it, and what to write.
        var text: String
    }

    /// What such a comment begins with.
    static let mark = Array("lastcall:ignore".utf8)

    /// All of a file, in the order of their lines.
    static func comments(in file: ParsedFile) -> [IgnoreComment] {
        var found: Set<IgnoreComment> = []
        for unit in file.units {
            for offset in occurrences(in: unit) {
                let start = offset + mark.count
                let end = textEnd(unit, from: start)
                let text = String(decoding: unit.bytes[start..<end], as: UTF8.self)
                found.insert(
                    IgnoreComment(
                        line: unit.line(of: offset), lines: lines(unit, offset, end),
                        request: Result { () throws(Mistake) in try request(text) }))
            }
        }
        return found.sorted { $0.line < $1.line }
    }

    // MARK: Where

    /// Offsets of the mark at the beginning of comments.
    private static func occurrences(in unit: SourceUnit) -> [Int] {
        let bytes = unit.bytes
        var found: [Int] = []
        var start = 0
        while let offset = unsafe bytes.span.bytes.firstOffset(of: mark, from: start) {
            start = offset + mark.count
            let next = start < bytes.count ? bytes[start] : 0x20
            guard next <= 0x20 || next == UInt8(ascii: "*") || next == UInt8(ascii: "-"),
                beginsComment(unit, offset)
            else { continue }
            found.append(offset)
        }
        return found
    }

    /// Whether nothing but the sign of a comment stands before `offset` in it.
    private static func beginsComment(_ unit: SourceUnit, _ offset: Int) -> Bool {
        let bytes = unit.bytes
        var index = offset
        while index > 0, bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09 { index -= 1 }
        let signEnd = index
        while index > 0, signs.contains(bytes[index - 1]) { index -= 1 }
        guard index < signEnd || isWord(bytes[..<signEnd]) else { return false }
        if unit.tree.nodes.count <= 1 { return true }
        return unit.comments.contains { $0.lowerBound < offset && offset < $0.upperBound }
    }

    /// `#`, `//`, `--`, `;`, `'`, `%`, `/*`, `<!--`, `(*`, `{-`.
    private static let signs = Set("#/-;'%*!<({\"".utf8)

    /// BASIC's `Rem`.
    private static func isWord(_ before: ArraySlice<UInt8>) -> Bool {
        String(decoding: before.suffix(3), as: UTF8.self).lowercased() == "rem"
    }

    private static func textEnd(_ unit: SourceUnit, from start: Int) -> Int {
        var end = start
        while end < unit.bytes.count, unit.bytes[end] != 0x0A, unit.bytes[end] != 0x0D { end += 1 }
        return end
    }

    /// Its own line where code stands before it, else the statement that begins behind it.
    private static func lines(_ unit: SourceUnit, _ offset: Int, _ end: Int) -> ClosedRange<Int> {
        let bytes = unit.bytes
        let own = unit.line(of: offset)
        var index = offset
        var hasCode = false
        while index > 0, bytes[index - 1] != 0x0A, bytes[index - 1] != 0x0D {
            index -= 1
            if bytes[index] > 0x20, !signs.contains(bytes[index]) { hasCode = true }
        }
        if hasCode, !isWord(bytes[..<offset].drop { $0 <= 0x20 }) { return own...own }
        var next = end
        // Over blank lines and other comments to what comes after.
        while next < bytes.count {
            if bytes[next] <= 0x20 {
                next += 1
            } else if let comment = unit.comments.first(where: { $0.contains(next) }),
                comment.upperBound > next
            {
                next = comment.upperBound
            } else if unit.comments.isEmpty, signs.contains(bytes[next]), bytes[next] != 0x22,
                bytes[next] != UInt8(ascii: "{"), bytes[next] != UInt8(ascii: "-")
            {
                next = textEnd(unit, from: next)
            } else {
                break
            }
        }
        guard next < bytes.count else { return own...own }
        let first = unit.line(of: next)
        return first...max(first, lastLine(unit, from: next))
    }

    /// The last line of the statement that begins at `start`, as far as it has no body of its own.
    private static func lastLine(_ unit: SourceUnit, from start: Int) -> Int {
        var last = start
        for node in unit.tree.nodes where node.start == start {
            switch node.kind {
            case .function, .type, .block, .loop, .branch, .lambda: return unit.line(of: start)
            default: last = max(last, node.end - 1)
            }
        }
        return unit.line(of: min(last, unit.bytes.count - 1))
    }

    // MARK: What

    /// Reads what stands behind the mark.
    static func request(_ text: String) throws(Mistake) -> Request {
        var rest = text[...]
        for end in ["*/", "-->", "*)", "-}"] {
            if let range = rest.firstRange(of: end) { rest = rest[..<range.lowerBound] }
        }
        var rule: String?
        var values: [String: String] = [:]
        while let word = try nextWord(&rest) {
            if let equals = word.key {
                guard ["until", "reason"].contains(equals) else {
                    throw Mistake(text: "there is no '\(equals.printable)='; \(advice)")
                }
                values[equals] = word.value
            } else if rule == nil {
                rule = word.value
            } else {
                throw Mistake(
                    text: "'\(word.value.printable)' is one word too many; \(advice)")
            }
        }
        guard let rule else { throw Mistake(text: "it names no rule; \(advice)") }
        guard let day = values["until"] else {
            throw Mistake(text: "it has no day to end on; \(advice)")
        }
        guard let until = CalendarDay(day) else {
            throw Mistake(text: "'\(day.printable)' is no day; write until=YYYY-MM-DD")
        }
        guard let reason = values["reason"], reason.contains(where: { !$0.isWhitespace }) else {
            throw Mistake(text: "it gives no reason; \(advice)")
        }
        return Request(rule: rule, until: until, reason: SecretMask.mask(reason))
    }

    private static let advice = "write lastcall:ignore RULE until=YYYY-MM-DD reason=\"…\""

    /// The next word, or `key=value` with the value in quotes where it has blanks.
    private static func nextWord(
        _ rest: inout Substring
    ) throws(Mistake) -> (key: String?, value: String)? {
        rest = rest.drop { $0.isWhitespace }
        guard !rest.isEmpty else { return nil }
        let word = rest.prefix { !$0.isWhitespace && $0 != "=" && $0 != "\"" }
        rest = rest.dropFirst(word.count)
        guard rest.first == "=" else {
            // A quote that belongs to nothing.
            if word.isEmpty { rest = rest.dropFirst() }
            return (nil, String(word))
        }
        rest = rest.dropFirst()
        guard rest.first == "\"" else {
            let value = rest.prefix { !$0.isWhitespace }
            rest = rest.dropFirst(value.count)
            return (String(word), String(value))
        }
        rest = rest.dropFirst()
        let value = rest.prefix { $0 != "\"" }
        rest = rest.dropFirst(value.count)
        guard rest.first == "\"" else {
            throw Mistake(text: "the quotes of '\(String(word).printable)=' do not end")
        }
        rest = rest.dropFirst()
        return (String(word), String(value))
    }
}

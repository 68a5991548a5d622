/// What a collector puts around the lines of an access log.
///
/// In the order in which they are tried: a wrapped line must not be taken for a bare one whose first fields are
/// odd.
enum LineWrapper: Sendable, CaseIterable {
    /// `2026-02-12T07:14:03.310Z stdout F …` (containerd, CRI-O).
    case cri
    /// `<190>Feb 12 08:14:03 host tag[1]: …` (RFC 3164) or `<190>1 2026-… host app pid id - …` (RFC 5424).
    case syslog
    /// `2026-02-12T07:14:03.310Z …` (`docker logs -t`, `kubectl logs --timestamps`).
    case timestamped
    /// `name-1  | …` (`docker compose logs`), `[pod/name/container] …` (`kubectl logs --prefix`).
    case prefixed
    /// Nothing.
    case none

    /// What the wrapper adds to the name of a format.
    var label: String? {
        switch self {
        case .none: nil
        case .cri: "cri"
        case .syslog: "syslog"
        case .timestamped: "timestamped"
        case .prefixed: "prefixed"
        }
    }

    /// The line inside; nil where `line[range]` is not wrapped so.
    func inner(_ line: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        switch self {
        case .none: range
        case .cri: cri(line, range)
        case .syslog: syslog(line, range)
        case .timestamped: timestamped(line, range)
        case .prefixed: prefixed(line, range)
        }
    }

    /// When the collector took the line in, where it says so.
    func time(_ line: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        var start = range.lowerBound
        switch self {
        case .none, .prefixed: return nil
        case .cri, .timestamped: break
        case .syslog:
            // Only RFC 5424 has a year: `<190>1 2026-02-12T07:14:03.310Z …`.
            if line[start] == UInt8(ascii: "<") {
                guard let close = next(UInt8(ascii: ">"), line, range) else { return nil }
                start = close + 1
                if start + 1 < range.upperBound, line[start + 1] == 0x20 { start += 2 }
            }
        }
        guard let end = next(0x20, line, start..<range.upperBound), end - start >= 19,
            isDigit(line[start])
        else { return nil }
        return start..<end
    }

    private func cri(_ line: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        guard let stamped = timestamped(line, range), stamped.count > 9 else { return nil }
        var position = stamped.lowerBound
        guard line[position] == UInt8(ascii: "s"), line[position + 1] == UInt8(ascii: "t"),
            line[position + 2] == UInt8(ascii: "d"), line[position + 6] == 0x20,
            line[position + 7] == UInt8(ascii: "F") || line[position + 7] == UInt8(ascii: "P"),
            line[position + 8] == 0x20
        else { return nil }
        position += 9
        return position..<stamped.upperBound
    }

    private func timestamped(_ line: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        guard range.count > 21, isDigit(line[range.lowerBound]),
            line[range.lowerBound + 4] == UInt8(ascii: "-"),
            line[range.lowerBound + 10] == UInt8(ascii: "T"),
            let blank = next(0x20, line, range.lowerBound + 19..<range.upperBound),
            blank - range.lowerBound < 40
        else { return nil }
        return blank + 1..<range.upperBound
    }

    private func syslog(_ line: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        var position = range.lowerBound
        guard range.count > 24 else { return nil }
        if isDigit(line[position]) {
            // A frame's length stands before its text (RFC 6587, 3.4.1).
            var end = position
            while end < position + 6, isDigit(line[end]) { end += 1 }
            if line[end] == 0x20, line[end + 1] == UInt8(ascii: "<") { position = end + 1 }
        }
        if line[position] == UInt8(ascii: "<") {
            guard
                let close = next(
                    UInt8(ascii: ">"), line, position..<min(position + 6, range.upperBound))
            else { return nil }
            position = close + 1
            if position + 1 < range.upperBound, line[position] == UInt8(ascii: "1"),
                line[position + 1] == 0x20
            {
                return structured(line, position + 2..<range.upperBound)
            }
        }
        if position + 15 < range.upperBound, line[position + 3] == 0x20, line[position + 6] == 0x20,
            line[position + 9] == UInt8(ascii: ":"), line[position + 12] == UInt8(ascii: ":"),
            line[position + 15] == 0x20
        {
            position += 16
        } else if let stamped = timestamped(line, position..<range.upperBound) {
            // rsyslog's own file format.
            position = stamped.lowerBound
        } else {
            return nil
        }
        // `host tag[pid]: `, or `tag: ` as nginx sends it.
        var index = position
        var blanks = 0
        while index + 1 < range.upperBound, blanks < 2 {
            if line[index] == 0x20 { blanks += 1 }
            if line[index] == UInt8(ascii: ":"), line[index + 1] == 0x20 {
                return index + 2..<range.upperBound
            }
            index += 1
        }
        return nil
    }

    /// RFC 5424: `time host app pid id [data] message`.
    private func structured(_ line: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        var position = range.lowerBound
        for _ in 0..<5 {
            guard let blank = next(0x20, line, position..<range.upperBound) else { return nil }
            position = blank + 1
        }
        guard position < range.upperBound else { return nil }
        if line[position] == UInt8(ascii: "[") {
            var isQuoted = false
            while position < range.upperBound {
                let byte = line[position]
                if byte == UInt8(ascii: "\\") {
                    position += 2
                    continue
                }
                if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                position += 1
                if byte == UInt8(ascii: "]"), !isQuoted,
                    position >= range.upperBound || line[position] != UInt8(ascii: "[")
                {
                    break
                }
            }
        } else {
            guard line[position] == UInt8(ascii: "-") else { return nil }
            position += 1
        }
        guard position < range.upperBound, line[position] == 0x20 else { return nil }
        position += 1
        // A byte order mark may precede the message.
        if position + 3 < range.upperBound, line[position] == 0xEF { position += 3 }
        return position..<range.upperBound
    }

    private func prefixed(_ line: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        guard let first = range.isEmpty ? nil : line[range.lowerBound] else { return nil }
        if first == UInt8(ascii: "[") {
            guard
                let close = next(UInt8(ascii: "]"), line, range), close + 2 < range.upperBound,
                line[close + 1] == 0x20,
                next(UInt8(ascii: "/"), line, range.lowerBound..<close) != nil
            else { return nil }
            return close + 2..<range.upperBound
        }
        guard
            let bar = next(
                UInt8(ascii: "|"), line,
                range.lowerBound..<min(range.lowerBound + 64, range.upperBound)),
            bar + 2 < range.upperBound, bar > range.lowerBound, line[bar - 1] == 0x20,
            line[bar + 1] == 0x20
        else { return nil }
        return bar + 2..<range.upperBound
    }
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

private func next(_ byte: UInt8, _ line: Span<UInt8>, _ range: Range<Int>) -> Int? {
    for index in range where line[index] == byte { return index }
    return nil
}

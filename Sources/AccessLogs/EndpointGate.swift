import Deprecations

/// Finds the lines of a block that may matter, without taking lines apart.
///
/// It lets every line pass that could be a request of a rule: those with a literal of the rules' paths, those
/// with an escape that could hide one of its letters (`%6F`, `%256F`, `\u006F`, `\x6F`), and those of the CONNECT
/// method and with column names.
struct EndpointGate: Sendable {
    private let literals: [LiteralSearch]
    /// Letters of the rules' literals, by code: what an escape must stand for to matter.
    private let letters: [Bool]
    private let passesAll: Bool

    init(_ matcher: EndpointMatcher) {
        var letters = [Bool](repeating: false, count: 256)
        for literal in matcher.literals ?? [] {
            for byte in literal { letters[Int(byte)] = true }
        }
        self.letters = letters
        passesAll = matcher.literals == nil
        literals =
            ((matcher.literals ?? [])
            + ["CONNECT ", "\"CONNECT\"", "#Fields:"].map { Array($0.utf8) })
            .map(LiteralSearch.init)
    }

    /// The lines of `block[range]` that pass, each once, in order, appended to `lines`.
    func lines(of block: Span<UInt8>, _ range: Range<Int>, into lines: inout [Range<Int>]) {
        lines.removeAll(keepingCapacity: true)
        if passesAll {
            var position = range.lowerBound
            while position < range.upperBound {
                let line = lineRange(block, around: position, within: range)
                lines.append(line)
                position = line.upperBound + 1
            }
            return
        }
        var sources = 0
        for literal in literals {
            let before = lines.count
            var position = range.lowerBound
            while let hit = literal.next(in: block, position..<range.upperBound) {
                let line = lineRange(block, around: hit, within: range)
                lines.append(line)
                position = line.upperBound + 1
            }
            if lines.count > before { sources += 1 }
        }
        let before = lines.count
        escapes(of: block, range, into: &lines)
        if lines.count > before { sources += 1 }
        if sources > 1 { sortAndMerge(&lines) }
    }

    private func escapes(
        of block: Span<UInt8>, _ range: Range<Int>, into lines: inout [Range<Int>]
    ) {
        var position = range.lowerBound
        while position < range.upperBound {
            let end = min(position + 512, range.upperBound)
            // This loop has no branches, so that the compiler makes vector code of it.
            var marks: UInt16 = 0
            for index in position..<end {
                let byte = block[index]
                marks &+= byte == 0x25 || byte == 0x5C ? 1 : 0
            }
            if marks == 0 {
                position = end
                continue
            }
            while position < end {
                let byte = block[position]
                if byte == 0x25 || byte == 0x5C, hidesLetter(block, position, range.upperBound) {
                    let line = lineRange(block, around: position, within: range)
                    lines.append(line)
                    position = line.upperBound
                }
                position += 1
            }
        }
    }

    /// Whether the escape at `position` stands for a letter of a literal.
    private func hidesLetter(_ block: Span<UInt8>, _ position: Int, _ end: Int) -> Bool {
        var digits = position + 1
        guard digits + 1 < end else { return false }
        if block[position] == 0x5C {
            switch block[digits] {
            case UInt8(ascii: "x"): digits += 1
            case UInt8(ascii: "u"): digits += 3
            default: return false
            }
        } else if block[digits] == 0x32, block[digits + 1] == 0x35 {
            digits += 2
        }
        guard digits + 1 < end, let high = hexDigitValue(block[digits]),
            let low = hexDigitValue(block[digits + 1])
        else { return false }
        return letters[Int(high << 4 | low)]
    }

    private func sortAndMerge(_ lines: inout [Range<Int>]) {
        lines.sort { $0.lowerBound < $1.lowerBound }
        var kept = 0
        for index in lines.indices where kept == 0 || lines[kept - 1] != lines[index] {
            lines[kept] = lines[index]
            kept += 1
        }
        lines.removeLast(lines.count - kept)
    }
}

/// The line around `position`, its newline not counted.
private func lineRange(
    _ block: Span<UInt8>, around position: Int, within range: Range<Int>
) -> Range<Int> {
    var start = position
    while start > range.lowerBound, block[start - 1] != 0x0A { start -= 1 }
    var end = position
    while end < range.upperBound, block[end] != 0x0A { end += 1 }
    return start..<end
}

/// A search for one text: Horspool's, which looks at one byte in as many as the text is long.
struct LiteralSearch: Sendable {
    private let literal: [UInt8]
    private let shifts: [Int]

    init(_ literal: [UInt8]) {
        self.literal = literal
        var shifts = [Int](repeating: literal.count, count: 256)
        for (index, byte) in literal.dropLast().enumerated() {
            shifts[Int(byte)] = literal.count - 1 - index
        }
        self.shifts = shifts
    }

    /// Where the text next begins.
    func next(in block: Span<UInt8>, _ range: Range<Int>) -> Int? {
        let last = literal.count - 1
        var end = range.lowerBound + last
        while end < range.upperBound {
            let byte = block[end]
            if byte == literal[last] {
                var offset = 0
                while offset < last, block[end - last + offset] == literal[offset] { offset += 1 }
                if offset == last { return end - last }
            }
            end += shifts[Int(byte)]
        }
        return nil
    }
}

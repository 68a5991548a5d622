import Deprecations

/// Finds the lines of a block that may matter, without taking lines apart.
///
/// It lets every line pass that could be a request of a rule: those with a literal of the rules' paths, those
/// with an escape that could hide one of its letters (`%6F`, `%256F`, `\u006F`, `\x6F`), and those of the CONNECT
/// method and with column names.
struct EndpointGate: Sendable {
    private let literals: [[UInt8]]
    /// Characters of the rules' literals, by code: what an escape must stand for to matter.
    private let characters: [Bool]
    private let passesAll: Bool
    /// First and last byte of each literal.
    private let anchors: [Anchor]
    /// Whether a literal has anything but `_`, `~` and lower-case letters.
    private let hidesOthers: Bool
    /// How far a look at eight places reaches.
    private let reach: Int

    private struct Anchor: Sendable {
        var first: UInt64
        var last: UInt64
        var distance: Int
    }

    /// With `others`, which let a line pass as the rules' literals do.
    init(_ matcher: EndpointMatcher, others: [[UInt8]] = []) {
        let own = matcher.literals ?? []
        let all = own + others
        var characters = [Bool](repeating: false, count: 256)
        for byte in own.joined() { characters[Int(byte)] = true }
        self.characters = characters
        passesAll = matcher.literals == nil
        literals = all
        anchors = all.map {
            Anchor(
                first: ByteWord.repeating($0[0]), last: ByteWord.repeating($0[$0.count - 1]),
                distance: $0.count - 1)
        }
        hidesOthers = own.joined().contains { $0 < 0x60 }
        reach = max(16, 8 + (all.map(\.count).max() ?? 0))
    }

    /// The lines of `block[range]` that pass, each once, in order, put into `lines`.
    func lines(of block: Span<UInt8>, _ range: Range<Int>, into lines: inout [Range<Int>]) {
        lines.removeAll(keepingCapacity: true)
        var position = range.lowerBound
        while position < range.upperBound, let hit = next(in: block, position..<range.upperBound) {
            let line = lineRange(block, around: hit, within: position..<range.upperBound)
            lines.append(line)
            position = line.upperBound + 1
        }
    }

    /// The first place in `range`, which begins at a line's begin, that makes its line pass.
    private func next(in block: Span<UInt8>, _ range: Range<Int>) -> Int? {
        if passesAll { return range.first { block[$0] != 0x0A && block[$0] != 0x0D } }
        if block[range.lowerBound] == UInt8(ascii: "#") { return range.lowerBound }
        var position = range.lowerBound
        while position + reach < range.upperBound {
            if mayHit(block, position) {
                for index in position..<position + 8
                where passes(block, index, range.upperBound) { return index }
            }
            position += 8
        }
        while position < range.upperBound {
            if passes(block, position, range.upperBound) { return position }
            position += 1
        }
        return nil
    }

    /// Whether something may begin in the eight bytes from `position` on; differences are zero where bytes are
    /// the same.
    @inline(__always)
    private func mayHit(_ block: Span<UInt8>, _ position: Int) -> Bool {
        let here = block.word(at: position)
        let next = block.word(at: position + 1)
        // `%` before the digit of an encoded letter, `%25`, `\\u`, `\\x`, `CO`, `#` at a line's begin.
        let percent = here ^ ByteWord.repeating(0x25)
        let backslash = here ^ ByteWord.repeating(0x5C)
        var hits = ByteWord.mayEqual(percent | ((next ^ ByteWord.repeating(0x36)) & evenDigits))
        if hidesOthers {
            hits |= ByteWord.mayEqual(percent | ((next ^ ByteWord.repeating(0x34)) & evenDigits))
            hits |= ByteWord.mayEqual(percent | (next ^ ByteWord.repeating(0x33)))
            hits |= ByteWord.mayEqual(percent | (next ^ ByteWord.repeating(0x32)))
        } else {
            hits |= ByteWord.mayEqual(
                percent | (next ^ ByteWord.repeating(0x32))
                    | (block.word(at: position + 2) ^ ByteWord.repeating(0x35)))
        }
        // `u` and `x` differ in bits that no other letter between them shares.
        hits |= ByteWord.mayEqual(
            backslash | ((next ^ ByteWord.repeating(0x75)) & ~ByteWord.repeating(0x0D)))
        hits |= ByteWord.mayEqual(
            (here ^ ByteWord.repeating(0x43)) | (next ^ ByteWord.repeating(0x4F)))
        hits |= ByteWord.mayEqual(
            (here ^ ByteWord.repeating(0x0A)) | (next ^ ByteWord.repeating(0x23)))
        for anchor in anchors {
            hits |= ByteWord.mayEqual(
                (here ^ anchor.first) | (block.word(at: position + anchor.distance) ^ anchor.last))
        }
        return hits != 0
    }

    /// Whether what stands at `position` makes its line pass.
    private func passes(_ block: Span<UInt8>, _ position: Int, _ end: Int) -> Bool {
        let byte = block[position]
        switch byte {
        case 0x25, 0x5C: if hidesCharacter(block, position, end) { return true }
        case 0x43: if starts(block, position, end, with: EndpointGate.connect) { return true }
        // The comment's own line, not the one before it.
        case 0x23: if position > 0, block[position - 1] == 0x0A { return true }
        default: break
        }
        for literal in literals where literal[0] == byte {
            if starts(block, position, end, with: literal) { return true }
        }
        return false
    }

    private static let connect = Array("CONNECT".utf8)

    /// Whether the escape at `position` stands for a character of a literal.
    private func hidesCharacter(_ block: Span<UInt8>, _ position: Int, _ end: Int) -> Bool {
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
        return characters[Int(high << 4 | low)]
    }
}

/// Takes the lowest bit of a digit out of a comparison.
private let evenDigits = ByteWord.repeating(0xFE)

private func starts(
    _ block: Span<UInt8>, _ position: Int, _ end: Int, with literal: [UInt8]
) -> Bool {
    guard end - position >= literal.count else { return false }
    for offset in literal.indices where block[position + offset] != literal[offset] { return false }
    return true
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

import ByteScan
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
    /// What a line is told by that may pass.
    private let triples: ByteTriples

    /// With `others`, which let a line pass as the rules' literals do.
    init(_ matcher: EndpointMatcher, others: [[UInt8]] = []) {
        let own = matcher.literals ?? []
        let all = own + others
        var characters = [Bool](repeating: false, count: 256)
        for byte in own.joined() { characters[Int(byte)] = true }
        self.characters = characters
        passesAll = matcher.literals == nil
        literals = all
        // The first digits of the codes of the literals' characters; `%25` is an escape of the escape's own sign.
        let digits = Set(own.joined().map { hexDigit($0 >> 4) })
        triples = ByteTriples(
            all.map(ByteTriples.Sort.init(begin:)) + [
                .init(Array("%".utf8), Array(digits)), .init(begin: Array("%25".utf8)),
                .init(Array("\\".utf8), Array("ux".utf8)), .init(begin: Self.connect),
                .init(Array("\n".utf8), Array("#".utf8)),
            ])
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
        while let place = triples.first(in: block, position..<range.upperBound) {
            if let hit = passes(block, place, range.upperBound) { return hit }
            position = place + 1
        }
        return nil
    }

    /// A place in the line that what stands at `position` makes pass; nil where it does not.
    private func passes(_ block: Span<UInt8>, _ position: Int, _ end: Int) -> Int? {
        let byte = block[position]
        switch byte {
        case 0x25, 0x5C: if hidesCharacter(block, position, end) { return position }
        case 0x43: if starts(block, position, end, with: EndpointGate.connect) { return position }
        // The comment's own line, not the one before it.
        case 0x0A: if position + 1 < end, block[position + 1] == 0x23 { return position + 1 }
        default: break
        }
        for literal in literals where literal[0] == byte {
            if starts(block, position, end, with: literal) { return position }
        }
        return nil
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

/// The upper-case hexadecimal digit of a half byte; those of letters, `_` and `~` are no letters.
private func hexDigit(_ half: UInt8) -> UInt8 { half < 10 ? 0x30 + half : 0x37 + half }

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
    let before = block.lastPlace(of: 0x0A, in: range.lowerBound..<position)
    let start = before.map { $0 + 1 } ?? range.lowerBound
    return start..<(block.firstPlace(of: 0x0A, in: position..<range.upperBound) ?? range.upperBound)
}

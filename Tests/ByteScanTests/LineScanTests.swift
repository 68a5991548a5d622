import TestSupport
import Testing

@testable import ByteScan

@Suite("Lines, triples and digests")
struct LineScanTests {
    /// Bytes of few kinds, so that what is looked for is everywhere.
    private func bytes(_ random: inout SeededGenerator, of kinds: [UInt8]) -> [UInt8] {
        (0..<random.below(400)).map { _ in kinds[random.below(kinds.count)] }
    }

    @Test("vectors count the lines that a plain loop counts", arguments: [UInt64](1...200))
    func lines(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = bytes(&random, of: [0x0A, 0x0A, 0x0D, 0x41])
        for start in 0..<min(text.count, 40) {
            let range = start..<text.count
            let fast = text.span.countLines(in: range)
            #expect(fast == text.span.countLinesPlainly(in: range))
            let lines = text[range].split(separator: 0x0A, omittingEmptySubsequences: false)
                .dropLast()
            #expect(fast.all == lines.count)
            #expect(fast.blank == lines.filter { $0.isEmpty || Array($0) == [0x0D] }.count)
        }
    }

    @Test("vectors find the triple that a plain loop finds", arguments: [UInt64](1...200))
    func triples(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let triples = ByteTriples([
            .init(begin: Array("abc".utf8)), .init(Array("%".utf8), Array("67".utf8)),
            .init(begin: Array("\nb".utf8)),
        ])
        let text = bytes(&random, of: Array("abcd%6\n.........................".utf8))
        for start in 0..<min(text.count, 40) {
            let range = start..<text.count
            let expected = range.first { place in
                guard place + 2 < text.count else { return false }
                let here = String(decoding: text[place..<place + 3], as: UTF8.self)
                return here == "abc" || here.hasPrefix("%6") || here.hasPrefix("\nb")
            }
            #expect(triples.first(in: text.span, range) == expected)
            #expect(triples.firstPlainly(in: text.span, range) == expected)
        }
    }

    @Test("a digest is the same however the content is cut", arguments: [UInt64](1...60))
    func digest(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = (0..<random.below(1000)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        var whole = RunningDigest()
        whole.take(text.span, 0..<text.count)
        var cut = RunningDigest()
        var position = 0
        while position < text.count {
            let end = min(text.count, position + 1 + random.below(150))
            cut.take(text.span, position..<end)
            position = end
        }
        #expect(cut.length == text.count)
        #expect(cut.value == whole.value)
    }

    @Test("a digest tells content from any that differs in one bit, in length or in order")
    func differences() {
        var seen: Set<[UInt64]> = []
        func add(_ text: [UInt8]) {
            var digest = RunningDigest()
            digest.take(text.span, 0..<text.count)
            #expect(seen.insert([digest.value.high, digest.value.low]).inserted)
        }
        let zeros = [UInt8](repeating: 0, count: 200)
        for count in 0...200 { add(Array(zeros[..<count])) }
        for bit in 0..<1600 {
            var text = zeros
            text[bit >> 3] |= 1 << UInt8(bit & 7)
            add(text)
        }
        // Words that make a lane's product zero.
        let key: [UInt8] = [0x2F, 0x64, 0xBD, 0x78, 0x64, 0x1D, 0x76, 0xA0]
        for first in [UInt8](0...20) { add([first] + zeros[1..<8] + key + zeros[16...]) }
    }
}

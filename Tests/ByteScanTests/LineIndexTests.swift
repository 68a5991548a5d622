import TestSupport
import Testing

@testable import ByteScan

@Suite("Lines of a text")
struct LineIndexTests {
    @Test(
        "LF, CRLF and a lone CR end a line",
        arguments: [
            ("", [""]),
            ("a", ["a"]),
            ("a\n", ["a", ""]),
            ("a\r\nb\rc\nd", ["a", "b", "c", "d"]),
            ("\r\r\n\n\r", ["", "", "", "", ""]),
            ("\n\r\n", ["", "", ""]),
        ])
    func lineEnds(text: String, lines: [String]) {
        let bytes = Array(text.utf8)
        let index = LineIndex(bytes)
        #expect(index.count == lines.count)
        let found = (1...index.count).map {
            String(decoding: bytes[index.range(ofLine: $0)], as: UTF8.self)
        }
        #expect(found == lines)
    }

    @Test("each byte has a line and a column")
    func places() {
        let index = LineIndex(Array("ab\r\ncd\n".utf8))
        let lines = (0...7).map { index.line(at: $0) }
        let columns = (0...7).map { index.column(at: $0) }
        #expect(lines == [1, 1, 1, 1, 2, 2, 2, 3])
        #expect(columns == [1, 2, 3, 4, 1, 2, 3, 1])
    }

    @Test("random texts are cut like a reader with one byte at a time cuts them", arguments: 0..<50)
    func againstPlainReader(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
            Array("\r\n\n\rab".utf8).randomElement(using: &random) ?? 0
        }
        var lines: [[UInt8]] = [[]]
        for (offset, byte) in bytes.enumerated() {
            let isPair = byte == 0x0D && offset + 1 < bytes.count && bytes[offset + 1] == 0x0A
            let isEnd = byte == 0x0A || (byte == 0x0D && !isPair)
            if isEnd { lines.append([]) } else if !isPair { lines[lines.count - 1].append(byte) }
        }
        let index = LineIndex(bytes)
        #expect(index.count == lines.count)
        #expect((1...index.count).map { Array(bytes[index.range(ofLine: $0)]) } == lines)
    }
}

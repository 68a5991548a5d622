import TestSupport
import Testing

@testable import ByteScan

@Suite("Telling text from binary data")
struct TextFormTests {
    private let sample = "GET “/platform/v1/operations” – déjà vu 🙂\r\nзавтра 明日\n"

    private func decode(_ bytes: [UInt8]) -> (TextEncoding, String)? {
        let span = unsafe bytes.span.bytes
        guard let text = TextForm.decode(span) else { return nil }
        let copied = text.bytes(of: span)
        let seen = text.withBytes(of: span) { text in
            unsafe text.withUnsafeBytes { unsafe Array($0) }
        }
        #expect(seen == copied)
        return (text.encoding, String(decoding: copied, as: UTF8.self))
    }

    private func units16(_ text: String, little: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            return little ? pair : pair.reversed()
        }
    }

    private func units32(_ text: String, little: Bool) -> [UInt8] {
        text.unicodeScalars.flatMap { scalar in
            let four = (0..<4).map { UInt8(truncatingIfNeeded: scalar.value >> (8 * UInt32($0))) }
            return little ? four : four.reversed()
        }
    }

    @Test("Unicode is read in all its encodings, with a byte order mark and without")
    func unicode() throws {
        let cases: [(TextEncoding, mark: [UInt8], [UInt8])] = [
            (.utf8, [0xEF, 0xBB, 0xBF], Array(sample.utf8)),
            (.utf16LittleEndian, [0xFF, 0xFE], units16(sample, little: true)),
            (.utf16BigEndian, [0xFE, 0xFF], units16(sample, little: false)),
            (.utf32LittleEndian, [0xFF, 0xFE, 0, 0], units32(sample, little: true)),
            (.utf32BigEndian, [0, 0, 0xFE, 0xFF], units32(sample, little: false)),
        ]
        for (encoding, mark, bytes) in cases {
            for source in [mark + bytes, bytes] {
                let (found, text) = try #require(decode(source))
                #expect(found == encoding)
                #expect(text == sample)
            }
            // A mark alone is a text with nothing in it.
            #expect(decode(mark)?.1 == "")
        }
    }

    @Test("UTF-8 is not copied")
    func noCopy() {
        let bytes = Array(sample.utf8)
        #expect(unsafe TextForm.decode(bytes.span.bytes)?.content == .source(from: 0))
        let marked = [0xEF, 0xBB, 0xBF] + bytes
        #expect(unsafe TextForm.decode(marked.span.bytes)?.content == .source(from: 3))
        #expect(decode([])?.1 == "")
    }

    @Test("what is no UTF-8 and has no NUL is Windows-1252")
    func windows1252() throws {
        let (encoding, text) = try #require(decode(Array("caf".utf8) + [0xE9, 0x20, 0x80, 0x81]))
        #expect(encoding == .windows1252)
        #expect(text == "café €\u{81}")
        let all = try #require(decode(Array(1...255)))
        #expect(all.1.unicodeScalars.count == 255)
    }

    @Test("one broken character does not spoil the UTF-8 around it")
    func repaired() throws {
        let broken = Array("été à ".utf8) + [0xFF] + Array(" où".utf8)
        let (encoding, text) = try #require(decode(broken))
        #expect(encoding == .utf8)
        #expect(text == "été à \u{FFFD} où")
        let cutOff = Array("naïve é".utf8).dropLast()
        #expect(decode(Array(cutOff))?.1 == "naïve \u{FFFD}")
    }

    @Test("a NUL that no encoding explains makes it binary")
    func binary() {
        #expect(decode(Array("text\u{0}text".utf8)) == nil)
        #expect(decode([0xEF, 0xBB, 0xBF, 0x41, 0, 0x42]) == nil)
        #expect(decode([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]) == nil)
        #expect(decode([0, 0, 0, 0]) == nil)
        // Numbers of two bytes, as in an image.
        #expect(decode((1...200).flatMap { [UInt8($0), 0] }) == nil)
        #expect(decode([0xFF, 0xFE, 0x41, 0, 0, 0, 0x42, 0]) == nil)
    }

    @Test("half a pair and a cut-off unit do not stop the reading")
    func damagedUnits() {
        #expect(decode([0xFF, 0xFE, 0x41, 0, 0x3D, 0xD8])?.1 == "A\u{FFFD}")
        #expect(decode([0xFF, 0xFE, 0x3D, 0xD8, 0x41, 0, 0x42])?.1 == "\u{FFFD}A")
        #expect(decode([0xFE, 0xFF, 0xDE, 0x00, 0, 0x41])?.1 == "\u{FFFD}A")
    }

    @Test(
        "what is called UTF-8 is what the standard library reads without repairs", arguments: 0..<20
    )
    func wellFormed(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let lead: [UInt8] = [
            0x41, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5,
        ]
        let trail: [UInt8] = [0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0x41]
        for _ in 0..<50 {
            var bytes = [UInt8](repeating: 0x61, count: Int.random(in: 0...40, using: &random))
            bytes.append(lead.randomElement(using: &random) ?? 0)
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                bytes.append(trail.randomElement(using: &random) ?? 0)
            }
            let isRight = String(validating: bytes, as: UTF8.self) != nil
            let content = unsafe TextForm.decode(bytes.span.bytes)?.content
            #expect((content == .source(from: 0)) == isRight, "\(bytes)")
        }
    }

    @Test("random and cut-off bytes neither trap nor hang", arguments: 0..<20)
    func random(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let marks: [[UInt8]] = [
            [], [0xFF, 0xFE], [0xFE, 0xFF], [0xFF, 0xFE, 0, 0], [0xEF, 0xBB, 0xBF],
        ]
        let body = (0..<Int.random(in: 0...64, using: &random)).map { _ in
            Bool.random(using: &random) ? 0 : UInt8.random(in: 0...255, using: &random)
        }
        let bytes = (marks.randomElement(using: &random) ?? []) + body
        for length in 0...bytes.count { _ = decode(Array(bytes.prefix(length))) }
    }
}

import Testing

@testable import ByteScan

@Suite("Searching bytes")
struct RawSpanSearchTests {
    @Test("a byte is found from a start, and before an end")
    func bytes() {
        let bytes = Array("a,b,c".utf8)
        let span = unsafe bytes.span.bytes
        #expect(span.firstOffset(of: UInt8(ascii: ",")) == 1)
        #expect(span.firstOffset(of: UInt8(ascii: ","), from: 2) == 3)
        #expect(span.firstOffset(of: UInt8(ascii: ","), from: 4) == nil)
        #expect(span.firstOffset(of: UInt8(ascii: "c"), from: 5) == nil)
        #expect(span.lastOffset(of: UInt8(ascii: ","), before: 5) == 3)
        #expect(span.lastOffset(of: UInt8(ascii: ","), before: 3) == 1)
        #expect(span.lastOffset(of: UInt8(ascii: ","), before: 1) == nil)
        #expect(span.lastOffset(of: UInt8(ascii: "a"), before: 0) == nil)
    }

    @Test("a needle is found from a start; an empty one there")
    func needles() {
        let bytes = Array("abcabc".utf8)
        let span = unsafe bytes.span.bytes
        #expect(span.firstOffset(of: Array("ca".utf8)) == 2)
        #expect(span.firstOffset(of: Array("abc".utf8), from: 1) == 3)
        #expect(span.firstOffset(of: Array("abc".utf8), from: 4) == nil)
        #expect(span.firstOffset(of: [], from: 6) == 6)
        #expect(span.firstOffset(of: [], from: 7) == nil)
        #expect(span.firstOffset(ofFolded: Array("bca".utf8)) == 1)
        let upper = Array("xAbCABC".utf8)
        #expect(unsafe upper.span.bytes.firstOffset(ofFolded: Array("abc".utf8), from: 2) == 4)
    }

    @Test("a line reaches from newline to newline")
    func lines() {
        let bytes = Array("one\n\ntwo".utf8)
        let span = unsafe bytes.span.bytes
        #expect(span.lineRange(around: 0) == 0..<3)
        #expect(span.lineRange(around: 3) == 0..<3)
        #expect(span.lineRange(around: 4) == 4..<4)
        #expect(span.lineRange(around: 6) == 5..<8)
        #expect(span.lineRange(around: 8) == 5..<8)
    }
}

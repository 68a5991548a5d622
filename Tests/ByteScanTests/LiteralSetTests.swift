import TestSupport
import Testing

@testable import ByteScan

@Suite("Looking for literals")
struct LiteralSetTests {
    private func hits(_ set: LiteralSet, in text: String) -> [Int] {
        let bytes = Array(text.utf8)
        return unsafe set.hits(in: bytes.span.bytes).indices
    }

    @Test(
        "each literal that occurs has its bit, wherever it stands",
        arguments: [0, 1, 15, 30, 31, 32, 33, 47, 48, 64, 100])
    func everyPlace(padding: Int) {
        let set = LiteralSet(["/v1/operations", "wdesk", "absent"].map { Array($0.utf8) })
        let filler = String(repeating: "x", count: padding)
        #expect(hits(set, in: filler + "wdesk" + filler) == [1])
        #expect(hits(set, in: filler + "/v1/operations") == [0])
        #expect(hits(set, in: "wdesk/v1/operations" + filler) == [0, 1])
        #expect(hits(set, in: filler + "/v1/operation" + filler) == [])
    }

    @Test("only a literal that folds case matches in another case")
    func foldedCase() {
        let set = LiteralSet([
            LiteralSet.Literal("Retry-After", foldsCase: true), LiteralSet.Literal("Location"),
            LiteralSet.Literal("Ok", foldsCase: true), LiteralSet.Literal("q"),
        ])
        #expect(hits(set, in: "retry-after: location") == [0])
        #expect(hits(set, in: "RETRY-AFTER, Location, oK, Q") == [0, 1, 2])
        #expect(hits(set, in: "q") == [3])
        // `[` and `{`, `@` and `` ` `` differ in the same bit as letters do.
        let brackets = LiteralSet([LiteralSet.Literal("a[b@", foldsCase: true)])
        #expect(hits(brackets, in: "A{B`") == [])
        #expect(hits(brackets, in: "A[B@") == [0])
    }

    @Test("literals inside of one another are all found")
    func nested() {
        let set = LiteralSet(
            ["operations", "/operations/", "v1/operations", "ions", "operations"].map {
                Array($0.utf8)
            })
        #expect(hits(set, in: "/v1/operations/") == [0, 1, 2, 3, 4])
        #expect(hits(set, in: "Operations") == [3])
    }

    @Test("an empty set and empty bytes have no hits")
    func nothing() {
        #expect(hits(LiteralSet([[UInt8]]()), in: "anything at all, longer than a vector").isEmpty)
        #expect(hits(LiteralSet([[1, 2, 3]]), in: "").isEmpty)
    }

    @Test("random sets find what a plain search finds", arguments: 0..<24)
    func againstPlainSearch(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("abAB/_{\u{0}\u{FF}".utf8)
        let count = Int.random(in: 1...(seed % 8 == 0 ? 256 : 24), using: &random)
        let literals = (0..<count).map { _ in
            let length = Int.random(in: 1...9, using: &random)
            return LiteralSet.Literal(
                (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 },
                foldsCase: Bool.random(using: &random))
        }
        let set = LiteralSet(literals)
        for _ in 0..<8 {
            let length = Int.random(in: 0...200, using: &random)
            let bytes = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            let expected = literals.indices.filter {
                plainOffset(of: literals[$0], in: bytes) != nil
            }
            #expect(unsafe set.hits(in: bytes.span.bytes).indices == expected)
            #expect(unsafe set.hits(in: bytes.span.bytes, plainly: true).indices == expected)
            for index in literals.indices.prefix(20) {
                let offset = unsafe set.firstOffset(of: index, in: bytes.span.bytes)
                #expect(offset == plainOffset(of: literals[index], in: bytes))
            }
        }
    }

    private func plainOffset(of literal: LiteralSet.Literal, in bytes: [UInt8]) -> Int? {
        guard bytes.count >= literal.bytes.count else { return nil }
        return (0...bytes.count - literal.bytes.count).first { start in
            zip(literal.bytes, bytes[start...]).allSatisfy { wanted, byte in
                literal.foldsCase
                    ? wanted.lowercasedASCII == byte.lowercasedASCII : wanted == byte
            }
        }
    }

    @Test("hits are a set of indices")
    func hitSet() {
        var hits = LiteralHits()
        #expect(hits.isEmpty)
        for index in [0, 63, 64, 255] { hits.insert(index) }
        #expect(hits.indices == [0, 63, 64, 255])
        #expect(hits.count == 4)
        #expect(hits.contains(255) && !hits.contains(254))
        var others = LiteralHits()
        others.insert(128)
        #expect(!hits.intersects(others))
        others.formUnion(hits)
        #expect(others.indices == [0, 63, 64, 128, 255])
        #expect(hits.intersects(others))
    }
}

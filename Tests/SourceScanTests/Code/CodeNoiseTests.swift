import TestSupport
import Testing

@testable import SourceScan

@Suite("Code: damaged and hostile input")
struct CodeNoiseTests {
    static let languages = (Array(Language.table.keys) + ["shell"]).sorted()

    private static let samples: [(path: String, text: String)] =
        (PythonCodeTests.cases + ScriptCodeTests.cases + ManagedCodeTests.java
        + ManagedCodeTests.kotlin + ManagedCodeTests.csharp + ServerCodeTests.go
        + ServerCodeTests.ruby + ServerCodeTests.php + NativeCodeTests.swift + NativeCodeTests.rust
        + NativeCodeTests.shell + NativeCodeTests.powershell + FurtherCodeTests.cases)
        .flatMap { code in code.files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

    /// Reads a text, and asks of every node whether it is in it.
    private func read(_ path: String, _ language: String?, _ bytes: [UInt8]) {
        let file = SourceReader.read(path: path, bytes: bytes, language: language)
        for unit in file.units {
            let tree = unit.tree
            var isInside = true
            tree.walk(tree.root) { _, node in
                isInside = isInside && 0 <= node.start && node.end <= unit.bytes.count
                return isInside
            }
            #expect(isInside, "\(language ?? path)")
            let places = unit.comments.flatMap { [$0.lowerBound, $0.upperBound] }
            #expect(places.allSatisfy { 0...unit.bytes.count ~= $0 }, "\(language ?? path)")
        }
    }

    @Test("every token is inside the text and none begins before the last", arguments: languages)
    func tokens(_ name: String) {
        guard let language = Language.named(name) else { return }
        var generator = SeededGenerator(seed: 11)
        for sample in Self.samples {
            let bytes = Array(sample.text.utf8)
            let end = Int.random(in: 0...bytes.count, using: &generator)
            let stream = Lexer.tokens(of: bytes, in: 0..<end, language: language)
            let isOrdered = zip(stream.tokens, stream.tokens.dropFirst()).allSatisfy {
                $0.start <= $1.start
            }
            #expect(isOrdered, "\(sample.path)")
            #expect(
                stream.tokens.allSatisfy { 0 <= $0.start && $0.start <= $0.end && $0.end <= end },
                "\(sample.path)")
        }
    }

    @Test("code cut off anywhere is read as far as it goes")
    func cutOff() {
        var generator = SeededGenerator(seed: 12)
        for sample in Self.samples {
            let bytes = Array(sample.text.utf8)
            for _ in 0..<6 {
                let end = Int.random(in: 0...bytes.count, using: &generator)
                read(sample.path, nil, Array(bytes[..<end]))
            }
        }
    }

    @Test("code with bytes changed, doubled and left out is judged without a trap")
    func mutated() throws {
        var generator = SeededGenerator(seed: 13)
        let scanner = SourceScanner(rules: [try OperationsRule.rule()])
        for sample in Self.samples {
            let head = Array(sample.text.utf8)
            guard let language = LanguageDetector.language(path: sample.path, head: head[...])
            else {
                continue
            }
            for _ in 0..<4 {
                let bytes = generator.damaged(sample.text)
                _ = scanner.scan(
                    snippet: String(decoding: bytes, as: UTF8.self), language: language)
            }
        }
    }

    @Test("any bytes are survived", arguments: languages)
    func noise(_ language: String) {
        var generator = SeededGenerator(seed: 14)
        for round in 0..<40 {
            let bytes = generator.noise(onlyMarks: round % 2 == 0)
            read("file", language, bytes)
        }
    }

    private static let openings = [
        "(", "[", "{", ")", "\"", "'", "`", "f(", "a.b(", "\"${", "\"#{", "$(", "/*", "<", "@a(",
        "#[", "<<A\n", "fn a(b) {", "def a(b):\n ", "do ", "class A {", "\\", "a ? b : ", "a => ",
        "if a {", "case a:", "|x| ", "[[", "\"x\" + ", "a\n",
    ]

    @Test("deep nesting and what is never closed end in bounded time", arguments: languages)
    func deep(_ language: String) {
        for text in Self.openings {
            read("file", language, Array(String(repeating: text, count: 150).utf8))
        }
    }

    @Test(
        "a file of brackets takes time in proportion to its length",
        arguments: ["python", "javascript", "java", "go", "ruby", "shell"])
    func brackets(_ language: String) {
        let clock = ContinuousClock()
        func time(_ count: Int) -> Duration {
            let bytes = [UInt8](repeating: UInt8(ascii: "("), count: count)
            return clock.measure {
                _ = SourceReader.read(path: "file", bytes: bytes, language: language)
            }
        }
        let short = time(1 << 14)
        let long = time(1 << 17)
        // Eight times the length; a quadratic reader takes sixty-four times as long.
        #expect(long < short * 24 + .seconds(10), "\(short) \(long)")
    }
}

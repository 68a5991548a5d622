import TestSupport
import Testing

@testable import SourceScan

@Suite("Documents: damaged input")
struct DocumentNoiseTests {
    private static let samples: [(language: String, path: String, text: String)] =
        (DescribedRequestTests.cases + TestDoubleTests.cases + CollectionTests.cases
        + CommandTests.cases + PageTests.cases).map { document in
            let bytes = Array(document.text.utf8)
            let language = LanguageDetector.language(path: document.path, head: bytes[...])
            return (language ?? "text", document.path, document.text)
        }

    private static let languages = [
        "json", "yaml", "toml", "xml", "properties", "ini", "dotenv", "hocon", "markdown", "text",
        "notebook", "dockerfile", "makefile", "just", "procfile", "crontab", "postman", "insomnia",
        "openapi", "bruno", "http", "terraform", "nginx", "apache", "html",
    ]

    /// Reads, and asks of every place whether it is in the file.
    private func read(_ language: String, _ path: String, _ bytes: [UInt8]) {
        let facts = DocumentReader.read(path: path, language: language, bytes: bytes)
        let places =
            facts.requests.flatMap { [$0.offset, $0.callOffset ?? 0] + $0.headers.map(\.offset) }
            + facts.settings.map(\.offset) + facts.prose.map(\.upperBound)
        #expect(places.allSatisfy { 0...bytes.count ~= $0 }, "\(language) \(path)")
        for source in facts.embedded {
            #expect(source.lines.count == source.columns.count)
        }
    }

    @Test("every reader is reached")
    func reached() {
        for language in Self.languages { #expect(DocumentReader.reads(language), "\(language)") }
    }

    @Test("a document cut off anywhere is read as far as it goes")
    func cutOff() {
        var generator = SeededGenerator(seed: 1)
        for sample in Self.samples {
            let bytes = Array(sample.text.utf8)
            for _ in 0..<24 {
                let end = Int.random(in: 0...bytes.count, using: &generator)
                read(sample.language, sample.path, Array(bytes[..<end]))
            }
        }
    }

    @Test("a document with bytes changed, doubled and left out is read without a trap")
    func mutated() {
        var generator = SeededGenerator(seed: 2)
        for sample in Self.samples {
            for _ in 0..<16 {
                read(sample.language, sample.path, generator.damaged(sample.text))
            }
        }
    }

    @Test("call sites of damaged documents are found or not, without a trap")
    func resolved() async throws {
        var generator = SeededGenerator(seed: 4)
        for sample in Self.samples {
            for _ in 0..<4 {
                let bytes = generator.damaged(sample.text)
                let text = String(decoding: bytes, as: UTF8.self)
                let sites = try await DocumentSites.found(in: [sample.path: text])
                #expect(sites.allSatisfy { $0.hasPrefix(sample.path) })
            }
        }
    }

    @Test("any bytes are survived by every reader", arguments: languages)
    func noise(_ language: String) {
        var generator = SeededGenerator(seed: 3)
        for round in 0..<200 {
            let bytes = generator.noise(onlyMarks: round % 2 == 0)
            read(language, "file", bytes)
        }
    }

    @Test("deep nesting and long lines end in bounded time", arguments: languages)
    func deep(_ language: String) {
        for text in ["[", "{", "{\"a\":", "- ", "<a>", "(", "a: ", "${", "{{", "\"", "\\"] {
            let bytes = Array(String(repeating: text, count: 2_000).utf8)
            read(language, "file", bytes)
        }
    }
}

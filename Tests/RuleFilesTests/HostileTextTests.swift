import RuleFiles
import TestSupport
import Testing

@Suite("Any text at all")
struct HostileTextTests {
    /// Neither traps; what comes out is a rule file or mistakes with places in the text.
    private func read(_ text: String) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
        do throws(RuleFileErrors) { _ = try RuleFiles.parse(text, file: "f") } catch {
            #expect(!error.mistakes.isEmpty)
            for mistake in error.mistakes {
                #expect((0...(lines + 1)).contains(mistake.line))
                #expect(mistake.column >= 0)
                #expect(!mistake.description.unicodeScalars.contains { $0.value < 0x20 })
            }
        }
        do throws(RuleFileErrors) { _ = try SettingsFile.parse(text, file: "f") } catch {
            #expect(!error.mistakes.isEmpty)
        }
    }

    @Test("a rule file that is cut off anywhere does not trap")
    func cutOff() {
        let bytes = Array(SampleRule.text.utf8)
        for length in stride(from: 0, to: bytes.count, by: 7) {
            read(String(decoding: bytes[..<length], as: UTF8.self))
        }
    }

    @Test("a rule file with bytes changed does not trap", arguments: 0..<8 as Range<UInt64>)
    func mutated(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces =
            Array("\0\u{1B}\t\n\r[]{}:-?*&!|>'\"%@`#,~<= aA1é€😀\u{FEFF}\u{85}\u{2028}")
            .map { Array(String($0).utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80]]
        for _ in 0..<25 {
            var bytes = Array(SampleRule.text.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let start = Int.random(in: 0..<bytes.count, using: &random)
                let end = min(bytes.count, start + Int.random(in: 0...12, using: &random))
                bytes.replaceSubrange(start..<end, with: pieces.randomElement(using: &random) ?? [])
            }
            read(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test("noise does not trap", arguments: 0..<8 as Range<UInt64>)
    func noise(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed &+ 1000)
        let words = [
            "rules", ":", " ", "\n", "- ", "{", "}", "[", "]", "&a", "*a", "!!set", "? ", "|\n  ",
            ">-\n", "'", "\"", "<<", ", ", "id", "examples", "code", "---\n", "...\n",
            "%YAML 1.1\n",
            "2026-02-30", "\\x00", "#", "~",
        ]
        for _ in 0..<100 {
            let count = Int.random(in: 0...40, using: &random)
            read((0..<count).map { _ in words.randomElement(using: &random) ?? "" }.joined())
        }
    }
}

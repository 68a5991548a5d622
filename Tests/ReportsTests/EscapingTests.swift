import Deprecations
import TestSupport
import Testing

@testable import Reports

@Suite("Escaping")
struct EscapingTests {
    private static let rounds = 3000

    @Test(
        "a character that is not seen is shown",
        arguments: [
            ("a\u{1B}[31mb", "a␛[31mb"), ("\u{7F}", "␡"), ("\u{202E}x", "⟨U+202E⟩x"),
            ("a\tb\nc\r", "a b␊c␍"), ("\u{9B}", "⟨U+009B⟩"), ("\u{2028}", "⟨U+2028⟩"),
            ("\u{E0041}", "⟨U+E0041⟩"), ("ü ✔️ 漢", "ü ✔️ 漢"), ("", ""),
        ])
    func visible(text: String, shown: String) {
        #expect(text.visible == shown)
    }

    @Test(
        "a code span is fenced longer than what is in it",
        arguments: [
            ("a", "`a`"), ("`", "`` ` ``"), ("a``b`c", "```a``b`c```"), (" a ", "`  a  `"),
            ("  ", "`  `"), ("", "–"), ("a`", "`` a` ``"),
        ])
    func codeSpan(text: String, source: String) {
        #expect(Markdown.code(text).source == source)
    }

    @Test(
        "prose stays prose",
        arguments: [
            ("1. a", "1\\. a"), ("# a", "\\# a"), ("- a", "\\- a"), ("a - b # c", "a - b # c"),
            ("snake_case", "snake_case"), ("_a_", "\\_a\\_"), ("a: b", "a: b"),
            ("see http://x", "see http\\://x"), ("www.x", "www\\.x"), ("0.4.6", "0\\.4.6"),
            ("<b>&amp;", "\\<b\\>\\&amp;"), ("    a", "a"),
        ])
    func prose(text: String, source: String) {
        #expect(Markdown.prose(text).source == source)
    }

    @Test("backticks in a rule's note mark code, where they come in pairs")
    func note() {
        #expect(Markdown.note("- drop `/v1` *now*").source == "\\- drop `/v1` \\*now\\*")
        #expect(Markdown.note("a ` b").source == "a \\` b")
        #expect(Markdown.note("`2.` b").source == "`2.` b")
    }

    @Test("any text comes back from a code span, from prose and from a cell")
    func roundTrips() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<Self.rounds {
            let text = HostileText.make(with: &generator)
            let visible = text.visible
            let code = Markdown.code(text)
            #expect(MarkdownReading.codeSpan(code.source) == visible)
            let prose = Markdown.prose(text)
            let trimmed = String(
                String.UnicodeScalarView(visible.unicodeScalars.drop { $0 == " " }))
            #expect(MarkdownReading.prose(prose.source) == trimmed)
            let row = MarkdownTable(
                columns: [.text("a"), .text("b"), .number("c")], rows: [[code, prose, "7"]]
            ).renderText
            let last = try #require(row.split(separator: "\n").last)
            #expect(MarkdownReading.cells(String(last)) == [code.source, prose.source, "7"])
        }
    }

    @Test("no line of an excerpt ends its fence, and each stays one line")
    func fences() throws {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<Self.rounds {
            let lines = (0..<3).map { _ in HostileText.make(with: &generator) }
            let skeleton = MarkdownReading.skeleton(MarkdownEscape.fenced(lines))
            #expect(
                skeleton == ["fence", "in fence", "in fence", "in fence", "end of fence"],
                "\(lines)")
        }
    }

    @Test("a long line is cut around its column, wherever that is")
    func windows() throws {
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<300 {
            let text = (0..<60).map { _ in HostileText.make(with: &generator) }.joined()
            let column = Int.random(in: -3...text.utf8.count + 3, using: &generator)
            let block = Excerpt(firstLine: 9, lines: ["", text]).marked(line: 10, column: column)
                .renderText
            #expect(
                MarkdownReading.skeleton(block)
                    == ["fence", "in fence", "in fence", "end of fence"])
        }
        let line = String(repeating: "é", count: 500) + "HERE" + String(repeating: "x", count: 500)
        let block = Excerpt(firstLine: 1, lines: [line]).marked(line: 1, column: 1001).renderText
        #expect(block.contains("HERE"))
        #expect(block.count < 200)
    }

    @Test("hostile text in every field leaves the page's form as it is")
    func pages() throws {
        let tame = try page { "word\($0)" }
        var generator = SeededGenerator(seed: 10)
        for _ in 0..<60 {
            let hostile = try page { "x\($0)" + HostileText.make(with: &generator) }
            #expect(MarkdownReading.skeleton(hostile) == MarkdownReading.skeleton(tame))
            #expect(!hostile.unicodeScalars.contains { $0 != "\n" && $0.isUnseen })
        }
    }

    @Test("hostile text in every field of a live call leaves the page's form as it is")
    func liveCalls() throws {
        func page(_ text: () -> String) throws -> String {
            var report = try Sample.rich()
            for index in report.verifications.indices {
                Sample.fill(&report.verifications[index], text)
            }
            return String(decoding: try Reports.write(report, as: .markdown), as: UTF8.self)
        }
        var number = 0
        let tame = try page {
            number += 1
            return "word\(number)"
        }
        var generator = SeededGenerator(seed: 12)
        for _ in 0..<60 {
            let hostile = try page {
                number += 1
                return "x\(number)" + HostileText.make(with: &generator)
            }
            #expect(MarkdownReading.skeleton(hostile) == MarkdownReading.skeleton(tame))
            #expect(!hostile.unicodeScalars.contains { $0 != "\n" && $0.isUnseen })
        }
    }

    @Test("a hostile report reads well")
    func golden() throws {
        var generator = SeededGenerator(seed: 11)
        let report = try Sample.report { _ in HostileText.make(with: &generator) }
        for format in ReportFormat.allCases {
            try expectGolden(Reports.write(report, as: format), "hostile.\(format.suffix)")
        }
    }

    private func page(_ text: (Int) -> String) throws -> String {
        String(
            decoding: try Reports.write(Sample.report(filledWith: text), as: .markdown),
            as: UTF8.self)
    }
}

extension Sample {
    /// The rich report with `text` in every place where text from code or logs can stand.
    static func report(filledWith text: (Int) -> String) throws -> AuditReport {
        var number = 0
        func next() -> String {
            number += 1
            return text(number)
        }
        var report = try rich()
        report.toolVersion = next()
        for index in report.rules.indices {
            report.rules[index].rule.title = next()
            report.rules[index].rule.provider.name = next()
            report.rules[index].rule.migrationNotes = [next(), next()]
            report.rules[index].rule.lifecycle.deprecatedOn?.source = next()
        }
        for index in report.callSites.indices {
            report.callSites[index].owner = next()
            fill(&report.callSites[index].site, next)
        }
        for index in report.traffic.indices {
            report.traffic[index].key.host = next()
            report.traffic[index].key.caller = Caller(
                name: next(), address: next(), user: next(), userAgent: next(), client: next(),
                clientVersion: next(), kind: .library)
            report.traffic[index].key.apiVersion.value = next()
        }
        for index in report.trees.indices { report.trees[index].root = next() }
        for index in report.logs.indices {
            report.logs[index].path = next()
            report.logs[index].format = next()
        }
        for index in report.diagnostics.indices {
            report.diagnostics[index].path = next()
            report.diagnostics[index].message = next()
        }
        return report
    }

    /// The same in every place of a live call.
    static func fill(_ verification: inout Verification, _ next: () -> String) {
        verification.call.host = next()
        verification.call.path = next()
        verification.operation = next()
        verification.reason = next()
        verification.answer?.contentType = next()
        verification.answer?.operationStatus = next()
        verification.answer?.requestID = next()
        verification.answer?.deprecation?.text = next()
        verification.answer?.sunset?.text = next()
        verification.answer?.links = [Verification.Link(relation: next(), target: next())]
        verification.answer?.warnings = [next()]
        for index in verification.findings.indices {
            verification.findings[index].message = next()
        }
    }

    private static func fill(_ site: inout CallSite, _ next: () -> String) {
        site.id = CallSiteID(next())
        site.root = next()
        site.path = next()
        site.client = next()
        site.symbol = next()
        site.method = next()
        site.url = next()
        site.apiVersion.value = next()
        site.apiVersion.evidence = SourcePlace(path: next(), line: 3)
        site.evidence = [
            Evidence(place: SourcePlace(path: next(), line: 1), note: next()),
            Evidence(place: SourcePlace(path: next(), line: 2), note: "initiating call \(next())"),
        ]
        site.excerpt = Excerpt(
            firstLine: max(1, site.line - 1), lines: [next(), next(), next()])
    }
}

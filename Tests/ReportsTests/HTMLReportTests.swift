import Deprecations
import TestSupport
import Testing

@testable import Reports

@Suite("HTML")
struct HTMLReportTests {
    private func page(_ report: AuditReport) throws -> HTMLReading {
        let bytes = try Reports.write(report, as: .html)
        return try HTMLReading(String(decoding: bytes, as: UTF8.self))
    }

    private func reports() throws -> [AuditReport] {
        [
            try Sample.rich(), try Sample.quiet(), try Sample.rich(asOf: "2029-02-10"),
            try Sample.report(rules: []),
        ]
    }

    @Test("a page loads nothing, and runs nothing but its own script")
    func selfContained() throws {
        for report in try reports() {
            let page = try page(report)
            let loading: Set = [
                "link", "img", "iframe", "object", "embed", "audio", "video", "source", "base",
                "form",
                "image", "use", "foreignobject",
            ]
            #expect(loading.isDisjoint(with: page.tags.map(\.name)))
            for tag in page.tags {
                #expect(tag.attributes["src"] == nil)
                #expect(tag.attributes["style"] == nil)
                #expect(tag.attributes["href"]?.hasPrefix("#") != false)
                #expect(!tag.attributes.keys.contains { $0.hasPrefix("on") })
            }
            for text in page.raw.values {
                #expect(
                    !text.contains("url(") && !text.contains("@import") && !text.contains("fetch("))
            }
        }
    }

    @Test("the policy allows the page's own style and script, and nothing else")
    func policy() throws {
        let page = try page(Sample.rich())
        let policy = page.tags.first { $0.attributes["http-equiv"] == "Content-Security-Policy" }?
            .attributes["content"]
        let style = SHA256.policySource(of: try #require(page.raw["style"]))
        let script = SHA256.policySource(of: try #require(page.raw["script"]))
        #expect(
            policy
                == "default-src 'none'; style-src '\(style)'; script-src '\(script)'; base-uri 'none'; form-action 'none'"
        )
        #expect(page.tags.count { $0.name == "script" } == 1)
        #expect(page.tags.count { $0.name == "style" } == 1)
    }

    @Test("ids are unique, and every link and every label leads to one")
    func links() throws {
        for report in try reports() {
            let tags = try page(report).tags
            let ids = tags.compactMap { $0.attributes["id"] }
            #expect(Set(ids).count == ids.count)
            for tag in tags {
                if let target = tag.attributes["href"] {
                    #expect(ids.contains(String(target.dropFirst())), "\(target)")
                }
                for name in tag.attributes["aria-labelledby"]?.split(separator: " ") ?? [] {
                    #expect(ids.contains(String(name)), "\(name)")
                }
            }
        }
    }

    @Test("headings go down one step at a time, and there is one of the first")
    func headings() throws {
        for report in try reports() {
            let levels = try page(report).tags.compactMap { tag in
                tag.name.count == 2 && tag.name.first == "h" ? tag.name.last?.wholeNumberValue : nil
            }
            #expect(levels.first == 1)
            #expect(levels.count { $0 == 1 } == 1)
            for (before, after) in zip(levels, levels.dropFirst()) { #expect(after <= before + 1) }
        }
    }

    @Test("a drawing has a name and a description, a table a head with scopes")
    func alternatives() throws {
        let tags = try page(Sample.rich()).tags
        let drawings = tags.filter { $0.name == "svg" }
        #expect(drawings.count == 3)
        for drawing in drawings {
            #expect(drawing.attributes["role"] == "img")
            #expect(drawing.attributes["aria-labelledby"] != nil)
        }
        for head in tags where head.name == "th" { #expect(head.attributes["scope"] == "col") }
        #expect(tags.first { $0.name == "html" }?.attributes["lang"] == "en")
    }

    @Test("every call site that counts has a row with the words to filter by")
    func rows() throws {
        let report = try Sample.rich()
        let rows = try page(report).tags.filter {
            $0.name == "tr" && $0.attributes["data-kind"] != nil
        }
        #expect(rows.count == report.callSites.count)
        #expect(rows.first?.attributes["data-group"] == "a change")
        #expect(rows.contains { $0.attributes["data-owner"] == "@payments" })
        #expect(rows.count { $0.attributes["data-group"] == "nothing: gone" } == 1)
    }

    @Test("nothing is called new where there was nothing to compare with")
    func new() throws {
        var report = try Sample.report(
            callSites: [Sample.reported(Sample.site("1"), status: .new)])
        #expect(try !page(report).text.contains("call, new"))
        report.hasBaseline = true
        #expect(try page(report).text.contains("call, new"))
    }

    @Test("the countdown names the endpoint that goes next, and counts on after the sunset")
    func countdown() throws {
        #expect(try page(Sample.rich()).text.contains("800 days left"))
        #expect(try page(Sample.rich(asOf: "2029-02-10")).text.contains("10 days past"))
        #expect(try !page(Sample.quiet()).text.contains("days left"))
    }

    @Test("hostile text in every field leaves the page's form as it is, and reads as it was")
    func hostile() throws {
        let tame = try page(Sample.report { "word\($0)" })
        var generator = SeededGenerator(seed: 14)
        for _ in 0..<25 {
            var title = ""
            let report = try Sample.report { number in
                let text = "x\(number)" + HostileText.make(with: &generator)
                if number == 2 { title = text }
                return text
            }
            let page = try page(report)
            // A rule's note may mark code with backticks.
            let isSame =
                page.skeleton.filter { $0 != "code " } == tame.skeleton.filter { $0 != "code " }
            #expect(isSame)
            #expect(page.text.contains(title.visible))
            #expect(!page.text.unicodeScalars.contains { $0 != "\n" && $0.isUnseen })
        }
    }

    @Test(
        "the digest is SHA-256's",
        arguments: [
            ("", "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
            ("abc", "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "sha256-JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE="
            ),
        ])
    func digest(text: String, source: String) {
        #expect(SHA256.policySource(of: text) == source)
    }

    @Test("our words' marks become elements, and others' marks stay text")
    func phrases() {
        let phrase: Markdown = "**\(3)** of *all* in \(code: "a<b`*"): \(prose: "**x** & 'y'")"
        #expect(
            phrase.html
                == "<strong>3</strong> of <em>all</em> in <code>a&lt;b`*</code>: **x** &amp; &#39;y&#39;"
        )
        #expect(
            Markdown.link("\(code: "a.py:1")", toHeading: "LC-1 line 2").html
                == "<a href=\"#lc-1-line-2\"><code>a.py:1</code></a>")
        #expect(phrase.plain == "3 of all in a<b`*: **x** & 'y'")
    }
}

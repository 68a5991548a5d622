import TestSupport
import Testing

@testable import OperationsClient

@Suite("What headers say of the end")
struct LifecycleNoticesTests {
    private func notices(
        deprecation: [String] = [], sunset: [String] = [], link: [String] = [],
        warning: [String] = []
    ) -> LifecycleNotices {
        LifecycleNotices(
            deprecation: deprecation, sunset: sunset, link: link, warning: warning,
            now: 1_795_564_800)
    }

    @Test(
        "Deprecation is read as RFC 9745 has it, and as its drafts had",
        arguments: [
            ("@1688169599", LifecycleNotices.Deprecation.date(1_688_169_599)),
            ("@-5", .date(-5)),
            (" @1770854400;note=x ", .date(1_770_854_400)),
            ("true", .draftTrue), ("True", .draftTrue), ("?1", .draftTrue),
            ("Thu, 12 Feb 2026 00:00:00 GMT", .draftDate(1_770_854_400)),
            ("date=\"Thu, 12 Feb 2026 00:00:00 GMT\"", .draftDate(1_770_854_400)),
            ("version=\"v1\"", .unreadable("version=\"v1\"")),
            ("@", .unreadable("@")), ("@1.5", .unreadable("@1.5")),
            ("@9999999999999999", .unreadable("@9999999999999999")),
            ("2026-02-12", .unreadable("2026-02-12")), ("", .unreadable("")),
        ])
    func deprecation(text: String, expected: LifecycleNotices.Deprecation) {
        #expect(notices(deprecation: [text]).deprecation == expected)
    }

    @Test("Sunset is an HTTP date, and nothing else")
    func sunset() {
        #expect(
            notices(sunset: ["Wed, 31 Jan 2029 00:00:00 GMT"]).sunset == .date(1_864_512_000))
        #expect(notices(sunset: ["2029-01-31"]).sunset == .unreadable("2029-01-31"))
        #expect(notices().sunset == nil)
        #expect(notices().isEmpty)
    }

    @Test("links that speak of the end are found among others, whatever stands in their targets")
    func links() {
        let found = notices(link: [
            #"<https://a.example/x,y;z>; rel="deprecation"; type="text/html", <https://a.example/n>; rel=next"#,
            #"</operations/1>;REL="Successor-Version sunset" , <https://b.example>; title="a, \"b\"; rel=deprecation""#,
            "nonsense", "<unclosed; rel=sunset", "<>; rel", ";;;,,,",
        ]).links
        #expect(
            found == [
                .init(relation: "deprecation", target: "https://a.example/x,y;z"),
                .init(relation: "successor-version", target: "/operations/1"),
                .init(relation: "sunset", target: "/operations/1"),
            ])
    }

    @Test("of a warning its code and text are kept, and what is no warning as it was sent")
    func warnings() {
        let found = notices(warning: [
            #"299 - "Deprecated API, use 2026-01-01", 199 host:80 "a \"quoted\" word" "Wed, 31 Jan 2029 00:00:00 GMT""#,
            "soon gone",
        ]).warnings
        #expect(
            found == [
                "299 Deprecated API, use 2026-01-01", #"199 a "quoted" word"#, "soon gone",
            ])
    }

    @Test("no header, whatever it holds, stops the reading")
    func noise() {
        var generator = SeededGenerator(seed: 5)
        let alphabet = Array("<>\";,= @\\-relsuntAF0127:GMT,")
        for _ in 0..<2000 {
            let text = String(
                (0..<generator.below(60)).map { _ in alphabet[generator.below(alphabet.count)] })
            let notices = notices(
                deprecation: [text], sunset: [text], link: [text], warning: [text])
            #expect(notices.deprecation != nil)
            _ = RetryAfter.wait(text, now: 0)
        }
    }
}

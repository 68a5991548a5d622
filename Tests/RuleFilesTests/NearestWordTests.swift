import RuleFiles
import Testing

@Suite("Did you mean")
struct NearestWordTests {
    @Test(
        "a word that is near is offered, another is not",
        arguments: [
            ("sunsetOm", "sunsetOn"), ("sunset", "sunsetOn"), ("SUNSETON", "sunsetOn"),
            ("usnsetOn", "sunsetOn"), ("hsitory", "history"), ("colour", nil), ("x", nil),
            ("", nil),
            (String(repeating: "x", count: 200), nil), ("deprecated", "deprecatedOn"),
        ])
    func nearest(_ word: String, _ expected: String?) {
        #expect(nearestWord(to: word, among: ["deprecatedOn", "sunsetOn", "history"]) == expected)
    }

    @Test("of words that are equally near the first by alphabet is offered")
    func tie() {
        #expect(nearestWord(to: "bat", among: ["cat", "bar"]) == "bar")
    }
}

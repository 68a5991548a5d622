import Deprecations

/// Why a text is not what a key asks for: the message behind the quoted text.
struct Misfit: Error {
    var text: String
}

/// What the texts of rule and settings files look like.
enum Shapes {
    /// `YYYY-MM-DD`
    static func day(_ text: String) throws(Misfit) -> CalendarDay {
        guard let day = CalendarDay(text) else {
            throw Misfit(text: "is no day of the calendar (YYYY-MM-DD)")
        }
        return day
    }

    /// Lower-case words joined by hyphens.
    static func ruleID(_ text: String) throws(Misfit) -> String {
        let words = text.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
        guard words.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isLowerOrDigit) }) else {
            throw Misfit(text: "is no rule id: lower-case words joined by hyphens")
        }
        return text
    }

    /// A method of HTTP.
    static func method(_ text: String) throws(Misfit) -> String {
        guard KnownWords.methods.contains(text) else {
            throw Misfit(
                text: "is no HTTP method"
                    + suggestion(for: text, among: KnownWords.methods, otherwise: "it is one of"))
        }
        return text
    }

    /// A header's name (RFC 9110, 5.6.2).
    static func headerName(_ text: String) throws(Misfit) -> String {
        let marks = Set("!#$%&'*+-.^_`|~".utf8)
        guard
            text.utf8.allSatisfy({
                isLowerOrDigit($0) || (0x41...0x5A).contains($0) || marks.contains($0)
            })
        else {
            throw Misfit(text: "is no header name: one word, without colon and value")
        }
        return text
    }

    /// A number of requests.
    static func rate(_ text: String) throws(Misfit) -> Double {
        guard let number = Double(text), number > 0, number.isFinite else {
            throw Misfit(text: "is no number above zero")
        }
        return number
    }

    /// The name of a language of the examples.
    static func language(_ text: String) throws(Misfit) -> String {
        try known(text, "language of examples", KnownWords.languages)
    }

    /// The name of a log format, or a format string.
    static func logFormat(_ text: String) throws(Misfit) -> String {
        if text.contains("$") || text.contains("%") { return text }
        return try known(text, "log format", KnownWords.logFormats)
    }

    private static func known(
        _ text: String, _ what: String, _ words: [String]
    ) throws(Misfit) -> String {
        guard words.contains(text) else {
            throw Misfit(
                text: "is no \(what)"
                    + suggestion(for: text, among: words, otherwise: "it is one of"))
        }
        return text
    }

    static func isLowerOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}

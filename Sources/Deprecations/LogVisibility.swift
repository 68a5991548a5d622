/// What the lines of a log can show: what is missing here, no request in it can tell.
public struct LogVisibility: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: Int

    /// Takes the bits.
    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// The path that was asked for.
    public static let path = LogVisibility(rawValue: 1)
    /// The host.
    public static let host = LogVisibility(rawValue: 2)
    /// A version header of a rule, or that it was not sent.
    public static let version = LogVisibility(rawValue: 4)
    /// The client's address.
    public static let address = LogVisibility(rawValue: 8)
    /// The user agent.
    public static let userAgent = LogVisibility(rawValue: 16)
    /// When it was.
    public static let time = LogVisibility(rawValue: 32)

    /// Each with the word that stands for it in the database.
    private static let words: [(LogVisibility, String)] = [
        (.path, "path"), (.host, "host"), (.version, "version"), (.address, "address"),
        (.userAgent, "user-agent"), (.time, "time"),
    ]

    /// The words of what is shown, with blanks between them.
    public var description: String {
        Self.words.filter { contains($0.0) }.map(\.1).joined(separator: " ")
    }

    /// Reads what `description` writes; nil for anything else.
    public init?(_ text: String) {
        var result: LogVisibility = []
        for word in text.split(separator: " ") {
            guard let known = Self.words.first(where: { $0.1 == word }) else { return nil }
            result.insert(known.0)
        }
        self = result
    }
}

/// What an answer's headers say of the endpoint's end.
public struct LifecycleNotices: Hashable, Sendable {
    /// A `Deprecation` header.
    public enum Deprecation: Hashable, Sendable {
        /// RFC 9745: `@1688169599`, in seconds since 1970.
        case date(Int64)
        /// A draft of RFC 9745: an HTTP date, in seconds since 1970.
        case draftDate(Int64)
        /// A draft of RFC 9745: `true`, deprecated without a date.
        case draftTrue
        /// Something else, as it was sent.
        case unreadable(String)

        /// The date, in seconds since 1970.
        public var seconds: Int64? {
            switch self {
            case .date(let seconds), .draftDate(let seconds): seconds
            case .draftTrue, .unreadable: nil
            }
        }
    }

    /// A `Sunset` header (RFC 8594).
    public enum Sunset: Hashable, Sendable {
        /// In seconds since 1970.
        case date(Int64)
        /// Something else, as it was sent.
        case unreadable(String)

        /// The date, in seconds since 1970.
        public var seconds: Int64? {
            if case .date(let seconds) = self { seconds } else { nil }
        }
    }

    /// A link (RFC 8288) whose relation speaks of the endpoint's end.
    public struct Link: Hashable, Sendable {
        /// `deprecation`, `sunset`, `successor-version` …
        public var relation: String
        /// As it was sent; it may be relative.
        public var target: String

        /// Takes each part as given.
        public init(relation: String, target: String) {
            self.relation = relation
            self.target = target
        }
    }

    /// The first `Deprecation`, where there is one.
    public var deprecation: Deprecation?
    /// The first `Sunset`, where there is one.
    public var sunset: Sunset?
    /// Links to what is said of the end.
    public var links: [Link]
    /// The texts of `Warning` headers.
    public var warnings: [String]

    /// Whether nothing is said.
    public var isEmpty: Bool {
        deprecation == nil && sunset == nil && links.isEmpty && warnings.isEmpty
    }

    /// Reads the values of the four headers.
    public init(
        deprecation: [String] = [], sunset: [String] = [], link: [String] = [],
        warning: [String] = [], now: Int64
    ) {
        self.deprecation = deprecation.first.map { Self.deprecation($0, now: now) }
        self.sunset = sunset.first.map { text in
            HTTPDate.seconds(text.trimming, now: now).map(Sunset.date) ?? .unreadable(text)
        }
        links = link.flatMap(Self.links)
        warnings = warning.flatMap(Self.warnings)
    }

    /// The relations that speak of an endpoint's end, or of what comes after it.
    private static let relations: Set = [
        "deprecation", "sunset", "successor-version", "latest-version", "alternate",
    ]

    private static func deprecation(_ text: String, now: Int64) -> Deprecation {
        // Parameters may follow; drafts had some.
        let value = text.prefix { $0 != ";" }.trimming
        if value.hasPrefix("@") {
            let digits = value.dropFirst()
            // A structured field's Date is an integer of fifteen digits at most (RFC 9651, 3.3.1).
            let number = digits.hasPrefix("-") ? digits.dropFirst() : digits
            if (1...15).contains(number.utf8.count),
                number.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(digits)
            {
                return .date(seconds)
            }
            return .unreadable(text)
        }
        switch value.lowercased() {
        case "true", "?1": return .draftTrue
        default: break
        }
        let date = value.hasPrefix("date=") ? value.dropFirst(5).filter { $0 != "\"" } : value
        return HTTPDate.seconds(date, now: now).map(Deprecation.draftDate) ?? .unreadable(text)
    }

    private static func links(_ text: String) -> [Link] {
        split(text, at: ",").flatMap { entry -> [Link] in
            let parts = split(entry, at: ";").map(\.trimming)
            guard let first = parts.first, first.hasPrefix("<"), first.hasSuffix(">") else {
                return []
            }
            let target = String(first.dropFirst().dropLast())
            let relation = parts.dropFirst().lazy.compactMap { part -> String? in
                let pair = part.split(separator: "=", maxSplits: 1).map(\.trimming)
                guard pair.count == 2, pair[0].lowercased() == "rel" else { return nil }
                return unquoted(pair[1])
            }.first
            return (relation ?? "").split(separator: " ").map { $0.lowercased() }
                .filter(relations.contains).map { Link(relation: $0, target: target) }
        }
    }

    /// `299 agent "text" "date"`, of which the text is kept (RFC 7234, 5.5).
    private static func warnings(_ text: String) -> [String] {
        split(text, at: ",").compactMap { entry in
            let entry = entry.trimming
            guard !entry.isEmpty else { return nil }
            let words = entry.split(separator: " ", maxSplits: 2)
            guard words.count == 3, words[0].utf8.count == 3, Int(words[0]) != nil else {
                return entry
            }
            let quoted = words[2].trimming
            guard quoted.hasPrefix("\"") else { return entry }
            return "\(words[0]) \(unquoted(firstQuoted(quoted)))"
        }
    }

    /// The pieces between `separator`s, but for those within quotes or angle brackets.
    private static func split(_ text: String, at separator: Character) -> [String] {
        var pieces = [""]
        var (inQuotes, inBrackets, escaped) = (false, false, false)
        for character in text {
            if character == separator, !inQuotes, !inBrackets {
                pieces.append("")
                continue
            }
            pieces[pieces.count - 1].append(character)
            if escaped {
                escaped = false
            } else if inQuotes {
                if character == "\\" { escaped = true }
                if character == "\"" { inQuotes = false }
            } else if inBrackets {
                if character == ">" { inBrackets = false }
            } else if character == "\"" {
                inQuotes = true
            } else if character == "<" {
                inBrackets = true
            }
        }
        return pieces
    }

    /// From the first quote to its partner.
    private static func firstQuoted(_ text: String) -> String {
        var escaped = false
        for index in text.indices.dropFirst() {
            if escaped {
                escaped = false
            } else if text[index] == "\\" {
                escaped = true
            } else if text[index] == "\"" {
                return String(text[...index])
            }
        }
        return text
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
        var (result, escaped) = ("", false)
        for character in text.dropFirst().dropLast() {
            if character == "\\", !escaped {
                escaped = true
            } else {
                result.append(character)
                escaped = false
            }
        }
        return result
    }
}

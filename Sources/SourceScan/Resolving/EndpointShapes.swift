import Deprecations

/// Compares templates of URLs with the endpoints of the rules: parsed host, path and method, never text.
struct EndpointShapes: Sendable {
    /// What is known of a URL's host.
    enum Host: Hashable, Sendable {
        /// One of the rule's hosts, as written or as a pattern that only fits one of them.
        case provider(String)
        /// Only a hole: its name.
        case unknown(String)
        /// The URL is a path only.
        case none
        /// Some other host.
        case other(String)
    }

    /// A template that fits an endpoint.
    struct Match: Sendable {
        var rule: Rule
        var usage: Usage
        var host: Host
        /// Whether something unknown stands before the path that fits (`{base}/operations/{id}`).
        var hasUnknownBase: Bool
        /// Whether the path ends where the parameter would begin.
        var isPrefix: Bool
    }

    let rules: [Rule]
    let gateways: [Settings.Gateway]

    /// The endpoints' last literal path pieces: without one of them no template can fit.
    var anchorWords: Set<String> {
        var words: Set<String> = []
        for rule in rules {
            for path in [rule.endpoint.path, rule.replacement?.path].compactMap({ $0 }) {
                if let last = path.literalPrefix.last { words.insert(last) }
            }
        }
        return words
    }

    private static let hole: Character = "\u{1}"

    /// All endpoints that a template fits.
    func matches(_ template: Template) -> [Match] {
        guard let parsed = Self.parse(template) else { return [] }
        var found: [Match] = []
        for rule in rules {
            let host = host(parsed.host, of: rule)
            for (path, usage) in [
                (rule.endpoint.path as PathTemplate?, Usage.deprecated),
                (rule.replacement?.path, .migrated),
            ] {
                guard let path else { continue }
                var segments = parsed.segments
                if case .other(let name) = host,
                    let gateway = gateways.first(where: {
                        $0.host == name && ($0.rules.isEmpty || $0.rules.contains(rule.id))
                    })
                {
                    let prefix = gateway.pathPrefix.split(separator: "/").map(String.init)
                    guard Array(segments.prefix(prefix.count)) == prefix else { continue }
                    segments.removeFirst(prefix.count)
                    if let fit = Self.fits(segments, path, endsWithSlash: parsed.endsWithSlash) {
                        found.append(
                            Match(
                                rule: rule, usage: usage, host: .provider(name),
                                hasUnknownBase: false,
                                isPrefix: fit == .prefix))
                    }
                    continue
                }
                if case .other = host { continue }
                guard let fit = Self.fits(segments, path, endsWithSlash: parsed.endsWithSlash)
                else {
                    continue
                }
                found.append(
                    Match(
                        rule: rule, usage: usage, host: host, hasUnknownBase: parsed.hasUnknownBase,
                        isPrefix: fit == .prefix))
            }
        }
        return found
    }

    private enum Fit { case whole, prefix }

    private static func fits(_ segments: [String], _ path: PathTemplate, endsWithSlash: Bool)
        -> Fit?
    {
        let wanted = path.segments
        if segments.count == wanted.count {
            for (segment, want) in zip(segments, wanted) {
                switch want {
                case .literal(let text): guard segment == text else { return nil }
                case .parameter: guard isParameter(segment) else { return nil }
                }
            }
            return .whole
        }
        guard segments.count == wanted.count - 1, endsWithSlash, wanted.last?.isParameter ?? false
        else {
            return nil
        }
        for (segment, want) in zip(segments, wanted) {
            guard case .literal(let text) = want, segment == text else { return nil }
        }
        return .prefix
    }

    /// A segment that can be an id; `{id}:cancel` is another method of another style.
    private static func isParameter(_ segment: String) -> Bool {
        guard !segment.isEmpty else { return false }
        if let colon = segment.dropFirst().firstIndex(of: ":"),
            segment.first == hole
                || segment.first == "{"
        {
            return segment[segment.index(after: colon)...].isEmpty
        }
        return true
    }

    // MARK: Parsing

    private struct Parsed {
        var host: HostText
        var segments: [String]
        var endsWithSlash: Bool
        var hasUnknownBase: Bool
    }

    private enum HostText {
        case none
        case text(String, holes: [String])
    }

    private static func parse(_ template: Template) -> Parsed? {
        var text = ""
        var holes: [String] = []
        for (index, piece) in template.pieces.enumerated() {
            switch piece {
            case .text(let piece): text += piece
            case .hole(let hole):
                if let fallback = hole.fallback, index == 0 || isHostPosition(text) {
                    text += fallback
                } else {
                    text.append(Self.hole)
                    holes.append(hole.name)
                }
            }
        }
        text = withoutMarks(text)
        if text.hasPrefix("**/") { text = String(text.dropFirst(2)) }  // a glob for any host
        if let end = text.firstIndex(where: { $0 == "?" || $0 == "#" }) {
            text = String(text[..<end])
        }
        guard !text.contains(where: { $0.isWhitespace || $0 == "<" && false }),
            text.utf8.count < 4096
        else {
            return nil
        }
        var host = HostText.none
        var path = Substring(text)
        var unknownBase = false
        if let scheme = text.firstRange(of: "://") {
            let rest = text[scheme.upperBound...]
            let end = rest.firstIndex(of: "/") ?? rest.endIndex
            host = .text(String(rest[..<end]), holes: holes)
            path = rest[end...]
        } else if text.hasPrefix("//") {
            let rest = text.dropFirst(2)
            let end = rest.firstIndex(of: "/") ?? rest.endIndex
            host = .text(String(rest[..<end]), holes: holes)
            path = rest[end...]
        } else if text.first == hole {
            let end = text.firstIndex(of: "/") ?? text.endIndex
            let first = text[..<end]
            host = .text(String(first), holes: holes)
            path = text[end...]
            unknownBase = true
        } else if !text.hasPrefix("/"), let slash = text.firstIndex(of: "/"),
            text[..<slash].contains("."), !text.hasPrefix(".")
        {
            host = .text(String(text[..<slash]), holes: holes)
            path = text[slash...]
        }
        var segments: [String] = []
        for piece in path.split(separator: "/", omittingEmptySubsequences: true) {
            let segment = decoded(String(piece))
            if segment == "." { continue }
            if segment == ".." {
                if !segments.isEmpty { segments.removeLast() }
                continue
            }
            segments.append(segment)
        }
        return Parsed(
            host: host, segments: segments, endsWithSlash: path.last == "/",
            hasUnknownBase: unknownBase)
    }

    private static func isHostPosition(_ text: String) -> Bool {
        guard let scheme = text.firstRange(of: "://") else { return false }
        return !text[scheme.upperBound...].contains("/")
    }

    /// Placeholders of collections and templates become holes: `{{x}}`, `${x}`, `{x}`, `<x>`, `%s`.
    private static func withoutMarks(_ text: String) -> String {
        guard text.contains("{") || text.contains("<") || text.contains("%") else { return text }
        var result = ""
        var rest = Substring(text)
        while let character = rest.first {
            if character == "{" || ("$#".contains(character) && rest.dropFirst().first == "{")
                || character == "<"
            {
                let close: Character = character == "<" ? ">" : "}"
                if let end = rest.firstIndex(of: close) {
                    let inner = rest[rest.startIndex..<end]
                    if !inner.contains("/") {
                        result.append(hole)
                        rest = rest[rest.index(after: end)...]
                        if rest.first == "}" { rest = rest.dropFirst() }
                        continue
                    }
                }
            }
            if character == "%", let next = rest.dropFirst().first,
                next == "s" || next == "d" || next == "@" || next == "v"
            {
                result.append(hole)
                rest = rest.dropFirst(2)
                continue
            }
            result.append(character)
            rest = rest.dropFirst()
        }
        return result
    }

    /// Decodes percent-encoded unreserved characters (RFC 3986, 6.2.2.2).
    private static func decoded(_ segment: String) -> String {
        guard segment.contains("%") else { return segment }
        let bytes = Array(segment.utf8)
        var result: [UInt8] = []
        var index = 0
        func digit(_ byte: UInt8) -> UInt8? {
            switch byte {
            case 0x30...0x39: byte - 0x30
            case 0x41...0x46: byte - 0x37
            case 0x61...0x66: byte - 0x57
            default: nil
            }
        }
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = digit(bytes[index + 1]),
                let low = digit(bytes[index + 2])
            {
                let value = high << 4 | low
                if value.isLetter || value.isDigit || [0x2D, 0x2E, 0x5F, 0x7E].contains(value) {
                    result.append(value)
                    index += 3
                    continue
                }
            }
            result.append(bytes[index])
            index += 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    // MARK: Hosts

    private func host(_ host: HostText, of rule: Rule) -> Host {
        guard case .text(let raw, let holes) = host else { return .none }
        var name = Substring(raw)
        if let at = name.lastIndex(of: "@") { name = name[name.index(after: at)...] }
        if let colon = name.lastIndex(of: ":"),
            name[name.index(after: colon)...].allSatisfy({ $0.isNumber || $0 == Self.hole })
        {
            name = name[..<colon]
        }
        let lower = name.lowercased()
        if !lower.contains(Self.hole) {
            var plain = lower
            if plain.hasSuffix(".") { plain.removeLast() }
            return rule.endpoint.hosts.contains { $0.name == plain }
                ? .provider(plain) : .other(plain)
        }
        let pieces = lower.split(separator: Self.hole, omittingEmptySubsequences: false).map(
            String.init)
        if pieces.allSatisfy({ $0.isEmpty || $0 == "." || $0 == "-" }) {
            return .unknown(holes.first ?? "")
        }
        for candidate in rule.endpoint.hosts where Self.fits(candidate.name, pieces) {
            let shown = lower.replacing(Self.hole, with: holes.first.map { "{\($0)}" } ?? "{…}")
            return .provider(shown)
        }
        return .other(lower.replacing(Self.hole, with: "{…}"))
    }

    /// Whether `name` can be the pieces with something between them.
    private static func fits(_ name: String, _ pieces: [String]) -> Bool {
        guard let first = pieces.first, let last = pieces.last, name.hasPrefix(first),
            name.hasSuffix(last)
        else { return false }
        var rest = name.dropFirst(first.count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let range = String(rest).firstRange(of: piece) else { return false }
            rest = Substring(String(rest)[range.upperBound...])
        }
        return rest.count >= last.count
    }
}

extension String {
    fileprivate func replacing(_ character: Character, with text: String) -> String {
        split(separator: character, omittingEmptySubsequences: false).joined(separator: text)
    }
}

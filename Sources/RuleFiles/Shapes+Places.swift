import Deprecations

extension Shapes {
    // MARK: Paths

    /// A path template.
    static func path(_ text: String) throws(Misfit) -> PathTemplate {
        guard !text.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F }) else {
            throw Misfit(text: "is no path: it has spaces")
        }
        if let scheme = text.firstRange(of: "://") {
            let path = text[scheme.upperBound...].drop { $0 != "/" }
            throw Misfit(text: "is a URL; write its path alone\(path.isEmpty ? "" : ": '\(path)'")")
        }
        let path: PathTemplate
        do throws(PathTemplate.Mistake) { path = try PathTemplate(text) } catch {
            throw Misfit(text: "is no path: \(reason(error))")
        }
        try checkParameters(of: path)
        return path
    }

    private static func checkParameters(of path: PathTemplate) throws(Misfit) {
        var names: Set<String> = []
        for name in path.parameters where !names.insert(name).inserted {
            throw Misfit(text: "has the parameter {\(name)} twice; give each a name of its own")
        }
        for case .literal(let text) in path.segments where text.hasPrefix(":") && text.count > 1 {
            throw Misfit(text: "has ':'; a parameter is written {\(text.dropFirst())}")
        }
    }

    private static func reason(_ mistake: PathTemplate.Mistake) -> String {
        switch mistake {
        case .noLeadingSlash: "it begins with a slash"
        case .emptySegment: "it has two slashes in a row, or one at the end"
        case .brokenParameter(let piece):
            "\(piece.quoted) must be a whole segment {name} or have no braces"
        case .queryOrFragment: "it has a query or a fragment; write it without"
        }
    }

    /// The endpoint's path: it has a parameter.
    static func endpointPath(_ text: String) throws(Misfit) -> PathTemplate {
        let path = try path(text)
        guard !path.parameters.isEmpty else {
            throw Misfit(text: "has no parameter; write what varies as {name}")
        }
        return path
    }

    /// What a gateway puts before the provider's path.
    static func pathPrefix(_ text: String) throws(Misfit) -> String {
        let path = try path(text)
        guard path.parameters.isEmpty else {
            throw Misfit(text: "has a parameter; a prefix is fixed")
        }
        return text
    }

    // MARK: Hosts

    /// A host of a provider: lower case, two labels or more.
    static func providerHost(_ text: String) throws(Misfit) -> String {
        guard isHost(text), text.contains(".") else {
            throw Misfit(
                text:
                    "is no host name: lower case, without scheme, port and path\(nearHost(text) { $0.contains(".") })"
            )
        }
        return text
    }

    /// A host of one's own; case does not matter, and one label is enough.
    static func host(_ text: String) throws(Misfit) -> String {
        let name = text.lowercased()
        guard isHost(name) else {
            throw Misfit(
                text:
                    "is no host name: without scheme, port and path\(nearHost(name) { _ in true })"
            )
        }
        return name
    }

    /// Labels of letters, digits and hyphens (RFC 1123, 2.1).
    private static func isHost(_ text: String) -> Bool {
        let labels = text.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != 0x2D && label.last != 0x2D
                    && label.allSatisfy { isLowerOrDigit($0) || $0 == 0x2D || $0 == 0x5F }
            }
    }

    private static func nearHost(_ text: String, _ isFine: (String) -> Bool) -> String {
        var rest = text.lowercased()[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        let host = String(rest.prefix { $0 != "/" && $0 != ":" && $0 != "?" })
        return isHost(host) && isFine(host) ? "; did you mean '\(host)'?" : ""
    }

    // MARK: Addresses

    /// An address, or a range of addresses (RFC 4632, RFC 4291).
    static func addressRange(_ text: String) throws(Misfit) -> String {
        let parts = text.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
        let address = parts.first.map(Array.init) ?? []
        let width = address.contains(0x3A) ? 128 : 32
        guard parts.count <= 2, width == 128 ? isVersion6(address[...]) : isVersion4(address[...])
        else {
            throw Misfit(text: "is no address or address range (10.0.0.0/8, 2001:db8::/32)")
        }
        if parts.count == 2, number(parts[1], upTo: width) == nil {
            throw Misfit(text: "has no length from 0 to \(width) behind the slash")
        }
        return text
    }

    private static func isVersion4(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(separator: 0x2E, omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { number($0, upTo: 255) != nil }
    }

    private static func isVersion6(_ bytes: ArraySlice<UInt8>) -> Bool {
        let halves = gap(in: bytes)
        let groups = halves.map { half in
            half.isEmpty ? [] : half.split(separator: 0x3A, omittingEmptySubsequences: false)
        }
        var count = 0
        for (index, half) in groups.enumerated() {
            for (place, group) in half.enumerated() {
                let isLast = index == groups.count - 1 && place == half.count - 1
                if isLast, group.contains(0x2E) {
                    guard isVersion4(group) else { return false }
                    count += 2
                } else {
                    guard isGroup(group) else { return false }
                    count += 1
                }
            }
        }
        return halves.count == 2 ? count <= 7 : count == 8
    }

    /// What stands before and behind the first `::`; the whole where there is none.
    private static func gap(in bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var index = bytes.startIndex
        while index + 1 < bytes.endIndex {
            if bytes[index] == 0x3A, bytes[index + 1] == 0x3A {
                return [bytes[..<index], bytes[(index + 2)...]]
            }
            index += 1
        }
        return [bytes]
    }

    private static func isGroup(_ bytes: ArraySlice<UInt8>) -> Bool {
        (1...4).contains(bytes.count)
            && bytes.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20)
            }
    }

    private static func number(_ digits: some Collection<UInt8>, upTo limit: Int) -> Int? {
        guard (1...3).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return value <= limit ? value : nil
    }
}

import Deprecations

/// Finds the endpoint's path in text that nobody sends: comments, prose, messages.
struct Mentions {
    /// A place in a text.
    struct Found {
        var offset: Int
        var rule: Rule
        var url: String
        var host: String?
    }

    private let patterns: [(rule: Rule, prefix: [UInt8])]

    init(rules: [Rule]) {
        patterns = rules.map { rule in
            (
                rule,
                Array(("/" + rule.endpoint.path.literalPrefix.joined(separator: "/") + "/").utf8)
            )
        }
    }

    /// All mentions in a range of bytes; `base` is added to the offsets.
    func find(in bytes: ArraySlice<UInt8>) -> [Found] {
        var found: [Found] = []
        for (rule, prefix) in patterns {
            guard bytes.count >= prefix.count, let first = prefix.first else { continue }
            var index = bytes.startIndex
            while index + prefix.count <= bytes.endIndex {
                guard bytes[index] == first,
                    bytes[index..<(index + prefix.count)].elementsEqual(prefix)
                else {
                    index += 1
                    continue
                }
                let after = index + prefix.count
                if let end = idEnd(in: bytes, from: after),
                    let start = urlStart(in: bytes, before: index, rule)
                {
                    found.append(
                        Found(
                            offset: index, rule: rule,
                            url: String(decoding: bytes[start.offset..<end], as: UTF8.self),
                            host: start.host))
                }
                index = after
            }
        }
        return found
    }

    /// Where the id ends; nil where a longer path or nothing follows.
    private func idEnd(in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
        var index = start
        var depth = 0
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "[") {
                depth += 1
            }
            if byte == UInt8(ascii: "}") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "]") {
                if depth == 0 { break }
                depth -= 1
            }
            if depth == 0 {
                if byte <= 0x20 || byte == 0x22 || byte == 0x27 || byte == 0x60
                    || byte == UInt8(ascii: ")")
                    || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "|")
                    || byte == UInt8(ascii: ";")
                    || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "?")
                    || byte == UInt8(ascii: "#")
                {
                    break
                }
                if byte == UInt8(ascii: "/") {
                    let next = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
                    if next.isLetter || next == UInt8(ascii: "{") || next == UInt8(ascii: "$") {
                        return nil
                    }
                    break
                }
            } else if byte == 0x0A {
                break
            }
            index += 1
        }
        guard index > start else { return joinsID(bytes, start) ? start : nil }
        // A sentence's end is no id.
        return bytes[start] == UInt8(ascii: ".") && index == start + 1 ? nil : index
    }

    /// Whether code goes on with the id behind the quote: `"…/operations/" + id`.
    private func joinsID(_ bytes: ArraySlice<UInt8>, _ quote: Int) -> Bool {
        guard quote < bytes.endIndex, [0x22, 0x27, 0x60].contains(bytes[quote]) else {
            return false
        }
        let rest = bytes[(quote + 1)...].prefix(8).drop { $0 == 0x20 }
        return rest.first.map { "+.&".utf8.contains($0) } ?? false
    }

    /// Where the URL begins, and its host; nil where the host is somebody else's or the path is longer
    /// to the left.
    private func urlStart(
        in bytes: ArraySlice<UInt8>, before index: Int, _ rule: Rule
    ) -> (offset: Int, host: String?)? {
        var start = index
        while start > bytes.startIndex {
            let byte = bytes[start - 1]
            guard
                byte.isLetter || byte.isDigit
                    || [0x2D, 0x2E, 0x5F, 0x3A, 0x2F, 0x7B, 0x7D, 0x24, 0x40].contains(byte)
            else { break }
            start -= 1
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard !text.isEmpty else { return (index, nil) }
        var host = text
        if let scheme = text.firstRange(of: "://") { host = String(text[scheme.upperBound...]) }
        if let slash = host.firstIndex(of: "/") {
            // Something stands between host and path: another endpoint.
            let rest = host[slash...].drop { $0 == "/" }
            guard rest.isEmpty else { return nil }
            host = String(host[..<slash])
        }
        if host.contains("{") || host.contains("$") { return (start, nil) }
        let lower = host.lowercased()
        if rule.endpoint.hosts.contains(where: { $0.name == lower }) { return (start, lower) }
        if lower.isEmpty { return (index, nil) }
        // Some word before the path, as in `GET:/platform`; a host has a dot.
        return lower.contains(".") || text.contains("://") ? nil : (index, nil)
    }
}

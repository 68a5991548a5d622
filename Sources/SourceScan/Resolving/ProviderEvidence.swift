import Deprecations

/// What in a tree shows that its code talks to a rule's provider.
struct ProviderEvidence: Sendable {
    private let known: [String: Bool]

    /// Looks through all texts of a tree for hosts, packages, words and paths of the providers.
    init(rules: [Rule], facts: TreeFacts) {
        var known: [String: Bool] = [:]
        for rule in rules {
            let exact =
                rule.endpoint.hosts.map(\.name)
                + rule.provider.paths.map(\.description)
            let words = rule.provider.words.map { $0.lowercased() }
            let needles = (exact.map { $0.lowercased() } + words).map { Array($0.utf8) }
            known[rule.id] =
                facts.units.contains { unit in
                    needles.contains { Self.contains($0, in: unit.bytes) }
                }
                || facts.settings.values.contains { list in
                    list.contains { setting in
                        let text =
                            (setting.value.description + " " + setting.keys.joined(separator: " "))
                            .lowercased()
                        return needles.contains { Self.contains($0, in: Array(text.utf8)) }
                    }
                }
        }
        self.known = known
    }

    /// Whether the tree shows the provider of `rule`.
    func shows(_ rule: Rule) -> Bool { known[rule.id] ?? false }

    /// Whether `needle` (lower case) stands in `bytes`, letters compared without case.
    static func contains(_ needle: [UInt8], in bytes: [UInt8]) -> Bool {
        guard let first = needle.first, bytes.count >= needle.count else { return false }
        let upper = first.isLetter ? first & 0xDF : first
        var index = 0
        let last = bytes.count - needle.count
        while index <= last {
            let byte = bytes[index]
            if byte == first || byte == upper {
                var offset = 1
                while offset < needle.count {
                    let other = bytes[index + offset]
                    let lower = other.isUpper ? other | 0x20 : other
                    if lower != needle[offset] { break }
                    offset += 1
                }
                if offset == needle.count { return true }
            }
            index += 1
        }
        return false
    }
}

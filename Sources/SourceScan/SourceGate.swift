package import Deprecations

/// Which of the gate's literals a file has.
package struct GateHits: Sendable, Hashable {
    var isStrong = false
    var isWeak = false

    /// Whether the file cannot matter.
    package var isEmpty: Bool { !isStrong && !isWeak }

    package init() {}

    init(isStrong: Bool, isWeak: Bool) {
        self.isStrong = isStrong
        self.isWeak = isWeak
    }
}

/// The literal search over bytes that decides which files are worth reading as code.
///
/// Strong literals speak for the provider: hosts, words, packages, SDK methods. Weak ones only matter
/// in a tree that has a strong one: the endpoint's last path piece, the names of links.
package struct SourceGate: Sendable {
    private let strong: [[UInt8]]
    private let weak: [[UInt8]]
    private let whole: [[UInt8]]

    init(rules: [Rule], gateways: [Settings.Gateway]) {
        var strong: Set<String> = []
        var weak: Set<String> = []
        var whole: Set<String> = []
        for rule in rules {
            for host in rule.endpoint.hosts { strong.insert(host.name.lowercased()) }
            for word in rule.provider.words { strong.insert(word.lowercased()) }
            for package in rule.provider.packages { strong.insert(package.lowercased()) }
            for path in rule.provider.paths { strong.insert(path.description.lowercased()) }
            for method in rule.sdkMethods {
                strong.insert(method.name.lowercased())
                strong.insert(String(method.name.lowercased().filter { $0 != "_" }))
            }
            for path in [rule.endpoint.path, rule.replacement?.path].compactMap({ $0 }) {
                if let last = path.literalPrefix.last { weak.insert(last.lowercased()) }
                if path.literalPrefix.count > 1 {
                    whole.insert(path.literalPrefix.joined(separator: "/").lowercased())
                }
            }
            for header in rule.links.headers { weak.insert(header.lowercased()) }
            for field in rule.links.jsonFields { weak.insert(field.lowercased()) }
            if let header = rule.versionHeader { weak.insert(header.name.lowercased()) }
        }
        for gateway in gateways { strong.insert(gateway.host.lowercased()) }
        self.strong = strong.sorted().map { Array($0.utf8) }
        self.weak = weak.sorted().map { Array($0.utf8) }
        self.whole = whole.sorted().map { Array($0.utf8) }
    }

    /// The literals, for people and for comparing with other searches.
    package var literals: [String] {
        (strong + weak + whole).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What of the literals is in a text.
    package func hits(in bytes: [UInt8]) -> GateHits {
        GateHits(
            isStrong: (strong + whole).contains { ProviderEvidence.contains($0, in: bytes) },
            isWeak: weak.contains { ProviderEvidence.contains($0, in: bytes) })
    }

    /// Whether `needle` stands in `bytes`, letters compared as they are.
    static func contains(_ needle: [UInt8], in bytes: [UInt8]) -> Bool {
        guard let first = needle.first, bytes.count >= needle.count else { return false }
        var index = 0
        let last = bytes.count - needle.count
        while index <= last {
            if bytes[index] == first {
                var offset = 1
                while offset < needle.count, bytes[index + offset] == needle[offset] { offset += 1 }
                if offset == needle.count { return true }
            }
            index += 1
        }
        return false
    }

    /// The files that are analysed: all with a hit, where the tree shows the provider at all.
    func candidates(of files: [TreeFile]) -> [String] {
        let hasProvider = files.contains { $0.hits.isStrong }
        return files.filter { $0.hits.isStrong || (hasProvider && $0.hits.isWeak) }.map(\.path)
    }
}

import ByteScan
import Deprecations

/// What of the gate's literals a file has.
package struct GateHits: Sendable, Hashable {
    /// Something speaks for the provider.
    var isStrong = false
    /// Something matters where the tree shows the provider.
    var isWeak = false

    /// Whether the file cannot matter.
    package var isEmpty: Bool { !isStrong && !isWeak }

    /// Nothing.
    package init() {}

    init(isStrong: Bool, isWeak: Bool) {
        self.isStrong = isStrong
        self.isWeak = isWeak
    }
}

/// The literal search over bytes that decides which files are worth reading as code.
///
/// Strong literals speak for the provider: hosts, words, packages, SDK methods, whole paths. Weak ones
/// only matter in a tree that has a strong one: the endpoint's last path piece, the names of links.
package struct SourceGate: Sendable {
    private let literalSet: LiteralSet
    private var strong = LiteralHits()

    init(rules: [Rule], gateways: [Settings.Gateway]) {
        var strong: Set<String> = []
        var weak: Set<String> = []
        for rule in rules {
            for host in rule.endpoint.hosts { strong.insert(host.name) }
            for word in rule.provider.words + rule.provider.packages { strong.insert(word) }
            for path in rule.provider.paths { strong.insert(path.description) }
            for method in rule.sdkMethods {
                strong.insert(method.name)
                strong.insert(method.name.filter { $0 != "_" })
                for package in method.packages { strong.insert(package) }
            }
            for path in [rule.endpoint.path, rule.replacement?.path].compactMap({ $0 }) {
                if let last = path.literalPrefix.last { weak.insert(last) }
                if path.literalPrefix.count > 1 {
                    strong.insert(path.literalPrefix.joined(separator: "/"))
                }
            }
            for name in rule.links.headers + rule.links.jsonFields { weak.insert(name) }
            if let header = rule.versionHeader { weak.insert(header.name) }
        }
        for gateway in gateways { strong.insert(gateway.host) }
        let words = Set((strong).map { $0.lowercased() }).sorted()
        let others = Set(weak.map { $0.lowercased() }).subtracting(words).sorted()
        // A literal that another one is part of need not be looked for.
        let kept = words.filter { word in !words.contains { $0 != word && word.contains($0) } }
        let all = (kept + others).prefix(LiteralSet.capacity)
        literalSet = LiteralSet(all.map { LiteralSet.Literal($0, foldsCase: true) })
        for index in all.indices where index < kept.count { self.strong.insert(index) }
    }

    /// The literals, for people and for comparing with other searches.
    package var literals: [String] {
        literalSet.literals.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    /// Those that speak for the provider, lower case.
    var strongLiterals: [String] {
        literals.indices.filter { strong.contains($0) }.map { literals[$0] }
    }

    /// What of the literals is in a text.
    package func hits(in bytes: RawSpan) -> GateHits {
        let hits = literalSet.hits(in: bytes)
        guard !hits.isEmpty else { return GateHits() }
        let isStrong = hits.intersects(strong)
        return GateHits(isStrong: isStrong, isWeak: !isStrong || hits.count > 1)
    }
}

import ByteScan
import Deprecations

/// What of the gate's literals a file has.
package struct GateHits: Sendable, Hashable {
    /// Something speaks for the provider.
    var isStrong = false
    /// Something matters where the tree shows the provider.
    var isWeak = false
    /// Of the latter, something that looks like a path, a header or a JSON field.
    var isTelling = false
    /// It may have a comment that asks for a call site to be left as it is.
    var asksToIgnore = false

    /// Whether the file cannot have a call site.
    package var isEmpty: Bool { !isStrong && !isWeak }

    /// Nothing.
    package init() {}

    init(isStrong: Bool, isWeak: Bool, isTelling: Bool = false, asksToIgnore: Bool = false) {
        self.isStrong = isStrong
        self.isWeak = isWeak
        self.isTelling = isTelling
        self.asksToIgnore = asksToIgnore
    }
}

/// The literal search over bytes that decides which files are worth reading as code.
///
/// Strong literals speak for the provider: hosts, words, packages, SDK methods, whole paths. Weak ones
/// only matter in a tree that has a strong one: the endpoint's last path piece, the names of links.
package struct SourceGate: Sendable {
    private let literalSet: LiteralSet
    private var strong = LiteralHits()
    /// The bit of the mark of comments that ask for a call site to be left as it is.
    private var ignoreMark = LiteralHits()
    private let telling: TellingHits

    init(rules: [Rule], gateways: [Settings.Gateway]) {
        var strong: Set<String> = []
        var weak: [String: TellingHits.Sort] = [:]
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
                if let last = path.literalPrefix.last { weak[last.lowercased()] = .piece }
                if path.literalPrefix.count > 1 {
                    strong.insert(path.literalPrefix.joined(separator: "/"))
                }
            }
            for name in rule.links.headers + rule.links.jsonFields {
                weak[name.lowercased()] =
                    DefiningNames.isDistinctive(name) ? .distinctive : .name
            }
            if let header = rule.versionHeader { weak[header.name.lowercased()] = .distinctive }
        }
        for gateway in gateways { strong.insert(gateway.host) }
        let words = Set((strong).map { $0.lowercased() }).sorted()
        let others = Set(weak.keys).subtracting(words).sorted()
        // A literal that another one is part of need not be looked for.
        let kept = words.filter { word in !words.contains { $0 != word && word.contains($0) } }
        let all = (kept + others).prefix(LiteralSet.capacity - 1)
        literalSet = LiteralSet(
            all.map { LiteralSet.Literal($0, foldsCase: true) }
                + [LiteralSet.Literal(IgnoreComment.mark, foldsCase: false)])
        for index in all.indices where index < kept.count { self.strong.insert(index) }
        ignoreMark.insert(all.count)
        telling = TellingHits(others.map { ($0, weak[$0] ?? .name) })
    }

    /// The literals, for people and for comparing with other searches.
    package var literals: [String] {
        literalSet.literals.dropLast().map { String(decoding: $0.bytes, as: UTF8.self) }
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
        let asksToIgnore = hits.intersects(ignoreMark)
        let others = hits.count - (asksToIgnore ? 1 : 0)
        let isWeak = others > (isStrong ? 1 : 0)
        return GateHits(
            isStrong: isStrong, isWeak: isWeak,
            isTelling: isWeak && !isStrong && telling.isTelling(bytes), asksToIgnore: asksToIgnore)
    }
}

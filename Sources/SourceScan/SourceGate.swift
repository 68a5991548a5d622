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

    /// Four bits, to be kept.
    package var bits: UInt8 {
        (isStrong ? 1 : 0) | (isWeak ? 2 : 0) | (isTelling ? 4 : 0) | (asksToIgnore ? 8 : 0)
    }

    /// What `bits` says.
    package init(bits: UInt8) {
        isStrong = bits & 1 != 0
        isWeak = bits & 2 != 0
        isTelling = bits & 4 != 0
        asksToIgnore = bits & 8 != 0
    }

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
        let texts = words.map { Array($0.utf8) }
        let kept = words.indices.filter { index in
            !texts.indices.contains {
                $0 != index && LiteralSearch.contains(texts[$0], in: texts[index])
            }
        }.map { words[$0] }
        let all = kept + others
        literals = Array(all.prefix(LiteralSet.greatest - 1))
        literalSet = LiteralSet(
            literals.map { LiteralSet.Literal($0, foldsCase: true) }
                + [LiteralSet.Literal(IgnoreComment.mark, foldsCase: false)],
            bits: literals.indices.map { ($0 < kept.count ? Word.strong : .weak).rawValue }
                + [Word.ignoreMark.rawValue])
        strongLiterals = kept
        telling = TellingHits(others.map { ($0, weak[$0] ?? .name) })
    }

    /// What a literal says of a file.
    private enum Word: Int {
        case strong, weak, ignoreMark
    }

    /// The literals, for people and for comparing with other searches.
    package let literals: [String]

    /// Those that speak for the provider, lower case.
    let strongLiterals: [String]

    /// What of the literals is in a text.
    package func hits(in bytes: RawSpan) -> GateHits {
        let hits = literalSet.hits(in: bytes)
        guard !hits.isEmpty else { return GateHits() }
        let isStrong = hits.contains(Word.strong.rawValue)
        let isWeak = hits.contains(Word.weak.rawValue)
        return GateHits(
            isStrong: isStrong, isWeak: isWeak,
            isTelling: isWeak && !isStrong && telling.isTelling(bytes),
            asksToIgnore: hits.contains(Word.ignoreMark.rawValue))
    }
}

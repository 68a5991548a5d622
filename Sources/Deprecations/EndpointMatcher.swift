/// Tells which rule's endpoint a concrete request reached.
///
/// A host that is known must be one of the rule's, or a gateway to it, whose path prefix must then
/// stand before the endpoint's path. Where no host is known, the path alone decides (with a gateway's
/// prefix too, unless that is empty). A request belongs to one rule: the first whose deprecated
/// endpoint it reached, else the first whose replacement.
package struct EndpointMatcher: Sendable {
    /// A request of a rule.
    package struct Match: Hashable, Sendable {
        /// The rule's place in the list that the matcher was made of.
        package var rule: Int
        /// Which of its two endpoints.
        package var usage: Usage
        /// The path's parameters (the operation's id) as a range of the target's `text`.
        package var operation: Range<Int>
    }

    /// One path on some hosts.
    struct Pattern: Sendable {
        var rule: Int
        var usage: Usage
        var method: [UInt8]
        var segments: [[UInt8]?]
        var hosts: [[UInt8]]
        /// Whether a request counts whose host is not known.
        var countsWithoutHost: Bool
    }

    /// By number of segments; in each the deprecated endpoints first, in the rules' order.
    private var patterns: [Int: [Pattern]] = [:]
    private var ruleHosts: [[UInt8]] = []
    /// Literal texts, one of which is in the normalised path of every request that matches; nil where
    /// some path has no literal segment.
    package private(set) var literals: [[UInt8]]?

    /// Compiles `rules`.
    package init(rules: [Rule], gateways: [Settings.Gateway] = []) {
        var all: [Pattern] = []
        for (index, rule) in rules.enumerated() {
            let own = rule.endpoint.hosts.map { Array($0.name.lowercased().utf8) }
            for host in own where !ruleHosts.contains(host) { ruleHosts.append(host) }
            var endpoints = [(Usage.deprecated, rule.endpoint.method, rule.endpoint.path)]
            if let replacement = rule.replacement {
                endpoints.append((.migrated, replacement.method, replacement.path))
            }
            for (usage, method, path) in endpoints {
                let segments = path.segments.map(Self.compiled)
                let method = Array(method.utf8)
                all.append(
                    Pattern(
                        rule: index, usage: usage, method: method, segments: segments, hosts: own,
                        countsWithoutHost: true))
                for gateway in gateways
                where gateway.rules.isEmpty || gateway.rules.contains(rule.id) {
                    let prefix = gateway.pathPrefix.utf8.split(separator: UInt8(ascii: "/"))
                    all.append(
                        Pattern(
                            rule: index, usage: usage, method: method,
                            segments: prefix.map { Array($0) } + segments,
                            hosts: [Array(gateway.host.lowercased().utf8)],
                            countsWithoutHost: !prefix.isEmpty))
                }
            }
        }
        for usage in [Usage.deprecated, .migrated] {
            for pattern in all where pattern.usage == usage {
                patterns[pattern.segments.count, default: []].append(pattern)
            }
        }
        literals = Self.fewestLiterals(of: all)
    }

    /// The rule that the request of `method` to `target` belongs to.
    package func match(method: Span<UInt8>, target: borrowing RequestTarget) -> Match? {
        guard let candidates = patterns[target.segments.count] else { return nil }
        for pattern in candidates {
            guard isEqual(method, pattern.method),
                target.host.isEmpty
                    ? pattern.countsWithoutHost : pattern.hosts.contains(target.host),
                let operation = pattern.operation(in: target)
            else { continue }
            return Match(rule: pattern.rule, usage: pattern.usage, operation: operation)
        }
        return nil
    }

    /// Whether the target is a deprecated endpoint's, the method left open: what a line names that cannot be parsed.
    package func namesDeprecatedEndpoint(_ target: borrowing RequestTarget) -> Bool {
        guard let candidates = patterns[target.segments.count] else { return false }
        for pattern in candidates where pattern.usage == .deprecated {
            guard
                target.host.isEmpty
                    ? pattern.countsWithoutHost : pattern.hosts.contains(target.host)
            else { continue }
            if pattern.operation(in: target) != nil { return true }
        }
        return false
    }

    /// Whether the target's host is one of the rules' (a CONNECT request shows no more).
    package func isRuleHost(_ target: borrowing RequestTarget) -> Bool {
        !target.host.isEmpty && ruleHosts.contains(target.host)
    }

    private static func compiled(_ segment: PathTemplate.Segment) -> [UInt8]? {
        switch segment {
        case .literal(let text): Array(text.utf8)
        case .parameter: nil
        }
    }

    /// One literal for each pattern, as few different ones as can be had by taking first what most
    /// patterns share, then what is longest.
    private static func fewestLiterals(of patterns: [Pattern]) -> [[UInt8]]? {
        var open = patterns
        var chosen: [[UInt8]] = []
        while !open.isEmpty {
            var uses: [[UInt8]: Int] = [:]
            for pattern in open {
                let literals = Set(pattern.segments.compactMap { $0 })
                if literals.isEmpty { return nil }
                // Texts of one or two letters (`v1`) would let nearly every line pass.
                let telling = literals.filter { $0.count > 2 }
                for literal in telling.isEmpty ? literals : telling {
                    uses[literal, default: 0] += 1
                }
            }
            let ranked = uses.sorted { left, right in
                if left.value != right.value { return left.value > right.value }
                if left.key.count != right.key.count { return left.key.count > right.key.count }
                return left.key.lexicographicallyPrecedes(right.key)
            }
            let best = ranked[0].key
            chosen.append(best)
            open.removeAll { $0.segments.contains(best) }
        }
        return chosen
    }
}

extension EndpointMatcher.Pattern {
    /// The range of the parameters where the path is the pattern's.
    fileprivate func operation(in target: borrowing RequestTarget) -> Range<Int>? {
        var parameters: Range<Int>?
        // The last literals differ most often.
        for index in segments.indices.reversed() {
            let range = target.segments[index]
            guard let literal = segments[index] else {
                parameters = range.lowerBound..<(parameters?.upperBound ?? range.upperBound)
                continue
            }
            guard literal.count == range.count else { return nil }
            for offset in literal.indices
            where literal[offset] != target.text[range.lowerBound + offset] {
                return nil
            }
        }
        return parameters ?? 0..<0
    }
}

private func isEqual(_ span: Span<UInt8>, _ bytes: [UInt8]) -> Bool {
    guard span.count == bytes.count else { return false }
    for index in bytes.indices where span[index] != bytes[index] { return false }
    return true
}

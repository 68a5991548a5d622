import Deprecations

/// URLs that are built from parts by a builder's methods, a constructor or a record of options.
extension Folding {
    private static let hostWords: Set<String> = [
        "host", "setHost", "hostname", "authority", "withHost", "Host", "domain", "server",
    ]
    private static let schemeWords: Set<String> = [
        "scheme", "setScheme", "protocol", "https", "http",
    ]
    private static let baseWords: Set<String> = [
        "request", "target", "fromHttpUrl", "fromUriString", "from", "uri", "url", "of", "parse",
        "newBuilder", "Url", "URI", "base", "baseUrl", "HttpUrl", "toHttpUrl", "WithURI", "fromURI",
        "URL", "Uri", "string", "new", "get", "put",
    ]

    /// The URL that a chain of builder calls makes; nil where the call is no such thing.
    mutating func urlBuilt(_ ref: NodeRef, _ bindings: Bindings, _ depth: Int) -> Folded? {
        let tree = facts.units[ref.unit].tree
        if let url = urlOfConstructor(ref, bindings, depth) { return url }
        // The chain from its begin.
        var chain: [NodeID] = []
        var current = ref.node
        var root: NodeID?
        while true {
            let node = tree[current]
            if node.kind == .call {
                chain.append(current)
                guard let callee = node.children.first else { break }
                if tree[callee].kind == .member {
                    current = tree[callee].children[0]
                    continue
                }
                root = callee
                break
            } else if node.kind == .member, let base = node.children.first {
                if facts.language(ref) == "swift", !chain.isEmpty {
                    root = current  // a property: `environment.base.appendingPathComponent(…)`
                    break
                }
                current = base
                continue
            } else if node.kind == .binary, node.text == "|>" {
                chain.append(node.children[1])
                current = node.children[0]
                continue
            } else if node.kind == .unary, let first = node.children.first {
                current = first
                continue
            }
            root = current
            break
        }
        chain.reverse()
        let appends = chain.filter { id in
            TextOperation.named(tree.lastName(of: tree[id].children[0])) == .appendPath
                || Self.hostWords.contains(tree.lastName(of: tree[id].children[0]))
        }
        guard !appends.isEmpty else { return nil }
        var scheme = "https"
        var host: Folded?
        var path: Folded?
        var base: Folded?
        if let root, [.string, .name, .member].contains(tree[root].kind),
            tree[chain.first ?? root].kind != .call || root != tree[chain[0]].children.first
        {
            let folded = text(facts.with(ref, root), bindings, depth)
            if folded.template.head.contains("://") || folded.template.head.hasPrefix("/")
                || (tree[root].kind == .member && folded.template.hasHoles)
                || (tree[root].kind == .name && !isTypeName(tree[root].text)
                    && folded.template.pieces.count > 0 && !isGivenBuilder(facts.with(ref, root)))
            {
                base = folded
            }
        }
        for id in chain {
            let name = tree.lastName(of: tree[id].children[0])
            let arguments = tree.arguments(of: id).map { facts.with(ref, $0.value) }
            if Self.schemeWords.contains(name), let first = arguments.first,
                let literal = tree.literal(first.node)
            {
                scheme = literal
            } else if Self.hostWords.contains(name), let first = arguments.first {
                host = text(first, bindings, depth)
            } else if TextOperation.named(name) == .appendPath {
                // On a value that is itself a path or URL variable, `path` alone says nothing.
                for argument in arguments
                where facts.kind(argument) != .lambda && facts.kind(argument) != .map {
                    let part = text(argument, bindings, depth)
                    if let before = path ?? base {
                        path = joined(before, part)
                        base = nil
                    } else {
                        path = part
                    }
                }
            } else if Self.baseWords.contains(name), base == nil, path == nil,
                let first = arguments.first,
                facts.kind(first) != .lambda
            {
                let folded = text(first, bindings, depth)
                if folded.template.head.contains("://") || folded.template.hasHoles
                    || folded.template.beginsWithSlash
                {
                    base = folded
                }
            }
            // Kotlin: url { appendPathSegments(…) } inside the block of the call.
        }
        var result = path ?? base
        if let host, !(result?.template.head.contains("://") ?? false) {
            var whole = Folded(
                Template(scheme.isEmpty ? "https://" : "\(scheme)://"), host.evidence)
            whole.append(host)
            if let path { whole = joined(whole, path) }
            result = whole
        }
        return result
    }

    /// Whether a client gives the builder to a block: `.uri(builder -> builder.path(…))`.
    private func isGivenBuilder(_ name: NodeRef) -> Bool {
        guard case .parameter(let parameter) = Lookup(facts: facts).definitions(of: name),
            let block = facts.parent(parameter), facts.kind(block) == .lambda,
            let holder = facts.parent(block)
        else { return false }
        let tree = facts.units[holder.unit].tree
        let call = facts.kind(holder) == .argument ? facts.parent(holder) ?? holder : holder
        return facts.kind(call) == .call
            && ["uri", "url"].contains(tree.lastName(of: facts.node(call).children[0]))
    }

    func isTypeName(_ name: String) -> Bool { name.first?.isUppercase ?? false }

    /// `Uri.https(host, path)`, `new URI(scheme, host, path, …)`.
    private mutating func urlOfConstructor(
        _ ref: NodeRef, _ bindings: Bindings, _ depth: Int
    ) -> Folded? {
        let tree = facts.units[ref.unit].tree
        let path = tree.path(of: tree[ref.node].children[0])
        let arguments = tree.arguments(of: ref.node)
        // `url.URL{Host: …, Path: …}`, `Uri(host: …, pathSegments: […])`
        if ["URL", "Uri", "URI"].contains(path.last),
            let record = ([ref] + arguments.map { facts.with(ref, $0.value) }).first(where: {
                names("host", in: $0)
            })
        {
            return urlOfOptions(record, bindings)
        }
        guard path.count >= 2 || path.last == "URI" else { return nil }
        let isPair =
            path.suffix(2) == ["Uri", "https"] || path.suffix(2) == ["Uri", "http"]
            || path.suffix(2) == ["URI", "HTTPS"]
        if isPair, arguments.count >= 2 {
            var whole = Folded(Template("https://"))
            whole.append(text(facts.with(ref, arguments[0].value), bindings, depth))
            return joined(whole, text(facts.with(ref, arguments[1].value), bindings, depth))
        }
        if path.last == "URI", arguments.count >= 3, let scheme = tree.literal(arguments[0].value),
            scheme == "https" || scheme == "http"
        {
            var whole = Folded(Template("\(scheme)://"))
            whole.append(text(facts.with(ref, arguments[1].value), bindings, depth))
            return joined(whole, text(facts.with(ref, arguments[2].value), bindings, depth))
        }
        return nil
    }

    private func names(_ key: String, in record: NodeRef) -> Bool {
        guard [.map, .call].contains(facts.kind(record)) else { return false }
        return facts.node(record).children.contains { child in
            let node = facts.node(facts.with(record, child))
            return [.pair, .argument].contains(node.kind) && TreeFacts.settingKey(node.text) == key
        }
    }

    /// The URL of a record of options: `{ hostname: …, path: … }`, `{ url: … }`, `URLComponents`.
    mutating func urlOfOptions(_ map: NodeRef, _ bindings: Bindings) -> Folded? {
        var host: Folded?
        var path: Folded?
        var base: Folded?
        for child in facts.node(map).children {
            let entry = facts.with(map, child)
            let node = facts.node(entry)
            // `{ host: HOST, path }`
            let isShort = node.kind == .name && facts.kind(map) == .map
            guard isShort || node.kind == .pair || node.kind == .argument,
                let last = isShort ? child : node.children.last
            else { continue }
            let value = facts.with(map, last)
            switch TreeFacts.settingKey(node.text) {
            case "host", "hostname", "domain": host = fold(value, bindings)
            case "path", "pathname", "url", "uri", "relativepath", "endpoint", "resource",
                "curlopturl":
                path = fold(value, bindings)
            case "pathsegments" where facts.kind(value) == .list:
                for segment in facts.node(value).children {
                    let part = fold(facts.with(value, segment), bindings)
                    path = path.map { joined($0, part) } ?? part
                }
            case "baseurl", "baseuri", "prefixurl", "base": base = fold(value, bindings)
            default: break
            }
        }
        guard let path else { return nil }
        if path.template.head.contains("://") { return path }
        if let base { return joined(base, path) }
        guard let host else { return path }
        if host.template.head.contains("://") { return joined(host, path) }
        var whole = Folded(Template("https://"), host.evidence)
        whole.append(host)
        return joined(whole, path)
    }
}

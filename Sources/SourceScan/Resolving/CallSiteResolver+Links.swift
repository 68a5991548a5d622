import Deprecations

extension CallSiteResolver {
    /// Requests to links that the provider's answers hold.
    mutating func resolveLinks() {
        for rule in shapes.rules where !rule.initiatingCalls.isEmpty || !rule.links.headers.isEmpty
        {
            guard evidence.shows(rule) else { continue }
            for (index, unit) in facts.units.enumerated() {
                for read in LinkReads(unit: unit, index: index, names: rule.links).all() {
                    resolveLink(read, rule)
                }
            }
        }
    }

    private mutating func resolveLink(_ read: LinkReads.Read, _ rule: Rule) {
        guard let origin = origin(of: read, rule) else { return }
        var flow = Flow(facts: facts)
        var sinks = flow.sinks(of: read.node)
        if let name = read.variable {
            // Destructured: the variable's uses.
            sinks = []
            let tree = facts.units[read.node.unit].tree
            let scope = tree.function(around: read.node.node) ?? tree.root
            for use in facts.units[read.node.unit].names.uses[name] ?? []
            where tree.contains(scope, use) && tree[use].start > tree[read.node.node].end {
                sinks += flow.sinks(of: facts.with(read.node, use))
            }
        }
        for var sink in sinks where sink.role == .request {
            guard let call = sink.call else { continue }
            sink.isLink = true
            guard isOnlyTheLink(sink, read) else { continue }
            guard requestFacts.method(of: sink).map({ $0 == rule.endpoint.method }) ?? true else {
                continue
            }
            addLinkSite(sink, call, origin, rule, read)
        }
    }

    /// Whether the request goes to the link itself, not to something cut out of it.
    private mutating func isOnlyTheLink(_ sink: Flow.Sink, _ read: LinkReads.Read) -> Bool {
        var current: NodeRef? = read.node
        if sink.expression.unit == read.node.unit {
            var hops = 0
            while let here = current, here != sink.expression, hops < 30 {
                hops += 1
                let node = facts.node(here)
                if node.kind == .call, here != read.node {
                    let name = facts.units[here.unit].tree.lastName(of: node.children[0])
                    if LinkReads.cuts.contains(name) { return false }
                }
                current = facts.parent(here)
            }
        }
        let folded = folding.fold(sink.expression, sink.bindings)
        let words = shapes.anchorWords
        for case .text(let text) in folded.template.pieces
        where words.contains(where: { text.contains($0) }) {
            return false
        }
        return true
    }

    private mutating func addLinkSite(
        _ sink: Flow.Sink, _ call: NodeRef, _ origin: LinkOrigin, _ rule: Rule,
        _ read: LinkReads.Read
    ) {
        let unit = facts.units[call.unit]
        let start = facts.node(call).start
        // A chain's line is where its last call's name stands; the call begins where its callee does.
        let line = lineOfCall(call)
        var site = CallSite(
            id: CallSiteID(""), rule: rule.id, usage: origin.isMigrated ? .migrated : .deprecated,
            kind: .indirect,
            confidence: origin.isCertain ? .high : .medium, root: root, path: unit.path, line: line,
            column: unit.column(of: start), callLine: facts.line(call), language: unit.language,
            role: unit.role,
            symbol: symbolName(at: call) ?? unit.symbol, method: rule.endpoint.method, url: nil,
            host: origin.host, apiVersion: APIVersionUse(versionClass: .implicit),
            halfMigrated: false,
            polling: polling.use(of: sink))
        site.client = clients.client(of: sink)
        if let header = rule.versionHeader {
            var context = RequestContext(facts: facts)
            site.apiVersion = requestFacts.versionUse(of: sink, header: header, context: &context)
        }
        site.evidence =
            ([
                Evidence(
                    place: origin.place, note: "initiating call \(origin.method) \(origin.url)"),
                Evidence(place: facts.place(read.node), note: "link from \(read.name)"),
            ] + sink.evidence).removingRepeats
        add(site)
    }

    private func lineOfCall(_ call: NodeRef) -> Int { facts.line(call) }

    // MARK: Origins

    /// The call whose answer holds a link.
    struct LinkOrigin {
        var place: SourcePlace
        var method: String
        var url: String
        var host: String?
        /// Whether its host, not only its path, is the provider's.
        var isCertain: Bool
        /// Whether it is already a call of the replacement's version.
        var isMigrated: Bool
    }

    private mutating func origin(of read: LinkReads.Read, _ rule: Rule) -> LinkOrigin? {
        var calls = originCalls(of: read.base, 0)
        if calls.isEmpty, facts.language(read.node) == "shell" {
            calls = shellCalls(in: read.node)
        }
        for call in calls {
            if let origin = initiating(call, rule) { return origin }
        }
        guard calls.isEmpty || calls.allSatisfy({ !hasKnownHost($0) }) else { return nil }
        // The answer comes from somewhere else in the same function, file or its callers.
        let tree = facts.units[read.node.unit].tree
        let scope =
            tree.namedFunction(around: read.node.node)
            ?? outermostLambda(around: read.node.node, tree) ?? tree.root
        var found: LinkOrigin?
        for list in facts.units[read.node.unit].names.calls.values {
            for id in list where tree.contains(scope, id) && found == nil {
                if let origin = initiating(facts.with(read.node, id), rule) { found = origin }
            }
        }
        return found
    }

    private func outermostLambda(around id: NodeID, _ tree: SyntaxTree) -> NodeID? {
        var found: NodeID?
        var current = id
        while let lambda = tree.function(around: current) {
            found = lambda
            current = lambda
        }
        return found
    }

    private mutating func hasKnownHost(_ call: NodeRef) -> Bool {
        for argument in facts.units[call.unit].tree.arguments(of: call.node).prefix(2) {
            if folding.fold(facts.with(call, argument.value)).template.head.contains("://") {
                return true
            }
        }
        return false
    }

    /// Calls that made the value: through variables, awaits, tuples and parameters.
    private func originCalls(of ref: NodeRef, _ depth: Int) -> [NodeRef] {
        guard depth < 6 else { return [] }
        let node = facts.node(ref)
        switch node.kind {
        case .call:
            // The innermost sending call of the chain.
            var found: [NodeRef] = []
            let tree = facts.units[ref.unit].tree
            tree.walk(ref.node) { id, inner in
                if inner.kind == .call { found.append(facts.with(ref, id)) }
                return inner.kind != .lambda || depth == 0
            }
            for call in found {
                if let function = lookup.function(calledBy: call) {
                    for value in Folding(facts: facts).results(in: function) {
                        found += originCalls(of: value, depth + 1)
                    }
                }
            }
            // Names in it: `client.Do(req)` sends what `req` was made by.
            for argument in tree.arguments(of: ref.node)
            where [.name].contains(tree[argument.value].kind) {
                found += originCalls(of: facts.with(ref, argument.value), depth + 1)
            }
            return found
        case .name, .member:
            // `answer.headers` is the answer's.
            if node.kind == .member, let base = node.children.first {
                let found = originCalls(of: facts.with(ref, base), depth + 1)
                if !found.isEmpty { return found }
            }
            switch lookup.definitions(of: ref) {
            case .values(let values, _):
                var found: [NodeRef] = []
                for value in values.suffix(4) {
                    let inner = facts.node(value)
                    if inner.children.count > 1 {
                        found += originCalls(of: facts.with(value, inner.children[1]), depth + 1)
                    }
                }
                if !found.isEmpty { return found }
            case .parameter(let parameter):
                return callersValues(of: parameter, depth)
            case .function, .setting, .none: break
            }
            // `with … as x`, `use { x -> }`, `.then(x => …)`: a call whose block or head names it.
            return bindingCalls(of: ref)
        case .list, .map, .string, .block, .loop, .branch:
            return node.children.flatMap { originCalls(of: facts.with(ref, $0), depth + 1) }
        case .unary, .index, .argument, .binary, .assign, .pair, .conditional, .returned:
            return node.children.flatMap { originCalls(of: facts.with(ref, $0), depth + 1) }
        default: return []
        }
    }

    private func callersValues(of parameter: NodeRef, _ depth: Int) -> [NodeRef] {
        guard let function = facts.parent(parameter) else { return [] }
        let name = facts.node(function).text
        if facts.kind(function) == .lambda {
            // The block of a call gets what the call gives.
            guard let outer = facts.parent(function),
                facts.kind(outer) == .call || facts.kind(outer) == .argument
            else { return [] }
            let call = facts.kind(outer) == .call ? outer : (facts.parent(outer) ?? outer)
            return originCalls(of: call, depth + 1)
        }
        var found: [NodeRef] = []
        for call in (facts.calls[name] ?? []).prefix(12)
        where lookup.function(calledBy: call) == function {
            let arguments = facts.units[call.unit].tree.arguments(of: call.node).map {
                ($0.name, facts.with(call, $0.value))
            }
            let bound = Folding(facts: facts).bind(arguments, to: function, [:])
            if let value = bound[parameter] { found += originCalls(of: value, depth + 1) }
        }
        return found
    }

    /// `async with session.post(…) as accepted:` and the like.
    private func bindingCalls(of ref: NodeRef) -> [NodeRef] {
        let tree = facts.units[ref.unit].tree
        let name = facts.key(tree.lastName(of: ref.node), in: ref)
        var current = tree[ref.node].parent
        while current >= 0 {
            let node = tree[current]
            if node.kind == .branch || node.kind == .loop {
                for head in node.children.dropLast() {
                    var names = false
                    tree.walk(head) { _, inner in
                        if inner.kind == .name, NameTable.key(inner.text) == name { names = true }
                        return !names
                    }
                    if names {
                        var found: [NodeRef] = []
                        tree.walk(head) { id, inner in
                            if inner.kind == .call { found.append(facts.with(ref, id)) }
                            return true
                        }
                        if !found.isEmpty { return found }
                    }
                }
            }
            current = node.parent
        }
        return []
    }

    private func shellCalls(in read: NodeRef) -> [NodeRef] {
        let tree = facts.units[read.unit].tree
        var found: [NodeRef] = []
        let scope =
            tree.ancestor(of: read.node) { $0.kind == .assign || $0.kind == .function } ?? tree.root
        tree.walk(scope) { id, node in
            if node.kind == .call { found.append(facts.with(read, id)) }
            return true
        }
        return found
    }

    /// A call as the initiating one, where its URL is the provider's.
    private mutating func initiating(_ call: NodeRef, _ rule: Rule) -> LinkOrigin? {
        let tree = facts.units[call.unit].tree
        guard facts.kind(call) == .call else { return nil }
        let name = tree.lastName(of: facts.node(call).children[0])
        let isShell = facts.language(call) == "shell"
        for argument in tree.arguments(of: call.node).prefix(isShell ? 24 : 3) {
            let ref = facts.with(call, argument.value)
            guard
                [.string, .name, .binary, .call, .member, .index, .map, .unary].contains(
                    facts.kind(ref))
            else { continue }
            var folded = folding.fold(ref)
            let sink = Flow.Sink(role: .request, expression: ref, call: call, bindings: [:])
            if let url = optionsURL(sink) { folded = url }
            let head = folded.template.head
            guard head.contains("/") || folded.template.pieces.count > 1 else { continue }
            if isShell, !head.contains("://"), !(folded.template.pieces.count > 1) { continue }
            if !head.contains("://"), case .text? = folded.template.pieces.first {
                var context = RequestContext(facts: facts)
                if let base = requestFacts.base(of: sink, context: &context) {
                    folded = folding.joined(base.withScheme, folded)
                }
            }
            if !folded.template.head.contains("://"),
                let whole = wrapped(ref, of: call)
            {
                folded = whole
            }
            guard let host = providerHost(folded.template, rule) else { continue }
            let isProviderHost = host.isCertain
            let path = pathText(folded.template)
            let isInitiatingPath = rule.initiatingCalls.contains { fits(path, $0.path) }
            let isNewPath = rule.initiatingCalls.contains {
                $0.replacementPath.map { fits(path, $0) } ?? false
            }
            guard isProviderHost || isInitiatingPath else { continue }
            var isMigrated = false
            if let header = rule.versionHeader {
                var context = RequestContext(facts: facts)
                let use = requestFacts.versionUse(of: sink, header: header, context: &context)
                let isOldPath =
                    isInitiatingPath
                    || path.hasPrefix(
                        "/" + (rule.endpoint.path.literalPrefix.dropLast().joined(separator: "/"))
                            + "/")
                isMigrated = !isOldPath && (isNewPath || use.versionClass == .pinnedCurrent)
            }
            let method = requestFacts.method(of: sink) ?? "POST"
            if method == "GET", !isShell,
                !["send", "execute", "exchange", "do", "Do", "newCall", "request", "fetch"]
                    .contains(name)
            {
                continue
            }
            return LinkOrigin(
                place: facts.place(ref), method: method,
                url: SecretMask.mask(folded.template.description), host: host.name,
                isCertain: isProviderHost, isMigrated: isMigrated)
        }
        return nil
    }

    /// The URL that the tree's own function makes of a path: `api("/files/import", …)`.
    private mutating func wrapped(_ path: NodeRef, of call: NodeRef) -> Folded? {
        guard facts.kind(path) == .string || facts.kind(path) == .binary,
            lookup.function(calledBy: call) != nil
        else { return nil }
        var flow = Flow(facts: facts)
        for sink in flow.sinks(of: path) where sink.role == .request && !sink.entered.isEmpty {
            let folded = folding.fold(sink.expression, sink.bindings)
            if folded.template.head.contains("://") { return folded }
        }
        return nil
    }

    private func providerHost(_ template: Template, _ rule: Rule) -> (
        name: String?, isCertain: Bool
    )? {
        // The host alone decides; any path of the provider may answer with a link.
        var probe = template.origin ?? Template()
        probe.append(rule.endpoint.path.description)
        for match in shapes.matches(probe) where match.rule.id == rule.id {
            if case .provider(let name) = match.host { return (name, true) }
        }
        let head = template.head
        if !head.contains("://") { return (nil, false) }
        return nil
    }

    private func pathText(_ template: Template) -> String {
        var text = template.description
        if let scheme = text.firstRange(of: "://") {
            let rest = text[scheme.upperBound...]
            text = rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? ""
        } else if text.hasPrefix("{"), let slash = text.firstIndex(of: "/") {
            text = String(text[slash...])
        }
        return text
    }

    private func fits(_ path: String, _ template: PathTemplate) -> Bool {
        let segments = path.split(separator: "/")
        guard segments.count == template.segments.count else { return false }
        return zip(segments, template.segments).allSatisfy { segment, want in
            switch want {
            case .literal(let text): segment == text
            case .parameter: true
            }
        }
    }
}

/// Places where code takes a link out of an answer.
struct LinkReads {
    /// One such place.
    struct Read {
        /// The expression whose value is the link.
        var node: NodeRef
        /// The answer it is taken from.
        var base: NodeRef
        /// The header or field.
        var name: String
        /// The variable that destructuring makes.
        var variable: String?
    }

    /// Methods that cut something out of a link.
    static let cuts: Set<String> = [
        "split", "rsplit", "substring", "match", "exec", "basename", "lastIndexOf", "parse_url",
        "substr", "Split", "Substring",
        "LastIndexOf", "splitlines", "partition", "rpartition", "Base", "pathComponents",
        "lastPathComponent", "getLastPathSegment", "slice", "search", "findall", "gsub", "scan",
        "rindex", "last", "pop", "removeprefix", "TrimPrefix", "SplitN", "FindStringSubmatch",
        "explode", "preg_match", "regmatches", "split_off", "next_back", "substringAfterLast",
        "components", "Segments",
    ]

    let unit: SourceUnit
    let index: Int
    let names: LinkNames

    /// All places of the unit.
    func all() -> [Read] {
        let headers = Set(names.headers.map { $0.lowercased() })
        let fields = Set(names.jsonFields.map(TreeFacts.settingKey))
        var found: [Read] = []
        let tree = unit.tree
        if unit.codeLanguage == "shell" { return shell(headers, fields) }
        for string in unit.names.strings {
            guard let literal = tree.literal(string) else { continue }
            let isHeader = headers.contains(literal.lowercased())
            let isField = fields.contains(TreeFacts.settingKey(literal)) && literal.utf8.count > 6
            guard isHeader || isField else { continue }
            let parent = tree[string].parent
            guard parent >= 0 else { continue }
            switch tree[parent].kind {
            case .index where tree[parent].children.first != string:
                if isTarget(parent, tree) { continue }
                found.append(read(parent, base: tree[parent].children[0], literal))
            case .call where tree[parent].children.first != string:
                let callee = tree[parent].children[0]
                let name = tree.lastName(of: callee)
                guard Self.getters.contains(name) else { continue }
                if tree[callee].kind == .member, let base = tree[callee].children.first {
                    found.append(read(parent, base: base, literal))
                } else if let first = tree.arguments(of: parent).first, first.value != string {
                    found.append(read(parent, base: first.value, literal))
                }
            case .argument, .pair: continue
            default: continue
            }
        }
        for (name, uses) in unit.names.uses {
            let lower = name.lowercased()
            let key = TreeFacts.settingKey(name)
            let isHeader = headers.contains(lower)
            let isField = fields.contains(key)
            guard
                isHeader || isField || lower == "get_location" || lower == "getlocation"
                    || lower == "redirecturl"
            else { continue }
            for use in uses {
                if tree[use].kind == .member, let base = tree[use].children.first {
                    if isTarget(use, tree) { continue }
                    if isHeader || lower.hasSuffix("location") {
                        guard comesFromAnswer(base, tree, name: name, node: use) else { continue }
                    }
                    // response.Location(), headers.LOCATION as a constant's name
                    let parent = tree[use].parent
                    if parent >= 0, tree[parent].kind == .call, tree[parent].children.first == use {
                        found.append(read(parent, base: base, name))
                    } else if parent >= 0, name == name.uppercased() || isConstant(base, tree),
                        tree[parent].kind == .call || tree[parent].kind == .index
                    {
                        guard let owner = tree[parent].children.first else { continue }
                        let source = tree[owner].kind == .member ? tree[owner].children[0] : owner
                        found.append(read(parent, base: source, name))
                    } else {
                        found.append(read(use, base: base, name))
                    }
                } else if tree[use].kind == .name, isField {
                    // const { operationLocation } = await accepted.json()
                    guard
                        let assign = tree.ancestor(
                            of: use, where: { $0.kind == .assign || $0.kind == .block }),
                        tree[assign].kind == .assign, tree[assign].children.count > 1,
                        tree.contains(tree[assign].children[0], use),
                        tree[tree[assign].children[0]].kind != .name
                    else { continue }
                    var read = read(use, base: tree[assign].children[1], name)
                    read.variable = NameTable.key(name)
                    found.append(read)
                } else if tree[use].kind == .name, name == name.uppercased(), isHeader {
                    // headers.get(LOCATION)
                    let parent = tree[use].parent
                    guard parent >= 0, tree[parent].kind == .call || tree[parent].kind == .index,
                        let owner = tree[parent].children.first, owner != use
                    else { continue }
                    let source = tree[owner].kind == .member ? tree[owner].children[0] : owner
                    found.append(read(parent, base: source, name))
                }
            }
        }
        return found
    }

    private static let getters: Set<String> = [
        "get", "Get", "header", "getHeader", "getHeaderLine", "firstValue", "getFirst", "first",
        "fetch", "headers", "Header",
        "getHeaderField", "getResponseHeader", "GetValues", "at", "dig", "getheader", "value",
        "response_header", "resp_header",
        "getHeaderString", "valueForHTTPHeaderField:", "get_header", "headerValue", "getAll",
        "get_resp_header", "GetResponseHeader", "header_field", "objectForKey:", "optString",
        "getString", "Value", "path", "GetProperty", "TryGetValue", "get_response_header",
        "http_headers", "get_all", "getOrDefault", "GetHeader", "List.keyfind", "keyfind",
        "Property",
    ]

    private func read(_ node: NodeID, base: NodeID, _ name: String) -> Read {
        Read(
            node: NodeRef(unit: index, node: node), base: NodeRef(unit: index, node: base),
            name: name)
    }

    private func isTarget(_ id: NodeID, _ tree: SyntaxTree) -> Bool {
        let parent = tree[id].parent
        return parent >= 0 && tree[parent].kind == .assign && tree[parent].children.first == id
    }

    /// `accepted.headers.location`, `response.Headers.Location`, `resp.Location()`; not `window.location`.
    private func comesFromAnswer(_ base: NodeID, _ tree: SyntaxTree, name: String, node: NodeID)
        -> Bool
    {
        let path = tree.path(of: base).map { $0.lowercased() }
        if path.contains(where: {
            ["window", "document", "self", "this", "router", "history"].contains($0)
        }), path.count == 1 {
            return false
        }
        if path.contains(where: { $0.contains("header") }) { return true }
        if unit.codeLanguage == "powershell", tree[base].kind == .name { return true }
        let parent = tree[node].parent
        if parent >= 0, tree[parent].kind == .call, tree[parent].children.first == node {
            return !path.isEmpty
        }
        return name == "LOCATION" || isConstant(base, tree)
    }

    /// `HttpHeaders.Location`: a constant's name, not a part of an answer.
    private func isConstant(_ base: NodeID, _ tree: SyntaxTree) -> Bool {
        tree[base].kind == .name && tree[base].text.first?.isUppercase ?? false
            && tree[base].text.lowercased().contains("header")
    }

    /// `sed -n 's/^location: //p'`, `grep -i location`, `-w '%{redirect_url}'`, `jq .operationUrl`.
    private func shell(_ headers: Set<String>, _ fields: Set<String>) -> [Read] {
        let tree = unit.tree
        var found: [Read] = []
        for assign in unit.names.assignments.values.flatMap({ $0 })
        where tree[assign].kind == .assign && tree[assign].children.count > 1 {
            let value = tree[assign].children[1]
            var reads = false
            tree.walk(value) { id, node in
                if node.kind == .string, case .text(let text, _)? = tree.parts(of: id).first {
                    let lower = text.lowercased()
                    for header in headers
                    where lower.contains(header.dropFirst()) && !lower.contains("://")
                        && lower.contains(String(header.dropFirst()) + ":")
                        || lower.contains("redirect_url")
                        || (lower == header || lower == "^" + header)
                    {
                        reads = reads || !header.isEmpty
                    }
                    if fields.contains(where: { TreeFacts.settingKey(text).hasSuffix($0) }) {
                        reads = true
                    }
                }
                return !reads
            }
            if reads { found.append(read(value, base: value, "Location")) }
        }
        return found
    }
}

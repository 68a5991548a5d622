import Deprecations

/// Turns what the tree says into call sites.
struct CallSiteResolver {
    let facts: TreeFacts
    let root: String
    let shapes: EndpointShapes
    let evidence: ProviderEvidence
    let lookup: Lookup
    let requestFacts: RequestFacts
    let polling: PollingLoop
    let clients: ClientGuess
    var folding: Folding
    /// Requests that documents describe as data.
    let requests: [PlacedRequest]
    /// Rules whose path the tree serves itself.
    private(set) var served: Set<String> = []
    /// Texts of the tree's own routes: no mentions.
    private var routes: Set<NodeRef> = []
    var sites: [CallSite] = []

    init(
        facts: TreeFacts, requests: [PlacedRequest], root: String, rules: [Rule],
        gateways: [Settings.Gateway]
    ) {
        self.requests = requests
        self.facts = facts
        self.root = root
        shapes = EndpointShapes(rules: rules, gateways: gateways)
        evidence = ProviderEvidence(rules: rules, facts: facts)
        lookup = Lookup(facts: facts)
        requestFacts = RequestFacts(facts: facts)
        polling = PollingLoop(facts: facts)
        clients = ClientGuess(facts: facts)
        folding = Folding(facts: facts)
    }

    /// All call sites of the tree, without ids.
    mutating func resolve() -> [CallSite] {
        let words = shapes.anchorWords
        for (index, unit) in facts.units.enumerated() {
            // Who cancelled has no use for half of the sites.
            if Task.isCancelled { return [] }
            for string in unit.names.strings where !unit.scripts.contains(string) {
                guard let anchor = anchorOffset(unit, string, words) else { continue }
                resolveAnchor(NodeRef(unit: index, node: string), offset: anchor)
            }
        }
        resolveSettings(words)
        resolveDocuments()
        resolveLinks()
        resolveSDKCalls()
        addMentions()
        finish()
        return sites
    }

    // MARK: Anchors

    /// Where the path text begins in a string that has one of the words as a whole piece.
    private func anchorOffset(_ unit: SourceUnit, _ string: NodeID, _ words: Set<String>) -> Int? {
        for part in unit.tree.parts(of: string) {
            guard case .text(let text, let offset) = part else { continue }
            for word in words {
                guard let range = text.firstRange(of: word) else { continue }
                var found: Range<String.Index>? = range
                var base = text.startIndex
                while let here = found {
                    let before =
                        here.lowerBound == text.startIndex
                        ? nil : text[text.index(before: here.lowerBound)]
                    let after = here.upperBound == text.endIndex ? nil : text[here.upperBound]
                    let startsWell =
                        before == nil || before == "/" || before == "}" || before == " "
                        || before == "%"
                    let endsWell =
                        after == nil || after == "/" || after == "%" || after == "{" || after == "?"
                        || after == "\\"
                    if startsWell, endsWell {
                        return offset + pathStart(text, here.lowerBound)
                    }
                    base = here.upperBound
                    found = String(text[base...]).firstRange(of: word).map { inner in
                        let rest = String(text[base...])
                        let start = rest.utf8.distance(from: rest.startIndex, to: inner.lowerBound)
                        let length = rest.utf8.distance(
                            from: inner.lowerBound, to: inner.upperBound)
                        let lower = text.utf8.index(base, offsetBy: start)
                        return lower..<text.utf8.index(lower, offsetBy: length)
                    }
                }
            }
        }
        return nil
    }

    /// Bytes before the path of the URL around `index`.
    private func pathStart(_ text: String, _ index: String.Index) -> Int {
        var start = index
        while start > text.startIndex {
            let before = text.index(before: start)
            let character = text[before]
            if character.isWhitespace || "\"'`<>()|,;".contains(character) { break }
            start = before
        }
        let whole = String(text[start..<index])
        var skip = 0
        if let scheme = whole.firstRange(of: "://") {
            let rest = whole[scheme.upperBound...]
            if let slash = rest.firstIndex(of: "/") {
                skip = whole.utf8.distance(from: whole.startIndex, to: slash)
            }
        } else if let slash = whole.firstIndex(of: "/") {
            let head = whole[..<slash]
            if head.contains(".") || head.contains("{") || head.contains("$") {
                skip = whole.utf8.distance(from: whole.startIndex, to: slash)
            }
        }
        return text.utf8.distance(from: text.startIndex, to: start) + skip
    }

    private mutating func resolveAnchor(_ anchor: NodeRef, offset: Int) {
        var flow = Flow(facts: facts)
        let sinks = flow.sinks(of: anchor)
        if sinks.contains(where: { $0.role == .route }) { routes.insert(anchor) }
        judge(sinks, anchor: anchor, offset: offset)
    }

    /// The candidates for sites from the ends of one text.
    mutating func judge(_ sinks: [Flow.Sink], anchor: NodeRef, offset: Int) {
        var best: [String: (rank: Int, site: CallSite)] = [:]
        for sink in sinks {
            guard let (site, rank) = site(for: sink, anchor: anchor, offset: offset) else {
                continue
            }
            let key =
                "\(site.rule) \(site.path):\(site.line):\(site.kind == .definition ? 0 : site.column)"
            if let other = best[key], other.rank >= rank { continue }
            best[key] = (rank, site)
        }
        let anchorPlace = (facts.units[anchor.unit].path, facts.units[anchor.unit].line(of: offset))
        let hasCaller = best.values.contains { $0.site.kind.isCaller }
        let hasOther = best.values.contains { $0.site.kind != .definition }
        for (_, entry) in best {
            if hasOther, entry.site.kind == .definition { continue }
            // A constant whose uses are sites is evidence of these, not a site.
            if hasCaller, !entry.site.kind.isCaller,
                (entry.site.path, entry.site.line) == anchorPlace, entry.site.kind == .definition
            {
                continue
            }
            sites.append(entry.site)
        }
    }

    private mutating func site(
        for sink: Flow.Sink, anchor: NodeRef, offset: Int
    ) -> (CallSite, Int)? {
        let unit = facts.units[(sink.use ?? anchor).unit]
        var sink = sink
        var folded = folding.fold(sink.expression, sink.bindings)
        if sink.role == .request || sink.role == .built {
            if let options = optionsURL(sink) { folded = options }
        }
        if sink.role == .declaration { return declaration(sink, folded, anchor, offset) }
        if let object = objectURL(sink, folded) { folded = object }
        if sink.role == .route || sink.role == .mock || folded.template.head.hasPrefix("GET /") {
            folded.template = folded.template.withoutMethod
        }
        if sink.role == .mock, let plain = RegexText.plain(folded.template) {
            folded.template = plain
        }
        var matches = shapes.matches(folded.template)
        if sink.role == .request || sink.role == .built || sink.role == .mock {
            let isRelative =
                matches.allSatisfy { $0.host == .none || $0.hasUnknownBase } || matches.isEmpty
            if isRelative, let joined = joinedWithBase(&sink, folded) {
                folded = joined
                matches = shapes.matches(folded.template)
            }
        }
        if unit.role == .generated, !matches.contains(where: { isProvider($0.host) }),
            let given = joinedWithGivenBase(folded, unit, matches)
        {
            folded = given
            matches = shapes.matches(folded.template)
        }
        guard var match = choose(matches) else { return nil }
        if match.isPrefix {
            // Sent without an id it is the list; a constant that the id is joined to is a definition.
            if sink.role == .request { return nil }
            if sink.role == .built { sink.role = .unused }
        }
        // The replacement's path without a host says nothing.
        if match.usage == .migrated, !isProvider(match.host) {
            guard match.hasUnknownBase || match.host == .none, evidence.shows(match.rule) else {
                return nil
            }
            guard let unknown = unknownBase(match, sink) else { return nil }
            match = unknown
        }
        let kind: Kind
        let rank: Int
        switch sink.role {
        case .request:
            kind = .call
            rank = sink.call == nil ? 7 : 9
        case .built:
            kind =
                unit.role == .test && sink.use == nil && isInAssertion(sink.expression)
                ? .mention : .call
            rank = 5
        case .described:
            kind = .call
            rank = 6
        case .mock:
            kind = .mock
            rank = 8
        case .mention:
            kind = .mention
            rank = 2
        case .unused:
            kind = .definition
            rank = 1
        case .route:
            served.insert(match.rule.id)
            return nil
        case .declaration: return nil
        }
        // The double's own method says nothing of the link that it answers with.
        let isAnswer = kind == .mock && isLocation(sink.expression)
        if kind == .mock, !isAnswer, let method = requestFacts.methodOfDouble(sink),
            method != match.rule.endpoint.method
        {
            return nil
        }
        if kind == .call || kind == .mock, !isAnswer {
            let method = requestFacts.method(of: sink)
            if let method, method != match.rule.endpoint.method { return nil }
        }
        var site = makeSite(match, kind, sink, folded, unit, anchor, offset)
        if kind == .call || kind == .mock {
            if kind == .call { fillCall(&site, match, sink) }
        }
        return (site, rank)
    }

    private func isLocation(_ ref: NodeRef) -> Bool {
        guard let entry = facts.parent(ref), [.pair, .argument].contains(facts.kind(entry)) else {
            return false
        }
        return TreeFacts.settingKey(facts.node(entry).text) == "location"
    }

    private func isInAssertion(_ ref: NodeRef) -> Bool {
        facts.units[ref.unit].tree.ancestor(of: ref.node) { node in
            node.kind == .call
        }.map { id in
            if case .compares? = CallRole.named(
                facts.units[ref.unit].tree.lastName(of: facts.units[ref.unit].tree[id].children[0]))
            {
                return true
            }
            return false
        } ?? false
    }

    /// Better hosts first, the endpoint before its replacement.
    private func choose(_ matches: [EndpointShapes.Match]) -> EndpointShapes.Match? {
        matches.max { left, right in score(left) < score(right) }
    }

    private func score(_ match: EndpointShapes.Match) -> Int {
        (isProvider(match.host) ? 4 : 0) + (match.isPrefix ? 0 : 2)
            + (match.usage == .deprecated ? 1 : 0)
    }

    func isProvider(_ host: EndpointShapes.Host) -> Bool {
        if case .provider = host { return true }
        return false
    }

    /// `{base}/operations/{id}` with a base that only its name ties to the provider: the version decides.
    private func unknownBase(_ match: EndpointShapes.Match, _ sink: Flow.Sink) -> EndpointShapes
        .Match?
    {
        guard case .unknown(let name) = match.host else { return nil }
        let lower = name.lowercased()
        guard match.rule.provider.words.contains(where: { lower.contains($0) }) else { return nil }
        guard let header = match.rule.versionHeader else { return nil }
        var context = RequestContext(facts: facts)
        let use = requestFacts.versionUse(of: sink, header: header, context: &context)
        var match = match
        match.usage = use.versionClass == .pinnedCurrent ? .migrated : .deprecated
        return match
    }

    private static let resolvingClients: Set<String> = [
        "httpclient", "retrofit", "ktor", "guzzle", "faraday",
    ]

    private mutating func joinedWithBase(_ sink: inout Flow.Sink, _ folded: Folded) -> Folded? {
        guard sink.call != nil || sink.callers.last != nil else { return nil }
        if folded.template.head.contains("://") { return nil }
        // Something unknown already stands before the path.
        if case .hole? = folded.template.pieces.first { return nil }
        var context = RequestContext(facts: facts)
        guard var base = requestFacts.base(of: sink, context: &context)?.withScheme else {
            return nil
        }
        let client = clients.client(of: sink)
        if client == "faraday", !base.template.endsWithSlash {
            base.template.append("/")  // Faraday takes the base's path as a folder
        }
        var joined =
            client.map { Self.resolvingClients.contains($0) } ?? false
            ? folding.resolved(base, folded) : folding.joined(base, folded)
        joined.evidence = base.evidence + folded.evidence
        return joined
    }

    // MARK: Declarations

    /// An annotation of an interface: Feign, Retrofit, Refit; or a server's route.
    private mutating func declaration(
        _ sink: Flow.Sink, _ folded: Folded, _ anchor: NodeRef, _ offset: Int
    ) -> (CallSite, Int)? {
        guard let annotation = sink.call else { return nil }
        let unit = facts.units[annotation.unit]
        let tree = unit.tree
        let name = tree[annotation.node].text
        let owner = tree[annotation.node].parent
        guard owner >= 0 else { return nil }
        var method = "GET"
        var template = folded.template
        var place = (anchor: anchor, offset: offset)
        if name == "RequestLine", case .text(let text)? = template.pieces.first {
            let words = text.split(separator: " ", maxSplits: 1).map(String.init)
            guard words.count == 2 else { return nil }
            method = words[0]
            template = Template([.text(words[1])] + template.pieces.dropFirst())
        } else {
            // `@DELETE @Path("/x")`: the method is an annotation of its own.
            for id in tree.annotations[owner] ?? []
            where ["POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"].contains(tree[id].text) {
                method = tree[id].text
            }
            for verb in ["Post", "Put", "Delete", "Patch", "Head"]
            where name.lowercased().hasPrefix(verb.lowercased()) || name.hasPrefix("Http\(verb)") {
                method = verb.uppercased()
            }
            // `@RequestMapping(method = RequestMethod.DELETE, …)`
            for (key, value) in annotationArguments(annotation.node, tree)
            where key == "method" && !tree.lastName(of: value).isEmpty {
                method = tree.lastName(of: value).uppercased()
            }
        }
        let type = tree.type(around: annotation.node) ?? (tree[owner].kind == .type ? owner : nil)
        if tree[owner].kind == .type, let item = itemPath(below: owner, tree) {
            template = folding.joined(folded, Folded(Template(tree.literal(item) ?? ""))).template
            place = (facts.with(annotation, item), tree[item].start + 1)
        }
        let typeAnnotations = type.flatMap { tree.annotations[$0] } ?? []
        let imports = unit.names.imports.map { tree[$0].text }.joined(separator: " ")
        let isFeign =
            typeAnnotations.contains {
                ["FeignClient", "RegisterRestClient", "HttpExchange", "Client", "RestClient"]
                    .contains(tree[$0].text)
            }
            || name == "RequestLine" || imports.contains("feign")
        let usesFeign =
            name == "RequestLine" || imports.contains("feign")
            || typeAnnotations.contains { tree[$0].text == "FeignClient" }
        let isRetrofit = imports.contains("retrofit")
        let isRefit =
            imports.contains("Refit") || (unit.codeLanguage == "csharp" && ["Get"].contains(name))
        let isExchange = ["GetExchange", "HttpExchange"].contains(name)
        let path = tree.path(of: tree[annotation.node].children[0])
        guard isFeign || isRetrofit || isRefit || isExchange, path.count == 1 else {
            for match in shapes.matches(template) where match.host == .none {
                served.insert(match.rule.id)
            }
            // A class-level prefix makes the path whole.
            served.formUnion(servedWithPrefix(template, typeAnnotations, annotation))
            return nil
        }
        guard method == "GET" else { return nil }
        var base = Folded(Template())
        for id in typeAnnotations
        where [
            "FeignClient", "HttpExchange", "RegisterRestClient", "RequestMapping", "Path", "Client",
        ].contains(tree[id].text) {
            for (key, value) in annotationArguments(id, tree) where id != annotation.node {
                let text = folding.fold(facts.with(annotation, value))
                let resolved = text.template.literal.flatMap { folding.placeholders($0) } ?? text
                if key == "url" || key == "baseUri"
                    || key == "value" && tree[id].text != "FeignClient" || key == "path"
                    || key == nil && tree[id].text != "FeignClient"
                {
                    if resolved.template.head.contains("://") || resolved.template.hasHoles
                        || resolved.template.beginsWithSlash
                    {
                        base =
                            base.template.pieces.isEmpty
                                || key == "url" && resolved.template.head.contains("://")
                            ? folding.joined(
                                resolved,
                                base.template.pieces.isEmpty ? Folded(Template("/")) : base)
                            : folding.joined(base, resolved)
                    }
                }
            }
        }
        if let key = configKey(typeAnnotations, tree), let host = folding.restClientBase(key) {
            base = folding.joined(host, base)
        }
        if base.template.pieces.isEmpty, let type {
            var context = RequestContext(facts: facts)
            let facts = requestFacts
            if let found = context.inRegistrations(
                of: self.facts.with(annotation, type), [:],
                { ref, bindings -> Folded? in
                    guard let value = facts.baseValue(at: ref) else { return nil }
                    var folding = Folding(facts: facts.facts)
                    let folded = folding.fold(value, bindings)
                    return folded.template.head.contains("://") ? folded : nil
                })
            {
                base = found
            }
        }
        var whole = Folded(template, folded.evidence)
        if !base.template.pieces.isEmpty {
            whole =
                isRetrofit && unit.codeLanguage != "dart"
                ? folding.resolved(base, whole) : folding.joined(base, whole)
            whole.evidence = base.evidence + whole.evidence
        }
        guard let match = choose(shapes.matches(whole.template)) else { return nil }
        if match.usage == .migrated, !isProvider(match.host) { return nil }
        var site = makeSite(match, .call, sink, whole, unit, place.anchor, place.offset)
        site.callLine = nil
        site.client =
            isRetrofit
            ? "retrofit"
            : isRefit ? "refit" : usesFeign ? "feign" : isFeign ? nil : clients.client(of: sink)
        site.polling = PollingUse(inLoop: false, retryAfter: .notApplicable)
        site.apiVersion = declaredVersion(
            match.rule, function: owner, type: type, annotation: annotation)
        site.symbol = tree[owner].text.isEmpty ? nil : tree[owner].text
        return (site, 9)
    }

    func annotationArguments(_ id: NodeID, _ tree: SyntaxTree) -> [(String?, NodeID)] {
        guard let call = tree[id].children.first, tree[call].kind == .call else { return [] }
        return tree.arguments(of: call).map { argument in
            if tree[argument.value].kind == .assign, tree[argument.value].children.count > 1 {
                return (
                    NameTable.targetName(tree[argument.value].children[0], tree),
                    tree[argument.value].children[1]
                )
            }
            return (argument.name, argument.value)
        }
    }

    private mutating func servedWithPrefix(
        _ template: Template, _ typeAnnotations: [NodeID], _ annotation: NodeRef
    ) -> Set<String> {
        var found: Set<String> = []
        let tree = facts.units[annotation.unit].tree
        for id in typeAnnotations {
            for (_, value) in annotationArguments(id, tree) where tree[value].kind == .string {
                let prefix = folding.fold(facts.with(annotation, value))
                let whole = folding.joined(prefix, Folded(template))
                for match in shapes.matches(whole.template) where match.host == .none {
                    found.insert(match.rule.id)
                }
            }
        }
        return found
    }

    private mutating func declaredVersion(
        _ rule: Rule, function: NodeID, type: NodeID?, annotation: NodeRef
    ) -> APIVersionUse {
        guard let header = rule.versionHeader else { return APIVersionUse(versionClass: .implicit) }
        let headers = HeaderFacts(facts: facts, header: header.name)
        let tree = facts.units[annotation.unit].tree
        var places = tree.annotations[function] ?? []
        for parameter in tree.parameters(of: function) {
            for id in tree.annotations[parameter] ?? [] {
                for (_, value) in annotationArguments(id, tree)
                where tree.literal(value)?.lowercased() == header.name.lowercased() {
                    return APIVersionUse(
                        versionClass: .dynamic, evidence: facts.place(facts.with(annotation, id)))
                }
            }
        }
        if let type { places += tree.annotations[type] ?? [] }
        for id in places {
            var found: HeaderFacts.Value?
            tree.walk(id) { node, _ in
                guard found == nil else { return false }
                found = headers.value(at: facts.with(annotation, node))
                return found == nil
            }
            if let found, let use = requestFacts.use(of: found, [:], header, headers, &folding) {
                return use
            }
        }
        if let type {
            var context = RequestContext(facts: facts)
            if let found = context.inRegistrations(
                of: facts.with(annotation, type), [:], { ref, _ in headers.value(at: ref) }),
                let use = requestFacts.use(of: found, [:], header, headers, &folding)
            {
                return use
            }
        }
        return APIVersionUse(versionClass: .implicit)
    }

    // MARK: Building a site

    /// The host, where it is established, and how sure a match is by it.
    func certainty(of match: EndpointShapes.Match) -> (host: String?, confidence: Confidence) {
        switch match.host {
        case .provider(let name): (name, .high)
        case .unknown, .none: (nil, evidence.shows(match.rule) ? .medium : .low)
        case .other: (nil, .low)
        }
    }

    func makeSite(
        _ match: EndpointShapes.Match, _ kind: Kind, _ sink: Flow.Sink, _ folded: Folded,
        _ unit: SourceUnit,
        _ anchor: NodeRef, _ offset: Int
    ) -> CallSite {
        let start: Int
        if let use = sink.use {
            start =
                facts.node(use).kind == .member
                ? facts.node(use).end - facts.node(use).text.utf8.count : facts.node(use).start
        } else {
            start = offset
        }
        let (host, confidence) = certainty(of: match)
        let symbolUnit = facts.units[(sink.use ?? anchor).unit]
        let symbol =
            symbolName(at: sink.use ?? anchor)
            ?? symbolUnit.partName(at: facts.node(sink.use ?? anchor).start)
        var evidenceList = folded.evidence + sink.evidence
        evidenceList = evidenceList.removingRepeats.filter {
            !($0.place.path == unit.path && $0.place.line == unit.line(of: start))
        }
        return CallSite(
            id: CallSiteID(""), rule: match.rule.id, usage: match.usage, kind: kind,
            confidence: confidence,
            root: root, path: unit.path, line: unit.line(of: start), column: unit.column(of: start),
            language: unit.language, role: unit.role, symbol: symbol,
            method: match.rule.endpoint.method,
            url: SecretMask.mask(folded.template.description), host: host,
            apiVersion: APIVersionUse(versionClass: .implicit), halfMigrated: false,
            polling: PollingUse(inLoop: false, retryAfter: .notApplicable), evidence: evidenceList)
    }

    /// The function or type around a place.
    func symbolName(at ref: NodeRef) -> String? {
        let tree = facts.units[ref.unit].tree
        var current = tree[ref.node].parent
        while current >= 0 {
            let node = tree[current]
            if node.kind == .function || node.kind == .type, !node.text.isEmpty { return node.text }
            if node.kind == .lambda, node.parent >= 0 {
                let parent = tree[node.parent]
                if parent.kind == .pair, !parent.text.isEmpty { return parent.text }
                if parent.kind == .assign {
                    let name = NameTable.targetName(parent.children[0], tree)
                    if !name.isEmpty { return NameTable.key(name) }
                }
            }
            current = node.parent
        }
        return nil
    }

    mutating func fillCall(_ site: inout CallSite, _ match: EndpointShapes.Match, _ sink: Flow.Sink)
    {
        site.client = clients.client(of: sink)
        if let call = sink.firstCall ?? sink.call, facts.units[call.unit].path == site.path {
            site.callLine = facts.line(call)
        }
        if let header = match.rule.versionHeader {
            var context = RequestContext(facts: facts)
            site.apiVersion = requestFacts.versionUse(of: sink, header: header, context: &context)
        }
        site.polling = polling.use(of: sink)
    }

    mutating func add(_ site: CallSite) { sites.append(site) }

    // MARK: Settings

    /// Settings that hold the path: their readers are sites; without readers they are definitions.
    private mutating func resolveSettings(_ words: Set<String>) {
        for list in facts.settings.values {
            for setting in list {
                let text = setting.value.description
                guard words.contains(where: { text.contains($0) }) else { continue }
                let matches = shapes.matches(setting.value)
                let reads = readers(of: setting)
                var flow = Flow(facts: facts)
                var found = false
                for read in reads {
                    let before = sites.count
                    judge(flow.sinks(ofUse: read), anchor: read, offset: facts.node(read).start)
                    if sites.count > before { found = true }
                }
                guard !found, let match = choose(matches),
                    match.usage == .deprecated || isProvider(match.host),
                    isProvider(match.host) || match.host == .none && false
                else { continue }
                addDefinition(setting, match)
            }
        }
    }

    private mutating func addDefinition(_ setting: TreeFacts.Setting, _ match: EndpointShapes.Match)
    {
        var host: String?
        if case .provider(let name) = match.host { host = name }
        let unit = facts.units.first { $0.path == setting.place.path }
        sites.append(
            CallSite(
                id: CallSiteID(""), rule: match.rule.id, usage: match.usage,
                // In a test's data it is an example answer.
                kind: unit?.role == .test ? .mention : .definition,
                confidence: host == nil ? .low : .high, root: root, path: setting.place.path,
                line: setting.place.line, column: 1, language: unit?.language ?? "",
                role: unit?.role ?? .config,
                symbol: setting.keys.joined(separator: "."), method: match.rule.endpoint.method,
                url: SecretMask.mask(setting.value.description), host: host,
                apiVersion: APIVersionUse(versionClass: .implicit), halfMigrated: false,
                polling: PollingUse(inLoop: false, retryAfter: .notApplicable)))
    }

    /// Expressions that read a setting by its key.
    private func readers(of setting: TreeFacts.Setting) -> [NodeRef] {
        guard let last = setting.keys.last else { return [] }
        let wanted = TreeFacts.settingKey(last)
        var found: [NodeRef] = []
        for (index, unit) in facts.units.enumerated()
        where Language.named(unit.codeLanguage) != nil || unit.codeLanguage == "shell" {
            for string in unit.names.strings {
                guard let literal = unit.tree.literal(string), literal.utf8.count < 120,
                    TreeFacts.settingKey(literal).hasSuffix(wanted)
                else { continue }
                let parts = literal.split(whereSeparator: { ".:${}".contains($0) })
                guard let tail = parts.last,
                    TreeFacts.settingKey(String(tail)) == wanted
                        || parts.dropLast().last.map({ TreeFacts.settingKey(String($0)) }) == wanted
                else { continue }
                let parent = unit.tree[string].parent
                guard parent >= 0,
                    unit.tree[parent].kind == .index || unit.tree[parent].kind == .call
                else { continue }
                let read = NodeRef(unit: index, node: parent)
                if agrees(read, setting) { found.append(read) }
            }
            for (name, uses) in unit.names.uses where TreeFacts.settingKey(name) == wanted {
                for use in uses where unit.tree[use].kind == .member || unit.codeLanguage == "shell"
                {
                    let read = NodeRef(unit: index, node: use)
                    if agrees(read, setting) { found.append(read) }
                }
            }
        }
        return found
    }

    private func agrees(_ read: NodeRef, _ setting: TreeFacts.Setting) -> Bool {
        var folding = Folding(facts: facts)
        return folding.fold(read).evidence.contains { $0.place == setting.place }
    }

    // MARK: Mentions

    private mutating func addMentions() {
        let mentions = Mentions(rules: shapes.rules)
        for (index, unit) in facts.units.enumerated() {
            for comment in unit.comments where comment.upperBound <= unit.bytes.count {
                for found in mentions.find(in: unit.bytes[comment]) { addMention(found, unit) }
            }
            for string in unit.names.strings where !unit.scripts.contains(string) {
                let node = unit.tree[string]
                guard node.end <= unit.bytes.count, node.start < node.end else { continue }
                if routes.contains(NodeRef(unit: index, node: string)) { continue }
                for found in mentions.find(in: unit.bytes[node.start..<node.end]) {
                    let line = unit.line(of: found.offset)
                    guard
                        !sites.contains(where: {
                            $0.path == unit.path && $0.line == line && $0.rule == found.rule.id
                        })
                    else { continue }
                    // Only prose: a string with blanks before the path.
                    guard isProse(unit, node, found.offset) else { continue }
                    addMention(found, unit)
                }
            }
        }
    }

    private func isProse(_ unit: SourceUnit, _ node: Node, _ offset: Int) -> Bool {
        unit.bytes[node.start..<offset].contains { $0 == 0x20 || $0 == 0x0A }
    }

    mutating func addMention(_ found: Mentions.Found, _ unit: SourceUnit) {
        let line = unit.line(of: found.offset)
        guard
            !sites.contains(where: {
                $0.path == unit.path && $0.line == line && $0.rule == found.rule.id
            })
        else { return }
        let confidence: Confidence =
            found.host != nil ? .high : evidence.shows(found.rule) ? .medium : .low
        sites.append(
            CallSite(
                id: CallSiteID(""), rule: found.rule.id, usage: .deprecated, kind: .mention,
                confidence: confidence,
                root: root, path: unit.path, line: line, column: unit.column(of: found.offset),
                language: unit.language, role: unit.role, symbol: nil,
                method: found.rule.endpoint.method,
                url: SecretMask.mask(found.url), host: found.host,
                apiVersion: APIVersionUse(versionClass: .implicit),
                halfMigrated: false, polling: PollingUse(inLoop: false, retryAfter: .notApplicable))
        )
    }

    // MARK: Finishing

    /// Sorts, drops repeats, marks half-migrated callers and what the tree serves itself.
    private mutating func finish() {
        let rules = Dictionary(uniqueKeysWithValues: shapes.rules.map { ($0.id, $0) })
        for index in sites.indices {
            if let rule = rules[sites[index].rule] { finish(&sites[index], rule) }
        }
        sites.sort { left, right in
            (left.path, left.line, left.column, left.rule, left.kind.rawValue)
                < (right.path, right.line, right.column, right.rule, right.kind.rawValue)
        }
        var seen: Set<String> = []
        sites = sites.filter { site in
            seen.insert(
                "\(site.path):\(site.line):\(site.column):\(site.rule):\(site.usage.rawValue):\(site.kind.isCaller)"
            ).inserted
        }
        // A caller and a mention of it on one line are one thing.
        let callers = Set(sites.filter(\.kind.isCaller).map { "\($0.path):\($0.line):\($0.rule)" })
        sites = sites.filter {
            $0.kind.isCaller || $0.kind == .mock
                || !callers.contains("\($0.path):\($0.line):\($0.rule)")
        }
    }

    private func finish(_ site: inout CallSite, _ rule: Rule) {
        let version = site.apiVersion.versionClass
        if site.kind.isCaller, site.kind != .sdkCall, rule.versionHeader != nil {
            switch site.usage {
            case .deprecated: site.halfMigrated = version == .pinnedCurrent
            case .migrated:
                site.halfMigrated = version == .implicit || version == .pinnedDeprecated
            }
        }
        if site.host == nil, site.kind != .sdkCall, site.kind != .indirect, served.contains(rule.id)
        {
            site.confidence = .low
        }
        if site.confidence == .medium, site.kind.isCaller,
            let place = evidence.place(rule.id, near: site.path)
        {
            site.evidence.append(Evidence(place: place, note: "speaks for \(rule.provider.name)"))
        }
    }
}

extension Folded {
    /// A host alone, with the scheme that it is asked by.
    var withScheme: Folded {
        guard !template.head.contains("://"), case .text? = template.pieces.first else {
            return self
        }
        var whole = Template("https://")
        whole.append(template)
        return Folded(whole, evidence)
    }
}

extension Template {
    /// A route's pattern without the method before it: `GET /operations/{id}`.
    fileprivate var withoutMethod: Template {
        guard case .text(let text)? = pieces.first, let blank = text.firstIndex(of: " "),
            text[..<blank].allSatisfy({ $0.isUppercase }), blank > text.startIndex
        else { return self }
        return Template([.text(String(text[text.index(after: blank)...]))] + pieces.dropFirst())
    }
}

extension [Evidence] {
    /// Each step once, in order.
    var removingRepeats: [Evidence] {
        var seen: Set<Evidence> = []
        return filter { seen.insert($0).inserted }
    }
}

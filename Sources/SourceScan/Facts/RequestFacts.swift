import Deprecations

/// What a sending call says about its request: the method, the version header, the base.
struct RequestFacts {
    let facts: TreeFacts
    private let lookup: Lookup
    private static let verbs: Set<String> = [
        "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS",
    ]

    init(facts: TreeFacts) {
        self.facts = facts
        lookup = Lookup(facts: facts)
    }

    // MARK: Method

    /// The method that is sent; nil where it is not known before run time.
    func method(of sink: Flow.Sink) -> String? {
        if let call = sink.call, facts.language(call) == "shell" { return shellMethod(call) }
        var folding = Folding(facts: facts)
        // Options by name: `Invoke-WebRequest @options`, `request(**options)`
        var options = sink.expression
        while [.unary, .argument].contains(facts.kind(options)),
            let child = facts.node(options).children.first
        {
            options = facts.with(options, child)
        }
        if options != sink.expression, [.name, .member].contains(facts.kind(options)),
            let found = mapMethod(behind: options, &folding, sink.bindings)
        {
            return found
        }
        // Calls from the expression out to the sending call, and that call's chain.
        var calls: [NodeRef] = []
        do {
            let call = sink.call
            var current: NodeRef? =
                call == nil || sink.expression.unit == call?.unit ? sink.expression : nil
            var hops = 0
            while let here = current, here != call, hops < 20 {
                hops += 1
                if facts.kind(here) == .call { calls.append(here) }
                if facts.kind(here) == .map, let found = methodEntry(here, &folding, sink.bindings)
                {
                    return found
                }
                if [.block, .function].contains(facts.kind(here)) { break }
                current = facts.parent(here)
            }
            if let call { calls.append(call) }
        }
        for call in calls {
            if let found = explicitMethod(call, except: sink.expression, &folding, sink.bindings) {
                return found == "?" ? nil : found
            }
        }
        if let call = sink.call, let found = chainMethod(call) { return found }
        if let found = pipelineMethod(sink) { return found }
        if let call = calls.first, calls.count > 1 || sink.call == nil,
            let found = chainMethod(call)
        {
            return found
        }
        if let found = holderMethod(sink, &folding) { return found }
        for call in calls.reversed() {
            let name = facts.units[call.unit].tree.lastName(of: facts.node(call).children[0])
            if case .sends(let method)? = CallRole.named(name), let method { return method }
            if let method = namedMethod(name) { return method }
            // `[manager DELETE:path parameters:…]`
            if name.hasSuffix(":"), let method = verb(String(name.prefix { $0 != ":" })) {
                return method
            }
        }
        for caller in sink.callers.reversed() {
            let name = facts.units[caller.unit].tree.lastName(of: facts.node(caller).children[0])
                .lowercased()
            for verb in ["post", "delete", "patch", "put"]
            where name == verb || name.hasPrefix(verb) || name.hasSuffix("_" + verb) {
                if sink.call == nil || caller == sink.call { return verb.uppercased() }
            }
        }
        return "GET"
    }

    /// The method that the calls around a double's URL name: `delete(urlEqualTo(…))`, `.andExpect(method(POST))`.
    func methodOfDouble(_ sink: Flow.Sink) -> String? {
        let tree = facts.units[sink.expression.unit].tree
        var top = sink.expression.node
        while tree[top].parent >= 0,
            ![.block, .function, .lambda, .assign, .type].contains(tree[tree[top].parent].kind)
        {
            let parent = tree[top].parent
            if tree[parent].kind == .call, tree[parent].children.first != top,
                let callee = tree[parent].children.first
            {
                let name = tree.lastName(of: callee)
                if name.utf8.count < 7, let verb = verb(name) { return verb }
            }
            top = parent
        }
        var found: String?
        tree.walk(top) { id, node in
            if found == nil, node.kind == .call,
                ["method", "withMethod", "UsingMethod"].contains(tree.lastName(of: id)),
                let first = tree.arguments(of: id).first
            {
                found = verb(tree.literal(first.value) ?? tree.lastName(of: first.value))
            }
            return found == nil
        }
        return found
    }

    /// `POST` of `PostAsJsonAsync`, `postForEntity`, `onPost`.
    private func namedMethod(_ name: String) -> String? {
        let lower = name.lowercased()
        for verb in ["post", "put", "patch", "delete"] {
            if lower == "on" + verb { return verb.uppercased() }
            guard lower.hasPrefix(verb) else { continue }
            let rest = lower.dropFirst(verb.utf8.count)
            if ["as", "for", "from", "with", "json", "async", "_json", "_form"].contains(where: {
                rest.hasPrefix($0)
            }) {
                return verb.uppercased()
            }
        }
        return nil
    }

    private func verb(_ text: String) -> String? {
        var upper = text.uppercased()
        if upper.hasPrefix("METHOD") { upper = String(upper.dropFirst(6)) }
        if upper.hasPrefix("HTTP_") { upper = String(upper.dropFirst(5)) }
        return Self.verbs.contains(upper) ? upper : nil
    }

    /// The verb that an expression comes to: `ask.method` of a known request.
    private func foldedVerb(_ ref: NodeRef, _ bindings: Bindings) -> String? {
        var folding = Folding(facts: facts)
        switch folding.fold(ref, bindings).template.pieces.first {
        case .text(let text)?: return verb(text)
        case .hole(let hole)?: return verb(hole.name)
        case nil: return nil
        }
    }

    private func explicitMethod(
        _ call: NodeRef, except: NodeRef, _ folding: inout Folding, _ bindings: Bindings
    ) -> String? {
        let tree = facts.units[call.unit].tree
        for (index, argument) in tree.arguments(of: call.node).enumerated() {
            let ref = facts.with(call, argument.value)
            if ref == except { continue }
            if argument.name.map({ TreeFacts.settingKey($0) }) == "method"
                || argument.name == "type" && facts.language(call) == "javascript"
            {
                let folded = folding.fold(ref, bindings)
                if let literal = folded.template.literal, let verb = verb(literal) { return verb }
                if bindings[ref] != nil, case .hole(let hole)? = folded.template.pieces.first,
                    let verb = verb(hole.name)
                {
                    return verb
                }
                if let verb = verb(tree.lastName(of: argument.value)) { return verb }
                return "?"
            }
            switch facts.kind(ref) {
            case .string:
                if index < 3, let literal = tree.literal(argument.value), let verb = verb(literal),
                    literal.utf8.count > 2
                {
                    return verb
                }
            case .member, .name:
                if index < 3, let verb = verb(tree.lastName(of: argument.value)),
                    tree.path(of: argument.value).count > 1
                        || tree[argument.value].text.first?.isUppercase ?? false
                {
                    return verb
                }
                if index < 2, facts.kind(ref) == .name,
                    ["method", "verb", "http_method", "httpMethod"].contains(
                        NameTable.key(tree[argument.value].text))
                {
                    let folded = folding.fold(ref, bindings)
                    if let literal = folded.template.literal, let verb = verb(literal) {
                        return verb
                    }
                    if case .hole(let hole)? = folded.template.pieces.first {
                        return verb(hole.name) ?? "?"  // `http.MethodGet`
                    }
                }
                if let found = mapMethod(behind: ref, &folding, bindings) { return found }
            case .map, .list:
                if let found = methodEntry(ref, &folding, bindings) { return found }
                if let found = commandMethod(ref) { return found }
            case .pair:
                // Perl: HTTP::Request->new(GET => $url)
                if index == 0, let verb = verb(facts.node(ref).text) { return verb }
            case .call:
                // new HttpMethod("GET"), HttpMethod.valueOf("GET")
                if tree.path(of: argument.value).contains("HttpMethod") {
                    for inner in tree.arguments(of: argument.value) {
                        if let literal = tree.literal(inner.value), let verb = verb(literal) {
                            return verb
                        }
                    }
                }
            default: break
            }
        }
        let path = tree.path(of: tree[call.node].children[0])
        for word in path.dropLast()
        where ["Get", "Post", "Put", "Delete", "Patch", "Head"].contains(word) {
            return word.uppercased()  // Net::HTTP::Get.new
        }
        // `HttpGet`
        let callee = path.last ?? ""
        if callee.hasPrefix("Http"), let verb = verb(String(callee.dropFirst(4))) { return verb }
        return nil
    }

    /// `["curl", "-X", "DELETE", …]`, `('GET', url, …)`
    private func commandMethod(_ list: NodeRef) -> String? {
        let tree = facts.units[list.unit].tree
        let words = facts.node(list).children.map { tree.literal($0) ?? "" }
        if let first = words.first, let verb = verb(first) { return verb }
        for (index, word) in words.enumerated() {
            if word == "-X" || word == "--request", index + 1 < words.count {
                return words[index + 1].uppercased()
            }
            if ["-d", "--data", "--data-raw", "-F", "--json"].contains(word) { return "POST" }
        }
        return nil
    }

    private func mapMethod(
        behind ref: NodeRef, _ folding: inout Folding, _ bindings: Bindings
    ) -> String? {
        guard case .values(let values, _) = lookup.definitions(of: ref, bindings),
            let value = values.last,
            facts.node(value).children.count > 1
        else { return nil }
        let target = facts.with(value, facts.node(value).children[1])
        guard facts.kind(target) == .map else { return nil }
        return methodEntry(target, &folding, bindings)
    }

    /// The method in options that a map takes over: `{ ...init, headers }`.
    private func spreadMethod(
        _ ref: NodeRef, _ folding: inout Folding, _ bindings: Bindings
    ) -> String? {
        if case .parameter(let parameter) = lookup.definitions(of: ref, bindings),
            let bound = bindings[parameter], facts.kind(bound) == .map
        {
            return methodEntry(bound, &folding, bindings)
        }
        return facts.kind(ref) == .name ? mapMethod(behind: ref, &folding, bindings) : nil
    }

    private func methodEntry(
        _ map: NodeRef, _ folding: inout Folding, _ bindings: Bindings
    ) -> String? {
        for child in facts.node(map).children {
            let node = facts.node(facts.with(map, child))
            if node.kind == .unary, node.text == "..." || node.text == "**",
                let spread = node.children.first,
                let found = spreadMethod(facts.with(map, spread), &folding, bindings)
            {
                return found
            }
            // `{ method, hostname, path }`
            let isShort = node.kind == .name && node.text == "method"
            guard isShort || node.kind == .pair || node.kind == .argument,
                let value = isShort ? child : node.children.last
            else { continue }
            let key = TreeFacts.settingKey(node.text)
            guard
                key == "method" || key == "httpmethod" || key == "curloptcustomrequest"
                    || (key == "type"
                        && ["javascript", "typescript"].contains(facts.language(map)))
            else {
                if key == "curloptpost" || key == "curloptpostfields" { return "POST" }
                continue
            }
            if key == "type", facts.units[map.unit].tree.literal(value).flatMap(verb) == nil {
                continue
            }
            let folded = folding.fold(facts.with(map, value), bindings)
            if let literal = folded.template.literal {
                return verb(literal) ?? literal.uppercased()
            }
            return verb(facts.units[map.unit].tree.lastName(of: value))
        }
        return nil
    }

    /// `.post(body)`, `.method("DELETE")`, `.GET()` in the chain of a call.
    private func chainMethod(_ call: NodeRef) -> String? {
        let tree = facts.units[call.unit].tree
        var top = call.node
        while tree[top].parent >= 0 {
            let parent = tree[tree[top].parent]
            guard [.member, .call, .index, .unary].contains(parent.kind),
                parent.children.first == top
            else { break }
            top = tree[top].parent
        }
        var current = top
        while true {
            let node = tree[current]
            if node.kind == .call, current != call.node, let callee = node.children.first {
                let name = tree.lastName(of: callee)
                if [
                    "method", "setMethod", "withMethod", "req_method", "setRequestMethod",
                    "httpMethod",
                ].contains(name) {
                    for argument in tree.arguments(of: current).prefix(1) {
                        if let verb = verb(
                            tree.literal(argument.value) ?? tree.lastName(of: argument.value))
                        {
                            return verb
                        }
                    }
                } else if [
                    "post", "put", "patch", "delete", "head", "POST", "PUT", "DELETE", "PATCH",
                    "HEAD", "Post", "Put", "Delete", "Patch", "PostAsync", "DeleteAsync",
                    "PutAsync", "PostJsonAsync", "send_json", "req_body_json",
                ].contains(name),
                    tree[callee].kind == .member
                {
                    if name == "delete" || name == "DELETE" || name == "head"
                        || !tree.arguments(of: current).isEmpty || name == "post"
                    {
                        return verb(name)
                            ?? (name.hasPrefix("Post") || name.hasPrefix("send")
                                || name.hasPrefix("req")
                                ? "POST"
                                : verb(
                                    String(name.prefix(while: { $0 != "A" || name.first == $0 })))
                                    ?? "POST")
                    }
                } else if ["get", "GET", "Get", "GetAsync", "GetStringAsync", "GetJsonAsync"]
                    .contains(name), tree[callee].kind == .member
                {
                    return "GET"
                }
            }
            guard [.call, .member, .index, .unary].contains(node.kind),
                let first = node.children.first
            else { return nil }
            current = first
        }
    }

    /// `|> req_method("DELETE")` in the pipeline that the URL is part of.
    private func pipelineMethod(_ sink: Flow.Sink) -> String? {
        let tree = facts.units[sink.expression.unit].tree
        var top = sink.expression.node
        while tree[top].parent >= 0,
            ![.block, .function, .lambda, .assign, .type].contains(tree[tree[top].parent].kind)
        {
            top = tree[top].parent
        }
        while tree[top].kind == .binary, tree[top].text == "|>" {
            let call = tree[top].children[1]
            if tree[call].kind == .call, tree.lastName(of: call) == "req_method",
                let first = tree.arguments(of: call).first,
                let found = tree.literal(first.value).flatMap(verb)
            {
                return found
            }
            top = tree[top].children[0]
        }
        return nil
    }

    /// Statements on the request object: `request.httpMethod = "DELETE"`.
    private func holderMethod(_ sink: Flow.Sink, _ folding: inout Folding) -> String? {
        let unit = sink.expression.unit
        let tree = facts.units[unit].tree
        guard
            let statement = tree.ancestor(of: sink.expression.node, where: { $0.kind == .assign }),
            let target = tree[statement].children.first
        else {
            return receiverMethod(sink)
        }
        let name = NameTable.key(tree.lastName(of: target))
        return methodSet(on: name, near: sink.expression, tree, sink.bindings)
    }

    private func receiverMethod(_ sink: Flow.Sink) -> String? {
        guard let call = sink.call, facts.kind(call) == .call else { return nil }
        let tree = facts.units[call.unit].tree
        var root = tree.chainRoot(of: call.node)
        if tree[root].text.hasPrefix("curl_"), let handle = tree.arguments(of: call.node).first {
            root = handle.value
        }
        guard tree[root].kind == .name else { return nil }
        let name = NameTable.key(tree[root].text)
        if ["client", "http", "self", "this", "session"].contains(name) { return nil }
        return methodSet(on: name, near: call, tree, sink.bindings)
    }

    private func methodSet(
        on name: String, near ref: NodeRef, _ tree: SyntaxTree, _ bindings: Bindings
    ) -> String? {
        let scope = tree.function(around: ref.node) ?? tree.root
        for use in facts.units[ref.unit].names.uses[facts.key(name, in: ref)] ?? []
        where tree.contains(scope, use) {
            let parent = tree[use].parent
            guard parent >= 0 else { continue }
            if tree[parent].kind == .member,
                TreeFacts.settingKey(tree[parent].text).hasSuffix("method")
            {
                let outer = tree[parent].parent
                guard outer >= 0 else { continue }
                if tree[outer].kind == .assign, tree[outer].children.count > 1 {
                    let value = tree[outer].children[1]
                    if let verb = verb(tree.literal(value) ?? tree.lastName(of: value)) {
                        return verb
                    }
                    if bindings[facts.with(ref, value)] != nil,
                        let verb = foldedVerb(facts.with(ref, value), bindings)
                    {
                        return verb
                    }
                    for inner in tree[value].kind == .call ? tree.arguments(of: value) : [] {
                        if let verb = verb(tree.literal(inner.value) ?? "") { return verb }
                    }
                }
                if tree[outer].kind == .call {
                    for argument in tree.arguments(of: outer) {
                        if let verb = verb(
                            tree.literal(argument.value) ?? tree.lastName(of: argument.value))
                        {
                            return verb
                        }
                    }
                }
            }
            if tree[parent].kind == .call,
                tree.lastName(of: tree[parent].children[0]).hasPrefix("curl_")
            {
                let words = tree.arguments(of: parent).map { tree.lastName(of: $0.value) }
                if words.contains("CURLOPT_CUSTOMREQUEST"),
                    let last = tree.arguments(of: parent).last,
                    let verb = tree.literal(last.value).flatMap(verb)
                {
                    return verb
                }
                if words.contains("CURLOPT_POST") || words.contains("CURLOPT_POSTFIELDS") {
                    return "POST"
                }
                if words.contains("CURLOPT_NOBODY") { return "HEAD" }
            }
        }
        return nil
    }

    private func shellMethod(_ call: NodeRef) -> String? {
        let tree = facts.units[call.unit].tree
        let name = tree.lastName(of: facts.node(call).children[0])
        let words = tree.arguments(of: call.node).map {
            tree.literal($0.value) ?? headText($0.value, tree)
        }
        var method = "GET"
        for (index, word) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1] : ""
            switch word {
            case "-X", "--request", "--method": method = next.uppercased()
            case "-d", "--data", "--data-raw", "--data-binary", "--data-urlencode", "--json", "-F",
                "--form", "--post-data", "--post-file", "--data-ascii":
                if method == "GET" { method = "POST" }
            case "-G", "--get": return "GET"
            case "-I", "--head", "--spider": if method == "GET" { method = "HEAD" }
            case "-T", "--upload-file": method = "PUT"
            default:
                if word.hasPrefix("-X"), word.utf8.count > 2 {
                    method = String(word.dropFirst(2)).uppercased()
                }
                for prefix in ["--request=", "--method="] where word.hasPrefix(prefix) {
                    method = String(word.dropFirst(prefix.count)).uppercased()
                }
                for prefix in ["--data=", "--post-data=", "--post-file=", "-d"]
                where word.hasPrefix(prefix) && word.utf8.count > prefix.utf8.count
                    && !word.hasPrefix("-d-")
                {
                    if method == "GET", !word.hasPrefix("--dump") { method = "POST" }
                }
                if word.hasPrefix("-"), !word.hasPrefix("--"), name == "curl", word.utf8.count > 2,
                    word.contains("I")
                {
                    method = "HEAD"
                }
                if ["http", "https", "xh"].contains(name), Self.verbs.contains(word) {
                    method = word
                }
            }
        }
        // A combined short option: -sX DELETE
        for (index, word) in words.enumerated()
        where word.hasPrefix("-") && !word.hasPrefix("--") && word.hasSuffix("X")
            && word.utf8.count > 2
        {
            if index + 1 < words.count { method = words[index + 1].uppercased() }
        }
        return method.isEmpty || method.hasPrefix("$") ? nil : method
    }

    private func headText(_ id: NodeID, _ tree: SyntaxTree) -> String {
        if case .text(let text, _)? = tree.parts(of: id).first { return text }
        return ""
    }

    // MARK: Version header

    /// How a request uses the version header.
    func versionUse(of sink: Flow.Sink, header: VersionHeader, context: inout RequestContext)
        -> APIVersionUse
    {
        let headers = HeaderFacts(facts: facts, header: header.name)
        var folding = Folding(facts: facts)
        var found = context.search(for: sink) { ref, bindings -> (HeaderFacts.Value, Bindings)? in
            headers.value(at: ref).map { ($0, bindings) }
        }
        var attempts = 0
        while let (value, bindings) = found, attempts < 1 {
            attempts += 1
            if let use = use(of: value, bindings, header, headers, &folding) { return use }
            found = nil
        }
        return APIVersionUse(versionClass: .implicit)
    }

    func use(
        of value: HeaderFacts.Value, _ bindings: Bindings, _ header: VersionHeader,
        _ headers: HeaderFacts,
        _ folding: inout Folding
    ) -> APIVersionUse? {
        var folded: Folded
        let ref: NodeRef
        switch value {
        case .expression(let expression):
            ref = expression
            folded = folding.fold(expression, bindings)
            if isNothing(expression, bindings) { return nil }
        case .inline(let string):
            ref = string
            var headers = headers
            folded = headers.inlineValue(string, &folding, bindings)
        }
        // `headers = "X-Version=${api.version}"`
        if let set = folded.template.literal.flatMap({ folding.placeholder($0.trimmingSpaces) }) {
            folded = set
        }
        let place = folded.evidence.last?.place ?? facts.place(ref)
        if let literal = folded.template.literal {
            let value = literal.trimmingSpaces
            guard !value.isEmpty,
                !["none", "null", "nil", "undefined"].contains(value.lowercased())
            else { return nil }
            return APIVersionUse(
                versionClass: header.versionClass(of: value), value: value, evidence: place)
        }
        for case .hole(let hole) in folded.template.pieces where hole.fallback != nil {
            return APIVersionUse(versionClass: .dynamic, value: hole.fallback, evidence: place)
        }
        // A function or conditional that ends in a literal of the header's: its fallback.
        return APIVersionUse(versionClass: .dynamic, value: nil, evidence: place)
    }

    /// A parameter that no caller sets, with a default that says nothing.
    private func isNothing(_ ref: NodeRef, _ bindings: Bindings) -> Bool {
        var current = ref
        var hops = 0
        while hops < 4 {
            hops += 1
            let node = facts.node(current)
            if node.kind == .call || node.kind == .unary || node.kind == .argument,
                let last = node.children.last
            {
                current = facts.with(current, last)
                continue
            }
            break
        }
        guard facts.kind(current) == .name || facts.kind(current) == .member else { return false }
        let text = facts.node(current).text
        if ["None", "null", "nil", "undefined"].contains(text) { return true }
        if case .parameter(let parameter) = lookup.definitions(of: current, bindings) {
            if let bound = bindings[parameter], bound != parameter {
                return isNothing(bound, bindings)
            }
            if let fallback = facts.node(parameter).children.first {
                let text = facts.units[parameter.unit].tree.lastName(of: fallback)
                return ["None", "null", "nil", "undefined"].contains(text)
            }
        }
        return false
    }

    // MARK: Base

    private static let baseKeys: Set<String> = [
        "baseurl", "baseuri", "prefixurl", "baseaddress", "rooturi", "rooturl", "url", "host",
        "hostname", "endpoint",
        "apiurl", "serverurl", "basepath", "server", "domain", "baseendpoint", "apibase", "apiroot",
        "hosturl", "apibaseurl", "servername", "base", "uri", "apihost", "baselink",
        "baseaddressuri", "hostname", "address",
    ]
    private static let baseCalls: Set<String> = [
        "HTTPSConnection", "HTTPConnection", "RestClient", "baseUrl", "baseURL", "base_url",
        "base_uri", "url", "rootUri", "setBaseUrl",
        "SetBaseURL", "SetHostURL", "BaseURL", "host", "setHost", "target", "request", "new",
        "Client", "HttpClient", "HTTPClient", "RestClientOptions",
        "For", "withBaseUrl", "WithBaseUrl", "create", "FlurlClient", "start", "SetBaseAddress",
        "Uri", "BaseUrl", "plug", "Session", "BaseUrlSession", "uri", "urlString",
        "defaultUriBuilderFactory", "DefaultUriBuilderFactory", "connect", "NewClient", "ApiClient",
        "Faraday", "nock", "initWithBaseURL:", "prefix", "persistent",
    ]

    /// The value of a base, where this node gives one.
    func baseValue(at ref: NodeRef) -> NodeRef? {
        let tree = facts.units[ref.unit].tree
        let node = tree[ref.node]
        switch node.kind {
        case .pair, .argument:
            guard let value = node.children.last,
                Self.baseKeys.contains(TreeFacts.settingKey(node.text)),
                ![.lambda, .map].contains(tree[value].kind)
            else { return nil }
            return facts.with(ref, value)
        case .assign:
            guard node.children.count > 1 else { return nil }
            let name = NameTable.targetName(node.children[0], tree)
            guard Self.baseKeys.contains(TreeFacts.settingKey(name)) else { return nil }
            return facts.with(ref, node.children[1])
        case .parameter:
            guard let value = node.children.first,
                Self.baseKeys.contains(TreeFacts.settingKey(node.text))
            else { return nil }
            return facts.with(ref, value)
        case .list:
            // Tesla: `{Tesla.Middleware.BaseUrl, "https://…"}`
            guard node.children.count == 2, tree.lastName(of: node.children[0]) == "BaseUrl" else {
                return nil
            }
            return facts.with(ref, node.children[1])
        case .call:
            var callee = tree.lastName(of: node.children[0])
            // `require("superagent-prefix")("https://…")`
            if tree[node.children[0]].kind == .call, callee == "require",
                let module = tree.arguments(of: node.children[0]).first,
                tree.literal(module.value)?.hasSuffix("prefix") ?? false
            {
                callee = "prefix"
            }
            guard Self.baseCalls.contains(callee) || callee.first?.isUppercase ?? false else {
                return nil
            }
            // Tesla: `plug Tesla.Middleware.BaseUrl, "https://…"`
            for argument in node.children.dropFirst(callee == "plug" ? 2 : 1).prefix(2)
            where !["class", "java", "self"].contains(tree[argument].text) {
                if tree[argument].kind == .string || tree[argument].kind == .name
                    || tree[argument].kind == .member || tree[argument].kind == .call
                    || tree[argument].kind == .binary
                {
                    if Self.baseCalls.contains(callee) || tree[argument].kind == .string {
                        return facts.with(ref, argument)
                    }
                }
            }
            return nil
        default: return nil
        }
    }

    /// The base that a client joins before a relative path.
    func base(of sink: Flow.Sink, context: inout RequestContext) -> Folded? {
        let facts = self
        return context.search(for: sink, receiversOnly: true) { ref, bindings -> Folded? in
            guard let value = facts.baseValue(at: ref), value != sink.expression,
                !(value.unit == sink.expression.unit
                    && facts.facts.units[value.unit].tree.contains(value.node, sink.expression.node))
            else { return nil }
            var folding = Folding(facts: facts.facts)
            let folded = folding.fold(value, bindings)
            guard facts.isBase(folded, value) else { return nil }
            var result = folded
            result.evidence.append(Evidence(place: facts.facts.place(value), note: "base URL"))
            return result
        }
    }

    private func isBase(_ folded: Folded, _ value: NodeRef) -> Bool {
        let template = folded.template
        if template.head.contains("://") { return true }
        if case .hole(let hole)? = template.pieces.first {
            if hole.fallback?.contains("://") ?? false { return true }
            return template.pieces.count > 1 || facts.kind(value) != .call && hole.isSetting
        }
        // A host alone.
        guard let literal = template.literal, !literal.hasPrefix("/"), !literal.contains(" ") else {
            return false
        }
        let host = literal.split(separator: "/").first ?? ""
        return host.contains(".") && host.split(separator: ".").count > 2
            && !literal.hasSuffix(".json") && !literal.hasSuffix(".js")
    }
}

extension String {
    /// Without blanks at both ends.
    var trimmingSpaces: String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text = text.dropFirst() }
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        return String(text)
    }
}

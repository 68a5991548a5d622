import Deprecations

/// Follows a value forward: from where a URL's text stands to the call that sends it.
struct Flow {
    /// Where a value ends up.
    struct Sink: Sendable {
        /// What happens there.
        enum Role: Sendable {
            /// A call sends it.
            case request
            /// Shown, compared, thrown: only text.
            case mention
            /// A server's own route.
            case route
            /// A test double.
            case mock
            /// An annotation of an interface or class.
            case declaration
            /// The URL is built, and nothing is seen that sends it.
            case built
            /// An entry of a table that describes requests: `{ method: "GET", path: "…" }`.
            case described
            /// A constant that nothing uses.
            case unused
        }

        var role: Role
        /// The widest expression that is still the URL.
        var expression: NodeRef
        /// The call at the end.
        var call: NodeRef?
        /// What parameters stand for there.
        var bindings: Bindings
        /// The name by which a constant or setting is used; nil where the text itself is.
        var use: NodeRef?
        /// The first call on the way in the file of the site.
        var firstCall: NodeRef?
        /// Functions that were entered through a call.
        var entered: [NodeRef] = []
        /// Calls by which they were entered, outermost first.
        var callers: [NodeRef] = []
        var evidence: [Evidence] = []
        /// Whether the value is a link that an answer held, not a URL that the code built.
        var isLink = false
    }

    /// The state on the way.
    struct State {
        var bindings: Bindings = [:]
        var use: NodeRef?
        var firstCall: NodeRef?
        var entered: [NodeRef] = []
        var callers: [NodeRef] = []
        var evidence: [Evidence] = []
        /// The item of a list of words (`["curl", url]`) that is the URL.
        var item: NodeRef?
        /// Where in a record or tuple the value stands, and how many items that has.
        var position: (index: Int, count: Int)?
        /// The URL in a request that is made in place: `send(Request(url))`.
        var url: NodeRef?
        var depth = 0
    }

    let facts: TreeFacts
    let lookup: Lookup
    let doubles: TestDoubles
    private var sinks: [Sink] = []
    private var visited: Set<NodeRef> = []
    private var steps = 0
    /// The unit in which the site stands.
    private(set) var homeUnit = -1

    init(facts: TreeFacts) {
        self.facts = facts
        lookup = Lookup(facts: facts)
        doubles = TestDoubles(facts: facts)
    }

    /// All ends of the value at `start`.
    mutating func sinks(of start: NodeRef) -> [Sink] {
        sinks = []
        visited = []
        steps = 0
        facts.memory.begin()
        homeUnit = start.unit
        climb(start, State())
        return sinks
    }

    /// All ends of the value that a setting gives where it is read.
    mutating func sinks(ofUse use: NodeRef) -> [Sink] {
        sinks = []
        visited = []
        steps = 0
        facts.memory.begin()
        homeUnit = use.unit
        var state = State()
        state.use = use
        climb(use, state)
        return sinks
    }

    mutating func end(
        _ role: Sink.Role, _ expression: NodeRef, _ call: NodeRef?, _ state: State
    ) {
        guard sinks.count < 64 else { return }
        var expression = expression
        if facts.kind(expression) == .list, let item = state.item { expression = item }
        if role == .request || role == .built, let url = state.url { expression = url }
        var first = state.firstCall
        if first == nil, let call, call.unit == (state.use?.unit ?? homeUnit) { first = call }
        sinks.append(
            Sink(
                role: role, expression: expression, call: call, bindings: state.bindings,
                use: state.use,
                firstCall: first, entered: state.entered, callers: state.callers,
                evidence: state.evidence))
    }

    // MARK: Climbing

    mutating func climb(_ ref: NodeRef, _ incoming: State) {
        var state = incoming
        state.depth += 1
        steps += 1
        guard state.depth < 40, steps < 600, sinks.count < 64 else { return }
        guard visited.insert(ref).inserted else { return }
        guard let parent = facts.parent(ref) else { return end(.built, ref, nil, state) }
        let node = facts.node(parent)
        switch node.kind {
        case .string:
            // Inside a shell's `$(…)` or an interpolation.
            climb(parent, state)
        case .binary: climbBinary(ref, parent, node, state)
        case .unary: climb(parent, state)
        case .argument:
            if Self.describingArguments.contains(node.text), isSent(parent) {
                end(.mention, ref, nil, state)
            } else {
                climb(parent, state)
            }
        case .conditional:
            if node.children.first == ref.node {
                end(.mention, ref, nil, state)
            } else {
                state.bindings[parent] = ref
                climb(parent, state)
            }
        case .list:
            if node.text == "|" { return end(.built, ref, nil, state) }
            state.item = state.item ?? ref
            if node.children.count > 1, let index = node.children.firstIndex(of: ref.node) {
                state.position = (index, node.children.count)
            }
            climb(parent, state)
        case .map: climb(parent, state)
        case .pair:
            if node.children.first == ref.node, node.children.count > 1 {
                climbKey(ref, parent, state)
            } else {
                climbPair(ref, parent, node, state)
            }
        case .index:
            if node.children.first == ref.node {
                climb(parent, state)
            } else {
                end(.mention, ref, nil, state)
            }
        case .member: climbMember(ref, parent, node, state)
        case .call: climbCall(ref, parent, node, state)
        case .assign: climbAssignment(ref, parent, node, state)
        case .returned:
            if node.text == "return" || node.text == "yield" {
                leaveFunction(from: parent, value: ref, state)
            } else {
                end(.mention, ref, nil, state)
            }
        case .block: climbBlock(ref, parent, node, state)
        case .lambda, .function: leaveFunction(from: ref, value: ref, state)
        case .annotation: end(.declaration, ref, parent, state)
        case .parameter: usesOfParameter(parent, value: ref, state)
        case .loop, .branch: climbHead(ref, parent, node, state)
        case .type, .imported, .name, .number: end(.built, ref, nil, state)
        }
    }

    private mutating func climbBinary(
        _ ref: NodeRef, _ parent: NodeRef, _ node: Node, _ state: State
    ) {
        switch node.text {
        case "==", "!=", "===", "!==", "<", ">", "<=", ">=", "=~", "is", "instanceof", "eq", "ne",
            "like",
            "%in%":
            end(answersInDouble(ref) ? .mock : .mention, ref, nil, state)
        case "in":
            if node.children.last == ref.node, let name = node.children.first {
                // for url in [ … ]
                usesOfName(facts.with(parent, name), within: facts.parent(parent), state)
            } else {
                end(.mention, ref, nil, state)
            }
        case "|>":
            if node.children.first == ref.node {
                climbPipe(ref, parent, node, state)
            } else {
                climb(parent, state)
            }
        case "=": climb(parent, state)
        default: climb(parent, state)
        }
    }

    private mutating func climbPipe(_ ref: NodeRef, _ parent: NodeRef, _ node: Node, _ state: State)
    {
        let call = facts.with(parent, node.children[1])
        guard facts.kind(call) == .call else { return climb(parent, state) }
        let name = facts.units[call.unit].tree.lastName(of: call.node)
        if case .sends? = CallRole.named(name) {
            var state = state
            state.firstCall = state.firstCall ?? call
            return end(.request, parent, call, state)
        }
        climb(parent, state)
    }

    /// Elixir's and R's calls that name a request's URL, which the pipeline then sends.
    static let pipelineRequests: Set<String> = ["Finch.build", "req_template"]

    /// The text is the key of a map: a fake's URL, a route, a header.
    private mutating func climbKey(_ ref: NodeRef, _ parent: NodeRef, _ state: State) {
        // Perl's fat comma between arguments: `$ua->get($url => { … })`
        if facts.language(ref) == "perl", facts.kind(ref) == .name,
            let call = facts.parent(parent), facts.kind(call) == .call
        {
            return handle(call, argument: ref, state, isReceiver: false)
        }
        var current: NodeRef? = parent
        var hops = 0
        while let here = current, hops < 8 {
            hops += 1
            if facts.kind(here) == .call {
                let name = facts.units[here.unit].tree.lastName(of: facts.node(here).children[0])
                if case .mocks? = CallRole.named(name) { return end(.mock, ref, here, state) }
                if case .routes? = CallRole.named(name) { return end(.route, ref, here, state) }
            }
            current = facts.parent(here)
        }
        end(facts.units[ref.unit].role == .test ? .mock : .mention, ref, nil, state)
    }

    private static let urlKeys: Set<String> = [
        "url", "uri", "path", "pathname", "endpoint", "href", "relativepath", "resource",
        "requesturl",
        "baseurl", "target", "prefixurl", "curlopturl", "address", "host", "hostname",
    ]

    private mutating func climbPair(_ ref: NodeRef, _ parent: NodeRef, _ node: Node, _ state: State)
    {
        guard let map = facts.parent(parent),
            facts.kind(map) == .map || facts.kind(map) == .list || facts.kind(map) == .call
        else { return climb(parent, state) }
        let isURLKey = Self.urlKeys.contains(TreeFacts.settingKey(node.text))
        if facts.kind(map) == .call {
            return climb(parent, state)
        }
        // The options of a request stand in the call, or in a variable that goes into it.
        if isURLKey, let outer = facts.parent(map),
            reachesCall(outer)
                || facts.units[ref.unit].tree.function(around: map.node).map({
                    facts.parent(facts.with(map, $0)).map { endpointBuilder(of: $0) != nil }
                        ?? false
                }) ?? false
        {
            return climb(map, state)
        }
        if TreeFacts.settingKey(node.text) == "location" {
            if let call = doubleCall(around: map) { return end(.mock, ref, call, state) }
            if facts.units[ref.unit].role == .test { return end(.mock, ref, nil, state) }
        }
        if let call = describedCall(map, isURLKey: isURLKey) {
            return end(.described, ref, call, state)
        }
        // A table of constants: whoever reads the entry uses it.
        usesOfEntry(parent, key: node.text, state)
    }

    /// The call of a test double that a record belongs to: `reply(202, "", { Location: … })`.
    private func doubleCall(around record: NodeRef) -> NodeRef? {
        var current: NodeRef? = record
        var hops = 0
        while let here = current, hops < 16 {
            hops += 1
            switch facts.kind(here) {
            case .call:
                let tree = facts.units[here.unit].tree
                let path = tree.path(of: tree[here.node].children[0])
                if isMock(here, NameTable.key(path.last ?? ""), path) { return here }
            case .block, .type: return nil
            default: break
            }
            current = facts.parent(here)
        }
        return nil
    }

    /// The call of an endpoint that a query's function describes: `build.query({ query: id => path })`.
    private func endpointBuilder(of entry: NodeRef) -> NodeRef? {
        guard facts.kind(entry) == .pair, facts.node(entry).text == "query",
            ["javascript", "typescript"].contains(facts.language(entry)),
            let map = facts.parent(entry), let outer = facts.parent(map)
        else { return nil }
        let call = facts.kind(outer) == .argument ? facts.parent(outer) ?? outer : outer
        guard facts.kind(call) == .call else { return nil }
        let tree = facts.units[call.unit].tree
        return ["query", "mutation"].contains(tree.lastName(of: tree[call.node].children[0]))
            ? call : nil
    }

    private func reachesCall(_ ref: NodeRef) -> Bool {
        var current: NodeRef? = ref
        var hops = 0
        while let here = current, hops < 4 {
            switch facts.kind(here) {
            case .call: return true
            case .argument, .unary: current = facts.parent(here)
            case .assign:
                return facts.units[here.unit].tree.function(around: here.node) != nil
                    || isHandedToCall(here)
            case .returned: return isHandedOut(here)
            default: return false
            }
            hops += 1
        }
        return false
    }

    /// Whether a call takes the variable that an assignment sets: `Invoke-WebRequest @options`.
    func isHandedToCall(_ assignment: NodeRef) -> Bool {
        let unit = facts.units[assignment.unit]
        let tree = unit.tree
        let target = tree[assignment.node].children[0]
        guard tree[target].kind == .name else { return false }
        return (unit.names.uses[facts.key(tree[target].text, in: assignment)] ?? []).contains {
            use in
            var child = use
            var parent = tree[use].parent
            while parent >= 0, [.unary, .argument].contains(tree[parent].kind) {
                child = parent
                parent = tree[parent].parent
            }
            return parent >= 0 && tree[parent].kind == .call && tree[parent].children.first != child
                && isSending(tree.lastName(of: parent))
        }
    }

    private static let textMembers: Set<String> = ["length", "count", "size"]
    /// Properties that read what a URL answers.
    private static let readingMembers: Set<String> = ["text", "bytes", "content"]

    private mutating func climbMember(
        _ ref: NodeRef, _ parent: NodeRef, _ node: Node, _ incoming: State
    ) {
        var state = incoming
        guard let grand = facts.parent(parent), facts.kind(grand) == .call,
            facts.node(grand).children.first == parent.node
        else {
            if Self.textMembers.contains(node.text) { return end(.mention, ref, nil, state) }
            if Self.readingMembers.contains(node.text), facts.language(ref) == "groovy" {
                // `new URL("…").text` sends the request.
                state.firstCall = state.firstCall ?? parent
                return end(.request, ref, parent, state)
            }
            return climb(parent, state)
        }
        switch TextOperation.named(node.text) {
        case .some: return climb(grand, state)
        case nil: break
        }
        if isURLObject(ref) || facts.kind(ref) == .call {
            return handle(grand, argument: ref, state, isReceiver: true)
        }
        switch CallRole.named(node.text) {
        case .compares: return end(.mention, ref, grand, state)
        case .shows: return end(.mention, ref, grand, state)
        case .sends, .prepares: return handle(grand, argument: ref, state, isReceiver: true)
        default: return climb(grand, state)
        }
    }

    private static let describingArguments: Set<String> = [
        "name", "label", "description", "title", "summary", "message", "help", "tags", "reason",
    ]

    /// Whether a call that sends something takes the argument.
    private func isSent(_ argument: NodeRef) -> Bool {
        guard let call = facts.parent(argument), facts.kind(call) == .call else { return false }
        return isSending(facts.units[call.unit].tree.lastName(of: facts.node(call).children[0]))
    }

    private func isURLObject(_ ref: NodeRef) -> Bool {
        facts.kind(ref) == .name
    }

    private mutating func climbCall(_ ref: NodeRef, _ parent: NodeRef, _ node: Node, _ state: State)
    {
        if node.children.first == ref.node { return climb(parent, state) }
        if let outer = facts.parent(parent), facts.kind(outer) == .annotation {
            return end(.declaration, ref, outer, state)
        }
        if Folding.takesSegments(parent, facts) {
            let chained = sendingChain(from: parent) ?? parent
            var state = state
            state.firstCall = state.firstCall ?? chained
            return end(.request, parent, chained, state)
        }
        handle(parent, argument: ref, state, isReceiver: false)
    }

    // MARK: Calls

    mutating func handle(
        _ call: NodeRef, argument: NodeRef, _ incoming: State, isReceiver: Bool
    ) {
        var state = incoming
        let tree = facts.units[call.unit].tree
        guard let callee = tree[call.node].children.first else { return climb(call, state) }
        let name = NameTable.key(tree.lastName(of: callee))
        let path = tree.path(of: callee)
        if call.unit == (state.use?.unit ?? homeUnit), state.firstCall == nil, state.entered.isEmpty
        {
            // Remembered only when something is sent at the end.
            if isSending(name) { state.firstCall = call }
        }
        if isReceiver, entersBlock(of: call, name, argument, state) { return }
        if Self.pipelineRequests.contains(path.suffix(2).joined(separator: "."))
            || Self.pipelineRequests.contains(name)
        {
            state.url = state.url ?? argument
            return climb(call, state)
        }
        if isThrown(call) { return end(.mention, argument, call, state) }
        if !isReceiver, setsObjectPath(call, name, argument, state) { return }
        // The project's own functions first.
        if !isReceiver, let function = lookup.function(calledBy: call, state.bindings),
            !state.entered.contains(function), state.entered.count < 6,
            facts.units[function.unit].tree.body(of: function.node) != nil
        {
            return enter(function, call: call, argument: argument, state)
        }
        if !isReceiver, keptInField(call, name, argument, state) { return }
        if let function = facts.units[call.unit].tree.function(around: call.node),
            TextAccumulation.fills.contains(name),
            let holder = mutatedVariable(call)
        {
            return usesOfLocal(holder, from: call, in: function, value: argument, state)
        }
        if doubles.isVerified(call) { return end(.mention, argument, call, state) }
        if isMock(call, name, path) { return end(.mock, argument, call, state) }
        if isRoute(call, name, path), !isAbsolute(argument, state) {
            return end(.route, argument, call, state)
        }
        if facts.language(call) == "shell" { return shellCommand(call, name, argument, state) }
        if Self.effectRunners.contains(name), path.count > 1, isClientLike(path[0]),
            facts.language(call) == "scala"
        {
            state.firstCall = state.firstCall ?? call
            return end(.request, argument, call, state)
        }
        switch CallRole.named(name) {
        case .compares:
            if name == "match" || name == "search" || name == "test" || name == "query",
                path.count > 1,
                isClientLike(path[0])
            {
                break
            }
            if isPattern(name), let outer = doubleAround(call) {
                return end(.mock, argument, outer, state)
            }
            return end(answersInDouble(argument) ? .mock : .mention, argument, call, state)
        case .shows:
            if TextOperation.named(name) == nil { return end(.mention, argument, call, state) }
        case .mocks where facts.units[call.unit].role == .test:
            return end(.mock, argument, call, state)
        default: break
        }
        if name == "https" || name == "http", path.count > 1 { return climb(call, state) }
        if facts.language(call) == "sql", name.hasPrefix("http") || name.hasPrefix("net.http") {
            state.firstCall = state.firstCall ?? call
            return end(.request, argument, call, state)
        }
        if let operation = TextOperation.named(name), operation.isStructural,
            !sendsForSure(call, name, path)
        {
            if prepares(call, name, path) { return prepared(call, argument, state) }
            return climb(call, state)
        }
        switch CallRole.named(name) {
        case .sends where opensOnly(call, name, path): return prepared(call, argument, state)
        case .sends:
            if let chained = sendingChain(from: call), chained != call {
                state.firstCall = state.firstCall ?? call
                return end(.request, argument, chained, state)
            }
            state.firstCall = state.firstCall ?? call
            return end(.request, argument, call, state)
        case .prepares: return prepared(call, argument, state)
        case .mocks, .routes, .shows, .compares, nil: break
        }
        if tree[callee].kind == .name, isClientInstance(facts.with(call, callee)) {
            state.firstCall = state.firstCall ?? call
            return end(.request, argument, call, state)
        }
        let lower = name.lowercased()
        if ["get", "fetch", "request", "send", "call", "poll", "query", "load", "download"]
            .contains(where: {
                lower.hasPrefix($0) || lower.hasSuffix($0)
            })
        {
            state.firstCall = state.firstCall ?? call
            return end(.request, argument, call, state)
        }
        if [
            "url", "uri", "path", "link", "endpoint", "encode", "build", "make", "create", "new",
            "to", "with",
        ].contains(where: {
            lower.hasPrefix($0) || lower.hasSuffix($0)
        }) {
            return prepared(call, argument, state)
        }
        // A type's constructor, an unknown function: the value may go on with the result.
        if name.first?.isUppercase ?? false { return prepared(call, argument, state) }
        climb(call, state)
    }

    /// Follows the field of a record that has no constructor of its own: `Started(link=…)`, then `started.link`.
    private mutating func keptInField(
        _ call: NodeRef, _ name: String, _ argument: NodeRef, _ state: State
    ) -> Bool {
        guard let type = lookup.type(named: name, at: call) else { return false }
        let tree = facts.units[call.unit].tree
        var holder: NodeID? = argument.node
        while let here = holder, tree[here].parent != call.node {
            holder = tree[here].parent >= 0 ? tree[here].parent : nil
        }
        guard let holder else { return false }
        let key =
            tree[holder].kind == .argument
            ? facts.key(tree[holder].text, in: call)
            : lookup.recordField(of: type, takenFrom: holder, in: call) ?? ""
        guard key.utf8.count > 1 else { return false }
        var found = false
        for use in (facts.uses[key] ?? []).prefix(60)
        where facts.kind(use) == .member && use.unit != type.unit
            || facts.kind(use) == .member && !tree.contains(type.node, use.node)
        {
            let base = facts.with(use, facts.node(use).children[0])
            guard lookup.typeOfExpression(base, [:], depth: 0) == type,
                !isTarget(use.node, facts.units[use.unit].tree)
            else { continue }
            found = true
            var state = state
            state.firstCall = nil
            bindRecord(use, value: argument, call: call, &state)
            climb(use, state)
        }
        // `var (link, pause) = Start();` takes a record apart.
        if !found, tree[holder].kind != .argument,
            let index = tree[call.node].children.dropFirst().firstIndex(of: holder)
        {
            var state = state
            state.position = (index - 1, tree[call.node].children.count - 1)
            found = takenApart(call, state)
        }
        return found
    }

    /// A variable that holds a client which is called itself: `const api = got.extend(…); api(path)`.
    private func isClientInstance(_ callee: NodeRef) -> Bool {
        guard ["javascript", "typescript"].contains(facts.language(callee)),
            case .values(let values, _) = lookup.definitions(of: callee), let value = values.last,
            facts.kind(value) == .assign, facts.node(value).children.count > 1
        else { return false }
        let tree = facts.units[value.unit].tree
        let made = facts.node(value).children[1]
        let path = tree.path(of: made)
        guard tree[made].kind == .call, path.count > 1,
            ["extend", "create", "defaults", "instance"].contains(path.last)
        else { return false }
        // `const legacy = client.extend(…)`
        let root = facts.with(value, tree.chainRoot(of: made))
        if root != callee, facts.kind(root) == .name, isClientInstance(root) { return true }
        return ["got", "axios", "ky", "request", "ofetch", "wretch", "$fetch"].contains(path[0])
    }

    func isSending(_ name: String) -> Bool {
        if case .sends? = CallRole.named(name) { return true }
        return false
    }

    private func sendsForSure(_ call: NodeRef, _ name: String, _ path: [String]) -> Bool {
        guard case .sends? = CallRole.named(name) else { return false }
        if name == "get" || name == "fetch" { return true }
        return false
    }

    /// `xhr.open("GET", url)`: a later call of the object sends it.
    private func opensOnly(_ call: NodeRef, _ name: String, _ path: [String]) -> Bool {
        name == "open" && path.count > 1
            && ["javascript", "typescript"].contains(facts.language(call))
    }

    func isClientLike(_ name: String) -> Bool {
        let lower = name.lowercased()
        return ["client", "http", "session", "api", "conn"].contains { lower.contains($0) }
    }

    private func prepares(_ call: NodeRef, _ name: String, _ path: [String]) -> Bool {
        guard case .prepares? = CallRole.named(name) else { return false }
        // `new URL(x)` and `URI.create(x)` are still the URL; `.uri(x)` of a builder is a request.
        if path.count >= 2,
            ["uri", "url", "setUrl", "setURL", "setUri", "endpoint", "to"].contains(name)
        {
            return true
        }
        if name == "new",
            path.contains(where: {
                ["Get", "Request", "Delete", "Post", "Put", "Patch", "Head"].contains($0)
            })
        {
            return true
        }
        return ["CreateHttp", "CreateRequest"].contains(name)
            || (name == "Create" && path.contains("WebRequest"))
            || (name == "create" && path.contains { $0.contains("Request") && !$0.contains("URI") })
    }

    func isMock(_ call: NodeRef, _ name: String, _ path: [String]) -> Bool {
        if doubles.isDouble(call) { return true }
        if case .routes? = CallRole.named(name), doubles.servesDoubles(call.unit) { return true }
        let role = facts.units[call.unit].role
        if case .mocks? = CallRole.named(name), role == .test { return true }
        if path.first == "cy", name == "request" { return false }
        if let first = path.first?.lowercased(),
            [
                "nock", "respx", "responses", "requests_mock", "httpretty", "aioresponses",
                "fetchmock", "wiremock", "mock", "server", "mockserver", "httpmock", "msw",
                "moxios", "axiosmock", "mockaxios", "m", "stub", "rest", "mockhttp", "router",
                "mux", "app", "cy", "requestsmock", "webmock", "scope", "interceptor",
                "mockadapter",
            ]
            .contains(first), role == .test, path.count > 1
        {
            return true
        }
        if role == .test,
            path.contains("fake") || path.contains("nock") || path.contains("stub_request")
        {
            return true
        }
        if role == .test {
            let tree = facts.units[call.unit].tree
            let root = tree.chainRoot(of: call.node)
            if tree[root].kind == .name,
                ["nock", "cy", "respx", "responses"].contains(tree[root].text)
            {
                return true
            }
            // `HandleFunc` in a test is the double's own server.
            if case .routes? = CallRole.named(name) { return true }
            if let outer = facts.units[call.unit].tree.ancestor(
                of: call.node, where: { $0.kind == .call }),
                case .mocks? = CallRole.named(tree.lastName(of: tree[outer].children[0]))
            {
                return true
            }
        }
        return false
    }

    /// Whether the URL names a host: a route never does.
    private func isAbsolute(_ url: NodeRef, _ state: State) -> Bool {
        var folding = Folding(facts: facts)
        return folding.fold(url, state.bindings).template.head.contains("://")
    }

    private static let routeOwners: Set<String> = [
        "app", "router", "route", "Route", "routes", "server", "mux", "r", "blueprint", "bp",
        "api_router",
        "Router", "Blueprint", "web", "fastify", "koaRouter", "group", "rg", "e", "engine", "v1",
        "api",
        "apiRouter", "express", "http", "endpoints", "expressApp", "srv", "hono",
    ]

    private func isRoute(_ call: NodeRef, _ name: String, _ path: [String]) -> Bool {
        let unit = facts.units[call.unit]
        if name == "Request" || name == "NewRequest" { return false }
        let arguments = unit.tree.arguments(of: call.node)
        let hasHandler = arguments.contains { argument in
            let kind = unit.tree[argument.value].kind
            return kind == .lambda || kind == .function
        }
        if case .routes? = CallRole.named(name) {
            if ["HandleFunc", "Handle", "MapGet", "add_url_rule", "add_route", "add_api_route"]
                .contains(name)
            {
                return true
            }
            let owner = path.dropLast().last ?? ""
            if name == "route" || name == "Route" || name == "use" || name == "all" || name == "Map"
                || name == "mount"
            {
                return Self.routeOwners.contains(owner) || hasHandler || owner.isEmpty
            }
            return path.count == 1
        }
        guard case .sends(let method)? = CallRole.named(name), method != nil || name == "all" else {
            return false
        }
        let owner = path.dropLast().last ?? ""
        let isWithHandler =
            hasHandler
            && ![
                "https", "http", "request", "axios", "got", "superagent", "$", "jQuery", "client",
                "fetch", "session", "HttpClient", "api",
            ].contains(owner)
        if Self.routeOwners.contains(owner), owner != "http" && owner != "api" || hasHandler {
            // `app.get("/x", handler)`, `router.get("/x", controller.show)`, `Route::get('/x', …)`
            return arguments.count > 1 && !looksLikeOptions(arguments, unit.tree)
                || ["Route", "router", "Router"].contains(owner)
        }
        if path.count == 1,
            hasHandler
                || arguments.contains(where: {
                    $0.name == "to" || $0.name == "action" || $0.name == "as"
                })
        {
            // Sinatra, Rails, Ktor: `get "/x" do`, `get "/x", to: …`, `get("/x") { … }`
            if unit.codeLanguage == "kotlin" || unit.codeLanguage == "ruby"
                || unit.codeLanguage == "elixir"
                || unit.codeLanguage == "groovy" || unit.codeLanguage == "scala"
                || unit.codeLanguage == "swift"
            {
                return unit.codeLanguage != "kotlin" || isServerFile(unit)
            }
        }
        if path.count == 1, unit.codeLanguage == "elixir", arguments.count >= 2 { return true }
        return isWithHandler && isServerFile(unit)
            && ["javascript", "typescript", "kotlin"].contains(unit.codeLanguage)
    }

    private func looksLikeOptions(_ arguments: [(name: String?, value: NodeID)], _ tree: SyntaxTree)
        -> Bool
    {
        arguments.dropFirst().allSatisfy { tree[$0.value].kind == .map || $0.name != nil }
    }

    private func isServerFile(_ unit: SourceUnit) -> Bool {
        unit.names.imports.contains { id in
            let text = unit.tree[id].text.lowercased()
            return [
                "express", "server", "fastify", "koa", "sinatra", "rails", "router", "routing",
                "vapor", "hono",
            ]
            .contains { text.contains($0) }
        }
    }

    // MARK: Prepared requests

    /// A call that makes a request object: the call that sends it follows it.
    private mutating func prepared(_ call: NodeRef, _ argument: NodeRef, _ incoming: State) {
        var state = incoming
        if let chained = sendingChain(from: call) {
            state.firstCall = state.firstCall ?? chained
            return end(.request, argument, chained, state)
        }
        if let sender = sender(ofObjectMadeBy: call) {
            if sender.unit == (state.use?.unit ?? homeUnit), state.entered.isEmpty {
                state.firstCall = sender
            }
            return end(.request, argument, sender, state)
        }
        if isURLValue(call) {
            // A builder's `.url(x)` is a request already.
            let callee = facts.units[call.unit].tree[call.node].children[0]
            if facts.units[call.unit].tree[callee].kind == .member,
                ["url", "uri"].contains(facts.units[call.unit].tree[callee].text)
            {
                state.url = state.url ?? argument
            }
            return climb(call, state)
        }
        // An argument of another call: `client.send(HttpRequest.newBuilder(uri).build())`.
        if let outer = enclosingCall(of: call) {
            state.url = state.url ?? argument
            return handle(outer.call, argument: outer.child, state, isReceiver: false)
        }
        state.firstCall = state.firstCall ?? call
        let made = facts.units[call.unit].tree.lastName(of: facts.node(call).children[0])
        // What only makes a record of the tree sends nothing.
        let isRecord = made.first?.isUppercase ?? false && lookup.type(named: made, at: call) != nil
        end(isRecord ? .built : .request, argument, isRecord ? nil : call, state)
    }

    private func isURLValue(_ call: NodeRef) -> Bool {
        let tree = facts.units[call.unit].tree
        let path = tree.path(of: tree[call.node].children[0])
        guard let last = path.last else { return false }
        return ["URL", "URI", "Uri", "Url", "create", "parse", "uri", "url"].contains(last)
    }

    private func enclosingCall(of ref: NodeRef) -> (call: NodeRef, child: NodeRef)? {
        var child = ref
        var current = facts.parent(ref)
        var hops = 0
        while let here = current, hops < 12 {
            hops += 1
            switch facts.kind(here) {
            case .call:
                if facts.node(here).children.first != child.node { return (here, child) }
                child = here
            case .member, .unary, .argument, .index: child = here
            case .binary where facts.node(here).text == "|>" || facts.node(here).text == "??":
                child = here
            default: return nil
            }
            current = facts.parent(here)
        }
        return nil
    }

    /// The call of the same chain that sends: `….uri(x).header(…).retrieve()`.
    func sendingChain(from call: NodeRef) -> NodeRef? {
        var current: NodeRef? = facts.parent(call)
        var child = call
        var found: NodeRef?
        var hops = 0
        while let here = current, hops < 40 {
            hops += 1
            let node = facts.node(here)
            switch node.kind {
            case .member where node.children.first == child.node: break
            case .call where node.children.first == child.node:
                let name = facts.units[here.unit].tree.lastName(of: node.children[0])
                // A builder's `get()` only names the method: what it builds is sent elsewhere.
                if ["build", "Build", "toRequest", "finish"].contains(name) { return nil }
                if isSending(name) { found = found ?? here }
                if [
                    "send", "retrieve", "execute", "invoke", "GetStringAsync", "GetJsonAsync",
                    "GetAsync", "exchange", "call", "perform", "req_perform",
                ].contains(name) {
                    found = found ?? here
                }
            case .unary, .index: break
            case .binary where node.text == "|>":
                if node.children.first == child.node {
                    let right = facts.with(here, node.children[1])
                    let name = facts.units[here.unit].tree.lastName(of: right.node)
                    if isSending(name) || name == "req_perform" { found = found ?? right }
                }
            default: return found
            }
            child = here
            current = facts.parent(here)
        }
        return found
    }

    /// The call that sends the object which `call` makes and a variable holds.
    private func sender(ofObjectMadeBy call: NodeRef) -> NodeRef? {
        let tree = facts.units[call.unit].tree
        // The statement that holds the object: an assignment, or a method of an object (`xhr.open`).
        var holder = ""
        var current = call.node
        while tree[current].parent >= 0 {
            let parent = tree[current].parent
            let node = tree[parent]
            if node.kind == .assign, node.children.count > 1 {
                holder = firstName(node.children[0], tree)
                break
            }
            if node.kind == .binary || node.kind == .pair || node.kind == .argument
                || node.kind == .map || node.kind == .lambda
                || node.kind == .block || node.kind == .returned || node.kind == .list
            {
                if node.kind != .binary && node.kind != .block { break }
            }
            if node.kind == .call, node.children.first != current { break }
            if node.kind == .block { break }
            current = parent
        }
        if holder.isEmpty {
            let callee = tree[call.node].children[0]
            if tree[callee].kind == .member {
                let root = tree.chainRoot(of: callee)
                if tree[root].kind == .name { holder = NameTable.key(tree[root].text) }
            } else if let first = tree.arguments(of: call.node).first,
                tree[first.value].kind == .name
            {
                holder = NameTable.key(tree[first.value].text)  // curl_easy_setopt(curl, …)
            }
        }
        let isModule =
            ["http", "https"].contains(holder) && facts.language(call) != "vba"
        guard !holder.isEmpty, !isModule, !["self", "this"].contains(holder) else { return nil }
        let scope = tree.function(around: call.node) ?? tree.root
        var candidates: [NodeID] = []
        for use in facts.units[call.unit].names.uses[facts.key(holder, in: call)] ?? [] {
            guard tree.contains(scope, use), !tree.contains(call.node, use),
                tree[use].start > tree[call.node].start
            else { continue }
            // As receiver of a sending call, or argument of one.
            var child = use
            var parent = tree[use].parent
            var hops = 0
            while parent >= 0, hops < 10 {
                hops += 1
                let node = tree[parent]
                if node.kind == .call {
                    let name = tree.lastName(of: node.children[0])
                    // `http.request(object)` sends it, `object.open(…)` does not yet.
                    let isArgument = node.children.first != child
                    let sendsIt =
                        isSending(name)
                        && (isArgument && name == "request"
                            || !["Open", "open", "request"].contains(name))
                        || [
                            "send", "Send", "GetResponse", "getResponseCode", "getInputStream",
                            "getResponse", "connect", "execute", "GetResponseAsync", "curl_exec",
                            "curl_easy_perform", "dataTask", "data", "responseCode",
                        ].contains(name)
                        || name.hasPrefix("curl_easy_perform") || name.hasPrefix("dataTask")
                    if sendsIt {
                        candidates.append(parent)
                        break
                    }
                }
                if [.block, .assign, .returned, .loop, .branch, .function].contains(node.kind) {
                    break
                }
                child = parent
                parent = node.parent
            }
        }
        return candidates.min { tree[$0].start < tree[$1].start }.map { facts.with(call, $0) }
    }

    private func firstName(_ id: NodeID, _ tree: SyntaxTree) -> String {
        switch tree[id].kind {
        case .list, .map: return tree[id].children.first.map { firstName($0, tree) } ?? ""
        case .pair: return tree[id].children.last.map { firstName($0, tree) } ?? ""
        default: return NameTable.key(tree.lastName(of: id))
        }
    }

    // MARK: Shell

    private static let textCommands: Set<String> = [
        "echo", "printf", "grep", "sed", "awk", "test", "[", "[[", "log", "die", "warn", "info",
        "logger", "rg", "jq",
        "basename", "dirname", "cut", "tr", "case", "cat", "tee",
    ]

    private mutating func shellCommand(
        _ call: NodeRef, _ name: String, _ argument: NodeRef, _ incoming: State
    ) {
        var state = incoming
        let tool = name.split(separator: "/").last.map(String.init) ?? name
        if Self.textCommands.contains(tool) { return end(.mention, argument, call, state) }
        state.firstCall = state.firstCall ?? call
        end(.request, argument, call, state)
    }

    // MARK: Definitions

    private mutating func climbAssignment(
        _ ref: NodeRef, _ parent: NodeRef, _ node: Node, _ state: State
    ) {
        guard node.children.count > 1, node.children[1] == ref.node else {
            return end(.mention, ref, nil, state)
        }
        let target = facts.with(parent, node.children[0])
        let tree = facts.units[parent.unit].tree
        let targetNode = tree[target.node]
        // `@GetMapping(value = "/x", …)`
        if let call = facts.parent(parent), facts.kind(call) == .call,
            let annotation = facts.parent(call), facts.kind(annotation) == .annotation
        {
            let isPath = ["value", "path", "uri", "url"].contains(targetNode.text)
            return end(isPath ? .declaration : .mention, ref, isPath ? annotation : nil, state)
        }
        if targetNode.kind == .list || targetNode.kind == .map {
            return climbTuple(ref, parent, targetNode, state)
        }
        if targetNode.kind == .member || targetNode.kind == .index {
            if let owner = targetNode.children.first,
                assignsRequestURL(targetNode.text, owner, tree)
            {
                return preparedProperty(parent, owner: facts.with(parent, owner), value: ref, state)
            }
        }
        let name = NameTable.key(NameTable.targetName(target.node, tree))
        guard !name.isEmpty else { return end(.built, ref, nil, state) }
        let function = tree.function(around: parent.node)
        let isLocal =
            function != nil && targetNode.kind == .name && !targetNode.text.hasPrefix("@")
            && !isFieldOfType(name, at: parent)
        if isLocal, let function {
            return usesOfLocal(name, from: parent, in: function, value: ref, state)
        }
        if targetNode.kind == .name, isBuiltInOrder(ref, parent, name, state) {
            return usesOfLocal(name, from: parent, in: tree.root, value: ref, state)
        }
        usesOfConstant(name, definition: parent, value: ref, state)
    }

    private static let scriptLanguages: Set<String> = [
        "python", "javascript", "typescript", "ruby", "php", "shell", "powershell", "perl", "r",
        "groovy", "lua", "dart",
    ]

    /// Whether a script's own line builds the URL, id and all, and what follows only hands it on.
    private func isBuiltInOrder(
        _ value: NodeRef, _ assignment: NodeRef, _ name: String, _ state: State
    ) -> Bool {
        let unit = facts.units[assignment.unit]
        let tree = unit.tree
        guard state.depth < 8, Self.scriptLanguages.contains(unit.codeLanguage),
            tree.function(around: assignment.node) == nil,
            tree.type(around: assignment.node) == nil,
            [.string, .binary, .call, .map].contains(facts.kind(value))
        else { return false }
        if facts.kind(value) == .map { return isHandedToCall(assignment) }
        guard endsUnknown(value, state) else { return false }
        return (unit.names.uses[facts.key(name, in: assignment)] ?? []).contains {
            tree[$0].start > tree[assignment.node].end && !isTarget($0, tree)
        }
    }

    /// Whether what a text ends with is not known before run time.
    private func endsUnknown(_ value: NodeRef, _ state: State) -> Bool {
        let tree = facts.units[value.unit].tree
        var last = value.node
        var hops = 0
        while hops < 200 {
            hops += 1
            switch tree[last].kind {
            case .binary, .call, .list, .argument:
                guard let child = tree[last].children.last else { return false }
                last = child
                continue
            case .string:
                guard case .node(let code)? = tree.parts(of: last).last else { return false }
                last = code
                continue
            default: break
            }
            break
        }
        var folding = Folding(facts: facts)
        guard
            case .hole(let hole)? = folding.fold(facts.with(value, last), state.bindings).template
                .pieces.last
        else { return false }
        return !hole.isSetting
    }

    /// `a, b = f(x)`: Go's first name has the value; elsewhere any may.
    private mutating func climbTuple(
        _ ref: NodeRef, _ parent: NodeRef, _ target: Node, _ state: State
    ) {
        let tree = facts.units[parent.unit].tree
        guard let function = tree.function(around: parent.node) ?? Optional(tree.root) else {
            return
        }
        let names = target.children.map { NameTable.key(NameTable.targetName($0, tree)) }.filter {
            !$0.isEmpty && $0 != "_"
        }
        let isFirstOnly = facts.language(ref) == "go"
        if let position = state.position, position.count == target.children.count {
            let index = position.index
            var state = state
            state.position = nil
            let name = NameTable.key(NameTable.targetName(target.children[index], tree))
            guard !name.isEmpty, name != "_" else { return end(.built, ref, nil, state) }
            return usesOfLocal(name, from: parent, in: function, value: ref, state)
        }
        for name in isFirstOnly ? Array(names.prefix(1)) : names {
            usesOfLocal(name, from: parent, in: function, value: ref, state)
        }
        if names.isEmpty { end(.built, ref, nil, state) }
    }

    private func isFieldOfType(_ name: String, at ref: NodeRef) -> Bool {
        guard ["java", "csharp", "kotlin", "groovy", "cpp"].contains(facts.language(ref)) else {
            return false
        }
        let tree = facts.units[ref.unit].tree
        guard let type = tree.type(around: ref.node) else { return false }
        return facts.units[ref.unit].names.assignments[name]?.contains { id in
            tree.function(around: id) == nil && tree.type(around: id) == type
        } ?? false
    }

    private func assignsRequestURL(_ member: String, _ owner: NodeID, _ tree: SyntaxTree) -> Bool {
        [
            "url", "uri", "RequestUri", "URL", "URI", "Url", "Uri", "path", "Resource", "endpoint",
            "href", "Path", "percentEncodedPath", "pathname",
        ]
        .contains(member)
            && !["self", "this", "location"].contains(NameTable.key(tree.lastName(of: owner)))
    }

    /// `request.RequestUri = x`, `components.path = x`: the object's later use sends it.
    mutating func preparedProperty(
        _ assignment: NodeRef, owner: NodeRef, value: NodeRef, _ incoming: State
    ) {
        var state = incoming
        let tree = facts.units[assignment.unit].tree
        let name = NameTable.key(tree.lastName(of: owner.node))
        let scope = tree.function(around: assignment.node) ?? tree.root
        for use in facts.units[assignment.unit].names.uses[name] ?? [] {
            guard tree.contains(scope, use), tree[use].start > tree[assignment.node].end else {
                continue
            }
            var state = state
            state.firstCall = nil
            let before = sinks.count
            climbObject(facts.with(assignment, use), state, value: value)
            if sinks.count > before, sinks[before...].contains(where: { $0.call != nil }) { return }
        }
        state.firstCall = nil
        end(.built, value, nil, state)
    }

    /// Follows an object that holds the URL; the URL's expression stays `value`.
    private mutating func climbObject(_ ref: NodeRef, _ state: State, value: NodeRef) {
        let before = sinks.count
        climb(ref, state)
        for index in before..<sinks.count where sinks[index].entered.count == state.entered.count {
            sinks[index].expression =
                sinks[index].role == .request ? objectExpression(sinks[index], value) : value
        }
    }

    private func objectExpression(_ sink: Sink, _ value: NodeRef) -> NodeRef { value }

    mutating func usesOfLocal(
        _ name: String, from definition: NodeRef, in function: NodeID, value: NodeRef,
        _ state: State
    ) {
        let tree = facts.units[definition.unit].tree
        let key = facts.key(name, in: definition)
        var found = false
        // Up to the next plain assignment of the same name at the same level.
        let limit =
            (facts.units[definition.unit].names.assignments[key] ?? []).filter { id in
                tree[id].start > tree[definition.node].start && tree[id].kind == .assign
                    && tree[id].text == "="
                    && tree[id].parent == tree[definition.node].parent
                    && tree.lastName(of: tree[id].children[0]) == name
            }.map { tree[$0].end }.min() ?? Int.max
        for use in facts.units[definition.unit].names.uses[key] ?? [] {
            guard tree[use].kind == .name, tree.contains(function, use),
                !tree.contains(definition.node, use),
                tree[use].start > tree[definition.node].start
                    || isLoopShared(use, definition.node, tree),
                tree[use].start <= limit, !isTarget(use, tree)
            else { continue }
            found = true
            climb(facts.with(definition, use), state)
        }
        for pattern in patterns(with: key, in: facts.with(definition, function))
        where tree[pattern.node].start > tree[definition.node].end
            && tree[pattern.node].start <= limit
        {
            found = true
            climb(pattern, state)
        }
        if !found { end(.built, value, nil, state) }
    }

    /// Rust's format strings that capture a name: `format!("{API}{path}")`.
    private func patterns(with name: String, in scope: NodeRef) -> [NodeRef] {
        guard facts.language(scope) == "rust", name.utf8.count > 0 else { return [] }
        let unit = facts.units[scope.unit]
        return unit.names.strings.filter { id in
            unit.tree.contains(scope.node, id)
                && unit.tree.parts(of: id).contains { part in
                    guard case .text(let text, _) = part else { return false }
                    return text.contains("{\(name)}") || text.contains("{\(name):")
                }
        }.map { facts.with(scope, $0) }
    }

    private func isLoopShared(_ use: NodeID, _ definition: NodeID, _ tree: SyntaxTree) -> Bool {
        false
    }

    /// Whether a name is what an assignment sets.
    private func isTarget(_ use: NodeID, _ tree: SyntaxTree) -> Bool {
        let parent = tree[use].parent
        guard parent >= 0, tree[parent].kind == .assign else { return false }
        return tree[parent].children.first == use
    }

    private mutating func usesOfConstant(
        _ name: String, definition: NodeRef, value: NodeRef, _ incoming: State
    ) {
        let tree = facts.units[definition.unit].tree
        let key = facts.key(name, in: definition)
        var found = false
        let family = lookup.languageFamily(facts.language(definition))
        for use in (facts.uses[key] ?? []).prefix(200) {
            guard lookup.languageFamily(facts.language(use)) == family,
                !(use.unit == definition.unit && tree.contains(definition.node, use.node)),
                !isTarget(use.node, facts.units[use.unit].tree),
                !isImportOrKey(use)
            else { continue }
            guard refers(use, to: definition) else { continue }
            found = true
            var state = incoming
            state.use = use
            state.firstCall = nil
            state.evidence.append(
                Evidence(place: facts.place(definition), note: "value of \(name)"))
            climb(use, state)
        }
        if !found { end(.unused, value, nil, incoming) }
    }

    private func isImportOrKey(_ use: NodeRef) -> Bool {
        guard let parent = facts.parent(use) else { return true }
        let node = facts.node(parent)
        if node.kind == .pair, node.children.first == use.node, node.children.count > 1,
            node.children[1] != use.node
        {
            return true
        }
        return node.kind == .imported || node.kind == .parameter && node.children.first != use.node
    }

    private func refers(_ use: NodeRef, to definition: NodeRef) -> Bool {
        if case .values(let values, _) = lookup.definitions(of: use) {
            return values.contains(definition)
        }
        return false
    }

    /// Reads of a map's entry: `paths.operation(id)`, `URLS["operation"]`.
    private mutating func usesOfEntry(_ pair: NodeRef, key: String, _ incoming: State) {
        guard !key.isEmpty else { return end(.built, pair, nil, incoming) }
        var found = false
        let value = facts.with(pair, facts.node(pair).children.last ?? pair.node)
        let isFunction = facts.kind(value) == .lambda
        for use in (facts.uses[facts.key(key, in: pair)] ?? []).prefix(100)
        where facts.kind(use) == .member {
            guard refersToEntry(use, pair) else { continue }
            found = true
            var state = incoming
            if !isFunction {
                state.use = use
                state.firstCall = nil
                state.evidence.append(Evidence(place: facts.place(pair), note: "value of \(key)"))
            }
            climb(use, state)
        }
        // `table["key"]` and `config("table.key")`
        for (index, unit) in facts.units.enumerated() {
            for string in unit.names.strings
            where unit.tree.literal(string) == key
                || unit.tree.literal(string)?.hasSuffix("." + key) ?? false
            {
                guard let parent = facts.parent(NodeRef(unit: index, node: string)),
                    facts.kind(parent) == .index,
                    refersToEntryByKey(parent, pair)
                else { continue }
                found = true
                var state = incoming
                state.use = parent
                state.firstCall = nil
                state.evidence.append(Evidence(place: facts.place(pair), note: "value of \(key)"))
                climb(parent, state)
            }
        }
        if !found { end(.unused, value, nil, incoming) }
    }

    private func refersToEntry(_ use: NodeRef, _ pair: NodeRef) -> Bool {
        switch lookup.definitions(of: use) {
        case .values(let values, _): return values.contains(pair)
        case .function(let function): return facts.parent(function) == pair
        default: return false
        }
    }

    private func refersToEntryByKey(_ index: NodeRef, _ pair: NodeRef) -> Bool {
        let node = facts.node(index)
        guard let base = node.children.first else { return false }
        if case .values(let values, _)? = lookup.entry(
            facts.node(pair).text, of: facts.with(index, base), [:], depth: 0)
        {
            return values.contains(pair)
        }
        return false
    }

    private mutating func usesOfName(_ name: NodeRef, within scope: NodeRef?, _ state: State) {
        guard let scope else { return end(.built, name, nil, state) }
        let tree = facts.units[name.unit].tree
        let key = facts.key(tree.lastName(of: name.node), in: name)
        for use in facts.units[name.unit].names.uses[key] ?? []
        where tree.contains(scope.node, use) && use != name.node {
            climb(facts.with(name, use), state)
        }
    }

    private mutating func usesOfParameter(_ parameter: NodeRef, value: NodeRef, _ state: State) {
        let tree = facts.units[parameter.unit].tree
        let name = facts.key(tree[parameter.node].text, in: parameter)
        let scope = tree[parameter.node].parent
        var found = false
        for use in facts.units[parameter.unit].names.uses[name] ?? []
        where tree.contains(scope, use) && !tree.contains(parameter.node, use) {
            found = true
            climb(facts.with(parameter, use), state)
        }
        if !found { end(.built, value, nil, state) }
    }

    // MARK: Functions

    /// Goes on inside the function that a call runs, from the parameter that takes the value.
    private mutating func enter(
        _ function: NodeRef, call: NodeRef, argument: NodeRef, _ incoming: State
    ) {
        var state = incoming
        let tree = facts.units[call.unit].tree
        let arguments = tree.arguments(of: call.node).map { ($0.name, facts.with(call, $0.value)) }
        let before = state.bindings
        state.bindings = Folding(facts: facts).bind(arguments, to: function, before)
        if let callee = tree[call.node].children.first, tree[callee].kind == .member,
            let base = tree[callee].children.first
        {
            state.bindings.merge(lookup.constructorBindings(of: facts.with(call, base), before)) {
                own, _ in own
            }
        }
        state.entered.append(function)
        state.callers.append(call)
        if state.firstCall == nil, call.unit == (state.use?.unit ?? homeUnit) {
            state.firstCall = call
        }
        let argument =
            facts.kind(argument) == .argument
            ? facts.node(argument).children.first.map { facts.with(argument, $0) } ?? argument
            : argument
        let holder = argumentHolder(argument, in: call)
        let added = state.bindings.filter { before[$0.key] != $0.value }
        var parameters = added.filter { $0.value == holder || $0.value == argument }.map(\.key)
        // Destructured: `request({ path: … })` with `{ path }` or `context.path`.
        var member: String?
        if let pairKey = pairKey(of: argument, within: call) {
            member = pairKey
            parameters += added.filter {
                facts.node($0.key).text == pairKey && $0.key.unit == function.unit
            }.map(\.key)
        }
        var entered = false
        let inner = facts.units[function.unit]
        for parameter in Set(parameters).sorted(by: { $0.node < $1.node }) {
            let name = facts.key(facts.node(parameter).text, in: parameter)
            for pattern in patterns(with: name, in: function) {
                entered = true
                climb(pattern, state)
            }
            for use in inner.names.uses[name] ?? [] {
                guard inner.tree.contains(function.node, use),
                    !inner.tree.contains(parameter.node, use)
                else { continue }
                guard inner.tree[use].kind == .name else { continue }
                var target = facts.with(function, use)
                if let member, name != member, holderIsMap(holder) {
                    // Only the member that carries the URL.
                    guard let parent = facts.parent(target),
                        facts.kind(parent) == .member || facts.kind(parent) == .index
                    else {
                        entered = true
                        climb(target, state)
                        continue
                    }
                    if facts.kind(parent) == .member, facts.node(parent).text != member { continue }
                    target = parent
                }
                entered = true
                climb(target, state)
            }
        }
        guard !entered else { return }
        // A constructor keeps it in a field, or the body is not to be seen: the call itself counts.
        end(.request, argument, call, state)
    }

    private func holderIsMap(_ ref: NodeRef) -> Bool { facts.kind(ref) == .map }

    private func argumentHolder(_ argument: NodeRef, in call: NodeRef) -> NodeRef {
        var current = argument
        while let parent = facts.parent(current), parent != call {
            if facts.kind(parent) == .argument { return current }
            current = parent
        }
        return current
    }

    private func pairKey(of argument: NodeRef, within call: NodeRef) -> String? {
        var current = argument
        if facts.kind(current) == .map {
            for child in facts.node(current).children {
                let node = facts.node(facts.with(current, child))
                if node.kind == .pair, Self.urlKeys.contains(TreeFacts.settingKey(node.text)) {
                    return node.text
                }
            }
        }
        while let parent = facts.parent(current), parent != call {
            if facts.kind(parent) == .pair { return facts.node(parent).text }
            current = parent
        }
        return nil
    }

    /// The value is what a function gives back: its callers have it.
    mutating func leaveFunction(from ref: NodeRef, value: NodeRef, _ incoming: State) {
        var state = incoming
        let tree = facts.units[ref.unit].tree
        let found =
            facts.kind(ref) == .lambda || facts.kind(ref) == .function
            ? ref : tree.function(around: ref.node).map { facts.with(ref, $0) }
        guard let function = found else { return end(.built, value, nil, state) }
        // Back to the call through which it was entered.
        if state.entered.last == function, let caller = state.callers.last {
            state.entered.removeLast()
            state.callers.removeLast()
            return climb(caller, state)
        }
        var name = facts.node(function).text
        if facts.kind(function) == .lambda {
            guard let holder = facts.parent(function) else { return end(.built, value, nil, state) }
            let node = facts.node(holder)
            switch node.kind {
            case .pair:
                if let call = endpointBuilder(of: holder) {
                    state.firstCall = state.firstCall ?? call
                    return end(.request, value, call, state)
                }
                return usesOfEntry(holder, key: node.text, state)
            case .assign: name = NameTable.targetName(node.children[0], tree)
            case .call, .argument:
                // `.uri(builder -> builder.path(…).build(id))`
                let call = node.kind == .call ? holder : facts.parent(holder) ?? holder
                if facts.kind(call) == .call,
                    facts.node(call).children.first != function.node,
                    tree[facts.node(call).children[0]].kind == .member,
                    ["uri", "url"].contains(tree.lastName(of: facts.node(call).children[0]))
                {
                    state.url = state.url ?? value
                    return handle(call, argument: function, state, isReceiver: false)
                }
                // A block that makes another value of each item: the call gives them.
                if facts.kind(call) == .call,
                    Self.mappers.contains(tree.lastName(of: facts.node(call).children[0]))
                {
                    return climb(call, state)
                }
                return end(.built, value, nil, state)
            default: return end(.built, value, nil, state)
            }
        }
        let key = facts.key(name, in: function)
        guard !key.isEmpty else { return end(.built, value, nil, state) }
        // Of several values that a function can give, this one is meant.
        if Folding(facts: facts).results(in: function).count > 1 {
            state.bindings[function] = value
        }
        var hadCaller = false
        for call in (facts.calls[key] ?? []).prefix(60)
        where lookup.function(calledBy: call) == function {
            hadCaller = true
            var state = state
            state.evidence.append(Evidence(place: facts.place(call), note: "uses \(name)"))
            let arguments = facts.units[call.unit].tree.arguments(of: call.node).map {
                ($0.name, facts.with(call, $0.value))
            }
            state.bindings = Folding(facts: facts).bind(arguments, to: function, state.bindings)
            climb(call, state)
        }
        if !hadCaller {
            // A property read without brackets.
            for use in (facts.uses[key] ?? []).prefix(60) where facts.kind(use) == .member {
                if case .function(let found) = lookup.definitions(of: use), found == function,
                    facts.parent(use).map({
                        facts.kind($0) != .call || facts.node($0).children.first != use.node
                    }) ?? false
                {
                    hadCaller = true
                    climb(use, state)
                }
            }
        }
        if !hadCaller, usesInType(function, key, state) { hadCaller = true }
        if !hadCaller, usesOfRecord(function, value: value, state) { hadCaller = true }
        if !hadCaller { end(.built, value, nil, state) }
    }

    private mutating func climbBlock(
        _ ref: NodeRef, _ parent: NodeRef, _ node: Node, _ state: State
    ) {
        if let holder = mutatedVariable(ref),
            let function = facts.units[ref.unit].tree.function(around: ref.node)
        {
            return usesOfLocal(holder, from: ref, in: function, value: ref, state)
        }
        if let call = requestBuilt(by: ref, in: parent) {
            var state = state
            state.firstCall = state.firstCall ?? call
            let value = facts.units[ref.unit].tree.arguments(of: ref.node).first?.value
            return end(.request, value.map { facts.with(ref, $0) } ?? ref, call, state)
        }
        guard node.children.last == ref.node, let outer = facts.parent(parent) else {
            return end(.mention, ref, nil, state)
        }
        let implicit = [
            "ruby", "rust", "scala", "elixir", "kotlin", "swift", "r", "groovy", "perl",
            "powershell", "coffeescript", "powerquery",
        ]
        .contains(facts.language(ref))
        switch facts.kind(outer) {
        case .function, .lambda:
            if implicit {
                leaveFunction(from: parent, value: ref, state)
            } else {
                end(.mention, ref, nil, state)
            }
        case .branch where implicit:
            var state = state
            state.bindings[outer] = ref
            climb(parent, state)
        default: end(.mention, ref, nil, state)
        }
    }

    /// The call whose block says where to: `client.get { url("…") }`, `connection.get { |ask| ask.url "…" }`.
    private func requestBuilt(by statement: NodeRef, in block: NodeRef) -> NodeRef? {
        guard facts.kind(statement) == .call, let lambda = facts.parent(block),
            facts.kind(lambda) == .lambda, let call = facts.parent(lambda),
            facts.kind(call) == .call
        else { return nil }
        let tree = facts.units[statement.unit].tree
        guard ["url", "uri", "setUrl", "urlString"].contains(tree.lastName(of: statement.node)),
            isSending(tree.lastName(of: call.node))
        else { return nil }
        return call
    }

    /// The variable that a statement adds text to: `builder.append(x)`, `parts.push(x)`,
    /// `snprintf(buffer, …)`.
    private func mutatedVariable(_ statement: NodeRef) -> String? {
        guard facts.kind(statement) == .call else { return nil }
        let tree = facts.units[statement.unit].tree
        guard let callee = tree[statement.node].children.first else { return nil }
        let name = tree.lastName(of: callee)
        if TextAccumulation.fills.contains(name),
            ["c", "cpp", "objective-c"].contains(facts.language(statement)),
            let first = tree.arguments(of: statement.node).first
        {
            return NameTable.key(tree.lastName(of: first.value))
        }
        guard TextAccumulation.appends.contains(name), tree[callee].kind == .member else {
            return nil
        }
        let root = tree.chainRoot(of: callee)
        return tree[root].kind == .name ? NameTable.key(tree[root].text) : nil
    }

    private mutating func climbHead(_ ref: NodeRef, _ parent: NodeRef, _ node: Node, _ state: State)
    {
        if node.children.last == ref.node, facts.kind(ref) == .block { return climb(parent, state) }
        if facts.kind(ref) == .assign || facts.kind(ref) == .call {
            return end(.built, ref, nil, state)
        }
        end(.mention, ref, nil, state)
    }
}

/// Recognises calls that set up a test double of an endpoint, by the libraries that make doubles.
///
/// A file's role is no evidence here: a lone snippet, or a helper outside a test folder, is a double too.
struct TestDoubles {
    let facts: TreeFacts
    private let lookup: Lookup

    init(facts: TreeFacts) {
        self.facts = facts
        lookup = Lookup(facts: facts)
    }

    /// Functions and methods that only such libraries have.
    private static let methods: Set<String> = [
        "stub_request", "stubRequest", "stubFor", "givenThat", "urlEqualTo", "urlPathEqualTo",
        "urlMatching", "urlPathMatching", "urlPathTemplate", "register_uri", "RegisterResponder",
        "RegisterRegexpResponder", "RegisterMatcherResponder", "RegisterResponderWithQuery",
        "register_responder", "onGet", "onAny", "expectOne", "requestTo", "requestToUriTemplate",
        "expect_request", "expect_oneshot_request", "expect_ordered_request",
    ]

    /// Functions around a request's description that make it a double.
    private static let frames: Set<String> = [
        "stubFor", "givenThat", "setupServer", "setupWorker", "stubRequest", "stub_request", "stub",
    ]

    /// Objects, modules and types of such libraries, lower case, underscores away.
    private static let owners: Set<String> = [
        "nock", "respx", "respxmock", "requestsmock", "httpretty", "aioresponses", "httpxmock",
        "fetchmock", "fetchmocker", "httpmock", "gock", "moxios", "webmock", "wiremock",
        "wiremockserver", "wiremockextension", "mockserver", "mockserverclient", "mockwebserver",
        "mockrestserviceserver", "mockadapter", "axiosmockadapter", "mockagent",
        "mockhttpmessagehandler", "mockresponse", "pook", "mocket", "bypass", "hoverfly",
        "dioadapter", "httptestingcontroller", "pretender", "httpbackend", "responsesmock",
    ]

    /// Names that are a double's only where the file imports them from such a library.
    private static let imported: [String: Set<String>] = [
        "responses": ["responses"], "http": ["msw"], "rest": ["msw"], "server": ["mockito"],
        "mockito": ["mockito"], "mock": ["mockito"],
    ]

    /// What says, behind the description of a request, how the double answers.
    private static let answers: Set<String> = [
        "reply", "replyWithError", "replyOnce", "replyWithFile", "willReturn", "willRespond",
        "willRespondWith", "andRespond", "andReturn", "and_return", "to_return", "to_raise",
        "to_timeout", "respond", "respondWith", "respond_with", "respond_with_json",
        "respond_with_data", "respond_with_response", "thenReturn", "thenAnswer", "thenThrow",
        "Returns", "ReturnsAsync", "ReturnsForAnyArgs", "with_status", "with_body", "returns",
        "resolves", "mockResolvedValue", "mockResolvedValueOnce", "mockReturnValue",
        "mockReturnValueOnce", "mockImplementation", "Respond", "RespondWith", "Reply", "flush",
    ]

    /// What only asks whether a double was called.
    private static let verifiers: Set<String> = ["verify", "getRequestedFor", "anyRequestedFor"]

    /// Whether the call, or one that it is described for, sets up a double.
    func isDouble(_ call: NodeRef) -> Bool {
        guard facts.kind(call) == .call, !isVerified(call) else { return false }
        let tree = facts.units[call.unit].tree
        guard let callee = tree[call.node].children.first else { return false }
        let path = tree.path(of: callee)
        let name = path.last ?? ""
        if Self.methods.contains(name) || name == "intercept" && path.first == "cy" { return true }
        if path.first != "cy", path.contains(where: { Self.owners.contains(Self.plain($0)) }) {
            return true
        }
        if isAnswered(call) || isImported(path, call) { return true }
        if let root = root(of: callee, in: call), isDouble(madeBy: root, depth: 0) { return true }
        return isFramed(call)
    }

    private static func plain(_ name: String) -> String {
        String(
            decoding: name.utf8.filter { $0.isLetter || $0.isDigit }.map { $0 | 0x20 },
            as: UTF8.self)
    }

    // MARK: Around the call

    /// `.reply(…)` behind the call in its chain.
    private func isAnswered(_ call: NodeRef) -> Bool {
        let tree = facts.units[call.unit].tree
        var current = call.node
        while tree[current].parent >= 0 {
            let parent = tree[current].parent
            let node = tree[parent]
            guard [.member, .call, .index, .unary].contains(node.kind),
                node.children.first == current
            else { return false }
            if node.kind == .member, Self.answers.contains(node.text) { return true }
            // respx: `.mock(return_value=…)`
            if node.kind == .member, node.text == "mock", facts.language(call) == "python" {
                return true
            }
            current = parent
        }
        return false
    }

    /// The calls that have this one in an argument, nearest first.
    private func enclosing(_ call: NodeRef) -> [NodeRef] {
        var found: [NodeRef] = []
        let tree = facts.units[call.unit].tree
        var child = call.node
        var hops = 0
        while tree[child].parent >= 0, hops < 24 {
            hops += 1
            let parent = tree[child].parent
            let node = tree[parent]
            switch node.kind {
            case .call where node.children.first != child: found.append(facts.with(call, parent))
            case .block, .function, .type, .assign, .loop, .branch: return found
            default: break
            }
            child = parent
        }
        return found
    }

    private func isFramed(_ call: NodeRef) -> Bool {
        let tree = facts.units[call.unit].tree
        return enclosing(call).contains { outer in
            guard let callee = tree[outer.node].children.first else { return false }
            return Self.frames.contains(tree.lastName(of: callee)) || isAnswered(outer)
        }
    }

    /// Whether the call only asks what a double was asked.
    func isVerified(_ call: NodeRef) -> Bool {
        let tree = facts.units[call.unit].tree
        return ([call] + enclosing(call)).contains { outer in
            guard let callee = tree[outer.node].children.first else { return false }
            return Self.verifiers.contains(tree.lastName(of: callee))
        }
    }

    // MARK: Where the object comes from

    private func root(of callee: NodeID, in call: NodeRef) -> NodeRef? {
        let tree = facts.units[call.unit].tree
        let root = tree.chainRoot(of: callee)
        return tree[root].kind == .name && root != callee ? facts.with(call, root) : nil
    }

    /// Whether the file has the name from a library of doubles.
    private func isImported(_ path: [String], _ call: NodeRef) -> Bool {
        guard let first = path.first, path.count > 1,
            let modules = Self.imported[NameTable.key(first)]
        else { return false }
        return imports(modules, in: call.unit)
    }

    private func imports(_ modules: Set<String>, in unit: Int) -> Bool {
        let unit = facts.units[unit]
        return unit.names.imports.contains { id in
            unit.tree[id].text.split(whereSeparator: { " ./:@\"'".contains($0) })
                .contains { modules.contains(String($0)) }
        }
    }

    /// Whether the files' servers are doubles: Go's `httptest`.
    func servesDoubles(_ unit: Int) -> Bool { imports(["httptest"], in: unit) }

    /// Whether a variable, parameter or fixture holds a double.
    private func isDouble(madeBy name: NodeRef, depth: Int) -> Bool {
        guard depth < 4 else { return false }
        switch lookup.definitions(of: name) {
        case .values(let values, _):
            return values.suffix(3).contains { value in
                let node = facts.node(value)
                if let target = node.children.first, isDoubleType(facts.with(value, target)) {
                    return true
                }
                return node.children.count > 1
                    && isDouble(value: facts.with(value, node.children[1]), depth: depth)
            }
        case .parameter(let parameter):
            if isDoubleType(parameter) { return true }
            // A fixture of the parameter's name.
            let key = facts.key(facts.node(parameter).text, in: parameter)
            guard let fixture = facts.units[parameter.unit].names.functions[key]?.first else {
                return false
            }
            return Folding(facts: facts).results(in: facts.with(parameter, fixture)).contains {
                isDouble(value: $0, depth: depth + 1)
            }
        case .function, .setting, .none: return false
        }
    }

    private func isDouble(value: NodeRef, depth: Int) -> Bool {
        let tree = facts.units[value.unit].tree
        if tree.path(of: value.node).contains(where: { Self.owners.contains(Self.plain($0)) }) {
            return true
        }
        let root = tree.chainRoot(of: value.node)
        guard tree[root].kind == .name else { return false }
        let name = facts.with(value, root)
        return isImported(tree.path(of: value.node), value)
            || isDouble(madeBy: name, depth: depth + 1)
    }

    private func isDoubleType(_ ref: NodeRef) -> Bool {
        (facts.units[ref.unit].tree.typeNames[ref.node] ?? "").split(separator: " ").contains {
            Self.owners.contains(Self.plain(String($0)))
        }
    }
}

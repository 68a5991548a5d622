import Deprecations

/// What is said to clients as a whole: hooks, plug-ins, decorators, and what a framework injects.
extension RequestContext {
    /// Methods by which a type takes part in sending a request.
    static let hooks = [
        "RoundTrip", "intercept", "on_request", "SendAsync", "adapt", "process", "apply",
        "onRequest", "__call__", "auth_flow", "prepare", "filter", "call",
    ]

    /// The method of a type that takes part in sending a request.
    func hook(of type: NodeRef) -> NodeRef? {
        for name in Self.hooks {
            if let method = lookup.method(name, of: type, depth: 0) { return method }
        }
        return nil
    }

    /// Methods that give all requests of a type their headers.
    static let headerMethods: Set<String> = [
        "willSendRequest", "defaultHeaders", "default_headers", "headers", "getHeaders",
        "get_headers", "requestHeaders", "request_headers", "commonHeaders", "defaultConfig",
        "prepare_request", "request_options", "default_options",
    ]

    /// Whether a statement makes another client of the object instead of changing it:
    /// `const dated = base.extend({ headers })`.
    func makesOther(_ statement: NodeID, than key: String, _ tree: SyntaxTree) -> Bool {
        var call = statement
        if tree[statement].kind == .assign {
            guard tree[statement].children.count > 1,
                NameTable.key(NameTable.targetName(tree[statement].children[0], tree)) != key
            else { return false }
            call = tree[statement].children[1]
        } else if tree[statement].parent < 0 || tree[tree[statement].parent].kind != .assign {
            return false
        }
        return tree[call].kind == .call
            && ["extend", "create", "clone", "instance"].contains(tree.lastName(of: call))
    }

    /// What an object is plugged in: `client.use(version)`, `client.interceptors.request.use(stamp)`.
    mutating func inPlugged<Fact>(
        _ statement: NodeRef, _ bindings: Bindings, _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        let tree = facts.units[statement.unit].tree
        guard facts.kind(statement) == .call,
            ["use", "plugin", "addInterceptor", "add", "Use", "push"].contains(
                tree.lastName(of: tree[statement.node].children[0]))
        else { return nil }
        for argument in tree.arguments(of: statement.node)
        where [.name, .member, .call].contains(tree[argument.value].kind) {
            if let fact = scan(facts.with(statement, argument.value), bindings, 2, direct) {
                return fact
            }
        }
        return nil
    }

    /// `@with_version("2022-01-01")` around the function that sends.
    mutating func inDecorators<Fact>(
        of call: NodeRef, _ bindings: Bindings, _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        guard facts.language(call) == "python" else { return nil }
        let tree = facts.units[call.unit].tree
        guard let function = tree.namedFunction(around: call.node) else { return nil }
        for annotation in tree.annotations[function] ?? [] {
            guard let expression = tree[annotation].children.first else { continue }
            let ref = facts.with(call, expression)
            if facts.kind(ref) == .call, let decorator = lookup.function(calledBy: ref, bindings) {
                let arguments = tree.arguments(of: ref.node).map {
                    ($0.name, facts.with(ref, $0.value))
                }
                let inner = Folding(facts: facts).bind(arguments, to: decorator, bindings)
                if let fact = scan(decorator, inner, 1, direct) { return fact }
            } else if case .function(let decorator) = lookup.definitions(of: ref, bindings),
                let fact = scan(decorator, bindings, 1, direct)
            {
                return fact
            }
        }
        return nil
    }

    // MARK: Injected clients

    /// `factory.CreateClient("wdesk")`: where a client of that name is set up.
    func namedRegistration(_ call: NodeRef) -> NodeRef? {
        guard facts.language(call) == "csharp" else { return nil }
        let tree = facts.units[call.unit].tree
        guard tree.lastName(of: tree[call.node].children[0]) == "CreateClient",
            let first = tree.arguments(of: call.node).first,
            let name = Folding.constant(facts.with(call, first.value), facts)
        else { return nil }
        return (facts.calls["AddHttpClient"] ?? []).first { candidate in
            let other = facts.units[candidate.unit].tree
            return other.arguments(of: candidate.node).first.flatMap {
                Folding.constant(facts.with(candidate, $0.value), facts)
            } == name
        }
    }

    /// What a framework tells the client that it injects by its type: Angular's interceptors, Nest's module.
    mutating func inAmbientClient<Fact>(
        of call: NodeRef, _ bindings: Bindings, _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        guard facts.language(call) == "typescript" else { return nil }
        let names = facts.units[call.unit].names
        if names.uses["HttpService"] != nil || typed("HttpService", in: call.unit) {
            for method in ["registerAsync", "register"] {
                let calls = (facts.calls[method] ?? []).filter {
                    facts.units[$0.unit].tree.path(of: facts.node($0).children[0]).first
                        == "HttpModule"
                }
                if let nearest = lookup.nearest(calls, to: call),
                    let fact = scan(nearest, bindings, 1, direct)
                {
                    return fact
                }
            }
        }
        if names.uses["HttpClient"] != nil || typed("HttpClient", in: call.unit) {
            for (index, unit) in facts.units.enumerated() where unit.role != .test {
                for name in unit.names.functions["intercept"] ?? [] {
                    if let fact = scan(NodeRef(unit: index, node: name), bindings, 1, direct) {
                        return fact
                    }
                }
                for (id, type) in unit.tree.typeNames.sorted(by: { $0.key < $1.key })
                where type.contains("HttpInterceptorFn") && unit.tree[id].parent >= 0 {
                    let definition = NodeRef(unit: index, node: unit.tree[id].parent)
                    if let fact = scan(definition, bindings, 1, direct) { return fact }
                }
            }
        }
        return nil
    }

    private func typed(_ name: String, in unit: Int) -> Bool {
        facts.units[unit].tree.typeNames.values.contains {
            $0.split(separator: " ").contains { $0 == name }
        }
    }

    // MARK: Other clients of a type

    /// Names around the request: those of its call, of its URL, of what it goes through.
    func names(around sink: Flow.Sink) -> Set<String> {
        var found: Set<String> = []
        for ref in [sink.call, sink.expression].compactMap({ $0 }) + sink.callers {
            let tree = facts.units[ref.unit].tree
            let function = tree.namedFunction(around: ref.node) ?? tree.root
            for name in tree.names(below: function) { found.insert(NameTable.key(name)) }
        }
        return found
    }

    /// Whether a field holds a client or request of its own that the request does not go through.
    func isUnusedClient(_ assignment: NodeID, in type: NodeRef) -> Bool {
        let tree = facts.units[type.unit].tree
        let node = tree[assignment]
        guard node.children.count > 1, tree[node.children[1]].kind == .call,
            [.name, .member].contains(tree[node.children[0]].kind)
        else { return false }
        let name = NameTable.key(NameTable.targetName(node.children[0], tree))
        let lower = name.lowercased()
        guard !lower.contains("header"), !name.isEmpty else { return false }
        return !usedNames.contains(name)
    }
}

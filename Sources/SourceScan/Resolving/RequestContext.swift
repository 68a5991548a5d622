import Deprecations

/// Looks for what belongs to a request beyond its URL: in the call, in the objects it uses, in the
/// client that sends it, in the functions that it goes through.
struct RequestContext {
    let facts: TreeFacts
    let lookup: Lookup
    private var visited: Set<NodeRef> = []
    private var steps = 0
    /// Names in the statement that sends the request.
    var usedNames: Set<String> = []
    /// Functions that a request is handed to, one inside the other.
    private var helpers = 0

    init(facts: TreeFacts) {
        self.facts = facts
        lookup = Lookup(facts: facts)
    }

    /// Looks for a fact that `direct` finds in single nodes; what stands nearest to the call wins.
    mutating func search<Fact>(
        for sink: Flow.Sink, receiversOnly: Bool = false, _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        visited = []
        steps = 0
        usedNames = names(around: sink)
        facts.memory.begin()
        // The callers' own arguments, outermost first: the site's own words win.
        if !receiversOnly {
            for caller in sink.callers {
                if let found = inArguments(of: caller, except: nil, sink.bindings, direct) {
                    return found
                }
            }
        }
        guard let call = sink.call ?? sink.callers.last else {
            return receiversOnly ? nil : inTypes(around: [sink.expression], sink.bindings, direct)
        }
        if !receiversOnly {
            if let found = inArguments(
                of: call, except: sink.expression, isLink: sink.isLink, sink.bindings, direct)
            {
                return found
            }
            if sink.expression.unit == call.unit,
                let found = aroundExpression(sink.expression, upTo: call, sink.bindings, direct)
            {
                return found
            }
        }
        if let found = inChain(of: call, sink.bindings, direct) { return found }
        if !receiversOnly, let found = inPrepared(call, sink.bindings, direct) { return found }
        if let found = inReceiver(of: call, sink.bindings, direct, 0) { return found }
        for caller in sink.callers.reversed() {
            if let found = inChain(of: caller, sink.bindings, direct) { return found }
            if let found = inReceiver(of: caller, sink.bindings, direct, 0) { return found }
        }
        if let found = inTypes(around: [call] + sink.callers.reversed(), sink.bindings, direct) {
            return found
        }
        if let fact = inEnclosingClient(call, sink.bindings, direct) { return fact }
        if let fact = inDecorators(of: call, sink.bindings, direct) { return fact }
        if let fact = inAmbientClient(of: call, sink.bindings, direct) { return fact }
        // A client that is handed over as an argument: `Req.get(client(), url: path)`.
        guard receiversOnly else { return nil }
        return inArguments(of: call, except: sink.expression, sink.bindings, direct)
    }

    /// `createApi({ baseQuery: …, endpoints: build => … })`: the base of the endpoints inside it.
    private mutating func inEnclosingClient<Fact>(
        _ call: NodeRef, _ bindings: Bindings, _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        let tree = facts.units[call.unit].tree
        var current = tree[call.node].parent
        while current >= 0 {
            if tree[current].kind == .call {
                let name = tree.lastName(of: tree[current].children[0])
                if name == "injectEndpoints" {
                    return inReceiver(of: facts.with(call, current), bindings, direct, 0)
                }
                for argument in tree.arguments(of: current) where name == "createApi" {
                    for entry in tree[argument.value].children
                    where tree[entry].kind == .pair && tree[entry].text == "baseQuery" {
                        return scan(facts.with(call, entry), bindings, 1, direct)
                    }
                }
            }
            current = tree[current].parent
        }
        return nil
    }

    /// What the object that a call makes is told later: `c = url.openConnection()`, `c.set(a, b)`.
    private mutating func inPrepared<Fact>(
        _ call: NodeRef, _ bindings: Bindings, _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        let tree = facts.units[call.unit].tree
        guard facts.kind(call) == .call,
            let assignment = tree.ancestor(
                of: call.node,
                where: {
                    [.assign, .block, .function, .lambda].contains($0.kind)
                }),
            tree[assignment].kind == .assign, let target = tree[assignment].children.first
        else { return nil }
        return inStatementsOfTarget(facts.with(call, target), bindings, direct)
    }

    // MARK: Scanning

    /// A fact in a subtree: first what it says itself, then what its names stand for.
    mutating func scan<Fact>(
        _ ref: NodeRef, _ bindings: Bindings, _ depth: Int, follow: Bool = true,
        _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        steps += 1
        guard depth < 6, steps < 400, visited.insert(ref).inserted else { return nil }
        var found: Fact?
        var names: [NodeRef] = []
        let tree = facts.units[ref.unit].tree
        tree.walk(ref.node) { id, node in
            guard found == nil else { return false }
            if let fact = direct(facts.with(ref, id), bindings) {
                found = fact
                return false
            }
            if node.kind == .call, let registered = namedRegistration(facts.with(ref, id)) {
                names.append(registered)
            }
            if node.kind == .name || node.kind == .member {
                if !isKey(id, node, tree) { names.append(facts.with(ref, id)) }
                // `a.b` is about b, not about all that a holds.
                guard node.kind == .member, let base = node.children.first else { return false }
                if node.parent >= 0, tree[node.parent].kind == .call,
                    tree[node.parent].children.first == id
                {
                    return true  // `start.newBuilder()` is made from start
                }
                return ![.name, .member].contains(tree[base].kind)
            }
            return true
        }
        if found != nil || !follow { return found }
        for name in names.prefix(24) {
            if facts.kind(name) == .call {
                if let fact = scan(name, bindings, depth + 1, direct)
                    ?? inChain(of: name, bindings, direct)
                {
                    return fact
                }
                continue
            }
            if let fact = behind(name, bindings, depth + 1, direct) { return fact }
        }
        return nil
    }

    /// Whether a name only says what a map's entry or a call is called.
    private func isKey(_ id: NodeID, _ node: Node, _ tree: SyntaxTree) -> Bool {
        guard node.parent >= 0 else { return false }
        let parent = tree[node.parent]
        return parent.kind == .pair && parent.children.first == id
            || parent.kind == .assign && parent.children.first == id
    }

    /// A fact in what a name stands for.
    mutating func behind<Fact>(
        _ name: NodeRef, _ bindings: Bindings, _ depth: Int, _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        guard depth < 6 else { return nil }
        let definition = lookup.definitions(of: name, bindings)
        switch definition {
        case .values(let values, let isLocal):
            // What is called on a text makes a request of its own: Flurl's `Root.AppendPathSegment(…)`.
            let isText = values.allSatisfy { value in
                facts.node(value).children.last.map {
                    facts.kind(facts.with(value, $0)) == .string
                } ?? false
            }
            if !isText,
                let fact = inStatements(on: name, isLocal: isLocal, bindings, direct)
            {
                return fact
            }
            for value in values.reversed().prefix(6) {
                let node = facts.node(value)
                // Where another file makes it, that file may go on with it: `http.interceptors.use(…)`.
                if value.unit != name.unit, node.kind == .assign, let target = node.children.first,
                    facts.kind(facts.with(value, target)) == .name,
                    let fact = inStatements(
                        on: facts.with(value, target), isLocal: false, bindings, direct)
                {
                    return fact
                }
                let target: NodeRef =
                    (node.kind == .assign || node.kind == .pair) && node.children.count > 1
                    ? facts.with(value, node.children[1]) : value
                if facts.kind(target) == .parameter {
                    if let fact = behindParameter(target, bindings, depth, direct) { return fact }
                    continue
                }
                if let fact = scan(target, bindings, depth, direct) { return fact }
            }
        case .parameter(let parameter):
            if let fact = inStatements(on: name, isLocal: true, bindings, direct) { return fact }
            return behindParameter(parameter, bindings, depth, direct)
        case .function(let function):
            return scan(function, bindings, depth, direct)
        case .setting, .none:
            let node = facts.node(name)
            // `http.Client{Transport: versioned{next}}`, `addInterceptor(Versioned())`
            if let type = lookup.type(named: node.text, at: name),
                let method = hook(of: type),
                let fact = scan(method, bindings, depth + 1, direct)
            {
                return fact
            }
            if let declared = lookup.declaration(of: name),
                let fact = inProviders(of: declared, bindings, depth, direct)
            {
                return fact
            }
            let isOwn =
                node.kind == .member
                && node.children.first.map { isSelf(facts.node(facts.with(name, $0))) } ?? false
            guard node.kind == .name || isOwn else { return nil }
            return inStatements(on: name, isLocal: node.kind == .name, bindings, direct)
        }
        return nil
    }

    private mutating func behindParameter<Fact>(
        _ parameter: NodeRef, _ bindings: Bindings, _ depth: Int,
        _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        if let bound = bindings[parameter], bound != parameter {
            return scan(bound, bindings, depth, direct)
        }
        if let fallback = facts.node(parameter).children.first,
            let fact = scan(facts.with(parameter, fallback), bindings, depth, direct)
        {
            return fact
        }
        // What callers hand in; those in tests only where nothing else makes the object.
        var isConstructor = false
        var tests: [NodeRef] = []
        if let owner = facts.parent(parameter), depth < 5 {
            let kind = facts.kind(owner)
            let name = facts.node(owner).text
            isConstructor =
                ["__init__", "constructor", "initialize", "__construct", "init"].contains(name)
                || name
                    == facts.units[owner.unit].tree.type(around: parameter.node).map {
                        facts.units[owner.unit].tree[$0].text
                    }
            let callName =
                isConstructor || kind == .type
                ? (facts.units[owner.unit].tree.type(around: parameter.node).map {
                    facts.units[owner.unit].tree[$0].text
                } ?? name)
                : name
            let all = callers(of: owner, named: callName)
            if let fact = handed(
                to: parameter, by: all.filter { facts.units[$0.unit].role != .test }, depth, direct)
            {
                return fact
            }
            tests = all.filter { facts.units[$0.unit].role == .test }
        }
        if let fact = inProviders(of: parameter, bindings, depth, direct) { return fact }
        // A client that a container hands to the type's constructor.
        let belongsToType = facts.parent(parameter).map { facts.kind($0) == .type } ?? false
        if isConstructor || belongsToType,
            let type = facts.units[parameter.unit].tree.type(around: parameter.node)
                ?? (facts.parent(parameter).flatMap { facts.kind($0) == .type ? $0.node : nil })
        {
            if let fact = inRegistrations(of: facts.with(parameter, type), bindings, direct) {
                return fact
            }
        }
        return handed(to: parameter, by: tests, depth, direct)
    }

    /// What calls give to a parameter of the function that they run.
    private mutating func handed<Fact>(
        to parameter: NodeRef, by calls: [NodeRef], _ depth: Int,
        _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        guard let owner = facts.parent(parameter) else { return nil }
        for call in calls {
            let arguments = facts.units[call.unit].tree.arguments(of: call.node).map {
                ($0.name, facts.with(call, $0.value))
            }
            let inner = Folding(facts: facts).bind(arguments, to: owner, [:])
            if let bound = inner[parameter], let fact = scan(bound, inner, depth + 1, direct) {
                return fact
            }
        }
        return nil
    }

    /// Calls of a function or constructor; those in tests only where there are no others.
    private func callers(of owner: NodeRef, named name: String) -> [NodeRef] {
        guard !name.isEmpty else { return [] }
        let all = (facts.calls[name] ?? []).prefix(24).filter { call in
            lookup.function(calledBy: call) == owner
                || lookup.type(named: name, at: call) == owner
        }
        let own = all.filter { facts.units[$0.unit].role != .test }
        return Array((own.isEmpty ? all : own).prefix(12))
    }

    /// A container's function that makes what a field or constructor parameter of its name or, where
    /// there is but one, of its type is given: Spring's `@Bean`, CDI's `@Produces`, Dagger's `@Provides`.
    private mutating func inProviders<Fact>(
        of parameter: NodeRef, _ bindings: Bindings, _ depth: Int,
        _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        guard depth < 5, ["java", "kotlin", "groovy", "scala"].contains(facts.language(parameter))
        else { return nil }
        let unit = facts.units[parameter.unit]
        let node = facts.node(parameter)
        let target = node.kind == .assign ? node.children.first ?? parameter.node : parameter.node
        let name = facts.key(unit.tree.lastName(of: target), in: parameter)
        let own = node.kind == .parameter ? facts.key(node.text, in: parameter) : name
        if let named = (facts.functions[own] ?? []).first(where: isProvider) {
            return scan(named, bindings, depth + 1, direct)
        }
        guard let type = unit.tree.typeNames[target]?.split(separator: " ").last else { return nil }
        var makers: [NodeRef] = []
        for (index, other) in facts.units.enumerated() where other.role != .test {
            for id in other.names.functions.values.joined() {
                let ref = NodeRef(unit: index, node: id)
                if other.tree.typeNames[id]?.split(separator: " ").last == type, isProvider(ref) {
                    makers.append(ref)
                }
            }
        }
        guard makers.count == 1 else { return nil }
        return scan(makers[0], bindings, depth + 1, direct)
    }

    private func isProvider(_ function: NodeRef) -> Bool {
        let tree = facts.units[function.unit].tree
        return (tree.annotations[function.node] ?? []).contains {
            ["Bean", "Produces", "Provides", "Singleton"].contains(tree[$0].text)
        }
    }

    /// Statements that set something on the object: `x.headers["a"] = b`, `x.set(a, b)`.
    private mutating func inStatements<Fact>(
        on name: NodeRef, isLocal: Bool, _ bindings: Bindings,
        _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        let tree = facts.units[name.unit].tree
        let node = tree[name.node]
        var key = facts.key(node.text, in: name)
        guard key.utf8.count > 0 else { return nil }
        if facts.language(name) == "objective-c", node.kind == .member,
            facts.units[name.unit].names.uses["_" + key] != nil
        {
            key = "_" + key  // what backs the property
        }
        let scope =
            isLocal && node.kind == .name
            ? tree.function(around: name.node) ?? tree.root : tree.root
        var found: Fact?
        for use in facts.units[name.unit].names.uses[key] ?? [] where tree.contains(scope, use) {
            guard let statement = chainStatement(from: use, tree) else {
                if isLocal, tree[use].start < tree[name.node].start || use == name.node,
                    let hit = inHelper(facts.with(name, use), bindings, direct)
                {
                    found = hit
                }
                continue
            }
            // A later statement cannot have changed what was sent before, unless a loop goes round.
            if isLocal, tree[statement].start > tree[name.node].end,
                tree.function(around: use) == tree.function(around: name.node),
                tree.ancestor(of: name.node, where: { $0.kind == .loop }) == nil
            {
                continue
            }
            if isOtherRequest(statement, from: use, than: name.node, tree)
                || makesOther(statement, than: key, tree)
            {
                continue
            }
            var hit: Fact?
            tree.walk(statement) { id, _ in
                guard hit == nil else { return false }
                hit = direct(facts.with(name, id), bindings)
                return hit == nil
            }
            if hit == nil { hit = inOptions(statement, of: use, name, bindings, direct) }
            if hit == nil { hit = inPlugged(facts.with(name, statement), bindings, direct) }
            if let hit { found = hit }
        }
        return found
    }

    /// What a function of the tree does to a request that it is given: `sign(request)`.
    private mutating func inHelper<Fact>(
        _ use: NodeRef, _ bindings: Bindings, _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        let tree = facts.units[use.unit].tree
        let call = facts.with(use, tree[use.node].parent)
        guard call.node >= 0, facts.kind(call) == .call, tree[call.node].children.first != use.node,
            let function = lookup.function(calledBy: call, bindings),
            tree.function(around: use.node) != function.node || function.unit != use.unit
        else { return nil }
        let arguments = tree.arguments(of: call.node).map { ($0.name, facts.with(call, $0.value)) }
        let inner = Folding(facts: facts).bind(arguments, to: function, bindings)
        guard helpers < 3, let parameter = inner.first(where: { $0.value == use })?.key else {
            return nil
        }
        helpers += 1
        defer { helpers -= 1 }
        return inStatementsOfTarget(parameter, inner, direct)
    }

    /// What the values of an option call stand for: `curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list)`.
    private mutating func inOptions<Fact>(
        _ statement: NodeID, of use: NodeID, _ name: NodeRef, _ bindings: Bindings,
        _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        let tree = facts.units[name.unit].tree
        guard tree[statement].kind == .call, let callee = tree[statement].children.first,
            tree.lastName(of: callee).hasPrefix("curl_")
        else { return nil }
        for argument in tree[statement].children.dropFirst(2)
        where tree[argument].kind == .name && argument != use {
            let value = facts.with(name, argument)
            if let fact = behind(value, bindings, 2, direct) { return fact }
        }
        return nil
    }

    /// Whether a statement sends a request of its own by the object, whose options are not the object's.
    private func isOtherRequest(
        _ statement: NodeID, from use: NodeID, than own: NodeID, _ tree: SyntaxTree
    ) -> Bool {
        guard !tree.contains(statement, own) else { return false }
        var child = use
        while child != statement, tree[child].parent >= 0 {
            let parent = tree[child].parent
            let node = tree[parent]
            if node.kind == .call, node.children.first == child, node.children.count > 1,
                case .sends? = CallRole.named(tree.lastName(of: child)),
                tree[node.children[1]].kind != .map
            {
                return true
            }
            child = parent
        }
        return false
    }

    /// The statement whose chain begins with `use`; nil where the use is only an argument.
    private func chainStatement(from use: NodeID, _ tree: SyntaxTree) -> NodeID? {
        var child = use
        var parent = tree[use].parent
        var moved = false
        while parent >= 0 {
            let node = tree[parent]
            switch node.kind {
            case .member, .index, .call:
                let isBase = node.children.first == child
                let isCurl =
                    node.kind == .call && node.children.count > 1 && node.children[1] == child
                    && isOptionCall(tree.lastName(of: node.children[0]))
                guard isBase || isCurl else { return nil }
                if node.kind == .call, isBase, !moved { return nil }
                moved = true
            case .unary: break
            case .assign:
                guard node.children.first == child, moved else {
                    return moved && node.children.last == child ? parent : nil
                }
                return parent
            case .block, .returned, .lambda, .function, .argument, .binary:
                return moved ? child : nil
            default: return moved ? child : nil
            }
            child = parent
            parent = node.parent
        }
        return moved ? child : nil
    }

    private func isOptionCall(_ name: String) -> Bool {
        name.hasPrefix("curl_") || name.hasPrefix("g_object") || name == "Object"
            || name == "assign" || name == "http_header"
    }

    // MARK: Scopes

    private mutating func inArguments<Fact>(
        of call: NodeRef, except: NodeRef?, isLink: Bool = false, _ bindings: Bindings,
        _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        if let fact = direct(call, bindings) { return fact }
        let children = facts.node(call).children.dropFirst().map { facts.with(call, $0) }
            .filter { !isLink || $0 != except }
        // Literal words first, then what names stand for.
        for child in children where child != except || holdsOptions(child) {
            if let fact = scan(child, bindings, 0, follow: false, direct) { return fact }
        }
        for child in children where child != except || holdsOptions(child) {
            visited.remove(child)
            if let except, !holdsOptions(child), except.unit == child.unit,
                facts.units[child.unit].tree.contains(child.node, except.node),
                facts.kind(child) != .map, facts.kind(child) != .argument,
                facts.kind(child) != .call
            {
                continue
            }
            if let fact = scan(child, bindings, 0, direct) { return fact }
        }
        return nil
    }

    /// Whether an argument that gives the URL gives other options too.
    private func holdsOptions(_ ref: NodeRef) -> Bool {
        switch facts.kind(ref) {
        case .name, .map, .unary: true
        default: false
        }
    }

    /// Maps, builders and objects between the URL's expression and the sending call.
    private mutating func aroundExpression<Fact>(
        _ expression: NodeRef, upTo call: NodeRef, _ bindings: Bindings,
        _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        var current: NodeRef? = facts.parent(expression)
        var hops = 0
        while let here = current, hops < 16 {
            hops += 1
            let node = facts.node(here)
            switch node.kind {
            case .map, .list, .call, .argument, .pair:
                if here == call { return nil }
                if let fact = scan(here, bindings, 0, direct) { return fact }
                if node.kind == .call, let fact = inChain(of: here, bindings, direct) {
                    return fact
                }
            case .assign:
                // The variable that holds the request or its options.
                if let target = node.children.first, node.children.count > 1 {
                    let name = facts.with(here, target)
                    if let fact = inStatementsOfTarget(name, bindings, direct) { return fact }
                }
                return nil
            case .member, .unary, .binary, .index, .string, .conditional, .returned: break
            default: return nil
            }
            current = facts.parent(here)
        }
        return nil
    }

    private mutating func inStatementsOfTarget<Fact>(
        _ target: NodeRef, _ bindings: Bindings, _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        let tree = facts.units[target.unit].tree
        var name = tree.lastName(of: target.node)
        if tree[target.node].kind == .parameter { name = tree[target.node].text }
        // Go's `request, err := …`
        if tree[target.node].kind == .list, let first = tree[target.node].children.first {
            name = tree.lastName(of: first)
        }
        let key = facts.key(name, in: target)
        let scope = tree.function(around: target.node) ?? tree.root
        for use in facts.units[target.unit].names.uses[key] ?? []
        where tree.contains(scope, use) && use != target.node {
            guard let statement = chainStatement(from: use, tree) else {
                if let hit = inHelper(facts.with(target, use), bindings, direct) { return hit }
                continue
            }
            var hit: Fact?
            tree.walk(statement) { id, _ in
                guard hit == nil else { return false }
                hit = direct(facts.with(target, id), bindings)
                return hit == nil
            }
            if let hit { return hit }
        }
        return nil
    }

    /// The chain that the call is part of, both ways: `.get(url).header(a, b).send()`.
    mutating func inChain<Fact>(
        of call: NodeRef, _ bindings: Bindings, _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        let tree = facts.units[call.unit].tree
        var top = call.node
        while tree[top].parent >= 0 {
            let parent = tree[tree[top].parent]
            switch parent.kind {
            case .member, .call, .index, .unary:
                guard parent.children.first == top else {
                    return scanChain(top, call, bindings, direct)
                }
                top = tree[top].parent
            case .binary where parent.text == "|>":
                top = tree[top].parent
            default: return scanChain(top, call, bindings, direct)
            }
        }
        return scanChain(top, call, bindings, direct)
    }

    private mutating func scanChain<Fact>(
        _ top: NodeID, _ call: NodeRef, _ bindings: Bindings, _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        let tree = facts.units[call.unit].tree
        // Links of the chain with their arguments, the last one first.
        var current = top
        var links: [NodeID] = []
        while true {
            let node = tree[current]
            if node.kind == .call { links.append(current) }
            if node.kind == .binary, node.text == "|>" {
                links.append(node.children[1])
                current = node.children[0]
                continue
            }
            guard [.call, .member, .index, .unary].contains(node.kind),
                let first = node.children.first
            else { break }
            current = first
        }
        for link in links {
            if let fact = direct(facts.with(call, link), bindings) { return fact }
            if let fact = inHandler(facts.with(call, link), bindings, direct) { return fact }
            for argument in tree[link].children.dropFirst() {
                let ref = facts.with(call, argument)
                visited.remove(ref)
                if let fact = scan(ref, bindings, 0, follow: link != call.node, direct) {
                    return fact
                }
            }
        }
        // `client(token) |> Req.get!(…)`: what the function of the tree makes.
        for link in links where link != call.node {
            if let function = lookup.function(calledBy: facts.with(call, link), bindings),
                let fact = scan(function, bindings, 1, direct)
            {
                return fact
            }
        }
        return nil
    }

    private static let handlerCalls: Set<String> = [
        "AddHttpMessageHandler", "addInterceptor", "addNetworkInterceptor",
        "ConfigurePrimaryHttpMessageHandler", "ConfigureAdditionalHttpMessageHandlers",
    ]

    /// What a type does that a client sends its requests through: `AddHttpMessageHandler<VersionHandler>()`.
    private mutating func inHandler<Fact>(
        _ call: NodeRef, _ bindings: Bindings, _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        let tree = facts.units[call.unit].tree
        guard facts.kind(call) == .call,
            Self.handlerCalls.contains(tree.lastName(of: tree[call.node].children[0]))
        else { return nil }
        var names = tree[call.node].text.split(separator: " ").map(String.init)
        for argument in tree.arguments(of: call.node) {
            names += tree.names(below: argument.value).filter { $0.first?.isUppercase ?? false }
        }
        for name in names {
            if let type = lookup.type(named: name, at: call),
                let fact = scan(type, bindings, 1, direct)
            {
                return fact
            }
        }
        return nil
    }

    /// The object that the call is made on, and what made it.
    private mutating func inReceiver<Fact>(
        of call: NodeRef, _ bindings: Bindings, _ direct: (NodeRef, Bindings) -> Fact?, _ depth: Int
    ) -> Fact? {
        let tree = facts.units[call.unit].tree
        guard let callee = tree[call.node].children.first else { return nil }
        // The longest part of the receiver that has a definition.
        var current = tree[callee].kind == .member ? tree[callee].children[0] : callee
        var link = current
        while [.call, .member].contains(tree[link].kind), let next = tree[link].children.first {
            if tree[link].kind == .call,
                let fact = inMacro(facts.with(call, link), bindings, direct)
            {
                return fact
            }
            link = next
        }
        while true {
            let node = tree[current]
            switch node.kind {
            case .name, .member:
                let ref = facts.with(call, current)
                if !isSelf(node), let fact = behind(ref, bindings, depth + 1, direct) {
                    return fact
                }
                if let type = lookup.typeOfExpression(ref, bindings, depth: 0), !isSelf(node) {
                    if let fact = inType(type, bindings, direct) { return fact }
                }
                guard node.kind == .member, let base = node.children.first else { return nil }
                current = base
            case .call:
                let ref = facts.with(call, current)
                if let function = lookup.function(calledBy: ref, bindings) {
                    if let fact = scan(function, bindings, depth + 1, direct) { return fact }
                }
                if let fact = scan(ref, bindings, depth + 1, direct) { return fact }
                guard let next = node.children.first else { return nil }
                current = tree[next].kind == .member ? tree[next].children[0] : next
            case .index, .unary, .binary:
                guard let first = node.children.first else { return nil }
                if node.kind == .index, node.children.count > 1,
                    let entry = Folding(facts: facts).blessedEntry(
                        tree[node.children[1]].text, of: facts.with(call, first)),
                    let value = facts.node(entry).children.last,
                    let fact = scan(facts.with(entry, value), bindings, depth + 1, direct)
                {
                    return fact
                }
                current = first
            default: return nil
            }
        }
    }

    /// A method that is added to a library by name: `Http::macro('wdesk', …)`.
    private mutating func inMacro<Fact>(
        _ call: NodeRef, _ bindings: Bindings, _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        let name = facts.units[call.unit].tree.lastName(of: facts.node(call).children[0])
        guard name.utf8.count > 2 else { return nil }
        for macro in ["macro", "define_method", "extend", "register"] {
            for candidate in facts.calls[macro] ?? [] {
                let tree = facts.units[candidate.unit].tree
                guard let first = tree.arguments(of: candidate.node).first,
                    tree.literal(first.value) == name
                else { continue }
                if let fact = scan(candidate, bindings, 1, direct) { return fact }
            }
        }
        return nil
    }

    private func isSelf(_ node: Node) -> Bool {
        ["self", "this", "cls", "me", "static"].contains(NameTable.key(node.text))
    }

    private mutating func inTypes<Fact>(
        around calls: [NodeRef], _ bindings: Bindings, _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        for call in calls {
            let tree = facts.units[call.unit].tree
            if let type = tree.type(around: call.node),
                let fact = inType(facts.with(call, type), bindings, direct)
            {
                return fact
            }
        }
        return nil
    }

    /// What a type says outside its methods and in its constructor, then what it extends, then what
    /// makes it.
    mutating func inType<Fact>(
        _ type: NodeRef, _ bindings: Bindings, depth: Int = 0,
        _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        let tree = facts.units[type.unit].tree
        var found: Fact?
        var names: [NodeRef] = []
        for annotation in tree.annotations[type.node] ?? [] {
            if let fact = scan(facts.with(type, annotation), bindings, 1, direct) { return fact }
        }
        tree.walk(type.node) { id, node in
            guard found == nil else { return false }
            if node.kind == .function, id != type.node {
                let name = node.text
                return name == tree[type.node].text
                    || [
                        "__init__", "constructor", "initialize", "__construct", "init", "configure",
                        "setup", "request_interceptor",
                    ]
                    .contains(name) || Self.headerMethods.contains(name)
            }
            if node.kind == .type, id != type.node { return false }
            if node.kind == .assign, isUnusedClient(id, in: type) { return false }
            // A table that only has a name counts where it is used.
            if node.kind == .assign, let value = node.children.dropFirst().first,
                [.map, .list].contains(tree[value].kind)
            {
                return false
            }
            if let fact = direct(facts.with(type, id), bindings) {
                found = fact
                return false
            }
            if node.kind == .name || node.kind == .member { names.append(facts.with(type, id)) }
            return true
        }
        if let found { return found }
        if depth < 4 {
            for base in lookup.bases(of: type) {
                if let fact = inType(base, bindings, depth: depth + 1, direct) { return fact }
            }
        }
        return inRegistrations(of: type, bindings, direct)
    }

    /// Methods by which containers and factories are told to make a type.
    private static let registrations = [
        "AddHttpClient", "For", "create", "AddRefitClient", "AddTypedClient", "target",
        "getInstance",
        "build", "AddScoped", "AddSingleton", "newInstance", "AddHttpApi", "registerClient",
        "createClient",
    ]

    /// Calls that name the type where a container or factory makes it.
    mutating func inRegistrations<Fact>(
        of type: NodeRef, _ bindings: Bindings, _ direct: (NodeRef, Bindings) -> Fact?
    ) -> Fact? {
        let name = facts.node(type).text
        guard name.utf8.count > 2 else { return nil }
        for callee in Self.registrations + [name] {
            for call in facts.calls[callee] ?? [] where facts.units[call.unit].role != .test {
                let tree = facts.units[call.unit].tree
                let isNamed =
                    callee == name
                    || tree[call.node].text.split(separator: " ").contains { $0 == name }
                    || tree.arguments(of: call.node).contains {
                        tree.path(of: $0.value).contains(name)
                    }
                guard isNamed else { continue }
                visited.remove(call)
                if let fact = scan(call, bindings, 1, direct) { return fact }
                if let fact = inChain(of: call, bindings, direct) { return fact }
            }
        }
        return nil
    }
}

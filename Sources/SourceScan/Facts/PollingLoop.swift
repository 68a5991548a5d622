import Deprecations

/// Tells whether a request is repeated for one operation, and what becomes of the server's wait time.
struct PollingLoop {
    let facts: TreeFacts
    let lookup: Lookup

    init(facts: TreeFacts) {
        self.facts = facts
        lookup = Lookup(facts: facts)
    }

    /// The polling of the request at the end of a flow.
    func use(of sink: Flow.Sink) -> PollingUse {
        var calls: [NodeRef] = []
        if let call = sink.call { calls.append(call) }
        calls += sink.callers.reversed()
        if let first = sink.firstCall, !calls.contains(first) { calls.append(first) }
        for call in calls {
            if let region = repetition(of: call, url: sink.expression) {
                let honours =
                    readsRetryAfter(in: region, depth: 0)
                    || calls.contains { $0 != call && readsInBody(of: $0) }
                return PollingUse(inLoop: true, retryAfter: honours ? .honoured : .ignored)
            }
        }
        if calls.contains(where: { facts.units[$0.unit].isRepeated }) {
            return PollingUse(inLoop: true, retryAfter: .ignored)
        }
        return PollingUse(inLoop: false, retryAfter: .notApplicable)
    }

    private func readsInBody(of call: NodeRef) -> Bool { false }

    /// The code that is repeated with the call.
    func repetition(of call: NodeRef, url: NodeRef) -> NodeRef? {
        if let loop = loop(around: call, url: url) { return loop }
        let tree = facts.units[call.unit].tree
        guard let function = enclosingNamed(call) else { return nil }
        if let timer = timer(around: call) { return timer }
        // A decorator that repeats.
        for annotation in tree.annotations[function.node] ?? [] {
            let name = tree[annotation].text.lowercased()
            if [
                "retry", "retrying", "backoff", "on_predicate", "poll", "retryable", "on_exception",
                "polling", "until", "scheduled", "sensor",
            ].contains(where: { name.contains($0) }) {
                return function
            }
        }
        // `Run([TimerTrigger("…")] TimerInfo timer)`
        if tree.parameters(of: function.node).contains(where: {
            tree.typeNames[$0]?.split(separator: " ").contains("TimerInfo") ?? false
        }) {
            return function
        }
        let name = facts.key(functionName(function), in: call)
        guard !name.isEmpty else { return nil }
        for other in facts.units[call.unit].names.calls[name] ?? [] {
            let ref = facts.with(call, other)
            let isInside = tree.contains(function.node, other)
            if isInside, calls(ref, function) {
                return function  // recursion
            }
            if !isInside, calls(ref, function), let loop = loop(around: ref, url: url) {
                return loop
            }
        }
        // Handed to a timer or called by its own name as a value: `setTimeout(check, 2000)`.
        for use in facts.units[call.unit].names.uses[name] ?? [] {
            guard let parent = facts.parent(facts.with(call, use)), facts.kind(parent) == .call
            else { continue }
            let callee = tree.lastName(of: facts.node(parent).children[0])
            if [
                "setTimeout", "setInterval", "scheduleAtFixedRate", "scheduleWithFixedDelay",
                "Timer", "after", "schedule", "retry", "poll", "pollUntil", "waitUntil", "until",
                "interval", "backoff", "repeat",
            ].contains(callee) {
                return tree.contains(function.node, parent.node) ? function : function
            }
        }
        return nil
    }

    private func calls(_ call: NodeRef, _ function: NodeRef) -> Bool {
        let tree = facts.units[call.unit].tree
        guard let found = lookup.function(calledBy: call) else {
            return tree[tree[call.node].children[0]].kind == .name && !lookup.needsObject(function)
        }
        return found == function
    }

    private func functionName(_ function: NodeRef) -> String {
        let node = facts.node(function)
        if node.kind == .function { return node.text }
        guard let parent = facts.parent(function) else { return "" }
        let tree = facts.units[function.unit].tree
        switch facts.kind(parent) {
        case .assign: return NameTable.targetName(facts.node(parent).children[0], tree)
        case .pair: return facts.node(parent).text
        default: return ""
        }
    }

    /// The function with a name around a call, anonymous ones passed.
    private func enclosingNamed(_ call: NodeRef) -> NodeRef? {
        let tree = facts.units[call.unit].tree
        var current = tree.function(around: call.node)
        while let function = current {
            if !functionName(facts.with(call, function)).isEmpty {
                return facts.with(call, function)
            }
            current = tree.function(around: function)
        }
        return nil
    }

    // MARK: Loops

    private static let repeaters: Set<String> = [
        "setInterval", "loop", "times", "until", "scheduleAtFixedRate", "scheduleWithFixedDelay",
        "interval", "retry",
        "pollUntil", "poll", "waitUntil", "repeat", "retryWhen", "repeatWhen", "repeatWhenEmpty",
        "Retry", "WaitAndRetryAsync", "eventually",
        "await", "step", "RETRY", "repeatedly", "iterate", "resource", "unfold", "waitFor",
        "repeatUntil", "asyncRetry", "pRetry", "backoff", "Stream.repeatedly",
    ]

    func loop(around call: NodeRef, url: NodeRef) -> NodeRef? {
        let tree = facts.units[call.unit].tree
        var child = call.node
        var current = tree[call.node].parent
        while current >= 0 {
            let node = tree[current]
            switch node.kind {
            case .loop:
                if !isOverDifferent(current, url: url, at: call),
                    !isHeadIterator(child, of: current, tree)
                {
                    return facts.with(call, current)
                }
            case .function: return nil
            case .lambda:
                let parent = node.parent
                guard parent >= 0 else { return nil }
                let outer = tree[parent]
                switch outer.kind {
                case .call, .argument:
                    let target = outer.kind == .call ? parent : outer.parent
                    guard target >= 0, tree[target].kind == .call else { return nil }
                    let name = tree.lastName(of: tree[target].children[0])
                    if Self.repeaters.contains(name) { return facts.with(call, target) }
                    if isCalledInLoop(current, by: facts.with(call, target)) {
                        return facts.with(call, target)
                    }
                    if isTicked(target, name, tree) || isRetried(target, name, call) {
                        return facts.with(call, target)
                    }
                    if [
                        "forEach", "map", "each", "for_each", "flatMap", "Select", "ForEach",
                        "filter", "collect", "apply", "foreach", "parMap", "each_with_index",
                    ].contains(name) {
                        // Over different things; an outer loop may still repeat it.
                        break
                    }
                case .pair:
                    return isRefreshed(outer.parent, tree) ? facts.with(call, outer.parent) : nil
                case .assign, .returned: return nil
                default: break
                }
            case .type: return nil
            default: break
            }
            child = current
            current = node.parent
        }
        return nil
    }

    /// Whether the tree's own function calls the block that it is given in a loop: `poll_until(lambda: …)`.
    private func isCalledInLoop(_ block: NodeID, by call: NodeRef) -> Bool {
        guard let function = lookup.function(calledBy: call) else { return false }
        let given = facts.units[call.unit].tree.arguments(of: call.node).map {
            ($0.name, facts.with(call, $0.value))
        }
        let bound = Folding(facts: facts).bind(given, to: function, [:])
        guard let parameter = bound.first(where: { $0.value == facts.with(call, block) })?.key
        else { return false }
        let unit = facts.units[function.unit]
        let key = facts.key(facts.node(parameter).text, in: parameter)
        return (unit.names.calls[key] ?? []).contains { id in
            unit.tree.contains(function.node, id)
                && unit.tree.ancestor(of: id, where: { $0.kind == .loop }).map {
                    unit.tree.contains(function.node, $0)
                } ?? false
        }
    }

    /// `timer(0, 2000).pipe(switchMap(() => …))`: once per tick.
    private func isTicked(_ call: NodeID, _ name: String, _ tree: SyntaxTree) -> Bool {
        guard
            ["switchMap", "mergeMap", "concatMap", "exhaustMap", "flatMap", "asyncMap"].contains(
                name)
        else { return false }
        var current = call
        while tree[current].parent >= 0, [.call, .argument, .member].contains(tree[current].kind) {
            if tree.path(of: current).contains(where: {
                ["timer", "interval", "periodic"].contains($0)
            }) {
                return true
            }
            current = tree[current].parent
        }
        return false
    }

    /// `policy.ExecuteAsync(() => …)` with a policy that tries again.
    private func isRetried(_ call: NodeID, _ name: String, _ ref: NodeRef) -> Bool {
        guard
            ["ExecuteAsync", "Execute", "execute", "executeSupplier", "executeCallable", "run"]
                .contains(name)
        else { return false }
        let tree = facts.units[ref.unit].tree
        let callee = tree[call].children[0]
        guard tree[callee].kind == .member, let receiver = tree[callee].children.first,
            case .values(let values, _) = lookup.definitions(of: facts.with(ref, receiver)),
            let value = values.last
        else { return false }
        return facts.units[value.unit].tree.names(below: value.node).contains {
            $0.lowercased().contains("retry")
        }
    }

    /// Options that ask again by themselves: `useQuery({ queryFn, refetchInterval: 2000 })`.
    private func isRefreshed(_ options: NodeID, _ tree: SyntaxTree) -> Bool {
        guard options >= 0, tree[options].kind == .map else { return false }
        return tree[options].children.contains { child in
            tree[child].kind == .pair
                && ["refetchInterval", "refreshInterval", "pollingInterval", "pollInterval"]
                    .contains(tree[child].text)
        }
    }

    /// The part of a loop's head that is read once: what `for x in …` goes over.
    private func isHeadIterator(_ child: NodeID, of loop: NodeID, _ tree: SyntaxTree) -> Bool {
        guard tree[loop].children.last != child || tree[child].kind != .block else { return false }
        let node = tree[child]
        return node.kind == .binary && node.text == "in"
    }

    /// Whether a loop's variable goes into the URL: then each round asks for another operation.
    private func isOverDifferent(_ loop: NodeID, url: NodeRef, at call: NodeRef) -> Bool {
        let tree = facts.units[call.unit].tree
        var variables: Set<String> = []
        for head in tree[loop].children.dropLast() {
            let node = tree[head]
            if node.kind == .binary, node.text == "in", let first = node.children.first {
                tree.walk(first) { _, node in
                    if node.kind == .name { variables.insert(node.text) }
                    return true
                }
            }
            if node.kind == .assign, node.children.count > 1, tree[node.children[1]].kind == .unary,
                tree[node.children[1]].text == "range"
            {
                tree.walk(node.children[0]) { _, node in
                    if node.kind == .name, node.text != "_" { variables.insert(node.text) }
                    return true
                }
            }
        }
        // Go: `for _, id := range ids`
        for head in tree[loop].children.dropLast() where tree[head].kind == .assign {
            let text = tree[head]
            if text.children.count > 1,
                tree.path(of: text.children[1]).first == "range"
                    || mentions("range", in: text.children[1], tree)
            {
                tree.walk(text.children[0]) { _, node in
                    if node.kind == .name, node.text != "_" { variables.insert(node.text) }
                    return true
                }
            }
        }
        guard !variables.isEmpty else { return false }
        var uses = false
        let scope = url.unit == call.unit && tree.contains(loop, url.node) ? url.node : call.node
        tree.walk(scope) { _, node in
            if node.kind == .name, variables.contains(node.text) { uses = true }
            return !uses
        }
        return uses
    }

    private func mentions(_ word: String, in id: NodeID, _ tree: SyntaxTree) -> Bool {
        var found = false
        tree.walk(id) { _, node in
            if node.kind == .name, node.text == word { found = true }
            return !found
        }
        return found
    }

    private func timer(around call: NodeRef) -> NodeRef? { nil }

    // MARK: Retry-After

    /// Whether the code reads the header of an answer.
    func readsRetryAfter(in region: NodeRef, depth: Int) -> Bool {
        let tree = facts.units[region.unit].tree
        var found = false
        var called: [NodeRef] = []
        tree.walk(region.node) { id, node in
            guard !found else { return false }
            switch node.kind {
            case .string:
                for case .text(let text, _) in tree.parts(of: id)
                where TreeFacts.settingKey(text).hasSuffix("retryafter")
                    || text.lowercased().contains("retry-after")
                    || text.withoutLetterClasses.contains("retry-after")
                {
                    found = true
                }
            case .name, .member:
                if TreeFacts.settingKey(node.text).hasSuffix("retryafter")
                    || TreeFacts.settingKey(node.text) == "retryafterheader"
                {
                    found = isRead(id, tree)
                }
            case .call:
                called.append(facts.with(region, id))
            default: break
            }
            return !found
        }
        if found || depth > 0 { return found }
        for call in called.prefix(20) {
            guard let function = lookup.function(calledBy: call) else { continue }
            if facts.units[function.unit].tree.contains(region.node, function.node),
                function.unit == region.unit
            {
                continue
            }
            if readsRetryAfter(in: function, depth: 1) { return true }
        }
        return false
    }

    private func isRead(_ id: NodeID, _ tree: SyntaxTree) -> Bool {
        // The name that an assignment sets is not a reading; its value is looked at by itself.
        let parent = tree[id].parent
        guard parent >= 0 else { return true }
        return !(tree[parent].kind == .assign && tree[parent].children.first == id)
    }
}

extension String {
    /// In lower case, `[Rr]etry` read as `retry`.
    fileprivate var withoutLetterClasses: String {
        var result: [UInt8] = []
        let bytes = Array(utf8)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "["), index + 3 < bytes.count,
                bytes[index + 3] == UInt8(ascii: "]"), bytes[index + 1].isLetter,
                bytes[index + 1] | 0x20 == bytes[index + 2] | 0x20
            {
                result.append(bytes[index + 1] | 0x20)
                index += 4
            } else {
                result.append(bytes[index].isUpper ? bytes[index] | 0x20 : bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

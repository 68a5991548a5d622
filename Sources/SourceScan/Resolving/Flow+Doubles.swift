import Deprecations

extension Flow {
    /// Types that answer requests in a test: OkHttp's dispatcher, .NET's handler, Foundation's protocol.
    private static let answeringTypes: Set<String> = [
        "Dispatcher", "QueueDispatcher", "HttpMessageHandler", "DelegatingHandler", "URLProtocol",
        "RoundTripper", "BaseHTTPRequestHandler", "HttpServer", "Interceptor", "NSURLProtocol",
    ]

    /// Calls whose block answers in the place of a server.
    private static let answeringCalls: Set<String> = [
        "MockHttpClient", "MockTransport", "MockEngine", "MockClient", "MockHandler",
        "createServer", "roundTripFunc", "RoundTripFunc",
    ]

    /// Whether a text is compared with the path of a request that a test double answers.
    func answersInDouble(_ ref: NodeRef) -> Bool {
        let unit = facts.units[ref.unit]
        guard unit.role == .test else { return false }
        let tree = unit.tree
        var current = tree[ref.node].parent
        while current >= 0 {
            let node = tree[current]
            switch node.kind {
            case .type:
                for child in node.children where [.name, .member, .call].contains(tree[child].kind)
                {
                    if Self.answeringTypes.contains(tree.lastName(of: child)) { return true }
                }
            case .call:
                let path = tree.path(of: node.children[0])
                if path.contains(where: Self.answeringCalls.contains) { return true }
            case .function:
                // A method of a type that stands for a server.
                if ["dispatch", "do_GET", "startLoading", "SendAsync", "RoundTrip"].contains(
                    node.text)
                {
                    return true
                }
            default: break
            }
            current = node.parent
        }
        return false
    }

    /// Whether a call makes a pattern of its text.
    func isPattern(_ name: String) -> Bool {
        ["compile", "Regex", "Pattern", "RegExp", "regex", "MustCompile", "re"].contains(name)
    }

    /// The call of a test double that takes the result of `call`.
    func doubleAround(_ call: NodeRef) -> NodeRef? {
        var current = facts.parent(call)
        var hops = 0
        while let here = current, hops < 6 {
            hops += 1
            switch facts.kind(here) {
            case .call:
                let tree = facts.units[here.unit].tree
                let path = tree.path(of: tree[here.node].children[0])
                return isMock(here, NameTable.key(path.last ?? ""), path) ? here : nil
            case .argument, .unary, .pair: current = facts.parent(here)
            default: return nil
            }
        }
        return nil
    }

    /// The call around an entry of a table that describes a request by method and path, and has nothing that answers it.
    func describedCall(_ map: NodeRef, isURLKey: Bool) -> NodeRef? {
        guard isURLKey, ["javascript", "typescript"].contains(facts.language(map)) else {
            return nil
        }
        let tree = facts.units[map.unit].tree
        let keys = tree[map.node].children.filter { tree[$0].kind == .pair }.map { tree[$0].text }
        guard keys.contains("method"), keys.contains("responses") || keys.contains("response"),
            !keys.contains("handler"),
            let outer = tree.ancestor(of: map.node, where: { $0.kind == .call })
        else { return nil }
        return facts.with(map, outer)
    }
}

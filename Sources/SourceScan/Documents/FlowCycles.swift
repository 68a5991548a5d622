/// Steps of a flow that lead back to themselves: a poll written as states, steps or connected nodes.
struct FlowCycles {
    /// What is known of the cycle that a step is in.
    struct Cycle {
        /// Whether one of its waits is as long as an answer's header says.
        var honoursRetryAfter: Bool
    }

    private var steps: [String: Cycle] = [:]

    /// Looks through a document; most have no flow.
    init(_ tree: DataTree) {
        for document in tree.documents {
            document.walk { node, keys in
                if let states = node["States"], states.isMapping { self.add(Self.states(states)) }
                if let links = node["connections"], links.isMapping, node["nodes"] != nil {
                    self.add(Self.connections(links, node["nodes"]))
                }
                if node.isSequence, keys.last == "steps" { self.add(Self.steps(node)) }
                return keys.count < 24
            }
        }
    }

    /// The cycle of a step, if it is in one.
    func cycle(of step: String) -> Cycle? { steps[step] }

    /// A step's successors and whether it waits as an answer says.
    private typealias Graph = [String: (next: [String], honours: Bool)]

    private mutating func add(_ graph: Graph) {
        guard graph.count <= 400 else { return }
        let reached = graph.keys.reduce(into: [String: Set<String>]()) {
            $0[$1] = Self.reached(from: $1, in: graph)
        }
        for (name, after) in reached where after.contains(name) {
            let honours = after.contains {
                graph[$0]?.honours ?? false && reached[$0]?.contains(name) ?? false
            }
            steps[name] = Cycle(honoursRetryAfter: honours)
        }
    }

    private static func reached(from start: String, in graph: Graph) -> Set<String> {
        var seen: Set<String> = []
        var open = graph[start]?.next ?? []
        while let next = open.popLast() {
            if seen.insert(next).inserted { open += graph[next]?.next ?? [] }
        }
        return seen
    }

    private static func honours(_ node: DataNode) -> Bool {
        var found = false
        node.walk { inner, _ in
            if let text = inner.text, RequestFinder.namesRetryAfter(text) { found = true }
            return !found
        }
        return found
    }

    /// Values of `Next`, `Default`, `next` anywhere in a step.
    private static func targets(_ node: DataNode, keys wanted: Set<String>) -> [String] {
        var found: [String] = []
        node.walk { inner, keys in
            if let last = keys.last, wanted.contains(last), let name = inner.text {
                found.append(name)
            }
            return keys.count < 12
        }
        return found
    }

    private static func states(_ states: DataNode) -> Graph {
        var graph: Graph = [:]
        for (name, _, state) in states.pairs {
            graph[name] = (targets(state, keys: ["Next", "Default"]), honours(state))
        }
        return graph
    }

    /// `- name: {…}`; without `next` the one below follows.
    private static func steps(_ list: DataNode) -> Graph {
        var graph: Graph = [:]
        let names = list.elements.map { $0.entries.count == 1 ? $0.entries[0].key : "" }
        for (index, element) in list.elements.enumerated() where !names[index].isEmpty {
            guard let step = element.pairs.first?.node else { continue }
            var next = targets(step, keys: ["next"])
            if step["next"] == nil, index + 1 < names.count { next.append(names[index + 1]) }
            graph[names[index]] = (next, honours(step))
        }
        return graph
    }

    private static func connections(_ links: DataNode, _ nodes: DataNode?) -> Graph {
        var waits: [String: Bool] = [:]
        for node in nodes?.elements ?? [] {
            guard let name = node["name"]?.text else { continue }
            waits[name] =
                node["type"]?.text.map { ByteText.contains("wait", in: $0) } ?? false
                && honours(node)
        }
        var graph: Graph = [:]
        for (name, _, outputs) in links.pairs {
            graph[name] = (targets(outputs, keys: ["node"]), waits[name] ?? false)
        }
        return graph
    }
}

/// The number of a node in its tree.
typealias NodeID = Int

/// What a piece of code is, as far as every language has it.
enum NodeKind: UInt8, Sendable {
    /// A string literal; its parts are in `SyntaxTree.parts(of:)`.
    case string
    case number
    case name
    /// `base.name`: the base is the child.
    case member
    /// `base[x]`: base, then arguments.
    case index
    /// `callee(arguments)`: callee, then arguments.
    case call
    /// `name: value` or `name = value` in a call; the value is the child.
    case argument
    /// Two operands; the operator is the text.
    case binary
    case unary
    case list
    /// Pairs, spreads and short names.
    case map
    /// Key and value; the text is the key where it is literal.
    case pair
    /// Parameters, then the body.
    case lambda
    /// Parameters, then the body if it has one; the name is the text.
    case function
    /// Names of what it extends, then constructor parameters, then the body.
    case type
    /// The default value, if any; the name is the text.
    case parameter
    /// Target and value; the operator is the text.
    case assign
    /// Condition, then, else.
    case conditional
    case block
    /// Head expressions, then the body; the keyword is the text.
    case loop
    /// Head expressions, then the body; the keyword is the text.
    case branch
    /// `return`, `yield`, `throw`; the keyword is the text.
    case returned
    /// `@Name(…)`, `[Name(…)]`; the expression is the child.
    case annotation
    /// `import`, `using`, `require`, `include`, `use` with all its words as text.
    case imported
}

/// One node.
struct Node: Sendable {
    var kind: NodeKind
    /// Byte offsets in the unit's text.
    var start: Int
    var end: Int
    var parent: NodeID = -1
    var children: [NodeID] = []
    /// A name, an operator, a keyword.
    var text: String = ""
    /// Index into the tree's side tables.
    var extra: Int = -1
}

/// A part of a string literal.
enum StringPart: Sendable {
    /// Text, and where it begins.
    case text(String, at: Int)
    /// Code in the string.
    case node(NodeID)
}

/// A file, or a piece of one, as a tree that is the same for all languages.
struct SyntaxTree: Sendable {
    private(set) var nodes: [Node] = []
    private var stringParts: [[StringPart]] = []
    /// The type that is written beside a parameter, variable or call: `HttpClient`.
    private(set) var typeNames: [NodeID: String] = [:]
    /// Go's receiver of a method: a parameter that no argument fills.
    private(set) var receivers: [NodeID: NodeID] = [:]
    /// Annotations of a function, type or parameter.
    private(set) var annotations: [NodeID: [NodeID]] = [:]
    /// The block of the whole text.
    var root: NodeID = 0

    subscript(id: NodeID) -> Node { nodes[id] }

    mutating func add(
        _ kind: NodeKind, _ start: Int, _ end: Int, _ children: [NodeID] = [], text: String = "",
        extra: Int = -1
    ) -> NodeID {
        let id = nodes.count
        nodes.append(
            Node(
                kind: kind, start: start, end: end, children: children, text: text, extra: extra))
        for child in children { nodes[child].parent = id }
        return id
    }

    mutating func addString(_ start: Int, _ end: Int, parts: [StringPart]) -> NodeID {
        var children: [NodeID] = []
        for case .node(let child) in parts { children.append(child) }
        stringParts.append(parts)
        return add(.string, start, end, children, extra: stringParts.count - 1)
    }

    /// The parts of a string literal.
    func parts(of id: NodeID) -> [StringPart] {
        guard nodes[id].kind == .string, nodes[id].extra >= 0 else { return [] }
        return stringParts[nodes[id].extra]
    }

    /// The text of a string literal without code in it.
    func literal(_ id: NodeID) -> String? {
        guard nodes[id].kind == .string else { return nil }
        var text = ""
        for part in parts(of: id) {
            guard case .text(let piece, _) = part else { return nil }
            text += piece
        }
        return text
    }

    mutating func append(_ child: NodeID, to id: NodeID) {
        nodes[id].children.append(child)
        nodes[child].parent = id
        nodes[id].end = max(nodes[id].end, nodes[child].end)
    }

    mutating func setEnd(_ end: Int, of id: NodeID) { nodes[id].end = end }
    mutating func setStart(_ start: Int, of id: NodeID) { nodes[id].start = start }
    mutating func setText(_ text: String, of id: NodeID) { nodes[id].text = text }
    mutating func setType(_ type: String, of id: NodeID) { typeNames[id] = type }
    mutating func setReceiver(_ receiver: NodeID, of id: NodeID) { receivers[id] = receiver }

    mutating func annotate(_ id: NodeID, with found: [NodeID]) {
        guard !found.isEmpty else { return }
        annotations[id, default: []] += found
        for annotation in found { nodes[annotation].parent = id }
    }

    // MARK: Reading

    /// The nearest node of one of the kinds above `id`.
    func ancestor(of id: NodeID, where isWanted: (Node) -> Bool) -> NodeID? {
        var current = nodes[id].parent
        while current >= 0 {
            if isWanted(nodes[current]) { return current }
            current = nodes[current].parent
        }
        return nil
    }

    /// The function or lambda around `id`.
    func function(around id: NodeID) -> NodeID? {
        ancestor(of: id) { $0.kind == .function || $0.kind == .lambda }
    }

    /// The named function around `id`.
    func namedFunction(around id: NodeID) -> NodeID? {
        ancestor(of: id) { $0.kind == .function }
    }

    /// The type around `id`.
    func type(around id: NodeID) -> NodeID? { ancestor(of: id) { $0.kind == .type } }

    /// All names and members in a subtree.
    func names(below id: NodeID) -> [String] {
        var found: [String] = []
        walk(id) { _, node in
            if node.kind == .name || node.kind == .member { found.append(node.text) }
            return true
        }
        return found
    }

    /// Whether `ancestor` is `id` or above it.
    func contains(_ ancestor: NodeID, _ id: NodeID) -> Bool {
        var current = id
        while current >= 0 {
            if current == ancestor { return true }
            current = nodes[current].parent
        }
        return false
    }

    /// Calls `body` for `id` and all below it, in order; stops below a node where it returns false.
    func walk(_ id: NodeID, _ body: (NodeID, Node) -> Bool) {
        var stack = [id]
        while let next = stack.popLast() {
            guard body(next, nodes[next]) else { continue }
            stack.append(contentsOf: nodes[next].children.reversed())
            for annotation in annotations[next] ?? [] { stack.append(annotation) }
        }
    }

    /// `a.b.c` of a chain of names, members, calls and indices: `["a", "b", "c"]`.
    func path(of id: NodeID) -> [String] {
        var reversed: [String] = []
        var current = id
        while true {
            let node = nodes[current]
            switch node.kind {
            case .name:
                reversed.append(node.text)
                return reversed.reversed()
            case .member:
                reversed.append(node.text)
                current = node.children[0]
            case .call, .index, .unary:
                guard let first = node.children.first else { return reversed.reversed() }
                current = first
            default: return reversed.reversed()
            }
        }
    }

    /// The last name of a callee: `get` of `client.get`.
    func lastName(of id: NodeID) -> String {
        var current = id
        while true {
            let node = nodes[current]
            switch node.kind {
            case .name, .member: return node.text
            case .call, .index, .unary:
                guard let first = node.children.first else { return "" }
                current = first
            default: return ""
            }
        }
    }

    /// The expression a chain begins with: `a` of `a.b(c).d`.
    func chainRoot(of id: NodeID) -> NodeID {
        var current = id
        while true {
            let node = nodes[current]
            switch node.kind {
            case .member, .call, .index, .unary:
                guard let first = node.children.first else { return current }
                current = first
            default: return current
            }
        }
    }

    /// The arguments of a call, names unwrapped.
    func arguments(of call: NodeID) -> [(name: String?, value: NodeID)] {
        nodes[call].children.dropFirst().map { id in
            let node = nodes[id]
            return node.kind == .argument && !node.children.isEmpty
                ? (node.text, node.children[0]) : (nil, id)
        }
    }

    /// The parameters of a function, lambda or type, in order.
    func parameters(of id: NodeID) -> [NodeID] {
        nodes[id].children.filter { nodes[$0].kind == .parameter }
    }

    /// The body of a function, lambda, loop, branch or type: its last child, where that is one.
    func body(of id: NodeID) -> NodeID? {
        guard let last = nodes[id].children.last, nodes[last].kind != .parameter else { return nil }
        return last
    }
}

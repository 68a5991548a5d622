/// A structured document as mappings, sequences and scalars, each with its place in the file.
///
/// JSON, YAML, TOML, XML, HCL, properties and the rest become the same tree, so that what reads a
/// Kubernetes manifest or a test plan need not know how it is written. Elements and blocks are
/// mappings whose keys may repeat; their attributes have `@`, their labels and text `#` before the name.
struct DataTree: Sendable {
    /// A key and its value.
    struct Entry: Sendable {
        /// The key, decoded.
        var key: String
        /// Byte offset of the key.
        var keyOffset: Int
        /// The value's node.
        var value: Int
        /// Whether a merge key brought it here from elsewhere in the file.
        var isMerged = false
    }

    /// One node's content.
    enum Content: Sendable {
        case scalar(ScalarText)
        case sequence([Int])
        case mapping([Entry])
    }

    /// A node with its byte offset.
    struct Node: Sendable {
        var content: Content
        var offset: Int
    }

    /// Beyond this many nodes a document is cut off.
    static let nodeLimit = 500_000
    /// How deep mappings and sequences may nest; what is deeper is left out.
    static let depthLimit = 256

    /// The file.
    let bytes: [UInt8]
    private(set) var nodes: [Node] = []
    /// The documents of the file.
    var roots: [Int] = []
    /// Comments with their marks.
    var comments: [Range<Int>] = []

    /// An empty tree over `bytes`.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether no more nodes are taken.
    var isFull: Bool { nodes.count >= Self.nodeLimit }

    /// Adds a node.
    mutating func add(_ content: Content, at offset: Int) -> Int {
        nodes.append(Node(content: content, offset: offset))
        return nodes.count - 1
    }

    /// Adds a scalar.
    mutating func add(_ style: ScalarText.Style, _ range: Range<Int>, indent: Int = 0) -> Int {
        add(.scalar(ScalarText(range: range, style: style, indent: indent)), at: range.lowerBound)
    }

    /// Puts an entry at the end of a mapping.
    mutating func append(_ entry: Entry, to mapping: Int) {
        if case .mapping(var entries) = nodes[mapping].content {
            nodes[mapping].content = .sequence([])
            entries.append(entry)
            nodes[mapping].content = .mapping(entries)
        }
    }

    /// Puts a node at the end of a sequence.
    mutating func append(_ node: Int, toSequence sequence: Int) {
        if case .sequence(var elements) = nodes[sequence].content {
            nodes[sequence].content = .mapping([])
            elements.append(node)
            nodes[sequence].content = .sequence(elements)
        }
    }

    /// The documents as nodes to read.
    var documents: [DataNode] { roots.map { DataNode(tree: self, id: $0) } }
}

/// One node of a tree, to be read by key.
struct DataNode: Sendable {
    let tree: DataTree
    let id: Int

    /// Byte offset.
    var offset: Int { tree.nodes[id].offset }

    /// The entries of a mapping; none for others.
    var entries: [DataTree.Entry] {
        if case .mapping(let entries) = tree.nodes[id].content { return entries }
        return []
    }

    /// Keys with their nodes.
    var pairs: [(key: String, keyOffset: Int, node: DataNode)] {
        entries.map { ($0.key, $0.keyOffset, DataNode(tree: tree, id: $0.value)) }
    }

    /// The elements of a sequence; none for others.
    var elements: [DataNode] {
        if case .sequence(let elements) = tree.nodes[id].content {
            return elements.map { DataNode(tree: tree, id: $0) }
        }
        return []
    }

    /// The elements of a sequence; the node itself for others.
    var all: [DataNode] { isSequence ? elements : [self] }

    var isMapping: Bool {
        if case .mapping = tree.nodes[id].content { true } else { false }
    }
    var isSequence: Bool {
        if case .sequence = tree.nodes[id].content { true } else { false }
    }
    var isScalar: Bool { scalar != nil }

    /// The scalar, if it is one.
    var scalar: ScalarText? {
        if case .scalar(let scalar) = tree.nodes[id].content { return scalar }
        return nil
    }

    /// A scalar's decoded text.
    var text: String? { scalar?.decoded(tree.bytes).string }

    /// A scalar's decoded text with its places.
    var placed: PlacedText? { scalar?.decoded(tree.bytes) }

    /// The value of a key.
    subscript(key: String) -> DataNode? {
        for entry in entries where entry.key == key { return DataNode(tree: tree, id: entry.value) }
        return nil
    }

    /// The value of the first key that is there.
    func first(of keys: [String]) -> (key: String, keyOffset: Int, node: DataNode)? {
        for key in keys {
            for entry in entries where entry.key == key {
                return (key, entry.keyOffset, DataNode(tree: tree, id: entry.value))
            }
        }
        return nil
    }

    /// All values of a key that may repeat.
    func all(of key: String) -> [DataNode] {
        entries.filter { $0.key == key }.map { DataNode(tree: tree, id: $0.value) }
    }

    /// Calls `body` for the node and all below it, in order; stops below a node where it returns
    /// false. What a merge key or an alias repeats counts again, up to a bound.
    func walk(_ body: (DataNode, [String]) -> Bool) {
        var stack: [(Int, [String])] = [(id, [])]
        var visits = 0
        while let (next, keys) = stack.popLast() {
            visits += 1
            guard visits <= DataTree.nodeLimit else { return }
            guard body(DataNode(tree: tree, id: next), keys), keys.count < DataTree.depthLimit
            else {
                continue
            }
            switch tree.nodes[next].content {
            case .scalar: break
            case .sequence(let elements):
                for (index, element) in elements.enumerated().reversed() {
                    stack.append((element, keys + [String(index)]))
                }
            case .mapping(let entries):
                for entry in entries.reversed() where entry.key != "<<" {
                    stack.append((entry.value, keys + [entry.key]))
                }
            }
        }
    }
}

extension DataTree {
    /// JSON where the text begins with a brace or a bracket, else YAML.
    static func readJSONOrYAML(_ bytes: [UInt8]) -> DataTree {
        let first = bytes.first { $0 > 0x20 && $0 < 0x80 }
        let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        return isJSON ? JSONReader.read(bytes) : YAMLReader.read(bytes)
    }
}

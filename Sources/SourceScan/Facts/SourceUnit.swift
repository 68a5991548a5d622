import ByteScan
import Deprecations

/// A file, or a piece of code inside one, with all that it says by itself.
struct SourceUnit: Sendable {
    /// Below the root, with `/`.
    var path: String
    /// The language that a call site of this unit is reported with.
    var language: String
    /// The language that the text is written in.
    var codeLanguage: String
    var role: Role
    var bytes: [UInt8]
    var tree: SyntaxTree
    var comments: [Range<Int>]
    var places: LinePlaces
    /// The cell, step or target around an embedded text.
    var symbol: String?
    /// Variables that the surrounding document or program sets, by name.
    var environment: [String: TreeFacts.Setting] = [:]
    /// Named parts of an embedded text (the cells of a notebook), by their first line.
    var parts: [EmbeddedSource.Part] = []
    /// Whether the document runs the text again and again.
    var isRepeated = false
    /// Strings that are units of their own: scripts that the code hands to a shell.
    var scripts: Set<NodeID> = []
    /// Where things are in the tree, by name.
    var names: NameTable

    /// The 1-based line of the file for an offset of `bytes`.
    func line(of offset: Int) -> Int { places.line(of: offset) }

    /// The name of the part of the text that `offset` is in.
    func partName(at offset: Int) -> String? {
        guard !parts.isEmpty else { return symbol }
        let row = places.row(of: offset)
        return parts.last { $0.line <= row }?.symbol ?? symbol
    }

    /// The 1-based byte column.
    func column(of offset: Int) -> Int { places.column(of: offset) }
}

/// Offsets of a unit's text as lines of its file.
struct LinePlaces: Sendable {
    private let own: LineIndex
    /// For each of the text's lines the line of the file and the bytes before it there; nil for a whole file.
    private let outer: (lines: [Int], columns: [Int])?

    /// The lines of a whole file.
    init(_ bytes: [UInt8]) {
        own = LineIndex(bytes)
        outer = nil
    }

    /// The lines of a text that stands inside a file.
    init(_ bytes: [UInt8], lines: [Int], columns: [Int]) {
        own = LineIndex(bytes)
        outer = (lines, columns)
    }

    /// The 0-based line of the text.
    func row(of offset: Int) -> Int { own.line(at: offset) - 1 }

    /// The 1-based line of the file.
    func line(of offset: Int) -> Int {
        let row = row(of: offset)
        guard let lines = outer?.lines else { return row + 1 }
        return row < lines.count ? lines[row] : (lines.last ?? 1)
    }

    /// The 1-based column in the file, in bytes.
    func column(of offset: Int) -> Int {
        let row = row(of: offset)
        guard let columns = outer?.columns, row < columns.count else {
            return own.column(at: offset)
        }
        return own.column(at: offset) + columns[row]
    }
}

/// Where definitions and uses stand in one tree, by their last name.
struct NameTable: Sendable {
    /// Assignments (and map entries) by target.
    var assignments: [String: [NodeID]] = [:]
    /// Functions, and lambdas that have a name, by name.
    var functions: [String: [NodeID]] = [:]
    var types: [String: [NodeID]] = [:]
    /// Calls by the callee's last name.
    var calls: [String: [NodeID]] = [:]
    /// Names and members by last name.
    var uses: [String: [NodeID]] = [:]
    var strings: [NodeID] = []
    var imports: [NodeID] = []
    var annotations: [NodeID] = []

    /// Reads a tree once.
    init(_ tree: SyntaxTree, ignoresCase: Bool) {
        func key(_ name: String) -> String { Self.key(name, ignoresCase: ignoresCase) }
        tree.walk(tree.root) { id, node in
            switch node.kind {
            case .assign:
                let name = Self.targetName(node.children[0], tree)
                if !name.isEmpty { assignments[key(name), default: []].append(id) }
                if tree[node.children[0]].kind == .list || tree[node.children[0]].kind == .map {
                    for item in tree[node.children[0]].children {
                        let name = Self.targetName(item, tree)
                        if !name.isEmpty { assignments[key(name), default: []].append(id) }
                    }
                }
                if node.children.count > 1, tree[node.children[1]].kind == .lambda {
                    functions[key(name), default: []].append(node.children[1])
                }
            case .pair:
                if !node.text.isEmpty {
                    assignments[key(node.text), default: []].append(id)
                    if node.children.count > 1, tree[node.children[1]].kind == .lambda {
                        functions[key(node.text), default: []].append(node.children[1])
                    }
                }
            case .function: functions[key(node.text), default: []].append(id)
            case .type: types[key(node.text), default: []].append(id)
            case .call: calls[key(tree.lastName(of: node.children[0])), default: []].append(id)
            case .name, .member: uses[key(node.text), default: []].append(id)
            case .string: strings.append(id)
            case .imported: imports.append(id)
            case .annotation: annotations.append(id)
            default: break
            }
            return true
        }
    }

    /// A name as it is looked up: sigils away.
    static func key(_ name: String, ignoresCase: Bool = false) -> String {
        var name = Substring(name)
        while let first = name.first, first == "$" || first == "@" { name = name.dropFirst() }
        return ignoresCase ? name.lowercased() : String(name)
    }

    /// `x` of `x`, `self.x`, `x: T`, `x["k"]` (then `k`).
    static func targetName(_ id: NodeID, _ tree: SyntaxTree) -> String {
        let node = tree[id]
        switch node.kind {
        case .name, .member: return node.text
        case .index:
            guard node.children.count > 1 else { return "" }
            return tree.literal(node.children[1]) ?? ""
        case .unary, .pair:
            return node.children.last.map { targetName($0, tree) } ?? ""
        case .argument: return node.text
        default: return ""
        }
    }
}

/// A node of one of the tree's units.
struct NodeRef: Hashable, Sendable {
    var unit: Int
    var node: NodeID
}

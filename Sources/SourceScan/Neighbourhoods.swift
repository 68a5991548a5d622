/// The parts of a tree around some files: for each the outermost folder that does not hold too much.
///
/// In a small tree that is the tree; in a large one what belongs together mostly lies together.
struct Neighbourhoods {
    private var found: Set<Substring> = []

    /// The folders around `centres` in which at most `limit` of the `counted` files lie.
    init(around centres: some Sequence<String>, counting counted: [String], limit: Int) {
        var counts: [Substring: Int] = [:]
        for path in counted {
            for folder in Self.folders(above: path) { counts[folder, default: 0] += 1 }
        }
        for path in centres {
            let fitting = Self.folders(above: path).prefix { counts[$0, default: 0] <= limit }
            if let outermost = fitting.last { found.insert(outermost) }
        }
    }

    /// Whether a file lies in one of them.
    func contains(_ path: String) -> Bool {
        Self.folders(above: path).contains(where: found.contains)
    }

    /// The folders that a file is in, innermost first; the last is the root, empty.
    static func folders(above path: String) -> [Substring] {
        var folders: [Substring] = []
        var rest = path[...]
        while let slash = rest.lastIndex(of: "/") {
            rest = rest[..<slash]
            folders.append(rest)
        }
        return folders + [""]
    }
}

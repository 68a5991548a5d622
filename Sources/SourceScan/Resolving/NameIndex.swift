/// Where names of one sort stand in the files of a tree, and which of them were asked for.
struct NameIndex {
    /// All places, by name.
    private(set) var places: [String: [NodeRef]] = [:]
    private let asked: AskedNames
    private let sort: AskedNames.Sort

    /// An empty index that tells `asked` what is looked for.
    init(of sort: AskedNames.Sort, telling asked: AskedNames) {
        self.sort = sort
        self.asked = asked
    }

    /// The places of a name, in the order of the files.
    subscript(name: String) -> [NodeRef]? {
        asked.note(name, sort)
        return places[name]
    }

    /// Adds places of a name.
    mutating func add(_ name: String, _ refs: [NodeRef]) { places[name, default: []] += refs }
}

/// The names that resolution looked for in the whole tree, whether they were there or not.
///
/// In a large tree not every file is parsed; these names say which further files could matter. Shared by the
/// indices of one tree; used from one task.
final class AskedNames {
    /// What is looked for.
    enum Sort {
        /// What a name stands for.
        case definition
        /// Who uses a name.
        case use
        /// The file that an import means.
        case module
        /// The value of a setting or of an environment variable.
        case setting
    }

    /// By sort.
    private(set) var names: [Sort: Set<String>] = [:]

    /// Keeps a name.
    func note(_ name: String, _ sort: Sort) { names[sort, default: []].insert(name) }
}

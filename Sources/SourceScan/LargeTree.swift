import ByteScan
import Deprecations

/// Chooses the files of a large tree that are worth parsing.
///
/// A small tree is parsed as far as the gate and the names in it reach. In a large one that would be thousands of
/// files for a handful of callers. There, the files that show the provider are resolved first; the names that
/// resolution asked for, and did not find or wants the users of, say which files come next.
struct LargeTree {
    private let files: [TreeFile]
    private let read: @Sendable (String) throws -> [UInt8]
    private let references: ReferencedFiles
    /// The languages of the files that are chosen already: code names code of its own language.
    private let families: Set<String>

    /// A tree with more text files than this is large.
    static let threshold = 2000
    /// How often resolution may ask for more.
    static let rounds = 4
    /// A folder is of a file's surroundings while it has no more files than this.
    static let surroundings = 300
    /// So many files of one round are enough.
    private static let enough = 600

    /// Knows the tree's files, and of these the ones that are chosen already.
    init(_ tree: SourceTree, chosen: [ParsedFile]) {
        files = tree.files
        read = tree.read
        references = ReferencedFiles(tree.files)
        families = Set(chosen.flatMap(\.units).map { Lookup.family(of: $0.codeLanguage) })
    }

    /// Paths of the files that could answer what was asked while `parsed` was resolved, sorted.
    func paths(
        for asked: AskedNames, in parsed: [ParsedFile], sending names: Set<String>, width: Int
    ) async -> [String] {
        let known = Set(parsed.map(\.path))
        var found = imported(asked, by: parsed, besides: known)
        found.formUnion(
            await naming(asked, near: parsed, everywhere: names, besides: known, width: width))
        return Array(found.sorted().prefix(Self.enough))
    }

    // MARK: By imports

    /// Languages whose imports name files, and not what is taken from them.
    private static let including: Set<String> = [
        "ruby", "php", "c", "cpp", "objective-c", "shell", "lua", "perl", "r", "powershell",
    ]

    /// Files whose names stand in an import that brings an asked name, and those called like an asked type.
    private func imported(
        _ asked: AskedNames, by parsed: [ParsedFile], besides known: Set<String>
    ) -> Set<String> {
        let definitions = asked.names[.definition, default: []].union(
            asked.names[.module, default: []])
        var found: Set<String> = []
        for file in parsed {
            var words: Set<String> = []
            for unit in file.units {
                let includes = Self.including.contains(unit.codeLanguage)
                for id in unit.names.imports {
                    let pieces = unit.tree[id].text.split {
                        " ./\\:,;\"'{}()<>".contains($0)
                    }.map(String.init)
                    if includes || pieces.contains(where: definitions.contains) {
                        words.formUnion(pieces.map { $0.lowercased() })
                    }
                }
                for id in unit.names.calls["require", default: []] {
                    for argument in unit.tree.arguments(of: id) {
                        let path = unit.tree.literal(argument.value) ?? ""
                        words.formUnion(path.split { "./".contains($0) }.map { $0.lowercased() })
                    }
                }
                for name in unit.names.uses.keys
                where name.first?.isUppercase ?? false && definitions.contains(name) {
                    words.insert(name.lowercased())
                }
                for type in unit.tree.typeNames.values {
                    for word in type.split(separator: " ") where definitions.contains(String(word))
                    {
                        words.insert(word.lowercased())
                    }
                }
            }
            found.formUnion(references.paths(of: words, near: file.path, besides: known))
        }
        return found
    }

    // MARK: By text

    /// Files around the parsed ones that have an asked name in their text, and files anywhere that have one of the
    /// names in `everywhere`.
    private func naming(
        _ asked: AskedNames, near parsed: [ParsedFile], everywhere: Set<String>,
        besides known: Set<String>, width: Int
    ) async -> Set<String> {
        let wanted = asked.names.values.reduce(into: Set<String>()) { $0.formUnion($1) }
            .filter { $0.utf8.count > 3 && !DefiningNames.common.contains($0) }
        guard !wanted.isEmpty || !everywhere.isEmpty else { return [] }
        let defined = Self.definedNames(in: parsed)
        // What somebody defines already is looked for no more, unless its users are.
        let users = asked.names[.use, default: []]
        let close = wanted.filter { users.contains($0) || !defined.contains($0) }
        let surroundings = Neighbourhoods(
            around: parsed.map(\.path), counting: files.map(\.path), limit: Self.surroundings)
        let asksSettings = !asked.names[.setting, default: []].isEmpty
        let candidates = files.filter { file in
            guard !known.contains(file.path), file.size < 1_000_000 else { return false }
            let isNear = surroundings.contains(file.path)
            guard isNear || !everywhere.isEmpty,
                let language = LanguageDetector.language(path: file.path, head: [])
            else { return false }
            return families.contains(Lookup.family(of: language))
                || asksSettings && isNear && !Language.isCode(language)
        }
        let nearNames = LiteralSet(names: close.union(everywhere).sorted())
        let farNames = LiteralSet(names: everywhere.sorted())
        return await candidates.searched(width: width) { file in
            let literals = surroundings.contains(file.path) ? nearNames : farNames
            guard !literals.literals.isEmpty, let bytes = try? read(file.path) else {
                return false
            }
            return unsafe !literals.hits(in: bytes.span.bytes).isEmpty
        }
    }

    private static func definedNames(in parsed: [ParsedFile]) -> Set<String> {
        var found: Set<String> = []
        for unit in parsed.flatMap(\.units) {
            found.formUnion(unit.names.assignments.keys)
            found.formUnion(unit.names.functions.keys)
            found.formUnion(unit.names.types.keys)
        }
        for setting in parsed.flatMap(\.settings) {
            if let key = setting.keys.last { found.insert(key) }
        }
        return found
    }
}

extension [TreeFile] {
    /// The paths of those that `has` says yes to, asked in `width` parts at once.
    fileprivate func searched(
        width: Int, _ has: @escaping @Sendable (TreeFile) -> Bool
    ) async -> Set<String> {
        let width = Swift.max(1, width)
        return await withTaskGroup(of: [String].self) { group in
            for part in 0..<width {
                group.addTask {
                    var found: [String] = []
                    for index in stride(from: part, to: self.count, by: width) {
                        if Task.isCancelled { break }
                        if has(self[index]) { found.append(self[index].path) }
                    }
                    return found
                }
            }
            return await group.reduce(into: Set<String>()) { $0.formUnion($1) }
        }
    }
}

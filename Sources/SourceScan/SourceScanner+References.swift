import ByteScan
import Deprecations

/// Names by which other files reach what a file with the endpoint's path defines.
enum DefiningNames {
    static let common: Set<String> = [
        "main", "test", "index", "run", "init", "setup", "handler", "handle", "default", "self",
        "this", "name", "data", "path",
        "paths", "url", "urls", "config", "client", "Client", "get", "__init__", "constructor",
        "describe", "module", "exports", "constructor",
    ]

    /// Functions, constants, entries and types around text that has one of `words`, as a piece of a path where `asPath`.
    static func names(in files: [ParsedFile], words: Set<String>, asPath: Bool = false) -> Set<
        String
    > {
        let wanted =
            asPath ? words.flatMap { ["/\($0)", "\($0)/"] } : Array(words)
        var found: Set<String> = []
        for file in files {
            for unit in file.units {
                let tree = unit.tree
                for string in unit.names.strings {
                    let isAnchor = tree.parts(of: string).contains { part in
                        if case .text(let text, _) = part {
                            wanted.contains { text.lowercased().contains($0) }
                                || asPath && words.contains(text)
                        } else {
                            false
                        }
                    }
                    guard isAnchor else { continue }
                    var current = tree[string].parent
                    while current >= 0 {
                        let node = tree[current]
                        switch node.kind {
                        case .function, .type: found.insert(node.text)
                        case .pair: found.insert(node.text)
                        case .assign:
                            if let target = node.children.first {
                                found.insert(NameTable.targetName(target, tree))
                            }
                        default: break
                        }
                        current = node.parent
                    }
                }
            }
        }
        return found.filter { $0.utf8.count > 3 && !common.contains($0) }.reduce(into: []) {
            $0.insert(NameTable.key($1))
        }
    }

    /// Functions, entries and types that hand on a link, in files that start the provider's operations.
    static func names(aroundLinksIn files: [ParsedFile], of rule: Rule) -> Set<String> {
        let starts = Set(rule.initiatingCalls.compactMap { $0.path.literalPrefix.last })
        guard !starts.isEmpty else { return [] }
        var found: Set<String> = []
        for unit in files.flatMap(\.units) {
            let begins = unit.names.strings.contains { string in
                unit.tree.parts(of: string).contains { part in
                    guard case .text(let text, _) = part else { return false }
                    return starts.contains { text.contains($0) }
                }
            }
            guard begins else { continue }
            for read in LinkReads(unit: unit, index: 0, names: rule.links).all() {
                var current = unit.tree[read.node.node].parent
                while current >= 0 {
                    let node = unit.tree[current]
                    switch node.kind {
                    case .function, .type, .pair: found.insert(NameTable.key(node.text))
                    case .assign:
                        if let target = node.children.first {
                            found.insert(NameTable.key(NameTable.targetName(target, unit.tree)))
                        }
                    default: break
                    }
                    current = node.parent
                }
            }
        }
        return found.filter { $0.utf8.count > 3 && !common.contains($0) }
    }

    /// Last keys of settings that hold the endpoint's whole URL.
    static func settings(in files: [ParsedFile], shapes: EndpointShapes) -> Set<String> {
        var found: Set<String> = []
        for setting in files.flatMap(\.settings) {
            guard let key = setting.keys.last, key.utf8.count > 3, !common.contains(key),
                shapes.matches(setting.value).contains(where: {
                    if case .provider = $0.host { true } else { false }
                })
            else { continue }
            found.insert(key)
        }
        return found
    }
}

extension SourceScanner {
    /// Files outside the candidates that name what these define, or are named by them.
    func referencing(
        _ parsed: [ParsedFile], of tree: SourceTree, known: Set<String>
    ) -> [String] {
        let shapes = EndpointShapes(rules: rules, gateways: gateways)
        let defined = DefiningNames.names(
            in: parsed, words: shapes.anchorWords, asPath: true)
        let links = rules.reduce(into: Set<String>()) {
            $0.formUnion(DefiningNames.names(aroundLinksIn: parsed, of: $1))
        }
        let settings = DefiningNames.settings(in: parsed, shapes: shapes)
        let all = defined.union(links).union(settings).sorted()
        let names = LiteralSet(names: all)
        guard !names.literals.isEmpty else { return [] }
        // `status` may be anybody's; `operationStatus` hardly.
        let distinctive = LiteralSet(names: all.filter(DefiningNames.isDistinctive))
        let near = Neighbourhoods(
            around: parsed.map(\.path), counting: tree.files.map(\.path), limit: 2000)
        let families = Set(parsed.flatMap(\.units).map { Lookup.family(of: $0.codeLanguage) })
        var found: [String] = []
        for file in tree.files where !known.contains(file.path) && file.size < 1_000_000 {
            if Task.isCancelled || found.count >= 2000 { break }
            let wanted = near.contains(file.path) ? names : distinctive
            guard !wanted.literals.isEmpty,
                let language = LanguageDetector.language(path: file.path, head: []),
                // Any language can read a setting.
                families.contains(Lookup.family(of: language))
                    || !settings.isEmpty && Language.isCode(language),
                let bytes = try? tree.read(file.path),
                unsafe !wanted.hits(in: bytes.span.bytes).isEmpty
            else { continue }
            found.append(file.path)
        }
        return found
    }
}

/// Files that code names: by an import's last word or by a type's name.
struct ReferencedFiles {
    private let byStem: [String: [String]]

    /// Files with more namesakes than this are only taken where they are near.
    private static let few = 3
    /// So many files of one round are enough, whatever the code names.
    private static let enough = 500

    /// Knows the files of a tree by their names.
    init(_ files: [TreeFile]) {
        var byStem: [String: [String]] = [:]
        for file in files where file.size < 1_000_000 {
            let parts = file.path.split(separator: "/")
            let stem = (parts.last?.split(separator: ".").first ?? "").lowercased()
            byStem[stem, default: []].append(file.path)
            if ["__init__", "index", "mod"].contains(stem), let folder = parts.dropLast().last {
                byStem[folder.lowercased(), default: []].append(file.path)
            }
        }
        self.byStem = byStem
    }

    /// Paths of files that the parsed ones name, besides those that are known already; sorted.
    func paths(named parsed: [ParsedFile], besides known: Set<String>) -> [String] {
        var found: Set<String> = []
        // In a fixed order, so that the same files are found each time.
        for file in parsed.sorted(by: { $0.path < $1.path }) {
            found.formUnion(paths(of: words(of: file), near: file.path, besides: known))
            if found.count > Self.enough { break }
        }
        return found.sorted()
    }

    /// Paths of files that one of the words names, as far as there are few or they are near; besides those known.
    func paths(
        of words: Set<String>, near path: String, besides known: Set<String>
    ) -> Set<String> {
        var found: Set<String> = []
        for word in words {
            let files = (byStem[word] ?? []).filter { !known.contains($0) }
            guard !files.isEmpty else { continue }
            found.formUnion(files.count <= Self.few ? files : nearest(files, to: path))
        }
        return found
    }

    /// Those that share most folders with a path, where they share any.
    private func nearest(_ files: [String], to path: String) -> [String] {
        let own = path.split(separator: "/").dropLast()
        let shared = files.map { zip(own, $0.split(separator: "/")).prefix { $0 == $1 }.count }
        guard let most = shared.max(), most > 0 || own.isEmpty else { return [] }
        return Array(zip(files, shared).filter { $0.1 == most }.map(\.0).prefix(8))
    }

    private func words(of file: ParsedFile) -> Set<String> {
        var words: Set<String> = []
        for unit in file.units {
            for id in unit.names.imports {
                for word in unit.tree[id].text.split(whereSeparator: {
                    " ./\\:,;\"'{}()".contains($0)
                }) {
                    words.insert(word.lowercased())
                }
            }
            for name in unit.names.uses.keys where name.first?.isUppercase ?? false {
                words.insert(name.lowercased())
            }
            for type in unit.tree.typeNames.values {
                for word in type.split(separator: " ") { words.insert(word.lowercased()) }
            }
        }
        return words
    }
}

extension LiteralSet {
    /// Any of some names, letters compared as they are; what is told is whether one is there.
    init(names: [String]) {
        let names = names.prefix(Self.greatest)
        self.init(
            names.map { Literal(Array($0.utf8)) }, bits: Array(repeating: 0, count: names.count))
    }
}

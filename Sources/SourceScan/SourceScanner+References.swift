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

    /// Functions, constants, entries and types around text that has one of `words`.
    static func names(in files: [ParsedFile], words: Set<String>) -> Set<String> {
        var found: Set<String> = []
        for file in files {
            for unit in file.units {
                let tree = unit.tree
                for string in unit.names.strings {
                    let isAnchor = tree.parts(of: string).contains { part in
                        if case .text(let text, _) = part {
                            words.contains { text.lowercased().contains($0) }
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
        let defined = DefiningNames.names(in: parsed, words: shapes.anchorWords)
        let settings = DefiningNames.settings(in: parsed, shapes: shapes)
        let names = LiteralSet(
            defined.union(settings).sorted().prefix(LiteralSet.capacity).map { Array($0.utf8) })
        guard !names.literals.isEmpty else { return [] }
        let families = Set(parsed.flatMap(\.units).map { Lookup.family(of: $0.codeLanguage) })
        var found: [String] = []
        for file in tree.files where !known.contains(file.path) && file.size < 1_000_000 {
            guard let language = LanguageDetector.language(path: file.path, head: []),
                // Any language can read a setting.
                families.contains(Lookup.family(of: language))
                    || !settings.isEmpty && Language.isCode(language),
                let bytes = try? tree.read(file.path),
                unsafe !names.hits(in: bytes.span.bytes).isEmpty
            else { continue }
            if Task.isCancelled { break }
            found.append(file.path)
            if found.count >= 2000 { break }
        }
        return found
    }
}

/// Files that code names: by an import's last word or by a type's name.
struct ReferencedFiles {
    let files: [TreeFile]
    let known: Set<String>

    /// Paths of files that the parsed ones name and that are not known yet.
    func paths(named parsed: [ParsedFile]) -> [String] {
        var words: Set<String> = []
        for file in parsed {
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
        }
        var found: [String] = []
        for file in files where !known.contains(file.path) && file.size < 1_000_000 {
            let name = file.path.split(separator: "/").last.map(String.init) ?? ""
            let stem = (name.split(separator: ".").first.map(String.init) ?? "").lowercased()
            let folder =
                file.path.split(separator: "/").dropLast().last.map { $0.lowercased() } ?? ""
            if words.contains(stem)
                || (stem == "__init__" || stem == "index" || stem == "mod")
                    && words.contains(folder)
            {
                found.append(file.path)
            }
            if found.count > 400 { break }
        }
        return found
    }
}

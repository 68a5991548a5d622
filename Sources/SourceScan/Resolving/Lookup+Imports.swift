import Deprecations

/// What a file's imports say about a name.
struct ImportedName {
    /// What it is called where it is defined.
    var original: String
    /// The pieces of the paths and packages that the import names, endings away.
    var places: Set<String>
}

extension Lookup {
    /// What the import that brings `name` into a unit says: `import { PREFIX as ROOT } from './places'`.
    func imported(_ name: String, in unit: Int) -> ImportedName? {
        let unit = facts.units[unit]
        for id in unit.names.imports {
            let words = unit.tree[id].text.split(separator: " ").map(String.init)
            guard let index = words.lastIndex(where: { Self.lastPiece($0) == name }) else {
                continue
            }
            var original = name
            if index >= 2, words[index - 1] == "as" { original = Self.lastPiece(words[index - 2]) }
            // Go: `cfg "example.com/app/config"`; C#: `using Places = Acme.Config.Places`
            if index + 1 < words.count, words[index + 1].contains("/") || words[0] == "using" {
                original = Self.lastPiece(words[index + 1])
            }
            return ImportedName(original: original, places: Self.pieces(of: words))
        }
        for id in unit.names.assignments[name] ?? [] where unit.tree[id].kind == .assign {
            guard unit.tree[id].children.count > 1,
                let path = required(unit.tree[id].children[1], unit.tree)
            else { continue }
            return ImportedName(original: name, places: Self.pieces(of: [path]))
        }
        return nil
    }

    /// The path of `require('./places')`.
    func required(_ id: NodeID, _ tree: SyntaxTree) -> String? {
        guard tree[id].kind == .call, tree.lastName(of: id) == "require",
            let first = tree.arguments(of: id).first
        else { return nil }
        return tree.literal(first.value)
    }

    private static func lastPiece(_ word: String) -> String {
        word.split(whereSeparator: { ".\\/:".contains($0) }).last.map(String.init) ?? word
    }

    private static func pieces(of words: [String]) -> Set<String> {
        var found: Set<String> = []
        for word in words {
            for piece in word.split(whereSeparator: { "./\\:".contains($0) }) {
                found.insert(String(piece))
            }
        }
        return found
    }

    /// Of definitions in several files, those in the files that the import names, and of these the nearest.
    func meant(_ refs: [NodeRef], by imported: ImportedName?, at ref: NodeRef) -> [NodeRef] {
        guard refs.count > 1 else { return refs }
        var found = refs
        if let imported {
            let named = refs.filter { facts.isFile($0.unit, named: imported.places) }
            if !named.isEmpty { found = named }
        }
        let own = facts.units[ref.unit].path.split(separator: "/")
        func shared(_ other: NodeRef) -> Int {
            zip(own, facts.units[other.unit].path.split(separator: "/")).prefix { $0 == $1 }.count
        }
        let best = found.map(shared).max() ?? 0
        return found.filter { shared($0) == best }
    }

    /// The member `name` of a module: of the file or folder that the name or its import means.
    func moduleMember(_ name: String, module: String, at ref: NodeRef) -> Definition? {
        let imported = imported(module, in: ref.unit)
        var names: Set<String> = [module]
        if let imported { names.insert(imported.original) }
        var found = member(name, ofFilesNamed: names, at: ref, by: imported)
        if found == nil, let imported {
            found = member(name, ofFilesNamed: imported.places, at: ref, by: imported)
        }
        return found
    }

    /// The member `name` of the file that `require` names.
    func member(_ name: String, ofRequired path: String, at ref: NodeRef) -> Definition? {
        let places = Self.pieces(of: [path])
        guard let last = path.split(separator: "/").last?.split(separator: ".").first else {
            return nil
        }
        return member(
            name, ofFilesNamed: [String(last)], at: ref,
            by: ImportedName(original: name, places: places))
    }

    private func member(
        _ name: String, ofFilesNamed names: Set<String>, at ref: NodeRef, by imported: ImportedName?
    ) -> Definition? {
        let family = languageFamily(facts.language(ref))
        var values: [NodeRef] = []
        var functions: [NodeRef] = []
        for index in facts.units(ofFilesNamed: names) {
            let unit = facts.units[index]
            guard languageFamily(unit.codeLanguage) == family else { continue }
            values += (unit.names.assignments[name] ?? []).filter {
                unit.tree[$0].kind == .assign && unit.tree.function(around: $0) == nil
            }.map { NodeRef(unit: index, node: $0) }
            if let function = unit.names.functions[name]?.first {
                functions.append(NodeRef(unit: index, node: function))
            }
            if let entry = exportedEntry(name, ofUnit: index) {
                if case .values(let found, _) = entry { values += found }
                if case .function(let found) = entry { functions.append(found) }
            }
        }
        let meantValues = meant(values, by: imported, at: ref)
        if !meantValues.isEmpty { return .values(meantValues, isLocal: false) }
        return meant(functions, by: imported, at: ref).first.map { .function($0) }
    }

    /// The entry of `module.exports = { … }` or `export default { … }`.
    private func exportedEntry(_ name: String, ofUnit index: Int) -> Definition? {
        let unit = facts.units[index]
        guard languageFamily(unit.codeLanguage) == "script" else { return nil }
        for key in ["exports", "default"] {
            for id in unit.names.assignments[key] ?? []
            where unit.tree[id].kind == .assign && unit.tree[id].children.count > 1 {
                let value = NodeRef(unit: index, node: unit.tree[id].children[1])
                guard facts.kind(value) == .map else { continue }
                if let found = entry(name, of: value, [:], depth: 0) { return found }
            }
        }
        return nil
    }
}

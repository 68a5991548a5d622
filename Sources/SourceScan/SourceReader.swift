import Deprecations

/// One file with all that it says by itself.
struct ParsedFile: Sendable {
    var path: String
    var bytes: [UInt8]
    var units: [SourceUnit]
    var settings: [TreeFacts.Setting]
}

/// Reads one file: code, shell, or a document with code in it.
enum SourceReader {
    /// A file's facts.
    static func read(path: String, bytes: [UInt8], language: String? = nil) -> ParsedFile {
        let head = bytes.prefix(4096)
        let detected = language ?? LanguageDetector.language(path: path, head: head)
        var file = ParsedFile(path: path, bytes: bytes, units: [], settings: [])
        guard let detected else { return file }
        let role = FileRole.role(path: path, language: detected, head: head)
        if var unit = unit(
            path: path, language: detected, codeLanguage: detected, role: role, bytes: bytes)
        {
            let scripts = EmbeddedScripts.units(in: &unit)
            file.units.append(unit)
            file.units += scripts
        }
        return file
    }

    /// A unit of code, where the language is one that is read as code.
    static func unit(
        path: String, language: String, codeLanguage: String, role: Role, bytes: [UInt8],
        places: LinePlaces? = nil
    ) -> SourceUnit? {
        let parsed: (tree: SyntaxTree, comments: [Range<Int>])
        if codeLanguage == "shell" {
            parsed = ShellParser.parse(bytes)
        } else if let row = Language.named(codeLanguage), codeLanguage != "terraform" {
            parsed = CodeParser.parse(bytes, language: row)
        } else {
            return nil
        }
        return SourceUnit(
            path: path, language: language, codeLanguage: codeLanguage, role: role, bytes: bytes,
            tree: parsed.tree, comments: parsed.comments, places: places ?? LinePlaces(bytes),
            names: NameTable(parsed.tree, ignoresCase: TreeFacts.ignoresCase(codeLanguage)))
    }

    /// A file name that an example of a language could have.
    static func exampleName(_ language: String) -> String { "example" }
}

/// Lines of a file around a call site, secrets masked.
enum Excerpts {
    /// At most `limit` lines, from a little before the site to a little after its call.
    static func around(_ site: CallSite, in bytes: [UInt8], limit: Int = 9) -> Excerpt? {
        let places = lines(of: bytes)
        guard site.line >= 1, site.line <= places.count else { return nil }
        let first = max(1, min(site.line, site.callLine ?? site.line) - 2)
        let last = min(
            places.count, max(site.line, site.callLine ?? site.line) + 2, first + limit - 1)
        let text = (first...max(first, last)).map { number in
            let range = places[number - 1]
            let line = String(decoding: bytes[range].prefix(400), as: UTF8.self)
            return SecretMask.mask(line)
        }
        return Excerpt(firstLine: first, lines: text)
    }

    private static func lines(of bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = 0
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x0A || bytes[index] == 0x0D {
                found.append(start..<index)
                if bytes[index] == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A {
                    index += 1
                }
                start = index + 1
            }
            index += 1
        }
        found.append(start..<bytes.count)
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

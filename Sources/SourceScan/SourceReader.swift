import Deprecations

/// One file with all that it says by itself.
struct ParsedFile: Sendable {
    var path: String
    var bytes: [UInt8]
    var units: [SourceUnit]
    var settings: [TreeFacts.Setting]
    var requests: [PlacedRequest]
}

/// Reads one file: code, shell, or a document with code in it.
enum SourceReader {
    /// A file's facts.
    static func read(path: String, bytes: [UInt8], language: String? = nil) -> ParsedFile {
        let head = bytes.prefix(4096)
        var file = ParsedFile(path: path, bytes: bytes, units: [], settings: [], requests: [])
        guard let detected = language ?? LanguageDetector.language(path: path, head: head) else {
            return file
        }
        let role = FileRole.role(path: path, language: detected, head: head)
        if var unit = unit(
            path: path, language: detected, codeLanguage: detected, role: role, bytes: bytes)
        {
            let scripts = EmbeddedScripts.units(in: &unit)
            file.units = [unit] + scripts
        }
        if DocumentReader.reads(detected) { addDocument(detected, role, to: &file) }
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

    // MARK: Documents

    private static func addDocument(_ language: String, _ role: Role, to file: inout ParsedFile) {
        let document = DocumentReader.read(path: file.path, language: language, bytes: file.bytes)
        let places = file.units.first?.places ?? LinePlaces(file.bytes)
        let path = file.path
        func setting(_ value: SettingValue) -> TreeFacts.Setting {
            TreeFacts.Setting(
                keys: value.keys, value: value.value,
                place: SourcePlace(path: path, line: places.line(of: value.offset)))
        }
        file.settings = document.settings.map(setting)
        file.requests = document.requests.map {
            PlacedRequest(request: $0, path: path, language: language, role: role, places: places)
        }
        if file.units.isEmpty {
            var empty = SyntaxTree()
            empty.root = empty.add(.block, 0, 0)
            file.units.append(
                SourceUnit(
                    path: path, language: language, codeLanguage: language, role: role,
                    bytes: file.bytes,
                    tree: empty, comments: document.prose, places: places,
                    names: NameTable(empty, ignoresCase: false)))
        } else {
            file.units[0].comments += document.prose
        }
        for embedded in document.embedded {
            let shown = language == "notebook" ? embedded.language : language
            guard
                var unit = unit(
                    path: path, language: shown, codeLanguage: embedded.language, role: role,
                    bytes: embedded.text,
                    places: LinePlaces(
                        embedded.text, lines: embedded.lines, columns: embedded.columns))
            else { continue }
            unit.symbol = embedded.symbol
            unit.parts = embedded.parts
            unit.isRepeated = embedded.isRepeated
            for value in embedded.environment {
                if let name = value.keys.last { unit.environment[name] = setting(value) }
            }
            let scripts = EmbeddedScripts.units(in: &unit)
            file.units += [unit] + scripts
        }
    }
}

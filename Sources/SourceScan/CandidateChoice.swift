import ByteScan
import Deprecations

/// Chooses among the files with weak hits those that can have to do with the files that show the provider.
///
/// `Location` or `operations` stand in thousands of files of a large tree. One of them matters where it is a
/// neighbour of a file that shows the provider, or names something that such a file defines.
struct CandidateChoice {
    let files: [TreeFile]
    let strong: [ParsedFile]
    /// Texts that speak for the provider, lower case.
    let words: Set<String>
    /// Whether only weak hits count that look like a path or like reading a header.
    let isLarge: Bool

    /// A folder is of a strong file's neighbourhood while it has no more weak files than this.
    private static let plentiful = 200
    /// The same in a large tree.
    private static let plentifulInLargeTree = 16

    /// Paths of the weak files that are worth reading, sorted; `read` gives a file's text.
    func paths(read: (String) throws -> [UInt8]) -> [String] {
        guard !strong.isEmpty else { return [] }
        // Settings are read by code of any language, code by code of its own.
        let settings = strong.filter { !$0.settings.isEmpty }.map(\.path)
        let surroundings = Neighbourhoods(
            around: isLarge ? settings : [], counting: files.map(\.path),
            limit: LargeTree.surroundings)
        let families = Set(strong.flatMap(\.units).map { Lookup.family(of: $0.codeLanguage) })
        let weak = files.filter { file in
            guard file.hits.isWeak, !file.hits.isStrong else { return false }
            return !isLarge
                || file.hits.isTelling
                    && (isReadable(file.path, by: families) || surroundings.contains(file.path))
        }.map(\.path)
        guard !weak.isEmpty else { return [] }
        let neighbourhoods = Neighbourhoods(
            around: strong.map(\.path), counting: weak,
            limit: isLarge ? Self.plentifulInLargeTree : Self.plentiful)
        var chosen: [String] = []
        var others: [String] = []
        for path in weak {
            if neighbourhoods.contains(path) { chosen.append(path) } else { others.append(path) }
        }
        let names = others.isEmpty ? [] : definedNames()
        if !names.isEmpty {
            let literals = LiteralSet(names: names.sorted())
            for path in others {
                if Task.isCancelled { break }
                guard let bytes = try? read(path),
                    unsafe !literals.hits(in: bytes.span.bytes).isEmpty
                else { continue }
                chosen.append(path)
            }
        }
        return chosen.sorted()
    }

    /// Whether a file is no code, or in a language whose code can name that of a strong file.
    private func isReadable(_ path: String, by families: Set<String>) -> Bool {
        guard let language = LanguageDetector.language(path: path, head: []) else {
            // A script says in its first line what it is; what has an unknown ending is none.
            return !(path.split(separator: "/").last?.contains(".") ?? false)
        }
        return !Language.isCode(language) || families.contains(Lookup.family(of: language))
    }

    /// What strong files define around a text that speaks for the provider, as far as a name is unmistakable.
    private func definedNames() -> Set<String> {
        var found = DefiningNames.names(in: strong, words: words)
        for file in strong {
            for setting in file.settings {
                let value = setting.value.description.lowercased()
                if let key = setting.keys.last, words.contains(where: value.contains) {
                    found.insert(key)
                }
            }
        }
        return found.filter(DefiningNames.isDistinctive)
    }
}

extension DefiningNames {
    /// Whether a name is made of several words, so that it hardly stands for something else elsewhere:
    /// `WORKIVA_BASE`, `operationStatus`.
    static func isDistinctive(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard bytes.count >= 8, !common.contains(name) else { return false }
        return bytes.indices.dropFirst().contains { index in
            let before = bytes[index - 1]
            return bytes[index] == UInt8(ascii: "_") && index < bytes.count - 1
                || (0x41...0x5A).contains(bytes[index]) && (0x61...0x7A).contains(before)
        }
    }
}

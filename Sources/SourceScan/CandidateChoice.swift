import ByteScan
import Deprecations

/// Chooses among the files with weak hits those that can have to do with the files that show the provider.
///
/// `Location` or `operations` stand in thousands of files of a large tree. One of them matters where it belongs to the
/// same project as a file that shows the provider, or names something that such a file defines.
struct CandidateChoice {
    let files: [TreeFile]
    let strong: [ParsedFile]
    /// Texts that speak for the provider, lower case.
    let words: Set<String>

    /// So many files of the strong ones' own projects are taken without a look at what they name.
    private static let plentiful = 400

    private static let manifests: Set = [
        "package.json", "pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", "Pipfile",
        "pom.xml", "build.gradle", "build.gradle.kts", "build.sbt", "go.mod", "Cargo.toml",
        "Gemfile", "composer.json", "Package.swift", "mix.exs", "pubspec.yaml", "CMakeLists.txt",
        "DESCRIPTION", "Makefile.PL", "cpanfile", "deno.json",
    ]

    private static let manifestEndings = [".csproj", ".fsproj", ".vbproj", ".gemspec", ".podspec"]

    /// Paths of the weak files that are worth reading, sorted; `read` gives a file's text.
    func paths(read: (String) throws -> [UInt8]) -> [String] {
        let weak = files.filter { $0.hits.isWeak && !$0.hits.isStrong }
        guard !weak.isEmpty, !strong.isEmpty else { return [] }
        let projects = projectFolders()
        var own: [String] = []
        var others: [String] = []
        for file in weak {
            if projects.contains(where: { $0.isEmpty || file.path.hasPrefix($0) }) {
                own.append(file.path)
            } else {
                others.append(file.path)
            }
        }
        if own.count > Self.plentiful {
            others += own
            own = []
        }
        guard !others.isEmpty else { return own.sorted() }
        let names = LiteralSet(
            definedNames().sorted().prefix(LiteralSet.capacity).map { Array($0.utf8) })
        guard !names.literals.isEmpty else { return own.sorted() }
        for path in others {
            guard let bytes = try? read(path), unsafe !names.hits(in: bytes.span.bytes).isEmpty
            else { continue }
            own.append(path)
        }
        return own.sorted()
    }

    /// Folders, each with `/` at its end, of the projects that strong files belong to; the empty one is the tree.
    private func projectFolders() -> Set<String> {
        var withManifest: Set<Substring> = []
        for file in files {
            let slash = file.path.lastIndex(of: "/")
            let name = slash.map { file.path[file.path.index(after: $0)...] } ?? file.path[...]
            guard
                Self.manifests.contains(String(name))
                    || Self.manifestEndings.contains(where: name.hasSuffix)
            else { continue }
            withManifest.insert(slash.map { file.path[...$0] } ?? "")
        }
        var projects: Set<String> = []
        for file in strong {
            var folder = file.path[...]
            while let slash = folder.lastIndex(of: "/") {
                folder = folder[...slash]
                if withManifest.contains(folder) { break }
                folder = folder.dropLast()
            }
            projects.insert(folder.hasSuffix("/") ? String(folder) : "")
        }
        return projects
    }

    /// What strong files are called, and what they define around a text that speaks for the provider.
    private func definedNames() -> Set<String> {
        var found = DefiningNames.names(in: strong, words: words)
        for file in strong {
            if file.units.contains(where: { $0.role != .docs && Language.isCode($0.language) }) {
                let name = file.path.split(separator: "/").last ?? ""
                if let stem = name.split(separator: ".").first { found.insert(String(stem)) }
            }
            for setting in file.settings {
                let value = setting.value.description.lowercased()
                if let key = setting.keys.last, words.contains(where: value.contains) {
                    found.insert(key)
                }
            }
        }
        return found.filter { $0.utf8.count > 4 && !DefiningNames.common.contains($0) }
    }
}

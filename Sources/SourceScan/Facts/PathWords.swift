/// A path below the scanned root, cut into the words that roles are told from.
struct PathWords {
    /// Lower-case folder names that count, outermost first.
    ///
    /// Where packages are folders (`src/main/java/com/example`), the packages do not count.
    var folders: [String]
    /// The lower-case file name.
    var name: String
    /// The file name without its last ending, as written.
    var stem: String
    /// The lower-case last ending, without its dot.
    var ending: String
    /// Whether the language has its packages in folders.
    var isManaged: Bool

    /// Cuts `path`.
    init(path: String, language: String?) {
        let parts = path.split(separator: "/").map(String.init)
        let file = parts.last ?? ""
        name = ByteText.lower(file)
        if let dot = file.lastIndex(of: "."), dot != file.startIndex {
            stem = String(file[..<dot])
            ending = ByteText.lower(String(file[file.index(after: dot)...]))
        } else {
            stem = file
            ending = ""
        }
        isManaged = ["java", "kotlin", "scala", "groovy", "csharp"].contains(language ?? "")
        folders = parts.dropLast().map(ByteText.lower)
        let hasPackages = ["java", "kotlin", "scala", "groovy"].contains(language ?? "")
        if hasPackages, let source = folders.firstIndex(of: "src") {
            // `src/test/java/…`: the source set counts; `src/example/…` is a package already.
            let isSet =
                source + 2 < folders.count
                && ["java", "kotlin", "scala", "groovy", "resources"].contains(folders[source + 2])
            let isTest = source + 1 < folders.count && folders[source + 1].hasSuffix("test")
            folders = Array(folders[..<min(folders.count, source + (isSet || isTest ? 2 : 1))])
        } else if folders.first == "src", folders.count > 1, folders[1] == "main" {
            folders = ["src", "main"] + folders.dropFirst(2).filter { $0 != "example" }
        }
    }
}

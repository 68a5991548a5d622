/// Where the user who walks keeps what git reads for all repositories.
struct GitUser: Sendable {
    /// The home folder, without a `/` at its end.
    let home: [UInt8]?
    /// Configuration files, the weakest first.
    let configFiles: [[UInt8]]
    /// The ignore file that holds where none is configured.
    private let usualIgnoreFile: [UInt8]?

    /// Reads the variables that git reads; nil: there is no user, and nothing holds beyond a repository.
    init(environment: [String: String]?) {
        func path(_ name: String, _ suffix: String = "") -> [UInt8]? {
            guard let value = environment?[name], !value.isEmpty else { return nil }
            return Array((value + suffix).utf8)
        }
        home = path("HOME")
        let inHome = path("HOME", "/.config/git")
        let folder = path("XDG_CONFIG_HOME", "/git") ?? inHome
        usualIgnoreFile = folder.map { $0 + Array("/ignore".utf8) }
        var files: [[UInt8]] = []
        let isWithoutSystem = ["1", "true", "yes", "on"].contains(
            environment?["GIT_CONFIG_NOSYSTEM"]?.lowercased())
        if environment != nil, !isWithoutSystem {
            files.append(path("GIT_CONFIG_SYSTEM") ?? Array("/etc/gitconfig".utf8))
        }
        if environment?["GIT_CONFIG_GLOBAL"] != nil {
            if let named = path("GIT_CONFIG_GLOBAL") { files.append(named) }
        } else {
            if let folder { files.append(folder + Array("/config".utf8)) }
            if let file = path("HOME", "/.gitconfig") { files.append(file) }
        }
        configFiles = files
    }

    /// The rules for all repositories, from `core.excludesFile` or its usual place; they start from `folder`, which
    /// ends with a `/`.
    func ignoreList(_ config: GitConfig, from folder: [UInt8]) -> IgnoreList {
        var file = usualIgnoreFile
        if let named = config.excludesFile {
            file = named.first == UInt8(ascii: "/") || named.isEmpty ? named : folder + named
        }
        let content = file.flatMap { SystemFile.content($0, followsLinks: true) }
        return IgnoreList(content ?? [], base: folder.count)
    }

    /// The same for a tree that no repository is around.
    func ignoreList(from folder: [UInt8]) -> IgnoreList {
        ignoreList(GitConfig(reading: configFiles, home: home), from: folder)
    }
}

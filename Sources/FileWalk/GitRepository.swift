/// What a repository of git says about ignoring, beyond the `.gitignore` files of its folders.
struct GitRepository {
    /// The top folder of the working tree, with a `/` at its end.
    let folder: [UInt8]
    /// Where what all working trees share is kept, without a `/` at its end.
    private let commonFolder: [UInt8]

    /// The repository whose working tree has this top folder (with a `/` at its end); nil where there is none.
    init?(at folder: [UInt8]) {
        let entry = folder + Array(".git".utf8)
        var gitFolder = entry
        if SystemFile.kind(entry, followsLinks: true) == .file {
            // A further working tree, or a submodule: a file says where its repository is.
            guard let content = SystemFile.content(entry, followsLinks: true) else { return nil }
            let mark = Array("gitdir: ".utf8)
            guard content.starts(with: mark) else { return nil }
            gitFolder = Self.path(Self.firstLine(content.dropFirst(mark.count)), from: folder)
        }
        guard SystemFile.kind(gitFolder + Array("/HEAD".utf8)) != nil else { return nil }
        self.folder = folder
        if let content = SystemFile.content(
            gitFolder + Array("/commondir".utf8), followsLinks: true)
        {
            commonFolder = Self.path(
                Self.firstLine(content[...]), from: gitFolder + [UInt8(ascii: "/")])
        } else {
            commonFolder = gitFolder
        }
    }

    /// The repository that a folder (with a `/` at its end) lies in.
    static func around(_ folder: [UInt8]) -> GitRepository? {
        var folder = folder
        while true {
            if let repository = GitRepository(at: folder) { return repository }
            guard let slash = folder.dropLast().lastIndex(of: UInt8(ascii: "/")) else { return nil }
            folder.removeSubrange((slash + 1)...)
        }
    }

    /// The user's ignore rules and the repository's own (`info/exclude`), the weaker first.
    func ignoreLists(_ user: GitUser) -> [IgnoreList] {
        let config = GitConfig(
            reading: user.configFiles + [commonFolder + Array("/config".utf8)], home: user.home)
        let excludes = SystemFile.content(
            commonFolder + Array("/info/exclude".utf8), followsLinks: true)
        return [
            user.ignoreList(config, from: folder),
            IgnoreList(excludes ?? [], base: folder.count),
        ]
    }

    private static func firstLine(_ content: ArraySlice<UInt8>) -> [UInt8] {
        var line = content.prefix { $0 != 0x0A }
        while line.last == 0x0D { line.removeLast() }
        return Array(line)
    }

    private static func path(_ path: [UInt8], from folder: [UInt8]) -> [UInt8] {
        path.first == UInt8(ascii: "/") ? path : folder + path
    }
}

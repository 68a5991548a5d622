/// All ignore rules that hold in one folder.
struct IgnoreRules: Sendable {
    /// Git's, from the weakest: the user's, the repository's, then folder by folder downwards.
    private var git: [IgnoreList]
    /// `.lastcallignore`, folder by folder downwards; stronger than all of git's.
    private var own: [IgnoreList] = []
    /// What the caller asked for; strongest.
    private var extra: [IgnoreList]

    /// Rules that hold before any folder's own are read.
    init(git: [IgnoreList], extra: IgnoreList) {
        self.git = git.filter { !$0.isEmpty }
        self.extra = extra.isEmpty ? [] : [extra]
    }

    /// Another repository begins: of git's rules only its own hold.
    mutating func enterRepository(_ lists: [IgnoreList]) { git = lists.filter { !$0.isEmpty } }

    /// Adds the ignore files of a folder, whose path ends with `/`.
    mutating func addFiles(of folder: [UInt8], hasGitIgnore: Bool = true, hasOwnIgnore: Bool = true)
    {
        func list(_ name: String) -> IgnoreList {
            let content = SystemFile.content(folder + Array(name.utf8), followsLinks: false)
            return IgnoreList(content ?? [], base: folder.count)
        }
        if hasGitIgnore { git = (git + [list(".gitignore")]).filter { !$0.isEmpty } }
        if hasOwnIgnore { own = (own + [list(".lastcallignore")]).filter { !$0.isEmpty } }
    }

    /// Whether the file or folder is to be passed over; `path` is absolute, its name begins at `nameStart`.
    func ignores(_ path: Span<UInt8>, nameStart: Int, isFolder: Bool) -> Bool {
        let verdict =
            Self.verdict(of: extra, path, nameStart, isFolder)
            ?? Self.verdict(of: own, path, nameStart, isFolder)
            ?? Self.verdict(of: git, path, nameStart, isFolder)
        return verdict == .ignored
    }

    private static func verdict(
        of lists: [IgnoreList], _ path: Span<UInt8>, _ nameStart: Int, _ isFolder: Bool
    ) -> IgnoreList.Verdict? {
        var index = lists.count
        while index > 0 {
            index -= 1
            if let verdict = lists[index].verdict(
                on: path, nameStart: nameStart, isFolder: isFolder)
            {
                return verdict
            }
        }
        return nil
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One of the workers of a walk.
struct WalkWorker<State: Sendable> {
    let queue: WalkQueue
    let user: GitUser
    /// How many bytes of an absolute path name the root, its `/` included.
    let rootLength: Int
    let visit: @Sendable (inout State, WalkedFile) -> Void

    var state: State
    var skipped: [SkippedPath] = []
    /// What it found and has not given away.
    private var stack: [WalkWork] = []
    private var listing = FolderListing()
    /// The absolute path of what is looked at.
    private var path: [UInt8] = []

    init(
        queue: WalkQueue, user: GitUser, rootLength: Int, state: State,
        visit: @escaping @Sendable (inout State, WalkedFile) -> Void
    ) {
        self.queue = queue
        self.user = user
        self.rootLength = rootLength
        self.state = state
        self.visit = visit
    }

    /// Works until all is done.
    mutating func run() async throws(CancellationError) {
        while let work = await queue.take() {
            stack.append(work)
            do throws(CancellationError) {
                while let work = stack.popLast() {
                    switch work {
                    case .folder(let folder, let rules): try walk(folder, rules)
                    case .files(let folder, let names): try visitFiles(names, of: folder)
                    }
                    if queue.isHungry, stack.count > 1 { giveFolders() }
                }
            } catch {
                queue.leave()
                throw error
            }
        }
        if Task.isCancelled { throw CancellationError() }
    }

    private mutating func walk(_ folder: [UInt8], _ rules: IgnoreRules) throws(CancellationError) {
        if Task.isCancelled { throw CancellationError() }
        if let code = listing.read(folder) {
            let isRoot = folder.count <= rootLength
            // A folder that is gone is no part of the tree any more; one that became something else neither.
            if isRoot || (code != ENOENT && code != ENOTDIR && code != ELOOP) {
                skip(folder.dropLast(), isFolder: true, .unreadable(code))
            }
        }
        let rules = rulesIn(folder, from: rules)
        var files: [[UInt8]] = []
        path = folder
        for entry in listing.entries {
            path.replaceSubrange(folder.count..., with: listing.names[entry.name])
            let isFolder = entry.kind == .folder
            if rules.ignores(path.span, nameStart: folder.count, isFolder: isFolder) {
                skip(path[...], isFolder: isFolder, .ignored)
                continue
            }
            switch entry.kind {
            case .file: files.append(Array(listing.names[entry.name]))
            case .folder: stack.append(.folder(path: path + [UInt8(ascii: "/")], rules))
            case .link: skip(path[...], isFolder: false, .link)
            case .special: skip(path[...], isFolder: false, .special)
            }
        }
        try visitFiles(files, of: folder)
    }

    /// The rules in a folder that was listed.
    private func rulesIn(_ folder: [UInt8], from rules: IgnoreRules) -> IgnoreRules {
        guard listing.hasGitIgnore || listing.hasOwnIgnore || listing.hasGit else { return rules }
        var rules = rules
        if listing.hasGit, folder.count > rootLength,
            let repository = GitRepository(at: folder)
        {
            rules.enterRepository(repository.ignoreLists(user))
        }
        rules.addFiles(
            of: folder, hasGitIgnore: listing.hasGitIgnore, hasOwnIgnore: listing.hasOwnIgnore)
        return rules
    }

    private mutating func visitFiles(
        _ names: [[UInt8]], of folder: [UInt8]
    ) throws(CancellationError) {
        var end = names.count
        var position = 0
        path = folder
        while position < end {
            if position & 15 == 0 {
                if Task.isCancelled { throw CancellationError() }
                if queue.isHungry { giveAway(&end, from: position, of: names, in: folder) }
            }
            path.replaceSubrange(folder.count..., with: names[position])
            visit(&state, WalkedFile(path: pathText(path[rootLength...]), absolutePath: path))
            position += 1
        }
    }

    /// Gives the half that was found first, whose folders tend to be the large ones.
    private mutating func giveFolders() {
        let half = (stack.count + 1) / 2
        queue.give(Array(stack.prefix(half)))
        stack.removeFirst(half)
    }

    /// Gives half of what there is to do: folders, else files of this folder.
    private mutating func giveAway(
        _ end: inout Int, from position: Int, of names: [[UInt8]], in folder: [UInt8]
    ) {
        if !stack.isEmpty {
            giveFolders()
        } else if end - position > 32 {
            let middle = (position + end) / 2
            queue.give([.files(path: folder, names: Array(names[middle..<end]))])
            end = middle
        }
    }

    private mutating func skip(
        _ path: ArraySlice<UInt8>, isFolder: Bool, _ reason: SkippedPath.Reason
    ) {
        let below = path.dropFirst(rootLength)
        skipped.append(SkippedPath(path: pathText(below), isFolder: isFolder, reason: reason))
    }
}

/// A path for people; bytes that are no UTF-8 are written `\xE9`.
func pathText(_ bytes: ArraySlice<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = ""
    var rest = bytes[...]
    while !rest.isEmpty {
        var decoder = UTF8()
        var iterator = rest.makeIterator()
        switch decoder.decode(&iterator) {
        case .scalarValue(let scalar):
            text.unicodeScalars.append(scalar)
            rest = rest.dropFirst(UTF8.width(scalar))
        case .error, .emptyInput:
            let digits = String(rest[rest.startIndex], radix: 16, uppercase: true)
            text += "\\x\(digits)"
            rest = rest.dropFirst()
        }
    }
    return text
}

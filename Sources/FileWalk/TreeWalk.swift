#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A walk through the files of a tree that are worth reading.
///
/// What git would ignore is passed over, whether or not the tree is a repository: `.gitignore` files of the tree and of
/// the folders above it up to the repository's, `.git/info/exclude`, the user's own. `.lastcallignore` files have
/// the same format and are stronger. A repository inside of the tree has its own rules. Hidden files are walked,
/// `.git` is not, links are not followed.
package struct TreeWalk: Sendable {
    private let root: String
    private let options: WalkOptions

    /// Will walk `root`: a folder, or a single file, whatever ignore rules say of it.
    package init(root: String, options: WalkOptions = WalkOptions()) {
        self.root = root
        self.options = options
    }

    /// Walks with so many workers at once. `visit` runs on the worker that has the file, whose own `state` it may
    /// change; it should not wait for long.
    ///
    /// Throws a `WalkError` where the root cannot be walked, and a `CancellationError`.
    package func run<State: Sendable>(
        workers: Int,
        initial: @escaping @Sendable () -> State,
        visit: @escaping @Sendable (inout State, WalkedFile) -> Void
    ) async throws -> WalkOutcome<State> {
        precondition(workers > 0, "somebody has to walk")
        try Task.checkCancellation()
        let user = GitUser(environment: options.environment)
        guard let folder = try rootFolder() else {
            var state = initial()
            visit(&state, try rootFile())
            return WalkOutcome(states: [state], skipped: [])
        }
        let work = WalkWork.folder(path: folder, rules(above: folder, user))
        let queue = WalkQueue([work], workers: workers)
        return try await withThrowingTaskGroup(of: WalkOutcome<State>.self) { group in
            for _ in 0..<workers {
                group.addTask {
                    var worker = WalkWorker(
                        queue: queue, user: user, rootLength: folder.count, state: initial(),
                        visit: visit)
                    try await worker.run()
                    return WalkOutcome(states: [worker.state], skipped: worker.skipped)
                }
            }
            var outcome = WalkOutcome<State>(states: [], skipped: [])
            for try await part in group {
                outcome.states += part.states
                outcome.skipped += part.skipped
            }
            outcome.skipped.sort { $0.path < $1.path }
            return outcome
        }
    }

    /// Whether `root` is a single file. Throws where nothing can be walked there.
    package static func isFile(_ root: String) throws(WalkError) -> Bool {
        try TreeWalk(root: root).rootFolder() == nil
    }

    /// The root without links, with a `/` at its end; nil where it is a file.
    private func rootFolder() throws(WalkError) -> [UInt8]? {
        guard let path = SystemFile.resolved(Array(root.utf8)) else {
            throw WalkError(root: root, reason: .system(errno))
        }
        switch SystemFile.kind(path) {
        case .folder: return path.last == UInt8(ascii: "/") ? path : path + [UInt8(ascii: "/")]
        case .file: return nil
        case .link, .special, nil: throw WalkError(root: root, reason: .special)
        }
    }

    private func rootFile() throws(WalkError) -> WalkedFile {
        guard let path = SystemFile.resolved(Array(root.utf8)) else {
            throw WalkError(root: root, reason: .system(errno))
        }
        // The name that was given, not that of what a link leads to.
        let name = root.utf8.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? path
        return WalkedFile(path: pathText(name[...]), absolutePath: path)
    }

    /// The rules that hold before the root's own ignore files are read.
    private func rules(above folder: [UInt8], _ user: GitUser) -> IgnoreRules {
        let extra = IgnoreList(patterns: options.ignore, base: folder.count)
        guard let repository = GitRepository.around(folder) else {
            return IgnoreRules(git: [user.ignoreList(from: folder)], extra: extra)
        }
        var rules = IgnoreRules(git: repository.ignoreLists(user), extra: extra)
        var length = repository.folder.count
        while length < folder.count {
            rules.addFiles(of: Array(folder[..<length]))
            let next = folder[length...].firstIndex(of: UInt8(ascii: "/"))
            length = next.map { $0 + 1 } ?? folder.count
        }
        return rules
    }
}

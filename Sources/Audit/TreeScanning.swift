import ByteScan
import Deprecations
import FileWalk
import SourceScan

/// Scans one source tree: `walk → read → gate → analyse`.
struct TreeScanning: Sendable {
    var scanner: SourceScanner
    /// Paths that are not scanned, in gitignore's syntax.
    var ignore: [String]
    /// Our own files, which are no part of the tree.
    var ownFiles: OwnFiles
    /// The environment, for the user's own git ignore file.
    var environment: [String: String]
    /// How many files are worked on at once.
    var width: Int
    var events: @Sendable (AuditEvent) -> Void

    /// The largest file that is read: what is larger is data.
    static let readLimit = 32 << 20
    /// The largest file that is analysed: a syntax tree takes many times its text.
    static let analysisLimit = 8 << 20

    /// Scans the tree at `root`. Throws `CancellationError`, and `WalkError` where the root is gone.
    func scan(root: String) async throws -> (scan: TreeScan, summary: TreeSummary) {
        events(.treeBegan(root: root))
        let walk = try await walk(root: root)
        events(.treeWalked(candidates: walk.files.count { !$0.hits.isEmpty }))
        let canonical = canonicalPath(root) ?? root
        let reading = TreeReading(
            root: walk.isSingleFile ? nil : canonical, oddPaths: walk.oddPaths)
        let findings = await scanner.scan(
            SourceTree(root: root, files: walk.files, read: reading.text), width: width)
        try Task.checkCancellation()

        var ledger = walk.ledger
        for file in walk.files {
            ledger.note(file.path, findings.analysed.contains(file.path) ? .analysed : .searched)
        }
        let diagnostics =
            walk.diagnostics
            + findings.diagnostics.map { diagnostic in
                var diagnostic = diagnostic
                diagnostic.path = diagnostic.path.map { Self.join(root, $0) }
                return diagnostic
            }
        let scan = TreeScan(
            root: root, canonicalRoot: canonical, callSites: findings.callSites,
            coverage: ledger.entries, bytesScanned: walk.bytes,
            diagnostics: diagnostics.sorted {
                ($0.path ?? "", $0.message) < ($1.path ?? "", $1.message)
            })
        let summary = TreeSummary(
            root: root, files: ledger.filesRead, analysed: findings.analysed.count,
            skipped: ledger.skipped)
        return (scan, summary)
    }

    // MARK: Walking

    /// What the walk and the gate made of a tree.
    private struct Walk {
        var files: [TreeFile] = []
        var oddPaths: [String: [UInt8]] = [:]
        var ledger = CoverageLedger()
        var diagnostics: [Diagnostic] = []
        var bytes = 0
        var isSingleFile = false
    }

    private func walk(root: String) async throws -> Walk {
        let isSingleFile = try TreeWalk.isFile(root)
        let outcome = try await TreeWalk(
            root: root, options: WalkOptions(ignore: ignore, environment: environment)
        ).run(workers: width, initial: { TreeSifter() }) { sifter, file in
            sifter.sift(
                file, gate: scanner.gate, ownFiles: ownFiles, keepsPath: isSingleFile,
                events: events)
        }
        var walk = Walk()
        walk.isSingleFile = isSingleFile
        walk.ledger.note(outcome.skipped)
        for skipped in outcome.skipped {
            if case .unreadable(let code) = skipped.reason {
                walk.diagnostics.append(
                    Diagnostic(
                        severity: .error, path: Self.join(root, skipped.path),
                        message:
                            "the folder cannot be read (\(systemMessage(code))); nothing in it "
                            + "was scanned"))
            }
        }
        for sifter in outcome.states {
            sifter.reportProgress(to: events)
            walk.files += sifter.files
            walk.bytes += sifter.bytes
            walk.oddPaths.merge(sifter.oddPaths, uniquingKeysWith: { first, _ in first })
            for (path, reason) in sifter.skipped { walk.ledger.note(path, .skipped(reason)) }
            walk.diagnostics += sifter.diagnostics.map { diagnostic in
                var diagnostic = diagnostic
                diagnostic.path = diagnostic.path.map {
                    isSingleFile ? root : Self.join(root, $0)
                }
                return diagnostic
            }
        }
        walk.files.sort { $0.path < $1.path }
        return walk
    }

    private static func join(_ root: String, _ path: String) -> String {
        path.isEmpty ? root : root.hasSuffix("/") ? root + path : "\(root)/\(path)"
    }
}

/// One worker's part of the files of a tree: it reads each and holds it against the gate.
private struct TreeSifter: Sendable {
    var files: [TreeFile] = []
    /// Names that are not UTF-8, or of a root that is a file.
    var oddPaths: [String: [UInt8]] = [:]
    var skipped: [(String, SkipReason)] = []
    var diagnostics: [Diagnostic] = []
    var bytes = 0
    private var buffer = FileBuffer()
    private var unreportedFiles = 0
    private var unreportedBytes = 0

    mutating func sift(
        _ file: WalkedFile, gate: SourceGate, ownFiles: OwnFiles, keepsPath: Bool,
        events: @Sendable (AuditEvent) -> Void
    ) {
        if ownFiles.contains(file.absolutePath) {
            skipped.append((file.path, .ignored))
            return
        }
        do throws(FileReadError) {
            try buffer.read(file.absolutePath, limit: TreeScanning.readLimit)
        } catch {
            note(error, file.path)
            return
        }
        if keepsPath || file.path.contains("\\x") { oddPaths[file.path] = file.absolutePath }
        let size = buffer.bytes.byteCount
        bytes += size
        if let text = TextForm.decode(buffer.bytes) {
            let hits = text.withBytes(of: buffer.bytes) { gate.hits(in: $0) }
            if size > TreeScanning.analysisLimit, !hits.isEmpty {
                skipped.append((file.path, .tooLarge))
                diagnostics.append(
                    Diagnostic(
                        severity: .warning, path: file.path,
                        message:
                            "is larger than \(TreeScanning.analysisLimit >> 20) MiB and was not "
                            + "analysed, though texts of a rule are in it; look at it by hand"))
            } else {
                files.append(TreeFile(path: file.path, hits: hits, size: size))
            }
        } else {
            skipped.append((file.path, .binary))
        }
        unreportedFiles += 1
        unreportedBytes += size
        if unreportedFiles >= 128 {
            reportProgress(to: events)
            unreportedFiles = 0
            unreportedBytes = 0
        }
    }

    func reportProgress(to events: @Sendable (AuditEvent) -> Void) {
        if unreportedFiles > 0 {
            events(.treeProgress(files: unreportedFiles, bytes: unreportedBytes))
        }
    }

    private mutating func note(_ error: FileReadError, _ path: String) {
        // What is gone since its folder was listed is no part of the tree any more.
        if error.isGone { return }
        switch error {
        case .tooLarge: skipped.append((path, .tooLarge))
        case .special, .folder: skipped.append((path, .special))
        case .system:
            skipped.append((path, .unreadable))
            diagnostics.append(
                Diagnostic(
                    severity: .error, path: path,
                    message: "the file \(error); it was not scanned"))
        }
    }
}

/// Gives the texts of a tree's files to its analysis.
private struct TreeReading: Sendable {
    /// The absolute path; nil where the root is a file.
    var root: String?
    var oddPaths: [String: [UInt8]]

    /// The UTF-8 text of the file at `path` below the root; binary data has none.
    @Sendable
    func text(of path: String) throws(FileReadError) -> [UInt8] {
        var buffer = FileBuffer(capacity: 1 << 14)
        let place = oddPaths[path] ?? Array("\(root ?? "")/\(path)".utf8)
        try buffer.read(place, limit: TreeScanning.analysisLimit)
        return TextForm.decode(buffer.bytes)?.bytes(of: buffer.bytes) ?? []
    }
}

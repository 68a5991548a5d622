import ByteScan
import Deprecations
import FileWalk
import SourceScan

/// Scans one source tree: `walk → read → gate → analyse`.
///
/// What a scan before has left in memory is not done again: a file whose stamp is the same is not read, and where nothing is
/// different that the analysis has read, its call sites stand.
struct TreeScanning: Sendable {
    var scanner: SourceScanner
    /// What besides the files the call sites depend on, as a digest.
    var basis: String
    /// When the scan began, in milliseconds since 1970.
    var startedAt: Int64
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

    /// What a scan brought.
    struct Outcome {
        var scan: TreeScan
        var memory: TreeMemory
        var summary: TreeSummary
    }

    /// Scans the tree at `root`; `remembered` is what the last scan left.
    ///
    /// Throws `CancellationError`, and `WalkError` where the root is gone.
    func scan(
        root: String, canonical: String,
        remembered: (memory: TreeMemory, callSites: [CallSite])?
    ) async throws -> Outcome {
        events(.treeBegan(root: root))
        let known = remembered.flatMap { $0.memory.basis == basis ? $0 : nil }
        let walk = try await walk(root: root, known: KnownFiles(known?.memory))
        events(.treeWalked(candidates: walk.files.count { !$0.hits.isEmpty }))
        let reading = TreeReading(
            root: walk.isSingleFile ? nil : canonical, oddPaths: walk.oddPaths)
        let findings: SourceFindings
        var isAnalysisKept = false
        if let known, walk.isAsRemembered(known.memory, reading) {
            findings = walk.findings(remembered: known, root: root)
            isAnalysisKept = true
        } else {
            findings = await scanner.scan(
                SourceTree(root: root, files: walk.files, read: reading.text), width: width)
        }
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
            unchanged: walk.unchanged, isAnalysisKept: isAnalysisKept, skipped: ledger.skipped)
        return Outcome(
            scan: scan,
            memory: walk.memory(basis, findings, digests: reading.digests(orOf: known?.memory)),
            summary: summary)
    }

    // MARK: Walking

    private func walk(root: String, known: KnownFiles) async throws -> WalkedTree {
        let isSingleFile = try TreeWalk.isFile(root)
        let outcome = try await TreeWalk(
            root: root, options: WalkOptions(ignore: ignore, environment: environment)
        ).run(workers: width, initial: { TreeSifter(known: known, startedAt: startedAt) }) {
            sifter, file in
            sifter.sift(
                file, gate: scanner.gate, ownFiles: ownFiles, keepsPath: isSingleFile,
                events: events)
        }
        var walk = WalkedTree()
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
            walk.remembered += sifter.remembered
            walk.unchanged += sifter.unchanged
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
        walk.remembered.sort { $0.path < $1.path }
        return walk
    }

    private static func join(_ root: String, _ path: String) -> String {
        path.isEmpty ? root : root.hasSuffix("/") ? root + path : "\(root)/\(path)"
    }
}

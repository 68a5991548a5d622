import ByteScan
import Deprecations
import FileWalk
import SourceScan

/// What the walk and the gate made of a tree.
struct WalkedTree {
    /// The texts, sorted by path.
    var files: [TreeFile] = []
    /// All files that were read, sorted by path.
    var remembered: [TreeMemory.File] = []
    /// How many of these are as the last scan has left them.
    var unchanged = 0
    var oddPaths: [String: [UInt8]] = [:]
    var ledger = CoverageLedger()
    var diagnostics: [Diagnostic] = []
    var bytes = 0
    var isSingleFile = false

    /// From this size on the analysis looks at a file in fewer ways.
    private static let longFile = 1_000_000

    /// Whether an analysis would see just what it saw when it left `memory`: the same files, the same of the gate's texts
    /// in each, and the same content of those that it read.
    func isAsRemembered(_ memory: TreeMemory, _ reading: TreeReading) -> Bool {
        guard memory.files.count == remembered.count else { return false }
        let kept: TreeMemory.Traits = .analysed
        for (old, new) in zip(memory.files, remembered) {
            guard old.path == new.path,
                old.traits.subtracting(kept) == new.traits.subtracting(kept),
                (old.size < Self.longFile) == (new.size < Self.longFile)
            else { return false }
            guard let digest = old.digest else { continue }
            let isSame = old.stamp == new.stamp && old.stamp != 0
            guard isSame || reading.digest(of: new.path) == digest else { return false }
        }
        return true
    }

    /// What the analysis found then.
    func findings(
        remembered known: (memory: TreeMemory, callSites: [CallSite]), root: String
    ) -> SourceFindings {
        var sites = known.callSites
        for index in sites.indices { sites[index].root = root }
        let analysed = known.memory.files.filter { $0.traits.contains(.analysed) }.map(\.path)
        return SourceFindings(
            callSites: sites, analysed: Set(analysed), diagnostics: known.memory.diagnostics)
    }

    /// What the next scan can go by.
    func memory(
        _ basis: String, _ findings: SourceFindings, digests: [String: ContentDigest]
    ) -> TreeMemory {
        let files = remembered.map { file in
            var file = file
            file.digest = digests[file.path]
            if findings.analysed.contains(file.path) {
                file.traits.insert(.analysed)
            } else {
                file.traits.remove(.analysed)
            }
            return file
        }
        return TreeMemory(basis: basis, files: files, diagnostics: findings.diagnostics)
    }
}

/// The files of the last scan, by path.
struct KnownFiles: Sendable {
    private let files: [String: TreeMemory.File]

    /// Those of a memory; none where there is none.
    init(_ memory: TreeMemory?) {
        files = Dictionary(
            (memory?.files ?? []).filter { $0.stamp != 0 }.map { ($0.path, $0) },
            uniquingKeysWith: { first, _ in
                // Two names that are one text for Swift: neither is taken.
                var file = first
                file.stamp = 0
                return file
            })
    }

    /// What is known of a file, where it is as it was.
    func file(_ file: WalkedFile) -> TreeMemory.File? {
        guard let known = files[file.path],
            let stamp = FileStamp(of: file.absolutePath), stamp.value == known.stamp
        else { return nil }
        return known
    }
}

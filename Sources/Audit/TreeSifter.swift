import ByteScan
import Deprecations
import FileWalk
import SourceScan

/// One worker's part of the files of a tree: it reads each and holds it against the gate.
struct TreeSifter: Sendable {
    var files: [TreeFile] = []
    /// What the next scan can go by, of every file that was read.
    var remembered: [TreeMemory.File] = []
    /// How many of these were not read again.
    var unchanged = 0
    /// Names that are not UTF-8, or of a root that is a file.
    var oddPaths: [String: [UInt8]] = [:]
    var skipped: [(String, SkipReason)] = []
    var diagnostics: [Diagnostic] = []
    var bytes = 0
    private var buffer = FileBuffer()
    private let known: KnownFiles
    private let startedAt: Int64
    private var unreportedFiles = 0
    private var unreportedBytes = 0

    /// A worker of a scan that began at a time (in milliseconds since 1970), with what is known from the one before.
    init(known: KnownFiles, startedAt: Int64) {
        self.known = known
        self.startedAt = startedAt
    }

    mutating func sift(
        _ file: WalkedFile, gate: SourceGate, ownFiles: OwnFiles, keepsPath: Bool,
        events: @Sendable (AuditEvent) -> Void
    ) {
        if ownFiles.contains(file.absolutePath) {
            skipped.append((file.path, .ignored))
            return
        }
        if keepsPath || file.path.contains("\\x") { oddPaths[file.path] = file.absolutePath }
        if let same = known.file(file) {
            take(same)
            unchanged += 1
        } else {
            do throws(FileReadError) {
                try buffer.read(file.absolutePath, limit: TreeScanning.readLimit)
            } catch {
                note(error, file.path)
                return
            }
            take(sifted(file, gate))
        }
        if unreportedFiles >= 128 {
            reportProgress(to: events)
            unreportedFiles = 0
            unreportedBytes = 0
        }
    }

    /// What is in the file that was just read.
    private func sifted(_ file: WalkedFile, _ gate: SourceGate) -> TreeMemory.File {
        let size = buffer.bytes.byteCount
        var traits: TreeMemory.Traits = []
        if let text = TextForm.decode(buffer.bytes) {
            let hits = text.withBytes(of: buffer.bytes) { gate.hits(in: $0) }
            traits = TreeMemory.Traits(rawValue: hits.bits << TreeMemory.Traits.gateShift)
            if size > TreeScanning.analysisLimit, !hits.isEmpty { traits.insert(.tooLarge) }
        } else {
            traits = .binary
        }
        let stamp = buffer.stamp.flatMap { $0.isSettled(before: startedAt) ? $0.value : nil }
        return TreeMemory.File(path: file.path, stamp: stamp ?? 0, size: size, traits: traits)
    }

    private mutating func take(_ file: TreeMemory.File) {
        bytes += file.size
        unreportedFiles += 1
        unreportedBytes += file.size
        remembered.append(file)
        if file.traits.contains(.binary) {
            skipped.append((file.path, .binary))
        } else if file.traits.contains(.tooLarge) {
            skipped.append((file.path, .tooLarge))
            diagnostics.append(
                Diagnostic(
                    severity: .warning, path: file.path,
                    message:
                        "is larger than \(TreeScanning.analysisLimit >> 20) MiB and was not "
                        + "analysed, though texts of a rule are in it; look at it by hand"))
        } else {
            let hits = GateHits(bits: file.traits.rawValue >> TreeMemory.Traits.gateShift)
            files.append(TreeFile(path: file.path, hits: hits, size: file.size))
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

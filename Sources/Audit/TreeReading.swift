import ByteScan
import Deprecations
import Synchronization

/// Gives the texts of a tree's files to its analysis, and keeps what was given.
final class TreeReading: Sendable {
    /// The absolute path; nil where the root is a file.
    private let root: String?
    private let oddPaths: [String: [UInt8]]
    /// Of the texts that were read; the tasks of the analysis read several at once.
    private let read = Mutex<[String: ContentDigest]>([:])

    /// Reads below `root`; `oddPaths` are the bytes of paths that are not UTF-8, or that are the root itself.
    init(root: String?, oddPaths: [String: [UInt8]]) {
        self.root = root
        self.oddPaths = oddPaths
    }

    /// The UTF-8 text of the file at `path` below the root; binary data has none.
    @Sendable
    func text(of path: String) throws(FileReadError) -> [UInt8] {
        let text = try content(of: path)
        let digest = Self.digest(text)
        read.withLock { $0[path] = digest }
        return text
    }

    /// The digest of a file's text as it is now; nil where it cannot be read.
    func digest(of path: String) -> ContentDigest? {
        guard let text = try? content(of: path) else { return nil }
        return Self.digest(text)
    }

    /// The digests of the texts that the analysis read; where it did not run, those that are known.
    func digests(orOf memory: TreeMemory?) -> [String: ContentDigest] {
        let now = read.withLock { $0 }
        guard now.isEmpty, let memory else { return now }
        return Dictionary(
            memory.files.compactMap { file in file.digest.map { (file.path, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    private static func digest(_ text: [UInt8]) -> ContentDigest {
        var digest = RunningDigest()
        digest.take(text.span, text.indices)
        let value = digest.value
        return ContentDigest(high: value.high, low: value.low)
    }

    private func content(of path: String) throws(FileReadError) -> [UInt8] {
        var buffer = FileBuffer(capacity: 1 << 14)
        let place = oddPaths[path] ?? Array("\(root ?? "")/\(path)".utf8)
        try buffer.read(place, limit: TreeScanning.analysisLimit)
        return TextForm.decode(buffer.bytes)?.bytes(of: buffer.bytes) ?? []
    }
}

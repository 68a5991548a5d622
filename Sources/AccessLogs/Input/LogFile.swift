/// What a path names: a log, or an archive of logs, one after the other.
struct LogFile {
    /// One part of it.
    enum Part {
        case log(LogSource)
        /// What is no log, or cannot be read, and why.
        case unreadable(path: String, reason: String)
        /// The end of an archive, behind all that is in it.
        case archive(ArchiveEnd)
    }

    /// How the reading of an archive ended.
    struct ArchiveEnd {
        var path: String
        /// How it is packed.
        var compression: String
        /// What was found behind data and ignored.
        var warnings: [String]
        /// Why not all of it could be read.
        var failure: LogSource.Failure?
    }

    /// How many archives are opened one in the other, and how many compressions one around the other.
    private static let maximumDepth = 2
    /// How many files of one archive are read.
    private static let maximumEntries = 100_000

    private struct OpenArchive {
        var path: String
        var packing: [String]
        var archive: any Archive
        var layers: [DecompressedBytes]
        var entries = 0
    }

    private let path: String
    private var file: FileBytes?
    private var archives: [OpenArchive] = []

    init(_ path: String) {
        self.path = path
    }

    /// Bytes of the file that were read.
    var bytesRead: Int { file?.bytesRead ?? 0 }

    /// The next part; nil behind the last. Throws where the file cannot be opened, and where the task is cancelled.
    mutating func next() throws(LogSource.Failure) -> Part? {
        if file == nil {
            let opened = try FileBytes(path: path)
            file = opened
            if let part = part(path, opened, of: opened) { return part }
        }
        while let last = archives.indices.last {
            do throws(LogSource.Failure) {
                guard let entry = try archives[last].archive.nextEntry() else { return end(nil) }
                archives[last].entries += 1
                if archives[last].entries > Self.maximumEntries {
                    return end(
                        .unreadable(
                            "has more than \(Self.maximumEntries) files; what follows them was not read"
                        ))
                }
                if let part = part(entry, of: archives[last]) { return part }
            } catch {
                if case .cancelled = error { throw error }
                return end(error)
            }
        }
        return nil
    }

    private func name(_ entry: String) -> String? {
        let parts = entry.split(separator: "/").filter { $0 != "." }
        // As in folders, hidden files are no logs.
        guard !parts.isEmpty, !parts.contains(where: { $0.hasPrefix(".") && $0 != ".." }) else {
            return nil
        }
        return parts.joined(separator: "/")
    }

    private mutating func part(_ entry: ArchiveEntry, of archive: OpenArchive) -> Part? {
        guard let file, let name = name(entry.name) else { return nil }
        let path = archive.path + "!/" + name
        switch entry.content {
        case .unreadable(let reason): return .unreadable(path: path, reason: reason)
        case .bytes(let bytes): return part(path, bytes, of: file)
        }
    }

    /// Looks at what `bytes` are, through all compressions; nil where they are an archive, which then is open.
    private mutating func part(
        _ path: String, _ bytes: any ByteStream, of file: FileBytes
    ) -> Part? {
        var content = InputWindow(bytes)
        var layers: [DecompressedBytes] = []
        var packing = archives.last?.packing ?? []
        while true {
            switch ContentKind(content) {
            case .compressed(let compression):
                guard layers.count < Self.maximumDepth else {
                    return .unreadable(
                        path: path,
                        reason: "is compressed more than twice over; decompress it first")
                }
                let layer = DecompressedBytes(content, compression, path: path)
                layers.append(layer)
                packing.append(compression.name)
                content = InputWindow(layer)
            case .tar:
                return open(TarArchive(content, path: path), path, packing + ["tar"], layers)
            case .zip:
                return open(ZipArchive(content, path: path), path, packing + ["zip"], layers)
            case .foreign(let name):
                return .unreadable(
                    path: path,
                    reason: "is \(name) data, which cannot be read; give it decompressed")
            case .plain:
                return .log(
                    LogSource(
                        path: path,
                        compression: packing.isEmpty ? nil : packing.joined(separator: "+"),
                        content: content, layers: layers, file: file))
            }
        }
    }

    private mutating func open(
        _ archive: any Archive, _ path: String, _ packing: [String], _ layers: [DecompressedBytes]
    ) -> Part? {
        guard archives.count < Self.maximumDepth else {
            return .unreadable(
                path: path,
                reason: "is an archive in an archive in an archive; unpack the outer one first")
        }
        archives.append(
            OpenArchive(path: path, packing: packing, archive: archive, layers: layers))
        return nil
    }

    private mutating func end(_ failure: LogSource.Failure?) -> Part? {
        let archive = archives.removeLast()
        return .archive(
            ArchiveEnd(
                path: archive.path, compression: archive.packing.joined(separator: "+"),
                warnings: archive.layers.compactMap(\.warning)
                    + [archive.archive.warning].compactMap { $0 },
                failure: failure))
    }
}

import AccessLogs
import Deprecations
import FileWalk
import Foundation

/// A log to read, and how.
struct NamedLog: Sendable {
    /// The path as found; `-` for standard input.
    var path: String
    /// The absolute path, links resolved; nil for standard input.
    var canonical: String?
    /// How it is to be read.
    var options: LogReadingOptions
    /// Its size; nil where that is not known.
    var bytes: Int?
}

/// Turns what people name (files, folders, globs) into logs, each once under whatever name.
struct LogExpansion {
    /// The logs, in the order named; those of one folder or glob by name, numbers as numbers.
    private(set) var logs: [NamedLog] = []
    /// Folders that could not be read.
    private(set) var diagnostics: [Diagnostic] = []
    private var seen: Set<String>

    /// Files with these absolute paths are no logs.
    init(without ownFiles: Set<String> = []) {
        seen = ownFiles
    }

    /// Adds what `path` names; answers why there is nothing.
    mutating func add(_ path: String, options: LogReadingOptions) -> String? {
        if path == "-" {
            if seen.insert("-").inserted { logs.append(NamedLog(path: "-", options: options)) }
            return nil
        }
        switch kind(of: path) {
        case .folder?:
            let found = files(below: path)
            for name in found { addFile(Self.join(path, name), options) }
            return found.isEmpty ? "the folder has no file to read" : nil
        case .file?:
            addFile(path, options)
            return nil
        case nil:
            guard let glob = PathGlob(path) else { return "there is no such log" }
            let folder = glob.folder.isEmpty ? "." : glob.folder
            guard kind(of: folder) == .folder else {
                return "the pattern matches no file; there is no folder '\(folder)'"
            }
            let found = files(below: folder).filter(glob.matches)
            for name in found { addFile(glob.folder + name, options) }
            return found.isEmpty ? "the pattern matches no file" : nil
        }
    }

    private enum PathKind {
        case file
        case folder
    }

    private func kind(of path: String) -> PathKind? {
        guard let canonical = canonicalPath(path),
            let attributes = try? FileManager.default.attributesOfItem(atPath: canonical)
        else { return nil }
        return attributes[.type] as? FileAttributeType == .typeDirectory ? .folder : .file
    }

    private mutating func addFile(_ path: String, _ options: LogReadingOptions) {
        let canonical = canonicalPath(path) ?? path
        guard seen.insert(canonical).inserted else { return }
        let attributes = try? FileManager.default.attributesOfItem(atPath: canonical)
        let bytes = (attributes?[.size] as? NSNumber)?.intValue
        logs.append(NamedLog(path: path, canonical: canonical, options: options, bytes: bytes))
    }

    /// All files in a folder and its folders, links to files too; hidden ones are no logs.
    private mutating func files(below folder: String) -> [String] {
        guard let listing = try? TreeListing(folder) else { return [] }
        var found = listing.files
        for skipped in listing.skipped {
            switch skipped.reason {
            case .unreadable(let code):
                diagnostics.append(
                    Diagnostic(
                        severity: .error, path: Self.join(folder, skipped.path),
                        message: "the folder cannot be read (\(systemMessage(code))); no log in it "
                            + "was read"))
            case .link:
                if kind(of: Self.join(folder, skipped.path)) == .file { found.append(skipped.path) }
            case .ignored, .special:
                break
            }
        }
        return found.filter { !Self.isHidden($0) }.sorted {
            $0.compare($1, options: [.numeric, .literal]) == .orderedAscending
        }
    }

    private static func isHidden(_ path: String) -> Bool {
        path.split(separator: "/").contains { $0.hasPrefix(".") }
    }

    private static func join(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") || name.isEmpty ? folder + name : "\(folder)/\(name)"
    }
}

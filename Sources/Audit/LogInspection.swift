package import AccessLogs
package import Deprecations
import FileWalk
import Foundation

/// Looking at logs without counting anything.
package enum LogInspection {
    /// The logs that files, folders and globs name, each once; what could not be looked into. Throws with all
    /// names that stand for nothing.
    package static func logs(
        _ named: [String]
    ) throws(AuditError) -> (paths: [String], diagnostics: [Diagnostic]) {
        var expansion = LogExpansion()
        var mistakes: [String] = []
        for path in named {
            if let problem = expansion.add(path, options: LogReadingOptions()) {
                mistakes.append("\(path): \(problem)")
            }
        }
        guard mistakes.isEmpty else { throw .unusable(mistakes) }
        return (expansion.logs.map(\.path), expansion.diagnostics)
    }

    /// The log formats that a server's configuration at `path` defines, and what it includes within its folder.
    ///
    /// Formats that show no path, or cannot be taken apart, are left out and named.
    package static func formats(
        ofConfiguration path: String
    ) throws(AuditError) -> (formats: [ServerConfiguration.Format], notes: [String]) {
        var reading = ConfigurationReading(path)
        do {
            try reading.read(path, depth: 0)
        } catch {
            throw .unusable(["\(path): the configuration cannot be read"])
        }
        guard !reading.formats.isEmpty else {
            throw .unusable(
                ["\(path): defines no log format that can be used"] + reading.notes)
        }
        return (reading.formats, reading.notes)
    }
}

/// Reads a configuration with the files that it includes.
private struct ConfigurationReading {
    private let root: String
    private var seen: Set<String> = []
    private(set) var formats: [ServerConfiguration.Format] = []
    private(set) var notes: [String] = []

    private static let maximumFiles = 500
    private static let maximumDepth = 8
    private static let maximumSize = 8 << 20

    init(_ path: String) {
        root = Self.folder(of: canonicalPath(path) ?? path)
    }

    private static func folder(of path: String) -> String {
        URL(fileURLWithPath: path).deletingLastPathComponent().path
    }

    mutating func read(_ path: String, depth: Int) throws {
        guard let canonical = canonicalPath(path), seen.count < Self.maximumFiles,
            seen.insert(canonical).inserted
        else {
            if depth == 0 { throw CocoaError(.fileNoSuchFile) }
            return
        }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        guard bytes.count <= Self.maximumSize else { throw CocoaError(.fileReadTooLarge) }
        let configuration = ServerConfiguration(String(decoding: bytes, as: UTF8.self))
        for format in configuration.formats {
            do throws(LogFormatError) {
                _ = try CustomLogFormat(format.text, headers: [])
                if !formats.contains(where: { $0.name == format.name }) { formats.append(format) }
            } catch {
                notes.append("\(path):\(format.line): \(format.name) is left out: \(error)")
            }
        }
        guard depth < Self.maximumDepth else { return }
        for include in configuration.includes {
            for file in files(include, from: path) { try? read(file, depth: depth + 1) }
        }
    }

    /// The files that a path or a pattern stands for, within the configuration's folder.
    private func files(_ include: String, from path: String) -> [String] {
        let whole = include.hasPrefix("/") ? include : "\(root)/\(include)"
        var expansion = LogExpansion()
        _ = expansion.add(whole, options: LogReadingOptions())
        return expansion.logs.map(\.path).filter {
            canonicalPath($0)?.hasPrefix(root + "/") == true
        }
    }
}

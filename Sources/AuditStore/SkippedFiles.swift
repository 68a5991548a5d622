import Deprecations

/// The files of a tree that a scan did not read to their end: what stood in them is not resolved.
struct SkippedFiles {
    /// What can be said of a call site that is no longer found in a file.
    enum Verdict {
        /// The file was read, or is no longer there.
        case resolved
        /// Nothing: the file could not be read.
        case unknown
        /// The file is left out on purpose now.
        case outOfScope
    }

    private var reasons: [String: SkipReason] = [:]

    /// Files and whole folders of `coverage` that were skipped.
    init(_ coverage: [FolderCoverage]) {
        for entry in coverage {
            guard case .skipped(let reason) = entry.outcome else { continue }
            for name in entry.names {
                let path = entry.folder.isEmpty ? name : "\(entry.folder)/\(name)"
                reasons[path == "./" ? "/" : path] = reason
            }
        }
    }

    /// What became of a call site in the file at `path`.
    func verdict(on path: String) -> Verdict {
        guard let reason = reason(for: path) else { return .resolved }
        switch reason {
        case .ignored, .link, .special: return .outOfScope
        case .binary, .tooLarge, .unreadable, .timeout: return .unknown
        }
    }

    /// Of the file itself, or of the innermost folder around it.
    private func reason(for path: String) -> SkipReason? {
        if reasons.isEmpty { return nil }
        if let own = reasons[path] { return own }
        var rest = path[...]
        while let slash = rest.lastIndex(of: "/") {
            rest = rest[..<slash]
            if let folder = reasons["\(rest)/"] { return folder }
            // A link in place of the folder.
            if let link = reasons[String(rest)] { return link }
        }
        return reasons["/"]
    }
}

import Deprecations
import FileWalk

/// The call sites that the settings ask to leave as they are.
struct SuppressionList {
    private let entries: [(pattern: PathPattern, entry: Settings.SuppressedPath)]
    private var used: Set<Int> = []
    private var paths: SettingsPaths

    /// Reads the list of `settings`, whose file is in `folder` (empty for the working folder).
    init(_ settings: Settings, folder: String) {
        entries = settings.suppressions.map { (PathPattern($0.path), $0) }
        paths = SettingsPaths(folder: folder)
    }

    /// Puts the first entry that fits onto each call site that no comment speaks of.
    mutating func apply(to sites: inout [CallSite]) {
        guard !entries.isEmpty else { return }
        for index in sites.indices {
            let path = paths.path(of: sites[index])
            let fitting = entries.firstIndex { pattern, entry in
                entry.rule == sites[index].rule && pattern.matches(path)
            }
            guard let fitting else { continue }
            used.insert(fitting)
            if sites[index].suppression == nil {
                let entry = entries[fitting].entry
                sites[index].suppression = Suppression(until: entry.until, reason: entry.reason)
            }
        }
    }

    /// What is to be said of entries that fitted nothing in the trees that were scanned.
    var unused: [Diagnostic] {
        entries.indices.filter { !used.contains($0) }.map { index in
            let entry = entries[index].entry
            return Diagnostic(
                severity: .warning,
                message:
                    "suppressions: no call site of '\(entry.rule)' is at '\(entry.path)'; remove the entry"
            )
        }
    }
}

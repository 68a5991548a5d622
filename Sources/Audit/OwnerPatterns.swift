import Deprecations
import FileWalk

/// Who owns a call site's file, as the settings say.
struct OwnerPatterns {
    private let patterns: [(pattern: PathPattern, owner: String)]
    private var paths: SettingsPaths

    /// Reads the patterns of `settings`, whose file is in `folder` (empty for the working folder).
    init(_ settings: Settings, folder: String) {
        patterns = settings.owners.map { (PathPattern($0.pattern), $0.owner) }
        paths = SettingsPaths(folder: folder)
    }

    /// The owner by the last pattern that fits; nil where none does.
    mutating func owner(of site: CallSite) -> String? {
        guard !patterns.isEmpty else { return nil }
        let path = paths.path(of: site)
        return patterns.last { $0.pattern.matches(path) }?.owner
    }
}

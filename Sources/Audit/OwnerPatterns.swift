import Deprecations
import FileWalk
import Foundation

/// Who owns a call site's file, as the settings say.
struct OwnerPatterns {
    private let patterns: [(pattern: PathPattern, owner: String)]
    /// The absolute folder of the settings file, which patterns start from, with `/` at its end.
    private let folder: String
    /// What is known of roots: the system is asked once for each, not for each call site.
    private var canonicalRoots: [String: String?] = [:]

    /// Reads the patterns of `settings`, whose file is in `folder` (empty for the working folder).
    init(_ settings: Settings, folder: String) {
        patterns = settings.owners.map { (PathPattern($0.pattern), $0.owner) }
        let canonical = canonicalPath(folder.isEmpty ? "." : folder) ?? ""
        self.folder = canonical.hasSuffix("/") ? canonical : canonical + "/"
    }

    /// The owner by the last pattern that fits; nil where none does.
    ///
    /// The path is taken from the settings' folder; where the tree is not below that, from the tree's root.
    mutating func owner(of site: CallSite) -> String? {
        guard !patterns.isEmpty else { return nil }
        var path = site.path
        if let root = canonical(site.root) {
            let absolute = root.hasSuffix("/\(site.path)") ? root : "\(root)/\(site.path)"
            if absolute.hasPrefix(folder) { path = String(absolute.dropFirst(folder.count)) }
        }
        return patterns.last { $0.pattern.matches(path) }?.owner
    }

    private mutating func canonical(_ root: String) -> String? {
        if let known = canonicalRoots[root] { return known }
        let canonical = canonicalPath(root)
        canonicalRoots[root] = .some(canonical)
        return canonical
    }
}

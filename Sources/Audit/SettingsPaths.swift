import Deprecations
import FileWalk

/// Paths of call sites as patterns of the settings see them.
struct SettingsPaths {
    /// The absolute folder of the settings file, which patterns start from, with `/` at its end.
    private let folder: String
    /// What is known of roots: the system is asked once for each, not for each call site.
    private var canonicalRoots: [String: String?] = [:]

    /// Of a settings file in `folder` (empty for the working folder).
    init(folder: String) {
        let canonical = canonicalPath(folder.isEmpty ? "." : folder) ?? ""
        self.folder = canonical.hasSuffix("/") ? canonical : canonical + "/"
    }

    /// The path from the settings' folder; where the tree is not below that, from the tree's root.
    mutating func path(of site: CallSite) -> String {
        guard let root = canonical(site.root) else { return site.path }
        let absolute = root.hasSuffix("/\(site.path)") ? root : "\(root)/\(site.path)"
        return absolute.hasPrefix(folder) ? String(absolute.dropFirst(folder.count)) : site.path
    }

    private mutating func canonical(_ root: String) -> String? {
        if let known = canonicalRoots[root] { return known }
        let canonical = canonicalPath(root)
        canonicalRoots[root] = .some(canonical)
        return canonical
    }
}

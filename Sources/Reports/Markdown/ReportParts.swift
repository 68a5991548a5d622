import Deprecations

/// A report's call sites, each in the part of the page that shows it. What is gone is in none.
struct ReportParts {
    /// Callers that need a change: of deprecated endpoints, and half-migrated ones.
    var callers: [ReportedCallSite] = []
    /// Callers of low confidence.
    var unsure: [ReportedCallSite] = []
    /// Callers that have moved.
    var migrated: [ReportedCallSite] = []
    /// What is no caller.
    var references: [ReportedCallSite] = []

    init(_ callSites: [ReportedCallSite]) {
        for entry in callSites where entry.status != .resolved {
            let site = entry.site
            if !site.kind.isCaller {
                references.append(entry)
            } else if site.confidence == .low {
                unsure.append(entry)
            } else if site.usage == .migrated, !site.halfMigrated {
                migrated.append(entry)
            } else {
                callers.append(entry)
            }
        }
    }
}

import Deprecations

extension AuditReport {
    /// A line for each call site that is there now, callers first, as editors and terminals follow them.
    func callSiteList(_ palette: Palette) -> String {
        let sites = callSites.filter { $0.status != .resolved }
        let callers = sites.filter { $0.site.kind.isCaller && $0.site.confidence > .low }
        let others = sites.filter { !($0.site.kind.isCaller && $0.site.confidence > .low) }
        return (callers + others).map { $0.line(palette) + "\n" }.joined()
    }

    /// A line for each caller in traffic.
    func trafficList(_ palette: Palette) -> String {
        traffic.map { entry in
            let caller = entry.key.caller
            let name = caller.name ?? caller.user ?? caller.address ?? "unknown"
            let agent = caller.userAgent.map { " (\($0.printable))" } ?? ""
            let usage =
                entry.key.usage == .deprecated
                ? palette.red(entry.key.usage.rawValue) : palette.green(entry.key.usage.rawValue)
            let last = entry.totals.lastSeen.map { ", last \($0)" } ?? ""
            return
                "\(usage) \(entry.totals.requests.counted("request")): \(name.printable)\(agent), "
                + "\(entry.key.apiVersion.versionClass.rawValue)\(last)\n"
        }.joined()
    }
}

extension ReportedCallSite {
    /// The file as seen from the working folder, where the tree was named from there.
    var shownPath: String {
        site.root.hasSuffix("/\(site.path)") || site.root == site.path
            ? site.root : site.root == "." ? site.path : "\(site.root)/\(site.path)"
    }

    fileprivate func line(_ palette: Palette) -> String {
        let usage =
            switch (site.usage, site.kind.isCaller, site.halfMigrated) {
            case (_, true, true): palette.yellow("half-migrated")
            case (.deprecated, true, _): palette.red("deprecated")
            case (.migrated, true, _): palette.green("migrated")
            case (_, false, _): palette.dim(site.usage.rawValue)
            }
        var facts = [site.kind.rawValue]
        if site.kind.isCaller { facts.append(site.apiVersion.versionClass.rawValue) }
        if let client = site.client { facts.append(client) }
        if site.confidence == .low { facts.append("low confidence") }
        if status == .suppressed { facts.append("left") }
        return "\(shownPath.printable):\(site.line):\(site.column): \(usage) "
            + "\(facts.joined(separator: ", ").printable) \(palette.dim(site.id.description))"
    }
}

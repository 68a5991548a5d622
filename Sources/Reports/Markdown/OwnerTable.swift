import Deprecations

/// Who has how much to do.
enum OwnerTable {
    /// How many owners the table lists.
    private static let ownersShown = 50

    /// Nothing where nobody is named as an owner. Who has the most urgent caller comes first.
    static func table(
        _ callers: [ReportedCallSite], joined: CodeTraffic?, rules: RuleBook
    ) -> MarkdownTable {
        let columns: [MarkdownTable.Column] = [
            .text("Owner"), .number("Callers to change"), .number("Production"),
            .number("Half-migrated"), .number("Ignores the wait time"),
            .number("Fits live traffic"),
            .text("Next sunset"),
        ]
        guard callers.contains(where: { $0.owner != nil }) else {
            return MarkdownTable(columns: columns, rows: [])
        }
        var order: [String?] = []
        var groups: [String?: [ReportedCallSite]] = [:]
        for caller in callers {
            if groups[caller.owner] == nil { order.append(caller.owner) }
            groups[caller.owner, default: []].append(caller)
        }
        let rows = order.prefix(ownersShown).map { owner -> [Markdown] in
            let own = groups[owner] ?? []
            let count = { (isCounted: (ReportedCallSite) -> Bool) -> Markdown in
                let count = own.count(where: isCounted)
                return count == 0 ? "" : "\(count)"
            }
            let sunset = own.compactMap { rules[$0.site.rule]?.rule.lifecycle.sunsetOn?.day }.min()
            return [
                owner.map { .code($0) } ?? "nobody named", "\(own.count)",
                count { $0.site.role == .production }, count(\.site.halfMigrated),
                count { $0.site.polling.inLoop && $0.site.polling.retryAfter == .ignored },
                count { joined?.isConfirmed($0) == true }, sunset.map { "\($0)" } ?? "",
            ]
        }
        return MarkdownTable(columns: columns, rows: Array(rows)).withoutEmptyColumns()
    }
}

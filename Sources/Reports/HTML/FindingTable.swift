import Deprecations

/// All call sites in one table that a reader can filter. Built without the template, since it is long.
struct FindingTable {
    /// How many rows the page has at most.
    private static let rowsShown = 5000

    /// The rows, or nothing.
    var html: HTML
    var count: Int
    var note: Markdown

    /// What a reader can filter by: the attribute's name, its title, and the word of a call site.
    private struct Facet {
        var name: String
        var title: String
    }

    private static let facets = [
        Facet(name: "group", title: "Needs"), Facet(name: "kind", title: "Kind"),
        Facet(name: "role", title: "Role"), Facet(name: "client", title: "Client"),
        Facet(name: "owner", title: "Owner"), Facet(name: "rule", title: "Rule"),
    ]

    /// `callers` are in the order of their urgency; those in `detailed` have a part of their own to link to.
    init(
        callers: [ReportedCallSite], parts: ReportParts, gone: [ReportedCallSite],
        detailed: Set<ReportedCallSite>, isNewShown: Bool, rules: RuleBook
    ) {
        let entries =
            callers.map { (group: "a change", entry: $0) }
            + parts.unsure.map { (group: "a look (low confidence)", entry: $0) }
            + parts.references.map { (group: "nothing: a reference", entry: $0) }
            + parts.migrated.map { (group: "nothing: migrated", entry: $0) }
            + gone.map { (group: "nothing: gone", entry: $0) }
        let shown = entries.prefix(Self.rowsShown)
        count = shown.count
        note = CallSiteTables.note(onRest: entries.count - shown.count)
        let rows = shown.map { group, entry in
            Self.row(
                entry, group: group, isLinked: detailed.contains(entry), isNewShown: isNewShown,
                words: rules[entry.site.rule])
        }
        html = HTML(source: rows.isEmpty ? "" : Self.table(rows))
    }

    private static func table(_ rows: [String]) -> String {
        let heads = [
            "Where", "What", "Client", "Role", "Version header", "Polling", "Owner", "Needs",
        ]
        .map { "<th scope=\"col\">\($0)</th>" }.joined()
        let facets = facets.map { "data-\($0.name)=\"\($0.title)\"" }.joined(separator: " ")
        return """
            <div id="filters" class="filters" role="search" aria-label="Filter the call sites" hidden \(facets)></div>
            <p id="shown" role="status"></p>
            <div class="scroll" tabindex="0" role="group" aria-label="Call sites">
            <table id="findings">
            <thead><tr>\(heads)</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            </div>
            """
    }

    private static func row(
        _ entry: ReportedCallSite, group: String, isLinked: Bool, isNewShown: Bool,
        words: RuleWords?
    ) -> String {
        let site = entry.site
        let what: Markdown =
            "\(site.halfMigrated ? "**half-migrated** " : "")\(site.kind.words)\(isNewShown && entry.status == .new ? ", new" : entry.status == .suppressed ? ", left" : "")"
        let cells: [Markdown] = [
            isLinked ? entry.link : entry.place, what, site.client.map { .code($0) } ?? "",
            site.role.words, words?.shortVersion(site.apiVersion) ?? "", site.polling.words,
            entry.owner.map { .code($0) } ?? "", .prose(group),
        ]
        let values = [
            group, site.kind.rawValue, site.role.rawValue, site.client ?? "none known",
            entry.owner ?? "nobody named", site.rule,
        ]
        let attributes = zip(facets, values).map { facet, value in
            " data-\(facet.name)=\"\(value.visible.htmlEscaped)\""
        }.joined()
        return "<tr\(attributes)>" + cells.map { "<td>\($0.html)</td>" }.joined() + "</tr>"
    }
}

import Deprecations

/// What a report says of a rule, in words.
struct RuleWords {
    var standing: RuleStanding

    var rule: Rule { standing.rule }

    /// `GET /platform/v1/operations/{operationId}`.
    var endpoint: Markdown {
        .code("\(rule.endpoint.method) \(rule.endpoint.path)")
    }

    /// The replacement's method, path and version header.
    var replacement: Markdown? {
        rule.replacement.map { replacement in
            let call = Markdown.code("\(replacement.method) \(replacement.path)")
            guard let header = currentHeader else { return call }
            return "\(call) with \(header)"
        }
    }

    /// `X-Version: 2026-01-01`, where the replacement has a version.
    var currentHeader: Markdown? {
        guard let header = rule.versionHeader,
            let value = rule.replacement?.apiVersion ?? header.replacementValue
        else { return nil }
        return .code("\(header.name): \(value)")
    }

    /// The header that says how long to wait between two polls.
    var waitHeader: Markdown {
        .code(rule.rateLimit?.waitHeader ?? "Retry-After")
    }

    /// The phase and what is left of it: "**deprecated** since 2026-02-12; **800 days** until the sunset".
    var phase: Markdown {
        let lifecycle = rule.lifecycle
        let since: Markdown
        switch standing.phase {
        case .active:
            since = lifecycle.deprecatedOn.map { "not yet deprecated (from \($0.day) on)" } ?? ""
        case .deprecated:
            since =
                lifecycle.deprecatedOn.map { "**deprecated** since \($0.day)" } ?? "**deprecated**"
        case .sunset:
            since = "**past its sunset**"
        }
        return "\(since); \(untilSunset)"
    }

    private var untilSunset: Markdown {
        guard let days = standing.daysUntilSunset, let sunset = rule.lifecycle.sunsetOn else {
            return "no sunset is announced"
        }
        let inferred: Markdown = sunset.basis == .inferred ? " (inferred, not announced)" : ""
        switch days {
        case ..<0:
            return
                "it was on **\(sunset.day)**\(inferred), \((-days).counted("day")) ago: calls may fail now"
        case 0: return "it is today, **\(sunset.day)**\(inferred): calls may fail now"
        default:
            return "**\(days.counted("day")) until the sunset on \(sunset.day)**\(inferred)"
        }
    }

    /// Dates that moved, each a sentence.
    var movedDates: [Markdown] {
        rule.lifecycle.history.map { moved in
            let subject: Markdown =
                switch moved.subject {
                case .deprecatedOn: "The deprecation date"
                case .sunsetOn: "The sunset date"
                }
            return "\(subject) was \(moved.was) until \(moved.changedOn)."
        }
    }

    /// Where the dates are said, each place once.
    var dateSources: [Markdown] {
        var sources: [Markdown] = []
        for day in [rule.lifecycle.deprecatedOn, rule.lifecycle.sunsetOn] {
            if let source = day.map({ Markdown.prose($0.source) }), !sources.contains(source) {
                sources.append(source)
            }
        }
        return sources
    }

    /// How a request uses the version header, in plain words.
    func version(_ use: APIVersionUse, place: Markdown?) -> Markdown {
        guard let header = rule.versionHeader else { return "" }
        let sent = use.value.map { Markdown.code("\(header.name): \($0)") } ?? .code(header.name)
        let from: Markdown = place.map { " (set at \($0))" } ?? ""
        switch use.versionClass {
        case .pinnedDeprecated: return "\(sent), the deprecated version\(from)"
        case .pinnedCurrent: return "\(sent), the replacement's version\(from)"
        case .pinnedUnknown:
            return "\(sent), neither the deprecated nor the replacement's version\(from)"
        case .dynamic:
            let fallback: Markdown = use.value.map { ", \(code: $0) by default" } ?? ""
            return "\(code: header.name) is set at run time\(fallback)\(from)"
        case .unlogged: return "\(code: header.name) is not in the log"
        case .implicit: return "no \(code: header.name) header, \(absence(of: header))"
        }
    }

    private func absence(of header: VersionHeader) -> Markdown {
        switch header.absence {
        case .deprecatedVersion: "so the server takes the deprecated version"
        case .replacementVersion: "so the server takes the replacement's version"
        case .refused: "so the server refuses the request"
        case .unknown: "and what the server takes then is not known"
        }
    }

    /// The version header in the few words of a table's cell.
    func shortVersion(_ use: APIVersionUse) -> Markdown {
        guard rule.versionHeader != nil else { return "" }
        let value: Markdown = use.value.map { .code($0, limit: 40) } ?? ""
        switch use.versionClass {
        case .pinnedDeprecated: return "\(value) (deprecated)"
        case .pinnedCurrent: return "\(value) (current)"
        case .pinnedUnknown: return "\(value) (unknown)"
        case .dynamic: return use.value == nil ? "at run time" : "at run time, else \(value)"
        case .unlogged: return "not logged"
        case .implicit: return "none sent"
        }
    }

    /// The rule's steps of the migration.
    var migrationNotes: [Markdown] { rule.migrationNotes.map(Markdown.note) }
}

/// The rules of a report by their ids.
struct RuleBook {
    private var words: [String: RuleWords]
    /// The rules that something is left to do for; the one whose sunset is next comes first.
    var affected: [RuleWords]

    init(_ report: AuditReport) {
        words = Dictionary(
            report.rules.map { ($0.rule.id, RuleWords(standing: $0)) },
            uniquingKeysWith: { first, _ in first })
        let callers = ReportParts(report.callSites).callers.map(\.site.rule)
        let requests = report.traffic.filter { $0.key.usage == .deprecated }.map(\.key.rule)
        let used = Set(callers + requests)
        affected = report.rules.filter { used.contains($0.rule.id) }.enumerated()
            .sorted { left, right in
                (left.element.daysLeft, left.offset) < (right.element.daysLeft, right.offset)
            }.map { RuleWords(standing: $0.element) }
    }

    /// Whether a reader has to be told which rule something is of.
    var isPlural: Bool { affected.count > 1 }

    /// Days until the rule's sunset; a very large number where none is announced.
    func daysLeft(_ id: String) -> Int { words[id]?.standing.daysLeft ?? .max }

    subscript(_ id: String) -> RuleWords? { words[id] }
}

extension RuleStanding {
    fileprivate var daysLeft: Int { daysUntilSunset ?? .max }
}

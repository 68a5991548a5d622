import Deprecations

/// A caller in full: what it does, what is wrong with it, what to change, and why we think so.
struct CallerView {
    var heading: Markdown
    /// The heading's anchor.
    var anchor: String
    var what: Markdown
    var request: Markdown
    /// Each a label and what there is to say.
    var facts: [Markdown]
    var excerpt: CodeBlock
}

extension CallerView {
    /// Where there has been one scan only, everything is new, and nothing is said of it.
    init(
        _ reported: ReportedCallSite, joined: CodeTraffic?, rules: RuleBook, isNewShown: Bool
    ) {
        let site = reported.site
        let words = rules[site.rule]
        heading = .prose(reported.heading)
        anchor = reported.heading.anchor
        what = Self.what(reported, isRuleNamed: rules.isPlural, isNewShown: isNewShown)
        request =
            site.url.map { Markdown.code("\(site.method) \($0)", limit: 300) }
            ?? words?.endpoint ?? Markdown.code(site.method)
        facts =
            CallerFacts(
                reported: reported, words: words, senders: joined?.senders(fitting: reported) ?? []
            ).all
        excerpt = site.excerpt?.marked(line: site.line, column: site.column) ?? CodeBlock(lines: [])
    }

    private static func what(
        _ reported: ReportedCallSite, isRuleNamed: Bool, isNewShown: Bool
    ) -> Markdown {
        let site = reported.site
        var what: Markdown
        switch site.kind {
        case .sdkCall: what = "calls a client library's method"
        case .indirect: what = "follows a link of the provider"
        case .call, .definition, .mock, .mention: what = site.kind.words
        }
        if let client = site.client { what += " with \(code: client)" }
        if let symbol = site.symbol { what += " in \(code: symbol)" }
        what += ", \(site.role.words)"
        if let line = site.callLine, line != site.line { what += ", sent at line \(plain: line)" }
        if isNewShown, reported.status == .new { what += ", **new**" }
        if let day = reported.introducedOn { what += ", introduced \(day)" }
        if let owner = reported.owner { what += ", owner \(code: owner)" }
        if isRuleNamed { what += ", rule \(code: site.rule)" }
        return what
    }
}

extension ReportedCallSite {
    /// The heading of the caller's own part. Renderers make its anchor of it.
    var heading: String { "\(site.id) line \(site.line)" }

    /// The link to the caller's own part.
    var link: Markdown { .link(place, toHeading: heading) }
}

/// What there is to say of a caller, one line for each subject.
struct CallerFacts {
    /// How many callers in traffic are named.
    private static let sendersNamed = 3

    var reported: ReportedCallSite
    var words: RuleWords?
    /// Callers in traffic that the code fits, the busiest first.
    var senders: [Sender] = []

    private var site: CallSite { reported.site }

    var all: [Markdown] {
        [
            suppression, halfMigrated, version, polling, confidence, traffic, change, evidence,
        ].compactMap { $0 }
    }

    private var suppression: Markdown? {
        guard let suppression = site.suppression else { return nil }
        let place: Markdown =
            suppression.place.map { " by the comment at \(code: "\($0.path):\($0.line)")" }
            ?? " by the settings"
        return reported.status == .suppressed
            ? "**Left until \(suppression.until)**\(place): \(prose: suppression.reason)"
            : "Was left until \(suppression.until)\(place): \(prose: suppression.reason)"
    }

    private var halfMigrated: Markdown? {
        guard site.halfMigrated else { return nil }
        switch site.usage {
        case .deprecated:
            return "**Half-migrated**: the old path with the replacement's version."
        case .migrated:
            return "**Half-migrated**: the new path without the replacement's version."
        }
    }

    var version: Markdown? {
        guard let words else { return nil }
        let place = site.apiVersion.evidence.map { site.place($0) }
        let version = words.version(site.apiVersion, place: place)
        return version.isEmpty ? nil : "Version: \(version)."
    }

    var polling: Markdown? {
        guard site.polling.inLoop else { return nil }
        let wait = words?.waitHeader ?? "`Retry-After`"
        switch site.polling.retryAfter {
        case .ignored:
            return "**Polling**: in a loop that ignores \(wait). Wait as long as it says\(rate)."
        case .honoured: return "Polling: in a loop that waits for \(wait)."
        case .notApplicable: return "Polling: in a loop."
        }
    }

    private var rate: Markdown {
        guard let limit = words?.rule.rateLimit else { return "" }
        let isOne = limit.requestsPerSecond == 1
        return
            "; the documented rate is \(limit.requestsPerSecond.tenths) \(isOne ? "request" : "requests") per second"
    }

    private var confidence: Markdown? {
        switch site.confidence {
        case .high: nil
        case .medium:
            "Confidence: medium. No host is to be seen here; other code of the tree speaks for the provider."
        case .low: "Confidence: low. Only the path speaks for it."
        }
    }

    var change: Markdown? {
        guard let words, site.usage == .deprecated || site.halfMigrated else { return nil }
        return ChangeAdvice(site: site, words: words).text.map { "Change: \($0)." }
    }

    private var traffic: Markdown? {
        if senders.isEmpty { return nil }
        let named = senders.prefix(Self.sendersNamed).map { sender -> Markdown in
            let last: Markdown = sender.lastDay.map { ", the last on \($0)" } ?? ""
            return
                "\(sender.key.caller.shortName) (\(sender.requests.counted("request"))\(last))"
        }
        let rest = senders.count - named.count
        let more: Markdown = rest > 0 ? ", and \(rest) more" : ""
        return "Traffic: fits what was sent by \(named.joined(separator: ", "))\(more)."
    }

    private var evidence: Markdown? {
        if site.evidence.isEmpty { return nil }
        let steps = site.evidence.map { step -> Markdown in
            if let origin = site.initiatingCall, step.place == origin.place {
                return "\(site.place(step.place)) initiating call \(code: origin.call)"
            }
            return "\(site.place(step.place)) \(prose: step.note)"
        }
        return "Evidence: \(steps.joined(separator: " → "))."
    }
}

extension Role {
    /// In the words of a sentence.
    var words: Markdown {
        switch self {
        case .production: "production code"
        case .test: "test"
        case .example: "example"
        case .docs: "documentation"
        case .config: "configuration"
        case .ci: "pipeline"
        case .generated: "generated code"
        case .vendored: "vendored code"
        case .apiCollection: "API collection"
        }
    }
}

import Deprecations

/// How a call site was found, for a terminal.
struct Explanation {
    private let entry: ReportedCallSite
    private let standing: RuleStanding?
    private let palette: Palette

    private var site: CallSite { entry.site }

    init(_ entry: ReportedCallSite, in report: AuditReport, _ palette: Palette) {
        self.entry = entry
        self.palette = palette
        standing = report.rules.first { $0.rule.id == entry.site.rule }
    }

    /// Some paragraphs of text, with a newline at the end.
    var text: String {
        var paragraphs = [head]
        if let excerpt { paragraphs.append(excerpt) }
        paragraphs.append(steps)
        paragraphs.append(facts)
        return paragraphs.joined(separator: "\n\n") + "\n"
    }

    // MARK: Paragraphs

    private var head: String {
        var lines = [
            "\(palette.bold(site.id.description))  \(usage) \(site.kind.rawValue), \(entry.status.rawValue), "
                + "first seen \(entry.firstSeen.day)",
            "\(entry.shownPath.printable):\(site.line):\(site.column)"
                + (site.symbol.map { " in \($0)" } ?? "").printable,
            "\(site.method) \(site.url ?? "(no URL is to be seen)")".printable,
        ]
        if let standing {
            lines.append("rule \(site.rule): \(standing.rule.title.printable), \(standing.words)")
        }
        return lines.joined(separator: "\n")
    }

    private var usage: String {
        if site.halfMigrated { return palette.yellow("half-migrated") }
        return site.usage == .deprecated
            ? palette.red(site.usage.rawValue) : palette.green(site.usage.rawValue)
    }

    private var excerpt: String? {
        guard let excerpt = site.excerpt else { return nil }
        let width = String(excerpt.firstLine + excerpt.lines.count).count
        return excerpt.lines.enumerated().map { index, line in
            let number = excerpt.firstLine + index
            let isMeant = number == site.line || number == site.callLine
            let digits = String(repeating: " ", count: width - String(number).count) + "\(number)"
            let text =
                "\(isMeant ? ">" : " ") \(digits)  \(line.replacing("\t", with: "    ").printable)"
            return isMeant ? palette.bold(text) : text
        }.joined(separator: "\n")
    }

    private var steps: String {
        var steps = site.evidence.map { (place: $0.place, note: $0.note) }
        let own = site.kind == .sdkCall ? "the library's method is called" : ownStep
        steps.append((SourcePlace(path: site.path, line: site.line), own))
        if let place = site.apiVersion.evidence {
            steps.append(
                (place, "version header: \(site.apiVersion.value ?? "not known before run time")"))
        }
        if let line = site.callLine, line != site.line {
            steps.append(
                (
                    SourcePlace(path: site.path, line: line),
                    "sent" + (site.client.map { " with \($0)" } ?? "")
                ))
        }
        let places = steps.map { "\($0.place.path):\($0.place.line)".printable }
        let width = places.map(\.count).max() ?? 0
        let lines = zip(places, steps).enumerated().map { index, step in
            let gap = String(repeating: " ", count: width - step.0.count)
            return "  \(index + 1). \(step.0)\(gap)  \(step.1.note.printable)"
        }
        return (["How it was found"] + lines).joined(separator: "\n")
    }

    private var ownStep: String {
        switch site.kind {
        case .indirect: "the link is followed"
        case .call, .sdkCall: "the endpoint's path"
        case .definition: "the path is described, and nothing here calls it"
        case .mock: "a test double answers for the endpoint"
        case .mention: "the path stands in text"
        }
    }

    private var facts: String {
        var lines = ["confidence  \(site.confidence.rawValue): \(reason)".printable]
        if site.kind.isCaller {
            lines.append("version     \(version)".printable)
            lines.append("polling     \(polling)")
        }
        lines.append("file        \(site.language), \(site.role.rawValue)".printable)
        if let client = site.client { lines.append("client      \(client.printable)") }
        if let owner = entry.owner { lines.append("owner       \(owner.printable)") }
        if let suppression = site.suppression {
            let place =
                suppression.place.map { "the comment at \($0.path):\($0.line)" } ?? "the settings"
            let word = entry.status == .suppressed ? "left" : "was left"
            lines.append(
                "decision    \(word) until \(suppression.until) by \(place): \(suppression.reason)"
                    .printable)
        }
        return lines.joined(separator: "\n")
    }

    /// Why it is as sure as it is.
    private var reason: String {
        switch site.confidence {
        case .high:
            if let host = site.host { return "\(host) is a host of the provider" }
            switch site.kind {
            case .sdkCall: return "the file imports the provider's library"
            case .indirect: return "the link comes from a call to a host of the provider"
            case .call, .definition, .mock, .mention:
                return "the host is one of the provider's, whichever region it is"
            }
        case .medium:
            return site.kind == .indirect
                ? "the link comes from a call whose path is the provider's; its host is not to be seen"
                : "no host is to be seen, and other code of the tree speaks for the provider"
        case .low:
            return
                "only the path speaks for it: the tree shows nothing else of the provider, or serves the "
                + "path itself"
        }
    }

    private var version: String {
        let name = standing?.rule.versionHeader?.name ?? "version header"
        switch site.apiVersion.versionClass {
        case .implicit: return "implicit: no \(name) is sent, the server's default applies"
        case .dynamic:
            return "dynamic: \(name) is not known before run time"
                + (site.apiVersion.value.map { ", \($0) where nothing is given" } ?? "")
        case .pinnedDeprecated, .pinnedCurrent, .pinnedUnknown, .unlogged:
            return
                "\(site.apiVersion.versionClass.rawValue): \(name) \(site.apiVersion.value ?? "")"
        }
    }

    private var polling: String {
        guard site.polling.inLoop else { return "no loop around the request" }
        return site.polling.retryAfter == .honoured
            ? "a loop that waits as Retry-After says" : "a loop that does not read Retry-After"
    }
}

extension RuleStanding {
    fileprivate var words: String {
        var words = "now \(phase.rawValue)"
        if let day = rule.lifecycle.deprecatedOn?.day { words += "; deprecated on \(day)" }
        if let day = rule.lifecycle.sunsetOn?.day { words += ", sunset on \(day)" }
        return words
    }
}

import Deprecations

/// What a caller's change is about; in the order in which to make the changes.
enum Urgency: Int, CaseIterable, Comparable {
    /// Path and version contradict each other today.
    case halfMigrated
    /// Production code that runs into the rate limit today.
    case impatientPolling
    /// Production code that stops working at the sunset.
    case production
    /// Production code that follows a link: the change is at another call.
    case productionLink
    /// Settings, pipelines, generated and copied code.
    case surroundings
    /// Tests, examples, documents: nobody's data is at stake.
    case trials

    init(_ site: CallSite) {
        let isImpatient = site.polling.inLoop && site.polling.retryAfter == .ignored
        switch site.role {
        case _ where site.halfMigrated: self = .halfMigrated
        case .production where isImpatient: self = .impatientPolling
        case .production where site.kind == .indirect: self = .productionLink
        case .production: self = .production
        case .config, .ci, .generated, .vendored, .apiCollection: self = .surroundings
        case .test, .example, .docs: self = .trials
        }
    }

    /// The most urgent first; of the same urgency, those whose sunset is next, and of these, those that fit requests
    /// in the logs.
    static func sorted(
        _ callers: [ReportedCallSite], joined: CodeTraffic? = nil, rules: RuleBook
    ) -> [ReportedCallSite] {
        callers.enumerated().map { offset, caller in
            let isQuiet = joined?.isConfirmed(caller) == true ? 0 : 1
            return (
                (Urgency(caller.site), rules.daysLeft(caller.site.rule), isQuiet, offset), caller
            )
        }.sorted { $0.0 < $1.0 }.map(\.1)
    }

    static func < (left: Urgency, right: Urgency) -> Bool {
        left.rawValue < right.rawValue
    }

    /// What to do, and why in this place.
    func advice(afterSunset: Bool) -> Markdown {
        switch self {
        case .halfMigrated:
            "**Finish what is half-migrated.** Path and version header contradict each other; what the server makes of that is nowhere promised."
        case .impatientPolling:
            "**Move production polling, and make it wait.** It ignores the server's wait time and risks status 429 today."
        case .production:
            "**Move production calls.** \(afterSunset ? "They may fail already." : "They may fail from the sunset on.")"
        case .productionLink:
            "**Move the calls that start operations.** Production code follows the link in their answer; change path and version there, and the link follows."
        case .surroundings:
            "**Change settings, pipelines, generated and vendored code, API collections.**"
        case .trials:
            "**Last: tests, examples, documents.** They lead the next caller to the old endpoint."
        }
    }
}

/// The section on what to do first.
struct FirstSteps {
    /// How many places one step names.
    private static let placesShown = 5

    /// One thing to do.
    struct Step {
        var number: Int
        var text: Markdown
    }

    /// In the order in which to do them.
    var steps: [Step]

    /// `callers` are those that need a change; `detailed` those that have a part of their own to link to.
    init(
        callers: [ReportedCallSite], detailed: Set<ReportedCallSite>, traffic: [Traffic],
        joined: CodeTraffic?, unreadInputs: Int, rules: RuleBook
    ) {
        let groups = Dictionary(grouping: callers) { Urgency($0.site) }
        var steps: [Markdown] = Urgency.allCases.compactMap { urgency in
            groups[urgency].map { group in
                let places = group.prefix(Self.placesShown).map { caller -> Markdown in
                    detailed.contains(caller) ? caller.link : caller.place
                }
                let rest = group.count - places.count
                let more: Markdown = rest > 0 ? ", and \(rest) more" : ""
                let isAfterSunset = group.allSatisfy {
                    rules[$0.site.rule]?.standing.phase == .sunset
                }
                let live = group.count { joined?.isConfirmed($0) == true }
                let seen = Self.seen(live, of: group.count)
                return
                    "\(urgency.advice(afterSunset: isAfterSunset)) \(group.count.counted("place"))\(seen): \(places.joined(separator: ", "))\(more)"
            }
        }
        if let aggressive = Self.aggressive(traffic) {
            steps.insert(aggressive, at: groups[.halfMigrated] == nil ? 0 : 1)
        }
        if callers.isEmpty, traffic.contains(where: { $0.key.usage == .deprecated }) {
            steps.append(
                "**Find the code behind the traffic.** No caller was found in the code that was scanned; scan what the callers below run."
            )
        }
        if unreadInputs > 0 {
            steps.append(
                "**Make readable what could not be read, and run again**: \(unreadInputs.counted("input")), see \(Markdown.link("below", toHeading: "What could not be read or decided")). Callers may hide there."
            )
        }
        self.steps = steps.enumerated().map { Step(number: $0 + 1, text: $1) }
    }

    /// How many of the places fit requests in the logs.
    private static func seen(_ live: Int, of count: Int) -> Markdown {
        switch live {
        case 0: ""
        case 1 where count == 1: ", which fits requests in the logs"
        case count: ", all of which fit requests in the logs"
        default: ", \(live) of which \(live == 1 ? "fits" : "fit") requests in the logs"
        }
    }

    private static func aggressive(_ traffic: [Traffic]) -> Markdown? {
        let callers = traffic.filter { $0.totals.pace.verdict == .aggressive }
        if callers.isEmpty { return nil }
        let names = callers.prefix(placesShown).map { entry -> Markdown in
            "\(entry.key.caller.shortName) (\(entry.totals.pace.words))"
        }
        let rest = callers.count - names.count
        let more: Markdown = rest > 0 ? ", and \(rest) more" : ""
        return
            "**Slow down who polls too fast, as the traffic shows.** \(names.joined(separator: ", "))\(more)"
    }
}

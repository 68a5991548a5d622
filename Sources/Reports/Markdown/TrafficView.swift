import Deprecations

extension Caller {
    /// The name a reader knows it by: its own, else user and address, else its user agent.
    var shortName: Markdown {
        if let name { return .code(name, limit: 60) }
        let parts = [user, address].compactMap { $0 }
        if !parts.isEmpty { return .code(parts.joined(separator: " at "), limit: 60) }
        return userAgent.map { .code($0, limit: 60) } ?? "a caller that the log does not name"
    }

    /// All that names it.
    fileprivate var fullName: Markdown {
        var parts: [Markdown] = []
        if let name { parts.append("**\(prose: name.shortened(to: 60))**") }
        if let user { parts.append("user \(Markdown.code(user, limit: 60))") }
        if let address { parts.append(.code(address, limit: 60)) }
        return parts.isEmpty ? "not named in the log" : parts.joined(separator: " ")
    }

    var agent: Markdown {
        if let userAgent { return .code(userAgent, limit: 80) }
        return client.map { .code([$0, clientVersion].compactMap { $0 }.joined(separator: " ")) }
            ?? ""
    }
}

extension OperationSample {
    /// Whether `distinct` is an estimate: so it is once operations had to be left out.
    fileprivate var isEstimate: Bool { !isExact && distinct >= Self.maximumOperations }
}

extension PollingPace {
    /// `aggressive, every 0.5 s`; empty where no operation was asked for twice.
    var words: Markdown {
        let verdict: Markdown
        switch self.verdict {
        case .respectful: verdict = "respectful"
        case .aggressive: verdict = "**aggressive**"
        case .unknown:
            return operationsPolled == 0 ? "" : "unknown: no times in the log"
        }
        guard let seconds = medianIntervalSeconds else { return verdict }
        if seconds == 0 { return "\(verdict), several a second" }
        return "\(verdict), every \(Self.seconds(seconds))"
    }

    private static func seconds(_ seconds: Double) -> Markdown {
        if seconds < 0.1 { return "\(Int((seconds * 1000).rounded())) ms" }
        if seconds < 100 { return "\(seconds.tenths) s" }
        return "\(Int((seconds / 60).rounded())) min"
    }
}

/// The requests of one usage.
struct TrafficView {
    /// How many rows a table has at most.
    static let rowsShown = 50

    var table: LongTable
    /// What the table leaves out, and what limits it.
    var notes: [Markdown]

    /// `lastDay` is the last day that any log has.
    init?(_ all: [Traffic], usage: Usage, lastDay: CalendarDay?, rules: RuleBook) {
        let traffic = all.filter { $0.key.usage == usage }
            .enumerated().sorted { left, right in
                (right.element.totals.requests, left.offset)
                    < (left.element.totals.requests, right.offset)
            }.map(\.element)
        if traffic.isEmpty { return nil }
        let isRuleNamed = Set(traffic.map(\.key.rule)).count > 1
        let columns: [MarkdownTable.Column] = [
            .text("Caller"), .text("User agent"), .text("Host"), .text("Rule"), .number("Requests"),
            .number("Last 7 days (before)"), .text("Answers"), .number("Operations"), .text("Pace"),
            .text("Version header"),
            .text("First seen"), .text("Last seen"),
        ]
        let rows = traffic.prefix(Self.rowsShown).map { entry in
            Self.row(entry, lastDay: lastDay, rules: rules, isRuleNamed: isRuleNamed)
        }
        table = LongTable(
            table: MarkdownTable(columns: columns, rows: rows).withoutEmptyColumns(),
            noun: usage == .deprecated ? "callers in traffic" : "callers of the replacement")
        notes = Self.notes(traffic)
        if let lastDay, traffic.contains(where: { !$0.totals.days.isEmpty }) {
            notes.append(
                "The last 7 days end on \(lastDay), the last day in the logs; before are the 7 days before them."
            )
        }
    }

    private static func row(
        _ entry: Traffic, lastDay: CalendarDay?, rules: RuleBook, isRuleNamed: Bool
    ) -> [Markdown] {
        let key = entry.key
        let totals = entry.totals
        return [
            key.caller.fullName, key.caller.agent, key.host.map { .code($0) } ?? "",
            isRuleNamed ? .code(key.rule) : "", "\(totals.requests)",
            lastDay.map { trend(totals, to: $0) } ?? "", answers(totals.statuses),
            "\(totals.operations.isEstimate ? "about " : "")\(totals.operations.distinct)",
            totals.pace.words, rules[key.rule]?.shortVersion(key.apiVersion) ?? "",
            day(totals.firstSeen), day(totals.lastSeen),
        ]
    }

    private static func answers(_ statuses: [Int: Int]) -> Markdown {
        statuses.sorted { $0.key < $1.key }.map { status, count -> Markdown in
            let name: Markdown = status == 0 ? "none" : "\(plain: status)"
            return "\(name): \(count)"
        }.joined(separator: ", ")
    }

    /// The requests of the 7 days that end on `last`, and of the 7 days before.
    private static func trend(_ totals: TrafficTotals, to last: CalendarDay) -> Markdown {
        var counts = [0, 0]
        for (day, requests) in totals.days {
            let age = day.days(until: last)
            if (0..<14).contains(age) { counts[age / 7] += requests }
        }
        return counts == [0, 0] ? "0" : "\(counts[0]) (\(counts[1]))"
    }

    private static func day(_ time: Timestamp?) -> Markdown {
        time.map { "\($0.day)" } ?? ""
    }

    private static func notes(_ traffic: [Traffic]) -> [Markdown] {
        var notes: [Markdown] = []
        let rest = traffic.dropFirst(rowsShown)
        if !rest.isEmpty {
            let requests = rest.reduce(0) { $0 + $1.totals.requests }
            notes.append(
                "And \(rest.count.counted("row")) more with \(requests.counted("request")); the JSON report has them."
            )
        }
        let undated = traffic.reduce(0) { $0 + $1.totals.undated }
        if undated > 0 {
            notes.append(
                "\(undated.counted("request")) without a readable time: in the totals, in no phase."
            )
        }
        if traffic.contains(where: \.totals.operations.isEstimate) {
            notes.append(
                "Numbers of operations with *about* are estimates with a standard error of 3 %.")
        }
        return notes
    }

    /// For each rule, in which phase its requests were sent.
    static func phases(_ report: AuditReport, rules: RuleBook) -> [Markdown] {
        report.rules.compactMap { standing in
            let traffic = report.traffic.filter {
                $0.key.rule == standing.rule.id && $0.key.usage == .deprecated
            }
            if traffic.isEmpty { return nil }
            var counts: [Phase: Int] = [:]
            for entry in traffic {
                counts.merge(
                    entry.totals.phases(of: standing.rule.lifecycle), uniquingKeysWith: +)
            }
            let name: Markdown = rules.isPlural ? "\(code: standing.rule.id): r" : "R"
            return
                "\(name)equests sent before the deprecation: \(counts[.active, default: 0]); from then on: \(counts[.deprecated, default: 0]); since the sunset: \(counts[.sunset, default: 0])."
        }
    }
}

import Audit
import Deprecations

/// Rules as text for a terminal.
enum RuleText {
    /// A line for each rule.
    static func list(_ entries: [RuleCatalog.Entry], on day: CalendarDay) -> String {
        let rows =
            [["RULE", "PHASE", "SUNSET", "ENDPOINT"]]
            + entries.map { entry in
                let lifecycle = entry.rule.lifecycle
                let sunset = lifecycle.sunsetOn.map { "\($0.day)\($0.mark)" } ?? "not announced"
                let endpoint = entry.rule.endpoint
                return [
                    entry.rule.id, lifecycle.phase(on: day).rawValue, sunset,
                    "\(endpoint.method) \(endpoint.path)",
                ]
            }
        return table(rows)
    }

    /// All that a rule says.
    static func page(_ entry: RuleCatalog.Entry, on day: CalendarDay) -> String {
        let rule = entry.rule
        var lines = ["\(rule.id): \(rule.title)", "from \(entry.file)", ""]
        func add(_ label: String, _ text: String?, source: String? = nil) {
            guard let text, !text.isEmpty else { return }
            lines.append("\(label.padded(18))\(text)")
            if let source { lines.append("\("".padded(18))  (\(source))") }
        }
        add("provider", rule.provider.name)
        add("endpoint", "\(rule.endpoint.method) \(rule.endpoint.path)")
        for host in rule.endpoint.hosts {
            let note = host.note.map { ", \($0)" } ?? ""
            add("host", "\(host.name) (\(host.kind.rawValue)\(note))")
        }
        addLifecycle(rule.lifecycle, on: day, add)
        if let header = rule.versionHeader {
            add("version header", header.name)
            add("  deprecated", header.deprecatedValues.joined(separator: ", "))
            add("  replacement", header.replacementValue)
            add("  without it", header.absence.rawValue, source: header.absenceSource)
        }
        if let replacement = rule.replacement {
            add(
                "replacement", "\(replacement.method) \(replacement.path)",
                source: replacement.source)
        }
        if let limit = rule.rateLimit {
            let wait = limit.waitHeader.map { ", wait as \($0) says" } ?? ""
            add("rate limit", "\(limit.requestsPerSecond) per second\(wait)", source: limit.source)
        }
        add("links", (rule.links.headers + rule.links.jsonFields).joined(separator: ", "))
        for call in rule.initiatingCalls {
            let next = call.replacementPath.map { " → \($0)" } ?? ""
            add("begun by", "\(call.method) \(call.path)\(next)")
        }
        for method in rule.sdkMethods {
            let owners = method.owners.isEmpty ? "" : " of \(method.owners.joined(separator: ", "))"
            add("client method", method.name + owners)
        }
        if !rule.migrationNotes.isEmpty {
            lines += ["", "Migration:"]
            for (index, note) in rule.migrationNotes.enumerated() {
                lines.append("  \(index + 1). \(note)")
            }
        }
        return lines.map { $0.printable + "\n" }.joined()
    }

    private static func addLifecycle(
        _ lifecycle: Lifecycle, on day: CalendarDay,
        _ add: (_ label: String, _ text: String?, _ source: String?) -> Void
    ) {
        add("phase", "\(lifecycle.phase(on: day).rawValue) on \(day)", nil)
        add(
            "deprecated on", lifecycle.deprecatedOn.map { "\($0.day)" } ?? "not known",
            lifecycle.deprecatedOn?.source)
        let left = lifecycle.daysUntilSunset(from: day).map {
            $0 > 0 ? ", in \($0.counted("day"))" : ""
        }
        add(
            "sunset on",
            lifecycle.sunsetOn.map { "\($0.day)\(left ?? "")\($0.mark)" } ?? "not announced",
            lifecycle.sunsetOn?.source)
        for moved in lifecycle.history {
            add(
                "", "\(moved.subject.rawValue) was \(moved.was) until \(moved.changedOn)",
                moved.source)
        }
    }

    /// Columns as wide as their widest cell.
    static func table(_ rows: [[String]]) -> String {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                column == row.count - 1 ? cell.printable : cell.printable.padded(widths[column])
            }
            return cells.joined(separator: "  ") + "\n"
        }.joined()
    }
}

extension AnnouncedDay {
    /// What is to be said behind a day that nobody has announced.
    var mark: String { basis == .inferred ? " (inferred)" : "" }
}

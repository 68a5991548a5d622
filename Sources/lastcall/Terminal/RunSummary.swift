import Audit
import Deprecations

/// What a run brought, in one line for the log of a scheduler: words and values, `name=value`.
struct RunSummary {
    var command: String
    var database: String
    var ended: Timestamp
    var took: Duration
    var status: Int32
    var outcome: AuditOutcome

    /// The line.
    var line: String {
        let (tally, known) = (outcome.tally, outcome.report.summary)
        let (seconds, attoseconds) = took.components
        let tenths = Int(seconds) * 10 + Int(attoseconds / 100_000_000_000_000_000)
        let parts: [(String, String)] = [
            ("at", "\(ended)"), ("command", Self.quoted(command)), ("status", "\(status)"),
            ("logs", "\(tally.logs)"), ("unchanged", "\(tally.unchanged)"),
            ("unread", "\(tally.unread)"), ("new_lines", "\(tally.newLines)"),
            ("new_requests", "\(tally.newRequests)"), ("requests", "\(known.requests)"),
            ("traffic_callers", "\(known.trafficCallers)"), ("callers", "\(known.callers)"),
            ("seconds", "\(tenths / 10).\(tenths % 10)"), ("db", Self.quoted(database)),
        ]
        return "lastcall " + parts.map { "\($0)=\($1)" }.joined(separator: " ")
    }

    /// In quotes where there is a blank or a quote in it.
    private static func quoted(_ text: String) -> String {
        let printable = text.printable
        guard printable.isEmpty || printable.contains(where: { " \"=".contains($0) }) else {
            return printable
        }
        return "\"" + printable.replacing("\"", with: "\\\"") + "\""
    }
}

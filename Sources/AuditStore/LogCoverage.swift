import Deprecations

/// What the logs cover: what "no request" rests on, and what it cannot rest on.
struct LogCoverage {
    private let logs: [ReportedLog]

    /// How many gaps are named at most.
    private static let gapsNamed = 5

    /// Of logs that have been read; those without a line say nothing.
    init(_ logs: [ReportedLog]) {
        self.logs = logs.filter { $0.counts.lines > 0 }
    }

    /// All that is to be said.
    var diagnostics: [Diagnostic] {
        logs.compactMap(gaps) + logs.compactMap(pathless) + commonGaps + versionless + basis
    }

    /// Days without a line inside of one log.
    private func gaps(_ log: ReportedLog) -> Diagnostic? {
        let gaps = log.days.gaps
        return gaps.isEmpty
            ? nil
            : Diagnostic(severity: .note, path: log.path, message: Self.words(gaps, of: log.days))
    }

    /// Days without a line in any log, between the first and the last of all.
    private var commonGaps: [Diagnostic] {
        guard logs.count > 1 else { return [] }
        let days = logs.reduce(into: DayRanges()) { $0.formUnion($1.days) }
        let gaps = days.gaps
        if gaps.isEmpty { return [] }
        return [
            Diagnostic(
                severity: .warning,
                message:
                    "in all logs together, \(Self.words(gaps, of: days)): what was sent then is not known"
            )
        ]
    }

    private static func words(_ gaps: DayRanges, of days: DayRanges) -> String {
        let named = gaps.description.split(separator: ",")
        let rest = named.count - gapsNamed
        let more = rest > 0 ? " and \(rest) more" : ""
        return "no line on \(gaps.count) of \(gaps.count + days.count) days: "
            + named.prefix(gapsNamed).joined(separator: ", ") + more
    }

    /// Where no line has a path, no request can be found.
    private func pathless(_ log: ReportedLog) -> Diagnostic? {
        guard !log.shows.isEmpty, !log.shows.contains(.path) else { return nil }
        return Diagnostic(
            severity: .warning, path: log.path,
            message: "no line of it shows a path, so that no request can be found in it")
    }

    private var versionless: [Diagnostic] {
        let silent = logs.filter { !$0.shows.isEmpty && !$0.shows.contains(.version) }
        if silent.isEmpty { return [] }
        let lines = silent.reduce(0) { $0 + $1.counts.lines }
        return [
            Diagnostic(
                severity: .note,
                message:
                    "\(counted(silent.count, "log")) of \(logs.count) (\(counted(lines, "line"))) "
                    + "\(silent.count == 1 ? "does" : "do") not record the version header: which version its "
                    + "requests ask for is not known ('unlogged')")
        ]
    }

    /// What it rests on that there is no request.
    private var basis: [Diagnostic] {
        guard !logs.isEmpty, logs.allSatisfy({ $0.counts.matched == 0 }) else { return [] }
        let counts = logs.reduce(into: LineCounts()) { $0.add($1.counts) }
        let first = logs.compactMap(\.firstSeen).min()
        let last = logs.compactMap(\.lastSeen).max()
        let span = first.flatMap { first in last.map { " from \(first.day) to \($0.day)" } } ?? ""
        var limits: [String] = []
        if counts.malformed > 0 {
            limits.append("\(counted(counts.malformed, "line")) could not be parsed")
        }
        if counts.hostOnly > 0 {
            limits.append("\(counted(counts.hostOnly, "tunnel")) showed no path")
        }
        if counts.outside > 0 {
            limits.append(
                "\(counted(counts.outside, "request")) of other days \(counts.outside == 1 ? "was" : "were") left out"
            )
        }
        let unread = logs.count { $0.state != .complete }
        if unread > 0 { limits.append("\(counted(unread, "log")) was not read to the end") }
        let tail = limits.isEmpty ? "" : "; " + limits.joined(separator: ", ")
        return [
            Diagnostic(
                severity: .note,
                message: "that no request was found rests on \(counted(counts.lines, "line")) of "
                    + "\(counted(logs.count, "log"))\(span), and says nothing of what went elsewhere\(tail)"
            )
        ]
    }
}

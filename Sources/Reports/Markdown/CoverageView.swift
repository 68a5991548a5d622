import Deprecations

/// What was read, what was passed over and why, in sums that close.
struct CoverageView {
    /// How many logs the table lists.
    private static let logsShown = 100

    var sentence: Markdown
    var trees: MarkdownTable
    var logs: MarkdownTable
    var notes: [Markdown]

    init(_ report: AuditReport) {
        sentence = "\(Self.sentence(on: report.trees)); \(Self.sentence(on: report.logs))"
        trees = Self.table(of: report.trees)
        logs = Self.table(of: report.logs)
        notes = Self.notes(report)
    }

    private static func sentence(on trees: [TreeCoverage]) -> Markdown {
        if trees.isEmpty { return "no code was scanned" }
        let scanned = trees.reduce(0) { $0 + $1.filesScanned }
        let bytes = trees.reduce(0) { $0 + $1.bytesScanned }
        let skipped = trees.reduce(0) { $0 + $1.skipped.values.reduce(0, +) }
        let unread = trees.reduce(0) { $0 + $1.filesNotRead }
        var sentence: Markdown =
            "\(scanned.counted("file")) (\(bytes.byteSize)) in \(trees.count.counted("tree"))"
        if skipped > 0 { sentence += ", \(skipped) passed over" }
        if unread > 0 { sentence += " (**\(unread) could not be read**)" }
        return sentence
    }

    private static func sentence(on logs: [ReportedLog]) -> Markdown {
        if logs.isEmpty { return "no log was read, so nothing is known of traffic" }
        let lines = logs.reduce(0) { $0 + $1.counts.lines }
        var sentence: Markdown = "\(lines.counted("line"))"
        let first = logs.compactMap(\.firstSeen).min()
        let last = logs.compactMap(\.lastSeen).max()
        if let first, let last { sentence += " from \(first.day) to \(last.day)" }
        sentence += " in \(logs.count.counted("log"))"
        let broken = logs.count { $0.state != .complete }
        if broken > 0 { sentence += " (**\(broken) not to the end**)" }
        return sentence
    }

    private static func table(of trees: [TreeCoverage]) -> MarkdownTable {
        let reasons = SkipReason.allCases.filter { reason in
            trees.contains { $0.skipped[reason, default: 0] > 0 }
        }
        let columns: [MarkdownTable.Column] =
            [.text("Tree"), .number("Met"), .number("= read"), .number("(of these analysed)")]
            + reasons.map { .number("+ \($0.words)") } + [.number("Size read")]
        return MarkdownTable(
            columns: columns,
            rows: trees.map { tree in
                let skipped = tree.skipped.values.reduce(0, +)
                return [
                    .code(tree.root), "\(tree.filesScanned + skipped)", "\(tree.filesScanned)",
                    "\(tree.filesAnalysed)",
                ] + reasons.map { "\(tree.skipped[$0, default: 0])" } + [tree.bytesScanned.byteSize]
            })
    }

    private static func table(of logs: [ReportedLog]) -> MarkdownTable {
        let columns: [MarkdownTable.Column] = [
            .text("Log"), .text("Format"), .number("Lines"), .number("= matched"),
            .number("+ other"), .number("+ blank"), .number("+ malformed"), .text("From"),
            .text("To"), .text("Read"),
        ]
        var rows = logs.prefix(logsShown).map { log -> [Markdown] in
            [.code(log.path), log.format.map { .code($0) } ?? "unknown"] + sums(log.counts) + [
                log.firstSeen.map { "\($0)" } ?? "", log.lastSeen.map { "\($0)" } ?? "",
                log.state.words,
            ]
        }
        let rest = logs.dropFirst(logsShown)
        if !rest.isEmpty {
            rows.append(
                ["\(rest.count) more", ""] + sums(total(rest)) + ["", "", "in the JSON report"])
        }
        if logs.count > 1 {
            rows.append(["**All**", ""] + sums(total(logs[...])) + ["", "", ""])
        }
        return MarkdownTable(columns: columns, rows: rows).withoutEmptyColumns()
    }

    private static func sums(_ counts: LineCounts) -> [Markdown] {
        [counts.lines, counts.matched, counts.other, counts.blank, counts.malformed].map { "\($0)" }
    }

    private static func total(_ logs: ArraySlice<ReportedLog>) -> LineCounts {
        logs.reduce(into: LineCounts()) { $0.add($1.counts) }
    }

    private static func notes(_ report: AuditReport) -> [Markdown] {
        var notes: [Markdown] = []
        if !report.trees.isEmpty {
            notes.append(
                "A folder that is passed over whole counts once. *Analysed* are the files in which something could matter; the others were searched for it in whole."
            )
        }
        let counts = total(report.logs[...])
        if counts.malformed > 0 {
            notes.append(
                "*Malformed* are lines that name the endpoint and could not be parsed: \(counts.malformed.counted("request")) at most are missing from the traffic."
            )
        }
        if counts.hostOnly > 0 {
            notes.append(
                "\(counts.hostOnly.counted("CONNECT line")) to the provider's hosts cannot show a path; they are among *other*."
            )
        }
        return notes
    }
}

extension SkipReason {
    /// As a column's title.
    fileprivate var words: Markdown {
        switch self {
        case .ignored: "ignored"
        case .binary: "binary"
        case .tooLarge: "too large"
        case .unreadable: "unreadable"
        case .link: "link"
        case .special: "special"
        case .timeout: "timed out"
        }
    }
}

extension SourceState {
    fileprivate var words: Markdown {
        switch self {
        case .complete: "to its end"
        case .truncated: "**in part**"
        case .unreadable: "**not at all**"
        }
    }
}

import Deprecations

/// What could not be read or decided.
struct DiagnosticsView {
    /// How many of one severity are listed.
    private static let shown = 100

    /// One list for each severity, the worst first.
    struct Group {
        var title: Markdown
        var lines: [Markdown]
    }

    var groups: [Group]

    init?(_ diagnostics: [Diagnostic]) {
        if diagnostics.isEmpty { return nil }
        groups = Diagnostic.Severity.allCases.compactMap { severity in
            let entries = diagnostics.filter { $0.severity == severity }
            if entries.isEmpty { return nil }
            let title: Markdown =
                switch severity {
                case .error: "Input that could not be read"
                case .warning: "What limits this report"
                case .note: "Good to know"
                }
            var lines = entries.prefix(Self.shown).map(Self.line)
            if entries.count > lines.count {
                lines.append("And \(entries.count - lines.count) more; the JSON report has them.")
            }
            return Group(title: "\(title) (\(entries.count))", lines: lines)
        }
    }

    private static func line(_ diagnostic: Diagnostic) -> Markdown {
        guard let path = diagnostic.path else { return .prose(diagnostic.message) }
        let place = Markdown.code(diagnostic.line.map { "\(path):\($0)" } ?? path)
        return "\(place): \(prose: diagnostic.message)"
    }
}

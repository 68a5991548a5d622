import AccessLogs
package import Deprecations

/// Looking at logs without counting anything.
package enum LogInspection {
    /// The logs that files, folders and globs name, each once; what could not be looked into. Throws with all
    /// names that stand for nothing.
    package static func logs(
        _ named: [String]
    ) throws(AuditError) -> (paths: [String], diagnostics: [Diagnostic]) {
        var expansion = LogExpansion()
        var mistakes: [String] = []
        for path in named {
            if let problem = expansion.add(path, options: LogReadingOptions()) {
                mistakes.append("\(path): \(problem)")
            }
        }
        guard mistakes.isEmpty else { throw .unusable(mistakes) }
        return (expansion.logs.map(\.path), expansion.diagnostics)
    }
}

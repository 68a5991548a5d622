/// What spoils a whole run.
package enum AuditError: Error, Hashable, CustomStringConvertible {
    /// Wrong usage, rules or settings: every mistake that was found. Nothing was scanned.
    case unusable([String])
    /// The database cannot be used. What was committed before stays whole.
    case failed(String)

    /// A line for each mistake.
    package var description: String {
        switch self {
        case .unusable(let mistakes): mistakes.joined(separator: "\n")
        case .failed(let message): message
        }
    }
}

/// Something a reader of the report has to know about the run itself.
public struct Diagnostic: Hashable, Sendable {
    /// How much it matters.
    public enum Severity: String, Hashable, Sendable, Codable, CaseIterable {
        /// Input that could not be read: exit status 3.
        case error
        /// Something that limits what the report can say.
        case warning
        /// Good to know.
        case note
    }

    /// How much it matters.
    public var severity: Severity
    /// The file, where there is one.
    public var path: String?
    /// 1-based, where there is one.
    public var line: Int?
    /// What happened, and what to do next.
    public var message: String

    /// Takes each part as given.
    public init(severity: Severity, path: String? = nil, line: Int? = nil, message: String) {
        self.severity = severity
        self.path = path
        self.line = line
        self.message = message
    }
}

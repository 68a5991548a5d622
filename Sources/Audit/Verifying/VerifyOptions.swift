package import Deprecations

/// What `verify` is asked to do, besides what every run is told.
package struct VerifyOptions: Sendable {
    /// Where a secret comes from. It is never an argument.
    package enum SecretSource: Hashable, Sendable {
        /// A variable of the environment.
        case environment(String)
        /// A file that only its owner can read.
        case file(String)
        /// The first line of standard input.
        case standardInput
    }

    /// The operations that are asked for.
    package var operations: [String]
    /// The rule; nil for the first that holds.
    package var rule: String?
    /// A region of the rule's hosts: `us`.
    package var region: String?
    /// Another place: a gateway of the settings, or this machine.
    package var baseURL: String?
    /// Where the token comes from, or the client's secret where `clientID` is given.
    package var secret: SecretSource = .environment("LASTCALL_TOKEN")
    /// The id of an OAuth2 client, whose secret is got in place of a token.
    package var clientID: String?
    /// Only the calls that the last audit found, in place of all.
    package var fromFindings = false
    /// Whether an operation is followed to its end before it is asked for in all ways.
    package var waits = false
    /// How long it is followed at most, in seconds.
    package var deadlineSeconds = 3600
    /// A file with certificates (PEM) to be trusted in place of the system's.
    package var trustRootsPath: String?

    /// Takes what has no default.
    package init(operations: [String]) {
        self.operations = operations
    }

    /// Reads `env:NAME`, `file:PATH` or `-`; nil where it is none of these.
    package static func secretSource(_ text: String) -> SecretSource? {
        if text == "-" { return .standardInput }
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "env": return .environment(String(parts[1]))
        case "file": return .file(String(parts[1]))
        default: return nil
        }
    }
}

/// What happens while live calls are made.
package enum VerifyEvent: Sendable {
    /// An operation is followed to its end, and stands there now.
    case waiting(operation: String, status: String)
    /// A call was made, and is stored.
    case made(Verification)
    /// Something that a reader has to know.
    case note(String)
}

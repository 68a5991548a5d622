import AuditStore
import Deprecations

/// Waits until no other run stores into a database.
struct RunTurn {
    /// The database.
    var path: String
    /// Whether to wait at all.
    var waits: Bool
    var events: @Sendable (AuditEvent) -> Void

    private static let pause = Duration.milliseconds(100)

    /// Takes the turn; it ends with the value that is answered.
    func take() async throws -> RunLock {
        var isTold = false
        while true {
            switch try RunLock.attempt(on: path) {
            case .taken(let lock):
                return lock
            case .held(let holder):
                let who = holder.map { " (process \($0))" } ?? ""
                guard waits else {
                    throw AuditError.failed(
                        "\(path): another lastcall\(who) is at work on this database; nothing was done"
                    )
                }
                if !isTold { events(.waiting(database: path, process: holder)) }
                isTold = true
            }
            try await Task.sleep(for: Self.pause)
        }
    }
}

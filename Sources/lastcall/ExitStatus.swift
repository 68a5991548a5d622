/// The exit statuses of the contract.
enum ExitStatus: Int32 {
    /// Done, and the gate passed.
    case done = 0
    /// Done, and the gate says no.
    case gateClosed = 1
    /// Wrong usage, rule or configuration; nothing was scanned.
    case unusable = 2
    /// Done, but some input could not be read.
    case unreadInput = 3
    /// Failed: database, disk, network.
    case failed = 4
    /// Interrupted; the same command carries on.
    case interrupted = 130
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension LogSource.Failure {
    /// What happened, and what to do next.
    var advice: String {
        switch self {
        case .folder: "is a folder; name the logs in it"
        case .unreadable(let reason): reason
        case .damaged(let damage): "\(damage.reason), at byte \(damage.offset)"
        case .cancelled: "was not read to its end"
        case .system(let operation, let code):
            "cannot \(operation): \(unsafe String(cString: strerror(code)))"
        }
    }

    /// The same for the log at `path`, `lines` of which were read.
    func advice(for path: String, lines: Int) -> String {
        guard case .damaged(let damage) = self else { return advice }
        let place = damage.path == path ? "" : " of \(damage.path)"
        return "\(damage.reason), at byte \(damage.offset)\(place); "
            + "the \(lines) lines before that count"
    }
}

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
        case .compressed(let name):
            "is \(name) data, which this build cannot read; give it decompressed"
        case .cancelled: "was not read to its end"
        case .system(let operation, let code):
            "cannot \(operation): \(unsafe String(cString: strerror(code)))"
        }
    }
}

import Audit

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that lines are added to, or standard output for `-`. Each line is one write, so that lines of several tasks
/// do not mix.
final class AppendedFile: Sendable {
    private let descriptor: Int32

    /// Opens the file, or makes it.
    init(path: String) throws(AuditError) {
        if path == "-" {
            descriptor = STDOUT_FILENO
            return
        }
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            throw .unusable([
                "\(path): cannot be written: \(unsafe String(cString: strerror(errno)))"
            ])
        }
    }

    deinit {
        if descriptor != STDOUT_FILENO { _ = close(descriptor) }
    }

    /// Adds a line. That nobody reads it any more stops nothing.
    func add(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = unsafe bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return 0 }
            return unsafe systemWrite(descriptor, start, buffer.count)
        }
    }
}

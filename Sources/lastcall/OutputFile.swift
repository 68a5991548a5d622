import Deprecations

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where a result goes: a file, or standard output for `-`.
struct OutputFile {
    /// The path, or `-`.
    let path: String

    /// Why a result could not be written.
    struct Failure: Error, CustomStringConvertible {
        var path: String
        var message: String

        var description: String { "\(path): \(message)".printable }
    }

    /// Looks, before any work is done, whether a file can be made there. Answers what is wrong.
    func mistake() -> String? {
        guard path != "-" else { return nil }
        switch kind(of: path) {
        case S_IFDIR?: return "--output: '\(path)' is a folder; name a file"
        case nil where kind(of: folder) != S_IFDIR:
            return "--output: there is no folder '\(folder)'; make it first"
        default: return nil
        }
    }

    /// Writes the whole result: a file is there as it was, or new in whole, whatever happens.
    ///
    /// That nobody reads a pipe any more is no failure.
    func write(_ bytes: [UInt8]) throws(Failure) {
        if path == "-" { return try writeAll(bytes, to: STDOUT_FILENO) }
        if let kind = kind(of: path), kind != S_IFREG {
            // A pipe or a device cannot be replaced.
            let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw failure("cannot be opened") }
            defer { _ = close(descriptor) }
            return try writeAll(bytes, to: descriptor)
        }
        let target = resolved
        let draft = "\(target).\(getpid()).tmp"
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure("cannot be written") }
        do throws(Failure) {
            defer { _ = close(descriptor) }
            try writeAll(bytes, to: descriptor)
            guard fsync(descriptor) == 0 else { throw failure("cannot be written") }
        } catch {
            unsafe unlink(draft)
            throw error
        }
        guard unsafe rename(draft, target) == 0 else {
            let failure = failure("cannot be replaced")
            unsafe unlink(draft)
            throw failure
        }
    }

    private func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
        var start = 0
        while start < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe systemWrite(
                    descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
            }
            if count >= 0 {
                start += count
            } else if errno == EPIPE {
                return
            } else if errno != EINTR {
                throw failure("cannot be written")
            }
        }
    }

    /// With the system's word for what the last call met.
    private func failure(_ what: String) -> Failure {
        Failure(
            path: path == "-" ? "standard output" : path,
            message: "\(what): \(unsafe String(cString: strerror(errno)))")
    }

    private var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// What a link leads to, so that the link stays.
    private var resolved: String {
        guard let resolved = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    private func kind(of path: String) -> mode_t? {
        var information = stat()
        guard unsafe stat(path, &information) == 0 else { return nil }
        return information.st_mode & S_IFMT
    }
}

/// `write(2)`, which a method's own name hides.
@unsafe
func systemWrite(_ descriptor: Int32, _ source: UnsafeRawPointer?, _ count: Int) -> Int {
    unsafe write(descriptor, source, count)
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The bytes of a file, a pipe or standard input, as they are.
final class FileBytes: ByteStream {
    private let descriptor: Int32
    private let isOwned: Bool
    /// A pipe or a terminal, whose next bytes may be long in coming.
    private let isWaitedFor: Bool
    /// How many bytes were read.
    private(set) var bytesRead = 0

    /// Opens `path`, or standard input for `-`.
    init(path: String) throws(LogSource.Failure) {
        isOwned = path != "-"
        descriptor = isOwned ? unsafe systemOpen(path, O_RDONLY | O_CLOEXEC) : 0
        guard descriptor >= 0 else {
            isWaitedFor = false
            throw .system(operation: "open", code: errno)
        }
        var information = stat()
        let isKnown = unsafe fstat(descriptor, &information) == 0
        let kind = information.st_mode & S_IFMT
        isWaitedFor = isKnown && kind != S_IFREG
        if isKnown, kind == S_IFDIR { throw .folder }
    }

    deinit {
        if isOwned, descriptor >= 0 { _ = close(descriptor) }
    }

    func read(
        into output: inout [UInt8], at position: Int, limit: Int
    ) throws(LogSource.Failure) -> Int {
        if isWaitedFor { try wait() }
        while true {
            let count = unsafe output.withUnsafeMutableBytes { bytes in
                unsafe systemRead(
                    descriptor, bytes.baseAddress?.advanced(by: position), limit - position)
            }
            if count >= 0 {
                bytesRead += count
                return position + count
            }
            guard errno == EINTR else { throw .system(operation: "read", code: errno) }
        }
    }

    /// Returns when there is something to be read, or the end.
    private func wait() throws(LogSource.Failure) {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while unsafe poll(&waiting, 1, 100) == 0 {
            if Task.isCancelled { throw .cancelled }
        }
    }
}

@unsafe
private func systemOpen(_ path: String, _ flags: Int32) -> Int32 {
    unsafe open(path, flags)
}

@unsafe
private func systemRead(
    _ descriptor: Int32, _ target: UnsafeMutableRawPointer?, _ count: Int
) -> Int {
    unsafe read(descriptor, target, count)
}

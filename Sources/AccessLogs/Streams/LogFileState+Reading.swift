package import Deprecations

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension LogFileState {
    /// How many bytes are looked at on either end.
    private static let edge = 4096

    /// Looks at the file at `path`, an absolute one without links; nil for what is no regular file, or cannot be opened.
    package init?(path: String) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var information = stat()
        guard unsafe fstat(descriptor, &information) == 0,
            information.st_mode & S_IFMT == S_IFREG
        else { return nil }
        let size = Int(information.st_size)
        var bytes = [UInt8](repeating: 0, count: 2 * Self.edge)
        let begin = min(size, Self.edge)
        let end = min(size - begin, Self.edge)
        let isRead = unsafe bytes.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return false }
            return unsafe pread(descriptor, base, begin, 0) == begin
                && pread(descriptor, base + begin, end, off_t(size - end)) == end
        }
        guard isRead else { return nil }
        #if canImport(Darwin)
            let (modified, changed) = (information.st_mtimespec, information.st_ctimespec)
        #else
            let (modified, changed) = (information.st_mtim, information.st_ctim)
        #endif
        self.init(
            path: path, device: Int64(truncatingIfNeeded: information.st_dev),
            inode: Int64(truncatingIfNeeded: information.st_ino), size: Int64(size),
            modified: Self.nanoseconds(modified), changed: Self.nanoseconds(changed),
            edges: ContentHasher.digest(of: bytes.span, 0..<begin + end))
    }

    /// Whether the last change is so long ago that another one would show: a file that is changed twice within one
    /// tick of the file system's clock looks the same after both. Two seconds are the coarsest clock there is.
    package var isSettled: Bool {
        var now = timespec()
        // The clock of the machine, and not the one that a report is dated by.
        guard unsafe clock_gettime(CLOCK_REALTIME, &now) == 0 else { return false }
        return Self.nanoseconds(now) - max(changed, modified) > 2_000_000_000
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}

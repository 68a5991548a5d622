#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The bytes of one file after the other, in memory that is used again.
///
/// One for each worker: a file that fits allocates nothing. What a large file needed is given back with the next.
package struct FileBuffer: Sendable {
    private var storage: [UInt8]
    private let usualCapacity: Int
    private var count = 0
    /// What the system said of the file that the last `read` read, before it was read; nil where that threw.
    package private(set) var stamp: FileStamp?
    /// The path with its NUL.
    private var path: [CChar] = []

    /// Has room for files below `capacity` bytes.
    package init(capacity: Int = 1 << 18) {
        precondition(capacity > 0, "a buffer has room")
        usualCapacity = capacity
        storage = [UInt8](repeating: 0, count: capacity)
    }

    /// What the last `read` read; nothing where it threw.
    package var bytes: RawSpan {
        @_lifetime(borrow self)
        borrowing get { unsafe storage.span.bytes.extracting(first: count) }
    }

    /// Reads a whole file of at most `limit` bytes.
    package mutating func read(_ path: String, limit: Int) throws(FileReadError) {
        try read(Array(path.utf8), limit: limit)
    }

    /// Reads a whole file, whose name need not be UTF-8, of at most `limit` bytes.
    ///
    /// It never waits for a writer, and reads what is there of a file that grows or shrinks meanwhile.
    package mutating func read(_ path: [UInt8], limit: Int) throws(FileReadError) {
        count = 0
        stamp = nil
        guard !path.contains(0) else { throw .system(operation: "open", code: ENOENT) }
        self.path.removeAll(keepingCapacity: true)
        for byte in path { self.path.append(CChar(bitPattern: byte)) }
        self.path.append(0)
        let descriptor = unsafe open(self.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            // A socket cannot be opened at all.
            throw errno == ENXIO ? .special : .system(operation: "open", code: errno)
        }
        defer { _ = close(descriptor) }
        let stamp = try Self.stamp(of: descriptor)
        guard stamp.size <= limit else { throw .tooLarge(limit: limit) }
        reserve(stamp.size)
        try fill(from: descriptor, expecting: stamp.size, limit: limit)
        self.stamp = stamp
    }

    /// Makes room for one byte more than `size`, so that the end of the file is seen by the first read.
    private mutating func reserve(_ size: Int) {
        let wanted = max(size + 1, usualCapacity)
        if wanted > storage.count || storage.count > usualCapacity && wanted == usualCapacity {
            storage = [UInt8](repeating: 0, count: wanted)
        }
    }

    private mutating func fill(
        from descriptor: Int32, expecting size: Int, limit: Int
    ) throws(FileReadError) {
        var end = 0
        while true {
            if end == storage.count {
                storage += [UInt8](repeating: 0, count: storage.count)
            }
            let got = unsafe storage.withUnsafeMutableBytes { bytes in
                unsafe systemRead(
                    descriptor, bytes.baseAddress?.advanced(by: end), bytes.count - end)
            }
            if got < 0 {
                if errno == EINTR { continue }
                throw .system(operation: "read", code: errno)
            }
            end += got
            guard end <= limit else { throw .tooLarge(limit: limit) }
            // Files of /proc say that they are empty: there only a read of nothing is the end.
            if got == 0 || (end == size && size > 0 && end < storage.count) { break }
        }
        count = end
    }

    private static func stamp(of descriptor: Int32) throws(FileReadError) -> FileStamp {
        var information = stat()
        guard unsafe fstat(descriptor, &information) == 0 else {
            throw .system(operation: "read", code: errno)
        }
        switch information.st_mode & S_IFMT {
        case S_IFREG: return FileStamp(information)
        case S_IFDIR: throw .folder
        default: throw .special
        }
    }
}

/// `read(2)`, which a method's own name hides.
@unsafe
private func systemRead(
    _ descriptor: Int32, _ target: UnsafeMutableRawPointer?, _ count: Int
) -> Int {
    unsafe read(descriptor, target, count)
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the system says of a file besides its content: device, number, size, and the times of its last change.
///
/// Two equal stamps mean the same content, unless the file was changed within the same tick of the clock that the stamp was
/// taken in: see `isSettled(before:)`.
package struct FileStamp: Hashable, Sendable {
    /// All of it in 64 bits.
    package let value: UInt64
    /// In bytes.
    package let size: Int
    /// When content, name or rights were last changed, in nanoseconds since 1970.
    private let changed: Int64

    /// Of the file at a path, links followed; nil where there is none, or it is no regular file.
    package init?(of path: [UInt8]) {
        guard !path.contains(0) else { return nil }
        var name = path.map { CChar(bitPattern: $0) }
        name.append(0)
        var information = stat()
        guard unsafe stat(name, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        self.init(information)
    }

    init(_ information: stat) {
        #if canImport(Darwin)
            let times = [information.st_mtimespec, information.st_ctimespec]
        #else
            let times = [information.st_mtim, information.st_ctim]
        #endif
        let nanoseconds = times.map { Int64($0.tv_sec) &* 1_000_000_000 &+ Int64($0.tv_nsec) }
        size = Int(information.st_size)
        changed = max(nanoseconds[0], nanoseconds[1])
        var mixed: UInt64 = 0x9E37_79B9_7F4A_7C15
        let parts = [
            UInt64(truncatingIfNeeded: information.st_dev),
            UInt64(truncatingIfNeeded: information.st_ino),
            UInt64(truncatingIfNeeded: information.st_size),
            UInt64(bitPattern: nanoseconds[0]), UInt64(bitPattern: nanoseconds[1]),
        ]
        for part in parts {
            let product = (mixed ^ part).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
            mixed = product.high ^ product.low &+ 0xE703_7ED1_A0B4_28DB
        }
        value = mixed
    }

    /// Whether the last change lies so far before a time (in milliseconds since 1970) that a later one would have another
    /// stamp. Clocks of file systems tick as slowly as every two seconds.
    package func isSettled(before milliseconds: Int64) -> Bool {
        changed < (milliseconds - 2_500) &* 1_000_000
    }
}

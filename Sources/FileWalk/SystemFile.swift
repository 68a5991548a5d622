#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the walk asks the system about single files. Paths are bytes, as names need not be UTF-8.
enum SystemFile {
    /// What stands at a path.
    enum Kind: Sendable {
        case file
        case folder
        case link
        case special
    }

    /// The largest ignore file that git reads, too.
    private static let limit = 100 << 20

    /// A path as the system takes it.
    static func cString(_ path: some Sequence<UInt8>) -> [CChar] {
        path.map { CChar(bitPattern: $0) } + [0]
    }

    /// The content of a small file; nil where there is none that can be read. In a tree links are not followed, as git
    /// does not follow them there.
    static func content(_ path: [UInt8], followsLinks: Bool) -> [UInt8]? {
        let flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | (followsLinks ? 0 : O_NOFOLLOW)
        let descriptor = unsafe open(cString(path), flags)
        guard descriptor >= 0 else { return nil }
        defer { _ = close(descriptor) }
        var information = stat()
        guard unsafe fstat(descriptor, &information) == 0,
            information.st_mode & S_IFMT == S_IFREG, information.st_size <= limit
        else { return nil }
        var content: [UInt8] = []
        var block = [UInt8](repeating: 0, count: max(4096, Int(information.st_size) + 1))
        while content.count <= limit {
            let count = unsafe block.withUnsafeMutableBytes {
                unsafe read(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count == 0 ? content : nil }
            content += block[..<count]
        }
        return nil
    }

    /// What stands at a path; nil where nothing does.
    static func kind(_ path: [UInt8], followsLinks: Bool = false) -> Kind? {
        unsafe kind(cString(path), in: AT_FDCWD, followsLinks: followsLinks)
    }

    /// What stands at a path below an open folder.
    static func kind(
        _ path: UnsafePointer<CChar>, in folder: Int32, followsLinks: Bool = false
    ) -> Kind? {
        var information = stat()
        let flags = followsLinks ? 0 : AT_SYMLINK_NOFOLLOW
        guard unsafe fstatat(folder, path, &information, flags) == 0 else { return nil }
        switch information.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        case S_IFLNK: return .link
        default: return .special
        }
    }

    /// The absolute path without links; nil (see `errno`) where there is nothing.
    static func resolved(_ path: [UInt8]) -> [UInt8]? {
        guard let resolved = unsafe realpath(cString(path), nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe Array(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
    }
}

/// What the system calls an error.
package func systemMessage(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }

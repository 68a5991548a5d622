#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Why a file was not read.
package enum FileReadError: Error, Hashable, CustomStringConvertible {
    /// The system said no.
    case system(operation: String, code: Int32)
    /// It is a folder.
    case folder
    /// It is a pipe, a socket or a device.
    case special
    /// It has more bytes than the bound.
    case tooLarge(limit: Int)

    /// Whether it is not there any more.
    package var isGone: Bool {
        if case .system(_, let code) = self { code == ENOENT || code == ENOTDIR } else { false }
    }

    /// What happened, to be read after the file's name.
    package var description: String {
        switch self {
        case .system(let operation, let code):
            "cannot \(operation): \(unsafe String(cString: strerror(code)))"
        case .folder: "is a folder"
        case .special: "is a pipe, a socket or a device"
        case .tooLarge(let limit): "is larger than \(limit) bytes"
        }
    }
}

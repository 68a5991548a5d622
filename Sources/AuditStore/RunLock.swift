import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Keeps other runs that store something out of a database, as long as the value lives.
///
/// A file beside the database, `…-lock`, is locked and not its existence counted: the system lets go of the lock
/// when the process ends, however that happens. Reports are read without it.
package struct RunLock: ~Copyable, Sendable {
    private let path: String
    private let descriptor: Int32

    /// What came of an attempt.
    package enum Attempt: ~Copyable, Sendable {
        case taken(RunLock)
        /// Another process has it; its number, where it is known.
        case held(by: Int?)
    }

    /// Tries once for the database at `path`.
    package static func attempt(on path: String) throws(StoreError) -> Attempt {
        let file =
            URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false) + "-lock"
        while true {
            let descriptor = unsafe open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else { throw StoreError(path: path, reason: .cannotOpen) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                defer { close(descriptor) }
                return .held(by: holder(descriptor))
            }
            // The one before may have removed the file between our opening and our locking it.
            guard isSame(descriptor, file) else {
                close(descriptor)
                continue
            }
            let number = Array("\(getpid())\n".utf8)
            ftruncate(descriptor, 0)
            _ = unsafe number.withUnsafeBytes {
                unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0)
            }
            return .taken(RunLock(path: file, descriptor: descriptor))
        }
    }

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    /// Lets the next run have its turn.
    package consuming func release() {}

    deinit {
        unsafe unlink(path)
        close(descriptor)
    }

    private static func holder(_ descriptor: Int32) -> Int? {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = unsafe bytes.withUnsafeMutableBytes {
            unsafe pread(descriptor, $0.baseAddress, $0.count, 0)
        }
        guard count > 0 else { return nil }
        return Int(String(decoding: bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self))
    }

    private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
        var ours = stat()
        var present = stat()
        guard unsafe fstat(descriptor, &ours) == 0 else { return false }
        guard unsafe stat(path, &present) == 0 else { return false }
        return ours.st_dev == present.st_dev && ours.st_ino == present.st_ino
    }
}

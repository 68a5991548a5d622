#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What is in one folder; used again for the next one.
struct FolderListing {
    /// A file or folder in it.
    struct Entry {
        /// Its name's place in `names`.
        var name: Range<Int>
        var kind: SystemFile.Kind
    }

    private(set) var entries: [Entry] = []
    private(set) var names: [UInt8] = []
    private(set) var hasGitIgnore = false
    private(set) var hasOwnIgnore = false
    /// Whether it may be the top of a repository's working tree.
    private(set) var hasGit = false

    /// Lists a folder; `.git` is left out. Answers the system's error number where it cannot be read in whole.
    mutating func read(_ folder: [UInt8]) -> Int32? {
        entries.removeAll(keepingCapacity: true)
        names.removeAll(keepingCapacity: true)
        (hasGitIgnore, hasOwnIgnore, hasGit) = (false, false, false)
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
        let descriptor = unsafe open(SystemFile.cString(folder), flags)
        guard descriptor >= 0 else { return errno }
        guard let stream = unsafe fdopendir(descriptor) else {
            let code = errno
            _ = close(descriptor)
            return code
        }
        defer { unsafe closedir(stream) }
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { return errno == 0 ? nil : errno }
            // Not through `d_name` as a tuple, which is copied whole.
            guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return EINVAL }
            let name = unsafe UnsafeRawPointer(entry).advanced(by: offset)
                .assumingMemoryBound(to: CChar.self)
            unsafe add(name, Int32(entry.pointee.d_type), in: descriptor)
        }
    }

    private mutating func add(_ name: UnsafePointer<CChar>, _ type: Int32, in folder: Int32) {
        let bytes = unsafe UnsafeRawBufferPointer(start: name, count: strlen(name))
        if unsafe bytes.first == UInt8(ascii: ".") {
            if unsafe bytes.elementsEqual(".".utf8) || bytes.elementsEqual("..".utf8) { return }
            if unsafe bytes.elementsEqual(".git".utf8) {
                hasGit = true
                return
            }
            if unsafe bytes.elementsEqual(".gitignore".utf8) { hasGitIgnore = true }
            if unsafe bytes.elementsEqual(".lastcallignore".utf8) { hasOwnIgnore = true }
        }
        let kind: SystemFile.Kind
        switch type {
        case Int32(DT_REG): kind = .file
        case Int32(DT_DIR): kind = .folder
        case Int32(DT_LNK): kind = .link
        case Int32(DT_UNKNOWN):
            // Some file systems do not tell; what has vanished meanwhile is not there.
            guard let found = unsafe SystemFile.kind(name, in: folder) else { return }
            kind = found
        default: kind = .special
        }
        let start = names.count
        unsafe names.append(contentsOf: bytes)
        entries.append(Entry(name: start..<names.count, kind: kind))
    }
}

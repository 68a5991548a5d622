public import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A token or a password. Its text goes into requests and nowhere else: printed, described or reflected, it is `***`.
///
/// It comes from the environment, from a file that only its owner can read, or from standard input. An argument of
/// a command would stand in the list of processes, for all to see.
public struct Secret: Hashable, Sendable {
    /// What the requests are sent with.
    let text: String

    /// Where a secret is read from.
    public enum Source: Hashable, Sendable {
        /// A variable of the environment.
        case environment(String)
        /// A file that only its owner can read.
        case file(String)
        /// The first line of standard input.
        case standardInput
    }

    /// Takes a text of visible ASCII characters, without the blanks and line ends around it.
    public init(_ text: String) throws(SecretMistake) {
        try self.init(text, from: "the secret")
    }

    /// Reads the secret that `source` holds; `environment` is where variables are looked up.
    public init(
        from source: Source,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(SecretMistake) {
        switch source {
        case .environment(let name):
            guard let text = environment[name] else {
                throw SecretMistake(place: "$\(name)", reason: .missing)
            }
            try self.init(text, from: "$\(name)")
        case .file(let path):
            try self.init(try Self.read(path), from: path)
        case .standardInput:
            let input = try Self.read(descriptor: STDIN_FILENO, from: "standard input")
            try self.init(
                String(input.prefix { !$0.isNewline }), from: "standard input")
        }
    }

    private init(_ text: String, from place: String) throws(SecretMistake) {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if text.isEmpty { throw SecretMistake(place: place, reason: .empty) }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw SecretMistake(place: place, reason: .forbiddenCharacter)
        }
        self.text = text
    }

    /// A token is a few kilobytes at most.
    private static let sizeLimit = 16_384

    private static func read(_ path: String) throws(SecretMistake) -> String {
        // A pipe without a writer must not keep us waiting.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw SecretMistake(place: path, reason: errno == ENOENT ? .missing : .unreadable)
        }
        defer { _ = close(descriptor) }
        // Of the open file, not of the name, which could lead elsewhere a moment later.
        var information = stat()
        guard unsafe fstat(descriptor, &information) == 0 else {
            throw SecretMistake(place: path, reason: .unreadable)
        }
        guard information.st_mode & S_IFMT == S_IFREG else {
            throw SecretMistake(place: path, reason: .noFile)
        }
        guard information.st_mode & 0o077 == 0,
            information.st_uid == geteuid() || information.st_uid == 0
        else { throw SecretMistake(place: path, reason: .readByOthers) }
        return try read(descriptor: descriptor, from: path)
    }

    private static func read(
        descriptor: Int32, from place: String
    ) throws(SecretMistake) -> String {
        var bytes: [UInt8] = []
        do {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
            while bytes.count <= sizeLimit,
                let part = try handle.read(upToCount: sizeLimit + 1 - bytes.count), !part.isEmpty
            {
                bytes += part
            }
        } catch {
            throw SecretMistake(place: place, reason: .unreadable)
        }
        guard bytes.count <= sizeLimit else {
            throw SecretMistake(place: place, reason: .tooLong)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `***`
    public var description: String { "***" }
    /// `***`
    public var debugDescription: String { "***" }
    /// Has no children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Why a secret cannot be read. The text never shows the secret.
public struct SecretMistake: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: Hashable, Sendable {
        /// There is no such variable or file.
        case missing
        /// Nothing stands there.
        case empty
        /// It cannot be read.
        case unreadable
        /// It is a folder, a pipe or a device.
        case noFile
        /// Others than its owner may read or write it, or it is another's.
        case readByOthers
        /// It is larger than any token.
        case tooLong
        /// It has a blank, a control character or one that is not ASCII.
        case forbiddenCharacter
    }

    /// The variable or the file.
    public var place: String
    /// What is wrong.
    public var reason: Reason

    /// What is wrong, and what to do.
    public var description: String {
        let text =
            switch reason {
            case .missing: "is not there"
            case .empty: "is empty"
            case .unreadable: "cannot be read"
            case .noFile: "is no regular file"
            case .readByOthers: "may be read by others; 'chmod 600' it, as a file of your own"
            case .tooLong: "is too long for a token"
            case .forbiddenCharacter:
                "has a blank or a character that no token has; the token alone belongs there, "
                    + "without 'Bearer'"
            }
        return "\(place) \(text)"
    }
}

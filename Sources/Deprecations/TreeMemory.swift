/// What the last scan of a tree rested on, so that the next one reads and analyses only what that needs.
///
/// A scan depends on nothing but its rules, the names of the tree's files, what the gate found in each, and the content of
/// the files that the analysis read. Where all these are as they were, so are its call sites.
package struct TreeMemory: Hashable, Sendable {
    /// What holds for the whole scan: tool, rules and settings, as a digest.
    package var basis: String
    /// The files that were read, sorted by path.
    package var files: [File]
    /// What the analysis had to say.
    package var diagnostics: [Diagnostic]

    /// Takes each part as given.
    package init(basis: String, files: [File], diagnostics: [Diagnostic]) {
        self.basis = basis
        self.files = files
        self.diagnostics = diagnostics
    }

    /// What is known of a file.
    package struct File: Hashable, Sendable {
        /// Below the root, with `/`.
        package var path: String
        /// What the system said of it; 0 where it was changed too shortly before to be trusted.
        package var stamp: UInt64
        /// In bytes.
        package var size: Int
        /// What was found.
        package var traits: Traits
        /// Of the text, where the analysis read it.
        package var digest: ContentDigest?

        /// Takes each part as given.
        package init(
            path: String, stamp: UInt64, size: Int, traits: Traits, digest: ContentDigest? = nil
        ) {
            self.path = path
            self.stamp = stamp
            self.size = size
            self.traits = traits
            self.digest = digest
        }
    }

    /// What was found in a file.
    package struct Traits: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// It is no text.
        package static let binary = Traits(rawValue: 1)
        /// It is larger than what is analysed, and texts of a rule are in it.
        package static let tooLarge = Traits(rawValue: 2)
        /// It was parsed.
        package static let analysed = Traits(rawValue: 4)
        /// Where the gate's four bits begin.
        package static let gateShift: UInt8 = 4
    }
}

// MARK: Bytes

extension TreeMemory {
    /// The files as bytes: each path by what it shares with the one before, numbers in as few bytes as they need.
    package func encodedFiles() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(files.count * 32)
        var before: [UInt8] = []
        for file in files {
            let path = Array(file.path.utf8)
            let shared = zip(before, path).prefix { $0 == $1 }.count
            bytes.append(number: shared)
            bytes.append(number: path.count - shared)
            bytes += path[shared...]
            bytes.append(file.traits.rawValue)
            bytes.append(file.digest == nil ? 0 : 1)
            bytes.append(number: file.size)
            bytes.append(word: file.stamp)
            if let digest = file.digest {
                bytes.append(word: digest.high)
                bytes.append(word: digest.low)
            }
            before = path
        }
        return bytes
    }

    /// Reads what `encodedFiles` writes; nil where it is anything else.
    package static func files(encoded bytes: [UInt8]) -> [File]? {
        var reader = NumberReader(bytes: bytes)
        var files: [File] = []
        var before: [UInt8] = []
        while !reader.isAtEnd {
            guard let shared = reader.number(), shared <= before.count,
                let more = reader.number(), let rest = reader.bytes(more),
                let traits = reader.bytes(1)?.first, let hasDigest = reader.bytes(1)?.first,
                let size = reader.number(), let stamp = reader.word()
            else { return nil }
            let path = before[..<shared] + rest
            guard let text = String(validating: path, as: UTF8.self) else { return nil }
            var file = File(
                path: text, stamp: stamp, size: size, traits: Traits(rawValue: traits))
            if hasDigest != 0 {
                guard let high = reader.word(), let low = reader.word() else { return nil }
                file.digest = ContentDigest(high: high, low: low)
            }
            files.append(file)
            before = Array(path)
        }
        return files
    }
}

extension [UInt8] {
    /// Seven bits a byte, the lowest first (LEB128).
    fileprivate mutating func append(number: Int) {
        var rest = UInt64(number)
        while rest > 0x7F {
            append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    fileprivate mutating func append(word: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) {
            append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
        }
    }
}

/// Takes numbers out of bytes.
private struct NumberReader {
    var bytes: [UInt8]
    var position = 0

    var isAtEnd: Bool { position == bytes.count }

    mutating func number() -> Int? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 56, by: 7) {
            guard position < bytes.count else { return nil }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return Int(value) }
        }
        return nil
    }

    mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= bytes.count - position else { return nil }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func word() -> UInt64? {
        guard let part = bytes(8) else { return nil }
        return part.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}

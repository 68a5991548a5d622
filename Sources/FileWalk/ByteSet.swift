/// The bytes that a bracket of an ignore pattern stands for; `/` is never among them.
struct ByteSet: Sendable {
    private var words: SIMD4<UInt64> = .zero

    /// Whether it has `byte`.
    func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] & (1 << UInt64(byte & 63)) != 0 }

    private mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

    private mutating func remove(_ byte: UInt8) {
        words[Int(byte >> 6)] &= ~(1 << UInt64(byte & 63))
    }

    /// Reads what follows a `[`, up to its `]`; nil where it is not closed or names a class that is not known.
    init?(bracketIn pattern: ArraySlice<UInt8>, at position: inout Int) {
        var reader = Reader(pattern: pattern, position: position)
        let isNegated = reader.take(UInt8(ascii: "!")) || reader.take(UInt8(ascii: "^"))
        // What a following `-` would begin a range with.
        var before: UInt8?
        var isFirst = true
        while isFirst || reader.peek != UInt8(ascii: "]") {
            isFirst = false
            guard let byte = reader.next() else { return nil }
            if byte == UInt8(ascii: "-"), let low = before, let after = reader.peek,
                after != UInt8(ascii: "]")
            {
                guard let high = reader.nextUnescaped() else { return nil }
                if low <= high { for member in low...high { insert(member) } }
                before = nil
            } else if byte == UInt8(ascii: "["), reader.peek == UInt8(ascii: ":") {
                guard let isClass = reader.takesClass(into: &self) else { return nil }
                before = isClass ? nil : byte
                if !isClass { insert(byte) }
            } else if byte == UInt8(ascii: "\\") {
                guard let escaped = reader.next() else { return nil }
                insert(escaped)
                before = escaped
            } else {
                insert(byte)
                before = byte
            }
        }
        position = reader.position + 1
        if isNegated { words = ~words }
        remove(UInt8(ascii: "/"))
    }

    /// A place in a pattern.
    private struct Reader {
        let pattern: ArraySlice<UInt8>
        var position: Int

        var peek: UInt8? { position < pattern.endIndex ? pattern[position] : nil }

        mutating func next() -> UInt8? {
            guard let byte = peek else { return nil }
            position += 1
            return byte
        }

        mutating func nextUnescaped() -> UInt8? {
            guard let byte = next(), byte == UInt8(ascii: "\\") else {
                return pattern[position - 1]
            }
            return next()
        }

        mutating func take(_ byte: UInt8) -> Bool {
            guard peek == byte else { return false }
            position += 1
            return true
        }

        /// Reads a class such as `[:alpha:]`, whose `[` was read, into `set`; false where it is none, nil where it cannot be one.
        mutating func takesClass(into set: inout ByteSet) -> Bool? {
            let start = position + 1
            guard let end = pattern[start...].firstIndex(of: UInt8(ascii: "]")) else { return nil }
            guard end > start, pattern[end - 1] == UInt8(ascii: ":") else { return false }
            let name = String(decoding: pattern[start..<end - 1], as: UTF8.self)
            guard let members = classes[name] else { return nil }
            for byte in UInt8(0)...0x7F where members(byte) { set.insert(byte) }
            position = end + 1
            return true
        }
    }
}

/// The classes of POSIX, for ASCII.
private let classes: [String: @Sendable (UInt8) -> Bool] = [
    "alnum": { isLetter($0) || isDigit($0) },
    "alpha": isLetter,
    "blank": { $0 == 0x20 || $0 == 0x09 },
    "cntrl": { $0 < 0x20 || $0 == 0x7F },
    "digit": isDigit,
    "graph": { (0x21...0x7E).contains($0) },
    "lower": { (0x61...0x7A).contains($0) },
    "print": { (0x20...0x7E).contains($0) },
    "punct": { (0x21...0x7E).contains($0) && !isLetter($0) && !isDigit($0) },
    "space": { $0 == 0x20 || (0x09...0x0D).contains($0) },
    "upper": { (0x41...0x5A).contains($0) },
    "xdigit": { isDigit($0) || (0x61...0x66).contains($0 | 0x20) },
]

@Sendable private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
@Sendable private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

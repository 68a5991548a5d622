import CByteScan

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension RawSpan {
    /// Where `byte` first stands, at or after `start`.
    package func firstOffset(of byte: UInt8, from start: Int = 0) -> Int? {
        guard start < byteCount else { return nil }
        return unsafe withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            let found = unsafe memchr(base + start, Int32(byte), bytes.count - start)
            return unsafe found.map { unsafe UnsafeRawPointer($0) - base }
        }
    }

    /// Where `byte` last stands before `end`.
    package func lastOffset(of byte: UInt8, before end: Int) -> Int? {
        precondition(end <= byteCount, "beyond the bytes")
        guard end > 0 else { return nil }
        return unsafe withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            let found = unsafe lastcall_memrchr(base, Int32(byte), end)
            return unsafe found.map { unsafe $0 - base }
        }
    }

    /// Where `needle` first stands, at or after `start`.
    package func firstOffset(of needle: [UInt8], from start: Int = 0) -> Int? {
        guard start + needle.count <= byteCount else { return nil }
        guard !needle.isEmpty else { return start }
        return unsafe withUnsafeBytes { bytes in
            unsafe needle.withUnsafeBytes { needle in
                guard let base = bytes.baseAddress, let text = needle.baseAddress else {
                    return nil
                }
                let found = unsafe lastcall_memmem(
                    base + start, bytes.count - start, text, needle.count)
                return unsafe found.map { unsafe $0 - base }
            }
        }
    }

    /// Where `needle`, which is in lower case, first stands in any case of its ASCII letters.
    package func firstOffset(ofFolded needle: [UInt8], from start: Int = 0) -> Int? {
        guard let first = needle.first else { return start <= byteCount ? start : nil }
        let cases = [first, first.uppercasedASCII]
        // Each case is looked for again only where it was found, so that every byte is looked at twice at most.
        var places = cases.map { firstOffset(of: $0, from: start) }
        while true {
            let nearer = (places[0] ?? .max) <= (places[1] ?? .max) ? 0 : 1
            guard let place = places[nearer], place + needle.count <= byteCount else { return nil }
            if stands(folded: needle, at: place) { return place }
            places[nearer] = firstOffset(of: cases[nearer], from: place + 1)
            if cases[0] == cases[1] { places[1 - nearer] = places[nearer] }
        }
    }

    /// The line around `offset`, between newlines, which are not part of it.
    package func lineRange(around offset: Int) -> Range<Int> {
        let start = lastOffset(of: 0x0A, before: offset).map { $0 + 1 } ?? 0
        return start..<(firstOffset(of: 0x0A, from: offset) ?? byteCount)
    }

    private func stands(folded needle: [UInt8], at place: Int) -> Bool {
        for (index, byte) in needle.enumerated() {
            let here = unsafe unsafeLoad(fromByteOffset: place + index, as: UInt8.self)
            if here.lowercasedASCII != byte { return false }
        }
        return true
    }
}

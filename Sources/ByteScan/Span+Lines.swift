import CByteScan

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Span<UInt8> {
    /// How many lines end in `range`, which begins with a line, and how many of them have nothing on them.
    package func countLines(in range: Range<Int>) -> (all: Int, blank: Int) {
        unsafe count(range, with: lastcall_count_lines)
    }

    /// The same without vector instructions: what the vector code is tested against.
    package func countLinesPlainly(in range: Range<Int>) -> (all: Int, blank: Int) {
        unsafe count(range, with: lastcall_count_lines_plainly)
    }

    private func count(
        _ range: Range<Int>,
        with counting: (
            UnsafePointer<UInt8>, Int, UnsafeMutablePointer<Int>, UnsafeMutablePointer<Int>
        ) -> Void
    ) -> (all: Int, blank: Int) {
        precondition(range.lowerBound >= 0 && range.upperBound <= self.count, "beyond the bytes")
        var (all, blank) = (0, 0)
        unsafe withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            unsafe counting(base + range.lowerBound, range.count, &all, &blank)
        }
        return (all, blank)
    }

    /// Where `byte` first stands in `range`.
    package func firstPlace(of byte: UInt8, in range: Range<Int>) -> Int? {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "beyond the bytes")
        return unsafe withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return nil }
            let found = unsafe memchr(base + range.lowerBound, Int32(byte), range.count)
            return unsafe found.map { unsafe UnsafeRawPointer($0) - UnsafeRawPointer(base) }
        }
    }

    /// Where `byte` last stands in `range`.
    package func lastPlace(of byte: UInt8, in range: Range<Int>) -> Int? {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "beyond the bytes")
        return unsafe withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return nil }
            let found = unsafe lastcall_memrchr(base + range.lowerBound, Int32(byte), range.count)
            return unsafe found.map { unsafe $0 - UnsafeRawPointer(base) }
        }
    }

    /// Where one of three bytes first stands in `range`.
    package func firstPlace(of a: UInt8, or b: UInt8, or c: UInt8, in range: Range<Int>) -> Int? {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "beyond the bytes")
        return unsafe withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return nil }
            let place = unsafe lastcall_find_any(base + range.lowerBound, range.count, a, b, c)
            return place < range.count ? range.lowerBound + place : nil
        }
    }
}

extension [UInt8] {
    /// Appends `bytes[range]`.
    package mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "beyond the bytes")
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range]))
        }
    }

    /// Puts `bytes[range]` in the place of as many bytes from `position` on, which must be there.
    package mutating func overwrite(at position: Int, with bytes: Span<UInt8>, _ range: Range<Int>)
    {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "beyond the bytes")
        precondition(position >= 0 && position + range.count <= count, "beyond the place")
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe withUnsafeMutableBytes { own in
                unsafe UnsafeMutableRawBufferPointer(rebasing: own[position...])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[range]))
            }
        }
    }
}

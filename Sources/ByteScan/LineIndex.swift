/// Where the lines of a text begin; LF, CRLF and a lone CR end a line.
///
/// What follows the last line end is a line too, also where it is empty.
package struct LineIndex: Sendable {
    /// The offset of each line's first byte.
    private let starts: [Int]
    /// How many bytes the end of each line has; 0 for the last.
    private let ends: [UInt8]
    private let byteCount: Int

    /// Reads all of `bytes` once.
    package init(_ bytes: RawSpan) {
        var starts = [0]
        var ends: [UInt8] = []
        byteCount = bytes.byteCount
        var position = 0
        var newline = bytes.firstOffset(of: 0x0A)
        var carriageReturn = bytes.firstOffset(of: 0x0D)
        while newline != nil || carriageReturn != nil {
            // Each kind is looked for again only where it was passed.
            if let end = carriageReturn, end < newline ?? .max {
                let isPair = newline == end + 1
                ends.append(isPair ? 2 : 1)
                position = end + (isPair ? 2 : 1)
            } else if let end = newline {
                ends.append(1)
                position = end + 1
            }
            starts.append(position)
            if let end = newline, end < position {
                newline = bytes.firstOffset(of: 0x0A, from: position)
            }
            if let end = carriageReturn, end < position {
                carriageReturn = bytes.firstOffset(of: 0x0D, from: position)
            }
        }
        ends.append(0)
        self.starts = starts
        self.ends = ends
    }

    /// Reads all of `bytes` once.
    package init(_ bytes: [UInt8]) { unsafe self.init(bytes.span.bytes) }

    /// How many lines there are, at least one.
    package var count: Int { starts.count }

    /// The 1-based line of the byte at `offset`; a line end belongs to the line that it ends.
    package func line(at offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return max(1, low)
    }

    /// The 1-based column of the byte at `offset`, in bytes.
    package func column(at offset: Int) -> Int { offset - starts[line(at: offset) - 1] + 1 }

    /// The offset of a 1-based line's first byte; a line that is not there is taken for the nearest.
    package func start(ofLine line: Int) -> Int { starts[max(0, min(line, starts.count) - 1)] }

    /// The bytes of a 1-based line without its end.
    package func range(ofLine line: Int) -> Range<Int> {
        let next = line < starts.count ? starts[line] : byteCount
        return starts[line - 1]..<next - Int(ends[line - 1])
    }
}

/// Where the lines of a text begin; LF, CRLF and a lone CR end a line.
struct LinePositions: Sendable {
    private let starts: [Int]

    /// Reads all of `bytes` once.
    init(_ bytes: [UInt8]) {
        var starts = [0]
        for (index, byte) in bytes.enumerated() {
            let isEnd =
                byte == 0x0A
                || (byte == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A))
            if isEnd { starts.append(index + 1) }
        }
        self.starts = starts
    }

    /// The 1-based line of a byte.
    func line(at offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return max(1, low)
    }

    /// Where a 1-based line begins.
    func start(ofLine line: Int) -> Int { starts[max(0, min(line - 1, starts.count - 1))] }

    /// How many bytes of its line precede a byte.
    func column(at offset: Int) -> Int { max(0, offset - starts[line(at: offset) - 1]) }
}

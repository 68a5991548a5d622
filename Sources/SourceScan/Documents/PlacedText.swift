/// Decoded text that remembers where each part of it stands in the file.
struct PlacedText: Sendable {
    /// From `text` on, bytes stand at `file` and on.
    private struct Run: Sendable {
        var text: Int
        var file: Int
    }

    /// The text, UTF-8.
    private(set) var bytes: [UInt8] = []
    /// Indices of spaces that stand for a line's end in the file.
    private(set) var joins: [Int] = []
    private var runs: [Run] = []

    /// The empty text.
    init() {}

    /// A part of the file as it is.
    init(_ range: Range<Int>, of file: [UInt8]) {
        append(range, of: file)
    }

    /// Adds a part of the file as it is.
    mutating func append(_ range: Range<Int>, of file: [UInt8]) {
        guard !range.isEmpty else { return }
        mark(range.lowerBound)
        bytes += file[range]
    }

    /// Adds one byte that stands for what is at `offset`.
    mutating func append(_ byte: UInt8, at offset: Int) {
        mark(offset)
        bytes.append(byte)
    }

    /// Adds text that stands for what is at `offset`.
    mutating func append(_ text: String, at offset: Int) {
        for byte in text.utf8 {
            runs.append(Run(text: bytes.count, file: offset))
            bytes.append(byte)
        }
    }

    /// Adds all of another text.
    mutating func append(_ other: PlacedText) {
        let base = bytes.count
        for run in other.runs { runs.append(Run(text: base + run.text, file: run.file)) }
        for join in other.joins { joins.append(base + join) }
        bytes += other.bytes
    }

    /// Adds the space that a folded line's end becomes.
    mutating func appendJoin(at offset: Int) {
        joins.append(bytes.count)
        append(0x20, at: offset)
    }

    /// Takes white space off the end.
    mutating func trimEnd(where isDropped: (UInt8) -> Bool) {
        while let last = bytes.last, isDropped(last) { bytes.removeLast() }
        while let last = joins.last, last >= bytes.count { joins.removeLast() }
        while let last = runs.last, last.text > bytes.count { runs.removeLast() }
    }

    private mutating func mark(_ offset: Int) {
        if let last = runs.last, offset - last.file == bytes.count - last.text { return }
        runs.append(Run(text: bytes.count, file: offset))
    }

    /// As a string.
    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Where the byte at `index` stands in the file.
    func offset(of index: Int) -> Int {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].text <= index { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return runs.first?.file ?? 0 }
        return runs[low - 1].file + (index - runs[low - 1].text)
    }

    /// The text with line ends where the file has them, each after a mark that a shell skips.
    func unfolded(mark: String) -> PlacedText {
        guard !joins.isEmpty else { return self }
        var result = PlacedText()
        var next = 0
        for (index, byte) in bytes.enumerated() {
            if next < joins.count, joins[next] == index {
                next += 1
                result.append(mark + "\n", at: offset(of: index))
            } else {
                result.append(byte, at: offset(of: index))
            }
        }
        return result
    }

    /// The text with each byte's place changed.
    func moved(_ place: (Int) -> Int) -> PlacedText {
        var result = PlacedText()
        for index in bytes.indices { result.append(bytes[index], at: place(offset(of: index))) }
        result.joins = joins
        return result
    }

    /// A part of the text.
    func part(_ range: Range<Int>) -> PlacedText {
        var result = PlacedText()
        for index in range { result.append(bytes[index], at: offset(of: index)) }
        return result
    }
}

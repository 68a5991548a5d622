/// How many lines a block of whole lines has.
struct LineCount {
    /// All, counted by their newlines.
    private(set) var all = 0
    /// Those with nothing on them.
    private(set) var blank = 0

    /// Counts the lines of `block[range]`, which begins at a line's begin.
    init(of block: Span<UInt8>, _ range: Range<Int>) {
        guard range.count > 2 else {
            var start = range.lowerBound
            for index in range where block[index] == 0x0A {
                all += 1
                if index == start || (index == start + 1 && block[start] == 0x0D) { blank += 1 }
                start = index + 1
            }
            return
        }
        let first = range.lowerBound
        let lines = block.extracting(range)
        // The first two bytes have no two before them.
        if block[first] == 0x0A {
            all += 1
            blank += 1
        }
        if block[first + 1] == 0x0A {
            all += 1
            if block[first] == 0x0A || block[first] == 0x0D { blank += 1 }
        }
        var position = 2
        let newline = ByteWord.repeating(0x0A)
        let carriageReturn = ByteWord.repeating(0x0D)
        while position + 8 <= lines.count {
            let ends = ByteWord.equal(lines.word(at: position) ^ newline)
            if ends != 0 {
                all += ends.nonzeroBitCount
                let before = lines.word(at: position - 1)
                let returned =
                    ByteWord.equal(before ^ carriageReturn)
                    & ByteWord.equal(lines.word(at: position - 2) ^ newline)
                blank += (ends & (ByteWord.equal(before ^ newline) | returned)).nonzeroBitCount
            }
            position += 8
        }
        while position < lines.count {
            if lines[position] == 0x0A {
                all += 1
                let isAfterReturn = lines[position - 1] == 0x0D && lines[position - 2] == 0x0A
                if lines[position - 1] == 0x0A || isAfterReturn { blank += 1 }
            }
            position += 1
        }
    }
}

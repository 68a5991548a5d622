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
        while position < lines.count {
            // Short enough for a byte to count, without branches: the compiler makes vector code of it.
            let end = min(position + 248, lines.count)
            var newlines: UInt8 = 0
            var empty: UInt8 = 0
            for index in position..<end {
                let isNewline: UInt8 = lines[index] == 0x0A ? 1 : 0
                let before: UInt8 = lines[index - 1] == 0x0A ? 1 : 0
                let isReturn: UInt8 = lines[index - 1] == 0x0D ? 1 : 0
                let beforeReturn: UInt8 = lines[index - 2] == 0x0A ? 1 : 0
                newlines &+= isNewline
                empty &+= isNewline & (before | (isReturn & beforeReturn))
            }
            all += Int(newlines)
            blank += Int(empty)
            position = end
        }
    }
}

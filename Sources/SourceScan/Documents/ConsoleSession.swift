/// A terminal session in a document: commands behind prompts, and what they answered.
enum ConsoleSession {
    /// The commands alone, each on its line; a text without prompts as it is.
    static func commands(_ text: PlacedText) -> PlacedText {
        let lines = text.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard let first = lines.first(where: { line in line.contains { $0 > 0x20 } }),
            prompt(first) != nil
        else { return text }
        var result = PlacedText()
        var isContinued = false
        for line in lines {
            let start: Int?
            if isContinued {
                start = continuation(line) ?? line.startIndex
            } else {
                start = prompt(line)
            }
            if let start {
                for index in start..<line.endIndex {
                    result.append(text.bytes[index], at: text.offset(of: index))
                }
                isContinued = line.last == UInt8(ascii: "\\")
            } else {
                isContinued = false
            }
            if line.endIndex < text.bytes.count {
                result.append(0x0A, at: text.offset(of: line.endIndex))
            }
        }
        return result
    }

    /// Where the command behind `$ `, `% `, `user@host:~$ ` begins.
    private static func prompt(_ line: ArraySlice<UInt8>) -> Int? {
        var index = line.startIndex
        while index < line.endIndex, line[index] <= 0x20 { index += 1 }
        let start = index
        while index + 1 < line.endIndex, index < start + 64 {
            let byte = line[index]
            if byte == UInt8(ascii: "$") || byte == UInt8(ascii: "%"), line[index + 1] == 0x20 {
                return index == start || line[start..<index].contains(UInt8(ascii: "@"))
                    ? index + 2 : nil
            }
            if byte <= 0x20 { return nil }
            index += 1
        }
        return nil
    }

    /// Where the text behind a `> ` of a continued command begins.
    private static func continuation(_ line: ArraySlice<UInt8>) -> Int? {
        ByteText.matches("> ", in: line, at: line.startIndex) ? line.startIndex + 2 : nil
    }
}

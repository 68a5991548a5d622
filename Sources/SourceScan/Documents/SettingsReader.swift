/// What the readers of settings have in common: the text, how far they are, and the tree that they build.
protocol SettingsReader {
    var bytes: [UInt8] { get }
    var tree: DataTree { get set }
    var index: Int { get set }
}

extension SettingsReader {
    /// Where the text begins: behind a byte order mark, where there is one.
    static func start(of bytes: [UInt8]) -> Int {
        ByteText.matches("\u{FEFF}", in: bytes[...], at: 0) ? 3 : 0
    }

    /// Whether a line, or the text, ends there.
    func isLineEnd(at position: Int) -> Bool {
        position >= bytes.count || bytes[position] == 0x0A || bytes[position] == 0x0D
    }
}

/// A reader of settings with lists and tables in brackets.
protocol BracketReader: SettingsReader {
    /// Passes over space and comments.
    mutating func skipSpace(acrossLines: Bool)
    /// Reads a value; answers its node.
    mutating func value(depth: Int) -> Int
}

extension BracketReader {
    /// Reads what stands between the bracket here and `close`, with commas or line ends in between.
    mutating func items(until close: UInt8, _ item: (inout Self) -> Void) {
        index += 1
        while true {
            skipSpace(acrossLines: true)
            guard index < bytes.count, !tree.isFull else { break }
            if bytes[index] == close {
                index += 1
                break
            }
            let before = index
            if bytes[index] != UInt8(ascii: ",") { item(&self) }
            if index == before { index += 1 }
        }
    }

    /// `[…]`
    mutating func list(depth: Int) -> Int {
        let start = index
        var elements: [Int] = []
        items(until: UInt8(ascii: "]")) { elements.append($0.value(depth: depth + 1)) }
        return tree.add(.sequence(elements), at: start)
    }
}

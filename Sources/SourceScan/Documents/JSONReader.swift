/// Reads JSON, JSON with comments, JSON5 and JSON lines; broken text gives what can be read of it.
struct JSONReader {
    private let bytes: [UInt8]
    private var tree: DataTree
    private var index = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        tree = DataTree(bytes)
        if ByteText.matches("\u{FEFF}", in: bytes[...], at: 0) { index = 3 }
    }

    /// The documents of `bytes`.
    static func read(_ bytes: [UInt8]) -> DataTree {
        var reader = JSONReader(bytes)
        while true {
            reader.skipSpace()
            guard reader.index < bytes.count, !reader.tree.isFull else { break }
            let before = reader.index
            if let root = reader.value(depth: 0) { reader.tree.roots.append(root) }
            if reader.index == before { reader.index += 1 }
        }
        return reader.tree
    }

    private mutating func skipSpace() {
        while index < bytes.count {
            let byte = bytes[index]
            if byte <= 0x20 {
                index += 1
            } else if byte == UInt8(ascii: "/"), index + 1 < bytes.count,
                bytes[index + 1] == UInt8(ascii: "/")
            {
                comment(until: bytes[index...].firstIndex { $0 == 0x0A || $0 == 0x0D })
            } else if byte == UInt8(ascii: "/"), index + 1 < bytes.count,
                bytes[index + 1] == UInt8(ascii: "*")
            {
                comment(until: ByteText.find("*/", in: bytes[...], from: index + 2).map { $0 + 2 })
            } else if byte == UInt8(ascii: "#") {
                comment(until: bytes[index...].firstIndex { $0 == 0x0A || $0 == 0x0D })
            } else {
                return
            }
        }
    }

    private mutating func comment(until end: Int?) {
        let end = end ?? bytes.count
        tree.comments.append(index..<end)
        index = end
    }

    private mutating func value(depth: Int) -> Int? {
        guard index < bytes.count, !tree.isFull else { return nil }
        switch bytes[index] {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth < DataTree.depthLimit else {
                let start = index
                skipNested()
                return tree.add(.raw, start..<start)
            }
            return bytes[index] == UInt8(ascii: "{") ? object(depth: depth) : array(depth: depth)
        case 0x22, 0x27:
            return tree.add(.escaped, quoted())
        case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: ":"):
            return nil
        default:
            return tree.add(.raw, bare())
        }
    }

    /// The inside of a quoted text; `index` goes behind it.
    private mutating func quoted() -> Range<Int> {
        let quote = bytes[index]
        let start = index + 1
        index = start
        while index < bytes.count, bytes[index] != quote {
            index += bytes[index] == 0x5C ? 2 : 1
        }
        let end = min(index, bytes.count)
        index = min(end + 1, bytes.count)
        return start..<end
    }

    private mutating func bare() -> Range<Int> {
        let start = index
        while index < bytes.count, bytes[index] > 0x20, !",:{}[]\"".utf8.contains(bytes[index]) {
            index += 1
        }
        if index == start { index += 1 }
        return start..<index
    }

    private mutating func skipNested() {
        var depth = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 {
                    index += 1
                    return
                }
            case 0x22:
                _ = quoted()
                continue
            default: break
            }
            index += 1
        }
    }

    private mutating func object(depth: Int) -> Int? {
        let start = index
        var entries: [DataTree.Entry] = []
        index += 1
        while true {
            skipSpace()
            guard index < bytes.count else { break }
            let byte = bytes[index]
            if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
                index += 1
                break
            }
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") {
                index += 1
                continue
            }
            let isQuoted = byte == 0x22 || byte == 0x27
            let keyStart = index
            let range = isQuoted ? quoted() : bare()
            skipSpace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { continue }
            index += 1
            skipSpace()
            guard let value = value(depth: depth + 1) else {
                if tree.isFull { break }
                continue
            }
            let key = ScalarText(range: range, style: .escaped, indent: 0).decoded(bytes).string
            entries.append(DataTree.Entry(key: key, keyOffset: keyStart, value: value))
        }
        return tree.add(.mapping(entries), at: start)
    }

    private mutating func array(depth: Int) -> Int? {
        let start = index
        var elements: [Int] = []
        index += 1
        while true {
            skipSpace()
            guard index < bytes.count else { break }
            let byte = bytes[index]
            if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
                index += 1
                break
            }
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") {
                index += 1
                continue
            }
            guard let value = value(depth: depth + 1) else { break }
            elements.append(value)
        }
        return tree.add(.sequence(elements), at: start)
    }
}

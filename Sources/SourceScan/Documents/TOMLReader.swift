/// Reads TOML line by line; what makes no sense is skipped.
struct TOMLReader: BracketReader {
    let bytes: [UInt8]
    var tree: DataTree
    var index = 0
    private var root = 0
    /// Tables by their path of keys.
    private var tables: [[String]: Int] = [:]

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        tree = DataTree(bytes)
        root = tree.add(.mapping([]), at: 0)
        tree.roots = [root]
        index = Self.start(of: bytes)
    }

    /// The document of `bytes`.
    static func read(_ bytes: [UInt8]) -> DataTree {
        var reader = TOMLReader(bytes)
        var current = (node: reader.root, path: [String]())
        while reader.index < bytes.count, !reader.tree.isFull {
            reader.skipSpace(acrossLines: true)
            guard reader.index < bytes.count else { break }
            if bytes[reader.index] == UInt8(ascii: "[") {
                current = reader.table()
            } else {
                reader.entry(in: current.node, path: current.path, depth: 0)
            }
            reader.skipLine()
        }
        return reader.tree
    }

    private mutating func skipLine() {
        while !isLineEnd(at: index) {
            if bytes[index] == UInt8(ascii: "#") {
                comment()
                break
            }
            index += 1
        }
    }

    private mutating func comment() {
        let start = index
        while !isLineEnd(at: index) { index += 1 }
        tree.comments.append(start..<index)
    }

    mutating func skipSpace(acrossLines: Bool) {
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x20 || byte == 0x09 || (acrossLines && byte <= 0x20) {
                index += 1
            } else if acrossLines, byte == UInt8(ascii: "#") {
                comment()
            } else {
                return
            }
        }
    }

    /// `a."b.c".d`
    private mutating func keys() -> [(key: String, offset: Int)] {
        var keys: [(String, Int)] = []
        while true {
            skipSpace(acrossLines: false)
            guard !isLineEnd(at: index) else { return keys }
            let start = index
            if bytes[index] == 0x22 || bytes[index] == 0x27 {
                let style: ScalarText.Style = bytes[index] == 0x22 ? .escaped : .raw
                let range = quoted()
                keys.append(
                    (ScalarText(range: range, style: style, indent: 0).decoded(bytes).string, start)
                )
            } else {
                while !isLineEnd(at: index), bytes[index] > 0x20,
                    !".=[]#,{}".utf8.contains(bytes[index])
                {
                    index += 1
                }
                guard index > start else { return keys }
                keys.append((String(decoding: bytes[start..<index], as: UTF8.self), start))
            }
            skipSpace(acrossLines: false)
            guard index < bytes.count, bytes[index] == UInt8(ascii: ".") else { return keys }
            index += 1
        }
    }

    private mutating func quoted() -> Range<Int> {
        let quote = bytes[index]
        let start = index + 1
        index = start
        while !isLineEnd(at: index), bytes[index] != quote {
            index += bytes[index] == 0x5C && quote == 0x22 ? 2 : 1
        }
        index = min(index, bytes.count)
        let end = index
        if index < bytes.count, bytes[index] == quote { index += 1 }
        return start..<end
    }

    private mutating func table() -> (node: Int, path: [String]) {
        let start = index
        let isArray = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "[")
        index += isArray ? 2 : 1
        let keys = keys()
        var path: [String] = []
        var node = root
        for (position, key) in keys.enumerated() {
            path.append(key.key)
            if isArray, position == keys.count - 1 {
                node = arrayTable(path, key, parent: node, at: start)
            } else {
                node = subtable(path, key.key, key.offset, parent: node)
            }
        }
        return (node, path)
    }

    private mutating func subtable(_ path: [String], _ key: String, _ offset: Int, parent: Int)
        -> Int
    {
        if let known = tables[path] { return known }
        guard path.count <= DataTree.depthLimit else { return parent }
        let node = tree.add(.mapping([]), at: offset)
        tree.append(DataTree.Entry(key: key, keyOffset: offset, value: node), to: parent)
        tables[path] = node
        return node
    }

    /// `[[jobs]]`: one more element; keys below it go there.
    private mutating func arrayTable(
        _ path: [String], _ key: (key: String, offset: Int), parent: Int, at start: Int
    ) -> Int {
        let listPath = path + ["[]"]
        let list: Int
        if let known = tables[listPath] {
            list = known
        } else {
            list = tree.add(.sequence([]), at: start)
            tree.append(
                DataTree.Entry(key: key.key, keyOffset: key.offset, value: list), to: parent)
            tables[listPath] = list
        }
        let node = tree.add(.mapping([]), at: start)
        tree.append(node, toSequence: list)
        tables[path] = node
        return node
    }

    private mutating func entry(in table: Int, path: [String], depth: Int) {
        let keys = keys()
        skipSpace(acrossLines: false)
        guard let last = keys.last, index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
            return
        }
        index += 1
        skipSpace(acrossLines: false)
        var node = table
        var path = path
        for key in keys.dropLast() {
            path.append(key.key)
            node = subtable(path, key.key, key.offset, parent: node)
        }
        let value = value(depth: depth)
        tree.append(DataTree.Entry(key: last.key, keyOffset: last.offset, value: value), to: node)
    }

    mutating func value(depth: Int) -> Int {
        guard !isLineEnd(at: index), depth < DataTree.depthLimit, !tree.isFull else {
            return tree.add(.raw, index..<index)
        }
        for (mark, style) in [("\"\"\"", ScalarText.Style.escaped), ("'''", .raw)]
        where ByteText.matches(mark, in: bytes[...], at: index) {
            var start = index + 3
            if isLineEnd(at: start), start < bytes.count {
                start +=
                    bytes[start] == 0x0D && start + 1 < bytes.count && bytes[start + 1] == 0x0A
                    ? 2 : 1
            }
            let end = ByteText.find(mark, in: bytes[...], from: start) ?? bytes.count
            index = min(bytes.count, end + 3)
            return tree.add(style, min(start, end)..<end)
        }
        switch bytes[index] {
        case 0x22: return tree.add(.escaped, quoted())
        case 0x27: return tree.add(.raw, quoted())
        case UInt8(ascii: "["): return list(depth: depth)
        case UInt8(ascii: "{"): return inlineTable(depth: depth)
        default:
            let start = index
            while !isLineEnd(at: index), !",]}#".utf8.contains(bytes[index]) { index += 1 }
            return tree.add(.raw, ByteText.trimmed(start..<index, of: bytes))
        }
    }

    private mutating func inlineTable(depth: Int) -> Int {
        let node = tree.add(.mapping([]), at: index)
        let path = ["{\(node)}"]
        items(until: UInt8(ascii: "}")) { $0.entry(in: node, path: path, depth: depth + 1) }
        return node
    }
}

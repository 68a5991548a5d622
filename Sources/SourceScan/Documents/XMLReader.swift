/// Reads XML, and HTML well enough for its scripts: elements, attributes, text.
///
/// An element is a mapping: `@name` for attributes, `#text` for text, other keys for children.
struct XMLReader {
    private let bytes: [UInt8]
    private var tree: DataTree
    private var index = 0

    private struct Open {
        var name: String
        var node: Int
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        tree = DataTree(bytes)
    }

    /// The document of `bytes`: a mapping with the outermost elements.
    static func read(_ bytes: [UInt8]) -> DataTree {
        var reader = XMLReader(bytes)
        reader.read()
        return reader.tree
    }

    private mutating func read() {
        let root = tree.add(.mapping([]), at: 0)
        tree.roots = [root]
        var open = [Open(name: "", node: root)]
        while index < bytes.count, !tree.isFull {
            guard bytes[index] == UInt8(ascii: "<"), !isCharacterData else {
                text(in: open[open.count - 1].node)
                continue
            }
            if skipDeclaration() { continue }
            if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "/") {
                close(&open)
            } else {
                element(&open)
            }
        }
    }

    private var isCharacterData: Bool { ByteText.matches("<![CDATA[", in: bytes[...], at: index) }

    private mutating func text(in parent: Int) {
        let start = index
        while index < bytes.count {
            if isCharacterData {
                let end = ByteText.find("]]>", in: bytes[...], from: index) ?? bytes.count
                index = min(bytes.count, end + 3)
            } else if bytes[index] == UInt8(ascii: "<") {
                break
            } else {
                index += 1
            }
        }
        let range = ByteText.trimmed(start..<index, of: bytes)
        guard !range.isEmpty else { return }
        let node = tree.add(.markup, range)
        tree.append(
            DataTree.Entry(key: "#text", keyOffset: range.lowerBound, value: node), to: parent)
    }

    private mutating func skipDeclaration() -> Bool {
        if ByteText.matches("<!--", in: bytes[...], at: index) {
            let end =
                ByteText.find("-->", in: bytes[...], from: index + 4).map { $0 + 3 } ?? bytes.count
            tree.comments.append(index..<end)
            index = end
            return true
        }
        guard index + 1 < bytes.count,
            bytes[index + 1] == UInt8(ascii: "!") || bytes[index + 1] == UInt8(ascii: "?")
        else { return false }
        while index < bytes.count, bytes[index] != UInt8(ascii: ">") { index += 1 }
        index = min(bytes.count, index + 1)
        return true
    }

    private mutating func name() -> String {
        let start = index
        while index < bytes.count, bytes[index] > 0x20, !"/>=<\"'".utf8.contains(bytes[index]) {
            index += 1
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func close(_ open: inout [Open]) {
        index += 2
        let name = name()
        while index < bytes.count, bytes[index] != UInt8(ascii: ">") { index += 1 }
        index = min(bytes.count, index + 1)
        // Only the nearest few: broken markup must not cost a search of the whole stack each time.
        for depth in 1...8 where depth < open.count && open[open.count - depth].name == name {
            open.removeLast(depth)
            return
        }
    }

    private mutating func element(_ open: inout [Open]) {
        let start = index
        index += 1
        let name = name()
        guard !name.isEmpty else {
            index = max(index, start + 1)
            return
        }
        let node = tree.add(.mapping([]), at: start)
        tree.append(
            DataTree.Entry(key: name, keyOffset: start, value: node), to: open[open.count - 1].node)
        var isEmpty = false
        while index < bytes.count, bytes[index] != UInt8(ascii: ">") {
            if bytes[index] <= 0x20 {
                index += 1
            } else if bytes[index] == UInt8(ascii: "/") {
                isEmpty = true
                index += 1
            } else if bytes[index] == UInt8(ascii: "<") {
                break
            } else {
                isEmpty = false
                attribute(of: node)
            }
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: ">") { index += 1 }
        if !isEmpty, open.count < DataTree.depthLimit { open.append(Open(name: name, node: node)) }
    }

    private mutating func attribute(of node: Int) {
        let start = index
        let name = name()
        while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
        guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
            if index == start { index += 1 }
            return
        }
        index += 1
        while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
        guard index < bytes.count else { return }
        let quote = bytes[index]
        var value = index..<index
        if quote == 0x22 || quote == 0x27 {
            let begin = index + 1
            index = begin
            while index < bytes.count, bytes[index] != quote { index += 1 }
            value = begin..<index
            index = min(bytes.count, index + 1)
        } else {
            let begin = index
            while index < bytes.count, bytes[index] > 0x20, bytes[index] != UInt8(ascii: ">") {
                index += 1
            }
            value = begin..<index
        }
        let scalar = tree.add(.markup, value)
        tree.append(DataTree.Entry(key: "@" + name, keyOffset: start, value: scalar), to: node)
    }
}

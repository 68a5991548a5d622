/// Reads YAML as people write it, Helm, Jinja and ERB marks included; what makes no sense is skipped
/// line by line.
struct YAMLReader {
    let bytes: [UInt8]
    var tree: DataTree
    var index = 0
    /// Where the line of `index` begins.
    var lineStart = 0
    var anchors: [String: Int] = [:]
    /// Whether an unfinished flow collection was left at a line that belongs to its parent.
    var isFlowBroken = false
    private var merged = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        tree = DataTree(bytes)
        if ByteText.matches("\u{FEFF}", in: bytes[...], at: 0) {
            index = 3
            lineStart = 3
        }
    }

    /// The documents of `bytes`.
    static func read(_ bytes: [UInt8]) -> DataTree {
        var reader = YAMLReader(bytes)
        while reader.skipToContent(), !reader.tree.isFull {
            if reader.isDocumentMark
                || (reader.column == 0 && bytes[reader.index] == UInt8(ascii: "%"))
            {
                let isStart = bytes[reader.index] == UInt8(ascii: "-")
                if isStart { reader.index += 3 } else { reader.skipLine() }
                if isStart { reader.anchors.removeAll() }
                continue
            }
            let before = reader.index
            let root = reader.blockNode(parent: -1, depth: 0, mayBeMapping: true)
            reader.tree.roots.append(root)
            if reader.index == before { reader.skipLine() }
        }
        return reader.tree
    }

    // MARK: Lines

    var column: Int { index - lineStart }

    func isSpace(at position: Int) -> Bool {
        position >= bytes.count || bytes[position] == 0x20 || bytes[position] == 0x09
            || bytes[position] == 0x0A || bytes[position] == 0x0D
    }

    func isLineEnd(at position: Int) -> Bool {
        position >= bytes.count || bytes[position] == 0x0A || bytes[position] == 0x0D
    }

    func lineEnd(from position: Int) -> Int {
        var end = position
        while !isLineEnd(at: end) { end += 1 }
        return end
    }

    /// The begin of the line after the one that ends at `end`.
    func nextLine(after end: Int) -> Int {
        var next = end
        if next < bytes.count, bytes[next] == 0x0D { next += 1 }
        if next < bytes.count, bytes[next] == 0x0A { next += 1 }
        return next
    }

    mutating func skipLine() {
        index = nextLine(after: lineEnd(from: index))
        lineStart = index
    }

    mutating func skipSpaces() {
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    }

    /// `---` or `...` alone at a line's begin.
    var isDocumentMark: Bool {
        guard column == 0, index + 2 < bytes.count, isSpace(at: index + 3) else { return false }
        return ByteText.matches("---", in: bytes[...], at: index)
            || ByteText.matches("...", in: bytes[...], at: index)
    }

    /// Whether the line from `position` on holds template marks only: `{{- if .Values.x }}`, `{% for … %}`.
    func isTemplateLine(_ position: Int) -> Bool {
        guard position + 1 < bytes.count else { return false }
        let first = bytes[position]
        let second = bytes[position + 1]
        if first == UInt8(ascii: "{"), second == UInt8(ascii: "%") { return true }
        if first == UInt8(ascii: "<"), second == UInt8(ascii: "%") { return true }
        guard first == UInt8(ascii: "{"), second == UInt8(ascii: "{") else { return false }
        var end = lineEnd(from: position)
        while end > position, bytes[end - 1] == 0x20 { end -= 1 }
        guard end >= position + 4, bytes[end - 1] == UInt8(ascii: "}"),
            bytes[end - 2] == UInt8(ascii: "}")
        else { return false }
        return ByteText.find("}}: ", in: bytes[position..<end]) == nil
    }

    /// Goes to the next byte of content; false at the end of the file.
    mutating func skipToContent() -> Bool {
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x0A || byte == 0x0D {
                index = nextLine(after: index)
                lineStart = index
            } else if byte == 0x20 || byte == 0x09 {
                index += 1
            } else if byte == UInt8(ascii: "#"), index == lineStart || isSpace(at: index - 1) {
                let end = lineEnd(from: index)
                tree.comments.append(index..<end)
                index = end
            } else if isTemplateLine(index), isFirstOfLine {
                index = lineEnd(from: index)
            } else {
                return true
            }
        }
        return false
    }

    private var isFirstOfLine: Bool {
        bytes[lineStart..<index].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    var isDash: Bool {
        index < bytes.count && bytes[index] == UInt8(ascii: "-") && isSpace(at: index + 1)
    }

    // MARK: Blocks

    func null(at offset: Int) -> ScalarText {
        ScalarText(range: offset..<offset, style: .raw, indent: 0)
    }

    /// Reads the node at `index`, whose lines are indented more than `parent`.
    mutating func blockNode(parent: Int, depth: Int, mayBeMapping: Bool) -> Int {
        let start = index
        var indent = column
        guard depth < DataTree.depthLimit, !tree.isFull else {
            let end = lineEnd(from: index)
            index = end
            return tree.add(.plain, start..<start)
        }
        var anchor: String?
        var mayBeMapping = mayBeMapping
        while index < bytes.count,
            bytes[index] == UInt8(ascii: "&") || bytes[index] == UInt8(ascii: "!")
        {
            let word = index
            while !isSpace(at: index) { index += 1 }
            if bytes[word] == UInt8(ascii: "&") {
                anchor = String(decoding: bytes[(word + 1)..<index], as: UTF8.self)
            }
            skipSpaces()
            if isLineEnd(at: index) || bytes[index] == UInt8(ascii: "#") {
                let end = index
                guard skipToContent(), !isDocumentMark,
                    column > parent || (column == parent && isDash)
                else { return remember(anchor, tree.add(.scalar(null(at: end)), at: end)) }
                indent = column
                mayBeMapping = true
            }
        }
        guard index < bytes.count else { return tree.add(.scalar(null(at: start)), at: start) }
        let node: Int
        switch bytes[index] {
        case UInt8(ascii: "-") where isDash && mayBeMapping:
            node = sequence(indent: indent, depth: depth)
        case UInt8(ascii: "|"), UInt8(ascii: ">"): node = blockScalar(parent: parent)
        case UInt8(ascii: "*"): return alias()
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            let isTemplate = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "{")
            if isTemplate, bytes[index] == UInt8(ascii: "{") {
                node =
                    mayBeMapping && keyAhead() != nil
                    ? mapping(indent: indent, depth: depth) : plainScalar(parent: parent)
            } else {
                isFlowBroken = false
                node = flowNode(parent: parent, depth: depth)
            }
        default:
            if mayBeMapping, keyAhead() != nil {
                node = mapping(indent: indent, depth: depth)
            } else if bytes[index] == 0x22 || bytes[index] == 0x27 {
                node = quotedScalar(parent: parent)
            } else {
                node = plainScalar(parent: parent)
            }
        }
        return remember(anchor, node)
    }

    mutating func remember(_ anchor: String?, _ node: Int) -> Int {
        if let anchor { anchors[anchor] = node }
        return node
    }

    mutating func alias() -> Int {
        let start = index
        index += 1
        while !isSpace(at: index), !",]}".utf8.contains(bytes[index]) { index += 1 }
        let name = String(decoding: bytes[(start + 1)..<index], as: UTF8.self)
        return anchors[name] ?? tree.add(.scalar(null(at: start)), at: start)
    }

    private mutating func sequence(indent: Int, depth: Int) -> Int {
        let start = index
        var elements: [Int] = []
        repeat {
            let dash = index
            index += 1
            skipSpaces()
            if isLineEnd(at: index) || bytes[index] == UInt8(ascii: "#") {
                if skipToContent(), !isDocumentMark, column > indent {
                    elements.append(blockNode(parent: indent, depth: depth + 1, mayBeMapping: true))
                } else {
                    elements.append(tree.add(.scalar(null(at: dash + 1)), at: dash + 1))
                }
            } else {
                elements.append(blockNode(parent: indent, depth: depth + 1, mayBeMapping: true))
            }
        } while goOn(at: indent, isSequence: true)
        return tree.add(.sequence(elements), at: start)
    }

    /// Goes to the next element or key of a block; false where the block ends.
    private mutating func goOn(at indent: Int, isSequence: Bool) -> Bool {
        while skipToContent() {
            if isDocumentMark || column < indent || tree.isFull { return false }
            if column == indent {
                if isSequence { return isDash }
                if keyAhead() != nil { return true }
                if isDash { return false }
            }
            skipLine()
        }
        return false
    }

    private mutating func mapping(indent: Int, depth: Int) -> Int {
        let start = index
        var entries: [DataTree.Entry] = []
        repeat {
            guard let key = keyAhead() else { break }
            index = key.end
            let value = entryValue(indent: indent, depth: depth)
            entries.append(DataTree.Entry(key: key.text, keyOffset: key.start, value: value))
        } while goOn(at: indent, isSequence: false)
        mergeEntries(&entries)
        return tree.add(.mapping(entries), at: start)
    }

    /// Adds what `<<: *anchor` names and the mapping itself does not have.
    mutating func mergeEntries(_ entries: inout [DataTree.Entry]) {
        let merges = entries.filter { $0.key == "<<" }
        guard !merges.isEmpty else { return }
        var known = Set(entries.map(\.key))
        for merge in merges {
            for source in DataNode(tree: tree, id: merge.value).all {
                for var entry in source.entries where known.insert(entry.key).inserted {
                    guard merged < 20_000 else { return }
                    merged += 1
                    entry.isMerged = true
                    entries.append(entry)
                }
            }
        }
    }

    private mutating func entryValue(indent: Int, depth: Int) -> Int {
        skipSpaces()
        guard isLineEnd(at: index) || bytes[index] == UInt8(ascii: "#") else {
            return blockNode(parent: indent, depth: depth + 1, mayBeMapping: false)
        }
        let end = index
        guard skipToContent(), !isDocumentMark else {
            return tree.add(.scalar(null(at: end)), at: end)
        }
        if column > indent || (column == indent && isDash) {
            return blockNode(
                parent: column == indent ? indent - 1 : indent, depth: depth + 1, mayBeMapping: true
            )
        }
        return tree.add(.scalar(null(at: end)), at: end)
    }

    /// The key at `index`, if its line has one: the text, where it begins, the end of its colon.
    func keyAhead() -> (text: String, start: Int, end: Int)? {
        guard index < bytes.count else { return nil }
        let first = bytes[index]
        if first == 0x22 || first == 0x27 { return quotedKeyAhead(first) }
        if "[],#&*|>%@`".utf8.contains(first) { return nil }
        if first == UInt8(ascii: "?"), isSpace(at: index + 1) { return nil }
        if first == UInt8(ascii: "-"), isSpace(at: index + 1) { return nil }
        if first == UInt8(ascii: "{") {
            guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "{") else { return nil }
        }
        var position = index
        while !isLineEnd(at: position) {
            let byte = bytes[position]
            if byte == UInt8(ascii: ":"), isSpace(at: position + 1) {
                let range = ByteText.trimmed(index..<position, of: bytes)
                return (String(decoding: bytes[range], as: UTF8.self), index, position + 1)
            }
            if byte == UInt8(ascii: "#"), position > index, isSpace(at: position - 1) { return nil }
            if byte == UInt8(ascii: "{"), position + 1 < bytes.count,
                bytes[position + 1] == UInt8(ascii: "{")
            {
                while !isLineEnd(at: position), bytes[position] != UInt8(ascii: "}") {
                    position += 1
                }
                continue
            }
            position += 1
        }
        return nil
    }

    private func quotedKeyAhead(_ quote: UInt8) -> (text: String, start: Int, end: Int)? {
        var position = index + 1
        while !isLineEnd(at: position), bytes[position] != quote {
            position += bytes[position] == 0x5C && quote == 0x22 ? 2 : 1
        }
        guard position < bytes.count, bytes[position] == quote else { return nil }
        let inner = (index + 1)..<position
        position += 1
        while position < bytes.count, bytes[position] == 0x20 { position += 1 }
        guard position < bytes.count, bytes[position] == UInt8(ascii: ":"),
            isSpace(at: position + 1)
        else { return nil }
        let text = ScalarText(range: inner, style: quote == 0x22 ? .escaped : .single, indent: 0)
        return (text.decoded(bytes).string, index, position + 1)
    }
}

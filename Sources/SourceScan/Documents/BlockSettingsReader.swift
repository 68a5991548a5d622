/// Reads what is written in blocks with braces: Terraform and other HCL, HOCON, nginx.
///
/// A block is a mapping: `#label` for what stands between its name and its brace, then its content. An
/// nginx directive is a mapping with its words as `#label`.
struct BlockSettingsReader: BracketReader {
    /// Which of the three.
    enum Form { case assignments, objects, directives }

    let bytes: [UInt8]
    private let form: Form
    var tree: DataTree
    var index = 0

    private init(_ bytes: [UInt8], form: Form) {
        self.bytes = bytes
        self.form = form
        tree = DataTree(bytes)
        index = Self.start(of: bytes)
    }

    /// The document of `bytes`.
    static func read(_ bytes: [UInt8], form: Form) -> DataTree {
        var reader = BlockSettingsReader(bytes, form: form)
        let root = reader.tree.add(.mapping([]), at: 0)
        reader.tree.roots = [root]
        while reader.index < bytes.count, !reader.tree.isFull {
            reader.body(of: root, depth: 0)
            reader.index += 1
        }
        return reader.tree
    }

    // MARK: Space

    private mutating func comment(to end: Int) {
        tree.comments.append(index..<end)
        index = end
    }

    mutating func skipSpace(acrossLines: Bool) {
        while index < bytes.count {
            let byte = bytes[index]
            if acrossLines ? byte <= 0x20 : byte == 0x20 || byte == 0x09 {
                index += 1
            } else if byte == UInt8(ascii: "#") || isSlashes {
                comment(to: bytes[index...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count)
            } else if form != .directives, ByteText.matches("/*", in: bytes[...], at: index) {
                comment(
                    to: ByteText.find("*/", in: bytes[...], from: index + 2).map { $0 + 2 }
                        ?? bytes.count)
            } else {
                return
            }
        }
    }

    private var isSlashes: Bool {
        form != .directives && ByteText.matches("//", in: bytes[...], at: index)
    }

    // MARK: Blocks

    /// Reads entries up to a closing brace, which it leaves.
    private mutating func body(of node: Int, depth: Int) {
        while true {
            skipSpace(acrossLines: true)
            guard index < bytes.count, !tree.isFull, bytes[index] != UInt8(ascii: "}") else {
                return
            }
            let before = index
            if form == .directives {
                directive(in: node, depth: depth)
            } else {
                entry(in: node, depth: depth)
            }
            if index == before { index += 1 }
        }
    }

    private mutating func braces(of node: Int, depth: Int) {
        index += 1
        if depth < DataTree.depthLimit { body(of: node, depth: depth + 1) }
        if index < bytes.count, bytes[index] == UInt8(ascii: "}") { index += 1 }
    }

    /// A word or a quoted text.
    private mutating func word() -> (range: Range<Int>, isQuoted: Bool)? {
        guard index < bytes.count else { return nil }
        if bytes[index] == 0x22 || (bytes[index] == 0x27 && form == .directives) {
            return (quoted(), true)
        }
        let start = index
        let stops = form == .directives ? ";{}" : "={}[](),:\"#"
        while index < bytes.count, bytes[index] > 0x20, !stops.utf8.contains(bytes[index]) {
            // nginx variables and patterns may hold braces: `${x}`, `\d{2}`.
            if form == .directives, bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count,
                bytes[index + 1] == UInt8(ascii: "{")
            {
                while !isLineEnd(at: index), bytes[index] != UInt8(ascii: "}") { index += 1 }
            }
            if index < bytes.count { index += 1 }
        }
        return index > start ? (start..<index, false) : nil
    }

    /// The inside of a quoted text; in HCL, `${…}` may hold quotes.
    private mutating func quoted() -> Range<Int> {
        let quote = bytes[index]
        if form == .objects, ByteText.matches("\"\"\"", in: bytes[...], at: index) {
            let start = index + 3
            let end = ByteText.find("\"\"\"", in: bytes[...], from: start) ?? bytes.count
            index = min(bytes.count, end + 3)
            return start..<max(start, end)
        }
        let start = index + 1
        index = start
        var braces = 0
        while index < bytes.count {
            let byte = bytes[index]
            if isLineEnd(at: index), form != .directives { break }
            if byte == 0x5C {
                index = min(bytes.count, index + 2)
                continue
            }
            if form == .assignments {
                if byte == UInt8(ascii: "$") || byte == UInt8(ascii: "%"), index + 1 < bytes.count,
                    bytes[index + 1] == UInt8(ascii: "{")
                {
                    braces += 1
                    index += 2
                    continue
                }
                if byte == UInt8(ascii: "}"), braces > 0 { braces -= 1 }
            }
            if byte == quote, braces == 0 { break }
            index += 1
        }
        let end = min(index, bytes.count)
        if end < bytes.count, bytes[end] == quote { index = end + 1 }
        return start..<end
    }

    // MARK: Directives

    private mutating func directive(in parent: Int, depth: Int) {
        let start = index
        guard let name = word() else { return }
        let node = tree.add(.mapping([]), at: start)
        let key = String(decoding: bytes[name.range], as: UTF8.self)
        tree.append(DataTree.Entry(key: key, keyOffset: start, value: node), to: parent)
        while true {
            skipSpace(acrossLines: true)
            guard index < bytes.count, !tree.isFull else { return }
            switch bytes[index] {
            case UInt8(ascii: ";"):
                index += 1
                return
            case UInt8(ascii: "{"):
                braces(of: node, depth: depth)
                return
            case UInt8(ascii: "}"): return
            default:
                let before = index
                guard let word = word() else {
                    index = before + 1
                    continue
                }
                label(word, of: node)
            }
        }
    }

    private mutating func label(_ word: (range: Range<Int>, isQuoted: Bool), of node: Int) {
        let scalar = tree.add(word.isQuoted ? .escaped : .raw, word.range)
        tree.append(
            DataTree.Entry(key: "#label", keyOffset: word.range.lowerBound, value: scalar), to: node
        )
    }

    // MARK: Assignments

    private mutating func entry(in parent: Int, depth: Int) {
        let start = index
        guard let first = word() else { return }
        var labels: [(range: Range<Int>, isQuoted: Bool)] = []
        while true {
            skipSpace(acrossLines: false)
            guard index < bytes.count else { return }
            let byte = bytes[index]
            if byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") {
                index += 1
                if index < bytes.count,
                    bytes[index] == UInt8(ascii: ">") || bytes[index] == UInt8(ascii: "=")
                {
                    index += 1
                }
                skipSpace(acrossLines: form == .objects)
                let value = value(depth: depth)
                put(first.range, value, in: parent, at: start)
                return
            }
            if byte == UInt8(ascii: "{") {
                let node = tree.add(.mapping([]), at: start)
                put(first.range, node, in: parent, at: start)
                for word in labels { label(word, of: node) }
                braces(of: node, depth: depth)
                return
            }
            if isLineEnd(at: index) { return }
            let before = index
            guard let next = word() else {
                index = before + 1
                return
            }
            labels.append(next)
        }
    }

    private mutating func put(_ key: Range<Int>, _ value: Int, in parent: Int, at offset: Int) {
        let name = String(decoding: bytes[key], as: UTF8.self)
        tree.append(DataTree.Entry(key: name, keyOffset: offset, value: value), to: parent)
    }

    mutating func value(depth: Int) -> Int {
        guard !isLineEnd(at: index), depth < DataTree.depthLimit, !tree.isFull else {
            return tree.add(.raw, index..<index)
        }
        let start = index
        switch bytes[index] {
        case 0x22:
            let range = quoted()
            // A quoted text alone is a scalar; with an operator behind it, an expression.
            let after = restOfLine()
            if form == .assignments, !after.isEmpty, !",}])".utf8.contains(bytes[after.lowerBound])
            {
                return expression(from: start)
            }
            return tree.add(.escaped, range)
        case UInt8(ascii: "["): return list(depth: depth)
        case UInt8(ascii: "{"):
            let node = tree.add(.mapping([]), at: start)
            braces(of: node, depth: depth)
            return node
        case UInt8(ascii: "<") where ByteText.matches("<<", in: bytes[...], at: index):
            return hereDocument()
        default: return expression(from: start)
        }
    }

    private func restOfLine() -> Range<Int> {
        var end = index
        while !isLineEnd(at: end), bytes[end] != UInt8(ascii: "#") { end += 1 }
        return ByteText.trimmed(index..<end, of: bytes)
    }

    /// Up to the line's end, or further while brackets are open.
    private mutating func expression(from start: Int) -> Int {
        index = start
        var depth = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x22 {
                _ = quoted()
                continue
            }
            if isLineEnd(at: index), depth == 0 { break }
            if byte == UInt8(ascii: "#"), form == .assignments { break }
            if depth == 0, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") { break }
            if byte == UInt8(ascii: "("), form == .assignments { depth += 1 }
            if byte == UInt8(ascii: "["), form == .assignments { depth += 1 }
            if byte == UInt8(ascii: "]") { depth = max(0, depth - 1) }
            if byte == UInt8(ascii: ")") { depth = max(0, depth - 1) }
            if byte == UInt8(ascii: "$"), index + 1 < bytes.count,
                bytes[index + 1] == UInt8(ascii: "{")
            {
                while !isLineEnd(at: index), bytes[index] != UInt8(ascii: "}") { index += 1 }
                if !isLineEnd(at: index) { index += 1 }
                continue
            }
            if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}"), depth == 0 { break }
            index += 1
        }
        return tree.add(.raw, ByteText.trimmed(start..<min(index, bytes.count), of: bytes))
    }

    /// `<<-EOT` … `EOT`
    private mutating func hereDocument() -> Int {
        let start = index
        index += 2
        let isIndented = index < bytes.count && bytes[index] == UInt8(ascii: "-")
        if isIndented { index += 1 }
        let tagStart = index
        while !isLineEnd(at: index), bytes[index] > 0x20 { index += 1 }
        let tag = bytes[tagStart..<index]
        while !isLineEnd(at: index) { index += 1 }
        guard !tag.isEmpty, index < bytes.count else { return tree.add(.raw, start..<index) }
        if bytes[index] == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
        let content = index + 1
        var line = content
        var indent = Int.max
        while line < bytes.count {
            var end = line
            while !isLineEnd(at: end) { end += 1 }
            let trimmed = ByteText.trimmed(line..<end, of: bytes)
            if bytes[trimmed].elementsEqual(tag) {
                index = end
                break
            }
            if !trimmed.isEmpty { indent = min(indent, trimmed.lowerBound - line) }
            line = end + 1
            index = min(line, bytes.count)
        }
        let range = min(content, bytes.count)..<min(max(line, content), bytes.count)
        let taken = isIndented && indent != Int.max ? indent : 0
        return tree.add(.literal(.clip), range, indent: taken)
    }
}

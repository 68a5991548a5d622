/// Reads settings of one line each: Java properties, INI and its relatives, `.env` files.
struct LineSettingsReader: SettingsReader {
    /// Which of the three.
    enum Form { case properties, sections, environment }

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

    /// The document of `bytes`: a mapping, sections as mappings in it.
    static func read(_ bytes: [UInt8], form: Form) -> DataTree {
        var reader = LineSettingsReader(bytes, form: form)
        let root = reader.tree.add(.mapping([]), at: 0)
        reader.tree.roots = [root]
        var table = root
        while reader.index < bytes.count, !reader.tree.isFull {
            reader.skipSpace()
            guard reader.index < bytes.count else { break }
            let byte = bytes[reader.index]
            if byte == UInt8(ascii: "#") || (byte == UInt8(ascii: ";") && form != .environment)
                || (byte == UInt8(ascii: "!") && form == .properties)
            {
                let end = reader.lineEnd(from: reader.index)
                reader.tree.comments.append(reader.index..<end)
                reader.index = end
            } else if byte == UInt8(ascii: "["), form == .sections {
                table = reader.section(in: root)
            } else {
                reader.entry(in: table)
            }
        }
        return reader.tree
    }

    private func lineEnd(from start: Int) -> Int {
        var end = start
        while !isLineEnd(at: end) { end += 1 }
        return end
    }

    private mutating func skipSpace() {
        while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
    }

    private mutating func section(in root: Int) -> Int {
        let start = index
        let end = lineEnd(from: index)
        let close = bytes[index..<end].lastIndex(of: UInt8(ascii: "]")) ?? end
        let name = ByteText.trimmed((start + 1)..<max(start + 1, close), of: bytes)
        index = end
        let node = tree.add(.mapping([]), at: start)
        let key = String(decoding: bytes[name].filter { $0 != 0x22 }, as: UTF8.self)
        tree.append(DataTree.Entry(key: key, keyOffset: start, value: node), to: root)
        return node
    }

    private mutating func entry(in table: Int) {
        let lineStart = index
        var start = index
        let end = lineEnd(from: index)
        if form == .environment {
            for word in ["export ", "set ", "setenv "]
            where ByteText.matches(word, in: bytes[...], at: start) {
                start += word.utf8.count
            }
        }
        guard let separator = separator(from: start, to: end) else {
            index = max(end, lineStart + 1)
            return
        }
        let key = ByteText.trimmed(start..<separator, of: bytes)
        var value = separator
        while value < end, bytes[value] == 0x20 || bytes[value] == 0x09 { value += 1 }
        if value < end, bytes[value] == UInt8(ascii: "=") || bytes[value] == UInt8(ascii: ":") {
            value += 1
        }
        while value < end, bytes[value] == 0x20 || bytes[value] == 0x09 { value += 1 }
        let node = valueNode(from: value, to: end)
        let style: ScalarText.Style = form == .properties ? .properties : .raw
        let name = ScalarText(range: key, style: style, indent: 0).decoded(bytes).string
        tree.append(DataTree.Entry(key: name, keyOffset: start, value: node), to: table)
    }

    private func separator(from start: Int, to end: Int) -> Int? {
        var position = start
        while position < end {
            let byte = bytes[position]
            if form == .properties, byte == 0x5C {
                position += 2
                continue
            }
            if byte == UInt8(ascii: "=") || (byte == UInt8(ascii: ":") && form != .environment) {
                return position
            }
            if form == .properties, byte == 0x20 || byte == 0x09 { return position }
            position += 1
        }
        return nil
    }

    private mutating func valueNode(from start: Int, to end: Int) -> Int {
        switch form {
        case .properties:
            // A backslash before the line's end goes on with the next line.
            var stop = end
            while stop < bytes.count, isContinued(stop) {
                var next = stop
                if bytes[next] == 0x0D, next + 1 < bytes.count, bytes[next + 1] == 0x0A {
                    next += 1
                }
                stop = lineEnd(from: next + 1)
            }
            index = stop
            return tree.add(.properties, start..<stop)
        case .sections:
            index = end
            if start < end, bytes[start] == 0x22 || bytes[start] == 0x27 {
                let close = bytes[(start + 1)..<end].lastIndex(of: bytes[start]) ?? end
                return tree.add(.raw, (start + 1)..<close)
            }
            // Deeper lines go on with the value.
            var stop = end
            while stop < bytes.count {
                var next = stop
                if bytes[next] == 0x0D, next + 1 < bytes.count, bytes[next + 1] == 0x0A {
                    next += 1
                }
                next += 1
                guard next < bytes.count, bytes[next] == 0x20 || bytes[next] == 0x09 else { break }
                let after = lineEnd(from: next)
                let content = ByteText.trimmed(next..<after, of: bytes)
                guard !content.isEmpty, !bytes[content].contains(UInt8(ascii: "=")),
                    bytes[content.lowerBound] != UInt8(ascii: "#"),
                    bytes[content.lowerBound] != UInt8(ascii: ";"),
                    bytes[content.lowerBound] != UInt8(ascii: "[")
                else { break }
                stop = after
            }
            index = stop
            return tree.add(.plain, ByteText.trimmed(start..<stop, of: bytes))
        case .environment: return environmentValue(from: start, to: end)
        }
    }

    private func isContinued(_ end: Int) -> Bool {
        var backslashes = 0
        var position = end
        while position > 0, bytes[position - 1] == 0x5C {
            backslashes += 1
            position -= 1
        }
        return backslashes % 2 == 1
    }

    /// Quotes may span lines; without them a `#` after a space begins a comment.
    private mutating func environmentValue(from start: Int, to end: Int) -> Int {
        if start < end, bytes[start] == 0x22 || bytes[start] == 0x27 {
            let quote = bytes[start]
            var close = start + 1
            while close < bytes.count, bytes[close] != quote {
                close += bytes[close] == 0x5C && quote == 0x22 ? 2 : 1
            }
            if close < bytes.count {
                index = lineEnd(from: close)
                return tree.add(quote == 0x22 ? .escaped : .raw, (start + 1)..<close)
            }
        }
        var stop = start
        while stop < end,
            !(bytes[stop] == UInt8(ascii: "#") && stop > start && bytes[stop - 1] <= 0x20)
        {
            stop += 1
        }
        if stop < end { tree.comments.append(stop..<end) }
        index = end
        return tree.add(.raw, ByteText.trimmed(start..<stop, of: bytes))
    }
}

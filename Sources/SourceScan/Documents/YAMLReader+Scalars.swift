extension YAMLReader {
    // MARK: Scalars

    /// Without quotes; more lines belong to it while they are indented more than `parent`.
    mutating func plainScalar(parent: Int) -> Int {
        let start = index
        var end = plainLineEnd(from: index)
        index = end
        while !hasComment(at: end), isLineEnd(at: end) || bytes[end] <= 0x20 {
            var next = nextLine(after: lineEnd(from: end))
            var first = next
            while first < bytes.count, bytes[first] <= 0x20 {
                if bytes[first] == 0x0A || bytes[first] == 0x0D { next = nextLine(after: first) }
                first += 1
            }
            guard first < bytes.count, first - next > parent, bytes[first] != UInt8(ascii: "#"),
                !isTemplateLine(first)
            else { break }
            let saved = (index, lineStart)
            index = first
            lineStart = next
            let isOther = isDash || isDocumentMark || keyAhead() != nil
            guard !isOther else {
                (index, lineStart) = saved
                break
            }
            end = plainLineEnd(from: first)
            index = end
        }
        return tree.add(.plain, start..<end)
    }

    private func hasComment(at end: Int) -> Bool {
        var position = end
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 {
            position += 1
        }
        return position < bytes.count && bytes[position] == UInt8(ascii: "#")
    }

    /// The end of a plain scalar's text on its line.
    private func plainLineEnd(from start: Int) -> Int {
        var end = start
        var last = start
        while !isLineEnd(at: end) {
            if bytes[end] == UInt8(ascii: "#"), end > start, isSpace(at: end - 1) { break }
            if !isSpace(at: end) { last = end + 1 }
            end += 1
        }
        return last
    }

    /// Between quotes, over several lines while they are indented more than `parent`.
    mutating func quotedScalar(parent: Int) -> Int {
        let quote = bytes[index]
        let start = index + 1
        index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == quote {
                if quote == 0x27, index + 1 < bytes.count, bytes[index + 1] == quote {
                    index += 2
                    continue
                }
                let node = tree.add(quote == 0x22 ? .foldedEscaped : .single, start..<index)
                index += 1
                return node
            }
            if byte == 0x0A || byte == 0x0D {
                let next = nextLine(after: index)
                var first = next
                while first < bytes.count, bytes[first] == 0x20 || bytes[first] == 0x09 {
                    first += 1
                }
                if !isLineEnd(at: first), first - next <= parent { break }
                index = next
                lineStart = next
                continue
            }
            index += byte == 0x5C && quote == 0x22 && !isLineEnd(at: index + 1) ? 2 : 1
        }
        index = min(index, bytes.count)
        return tree.add(quote == 0x22 ? .foldedEscaped : .single, start..<index)
    }

    /// After `|` or `>`.
    mutating func blockScalar(parent: Int) -> Int {
        let isFolded = bytes[index] == UInt8(ascii: ">")
        var chomping = ScalarText.Chomping.clip
        var given: Int?
        let headEnd = lineEnd(from: index)
        for byte in bytes[index..<headEnd].dropFirst() {
            if byte == UInt8(ascii: "-") { chomping = .strip }
            if byte == UInt8(ascii: "+") { chomping = .keep }
            if byte.isDigit, byte != 0x30 { given = max(parent, 0) + Int(byte - 0x30) }
            if byte <= 0x20 { break }
        }
        let start = nextLine(after: headEnd)
        let (indent, end) = blockEnd(from: start, parent: parent, given: given)
        index = end
        lineStart = end
        let style: ScalarText.Style = isFolded ? .folded(chomping) : .literal(chomping)
        return tree.add(style, start..<max(start, end), indent: indent)
    }

    private func blockEnd(from start: Int, parent: Int, given: Int?) -> (indent: Int, end: Int) {
        var indent = given
        var line = start
        var end = start
        while line < bytes.count {
            var first = line
            while first < bytes.count, bytes[first] == 0x20 || bytes[first] == 0x09 { first += 1 }
            let after = nextLine(after: lineEnd(from: first))
            if isLineEnd(at: first) {
                line = after
                continue
            }
            let column = first - line
            if indent == nil {
                guard column > parent else { break }
                indent = column
            }
            if column < indent ?? 0 {
                // A template's own line may stand at any column within the block.
                guard isTemplateLine(first) else { break }
                line = after
                continue
            }
            line = after
            end = after
        }
        return (indent ?? 0, end)
    }

    // MARK: Flow collections

    /// Skips white space between the parts of a flow collection.
    private mutating func flowSkip(parent: Int) {
        while index < bytes.count, !isFlowBroken {
            let byte = bytes[index]
            if byte == 0x0A || byte == 0x0D {
                let next = nextLine(after: index)
                var first = next
                while first < bytes.count, bytes[first] == 0x20 || bytes[first] == 0x09 {
                    first += 1
                }
                if !isLineEnd(at: first), first - next <= parent,
                    bytes[first] != UInt8(ascii: "]"), bytes[first] != UInt8(ascii: "}")
                {
                    isFlowBroken = true
                    return
                }
                index = next
                lineStart = next
            } else if byte == 0x20 || byte == 0x09 {
                index += 1
            } else if byte == UInt8(ascii: "#"), isSpace(at: index - 1) {
                let end = lineEnd(from: index)
                tree.comments.append(index..<end)
                index = end
            } else {
                return
            }
        }
    }

    private var isAtTemplate: Bool {
        index + 1 < bytes.count && bytes[index] == UInt8(ascii: "{")
            && (bytes[index + 1] == UInt8(ascii: "{") || bytes[index + 1] == UInt8(ascii: "%"))
    }

    mutating func flowNode(parent: Int, depth: Int) -> Int {
        let start = index
        guard depth < DataTree.depthLimit, !tree.isFull else {
            index = lineEnd(from: index)
            isFlowBroken = true
            return tree.add(.raw, start..<start)
        }
        var anchor: String?
        while index < bytes.count,
            bytes[index] == UInt8(ascii: "&") || bytes[index] == UInt8(ascii: "!")
        {
            let word = index
            while !isSpace(at: index), !",]}".utf8.contains(bytes[index]) { index += 1 }
            if bytes[word] == UInt8(ascii: "&") {
                anchor = String(decoding: bytes[(word + 1)..<index], as: UTF8.self)
            }
            flowSkip(parent: parent)
        }
        guard index < bytes.count else { return tree.add(.raw, start..<start) }
        switch bytes[index] {
        case UInt8(ascii: "["): return remember(anchor, flowSequence(parent: parent, depth: depth))
        case UInt8(ascii: "{") where !isAtTemplate:
            return remember(anchor, flowMapping(parent: parent, depth: depth))
        case UInt8(ascii: "*"): return alias()
        case 0x22, 0x27: return remember(anchor, quotedScalar(parent: parent))
        default: return remember(anchor, tree.add(.plain, flowPlain(parent: parent)))
        }
    }

    /// A text without quotes inside a flow collection.
    private mutating func flowPlain(parent: Int) -> Range<Int> {
        let start = index
        var last = start
        while index < bytes.count, !isFlowBroken {
            let byte = bytes[index]
            if isAtTemplate {
                let close: UInt8 = UInt8(ascii: "}")
                index += 2
                while index < bytes.count, !isLineEnd(at: index),
                    !(bytes[index] == close && bytes[index - 1] == close)
                { index += 1 }
                if !isLineEnd(at: index) { index += 1 }
                last = index
                continue
            }
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
                break
            }
            if byte == UInt8(ascii: ":"),
                isSpace(at: index + 1) || ",[]{}".utf8.contains(bytes[index + 1])
            {
                break
            }
            if byte == UInt8(ascii: "#"), index > start, isSpace(at: index - 1) { break }
            if byte == 0x0A || byte == 0x0D {
                flowSkip(parent: parent)
                continue
            }
            index += 1
            if byte > 0x20 { last = index }
        }
        return start..<max(start, last)
    }

    private mutating func flowSequence(parent: Int, depth: Int) -> Int {
        let start = index
        var elements: [Int] = []
        index += 1
        while !tree.isFull {
            flowSkip(parent: parent)
            guard index < bytes.count, !isFlowBroken else { break }
            if bytes[index] == UInt8(ascii: "]") || bytes[index] == UInt8(ascii: "}") {
                index += 1
                break
            }
            if bytes[index] == UInt8(ascii: ",") {
                index += 1
                continue
            }
            let before = index
            let node = flowNode(parent: parent, depth: depth + 1)
            flowSkip(parent: parent)
            if index < bytes.count, bytes[index] == UInt8(ascii: ":"), !isFlowBroken {
                index += 1
                flowSkip(parent: parent)
                let value = flowNode(parent: parent, depth: depth + 1)
                let key = DataNode(tree: tree, id: node).text ?? ""
                elements.append(
                    tree.add(
                        .mapping([DataTree.Entry(key: key, keyOffset: before, value: value)]),
                        at: before))
            } else {
                elements.append(node)
            }
            if index == before { index += 1 }
        }
        return tree.add(.sequence(elements), at: start)
    }

    private mutating func flowMapping(parent: Int, depth: Int) -> Int {
        let start = index
        var entries: [DataTree.Entry] = []
        index += 1
        while !tree.isFull {
            flowSkip(parent: parent)
            guard index < bytes.count, !isFlowBroken else { break }
            if bytes[index] == UInt8(ascii: "}") || bytes[index] == UInt8(ascii: "]") {
                index += 1
                break
            }
            if bytes[index] == UInt8(ascii: ",") || bytes[index] == UInt8(ascii: ":") {
                index += 1
                continue
            }
            let before = index
            let keyNode = flowNode(parent: parent, depth: depth + 1)
            flowSkip(parent: parent)
            var value = tree.nodes.count
            if index < bytes.count, bytes[index] == UInt8(ascii: ":"), !isFlowBroken {
                index += 1
                flowSkip(parent: parent)
                value = flowNode(parent: parent, depth: depth + 1)
            } else {
                value = tree.add(.scalar(null(at: index)), at: index)
            }
            let key = DataNode(tree: tree, id: keyNode).text ?? ""
            entries.append(DataTree.Entry(key: key, keyOffset: before, value: value))
            if index == before { index += 1 }
        }
        mergeEntries(&entries)
        return tree.add(.mapping(entries), at: start)
    }
}

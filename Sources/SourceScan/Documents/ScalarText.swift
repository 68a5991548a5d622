/// A scalar as it stands in the file; decoded when somebody asks.
struct ScalarText: Sendable {
    /// What to do with line ends after a block.
    enum Chomping: Sendable { case clip, strip, keep }

    /// How it is written.
    enum Style: Sendable {
        /// As it is.
        case raw
        /// Backslash escapes (JSON, TOML, HCL); line ends stay.
        case escaped
        /// YAML between double quotes: escapes, and lines are folded.
        case foldedEscaped
        /// YAML between single quotes: `''`, and lines are folded.
        case single
        /// YAML without quotes: lines are folded.
        case plain
        /// YAML after `|`, here-documents: indentation is taken off.
        case literal(Chomping)
        /// YAML after `>`: indentation is taken off and lines are folded.
        case folded(Chomping)
        /// XML: entities.
        case markup
        /// Java properties: escapes, and a backslash at a line's end continues it.
        case properties
    }

    /// The text without its quotes.
    var range: Range<Int>
    var style: Style
    /// The indentation of a block's lines.
    var indent: Int

    /// The text that is meant.
    func decoded(_ bytes: [UInt8]) -> PlacedText {
        switch style {
        case .raw: return PlacedText(range, of: bytes)
        case .escaped: return unescaped(bytes, folding: false)
        case .foldedEscaped: return unescaped(bytes, folding: true)
        case .single, .plain: return flowFolded(bytes)
        case .literal(let chomping): return block(bytes, folding: false, chomping)
        case .folded(let chomping): return block(bytes, folding: true, chomping)
        case .markup: return entitiesResolved(bytes)
        case .properties: return continued(bytes)
        }
    }

    /// Whether it stands as it is, without quotes where the form has them.
    var isRaw: Bool { if case .raw = style { true } else { false } }

    private var isSingle: Bool { if case .single = style { true } else { false } }

    // MARK: Folding

    /// A line's end in a flow scalar becomes a space, empty lines become line ends.
    private func fold(_ index: Int, _ bytes: [UInt8], into text: inout PlacedText) -> Int {
        text.trimEnd { $0 == 0x20 || $0 == 0x09 }
        var index = index
        var ends = 0
        let first = index
        while index < range.upperBound, bytes[index] <= 0x20 {
            if bytes[index] == 0x0A { ends += 1 }
            index += 1
        }
        if ends <= 1 {
            if index < range.upperBound { text.appendJoin(at: first) }
        } else {
            for _ in 1..<ends { text.append(0x0A, at: first) }
        }
        return index
    }

    private func flowFolded(_ bytes: [UInt8]) -> PlacedText {
        guard bytes[range].contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0x27 }) else {
            return PlacedText(range, of: bytes)
        }
        var text = PlacedText()
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte == 0x0A || byte == 0x0D {
                index = fold(index, bytes, into: &text)
            } else if byte == 0x27, isSingle, index + 1 < range.upperBound, bytes[index + 1] == 0x27
            {
                text.append(byte, at: index)
                index += 2
            } else {
                text.append(byte, at: index)
                index += 1
            }
        }
        return text
    }

    private func block(_ bytes: [UInt8], folding: Bool, _ chomping: Chomping) -> PlacedText {
        var text = PlacedText()
        var index = range.lowerBound
        var isFirst = true
        var mayJoin = false
        while index < range.upperBound {
            var end = index
            while end < range.upperBound, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
            var start = index
            while start < end, start - index < indent, bytes[start] == 0x20 || bytes[start] == 0x09
            {
                start += 1
            }
            let isBlank = bytes[start..<end].allSatisfy { $0 == 0x20 || $0 == 0x09 }
            let isDeeper = !isBlank && (bytes[start] == 0x20 || bytes[start] == 0x09)
            if !isFirst {
                if folding, mayJoin, !isDeeper, !isBlank {
                    text.appendJoin(at: index)
                } else if !(folding && isBlank && mayJoin) {
                    text.append(0x0A, at: index)
                }
            }
            text.append(start..<end, of: bytes)
            mayJoin = folding && !isDeeper && !isBlank
            isFirst = false
            index = end
            if index < range.upperBound, bytes[index] == 0x0D { index += 1 }
            if index < range.upperBound, bytes[index] == 0x0A { index += 1 }
        }
        switch chomping {
        case .keep: break
        case .strip, .clip:
            text.trimEnd { $0 == 0x0A || $0 == 0x20 }
        }
        if case .strip = chomping { return text }
        if !text.bytes.isEmpty { text.append(0x0A, at: range.upperBound) }
        return text
    }

    // MARK: Escapes

    private func unescaped(_ bytes: [UInt8], folding: Bool) -> PlacedText {
        guard bytes[range].contains(where: { $0 == 0x5C || (folding && $0 < 0x20) }) else {
            return PlacedText(range, of: bytes)
        }
        var text = PlacedText()
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if folding, byte == 0x0A || byte == 0x0D {
                index = fold(index, bytes, into: &text)
            } else if byte == 0x5C, index + 1 < range.upperBound {
                index = escape(index, bytes, into: &text)
            } else {
                text.append(byte, at: index)
                index += 1
            }
        }
        return text
    }

    private func escape(_ start: Int, _ bytes: [UInt8], into text: inout PlacedText) -> Int {
        let byte = bytes[start + 1]
        switch byte {
        case UInt8(ascii: "n"): text.append(0x0A, at: start)
        case UInt8(ascii: "t"): text.append(0x09, at: start)
        case UInt8(ascii: "r"): text.append(0x0D, at: start)
        case UInt8(ascii: "b"): text.append(0x08, at: start)
        case UInt8(ascii: "f"): text.append(0x0C, at: start)
        case UInt8(ascii: "0"): text.append(0x00, at: start)
        case UInt8(ascii: "e"): text.append(0x1B, at: start)
        case UInt8(ascii: "x"): return hexadecimal(start, 2, bytes, into: &text)
        case UInt8(ascii: "u"): return hexadecimal(start, 4, bytes, into: &text)
        case UInt8(ascii: "U"): return hexadecimal(start, 8, bytes, into: &text)
        case 0x0A, 0x0D:
            var index = start + 1
            while index < range.upperBound, bytes[index] <= 0x20 { index += 1 }
            return index
        default: text.append(byte, at: start + 1)
        }
        return start + 2
    }

    private func number(_ start: Int, _ count: Int, _ bytes: [UInt8]) -> UInt32? {
        guard start + count <= range.upperBound else { return nil }
        var value: UInt32 = 0
        for byte in bytes[start..<start + count] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
            case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
            default: return nil
            }
        }
        return value
    }

    private func hexadecimal(
        _ start: Int, _ count: Int, _ bytes: [UInt8], into text: inout PlacedText
    ) -> Int {
        guard var value = number(start + 2, count, bytes) else {
            text.append(bytes[start + 1], at: start + 1)
            return start + 2
        }
        var end = start + 2 + count
        if value >= 0xD800, value < 0xDC00, end + 1 < range.upperBound, bytes[end] == 0x5C,
            bytes[end + 1] == UInt8(ascii: "u"), let low = number(end + 2, 4, bytes),
            low >= 0xDC00, low < 0xE000
        {
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
            end += 6
        }
        let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
        text.append(String(Character(scalar)), at: start)
        return end
    }

    /// Java properties, and settings that continue lines the same way.
    private func continued(_ bytes: [UInt8]) -> PlacedText {
        var text = PlacedText()
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == 0x5C, index + 1 < range.upperBound {
                index = escape(index, bytes, into: &text)
            } else {
                text.append(bytes[index], at: index)
                index += 1
            }
        }
        return text
    }

    // MARK: Entities

    private static let entities: [(String, UInt8)] = [
        ("&amp;", 0x26), ("&lt;", 0x3C), ("&gt;", 0x3E), ("&quot;", 0x22), ("&apos;", 0x27),
        ("&#x2F;", 0x2F), ("&#47;", 0x2F), ("&#58;", 0x3A), ("&#39;", 0x27), ("&#34;", 0x22),
        ("&#10;", 0x0A), ("&#xa;", 0x0A), ("&#xA;", 0x0A), ("&#xD;", 0x0D), ("&#13;", 0x0D),
    ]

    private func entitiesResolved(_ bytes: [UInt8]) -> PlacedText {
        var text = PlacedText()
        var index = range.lowerBound
        let slice = bytes[range]
        while index < range.upperBound {
            if bytes[index] == 0x26,
                let (name, byte) = Self.entities.first(where: {
                    ByteText.matches($0.0, in: slice, at: index)
                })
            {
                text.append(byte, at: index)
                index += name.utf8.count
            } else if ByteText.matches("<![CDATA[", in: slice, at: index) {
                let start = index + 9
                let end = ByteText.find("]]>", in: slice, from: start) ?? range.upperBound
                text.append(start..<max(start, end), of: bytes)
                index = min(range.upperBound, end + 3)
            } else {
                text.append(bytes[index], at: index)
                index += 1
            }
        }
        return text
    }
}

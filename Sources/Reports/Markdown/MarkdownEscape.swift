/// How text from code and logs is kept from being read as Markdown, one function for each context.
enum MarkdownEscape {
    /// Text of one line as a code span (CommonMark 0.31, 6.1). Nothing becomes `–`, since an empty span
    /// is none.
    static func codeSpan(_ text: String) -> String {
        if text.isEmpty { return "–" }
        let fence = String(repeating: "`", count: longestBacktickRun(in: text) + 1)
        let ends = [text.utf8.first, text.utf8.last]
        let isBlank = text.utf8.allSatisfy { $0 == UInt8(ascii: " ") }
        let touches = ends.contains(UInt8(ascii: "`"))
        let isStripped = ends.allSatisfy { $0 == UInt8(ascii: " ") } && !isBlank
        let padding = touches || isStripped ? " " : ""
        return fence + padding + text + padding + fence
    }

    /// Text of one line as prose: no emphasis, link, image, HTML, entity, mathematics or web link
    /// comes of it, and, at the start of a line, no heading, list or quotation.
    static func prose(_ text: String, isAtStart: Bool = true) -> String {
        let bytes = Array(text.utf8)
        var escaped: [UInt8] = []
        escaped.reserveCapacity(bytes.count + 16)
        let start =
            isAtStart ? bytes.firstIndex { $0 != UInt8(ascii: " ") } ?? bytes.count : 0
        let digits = bytes[start...].prefix { (0x30...0x39).contains($0) }
        for index in bytes.indices[start...] {
            let byte = bytes[index]
            let opensBlock =
                isAtStart
                && (index == start && opensBlock(byte)
                    || index == digits.endIndex && !digits.isEmpty
                        && (byte == UInt8(ascii: ".") || byte == UInt8(ascii: ")")))
            if opensBlock || isSpecial(byte, at: index, in: bytes) {
                escaped.append(UInt8(ascii: "\\"))
            }
            escaped.append(byte)
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    /// Lines as a fenced block, each kept on its line.
    static func fenced(_ lines: [String], language: String = "text") -> String {
        let content = lines.map(\.visible)
        let run = content.map(longestBacktickRun).max() ?? 0
        let fence = String(repeating: "`", count: max(3, run + 1))
        return ([fence + language] + content + [fence]).joined(separator: "\n")
    }

    private static func longestBacktickRun(in text: String) -> Int {
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    private static func opensBlock(_ byte: UInt8) -> Bool {
        "#>-+=".utf8.contains(byte)
    }

    private static func isSpecial(_ byte: UInt8, at index: Int, in bytes: [UInt8]) -> Bool {
        let before = index > 0 ? bytes[index - 1] : 0x20
        let after = index + 1 < bytes.count ? bytes[index + 1] : 0x20
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"),
            UInt8(ascii: "~"), UInt8(ascii: "$"):
            return true
        case UInt8(ascii: "_"):
            // Between letters it opens nothing.
            return !(isWord(before) && isWord(after))
        case UInt8(ascii: ":"):
            // `https://` links itself, `:name:` becomes a picture.
            return after != 0x20
        case UInt8(ascii: "."):
            // So does `www.`.
            return index >= 3 && bytes[(index - 3)..<index].allSatisfy { $0 | 0x20 == 0x77 }
        default:
            return false
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}

extension String {
    /// With each of these scalars written as its text. A `Character` would not do: a mark that combines
    /// with a bar makes one of both, which is no bar to Swift and still one to Markdown.
    func writing(_ texts: [Unicode.Scalar: String]) -> String {
        var written = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if let text = texts[scalar] {
                written.append(contentsOf: text.unicodeScalars)
            } else {
                written.append(scalar)
            }
        }
        return String(written)
    }
}

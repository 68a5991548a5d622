/// Makes a template of a regular expression for paths: `^/x/([^/]+)$`, `\/x\/.*`.
struct RegexText {
    private let text: [UInt8]
    private var index = 0
    private var template = Template()
    private var bytes: [UInt8] = []

    private init(_ text: [UInt8]) { self.text = text }

    /// What the expression matches, with a hole for every part that may differ.
    static func template(_ text: [UInt8]) -> Template {
        var regex = RegexText(text)
        while regex.index < text.count { regex.next() }
        regex.template.append(String(decoding: regex.bytes, as: UTF8.self))
        return regex.template
    }

    /// A URL that is written as an expression, as plain text with holes; nil where it is none.
    static func plain(_ template: Template) -> Template? {
        guard let literal = template.literal else { return nil }
        let isExpression =
            literal.contains("\\") || literal.contains(".*") || literal.contains(".+")
            || literal.contains("[^") || literal.hasPrefix("^") || literal.hasSuffix("$")
        return isExpression ? Self.template(Array(literal.utf8)) : nil
    }

    private mutating func next() {
        let byte = text[index]
        switch byte {
        case UInt8(ascii: "^"), UInt8(ascii: "$"): index += 1
        case 0x5C where index + 1 < text.count:
            index += 2
            let escaped = text[index - 1]
            if "AzZbBG".utf8.contains(escaped) { return }  // a place, not text
            if escaped.isLetter || escaped.isDigit {
                quantifier()
                hole()
            } else {
                bytes.append(escaped)
            }
        case UInt8(ascii: "["), UInt8(ascii: "("):
            skip(byte)
            quantifier()
            hole()
        case UInt8(ascii: "."):
            index += 1
            if index < text.count, "*+?{".utf8.contains(text[index]) {
                quantifier()
                hole()
            } else {
                bytes.append(byte)
            }
        case UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "+"): index += 1
        default:
            bytes.append(byte)
            index += 1
        }
    }

    private mutating func hole() {
        template.append(String(decoding: bytes, as: UTF8.self))
        bytes.removeAll()
        if case .hole? = template.pieces.last { return }
        template.append(.hole(Template.Hole(name: "")))
    }

    private mutating func quantifier() {
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"): index += 1
            case UInt8(ascii: "{"):
                guard let end = text[index...].firstIndex(of: UInt8(ascii: "}")) else { return }
                index = end + 1
            default: return
            }
        }
    }

    /// A class or a group as a whole.
    private mutating func skip(_ open: UInt8) {
        var depth = 0
        var isClass = false
        while index < text.count {
            let byte = text[index]
            index += 1
            if byte == 0x5C {
                index = min(text.count, index + 1)
            } else if isClass {
                if byte == UInt8(ascii: "]") { isClass = false }
                if !isClass, depth == 0 { return }
            } else if byte == UInt8(ascii: "[") {
                isClass = true
                // A bracket that comes first belongs to the class.
                if index < text.count, text[index] == UInt8(ascii: "^") { index += 1 }
                if index < text.count, text[index] == UInt8(ascii: "]") { index += 1 }
            } else if byte == UInt8(ascii: "(") {
                depth += 1
            } else if byte == UInt8(ascii: ")") {
                depth -= 1
                if depth <= 0 { return }
            }
        }
    }
}

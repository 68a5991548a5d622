/// Evaluates the small expressions by which settings and flows build texts: literals, names, `+` and
/// `&`, `a ? b : c`, and functions that join or choose.
///
/// `format("%s/x/%s", local.base, var.id)`, `@concat('https://…/', variables('id'))`,
/// `"https://…/" + body.id`, `States.Format('https://…/{}', $.id)`
struct ExpressionText {
    private let text: [UInt8]
    private let names: (String) -> Template?
    private var index = 0
    private var depth = 0

    private static let depthLimit = 24

    private init(_ text: [UInt8], names: @escaping (String) -> Template?) {
        self.text = text
        self.names = names
    }

    /// The expression's text; nil where it is none. `names` may know what a name stands for.
    static func template(
        _ text: [UInt8], names: @escaping (String) -> Template?
    ) -> Template? {
        guard text.count <= DocumentScan.Limit.value else { return nil }
        var expression = ExpressionText(text, names: names)
        let value = expression.choice()
        expression.skipSpace()
        guard expression.index >= text.count else { return nil }
        return value
    }

    // MARK: Marks

    private mutating func skipSpace() {
        while index < text.count, text[index] <= 0x20 { index += 1 }
    }

    private mutating func take(_ mark: Character) -> Bool {
        skipSpace()
        guard index < text.count, text[index] == mark.asciiValue else { return false }
        index += 1
        return true
    }

    // MARK: Operators

    /// `condition ? a : b` is `a`; `a || "b"` is `a`, or else `"b"`.
    private mutating func choice() -> Template? {
        guard var first = sum() else { return nil }
        guard skipComparison(&first) else { return nil }
        guard take("?") else { return first }
        guard let chosen = choice(), take(":"), choice() != nil else { return nil }
        return chosen
    }

    /// `== "eu"`, `&& x`: what only decides; false where it makes no sense.
    private mutating func skipComparison(_ first: inout Template) -> Bool {
        for _ in 0..<8 {
            skipSpace()
            let start = index
            while index < text.count, "=!<>&|?".utf8.contains(text[index]), index < start + 3 {
                index += 1
            }
            let sign = String(decoding: text[start..<index], as: UTF8.self)
            guard Self.comparisons.contains(sign) else {
                index = start
                return true
            }
            guard let other = sum() else { return false }
            if sign == "||" || sign == "??", first.pieces.count == 1,
                case .hole(var hole)? = first.pieces.first, hole.fallback == nil
            {
                hole.fallback = other.literal
                first = Template([.hole(hole)])
            }
        }
        return true
    }

    private static let comparisons: Set<String> = [
        "==", "!=", "===", "!==", "<", ">", "<=", ">=", "&&", "||", "??",
    ]

    private mutating func sum() -> Template? {
        guard var result = operand() else { return nil }
        while true {
            skipSpace()
            guard index < text.count else { return result }
            let byte = text[index]
            let isDouble = index + 1 < text.count && text[index + 1] == byte
            guard
                byte == UInt8(ascii: "+") || byte == UInt8(ascii: "~")
                    || (byte == UInt8(ascii: "&") && !isDouble)
            else { return result }
            index += 1
            guard let next = operand() else { return nil }
            result.append(next)
        }
    }

    // MARK: Operands

    private mutating func operand() -> Template? {
        depth += 1
        defer { depth -= 1 }
        skipSpace()
        guard index < text.count, depth < Self.depthLimit else { return nil }
        let byte = text[index]
        if byte == 0x22 || byte == 0x27 || byte == 0x60 { return literal(byte) }
        if byte == UInt8(ascii: "(") {
            index += 1
            guard let inner = choice(), take(")") else { return nil }
            return inner
        }
        if byte == UInt8(ascii: "@") { index += 1 }
        guard let path = path() else { return nil }
        guard index < text.count, text[index] == UInt8(ascii: "(") else {
            return postfix(names(path) ?? Template(hole: Self.last(path)))
        }
        index += 1
        guard let arguments = arguments() else { return nil }
        return postfix(call(path, arguments))
    }

    private static func last(_ path: String) -> String {
        path.split(separator: ".").last.map(String.init) ?? path
    }

    private mutating func path() -> String? {
        let start = index
        while index < text.count {
            let byte = text[index]
            let isInside = index > start && (byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":"))
            guard
                Placeholders.isWord(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "$")
                    || (isInside && index + 1 < text.count && Placeholders.isWord(text[index + 1]))
            else { break }
            index += 1
        }
        guard index > start else { return nil }
        let name = text[start..<index].drop { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: ".") }
        return String(decoding: name, as: UTF8.self)
    }

    /// `?['id']`, `[0].name`: a part of what is not known anyway.
    private mutating func postfix(_ value: Template) -> Template {
        var value = value
        while index < text.count {
            if text[index] == UInt8(ascii: "?"), index + 1 < text.count,
                text[index + 1] == UInt8(ascii: "[") || text[index + 1] == UInt8(ascii: ".")
            {
                index += 1
            }
            if text[index] == UInt8(ascii: "[") {
                index += 1
                let inner = choice()
                guard take("]") else { return value }
                value = Template(hole: inner?.literal ?? "")
            } else if text[index] == UInt8(ascii: "."), let member = path() {
                value = Template(hole: Self.last(member))
            } else {
                return value
            }
        }
        return value
    }

    private mutating func arguments() -> [Template]? {
        var found: [Template] = []
        if take(")") { return found }
        while found.count < 32 {
            if take("[") {
                guard let inner = list() else { return nil }
                found += inner
            } else {
                guard let argument = choice() else { return nil }
                found.append(argument)
            }
            if take(")") { return found }
            guard take(",") else { return nil }
        }
        return nil
    }

    private mutating func list() -> [Template]? {
        var found: [Template] = []
        while found.count < 32 {
            if take("]") { return found }
            guard let item = choice() else { return nil }
            found.append(item)
            _ = take(",")
        }
        return nil
    }

    private mutating func literal(_ quote: UInt8) -> Template? {
        index += 1
        var bytes: [UInt8] = []
        var template = Template()
        while index < text.count, text[index] != quote {
            let byte = text[index]
            if byte == 0x5C, index + 1 < text.count {
                bytes.append(text[index + 1])
                index += 2
            } else if byte == UInt8(ascii: "$"), quote != 0x27, index + 1 < text.count,
                text[index + 1] == UInt8(ascii: "{")
            {
                index += 2
                guard let inner = choice(), take("}") else { return nil }
                template.append(String(decoding: bytes, as: UTF8.self))
                template.append(inner)
                bytes.removeAll()
            } else {
                bytes.append(byte)
                index += 1
            }
        }
        guard index < text.count else { return nil }
        index += 1
        template.append(String(decoding: bytes, as: UTF8.self))
        return template
    }

    // MARK: Functions

    private func call(_ path: String, _ arguments: [Template]) -> Template {
        guard let first = arguments.first else { return Template(hole: Self.last(path)) }
        switch ByteText.lower(Self.last(path)) {
        case "concat", "strcat":
            return Template(arguments.flatMap(\.pieces))
        case "join":
            // The separator comes first in HCL, last in others; it has no words.
            guard arguments.count > 1 else { return first }
            let isFirst = first.literal.map { $0.utf8.count <= 1 } ?? false
            let separator = (isFirst ? first : arguments[arguments.count - 1]).literal ?? ""
            let items = isFirst ? arguments.dropFirst() : arguments.dropLast()
            var joined = Template()
            for (number, item) in items.enumerated() {
                if number > 0 { joined.append(separator) }
                joined.append(item)
            }
            return joined
        case "format": return Self.formatted(first, Array(arguments.dropFirst()))
        case "coalesce", "try", "nonsensitive", "sensitive", "trimsuffix", "trimprefix", "trim",
            "trimspace", "lower", "tolower", "tostring", "string", "chomp", "encodeuricomponent",
            "uricomponent", "urlencode", "encodeuri", "text.url_encode", "url_encode", "str":
            return first
        case "lookup":
            return arguments.count > 2 ? arguments[2] : Template(hole: Self.last(path))
        default:
            // `variables('base')`, `env("BASE")`: the argument is the name.
            guard arguments.count <= 2, let name = first.literal else {
                return Template(hole: Self.last(path))
            }
            return names(name)
                ?? Template(
                    hole: name,
                    fallback: arguments.last?.literal.flatMap {
                        arguments.count == 2 ? $0 : nil
                    }, isSetting: true)
        }
    }

    /// `%s`, `{}` and `{0}` of a format with the arguments in their places.
    private static func formatted(_ format: Template, _ arguments: [Template]) -> Template {
        guard let text = format.literal.map({ Array($0.utf8) }) else { return format }
        var result = Template()
        var bytes: [UInt8] = []
        var next = 0
        var index = 0
        while index < text.count {
            var number: Int?
            var end = index + 1
            if text[index] == UInt8(ascii: "%"), end < text.count, text[end].isLetter {
                number = next
                end += 1
            } else if text[index] == UInt8(ascii: "{") {
                while end < text.count, text[end].isDigit, end < index + 4 { end += 1 }
                if end < text.count, text[end] == UInt8(ascii: "}") {
                    number =
                        end == index + 1
                        ? next : Int(String(decoding: text[(index + 1)..<end], as: UTF8.self))
                    end += 1
                }
            }
            if let number {
                result.append(String(decoding: bytes, as: UTF8.self))
                bytes.removeAll()
                result.append(number < arguments.count ? arguments[number] : Template(hole: ""))
                next += 1
                index = end
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        result.append(String(decoding: bytes, as: UTF8.self))
        return result
    }
}

/// Finds the placeholders of settings, templates and collections in a text.
///
/// `${name:default}`, `${{ name }}`, `{{ name }}`, `$(name)`, `#{name}`, `%(name)s`, `<< name >>`,
/// `<%= name %>`, `{% … %}`; and where asked `$name` and `/:name`.
struct Placeholders {
    /// Forms that only some documents have.
    struct Forms: OptionSet, Sendable {
        let rawValue: Int
        /// `$NAME`, `%NAME%`
        static let dollarNames = Forms(rawValue: 1)
        /// `/:name`
        static let colonNames = Forms(rawValue: 2)
        /// What stands without quotes is an expression (Terraform).
        static let expressions = Forms(rawValue: 4)
    }

    /// A placeholder and where it stands in the text.
    struct Mark {
        var range: Range<Int>
        /// The last word of what it names; empty where it names nothing.
        var name: String
        /// All that it names: `local.base`, `wdesk.base-url`.
        var path: String
        var fallback: String?

        init(range: Range<Int>, name: String, path: String, fallback: String? = nil) {
            self.range = range
            self.name = name
            self.path = path
            self.fallback = fallback
        }

        /// A name that stands without marks, `local.base`.
        init(path: String) {
            let last = path.split(separator: ".").last.map(String.init) ?? path
            self.init(range: 0..<0, name: last, path: path)
        }
    }

    private let text: [UInt8]
    private let forms: Forms

    /// Reads one text.
    init(_ text: [UInt8], forms: Forms = []) {
        self.text = text
        self.forms = forms
    }

    /// The text as a template; `value` may know what a placeholder stands for.
    static func template(
        _ text: [UInt8], forms: Forms = [], value: (Mark) -> Template? = { _ in nil }
    ) -> Template {
        let marks = Placeholders(text, forms: forms).marks()
        guard !marks.isEmpty else { return Template(String(decoding: text, as: UTF8.self)) }
        var template = Template()
        var index = 0
        for mark in marks {
            template.append(String(decoding: text[index..<mark.range.lowerBound], as: UTF8.self))
            if let known = value(mark) {
                template.append(known)
            } else {
                template.append(
                    .hole(Template.Hole(name: mark.name, fallback: mark.fallback, isSetting: true)))
            }
            index = mark.range.upperBound
        }
        template.append(String(decoding: text[index...], as: UTF8.self))
        return template
    }

    // MARK: Marks

    private static let pairs: [(open: String, close: String)] = [
        ("${{", "}}"), ("{{{", "}}}"), ("{{", "}}"), ("{%", "%}"), ("<%", "%>"), ("$[[", "]]"),
        ("<<", ">>"), ("%(", ")s"), ("#{", "}"), ("${", "}"), ("@{", "}"), ("$(", ")"), ("#[", "]"),
    ]

    /// All placeholders, in order.
    func marks() -> [Mark] {
        var found: [Mark] = []
        var index = 0
        while index < text.count {
            let byte = text[index]
            guard
                byte == 0x24 || byte == 0x7B || byte == 0x3C || byte == 0x25 || byte == 0x23
                    || byte == 0x3A || byte == 0x40
            else {
                index += 1
                continue
            }
            if let mark = mark(at: index) {
                found.append(mark)
                index = mark.range.upperBound
            } else {
                index += 1
            }
        }
        return found
    }

    /// The placeholder at the text's begin.
    func first() -> Mark? { text.isEmpty ? nil : mark(at: 0) }

    private func mark(at index: Int) -> Mark? {
        for pair in Self.pairs where ByteText.matches(pair.open, in: text[...], at: index) {
            let start = index + pair.open.utf8.count
            guard let end = close(pair.close, from: start) else { return nil }
            return mark(index..<(end + pair.close.utf8.count), inside: start..<end)
        }
        if text[index] == UInt8(ascii: ":"), forms.contains(.colonNames), index > 0,
            text[index - 1] == UInt8(ascii: "/")
        {
            return word(after: index)
        }
        guard forms.contains(.dollarNames) else { return nil }
        if text[index] == UInt8(ascii: "$") { return word(after: index) }
        if text[index] == UInt8(ascii: "%"), var mark = word(after: index),
            mark.range.upperBound < text.count, text[mark.range.upperBound] == UInt8(ascii: "%")
        {
            mark.range = index..<(mark.range.upperBound + 1)
            return mark
        }
        return nil
    }

    private func word(after index: Int) -> Mark? {
        var end = index + 1
        while end < text.count, Self.isWord(text[end]) { end += 1 }
        guard end > index + 1, !text[index + 1].isDigit else { return nil }
        let name = String(decoding: text[(index + 1)..<end], as: UTF8.self)
        return Mark(range: index..<end, name: name, path: name)
    }

    /// The closing mark on the same line, not too far away; braces and brackets inside may nest.
    private func close(_ close: String, from start: Int) -> Int? {
        let last = min(text.count, start + 512)
        let isSingle = close.utf8.count == 1
        let closer = close.utf8.first ?? 0
        let opener: UInt8 = closer == UInt8(ascii: ")") ? UInt8(ascii: "(") : UInt8(ascii: "{")
        var depth = 0
        var index = start
        while index < last, text[index] != 0x0A {
            if isSingle {
                if text[index] == opener { depth += 1 }
                if text[index] == closer {
                    if depth == 0 { return index }
                    depth -= 1
                }
            } else if ByteText.matches(close, in: text[...], at: index) {
                return index
            }
            index += 1
        }
        return nil
    }

    static func isWord(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || byte == 0x5F }

    // MARK: Inside

    private func mark(_ range: Range<Int>, inside: Range<Int>) -> Mark {
        var mark = Mark(range: range, name: "", path: "")
        var index = inside.lowerBound
        var path: [UInt8] = []
        // The first word that is no function: `_.base`, `.Values.x`, `env:NAME`, `ENV.fetch("X", "d")`.
        while index < inside.upperBound {
            let byte = text[index]
            if Self.isWord(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") {
                path.append(byte)
            } else if byte == UInt8(ascii: ":"),
                path.isEmpty || Self.prefixes.contains(String(decoding: path, as: UTF8.self))
            {
                path.removeAll()
            } else if !path.isEmpty {
                if isNoise(path) { path.removeAll() } else { break }
            }
            index += 1
        }
        while let last = path.last, last == UInt8(ascii: ".") || last == UInt8(ascii: "-") {
            path.removeLast()
        }
        while let first = path.first, first == UInt8(ascii: ".") || first == UInt8(ascii: "-") {
            path.removeFirst()
        }
        mark.path = String(decoding: path, as: UTF8.self)
        // A chart's values are found by their whole path.
        mark.name =
            mark.path.hasPrefix("Values.")
            ? mark.path : mark.path.split(separator: ".").last.map(String.init) ?? ""
        mark.fallback = fallback(from: index, to: inside.upperBound)
        return mark
    }

    private static let prefixes: Set<String> = [
        "env", "sys", "ssm", "opt", "param", "self", "custom", "secret",
    ]

    private func isNoise(_ path: [UInt8]) -> Bool {
        let word = String(decoding: path, as: UTF8.self)
        return [
            "ENV", "ENV.fetch", "process.env", "prompt", "lookup", "env", "get_env", "quote",
            "default",
            "required", "tpl", "include", "toString", "vault", "param", "__P", "__property",
            "response",
            "-", "os.environ", "fromJson", "format", "env_var", "if", "else", "end", "dotenv",
            "processEnv", "getenv", "System.getenv", "parameters", "variables", "concat",
        ].contains(word)
    }

    /// `:-x`, `:x`, `|| 'x'`, `| default('x')`, `, "x"`.
    private func fallback(from start: Int, to end: Int) -> String? {
        var index = start
        while index < end, " )]\"'".utf8.contains(text[index]) { index += 1 }
        guard index < end else { return nil }
        let rest = text[index..<end]
        if text[index] == UInt8(ascii: ":") || text[index] == UInt8(ascii: "-") {
            index += 1
            if index < end, text[index - 1] == UInt8(ascii: ":"),
                text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "=")
            {
                index += 1
            }
            if index < end, text[index] == UInt8(ascii: "?") || text[index] == UInt8(ascii: "+") {
                return nil
            }
            return unquoted(index..<end)
        }
        let isDefault =
            text[index] == UInt8(ascii: ",") || ByteText.find("||", in: rest) == index
            || ByteText.find("default", in: rest) != nil || ByteText.find("??", in: rest) == index
        guard isDefault else { return nil }
        guard let quote = rest.firstIndex(where: { $0 == 0x22 || $0 == 0x27 }),
            let close = text[(quote + 1)..<end].firstIndex(of: text[quote])
        else {
            return text[index] == UInt8(ascii: ",") ? unquoted((index + 1)..<end) : nil
        }
        return String(decoding: text[(quote + 1)..<close], as: UTF8.self)
    }

    private func unquoted(_ range: Range<Int>) -> String {
        var range = ByteText.trimmed(range, of: text)
        while range.count > 0, ")\"'".utf8.contains(text[range.upperBound - 1]) {
            range = range.lowerBound..<(range.upperBound - 1)
        }
        while range.count > 0, "\"'".utf8.contains(text[range.lowerBound]) {
            range = (range.lowerBound + 1)..<range.upperBound
        }
        return String(decoding: text[range], as: UTF8.self)
    }
}

/// Turns what a document's own tool replaces in a command into what a shell would: `$(Name)` of
/// Azure and Kubernetes, `<< parameters.x >>` of CircleCI, `$$` of Compose, known values in quotes.
struct ShellMacros {
    /// What the tool around the command replaces.
    struct Forms: OptionSet, Sendable {
        let rawValue: Int
        /// `$(Build.Id)` is always a variable.
        static let parentheses = Forms(rawValue: 1)
        /// `$$` is a dollar sign.
        static let doubledDollar = Forms(rawValue: 2)
        /// `${local.base}` is never the shell's (Terraform).
        static let interpolations = Forms(rawValue: 4)
    }

    private let text: PlacedText
    private let scope: VariableScope
    private let forms: Forms
    private var result = PlacedText()
    private var index = 0
    /// The quote that is open, or 0.
    private var quote: UInt8 = 0

    private init(_ text: PlacedText, scope: VariableScope, forms: Forms) {
        self.text = text
        self.scope = scope
        self.forms = forms
    }

    /// The command as a shell would get it.
    static func replaced(_ text: PlacedText, scope: VariableScope, forms: Forms = []) -> PlacedText
    {
        guard ByteText.contains("$(", "$$", "$[[", "<<", "{{", "${", in: text.bytes[...]) else {
            return text
        }
        var macros = ShellMacros(text, scope: scope, forms: forms)
        macros.run()
        return macros.result
    }

    private mutating func run() {
        while index < text.bytes.count {
            let byte = text.bytes[index]
            if !macro(byte) { copy(byte) }
        }
    }

    private mutating func copy(_ byte: UInt8) {
        switch byte {
        case 0x5C where quote != 0x27:
            result.append(byte, at: text.offset(of: index))
            index += 1
            guard index < text.bytes.count else { return }
        case 0x22, 0x27:
            if quote == 0 { quote = byte } else if quote == byte { quote = 0 }
        case UInt8(ascii: "#") where quote == 0 && (index == 0 || text.bytes[index - 1] <= 0x20):
            while index < text.bytes.count, text.bytes[index] != 0x0A {
                result.append(text.bytes[index], at: text.offset(of: index))
                index += 1
            }
            return
        default: break
        }
        result.append(text.bytes[index], at: text.offset(of: index))
        index += 1
    }

    private mutating func macro(_ byte: UInt8) -> Bool {
        guard byte == UInt8(ascii: "$") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "{")
        else { return false }
        if forms.contains(.doubledDollar), byte == UInt8(ascii: "$"), index + 1 < text.bytes.count,
            text.bytes[index + 1] == byte
        {
            result.append(byte, at: text.offset(of: index))
            index += 2
            return true
        }
        let rest = text.bytes[index..<min(text.bytes.count, index + 600)]
        if ByteText.matches("$[[", in: rest, at: index) {
            return rewrite(rest, "$[[", "]]", "${{", "}}")
        }
        if ByteText.matches("<<", in: rest, at: index) {
            let end = ByteText.find(">>", in: rest) ?? rest.endIndex
            guard ByteText.contains("parameters.", "pipeline.", "matrix.", in: rest[..<end]) else {
                return false
            }
            return rewrite(rest, "<<", ">>", "{{", "}}")
        }
        if ByteText.matches("$(", in: rest, at: index) {
            guard let name = word(in: rest, from: index + 2), name.end < rest.endIndex,
                rest[name.end] == UInt8(ascii: ")"),
                forms.contains(.parentheses) || scope.contains(name.text)
            else { return false }
            return known(name.text, end: name.end + 1) || rewrite(rest, "$(", ")", "${", "}")
        }
        if quote == 0x27 || forms.contains(.interpolations), replacement(rest) { return true }
        return forms.contains(.interpolations) && interpolation(rest)
    }

    /// `${var.base}` becomes `${base}`, which settings of other files may fill.
    private mutating func interpolation(_ rest: ArraySlice<UInt8>) -> Bool {
        guard ByteText.matches("${", in: rest, at: index),
            let name = word(in: rest, from: index + 2), name.end < rest.endIndex,
            rest[name.end] == UInt8(ascii: "}"), let last = name.text.split(separator: ".").last,
            last.utf8.count < name.text.utf8.count
        else { return false }
        append("${", over: index..<(index + 2))
        let start = name.end - last.utf8.count
        for position in start..<name.end {
            result.append(text.bytes[position], at: text.offset(of: position))
        }
        append("}", over: name.end..<(name.end + 1))
        index = name.end + 1
        return true
    }

    /// Another spelling of the same length, so that places stay right.
    private mutating func rewrite(
        _ rest: ArraySlice<UInt8>, _ open: String, _ close: String, _ newOpen: String,
        _ newClose: String
    ) -> Bool {
        let start = index + open.utf8.count
        guard let end = ByteText.find(close, in: rest, from: start),
            !rest[start..<end].contains(0x0A)
        else { return false }
        let words = rest[start..<end].split { !Placeholders.isWord($0) }
        if let last = words.last,
            known(String(decoding: last, as: UTF8.self), end: end + close.utf8.count)
        {
            return true
        }
        append(newOpen, over: index..<start)
        for position in start..<end {
            result.append(text.bytes[position], at: text.offset(of: position))
        }
        index = end + close.utf8.count
        append(newClose, over: end..<index)
        return true
    }

    private mutating func append(_ mark: String, over range: Range<Int>) {
        for (distance, byte) in mark.utf8.enumerated() {
            result.append(
                byte, at: text.offset(of: min(range.lowerBound + distance, range.upperBound - 1)))
        }
    }

    /// The tool replaces inside single quotes too, where a shell would not look.
    private mutating func replacement(_ rest: ArraySlice<UInt8>) -> Bool {
        let mark = Placeholders(Array(rest)).first()
        guard let mark, mark.range.lowerBound == 0 else { return false }
        return known(mark.name, end: index + mark.range.upperBound)
            || known(mark.path, end: index + mark.range.upperBound)
    }

    private mutating func known(_ name: String, end: Int) -> Bool {
        guard quote == 0x27 || forms.contains(.interpolations), let value = scope.literal(name),
            value.utf8.count < 2_000
        else { return false }
        result.append(
            String(value.map { $0.isNewline || $0 == "'" ? " " : $0 }), at: text.offset(of: index))
        index = end
        return true
    }

    private func word(in rest: ArraySlice<UInt8>, from start: Int) -> (text: String, end: Int)? {
        var end = start
        while end < rest.endIndex, Placeholders.isWord(rest[end]) || rest[end] == UInt8(ascii: ".")
        { end += 1 }
        guard end > start else { return nil }
        return (String(decoding: rest[start..<end], as: UTF8.self), end)
    }
}

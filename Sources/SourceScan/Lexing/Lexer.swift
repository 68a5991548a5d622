/// Cuts source text into tokens; driven by the language's row, for every language the same.
///
/// It never fails: what it cannot read becomes a symbol of one byte.
struct Lexer {
    let bytes: [UInt8]
    let language: Language
    private var stream = TokenStream()
    private var startsLine = true
    private var pendingHereDocuments: [(token: Int, tag: [UInt8], raw: Bool, indented: Bool)] = []
    private let rules: LexingRules

    private init(bytes: [UInt8], language: Language) {
        self.bytes = bytes
        self.language = language
        rules = LexingRules.of(language)
    }

    /// The tokens of `range` of `bytes`, ended by a token of kind `end`.
    static func tokens(
        of bytes: [UInt8], in range: Range<Int>? = nil, language: Language
    ) -> TokenStream {
        var lexer = Lexer(bytes: bytes, language: language)
        let range = range ?? 0..<bytes.count
        lexer.run(from: range.lowerBound, to: min(range.upperBound, bytes.count))
        return lexer.stream
    }

    private mutating func run(from start: Int, to end: Int) {
        var position = start
        while position < end {
            let byte = bytes[position]
            if byte == 0x0A || byte == 0x0D {
                startsLine = true
                position += 1
                if !pendingHereDocuments.isEmpty, byte == 0x0A {
                    position = readHereDocuments(from: position, to: end)
                }
                continue
            }
            if byte == 0x20 || byte == 0x09 || byte == 0x0C || byte == 0xA0 {
                position += 1
                continue
            }
            if byte == UInt8(ascii: "\\"), position + 1 < end,
                bytes[position + 1] == 0x0A || bytes[position + 1] == 0x0D
            {
                position += bytes[position + 1] == 0x0D && position + 2 < end ? 3 : 2
                continue
            }
            if byte == UInt8(ascii: "_"), let next = underscoreContinuation(at: position, to: end) {
                position = next
                continue
            }
            if let next = comment(at: position, to: end) {
                position = next
                continue
            }
            position = token(at: position, to: end)
        }
        add(.end, from: end, to: end)
    }

    private mutating func add(_ kind: Token.Kind, from start: Int, to end: Int, value: Int = -1) {
        stream.tokens.append(
            Token(kind: kind, startsLine: startsLine, start: start, end: end, value: value))
        startsLine = false
    }

    /// Behind the end of a line that a lone underscore joins to the next one; nil where there is none.
    private func underscoreContinuation(at position: Int, to end: Int) -> Int? {
        guard language.traits.contains(.underscoreContinues), position > 0,
            bytes[position - 1] == 0x20 || bytes[position - 1] == 0x09
        else { return nil }
        var index = position + 1
        while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        guard index < end, bytes[index] == 0x0A || bytes[index] == 0x0D else { return nil }
        let isPair = bytes[index] == 0x0D && index + 1 < end && bytes[index + 1] == 0x0A
        return index + (isPair ? 2 : 1)
    }

    private func matches(_ text: [UInt8], at position: Int, to end: Int) -> Bool {
        guard position + text.count <= end else { return false }
        for index in text.indices where bytes[position + index] != text[index] { return false }
        return true
    }

    private func find(_ text: [UInt8], from position: Int, to end: Int) -> Int? {
        guard let first = text.first else { return nil }
        var index = position
        while index + text.count <= end {
            if bytes[index] == first, matches(text, at: index, to: end) { return index }
            index += 1
        }
        return nil
    }

    private func lineEnd(from position: Int, to end: Int) -> Int {
        var index = position
        while index < end, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
        return index
    }

    // MARK: Comments

    private mutating func comment(at position: Int, to end: Int) -> Int? {
        let byte = bytes[position]
        for (open, close) in rules.blockComments where open.first == byte || open.first == 0x0A {
            var open = open
            if open.first == 0x0A {
                guard position == 0 || bytes[position - 1] == 0x0A else { continue }
                open.removeFirst()
            }
            guard matches(open, at: position, to: end) else { continue }
            let stop =
                find(close, from: position + open.count, to: end).map { $0 + close.count } ?? end
            stream.comments.append(position..<stop)
            if bytes[position..<stop].contains(0x0A) { startsLine = true }
            return stop
        }
        for open in rules.lineComments where open.first == byte || rules.ignoresCase {
            guard matches(open, at: position, to: end) else { continue }
            if byte == UInt8(ascii: "#"), !hashBeginsComment(at: position) { continue }
            if open.count > 2, !startsLine { continue }
            let stop = lineEnd(from: position, to: end)
            stream.comments.append(position..<stop)
            return stop
        }
        return nil
    }

    private func hashBeginsComment(at position: Int) -> Bool {
        guard position > 0, language.name != "python" else { return true }
        if language.name == "php", position + 1 < bytes.count,
            bytes[position + 1] == UInt8(ascii: "[")
        {
            return false
        }
        let before = bytes[position - 1]
        return language.name != "perl" || before == 0x20 || before == 0x09 || before == 0x0A
            || before == UInt8(ascii: ";") || before == UInt8(ascii: "}")
    }

    // MARK: Tokens

    private mutating func token(at position: Int, to end: Int) -> Int {
        let byte = bytes[position]
        if let next = string(at: position, to: end) { return next }
        if language.isNameStart(byte) { return name(at: position, to: end) }
        if byte.isDigit { return number(at: position, to: end) }
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
            add(.open, from: position, to: position + 1)
            return position + 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
            add(.close, from: position, to: position + 1)
            return position + 1
        default: break
        }
        for symbol in rules.symbols(beginningWith: byte)
        where matches(symbol, at: position, to: end) {
            add(.symbol, from: position, to: position + symbol.count)
            return position + symbol.count
        }
        add(.symbol, from: position, to: position + 1)
        return position + 1
    }

    private mutating func name(at position: Int, to end: Int) -> Int {
        var index = position + 1
        let isShellLike = language.name == "powershell"
        while index < end {
            let byte = bytes[index]
            if language.isNameByte(byte) {
                // `$env:NAME` is one name, `Key: value` is not.
                if byte == UInt8(ascii: ":") {
                    guard bytes[position] == UInt8(ascii: "$"), index + 1 < end,
                        language.isNameStart(bytes[index + 1])
                    else { break }
                }
                index += 1
            } else if isShellLike, byte == UInt8(ascii: "-"), bytes[position] != 0x24,
                index + 1 < end, bytes[index + 1].isLetter
            {
                index += 1
            } else {
                break
            }
        }
        add(.name, from: position, to: index)
        return index
    }

    private mutating func number(at position: Int, to end: Int) -> Int {
        var index = position + 1
        while index < end {
            let byte = bytes[index]
            if byte.isDigit || byte.isLetter || byte == UInt8(ascii: "_") {
                index += 1
            } else if byte == UInt8(ascii: "."), index + 1 < end, bytes[index + 1].isDigit {
                index += 1
            } else {
                break
            }
        }
        add(.number, from: position, to: index)
        return index
    }

    // MARK: Strings

    private mutating func string(at position: Int, to end: Int) -> Int? {
        let byte = bytes[position]
        if language.traits.contains(.lifetimes), byte == UInt8(ascii: "'") {
            return lifetimeOrCharacter(at: position, to: end)
        }
        if let next = specialString(at: position, to: end) { return next }
        for rule in rules.strings(beginningWith: byte) {
            guard matches(rule.open, at: position, to: end) else { continue }
            return body(rule, from: position, contentFrom: position + rule.open.count, to: end)
        }
        if byte == UInt8(ascii: "/"), language.traits.contains(.slashPatterns), patternMayBegin() {
            return pattern(at: position, to: end)
        }
        return nil
    }

    private mutating func specialString(at position: Int, to end: Int) -> Int? {
        let byte = bytes[position]
        let traits = language.traits
        if traits.contains(.quotedNames) {
            if byte == UInt8(ascii: "`"), let close = find([byte], from: position + 1, to: end) {
                add(.name, from: position, to: close + 1)
                return close + 1
            }
            if byte == UInt8(ascii: "#"), position + 1 < end, bytes[position + 1] == 0x22,
                let close = find([0x22], from: position + 2, to: end),
                !traits.contains(.hashStrings)
            {
                add(.name, from: position, to: close + 1)
                return close + 1
            }
        }
        if traits.contains(.hashStrings), let next = hashString(at: position, to: end) {
            return next
        }
        if traits.contains(.rawDelimited), byte == UInt8(ascii: "R"), position + 1 < end,
            bytes[position + 1] == 0x22
        {
            return rawDelimited(at: position, to: end)
        }
        if traits.contains(.longBrackets), byte == UInt8(ascii: "["), position + 1 < end,
            bytes[position + 1] == UInt8(ascii: "[")
        {
            let rule = LexingRules.Rule(
                open: [byte, byte], close: Array("]]".utf8), escape: .none, interpolation: [],
                multiline: true)
            return body(rule, from: position, contentFrom: position + 2, to: end)
        }
        if traits.contains(.percentStrings), byte == UInt8(ascii: "%"), valueMayBegin() {
            return delimited(
                at: position + 1, from: position, to: end, words: "wWiI", quotes: "qQr")
        }
        if traits.contains(.quoteWords), byte == UInt8(ascii: "q"), valueMayBegin() {
            return delimited(at: position, from: position, to: end, words: "", quotes: "q")
        }
        if traits.contains(.hereDocuments), byte == UInt8(ascii: "<"),
            let next = hereDocumentMark(at: position, to: end)
        {
            return next
        }
        if traits.contains(.prefixedStrings), byte.isLetter {
            var index = position
            while index < end, bytes[index].isLetter { index += 1 }
            guard index < end, bytes[index] == 0x22, index - position <= 12 else { return nil }
            let long = matches(Array("\"\"\"".utf8), at: index, to: end)
            let quote: [UInt8] = long ? [0x22, 0x22, 0x22] : [0x22]
            let rule = LexingRules.Rule(
                open: Array(bytes[position..<index]) + quote, close: quote,
                escape: long ? .none : .backslash, interpolation: [.dollarBrace, .dollarName],
                multiline: long)
            return body(rule, from: position, contentFrom: index + quote.count, to: end)
        }
        return nil
    }

    private mutating func lifetimeOrCharacter(at position: Int, to end: Int) -> Int {
        var close = position + 1
        if close < end, bytes[close] == UInt8(ascii: "\\") { close += 2 }
        while close < end, close < position + 12, bytes[close] != UInt8(ascii: "'") {
            if bytes[position + 1] != UInt8(ascii: "\\"), bytes[close].isLetter,
                close > position + 1
            {
                break
            }
            close += 1
        }
        if close < end, bytes[close] == UInt8(ascii: "'") {
            let text = String(decoding: bytes[(position + 1)..<close], as: UTF8.self)
            stream.strings.append(StringLiteral(parts: [.text(text, at: position + 1)]))
            add(.string, from: position, to: close + 1, value: stream.strings.count - 1)
            return close + 1
        }
        add(.symbol, from: position, to: position + 1)
        return position + 1
    }

    private mutating func hashString(at position: Int, to end: Int) -> Int? {
        var index = position
        if language.name == "rust" {
            if index < end, bytes[index] == UInt8(ascii: "b") { index += 1 }
            guard index < end, bytes[index] == UInt8(ascii: "r") else { return nil }
            index += 1
        }
        var hashes = 0
        while index < end, bytes[index] == UInt8(ascii: "#") {
            hashes += 1
            index += 1
        }
        guard index < end, bytes[index] == 0x22, hashes > 0 || language.name == "rust" else {
            return nil
        }
        let rule = LexingRules.Rule(
            open: [], close: [0x22] + [UInt8](repeating: UInt8(ascii: "#"), count: hashes),
            escape: .none, interpolation: [], multiline: true)
        return body(rule, from: position, contentFrom: index + 1, to: end)
    }

    private mutating func rawDelimited(at position: Int, to end: Int) -> Int? {
        guard let open = find([UInt8(ascii: "(")], from: position + 2, to: min(end, position + 20))
        else { return nil }
        let close =
            [UInt8(ascii: ")")] + bytes[(position + 2)..<open] + [0x22]
        let rule = LexingRules.Rule(
            open: [], close: Array(close), escape: .none, interpolation: [], multiline: true)
        return body(rule, from: position, contentFrom: open + 1, to: end)
    }

    /// `q(…)`, `qq{…}`, `qw[…]`, `%w[…]`, `%q(…)`.
    private mutating func delimited(
        at letter: Int, from start: Int, to end: Int, words: String, quotes: String
    ) -> Int? {
        var index = letter
        var isWords = false
        var interpolates = false
        guard index < end else { return nil }
        if language.traits.contains(.quoteWords) {
            guard index + 1 < end else { return nil }
            index += 1
            if bytes[index] == UInt8(ascii: "q") {
                interpolates = true
                index += 1
            } else if bytes[index] == UInt8(ascii: "w") {
                isWords = true
                index += 1
            }
            while index < end, bytes[index] == 0x20 { index += 1 }
        } else if words.utf8.contains(bytes[index]) {
            isWords = true
            index += 1
        } else if quotes.utf8.contains(bytes[index]) {
            interpolates = bytes[index] == UInt8(ascii: "Q")
            index += 1
        } else {
            interpolates = true
        }
        guard index < end, let close = closing(of: bytes[index]) else { return nil }
        if close == UInt8(ascii: ">") && bytes[index] != UInt8(ascii: "<") { return nil }
        guard let stop = balanced(open: bytes[index], close: close, from: index, to: end) else {
            return nil
        }
        let content = (index + 1)..<stop
        if isWords {
            // A list of words reads as a list of strings.
            add(.open, from: start, to: start)
            bytesOfKind[start] = UInt8(ascii: "[")
            for word in words_(in: content) {
                stream.strings.append(
                    StringLiteral(parts: [
                        .text(
                            String(decoding: bytes[word], as: UTF8.self), at: word.lowerBound)
                    ]))
                add(
                    .string, from: word.lowerBound, to: word.upperBound,
                    value: stream.strings.count - 1)
                add(.symbol, from: word.upperBound, to: word.upperBound)
            }
            add(.close, from: stop, to: stop + 1)
            return stop + 1
        }
        let rule = LexingRules.Rule(
            open: [], close: [close], escape: .backslash,
            interpolation: interpolates
                ? (language.name == "ruby" ? .hashBrace : [.dollarName, .dollarBrace, .dollarPath])
                : [], multiline: true)
        let parts = self.parts(of: content, rule: rule)
        stream.strings.append(StringLiteral(parts: parts))
        add(.string, from: start, to: stop + 1, value: stream.strings.count - 1)
        return stop + 1
    }

    /// Opens that stand for a bracket that is not written.
    private var bytesOfKind: [Int: UInt8] = [:]

    private func words_(in range: Range<Int>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start: Int?
        for index in range {
            let isSpace = bytes[index] <= 0x20
            if isSpace, let begin = start {
                found.append(begin..<index)
                start = nil
            } else if !isSpace, start == nil {
                start = index
            }
        }
        if let begin = start { found.append(begin..<range.upperBound) }
        return found
    }

    private func closing(of byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "("): UInt8(ascii: ")")
        case UInt8(ascii: "["): UInt8(ascii: "]")
        case UInt8(ascii: "{"): UInt8(ascii: "}")
        case UInt8(ascii: "<"): UInt8(ascii: ">")
        case UInt8(ascii: "|"), UInt8(ascii: "/"), UInt8(ascii: "!"), UInt8(ascii: "~"),
            UInt8(ascii: "#"):
            byte
        default: nil
        }
    }

    private func balanced(open: UInt8, close: UInt8, from position: Int, to end: Int) -> Int? {
        var depth = 0
        var index = position
        let limit = min(end, position + 65_536)
        while index < limit {
            if bytes[index] == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            if bytes[index] == close, open != close || index > position {
                depth -= open == close ? 0 : 1
                if depth <= 0 { return index }
            } else if bytes[index] == open, open != close {
                depth += 1
            }
            index += 1
        }
        return nil
    }

    private mutating func body(
        _ rule: LexingRules.Rule, from start: Int, contentFrom content: Int, to end: Int
    ) -> Int {
        let stop = endOfString(rule, from: content, to: end)
        stream.strings.append(StringLiteral(parts: parts(of: content..<stop.content, rule: rule)))
        add(.string, from: start, to: stop.after, value: stream.strings.count - 1)
        return stop.after
    }

    private func endOfString(
        _ rule: LexingRules.Rule, from content: Int, to end: Int
    ) -> (content: Int, after: Int) {
        var index = content
        while index < end {
            let byte = bytes[index]
            if !rule.multiline, byte == 0x0A || byte == 0x0D { return (index, index) }
            switch rule.escape {
            case .backslash where byte == UInt8(ascii: "\\"):
                if rule.interpolation.contains(.backslashParen), index + 1 < end,
                    bytes[index + 1] == UInt8(ascii: "("),
                    let close = closeOfCode(from: index + 1, to: end, multiline: rule.multiline)
                {
                    index = close + 1
                } else {
                    index += 2
                }
                continue
            case .backtick where byte == UInt8(ascii: "`"):
                index += 2
                continue
            case .doubled
            where byte == rule.close.first && index + 1 < end
                && bytes[index + 1] == byte && rule.close.count == 1:
                index += 2
                continue
            default: break
            }
            if rule.interpolation.hasMarks,
                let open = codeOpen(at: index, to: end, interpolation: rule.interpolation),
                let close = closeOfCode(from: open, to: end, multiline: rule.multiline)
            {
                index = close + 1
                continue
            }
            if byte == rule.close.first, matches(rule.close, at: index, to: end) {
                return (index, index + rule.close.count)
            }
            index += 1
        }
        return (min(index, end), min(index, end))
    }

    /// The bracket that opens interpolated code at `index`, for the forms with brackets.
    private func codeOpen(at index: Int, to end: Int, interpolation: Language.Interpolation) -> Int?
    {
        let byte = bytes[index]
        let next = index + 1 < end ? bytes[index + 1] : 0
        let brace = UInt8(ascii: "{")
        if byte == UInt8(ascii: "$"), next == brace,
            interpolation.contains(.dollarBrace)
        {
            return index + 1
        }
        if byte == UInt8(ascii: "$"), next == UInt8(ascii: "("),
            interpolation.contains(.dollarParen)
        {
            return index + 1
        }
        if byte == UInt8(ascii: "#"), next == brace, interpolation.contains(.hashBrace) {
            return index + 1
        }
        if byte == brace, interpolation.contains(.brace), next != brace,
            index == 0 || bytes[index - 1] != brace || isEscapedPair(before: index)
        {
            return index
        }
        if byte == brace, next == UInt8(ascii: "$"), interpolation.contains(.braceDollar) {
            return index
        }
        return nil
    }

    /// Whether the braces before `index` are all spent in pairs (`{{{x}` is a brace and a value).
    private func isEscapedPair(before index: Int) -> Bool {
        var count = 0
        var back = index - 1
        while back >= 0, bytes[back] == UInt8(ascii: "{") {
            count += 1
            back -= 1
        }
        return count % 2 == 0
    }

    /// The bracket that closes the one at `open`, strings in between skipped.
    private func closeOfCode(from open: Int, to end: Int, multiline: Bool) -> Int? {
        guard let close = closing(of: bytes[open]) else { return nil }
        var depth = 0
        var index = open
        let limit = min(end, open + 4096)
        while index < limit {
            let byte = bytes[index]
            if byte == 0x0A, !multiline { return nil }
            if byte == bytes[open] {
                depth += 1
            } else if byte == close {
                depth -= 1
                if depth == 0 { return index }
            } else if byte == 0x22 || byte == 0x27 || byte == 0x60, index > open,
                let after = quoteEnd(from: index, to: limit)
            {
                index = after
                continue
            }
            index += 1
        }
        return nil
    }

    private func quoteEnd(from index: Int, to limit: Int) -> Int? {
        let quote = bytes[index]
        var scan = index + 1
        while scan < limit {
            if bytes[scan] == UInt8(ascii: "\\") {
                scan += 2
                continue
            }
            if bytes[scan] == quote { return scan + 1 }
            if bytes[scan] == 0x0A { return nil }
            scan += 1
        }
        return nil
    }

    private func parts(of range: Range<Int>, rule: LexingRules.Rule) -> [StringLiteral.Part] {
        var parts: [StringLiteral.Part] = []
        var text: [UInt8] = []
        var textStart = range.lowerBound
        var index = range.lowerBound
        func flush(_ parts: inout [StringLiteral.Part], _ text: inout [UInt8]) {
            guard !text.isEmpty else { return }
            parts.append(.text(String(decoding: text, as: UTF8.self), at: textStart))
            text.removeAll(keepingCapacity: true)
        }
        while index < range.upperBound {
            let byte = bytes[index]
            let next = index + 1 < range.upperBound ? bytes[index + 1] : 0
            if rule.escape.isBackslash, byte == UInt8(ascii: "\\") {
                if rule.interpolation.contains(.backslashParen), next == UInt8(ascii: "("),
                    let close = closeOfCode(from: index + 1, to: range.upperBound, multiline: true)
                {
                    flush(&parts, &text)
                    parts.append(.code((index + 2)..<close))
                    index = close + 1
                    textStart = index
                    continue
                }
                text.append(contentsOf: unescaped(next))
                index += 2
                continue
            }
            if case .backtick = rule.escape, byte == UInt8(ascii: "`") {
                text.append(next)
                index += 2
                continue
            }
            if case .doubled = rule.escape, byte == rule.close.first, next == byte {
                text.append(byte)
                index += 2
                continue
            }
            if rule.interpolation.contains(.brace), byte == next,
                byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
            {
                text.append(byte)
                index += 2
                continue
            }
            if rule.interpolation.hasMarks,
                let open = codeOpen(
                    at: index, to: range.upperBound, interpolation: rule.interpolation),
                let close = closeOfCode(from: open, to: range.upperBound, multiline: true)
            {
                flush(&parts, &text)
                parts.append(.code(open + 1..<codeEnd(open + 1..<close, rule: rule)))
                index = close + 1
                textStart = index
                continue
            }
            if rule.interpolation.contains(.dollarName), byte == UInt8(ascii: "$"),
                let stop = namePath(from: index, to: range.upperBound, rule: rule)
            {
                flush(&parts, &text)
                parts.append(.code(index..<stop))
                index = stop
                textStart = index
                continue
            }
            if text.isEmpty { textStart = index }
            text.append(byte)
            index += 1
        }
        flush(&parts, &text)
        return parts
    }

    /// Leaves out a format specification: `{x:>10}`, `{x!r}`.
    private func codeEnd(_ range: Range<Int>, rule: LexingRules.Rule) -> Int {
        guard rule.interpolation.contains(.brace) else { return range.upperBound }
        var depth = 0
        for index in range {
            switch bytes[index] {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ":") where depth == 0 && index > range.lowerBound: return index
            case UInt8(ascii: "!")
            where depth == 0 && index + 1 < range.upperBound
                && bytes[index + 1].isLetter && index + 2 >= range.upperBound:
                return index
            default: break
            }
        }
        return range.upperBound
    }

    /// The end of `$name`, `$name->x`, `$name['x']`.
    private func namePath(from index: Int, to end: Int, rule: LexingRules.Rule) -> Int? {
        var scan = index + 1
        guard scan < end, bytes[scan].isLetter || bytes[scan] == UInt8(ascii: "_") else {
            return nil
        }
        while scan < end, bytes[scan].isLetter || bytes[scan].isDigit || bytes[scan] == 0x5F {
            scan += 1
        }
        if language.name == "powershell", scan + 1 < end, bytes[scan] == UInt8(ascii: ":"),
            bytes[scan + 1].isLetter
        {
            scan += 1
            while scan < end, bytes[scan].isLetter || bytes[scan].isDigit || bytes[scan] == 0x5F {
                scan += 1
            }
        }
        guard rule.interpolation.contains(.dollarPath) else { return scan }
        var more = true
        while more, scan < end {
            more = false
            if bytes[scan] == UInt8(ascii: "-"), scan + 2 < end,
                bytes[scan + 1] == UInt8(ascii: ">")
            {
                var member = scan + 2
                while member < end,
                    bytes[member].isLetter || bytes[member].isDigit
                        || bytes[member] == 0x5F
                { member += 1 }
                let isBracket =
                    member < end
                    && (bytes[member] == UInt8(ascii: "{") || bytes[member] == UInt8(ascii: "["))
                if member > scan + 2 || isBracket {
                    scan = member
                    more = true
                }
            }
            if scan < end,
                bytes[scan] == UInt8(ascii: "[")
                    || (bytes[scan] == UInt8(ascii: "{") && language.name == "perl"),
                let close = closeOfCode(from: scan, to: end, multiline: false)
            {
                scan = close + 1
                more = language.name == "perl"
            }
        }
        return scan
    }

    private func unescaped(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "n"): [0x0A]
        case UInt8(ascii: "r"): [0x0D]
        case UInt8(ascii: "t"): [0x09]
        case 0x0A, 0x0D: []
        default: [byte]
        }
    }

    // MARK: Patterns and here-documents

    private func lastByte() -> UInt8? {
        guard let last = stream.tokens.last else { return nil }
        switch last.kind {
        case .name, .number, .string, .close: return 0
        case .symbol, .open: return bytes[last.start]
        case .blockOpen, .blockClose, .end: return nil
        }
    }

    private func valueMayBegin() -> Bool {
        guard let last = stream.tokens.last, !startsLine else { return true }
        switch last.kind {
        case .number, .string, .close, .blockClose: return false
        case .name:
            return [
                "return", "and", "or", "not", "if", "unless", "print", "puts", "in", "when", "my",
            ]
            .contains(String(decoding: bytes[last.start..<last.end], as: UTF8.self))
        case .symbol, .open, .blockOpen, .end: return true
        }
    }

    private func patternMayBegin() -> Bool { valueMayBegin() && lastByte() != 0 }

    private mutating func pattern(at position: Int, to end: Int) -> Int? {
        var index = position + 1
        var inClass = false
        guard index < end, bytes[index] != UInt8(ascii: "/"), bytes[index] != 0x20 else {
            return nil
        }
        while index < end, bytes[index] != 0x0A {
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "["): inClass = true
            case UInt8(ascii: "]"): inClass = false
            case UInt8(ascii: "/") where !inClass:
                index += 1
                while index < end, bytes[index].isLetter { index += 1 }
                // A pattern is no text of a URL: it becomes a number-like token.
                add(.number, from: position, to: index)
                return index
            default: break
            }
            index += 1
        }
        return nil
    }

    private mutating func hereDocumentMark(at position: Int, to end: Int) -> Int? {
        guard matches(Array("<<".utf8), at: position, to: end) else { return nil }
        var index = position + 2
        if language.name == "php" {
            guard index < end, bytes[index] == UInt8(ascii: "<") else { return nil }
            index += 1
        }
        var indented = language.name == "php"
        if index < end, bytes[index] == UInt8(ascii: "~") || bytes[index] == UInt8(ascii: "-") {
            indented = true
            index += 1
        }
        var quote: UInt8?
        if index < end, bytes[index] == 0x22 || bytes[index] == 0x27 {
            quote = bytes[index]
            index += 1
        }
        let start = index
        while index < end, bytes[index].isLetter || bytes[index].isDigit || bytes[index] == 0x5F {
            index += 1
        }
        guard index > start, quote != nil || bytes[start].isUpper else { return nil }
        let tag = Array(bytes[start..<index])
        if let quote {
            guard index < end, bytes[index] == quote else { return nil }
            index += 1
        }
        stream.strings.append(StringLiteral(parts: []))
        add(.string, from: position, to: index, value: stream.strings.count - 1)
        pendingHereDocuments.append(
            (stream.strings.count - 1, tag, quote == 0x27, indented))
        return index
    }

    private mutating func readHereDocuments(from position: Int, to end: Int) -> Int {
        var position = position
        for document in pendingHereDocuments {
            let content = position
            var stop = end
            var after = end
            while position < end {
                let lineEnd = lineEnd(from: position, to: end)
                var first = position
                if document.indented {
                    while first < lineEnd, bytes[first] == 0x20 || bytes[first] == 0x09 {
                        first += 1
                    }
                }
                let isEnd =
                    matches(document.tag, at: first, to: lineEnd)
                    && (first + document.tag.count == lineEnd
                        || !language.isNameByte(bytes[first + document.tag.count]))
                if isEnd {
                    stop = position
                    after = min(first + document.tag.count, end)
                    break
                }
                position = min(lineEnd + 1, end)
                if lineEnd == end { break }
            }
            let rule = LexingRules.Rule(
                open: [], close: [], escape: document.raw ? .none : .backslash,
                interpolation: document.raw ? [] : language.hereDocumentInterpolation,
                multiline: true)
            stream.strings[document.token] = StringLiteral(
                parts: parts(of: content..<max(content, stop), rule: rule))
            position = after
        }
        pendingHereDocuments.removeAll()
        return position
    }
}

extension Language {
    fileprivate var hereDocumentInterpolation: Interpolation {
        switch name {
        case "ruby": .hashBrace
        case "terraform": .dollarBrace
        default: [.dollarName, .dollarBrace, .braceDollar, .dollarPath]
        }
    }

    /// Whether a name may begin with `byte`.
    func isNameStart(_ byte: UInt8) -> Bool {
        if byte.isLetter || byte == UInt8(ascii: "_") || byte >= 0x80 { return true }
        return byte != UInt8(ascii: ":") && byte != UInt8(ascii: "-") && byte != UInt8(ascii: "?")
            && byte != UInt8(ascii: "!") && byte != UInt8(ascii: ".")
            && nameBytes.utf8.contains(byte)
    }

    /// Whether a name may go on with `byte`.
    func isNameByte(_ byte: UInt8) -> Bool {
        if byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte >= 0x80 {
            return true
        }
        return byte != UInt8(ascii: "@") && nameBytes.utf8.contains(byte)
    }
}

extension Language.Interpolation {
    fileprivate var hasMarks: Bool {
        !isDisjoint(with: [.dollarBrace, .brace, .hashBrace, .dollarParen, .braceDollar])
    }
}

extension Language.Escape {
    fileprivate var isBackslash: Bool {
        if case .backslash = self { true } else { false }
    }
}

extension UInt8 {
    /// `0`–`9`
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    /// `A`–`Z`, `a`–`z`
    var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
    /// `A`–`Z`
    var isUpper: Bool { self >= 0x41 && self <= 0x5A }
}

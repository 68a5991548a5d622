/// Reads shell scripts (sh, bash, zsh, fish) as the same tree as programs: commands are calls,
/// words are strings with code in them.
struct ShellParser {
    private let bytes: [UInt8]
    private var tree = SyntaxTree()
    private var comments: [Range<Int>] = []
    private var position = 0
    private var end: Int
    private var depth = 0
    private var pendingHere: [(tag: [UInt8], raw: Bool, stripsTabs: Bool)] = []
    private var pendingCall: NodeID?

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        end = bytes.count
    }

    /// Parses a whole script.
    static func parse(_ bytes: [UInt8]) -> (tree: SyntaxTree, comments: [Range<Int>]) {
        var parser = ShellParser(bytes: bytes)
        var statements: [NodeID] = []
        while parser.position < parser.end {
            let before = parser.position
            statements += parser.list(until: [])
            if parser.position == before { parser.position += 1 }
        }
        parser.tree.root = parser.tree.add(.block, 0, parser.end, statements)
        return (parser.tree, parser.comments)
    }

    private var byte: UInt8 { position < end ? bytes[position] : 0 }

    private func byte(after distance: Int) -> UInt8 {
        position + distance < end ? bytes[position + distance] : 0
    }

    private static let closers: Set<String> = [
        "done", "fi", "esac", "end", "then", "do", "else", "elif",
    ]

    // MARK: Lists

    private mutating func list(until closers: Set<String>) -> [NodeID] {
        depth += 1
        defer { depth -= 1 }
        var statements: [NodeID] = []
        while position < end {
            skipBlank()
            guard position < end else { break }
            if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "}") { break }
            if byte == UInt8(ascii: "`") { break }
            let word = peekWord()
            if closers.contains(word) || (depth > 1 && Self.closers.contains(word)) { break }
            if byte == UInt8(ascii: ";"), self.byte(after: 1) == UInt8(ascii: ";") { break }
            let before = position
            if depth < 100, let node = pipeline() { statements.append(node) }
            if position == before { position += 1 }
        }
        return statements
    }

    /// Steps over spaces, line ends, separators and comments.
    private mutating func skipBlank() {
        while position < end {
            switch byte {
            case 0x20, 0x09, 0x0D: position += 1
            case 0x0A:
                position += 1
                readHereDocuments()
            case UInt8(ascii: ";") where self.byte(after: 1) != UInt8(ascii: ";"): position += 1
            case UInt8(ascii: "&"): position += 1
            case UInt8(ascii: "\\") where isContinuation: skipContinuation()
            case UInt8(ascii: "#"): comment()
            default: return
            }
        }
    }

    private var isContinuation: Bool {
        byte == UInt8(ascii: "\\") && (self.byte(after: 1) == 0x0A || self.byte(after: 1) == 0x0D)
    }

    private mutating func skipContinuation() {
        position += self.byte(after: 1) == 0x0D ? 3 : 2
        position = min(position, end)
    }

    private mutating func comment() {
        let start = position
        while position < end, byte != 0x0A { position += 1 }
        comments.append(start..<position)
    }

    private mutating func skipSpace() {
        while position < end {
            if byte == 0x20 || byte == 0x09 {
                position += 1
            } else if isContinuation {
                skipContinuation()
            } else {
                return
            }
        }
    }

    private func peekWord() -> String {
        var index = position
        while index < end, bytes[index].isLetter || bytes[index] == 0x5F { index += 1 }
        if index < end {
            let next = bytes[index]
            guard
                next <= 0x20 || next == UInt8(ascii: ";") || next == UInt8(ascii: ")")
                    || next == UInt8(ascii: "|") || next == UInt8(ascii: "&")
                    || next == UInt8(ascii: "<") || next == UInt8(ascii: ">")
            else { return "" }
        }
        return String(decoding: bytes[position..<index], as: UTF8.self)
    }

    // MARK: Commands

    private mutating func pipeline() -> NodeID? {
        let start = position
        guard let first = command() else { return nil }
        var parts = [first]
        while true {
            skipSpace()
            guard byte == UInt8(ascii: "|"), self.byte(after: 1) != UInt8(ascii: "|") else { break }
            position += self.byte(after: 1) == UInt8(ascii: "&") ? 2 : 1
            skipBlank()
            guard let next = command() else { break }
            parts.append(next)
        }
        var node = parts.count == 1 ? first : tree.add(.list, start, position, parts, text: "|")
        skipSpace()
        if (byte == UInt8(ascii: "&") || byte == UInt8(ascii: "|")), self.byte(after: 1) == byte {
            let symbol = byte == UInt8(ascii: "&") ? "&&" : "||"
            position += 2
            skipBlank()
            if let right = pipeline() {
                node = tree.add(.binary, start, position, [node, right], text: symbol)
            }
        }
        return node
    }

    private mutating func command() -> NodeID? {
        skipSpace()
        let start = position
        if byte == UInt8(ascii: "!") && self.byte(after: 1) <= 0x20 {
            position += 1
            return command()
        }
        if byte == UInt8(ascii: "("), self.byte(after: 1) == UInt8(ascii: "(") {
            return arithmetic()
        }
        if byte == UInt8(ascii: "(") {
            position += 1
            let inner = list(until: [])
            if byte == UInt8(ascii: ")") { position += 1 }
            return tree.add(.block, start, position, inner)
        }
        if byte == UInt8(ascii: "{"), self.byte(after: 1) <= 0x20 { return group() }
        switch peekWord() {
        case "if": return branch()
        case "while", "until": return loop()
        case "for", "select", "foreach": return forLoop()
        case "case", "switch": return cases()
        case "function":
            position += 8
            skipSpace()
            return function(named: bareWord(), from: start)
        case "begin": return branch()
        default: break
        }
        if let name = functionName() { return function(named: name, from: start) }
        return simpleCommand()
    }

    private mutating func arithmetic() -> NodeID? {
        let start = position
        var level = 0
        while position < end, byte != 0x0A {
            if byte == UInt8(ascii: "(") { level += 1 }
            if byte == UInt8(ascii: ")") {
                level -= 1
                if level == 0 {
                    position += 1
                    break
                }
            }
            position += 1
        }
        return tree.add(.number, start, position)
    }

    private mutating func group() -> NodeID {
        let start = position
        position += 1
        let inner = list(until: [])
        if byte == UInt8(ascii: "}") { position += 1 }
        return tree.add(.block, start, position, inner)
    }

    private mutating func bareWord() -> String {
        let start = position
        while position < end, byte > 0x20, byte != UInt8(ascii: "("), byte != UInt8(ascii: "{"),
            byte != UInt8(ascii: ";")
        { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func take(_ word: String) -> Bool {
        skipBlank()
        guard peekWord() == word else { return false }
        position += word.utf8.count
        return true
    }

    private func functionName() -> String? {
        var index = position
        while index < end,
            bytes[index].isLetter || bytes[index].isDigit || bytes[index] == 0x5F
                || bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: ":")
        { index += 1 }
        guard index > position else { return nil }
        let name = String(decoding: bytes[position..<index], as: UTF8.self)
        while index < end, bytes[index] == 0x20 { index += 1 }
        guard index + 1 < end, bytes[index] == UInt8(ascii: "("),
            bytes[index + 1] == UInt8(ascii: ")")
        else { return nil }
        return name
    }

    private mutating func function(named name: String, from start: Int) -> NodeID {
        while position < end, byte != UInt8(ascii: "{"), byte != UInt8(ascii: ")"), byte != 0x0A {
            position += 1
        }
        if byte == UInt8(ascii: ")") { position += 1 }
        skipBlank()
        let body: NodeID
        if byte == UInt8(ascii: "{") {
            body = group()
        } else {
            let bodyStart = position
            let inner = list(until: ["end"])  // fish
            _ = take("end")
            body = tree.add(.block, bodyStart, position, inner)
        }
        return tree.add(
            .function, start, position, positionalParameters(of: body) + [body], text: name)
    }

    /// `$1`, `$2` … up to the last one that the body reads.
    private mutating func positionalParameters(of body: NodeID) -> [NodeID] {
        var last = 0
        tree.walk(body) { _, node in
            if node.kind == .name, node.text.utf8.count == 1, let number = Int(node.text) {
                last = max(last, number)
            }
            return node.kind != .function
        }
        guard last > 0 else { return [] }
        let start = tree[body].start
        return (1...last).map { tree.add(.parameter, start, start, text: String($0)) }
    }

    private mutating func branch() -> NodeID {
        let start = position
        position += peekWord().utf8.count
        var inner = list(until: ["then", "fi", "end"])
        while position < end {
            if take("then") || take("else") || take("elif") || take("do") {
                inner += list(until: ["fi", "else", "elif", "then", "end"])
                continue
            }
            break
        }
        if !take("fi") { _ = take("end") }
        let body = tree.add(.block, start, position, inner)
        return tree.add(.branch, start, position, [body], text: "if")
    }

    private mutating func loop() -> NodeID {
        let start = position
        let keyword = peekWord()
        position += keyword.utf8.count
        let condition = list(until: ["do", "end"])
        _ = take("do")
        let inner = list(until: ["done", "end"])
        if !take("done") { _ = take("end") }
        let body = tree.add(.block, start, position, inner)
        return tree.add(.loop, start, position, condition + [body], text: keyword)
    }

    private mutating func forLoop() -> NodeID {
        let start = position
        position += peekWord().utf8.count
        skipSpace()
        var heads: [NodeID] = []
        if byte == UInt8(ascii: "(") {
            if let node = arithmetic() { heads.append(node) }
        } else {
            let nameStart = position
            let name = tree.add(.name, nameStart, nameStart, text: bareWord())
            skipSpace()
            var items: [NodeID] = []
            if peekWord() == "in" {
                position += 2
                while position < end {
                    skipSpace()
                    if byte == 0x0A || byte == UInt8(ascii: ";") { break }
                    let before = position
                    items.append(word())
                    if position == before { position += 1 }
                }
            }
            let list = tree.add(.list, nameStart, position, items)
            heads.append(tree.add(.binary, nameStart, position, [name, list], text: "in"))
        }
        skipBlank()
        _ = take("do")
        let inner = self.list(until: ["done", "end"])
        if !take("done") { _ = take("end") }
        let body = tree.add(.block, start, position, inner)
        return tree.add(.loop, start, position, heads + [body], text: "for")
    }

    private mutating func cases() -> NodeID {
        let start = position
        position += peekWord().utf8.count
        skipSpace()
        let subject = word()
        _ = take("in")
        var inner: [NodeID] = []
        while position < end {
            skipBlank()
            if take("esac") || take("end") { break }
            // pattern )
            while position < end, byte != UInt8(ascii: ")"), byte != 0x0A { position += 1 }
            if byte == UInt8(ascii: ")") { position += 1 }
            inner += list(until: ["esac"])
            while byte == UInt8(ascii: ";") || byte == UInt8(ascii: "&") { position += 1 }
            if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "}") { position += 1 }
        }
        let body = tree.add(.block, start, position, inner)
        return tree.add(.branch, start, position, [subject, body], text: "case")
    }

    // MARK: Simple commands

    private var endsCommand: Bool {
        guard position < end else { return true }
        switch byte {
        case 0x0A, UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: ")"), UInt8(ascii: "`"):
            return true
        case UInt8(ascii: "&"): return self.byte(after: 1) != UInt8(ascii: ">")
        case 0x0D: return self.byte(after: 1) == 0x0A
        default: return false
        }
    }

    private mutating func simpleCommand() -> NodeID? {
        let start = position
        var words: [NodeID] = []
        var assignments: [NodeID] = []
        while true {
            skipSpace()
            if endsCommand { break }
            if byte == UInt8(ascii: "#"), position == 0 || bytes[position - 1] <= 0x20 {
                comment()
                break
            }
            if redirection(&words) { continue }
            if words.isEmpty || isDeclaration(words), let assignment = assignment() {
                assignments.append(assignment)
                continue
            }
            let before = position
            words.append(word())
            if position == before { position += 1 }
        }
        if words.isEmpty || (isDeclaration(words) && !assignments.isEmpty) {
            guard let first = assignments.first else { return nil }
            if assignments.count == 1 { return first }
            return tree.add(.block, start, position, assignments)
        }
        if isFishSet(words), words.count > 2 {
            let plain = words.dropFirst().filter { !(tree.literal($0) ?? "").hasPrefix("-") }
            if let name = plain.first.flatMap({ tree.literal($0) }), plain.count > 1 {
                let target = tree.add(.name, start, start, text: name)
                return tree.add(.assign, start, position, [target, plain[1]], text: "=")
            }
        }
        let name = tree.add(
            .name, tree[words[0]].start, tree[words[0]].end, text: tree.literal(words[0]) ?? "")
        if tree.literal(words[0]) == nil { tree.append(words[0], to: name) }
        let call = tree.add(.call, start, position, [name] + words.dropFirst())
        if !pendingHere.isEmpty { pendingCall = call }
        guard !assignments.isEmpty else { return call }
        return tree.add(.block, start, position, assignments + [call])
    }

    private func isDeclaration(_ words: [NodeID]) -> Bool {
        guard let first = words.first.flatMap({ tree.literal($0) }) else { return false }
        return ["export", "local", "readonly", "declare", "typeset", "env"].contains(first)
            && words.dropFirst().allSatisfy { (tree.literal($0) ?? "x").hasPrefix("-") }
    }

    private func isFishSet(_ words: [NodeID]) -> Bool {
        words.first.flatMap { tree.literal($0) } == "set"
    }

    private mutating func assignment() -> NodeID? {
        var index = position
        guard index < end, bytes[index].isLetter || bytes[index] == 0x5F else { return nil }
        while index < end, bytes[index].isLetter || bytes[index].isDigit || bytes[index] == 0x5F {
            index += 1
        }
        let nameEnd = index
        if index < end, bytes[index] == UInt8(ascii: "[") {
            while index < end, bytes[index] != UInt8(ascii: "]"), bytes[index] != 0x0A {
                index += 1
            }
            index += 1
        }
        var symbol = "="
        if index + 1 < end, bytes[index] == UInt8(ascii: "+"), bytes[index + 1] == UInt8(ascii: "=")
        {
            symbol = "+="
            index += 1
        }
        guard index < end, bytes[index] == UInt8(ascii: "=") else { return nil }
        let start = position
        let name = tree.add(
            .name, position, nameEnd,
            text: String(decoding: bytes[position..<nameEnd], as: UTF8.self))
        position = index + 1
        let value: NodeID
        if byte == UInt8(ascii: "(") {
            let listStart = position
            position += 1
            var items: [NodeID] = []
            while position < end, byte != UInt8(ascii: ")") {
                skipBlank()
                if byte == UInt8(ascii: ")") { break }
                let before = position
                items.append(word())
                if position == before { position += 1 }
            }
            position = min(end, position + 1)
            value = tree.add(.list, listStart, position, items)
        } else if position >= end || byte <= 0x20 || byte == UInt8(ascii: ";") {
            value = tree.addString(position, position, parts: [])
        } else {
            value = word()
        }
        return tree.add(.assign, start, position, [name, value], text: symbol)
    }

    /// `> file`, `2>&1`, `< file`, `<<EOF`, `<<< word`.
    private mutating func redirection(_ words: inout [NodeID]) -> Bool {
        var index = position
        while index < end, bytes[index].isDigit { index += 1 }
        if index < end, bytes[index] == UInt8(ascii: "&"), index + 1 < end,
            bytes[index + 1] == UInt8(ascii: ">")
        {
            index += 1
        }
        guard index < end, bytes[index] == UInt8(ascii: ">") || bytes[index] == UInt8(ascii: "<")
        else { return false }
        if bytes[index] == UInt8(ascii: "<"), index + 1 < end, bytes[index + 1] == UInt8(ascii: "(")
        {
            return false
        }
        let isInput = bytes[index] == UInt8(ascii: "<")
        var count = 0
        let mark = bytes[index]
        while index < end, bytes[index] == mark, count < 3 {
            index += 1
            count += 1
        }
        position = index
        if isInput, count == 2 {
            hereDocumentMark()
            return true
        }
        if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "|") { position += 1 }
        skipSpace()
        guard !endsCommand || byte == UInt8(ascii: "&") else { return true }
        let target = word()
        if isInput, count == 3 {
            words.append(tree.add(.argument, tree[target].start, position, [target], text: "<<<"))
        }
        return true
    }

    private mutating func hereDocumentMark() {
        var strips = false
        if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "~") {
            strips = true
            position += 1
        }
        skipSpace()
        var raw = false
        var tag: [UInt8] = []
        while position < end, byte > 0x20, byte != UInt8(ascii: ";"), byte != UInt8(ascii: "|"),
            byte != UInt8(ascii: ")"), byte != UInt8(ascii: ">")
        {
            if byte == 0x22 || byte == 0x27 || byte == UInt8(ascii: "\\") {
                raw = true
            } else {
                tag.append(byte)
            }
            position += 1
        }
        if !tag.isEmpty { pendingHere.append((tag, raw, strips)) }
    }

    private mutating func readHereDocuments() {
        guard !pendingHere.isEmpty else { return }
        for document in pendingHere {
            let start = position
            var stop = end
            while position < end {
                var lineEnd = position
                while lineEnd < end, bytes[lineEnd] != 0x0A { lineEnd += 1 }
                var first = position
                while first < lineEnd,
                    bytes[first] == 0x09 || (document.stripsTabs && bytes[first] == 0x20)
                { first += 1 }
                var last = lineEnd
                if last > first, bytes[last - 1] == 0x0D { last -= 1 }
                let isEnd = Array(bytes[first..<last]) == document.tag
                if isEnd { stop = position }
                position = min(end, lineEnd + 1)
                if isEnd { break }
            }
            if let call = pendingCall {
                let saved = (position, end)
                let text: NodeID
                if document.raw {
                    text = tree.addString(
                        start, stop,
                        parts: [
                            .text(String(decoding: bytes[start..<stop], as: UTF8.self), at: start)
                        ])
                } else {
                    position = start
                    end = stop
                    text = tree.addString(start, stop, parts: parts { _ in false })
                    (position, end) = saved
                }
                tree.append(
                    tree.add(.argument, start, stop, [text], text: "<<"), to: call)
            }
        }
        pendingHere.removeAll()
        pendingCall = nil
    }

    // MARK: Words

    /// One word: text, quotes and expansions up to a blank.
    private mutating func word() -> NodeID {
        let start = position
        let parts = parts { byte in
            byte <= 0x20 || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|")
                || byte == UInt8(ascii: "&") || byte == UInt8(ascii: ")")
                || byte == UInt8(ascii: ">")
                || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "`")
        }
        return tree.addString(start, position, parts: parts)
    }

    private mutating func parts(until ends: (UInt8) -> Bool) -> [StringPart] {
        var parts: [StringPart] = []
        var text: [UInt8] = []
        var textStart = position
        func flush(_ parts: inout [StringPart], _ text: inout [UInt8]) {
            guard !text.isEmpty else { return }
            parts.append(.text(String(decoding: text, as: UTF8.self), at: textStart))
            text.removeAll()
        }
        var quoted = false
        while position < end {
            let byte = byte
            if !quoted, ends(byte), !(byte == UInt8(ascii: "<") && text.isEmpty && false) {
                if byte == UInt8(ascii: "`"), self.byte(after: 1) > 0x20, substitutes {
                    flush(&parts, &text)
                    parts.append(.node(backticks()))
                    textStart = position
                    continue
                }
                if byte == UInt8(ascii: "&"), text.last == UInt8(ascii: "?") || isInsideURL(text) {
                    text.append(byte)
                    position += 1
                    continue
                }
                break
            }
            if byte == UInt8(ascii: "\\") {
                if isContinuation {
                    if !quoted, text.isEmpty, parts.isEmpty { break }
                    skipContinuation()
                    continue
                }
                if text.isEmpty { textStart = position }
                if quoted, ![0x22, 0x24, 0x60, 0x5C].contains(self.byte(after: 1)) {
                    text.append(byte)
                }
                text.append(self.byte(after: 1))
                position = min(end, position + 2)
                continue
            }
            if byte == 0x22 {
                quoted.toggle()
                position += 1
                continue
            }
            if byte == 0x27, !quoted {
                position += 1
                if text.isEmpty { textStart = position }
                while position < end, self.byte != 0x27 {
                    text.append(self.byte)
                    position += 1
                }
                position = min(end, position + 1)
                continue
            }
            if byte == UInt8(ascii: "$"), let node = expansion() {
                flush(&parts, &text)
                parts.append(.node(node))
                textStart = position
                continue
            }
            if byte == UInt8(ascii: "{"), self.byte(after: 1) == byte, let node = mustache() {
                flush(&parts, &text)
                parts.append(.node(node))
                textStart = position
                continue
            }
            if byte == UInt8(ascii: "`"), quoted {
                flush(&parts, &text)
                parts.append(.node(backticks()))
                textStart = position
                continue
            }
            if text.isEmpty { textStart = position }
            text.append(byte)
            position += 1
        }
        flush(&parts, &text)
        return parts
    }

    private var substitutes: Bool { depth < 90 }

    private func isInsideURL(_ text: [UInt8]) -> Bool {
        // An unquoted `&` in the middle of a URL is a mistake of the script's; keep the URL whole.
        text.contains(UInt8(ascii: "?")) && self.byte(after: 1).isLetter
    }

    private mutating func backticks() -> NodeID {
        let start = position
        position += 1
        let inner = list(until: [])
        if byte == UInt8(ascii: "`") { position += 1 }
        return tree.add(.block, start, position, inner)
    }

    /// `{{ name }}` of a template that makes the script.
    private mutating func mustache() -> NodeID? {
        var index = position + 2
        while index + 1 < end, bytes[index] != 0x0A, index < position + 200 {
            if bytes[index] == UInt8(ascii: "}"), bytes[index + 1] == UInt8(ascii: "}") {
                let name = lastName(in: position + 2..<index)
                let node = tree.add(.name, position, index + 2, text: name)
                position = index + 2
                return node
            }
            index += 1
        }
        return nil
    }

    private func lastName(in range: Range<Int>) -> String {
        var name: [UInt8] = []
        var last: [UInt8] = []
        for index in range {
            let byte = bytes[index]
            if byte == UInt8(ascii: "|") { break }
            if byte.isLetter || byte.isDigit || byte == 0x5F || byte == UInt8(ascii: "-") {
                name.append(byte)
            } else {
                if !name.isEmpty { last = name }
                name.removeAll()
            }
        }
        if !name.isEmpty { last = name }
        return String(decoding: last, as: UTF8.self)
    }

    /// `$NAME`, `${NAME…}`, `$(…)`, `${{ … }}`, `$1`.
    private mutating func expansion() -> NodeID? {
        let start = position
        let next = self.byte(after: 1)
        if next == UInt8(ascii: "(") {
            if self.byte(after: 2) == UInt8(ascii: "(") {
                position += 1
                return arithmetic()
            }
            guard depth < 90 else { return nil }
            position += 2
            let inner = list(until: [])
            if byte == UInt8(ascii: ")") { position += 1 }
            if inner.count == 1, tree[inner[0]].kind == .call, tree[inner[0]].children.count == 1 {
                let name = tree[tree[inner[0]].children[0]].text
                // Make's $(NAME) looks like a command without arguments.
                if name.utf8.allSatisfy({ $0.isUpper || $0.isDigit || $0 == 0x5F }) {
                    return tree.add(.name, start, position, text: name)
                }
            }
            return tree.add(.block, start, position, inner)
        }
        if next == UInt8(ascii: "{"), self.byte(after: 2) == UInt8(ascii: "{") {
            position += 1
            let node = mustache()
            if node == nil { position -= 1 } else { return node }
        }
        if next == UInt8(ascii: "{") { return braceExpansion() }
        if next == 0x27 || next == 0x22 {
            position += 1
            return nil
        }
        var index = position + 1
        if next.isDigit || next == UInt8(ascii: "@") || next == UInt8(ascii: "*")
            || next == UInt8(ascii: "?") || next == UInt8(ascii: "#") || next == UInt8(ascii: "!")
        {
            index += 1
        } else {
            while index < end, bytes[index].isLetter || bytes[index].isDigit || bytes[index] == 0x5F
            {
                index += 1
            }
        }
        guard index > start + 1 else { return nil }
        position = index
        return tree.add(
            .name, start, index, text: String(decoding: bytes[(start + 1)..<index], as: UTF8.self))
    }

    private mutating func braceExpansion() -> NodeID? {
        let start = position
        var index = position + 2
        while index < end, bytes[index] == UInt8(ascii: "#") || bytes[index] == UInt8(ascii: "!") {
            index += 1
        }
        let nameStart = index
        while index < end,
            bytes[index].isLetter || bytes[index].isDigit || bytes[index] == 0x5F
                || bytes[index] == UInt8(ascii: ".")
        { index += 1 }
        let name = String(decoding: bytes[nameStart..<index], as: UTF8.self)
        let nameNode = tree.add(.name, start, index, text: name)
        var fallback: NodeID?
        var mark = index
        if mark < end, bytes[mark] == UInt8(ascii: ":") { mark += 1 }
        if mark < end, bytes[mark] == UInt8(ascii: "-") || bytes[mark] == UInt8(ascii: "=") {
            position = mark + 1
            let from = position
            let parts = parts { $0 == UInt8(ascii: "}") || $0 == 0x0A }
            fallback = tree.addString(from, position, parts: parts)
            index = position
        }
        var level = 1
        while index < end, level > 0 {
            if bytes[index] == UInt8(ascii: "{") { level += 1 }
            if bytes[index] == UInt8(ascii: "}") { level -= 1 }
            if bytes[index] == 0x0A { break }
            index += 1
        }
        position = index
        guard let fallback else {
            tree.setEnd(index, of: nameNode)
            return nameNode
        }
        return tree.add(.binary, start, index, [nameNode, fallback], text: "??")
    }
}

/// Reads files with a command per line: Procfile, crontab, justfile.
struct TaskLinesReader {
    private let bytes: [UInt8]
    private var index = 0
    private var scope = VariableScope()

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    private mutating func nextLine() -> Range<Int>? {
        guard index < bytes.count else { return nil }
        let start = index
        var end = start
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        index = end + 1
        return start..<end
    }

    private func isComment(_ line: Range<Int>) -> Bool {
        bytes[line.lowerBound] == UInt8(ascii: "#")
    }

    // MARK: Procfile

    /// `web: command`
    static func readProcfile(_ scan: inout DocumentScan) {
        var reader = TaskLinesReader(scan.bytes)
        while let line = reader.nextLine() {
            let content = ByteText.trimmed(line, of: scan.bytes)
            guard !content.isEmpty else { continue }
            if reader.isComment(content) {
                scan.addProse(content)
            } else if let colon = scan.bytes[content].firstIndex(of: UInt8(ascii: ":")) {
                scan.embed(
                    PlacedText(
                        ByteText.trimmed((colon + 1)..<content.upperBound, of: scan.bytes),
                        of: scan.bytes),
                    language: "shell",
                    symbol: String(decoding: scan.bytes[content.lowerBound..<colon], as: UTF8.self))
            }
        }
    }

    // MARK: crontab

    /// `*/5 * * * * command`, `@daily command`, `NAME=value`
    static func readCrontab(_ scan: inout DocumentScan) {
        var reader = TaskLinesReader(scan.bytes)
        while let line = reader.nextLine() {
            let content = ByteText.trimmed(line, of: scan.bytes)
            guard !content.isEmpty else { continue }
            if reader.isComment(content) {
                scan.addProse(content)
                continue
            }
            if reader.assignment(content) { continue }
            let fields = scan.bytes[content.lowerBound] == UInt8(ascii: "@") ? 1 : 5
            guard let command = reader.skip(fields: fields, of: content) else { continue }
            scan.embed(
                PlacedText(command..<content.upperBound, of: scan.bytes), language: "shell",
                environment: reader.scope.values)
        }
        for value in reader.scope.values { scan.add(value) }
    }

    private mutating func assignment(_ line: Range<Int>) -> Bool {
        guard let equals = bytes[line].firstIndex(of: UInt8(ascii: "=")), equals > line.lowerBound
        else { return false }
        let name = ByteText.trimmed(line.lowerBound..<equals, of: bytes)
        guard bytes[name].allSatisfy(Placeholders.isWord) else { return false }
        var value = ByteText.trimmed((equals + 1)..<line.upperBound, of: bytes)
        if value.count > 1, bytes[value.lowerBound] == 0x22 || bytes[value.lowerBound] == 0x27,
            bytes[value.upperBound - 1] == bytes[value.lowerBound]
        {
            value = (value.lowerBound + 1)..<(value.upperBound - 1)
        }
        scope.set(
            String(decoding: bytes[name], as: UTF8.self), to: Array(bytes[value]),
            at: value.lowerBound,
            forms: .dollarNames)
        return true
    }

    private func skip(fields: Int, of line: Range<Int>) -> Int? {
        var position = line.lowerBound
        for _ in 0..<fields {
            while position < line.upperBound, bytes[position] > 0x20 { position += 1 }
            while position < line.upperBound, bytes[position] <= 0x20 { position += 1 }
        }
        return position < line.upperBound ? position : nil
    }

    // MARK: justfile

    /// `name args:` with indented lines below, `name := "value"`.
    static func readJustfile(_ scan: inout DocumentScan) {
        var reader = TaskLinesReader(scan.bytes)
        var recipes: [(name: String, text: PlacedText)] = []
        while let line = reader.nextLine() {
            let content = ByteText.trimmed(line, of: scan.bytes)
            guard !content.isEmpty else { continue }
            let isIndented = content.lowerBound > line.lowerBound
            if isIndented, !recipes.isEmpty {
                var start = content.lowerBound
                while start < content.upperBound, "@-".utf8.contains(scan.bytes[start]) {
                    start += 1
                }
                recipes[recipes.count - 1].text.append(start..<content.upperBound, of: scan.bytes)
                recipes[recipes.count - 1].text.append(
                    0x0A, at: min(line.upperBound, scan.bytes.count - 1))
            } else if reader.isComment(content) {
                scan.addProse(content)
            } else if let sign = ByteText.find(":=", in: scan.bytes[content]) {
                reader.variable(content, sign)
            } else if scan.bytes[content].contains(UInt8(ascii: ":")) {
                let name = scan.bytes[content].prefix {
                    Placeholders.isWord($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "@")
                }
                recipes.append(
                    (
                        String(decoding: name.drop { $0 == UInt8(ascii: "@") }, as: UTF8.self),
                        PlacedText()
                    ))
            }
        }
        for recipe in recipes {
            let code = CommandText.script(recipe.text, shell: nil)
            let text =
                code.language == "shell"
                ? ShellMacros.replaced(code.text, scope: reader.scope) : code.text
            scan.embed(
                text, language: code.language, symbol: recipe.name, environment: reader.scope.values
            )
        }
        for value in reader.scope.values { scan.add(value) }
    }

    /// `base := env_var_or_default("BASE", "https://…")`, `url := base + "/x"`
    private mutating func variable(_ line: Range<Int>, _ sign: Int) {
        var start = line.lowerBound
        if ByteText.matches("export ", in: bytes[...], at: start) { start += 7 }
        let name = ByteText.trimmed(start..<sign, of: bytes)
        var template = Template()
        var offset = line.upperBound
        for part in bytes[(sign + 2)..<line.upperBound].split(separator: UInt8(ascii: "+")) {
            let range = ByteText.trimmed(part.startIndex..<part.endIndex, of: bytes)
            if let open = bytes[range].lastIndex(where: { $0 == 0x22 || $0 == 0x27 }),
                let first = bytes[range].lastIndex(where: { $0 == bytes[open] }).flatMap({ last in
                    bytes[range.lowerBound..<last].lastIndex(of: bytes[last])
                })
            {
                offset = min(offset, first + 1)
                template.append(String(decoding: bytes[(first + 1)..<open], as: UTF8.self))
            } else {
                let word = String(decoding: bytes[range], as: UTF8.self)
                let mark = Placeholders.Mark(range: 0..<0, name: word, path: word)
                template.append(scope.value(mark) ?? Template(hole: word))
            }
        }
        scope.set(
            String(decoding: bytes[name], as: UTF8.self), to: template,
            at: min(offset, line.upperBound))
    }
}

/// Reads Dockerfiles: what RUN, CMD, ENTRYPOINT and HEALTHCHECK start, with ENV and ARG.
struct DockerfileReader {
    private let bytes: [UInt8]
    private var index = 0
    private var scope = VariableScope()
    private var shell: String?
    private var entrypoint: [PlacedText]?
    /// Here-documents that another program than a shell reads.
    private var codes: [(language: String, text: PlacedText)] = []

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Puts commands and variables into `scan`.
    static func read(_ scan: inout DocumentScan) {
        var reader = DockerfileReader(scan.bytes)
        while let instruction = reader.next(&scan) { reader.take(instruction, &scan) }
        for code in reader.codes {
            scan.embed(
                code.text, language: code.language, symbol: "RUN", environment: reader.scope.values)
        }
        for value in reader.scope.values { scan.add(value) }
    }

    // MARK: Instructions

    private struct Instruction {
        var name: String
        /// The text after the name, comment lines taken out.
        var text: PlacedText
    }

    private func lineEnd(from start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        return end
    }

    /// The next instruction with its continued lines.
    private mutating func next(_ scan: inout DocumentScan) -> Instruction? {
        while index < bytes.count {
            let end = lineEnd(from: index)
            let line = ByteText.trimmed(index..<end, of: bytes)
            if line.isEmpty || bytes[line.lowerBound] == UInt8(ascii: "#") {
                scan.addProse(line)
                index = end + 1
                continue
            }
            var nameEnd = line.lowerBound
            while nameEnd < line.upperBound, bytes[nameEnd] > 0x20 { nameEnd += 1 }
            let name = ByteText.lower(
                String(decoding: bytes[line.lowerBound..<nameEnd], as: UTF8.self))
            return Instruction(name: name, text: text(from: nameEnd, &scan))
        }
        return nil
    }

    private mutating func text(from start: Int, _ scan: inout DocumentScan) -> PlacedText {
        var text = PlacedText()
        var lineStart = start
        // The file may end with the name.
        index = lineEnd(from: start) + 1
        while lineStart < bytes.count {
            let end = lineEnd(from: lineStart)
            let line = ByteText.trimmed(lineStart..<end, of: bytes)
            index = end + 1
            if lineStart > start, line.isEmpty || bytes[line.lowerBound] == UInt8(ascii: "#") {
                scan.addProse(line)
                lineStart = index
                continue
            }
            text.append(
                (lineStart == start ? line.lowerBound : lineStart)..<line.upperBound, of: bytes)
            guard let last = text.bytes.last, last == 0x5C || last == 0x60, !line.isEmpty else {
                break
            }
            text.append(0x0A, at: min(end, bytes.count - 1))
            lineStart = index
        }
        hereDocument(&text)
        return text
    }

    /// `RUN <<EOF` … `EOF`: the lines are the script.
    private mutating func hereDocument(_ text: inout PlacedText) {
        guard let mark = ByteText.find("<<", in: text.bytes[...]) else { return }
        var start = mark + 2
        while start < text.bytes.count, "-\"'".utf8.contains(text.bytes[start]) { start += 1 }
        var end = start
        while end < text.bytes.count, Placeholders.isWord(text.bytes[end]) { end += 1 }
        let tag = Array(text.bytes[start..<end])
        guard !tag.isEmpty else { return }
        var script = PlacedText()
        while index < bytes.count {
            let lineEnd = lineEnd(from: index)
            let line = ByteText.trimmed(index..<lineEnd, of: bytes)
            let range = index..<lineEnd
            index = lineEnd + 1
            if bytes[line].elementsEqual(tag) { break }
            script.append(range, of: bytes)
            script.append(0x0A, at: min(lineEnd, bytes.count - 1))
        }
        // `RUN python3 - <<EOF` is code of the program that reads it.
        let program = withoutOptions(text.part(0..<mark)).string.split(separator: " ").first
        if let language = CommandText.language(shell: program.map(String.init)),
            language != "shell"
        {
            codes.append((language, script))
            text = PlacedText()
            return
        }
        if withoutOptions(text.part(0..<mark)).bytes.allSatisfy({ $0 <= 0x20 }) {
            text = script
        } else {
            text.append(0x0A, at: text.offset(of: text.bytes.count - 1))
            text.append(script)
            for byte in tag { text.append(byte, at: min(index, bytes.count - 1)) }
        }
    }

    private mutating func take(_ instruction: Instruction, _ scan: inout DocumentScan) {
        switch instruction.name {
        case "run": command(instruction.text, name: "RUN", &scan)
        case "cmd":
            if let entrypoint, let words = ExecForm.words(instruction.text) {
                embed(CommandText.words(entrypoint + words, lines: scan.lines), name: "CMD", &scan)
            } else {
                command(instruction.text, name: "CMD", &scan)
            }
        case "entrypoint":
            entrypoint = ExecForm.words(instruction.text)
            command(instruction.text, name: "ENTRYPOINT", &scan)
        case "healthcheck":
            guard let start = ByteText.find("CMD", in: instruction.text.bytes[...]) else { return }
            command(
                instruction.text.part((start + 3)..<instruction.text.bytes.count),
                name: "HEALTHCHECK", &scan)
        case "shell": shell = ExecForm.words(instruction.text)?.first?.string
        case "env", "arg": variables(instruction.text)
        case "from": entrypoint = nil
        case "onbuild":
            let words = instruction.text.bytes.split(separator: 0x20, maxSplits: 1)
            guard words.count == 2 else { return }
            let name = ByteText.lower(String(decoding: words[0], as: UTF8.self))
            if name == "onbuild" { return }
            take(
                Instruction(
                    name: name,
                    text: instruction.text.part(words[1].startIndex..<instruction.text.bytes.count)),
                &scan)
        default: break
        }
    }

    private func command(_ text: PlacedText, name: String, _ scan: inout DocumentScan) {
        let text = withoutOptions(text)
        if let words = ExecForm.words(text) {
            embed(CommandText.words(words, lines: scan.lines), name: name, &scan)
        } else {
            embed(CommandText.script(text, shell: shell), name: name, &scan)
        }
    }

    private func embed(_ code: CommandText.Code?, name: String, _ scan: inout DocumentScan) {
        guard let code else { return }
        scan.embed(code.text, language: code.language, symbol: name, environment: scope.values)
    }

    /// `--mount=…`, `--interval=5m` belong to the instruction.
    private func withoutOptions(_ text: PlacedText) -> PlacedText {
        var index = 0
        while true {
            while index < text.bytes.count, text.bytes[index] <= 0x20 || text.bytes[index] == 0x5C {
                index += 1
            }
            guard ByteText.matches("--", in: text.bytes[...], at: index) else { break }
            while index < text.bytes.count, text.bytes[index] > 0x20 { index += 1 }
        }
        return index == 0 ? text : text.part(index..<text.bytes.count)
    }

    // MARK: Variables

    /// `A=b C="d e"`, the old `A b c`.
    private mutating func variables(_ text: PlacedText) {
        let bytes = text.bytes
        var index = 0
        var isFirst = true
        while index < bytes.count {
            while index < bytes.count, bytes[index] <= 0x20 || bytes[index] == 0x5C { index += 1 }
            let start = index
            while index < bytes.count, Placeholders.isWord(bytes[index]) { index += 1 }
            guard index > start, index < bytes.count else { return }
            let name = String(decoding: bytes[start..<index], as: UTF8.self)
            if bytes[index] == UInt8(ascii: "=") {
                index += 1
                let value = value(in: bytes, &index)
                if !value.isEmpty { set(name, value, of: text) }
            } else if isFirst, bytes[index] <= 0x20 {
                let value = ByteText.trimmed(index..<bytes.count, of: bytes)
                if !value.isEmpty { set(name, value, of: text) }
                return
            } else {
                return
            }
            isFirst = false
        }
    }

    private func value(in bytes: [UInt8], _ index: inout Int) -> Range<Int> {
        guard index < bytes.count else { return index..<index }
        if bytes[index] == 0x22 || bytes[index] == 0x27 {
            let start = index + 1
            let end = bytes[start...].firstIndex(of: bytes[index]) ?? bytes.count
            index = min(bytes.count, end + 1)
            return start..<end
        }
        let start = index
        while index < bytes.count, bytes[index] > 0x20 { index += 1 }
        return start..<index
    }

    private mutating func set(_ name: String, _ value: Range<Int>, of text: PlacedText) {
        scope.set(
            name, to: Array(text.bytes[value]), at: text.offset(of: value.lowerBound),
            forms: .dollarNames)
    }
}

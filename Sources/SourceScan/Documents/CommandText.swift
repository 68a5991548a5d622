import ByteScan

/// Makes shell text of what documents say about commands: scripts, lists of scripts, lists of words.
struct CommandText {
    /// Code and the language it is in.
    struct Code {
        var text: PlacedText
        var language: String
    }

    // MARK: Scripts

    /// A script of one scalar; folded lines become continued ones.
    static func script(_ text: PlacedText, shell: String?) -> Code {
        if let inner = nested(text) { return inner }
        let language =
            language(shell: shell) ?? LanguageDetector.shebang(text.bytes[...]) ?? "shell"
        let mark = language == "powershell" ? " `" : " \\"
        return Code(text: text.unfolded(mark: mark), language: language)
    }

    /// `bash -ec '…'`: the quoted script is what runs.
    private static func nested(_ text: PlacedText) -> Code? {
        let range = ByteText.trimmed(0..<text.bytes.count, of: text.bytes)
        guard let quote = text.bytes[range].last, quote == 0x22 || quote == 0x27,
            let open = text.bytes[range].firstIndex(of: quote), open < range.upperBound - 1
        else { return nil }
        let inner = text.part((open + 1)..<(range.upperBound - 1))
        guard !inner.bytes.contains(quote) else { return nil }
        let words = text.bytes[range.lowerBound..<open].split(separator: 0x20)
        guard words.count == 2, let program = words[0].split(separator: UInt8(ascii: "/")).last,
            words[1].first == UInt8(ascii: "-"), words[1].last == UInt8(ascii: "c"),
            let language = interpreter(String(decoding: program, as: UTF8.self))
        else { return nil }
        return Code(text: inner.unfolded(mark: " \\"), language: language)
    }

    /// Scripts that run one after the other in one shell.
    static func lines(_ scalars: [PlacedText], shell: String?) -> Code {
        var joined = PlacedText()
        for text in scalars {
            if let inner = nested(text), inner.language == "shell" {
                joined.append(inner.text)
            } else {
                joined.append(text.unfolded(mark: " \\"))
            }
            if joined.bytes.last != 0x0A, !text.bytes.isEmpty {
                joined.append(0x0A, at: text.offset(of: text.bytes.count - 1))
            }
        }
        return Code(text: joined, language: language(shell: shell) ?? "shell")
    }

    /// The language that a `shell:` setting names: `bash`, `pwsh`, `python {0}`, `bash -euo pipefail {0}`.
    static func language(shell: String?) -> String? {
        guard let word = shell?.split(separator: " ").first,
            let name = word.split(separator: "/").last
        else { return nil }
        return interpreter(String(name))
    }

    private static func interpreter(_ name: String) -> String? {
        var stem = ByteText.lower(name)
        if stem.hasSuffix(".exe") { stem.removeLast(4) }
        while let last = stem.utf8.last, last.isDigit || last == UInt8(ascii: ".") {
            stem.removeLast()
        }
        return interpreters[stem]
    }

    private static let interpreters: [String: String] = [
        "sh": "shell", "bash": "shell", "ash": "shell", "dash": "shell", "zsh": "shell",
        "ksh": "shell",
        "fish": "shell", "cmd": "shell", "python": "python", "node": "javascript",
        "pwsh": "powershell",
        "powershell": "powershell", "ruby": "ruby", "perl": "perl", "php": "php", "rscript": "r",
        "deno": "typescript", "bun": "typescript",
    ]

    // MARK: Words

    /// A list of words that are started without a shell; `sh -c` and the like give their script.
    static func words(_ words: [PlacedText], lines: LineIndex) -> Code? {
        var words = words
        if let first = words.first?.string,
            first == "CMD" || first == "CMD-SHELL" || first == "NONE"
        {
            words.removeFirst()
            if first == "NONE" { return nil }
            if first == "CMD-SHELL" { return Self.lines(words, shell: nil) }
        }
        guard !words.isEmpty else { return nil }
        if let code = interpreted(words) { return code }
        var text = PlacedText()
        var line: Int?
        var offset = 0
        for word in words {
            if !word.bytes.isEmpty { offset = word.offset(of: 0) }
            let own = lines.line(at: offset)
            if let line {
                text.append(own == line ? " " : " \\\n", at: max(0, offset - 1))
            }
            line = own
            text.append(quoted(word, at: offset))
        }
        return Code(text: text, language: "shell")
    }

    /// `["/bin/sh", "-c", "curl …"]`, `["python3", "-c", "…"]`
    private static func interpreted(_ words: [PlacedText]) -> Code? {
        for (index, word) in words.prefix(12).enumerated() {
            let name = word.string.split(separator: "/").last.map(String.init) ?? ""
            guard let language = interpreter(name) else { continue }
            var next = index + 1
            while next < words.count, next < index + 6 {
                let option = words[next].bytes
                guard let first = option.first,
                    first == UInt8(ascii: "-") || first == UInt8(ascii: "/")
                else { break }
                next += 1
                let flag = ByteText.lower(String(decoding: option.dropFirst(), as: UTF8.self))
                let isCode =
                    language == "shell" || language == "python"
                    ? !flag.hasPrefix("-") && (flag.hasSuffix("c") || flag == "k") || flag == "c"
                    : ["e", "command", "c", "eval", "r", "-eval"].contains(flag)
                if isCode, next < words.count {
                    let rest = language == "powershell" ? Array(words[next...]) : [words[next]]
                    return Code(text: lines(rest, shell: nil).text, language: language)
                }
            }
            if language == "shell", next < words.count,
                words[next].bytes.contains(where: { $0 <= 0x20 })
            {
                return Code(text: lines([words[next]], shell: nil).text, language: language)
            }
        }
        return nil
    }

    /// A word as a shell reads it back.
    private static func quoted(_ word: PlacedText, at offset: Int) -> PlacedText {
        let isPlain = word.bytes.allSatisfy { byte in
            byte.isLetter || byte.isDigit || "-_./:=%@,+~".utf8.contains(byte)
        }
        if isPlain, !word.bytes.isEmpty { return word }
        var text = PlacedText()
        text.append(0x22, at: max(0, offset - 1))
        for (index, byte) in word.bytes.enumerated() {
            if byte == 0x22 || byte == 0x60 || byte == 0x5C {
                text.append(0x5C, at: word.offset(of: index))
            }
            text.append(byte, at: word.offset(of: index))
        }
        text.append(0x22, at: word.bytes.isEmpty ? offset : word.offset(of: word.bytes.count - 1))
        return text
    }
}

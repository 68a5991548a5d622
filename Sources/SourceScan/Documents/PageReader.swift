/// Reads HTML, Vue, Svelte and Astro pages: scripts are code, comments and text are prose.
struct PageReader {
    private let bytes: [UInt8]
    private var index = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Puts scripts and prose into `scan`.
    static func read(_ scan: inout DocumentScan) {
        var reader = PageReader(scan.bytes)
        reader.frontMatter(&scan)
        while reader.index < reader.bytes.count {
            if reader.bytes[reader.index] == UInt8(ascii: "<") {
                reader.markup(&scan)
            } else {
                reader.text(&scan)
            }
        }
    }

    private func at(_ text: String, ignoringCase: Bool = false) -> Bool {
        ByteText.matches(text, in: bytes[...], at: index, ignoringCase: ignoringCase)
    }

    /// Astro begins with a script between lines of dashes.
    private mutating func frontMatter(_ scan: inout DocumentScan) {
        guard scan.path.hasSuffix(".astro"), at("---\n"),
            let end = ByteText.find("\n---", in: bytes[...], from: 3)
        else { return }
        scan.embed(PlacedText(4..<(end + 1), of: bytes), language: "typescript")
        index = end + 4
    }

    private mutating func text(_ scan: inout DocumentScan) {
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "<") { index += 1 }
        scan.addProse(ByteText.trimmed(start..<index, of: bytes))
    }

    private mutating func markup(_ scan: inout DocumentScan) {
        if at("<!--") {
            let start = index
            index =
                ByteText.find("-->", in: bytes[...], from: index + 4).map { $0 + 3 } ?? bytes.count
            scan.addProse(start..<index)
            return
        }
        let tag = tag()
        switch tag.name {
        case "script": script(tag, &scan)
        case "style": index = close("style") ?? bytes.count
        case "code", "pre": shown(tag, &scan)
        default: break
        }
        for attribute in tag.attributes { handler(attribute, &scan) }
    }

    // MARK: Tags

    private struct Attribute {
        var name: String
        var value: Range<Int>
    }

    /// Steps over one tag; a lone `<` is stepped over too.
    private mutating func tag() -> (name: String, attributes: [Attribute], isEmpty: Bool) {
        index += 1
        let start = index
        while index < bytes.count,
            bytes[index].isLetter || bytes[index].isDigit || bytes[index] == 0x2D
        {
            index += 1
        }
        let name = ByteText.lower(String(decoding: bytes[start..<index], as: UTF8.self))
        var attributes: [Attribute] = []
        var isEmpty = false
        guard !name.isEmpty || index < bytes.count && bytes[index] == UInt8(ascii: "/") else {
            return (name, attributes, isEmpty)
        }
        while index < bytes.count, bytes[index] != UInt8(ascii: ">"),
            bytes[index] != UInt8(ascii: "<")
        {
            if bytes[index] <= 0x20 || bytes[index] == UInt8(ascii: "/") {
                isEmpty = bytes[index] == UInt8(ascii: "/")
                index += 1
            } else {
                isEmpty = false
                if let attribute = attribute() { attributes.append(attribute) }
            }
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: ">") { index += 1 }
        return (name, attributes, isEmpty)
    }

    private mutating func attribute() -> Attribute? {
        let start = index
        while index < bytes.count, bytes[index] > 0x20, !"=>/<".utf8.contains(bytes[index]) {
            index += 1
        }
        if index == start { index += 1 }
        let name = ByteText.lower(String(decoding: bytes[start..<index], as: UTF8.self))
        var after = index
        while after < bytes.count, bytes[after] <= 0x20 { after += 1 }
        guard after < bytes.count, bytes[after] == UInt8(ascii: "=") else { return nil }
        index = after + 1
        while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
        guard index < bytes.count else { return nil }
        let quote = bytes[index]
        guard quote == 0x22 || quote == 0x27 else {
            let begin = index
            while index < bytes.count, bytes[index] > 0x20, bytes[index] != UInt8(ascii: ">") {
                index += 1
            }
            return Attribute(name: name, value: begin..<index)
        }
        let begin = index + 1
        let end = bytes[begin...].firstIndex(of: quote) ?? bytes.count
        index = min(bytes.count, end + 1)
        return Attribute(name: name, value: begin..<max(begin, end))
    }

    /// Where `</name` begins.
    private func close(_ name: String) -> Int? {
        ByteText.find("</" + name, in: bytes[...], from: index, ignoringCase: true)
    }

    // MARK: Code

    private static let scriptTypes: [String: String] = [
        "": "javascript", "text/javascript": "javascript", "application/javascript": "javascript",
        "module": "javascript", "text/babel": "javascript", "text/jsx": "javascript",
        "text/typescript": "typescript", "application/ecmascript": "javascript", "ts": "typescript",
        "tsx": "typescript", "js": "javascript", "jsx": "javascript", "typescript": "typescript",
        "text/x-typescript": "typescript", "javascript": "javascript",
        "text/ecmascript": "javascript",
        "py": "python", "text/python": "python", "c#": "csharp",
    ]

    private mutating func script(
        _ tag: (name: String, attributes: [Attribute], isEmpty: Bool), _ scan: inout DocumentScan
    ) {
        guard !tag.isEmpty else { return }
        var kind = ""
        for attribute in tag.attributes where attribute.name == "type" || attribute.name == "lang" {
            let value = ByteText.lower(String(decoding: bytes[attribute.value], as: UTF8.self))
            if attribute.name == "lang" || kind.isEmpty { kind = value }
        }
        let start = index
        let end = close("script") ?? bytes.count
        index = end
        if let language = Self.scriptTypes[kind] {
            scan.embed(PlacedText(start..<max(start, end), of: bytes), language: language)
        }
    }

    /// `<pre><code class="language-bash">…</code></pre>` shows code.
    private mutating func shown(
        _ tag: (name: String, attributes: [Attribute], isEmpty: Bool), _ scan: inout DocumentScan
    ) {
        guard !tag.isEmpty, let end = close(tag.name), end > index,
            !bytes[index..<end].contains(UInt8(ascii: "<"))
        else { return }
        let text = ScalarText(range: index..<end, style: .markup, indent: 0).decoded(bytes)
        var language: String?
        for attribute in tag.attributes
        where ["class", "lang", "data-lang"].contains(attribute.name) {
            for word in bytes[attribute.value].split(whereSeparator: { $0 <= 0x20 || $0 == 0x3A }) {
                var name = ByteText.lower(String(decoding: word, as: UTF8.self))
                for prefix in ["language-", "lang-", "highlight-"] where name.hasPrefix(prefix) {
                    name.removeFirst(prefix.utf8.count)
                }
                language = language ?? EmbeddedLanguage.named(name)
            }
        }
        if language == nil, EmbeddedLanguage.looksLikeShell(text.bytes[...]) {
            language = "console"
        }
        guard let language else { return }
        if language == "console" || language == "shell" {
            scan.embed(ConsoleSession.commands(text), language: "shell")
        } else if Language.isCode(language) {
            scan.embed(text, language: language)
        } else {
            return
        }
        index = end
    }

    /// `onclick="…"`, `@click="…"`, `x-init="…"` hold statements.
    private func handler(_ attribute: Attribute, _ scan: inout DocumentScan) {
        let isHandler =
            attribute.name.hasPrefix("on") || attribute.name.hasPrefix("@")
            || attribute.name.hasPrefix("v-on:")
            || attribute.name.hasPrefix("x-")
        guard isHandler, bytes[attribute.value].contains(UInt8(ascii: "(")),
            bytes[attribute.value].contains(UInt8(ascii: "/"))
        else { return }
        scan.embed(
            ScalarText(range: attribute.value, style: .markup, indent: 0).decoded(bytes),
            language: "javascript")
    }
}

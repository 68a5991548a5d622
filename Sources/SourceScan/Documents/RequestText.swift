/// Makes requests of what documents write about them: URLs with placeholders, lists of headers.
struct RequestText {
    /// Variables of the document.
    var scope: VariableScope
    /// How the document writes placeholders.
    var forms: Placeholders.Forms

    /// Reads with no variables known.
    init(scope: VariableScope = VariableScope(), forms: Placeholders.Forms = []) {
        self.scope = scope
        self.forms = forms
    }

    /// A URL with its variables put in, and where they came from.
    struct URL {
        var template: Template
        /// Where its path's text begins in the file.
        var offset: Int
        var evidence: [(offset: Int, note: String)]
    }

    /// Folds a URL that is a node of a tree.
    func url(_ node: DataNode) -> URL? {
        guard let scalar = node.scalar, let text = node.placed, !text.bytes.isEmpty else {
            return nil
        }
        if forms.contains(.expressions), scalar.isRaw {
            return folded(text, expression: 0..<text.bytes.count)
        }
        return url(text)
    }

    /// Folds a URL.
    func url(_ text: PlacedText) -> URL {
        var text = text
        if text.bytes.count > DocumentScan.Limit.value {
            text = text.part(0..<DocumentScan.Limit.value)
        }
        if text.bytes.first == UInt8(ascii: "=") { text = text.part(1..<text.bytes.count) }
        if let range = Self.expression(in: text.bytes), let url = folded(text, expression: range) {
            return url
        }
        var evidence: [(offset: Int, note: String)] = []
        let template = Placeholders.template(text.bytes, forms: forms) { mark in
            guard let value = scope.value(mark), !value.pieces.isEmpty else { return nil }
            if let place = scope.place(mark) { evidence.append((place, mark.name)) }
            return value
        }
        return URL(
            template: template, offset: text.offset(of: Self.pathStart(in: text.bytes)),
            evidence: evidence)
    }

    /// Folds any other value that is a node of a tree.
    func value(_ node: DataNode) -> Template? {
        guard let scalar = node.scalar, let text = node.placed else { return nil }
        if forms.contains(.expressions), scalar.isRaw {
            return folded(text, expression: 0..<text.bytes.count)?.template ?? Template(hole: "")
        }
        return value(text)
    }

    /// Folds any other value.
    func value(_ text: PlacedText) -> Template {
        if let range = Self.expression(in: text.bytes), let url = folded(text, expression: range) {
            return url.template
        }
        return Placeholders.template(text.bytes, forms: forms.subtracting(.colonNames)) { mark in
            scope.value(mark).flatMap { $0.pieces.isEmpty ? nil : $0 }
        }
    }

    // MARK: Expressions

    private func folded(_ text: PlacedText, expression range: Range<Int>) -> URL? {
        let bytes = Array(text.bytes[range])
        guard !bytes.isEmpty else { return nil }
        let template = ExpressionText.template(bytes) { path in
            scope.value(Placeholders.Mark(path: path)).flatMap { $0.pieces.isEmpty ? nil : $0 }
        }
        guard let template else { return nil }
        var evidence: [(offset: Int, note: String)] = []
        for word in bytes.split(whereSeparator: {
            !Placeholders.isWord($0) && $0 != UInt8(ascii: ".")
        }) {
            let mark = Placeholders.Mark(path: String(decoding: word, as: UTF8.self))
            if let place = scope.place(mark) { evidence.append((place, mark.name)) }
        }
        let host = ByteText.find("://", in: bytes[...]).map { $0 + 3 } ?? 0
        let path = bytes[host...].firstIndex(of: UInt8(ascii: "/")) ?? 0
        return URL(
            template: template, offset: text.offset(of: range.lowerBound + path),
            evidence: evidence)
    }

    /// The expression that a text is as a whole: `${"…" + x}`, `{% '…' & $x %}`, `@concat(…)`,
    /// `States.Format(…)`.
    private static func expression(in text: [UInt8]) -> Range<Int>? {
        guard let first = text.first, let last = text.last else { return nil }
        let isQuoted = text.contains { $0 == 0x22 || $0 == 0x27 }
        guard isQuoted else { return nil }
        for (open, close) in [("${", "}"), ("{%", "%}"), ("{{", "}}")]
        where ByteText.matches(open, in: text[...], at: 0) {
            let end = text.count - close.utf8.count
            guard end > open.utf8.count, ByteText.matches(close, in: text[...], at: end),
                ByteText.find(close, in: text[open.utf8.count...]) == end
            else { return nil }
            return open.utf8.count..<end
        }
        if first == UInt8(ascii: "@"), text.count > 2, text[1].isLetter { return 1..<text.count }
        let isCall = last == UInt8(ascii: ")")
        return isCall && ByteText.matches("States.", in: text[...], at: 0) ? 0..<text.count : nil
    }

    /// Where the path begins in a URL: behind `https://host` or behind the placeholder that stands for it.
    static func pathStart(in text: [UInt8]) -> Int {
        var start = 0
        if let scheme = ByteText.find("://", in: text.prefix(64)) {
            start = scheme + 3
        } else if let first = Placeholders(text).first() {
            start = first.range.upperBound
        } else if text.first == UInt8(ascii: "/") {
            return 0
        }
        var index = start
        var mayClose = true
        while index < text.count, text[index] != UInt8(ascii: "/") {
            if text[index] == UInt8(ascii: "{"), mayClose {
                if let end = text[index...].firstIndex(of: UInt8(ascii: "}")) {
                    index = end
                } else {
                    mayClose = false
                }
            }
            index += 1
        }
        return index < text.count
            ? index : start == text.count ? 0 : min(start, max(0, text.count - 1))
    }

    // MARK: Headers

    /// Headers of a mapping, of a list of `name`/`value` records, or of lines.
    func headers(_ node: DataNode?) -> [DocumentRequest.Header] {
        guard let node else { return [] }
        var found: [DocumentRequest.Header] = []
        for (name, _, value) in node.pairs {
            // A recorded header is a list of one value.
            guard let value = value.all.first, value.isScalar || value["equalTo"] != nil else {
                // n8n, Make and others put the list one level deeper.
                if value.isSequence { found += headers(value) }
                continue
            }
            found += header(name, value["equalTo"] ?? value)
        }
        if found.isEmpty {
            for (_, _, value) in node.pairs where value.isSequence { found += headers(value) }
        }
        for element in node.elements {
            if let line = element.placed {
                found += lines(line)
            } else if let name = element.first(of: Self.headerNames)?.node.text,
                let value = element.first(of: Self.headerValues)?.node.all.first,
                !Self.isDisabled(element)
            {
                found += header(name, value)
            }
        }
        if let text = node.placed { found += headers(lines: text) }
        return found
    }

    /// Headers of a text: lines, or an object that stands in it.
    func headers(lines text: PlacedText) -> [DocumentRequest.Header] {
        guard let brace = text.bytes.firstIndex(of: UInt8(ascii: "{")),
            brace + 1 < text.bytes.count, text.bytes[brace + 1] != UInt8(ascii: "{"),
            brace == 0 || text.bytes[brace - 1] != UInt8(ascii: "$")
        else { return lines(text) }
        return object(text.part(brace..<text.bytes.count))
    }

    private static let headerNames = ["name", "key", "header", "Name", "Key", "headerName"]
    private static let headerValues = ["value", "values", "Value", "headerValue"]

    private func header(_ name: String, _ node: DataNode) -> [DocumentRequest.Header] {
        guard let value = value(node) else { return [] }
        return [
            DocumentRequest.Header(
                name: ByteText.trimmed(name), value: value, offset: node.offset)
        ]
    }

    /// Headers as the text of a JSON object.
    private func object(_ text: PlacedText) -> [DocumentRequest.Header] {
        let tree =
            forms.contains(.expressions)
            ? BlockSettingsReader.read(Array(text.bytes.dropFirst()), form: .assignments)
            : JSONReader.read(text.bytes)
        let shift = forms.contains(.expressions) ? 1 : 0
        guard let root = tree.documents.first else { return [] }
        return root.pairs.compactMap { name, _, value in
            guard let placed = value.placed else { return nil }
            return header(name, placed.moved { text.offset(of: $0 + shift) })
        }
    }

    /// Whether a record says that it is not sent.
    static func isDisabled(_ node: DataNode) -> Bool {
        node["disabled"]?.text == "true" || node["enabled"]?.text == "false"
            || node["isDisabled"]?.text == "true"
    }

    /// One header.
    func header(_ name: String, _ text: PlacedText) -> DocumentRequest.Header {
        DocumentRequest.Header(
            name: ByteText.trimmed(name), value: value(text),
            offset: text.offset(of: 0))
    }

    /// `Name: value`, one a line.
    func lines(_ text: PlacedText) -> [DocumentRequest.Header] {
        var found: [DocumentRequest.Header] = []
        for line in text.bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            guard
                let colon = line.firstIndex(where: {
                    $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=")
                }),
                colon > line.startIndex
            else { continue }
            let value = ByteText.trimmed((colon + 1)..<line.endIndex, of: text.bytes)
            let name = String(decoding: line[..<colon], as: UTF8.self)
            found.append(header(name, text.part(value)))
        }
        return found
    }

    /// An HTTP method in upper case, where the text is one.
    static func method(_ text: String?) -> String? {
        guard let text, text.utf8.count <= 7 else { return nil }
        let upper = text.uppercased()
        return methods.contains(upper) ? upper : nil
    }

    private static let methods: Set<String> = [
        "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT",
    ]
}

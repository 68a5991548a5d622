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

    /// Folds a URL.
    func url(_ text: PlacedText) -> URL {
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

    /// Folds any other value.
    func value(_ text: PlacedText) -> Template {
        Placeholders.template(text.bytes, forms: forms.subtracting(.colonNames)) { mark in
            scope.value(mark).flatMap { $0.pieces.isEmpty ? nil : $0 }
        }
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
        while index < text.count, text[index] != UInt8(ascii: "/") {
            if text[index] == UInt8(ascii: "{"),
                let end = text[index...].firstIndex(of: UInt8(ascii: "}"))
            {
                index = end
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
            guard let text = value.all.first?.placed ?? value["equalTo"]?.placed else { continue }
            found.append(header(name, text))
        }
        for element in node.elements {
            if let line = element.placed {
                found += lines(line)
            } else if let name = (element["name"] ?? element["key"] ?? element["header"])?.text,
                let value = element["value"]?.placed, !Self.isDisabled(element)
            {
                found.append(header(name, value))
            }
        }
        if let text = node.placed { found += lines(text) }
        return found
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

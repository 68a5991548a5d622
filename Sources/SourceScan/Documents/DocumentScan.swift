import ByteScan

/// One document while it is read: its bytes, and what was found so far.
struct DocumentScan {
    /// The path below the scanned root.
    let path: String
    /// As detected.
    let language: String
    /// The file.
    let bytes: [UInt8]
    /// Where its lines begin.
    let lines: LineIndex
    /// What was found so far.
    var facts = DocumentFacts()
    /// How many documents this one stands in.
    let depth: Int

    /// Nothing found yet.
    init(path: String, language: String, bytes: [UInt8], depth: Int = 0) {
        self.depth = depth
        self.path = path
        self.language = language
        self.bytes = bytes
        lines = LineIndex(bytes)
    }

    /// Bounds for one document: what is beyond them is left out.
    enum Limit {
        static let settings = 20_000
        static let requests = 20_000
        static let embedded = 10_000
        /// Bytes of one value that is taken as a setting.
        static let value = 4_096
    }

    /// Adds code whose places in the file its text remembers.
    mutating func embed(
        _ text: PlacedText, language: String, symbol: String? = nil,
        environment: [SettingValue] = [], parts: [EmbeddedSource.Part] = [],
        isRepeated: Bool = false
    ) {
        guard facts.embedded.count < Limit.embedded, !text.bytes.isEmpty else { return }
        var rows: [Int] = []
        var columns: [Int] = []
        var start = 0
        while start <= text.bytes.count {
            let offset = text.offset(of: start)
            rows.append(lines.line(at: offset))
            columns.append(lines.column(at: offset) - 1)
            guard let end = text.bytes[start...].firstIndex(of: 0x0A) else { break }
            start = end + 1
        }
        facts.embedded.append(
            EmbeddedSource(
                language: language, placed: text, lines: rows, columns: columns, symbol: symbol,
                parts: parts, environment: environment, isRepeated: isRepeated))
    }

    /// Adds a described request.
    mutating func add(_ request: DocumentRequest) {
        guard facts.requests.count < Limit.requests else { return }
        facts.requests.append(request)
    }

    /// Adds a settings value.
    mutating func add(_ setting: SettingValue) {
        guard facts.settings.count < Limit.settings, !setting.keys.isEmpty else { return }
        facts.settings.append(setting)
    }

    /// Adds text for people.
    mutating func addProse(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        facts.prose.append(range)
    }
}

extension DocumentScan {
    /// Reads a document that stands inside this one, such as a YAML fence: its code and its requests.
    mutating func include(_ text: PlacedText, language: String) {
        guard depth < 2, DocumentReader.reads(language) else { return }
        let inner = DocumentReader.read(
            path: path, language: language, bytes: text.bytes, depth: depth + 1)
        for request in inner.requests {
            var request = request.moved { text.offset(of: $0) }
            // Nobody sends what a page only shows.
            if request.kind == .call, request.client == nil { request.kind = .mention }
            add(request)
        }
        for source in inner.embedded where facts.embedded.count < Limit.embedded {
            facts.embedded.append(moved(source, text))
        }
        for range in inner.prose where !range.isEmpty {
            addProse(
                text.offset(of: range.lowerBound)..<(text.offset(of: range.upperBound - 1) + 1))
        }
    }

    /// A source with the lines of this file instead of the inner text's.
    private func moved(_ source: EmbeddedSource, _ text: PlacedText) -> EmbeddedSource {
        var source = source
        source.placed = source.placed.moved { text.offset(of: $0) }
        let inner = LineIndex(text.bytes)
        for row in source.lines.indices {
            let offset = text.offset(
                of: inner.start(ofLine: source.lines[row]) + source.columns[row])
            source.lines[row] = lines.line(at: offset)
            source.columns[row] = lines.column(at: offset) - 1
        }
        source.environment = source.environment.map { setting in
            var setting = setting
            setting.offset = text.offset(of: setting.offset)
            return setting
        }
        return source
    }
}

extension DocumentRequest {
    /// The same request at other offsets.
    fileprivate func moved(_ offset: (Int) -> Int) -> DocumentRequest {
        var request = self
        request.offset = offset(self.offset)
        request.callOffset = callOffset.map(offset)
        for index in request.headers.indices {
            request.headers[index].offset = offset(headers[index].offset)
        }
        for index in request.evidence.indices {
            request.evidence[index].offset = offset(evidence[index].offset)
        }
        return request
    }
}

/// Reads Postman collections (versions 1 and 2), environments and globals.
struct PostmanReader {
    private var scan: DocumentScan
    private var text = RequestText(forms: .colonNames)
    /// Headers that scripts of the folders around add.
    private var added: [DocumentRequest.Header] = []

    /// Puts requests, variables and scripts into `scan`.
    static func read(_ scan: inout DocumentScan) {
        var reader = PostmanReader(scan: scan)
        for document in JSONReader.read(scan.bytes).documents { reader.document(document) }
        scan = reader.scan
    }

    private mutating func document(_ root: DataNode) {
        let root = root["collection"] ?? root
        variables(root["variable"])
        variables(root["variables"])
        variables(root["values"])
        for value in text.scope.values { scan.add(value) }
        prose(root["info"]?["description"])
        prose(root["description"])
        items(root, depth: 0)
        for request in root["requests"]?.elements ?? [] {
            self.request(request, name: request["name"]?.text, of: request)
        }
    }

    private mutating func variables(_ node: DataNode?) {
        for variable in node?.elements ?? [] where !RequestText.isDisabled(variable) {
            guard let name = (variable["key"] ?? variable["id"])?.text,
                let value = variable["value"]?.placed,
                !value.bytes.isEmpty
            else { continue }
            text.scope.set(name, to: value.bytes, at: value.offset(of: 0))
        }
    }

    private mutating func items(_ node: DataNode, depth: Int) {
        guard depth < DataTree.depthLimit else { return }
        let before = (text.scope, added)
        if depth > 0 { variables(node["variable"]) }
        scripts(of: node)
        added += addedHeaders(node)
        for item in node["item"]?.elements ?? [] {
            prose(item["description"])
            if let request = item["request"] {
                self.request(request, name: item["name"]?.text, of: item)
            }
            items(item, depth: depth + 1)
        }
        (text.scope, added) = before
    }

    private mutating func prose(_ node: DataNode?) {
        guard let node else { return }
        if let scalar = node.scalar { scan.addProse(scalar.range) }
        if let content = node["content"]?.scalar { scan.addProse(content.range) }
    }

    // MARK: Requests

    private mutating func request(_ node: DataNode, name: String?, of item: DataNode) {
        prose(node["description"])
        guard let url = url(node) else { return }
        let polling = polling(item, name: name)
        scan.add(
            DocumentRequest(
                method: RequestText.method(node["method"]?.text)
                    ?? (node.isScalar ? "GET" : node["method"]?.text ?? "GET"),
                url: url.template, offset: url.offset, client: "postman", kind: .call,
                headers: text.headers(node["header"] ?? node["headerData"] ?? node["headers"])
                    + added + addedHeaders(item),
                symbol: name,
                inLoop: polling.inLoop, honoursRetryAfter: polling.honoursRetryAfter,
                evidence: url.evidence))
    }

    private func url(_ node: DataNode) -> RequestText.URL? {
        if let whole = node.placed { return text.url(whole) }
        guard let url = node["url"] else { return nil }
        if let whole = url.placed ?? url["raw"]?.placed, !whole.bytes.isEmpty {
            return text.url(whole)
        }
        // Only the parts are given.
        var whole = PlacedText()
        let path = url["path"]
        let start = path?.all.first?.placed?.offset(of: 0) ?? url.offset
        let host = (url["host"]?.all ?? []).compactMap(\.text).joined(separator: ".")
        if !host.isEmpty {
            if !host.hasPrefix("{{") {
                whole.append((url["protocol"]?.text ?? "https") + "://", at: start)
            }
            whole.append(host, at: start)
        }
        for piece in path?.all ?? [] {
            guard let placed = piece.placed else { continue }
            if placed.bytes.first != UInt8(ascii: "/") {
                whole.append("/", at: placed.offset(of: 0))
            }
            whole.append(placed)
        }
        guard !whole.bytes.isEmpty else { return nil }
        var result = text.url(whole)
        result.offset = start
        return result
    }

    // MARK: Scripts

    private mutating func scripts(of item: DataNode) {
        for event in item["event"]?.elements ?? [] {
            scan.embed(
                code(of: event), language: "javascript", symbol: item["name"]?.text,
                environment: text.scope.values)
        }
    }

    private func code(of event: DataNode) -> PlacedText {
        var code = PlacedText()
        for line in event["script"]?["exec"]?.all ?? [] {
            guard let placed = line.placed else { continue }
            code.append(placed)
            code.append(
                0x0A,
                at: placed.bytes.isEmpty
                    ? line.offset : placed.offset(of: placed.bytes.count - 1))
        }
        return code
    }

    /// What the script before a request adds to it; it runs last, so it wins.
    private func addedHeaders(_ item: DataNode) -> [DocumentRequest.Header] {
        (item["event"]?.elements ?? []).filter { $0["listen"]?.text == "prerequest" }
            .flatMap { ScriptHeaders.found(in: code(of: $0)) }
    }

    /// A test that sets its own request as the next one repeats it.
    private func polling(_ item: DataNode, name: String?) -> (inLoop: Bool, honoursRetryAfter: Bool)
    {
        var script = ""
        for event in item["event"]?.elements ?? [] {
            for line in event["script"]?["exec"]?.all ?? [] where script.utf8.count < 100_000 {
                script += (line.text ?? "") + "\n"
            }
        }
        guard ByteText.contains("setNextRequest", in: script) else { return (false, false) }
        let isOwn =
            ByteText.contains("pm.info.requestName", in: script)
            || name.map {
                ByteText.contains("setNextRequest(\"\($0)\"", in: script)
                    || ByteText.contains("setNextRequest('\($0)'", in: script)
            } ?? false
        return (isOwn, isOwn && ByteText.contains("retry-after", in: ByteText.lower(script)))
    }
}

/// Test doubles: recorded or stubbed requests with their answers.
///
/// WireMock, MockServer, Mountebank, Hoverfly, Mockoon, Pact, VCR and its relatives, nock, HAR.
extension RequestFinder {
    private static let requestKeys = [
        "request", "httpRequest", "http_request", "predicates", "req", "when",
    ]
    private static let responseKeys = [
        "response", "httpResponse", "http_response", "responses", "res", "reply", "respond",
        "httpResponses", "answer", "httpForward", "then",
    ]
    private static let plainKeys = [
        "url", "uri", "urlpath", "path", "pathname", "endpoint", "route",
    ]
    private static let patternKeys = [
        "urlpattern", "urlpathpattern", "urlpathtemplate", "pathregex",
    ]
    private static let hostKeys = ["host", "hostname", "destination", "scope", "basepath"]
    private static let matcherKeys = [
        "equalTo", "value", "matches", "exact", "exactMatch", "glob", "regex", "equals",
    ]

    /// Adds the double that a mapping is; false where it is none.
    mutating func exchange(_ node: DataNode, _ context: Context) -> Bool {
        guard context.tool == nil || context.tool == .hoppscotch,
            let answer = node.first(of: Self.responseKeys)
        else { return false }
        if context.tool == .hoppscotch { return false }
        var requests: [DataNode] = []
        if let request = node.first(of: Self.requestKeys)?.node {
            requests = predicates(request)
        } else if RequestFinder.Record(node).has(["method", "verb"]),
            !answer.node.isMapping || Self.isRecorded(answer.node) || node["scope"] != nil
        {
            requests = [node]
        }
        var isDouble = false
        for request in requests where double(request, node, context) { isDouble = true }
        guard isDouble else { return false }
        links(of: answer.node.all, context)
        return true
    }

    /// Whether an answer holds one, not only descriptions of answers by status (`200: …`).
    private static func isRecorded(_ answer: DataNode) -> Bool {
        answer.first(of: ["status", "body", "headers", "statusCode", "json", "content"]) != nil
    }

    /// Mountebank's `[{equals: {…}}]`; others as they are.
    private func predicates(_ node: DataNode) -> [DataNode] {
        guard node.isSequence else { return node.isMapping ? [node] : [] }
        return node.elements.flatMap { element -> [DataNode] in
            let inner = element.pairs.map(\.node).filter(\.isMapping)
            return inner.isEmpty ? [element] : inner
        }
    }

    /// Adds a request that is answered by the double.
    private mutating func double(
        _ request: DataNode, _ exchange: DataNode, _ context: Context
    ) -> Bool {
        let record = RequestFinder.Record(request)
        let isPattern: Bool
        let path: DataNode?
        if let plain = record[Self.plainKeys] {
            isPattern = false
            path = plain
        } else {
            isPattern = true
            path = record[Self.patternKeys]
        }
        guard let path, let (node, isRegex) = matcher(path, isPattern: isPattern),
            let text = node.placed, !text.bytes.isEmpty
        else { return false }
        let method = record[["method", "verb"]].flatMap { matcher($0, isPattern: false)?.node.text }
        var url = context.text.url(text)
        let isTemplate = record.has(["urlpathtemplate"]) && !record.has(["urlpathpattern"])
        if isRegex && !isTemplate || text.bytes.contains(UInt8(ascii: "*")) {
            url.template = RegexText.template(text.bytes)
            url.offset = text.offset(of: Self.pathStart(ofRegex: text.bytes))
        }
        if url.template.beginsWithSlash, let host = host(record, exchange, context) {
            url = Self.joined(host, url)
        }
        add(
            DocumentRequest(
                method: method.flatMap { $0 == "ANY" ? nil : RequestText.method($0) ?? $0 },
                url: url.template, offset: url.offset, kind: .mock,
                headers: context.text.headers(record[["headers"]]), symbol: context.symbol,
                evidence: url.evidence), from: node)
        return true
    }

    private static func pathStart(ofRegex text: [UInt8]) -> Int {
        if ByteText.contains("://", in: text[...]) { return RequestText.pathStart(in: text) }
        return text.firstIndex { $0 == UInt8(ascii: "/") || $0 == 0x5C } ?? 0
    }

    /// `{equalTo: x}`, `[{matcher: glob, value: x}]`, or the value itself.
    private func matcher(_ node: DataNode, isPattern: Bool) -> (node: DataNode, isRegex: Bool)? {
        guard let first = node.all.first else { return nil }
        if first.isScalar { return (first, isPattern) }
        guard let found = first.first(of: Self.matcherKeys), found.node.isScalar else { return nil }
        let kind = first["matcher"]?.text ?? found.key
        return (found.node, ["matches", "regex", "glob"].contains(kind) || isPattern)
    }

    private func host(
        _ record: Record, _ exchange: DataNode, _ context: Context
    ) -> RequestText.URL? {
        let own = record[Self.hostKeys] ?? RequestFinder.Record(exchange)[["scope"]]
        guard let own, let (node, _) = matcher(own, isPattern: false),
            var host = context.text.url(node), host.template.literal?.contains(".") ?? true
        else { return nil }
        if !ByteText.contains("://", in: host.template.head) {
            var whole = Template("https://")
            whole.append(host.template)
            host.template = whole
        }
        return host
    }

    /// A stubbed answer whose header names the endpoint is a double of what leads there.
    private mutating func links(of answers: [DataNode], _ context: Context) {
        for answer in answers.prefix(64) {
            answer.walk { node, keys in
                if let last = keys.last, Self.isHeaders(last) {
                    for header in context.text.headers(node)
                    where header.value.head.contains("/") && Self.isLink(header.name) {
                        let text = header.value.head
                        let path = text.firstRange(of: "://").flatMap { scheme in
                            text[scheme.upperBound...].firstIndex(of: "/").map {
                                text.utf8.distance(from: text.startIndex, to: $0)
                            }
                        }
                        scan.add(
                            DocumentRequest(
                                url: header.value, offset: header.offset + (path ?? 0),
                                kind: .mock, symbol: context.symbol))
                    }
                }
                return keys.count < 8
            }
        }
    }

    private static func isHeaders(_ key: String) -> Bool {
        let lower = ByteText.lower(key)
        return lower == "headers" || lower == "responseheaders" || lower == "header"
    }

    private static func isLink(_ name: String) -> Bool {
        let lower = ByteText.lower(name)
        return lower == "location" || lower == "operation-location"
            || lower == "content-location" || lower == "azure-asyncoperation"
    }
}

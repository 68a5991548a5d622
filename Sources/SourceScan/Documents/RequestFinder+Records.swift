/// Requests whose parts are entries of a mapping: `{method: GET, url: …, headers: …}`.
extension RequestFinder {
    /// The entries of a mapping by lower-case key, an attribute's mark and a path's suffix taken off.
    struct Record {
        private var values: [String: (node: DataNode, keyOffset: Int)] = [:]

        init(_ node: DataNode) {
            for (key, keyOffset, child) in node.pairs {
                var name = ByteText.lower(key)
                if name.first == "@" { name.removeFirst() }
                if name.hasSuffix(".$") { name.removeLast(2) }
                name.removeAll { $0 == "_" || $0 == "-" }
                if values[name] == nil { values[name] = (child, keyOffset) }
            }
        }

        subscript(_ names: [String]) -> DataNode? {
            for name in names { if let found = values[name] { return found.node } }
            return nil
        }

        /// A text, also where it is an element's or a typed value's.
        func text(_ names: [String]) -> DataNode? {
            guard let node = self[names]?.all.first else { return nil }
            return node.isScalar
                ? node : node.first(of: ["#text", "value", "raw", "@value"])?.node
        }

        func has(_ names: [String]) -> Bool { names.contains { values[$0] != nil } }
    }

    /// Names of parts, without `_` and `-`.
    private enum Names {
        static let url = [
            "url", "uri", "requesturl", "apiendpoint", "endpoint", "invocationendpoint",
            "integrationuri", "resource", "requesturi", "apiurl", "seturl",
        ]
        static let method = [
            "method", "httpmethod", "verb", "requestmethod", "integrationmethod",
            "integrationhttpmethod", "requestverb", "setmethod",
        ]
        static let headers = [
            "headers", "requestheaders", "httpheaders", "customheaders", "headerparameters",
            "headerparametersui", "header", "headerparameter", "extraheaders", "http:headers",
        ]
        static let others = [
            "body", "requestbody", "queryparameters", "authentication", "querystring",
            "statuscode", "returncontent", "returnresponse", "responseformat", "sendheaders",
        ]
        static let host = ["host", "hostname", "domain", "authority", "baseurl"]
        static let path = ["path", "pathname", "urlpattern", "resourcepath", "requestpath"]
        static let scheme = ["scheme", "protocol"]
    }

    /// Keys of mappings that are requests by their name.
    private static let requestKeys: Set<String> = [
        "http", "request", "httprequest", "http_request", "rest", "webhook", "http_target",
        "httptarget", "fetch", "api_call",
    ]

    /// Adds the request that a mapping is.
    mutating func request(
        _ node: DataNode, key: String, keyOffset: Int, _ context: inout Context
    ) {
        let record = Record(node)
        let verb = RequestText.method(key)
        let isNamed = Self.requestKeys.contains(ByteText.lower(key)) || verb != nil
        let isRequest =
            isNamed || context.tool != nil || record.has(Names.method) || record.has(Names.headers)
            || record.has(Names.others)
        guard isRequest, let (url, source) = address(record, context) else { return }
        var request = DocumentRequest(
            method: method(record, context) ?? verb, url: url.template, offset: url.offset,
            client: context.tool?.client, kind: .call,
            headers: context.headers + headers(record, context),
            symbol: context.symbol, evidence: url.evidence)
        if context.tool == .ansible { request.callOffset = keyOffset }
        // An API gateway's integration
        let type = (record[["type", "integrationtype"]]?.text).map(ByteText.lower) ?? ""
        request.passesHeadersOn = ByteText.contains("proxy", in: type)
        request.inLoop = context.isRepeated
        request.honoursRetryAfter = context.isRepeated && context.honoursRetryAfter
        add(request, from: source)
    }

    /// What the method's entry says; a word that is none stays as it is, so that it fits no rule.
    private func method(_ record: Record, _ context: Context) -> String? {
        if let called = context.calledMethod { return called }
        if let text = record.text(Names.method)?.text, !text.isEmpty, !text.contains("{") {
            return RequestText.method(text) ?? text
        }
        return nil
    }

    /// The whole URL, or host and path apart, or a path below a base.
    private func address(
        _ record: Record, _ context: Context
    ) -> (url: RequestText.URL, source: DataNode)? {
        if let node = record.text(Names.url), let url = context.text.url(node), isAddress(url) {
            guard isRelative(url) else { return (url, node) }
            if let base = base(record, context) { return (Self.joined(base, url), node) }
            // A client's base may stand elsewhere; anything else may be a route of the tree's own.
            let isSent = context.tool.map { $0 != .kubernetes } ?? false
            return isSent ? (url, node) : nil
        }
        guard let node = record.text(Names.path), let path = context.text.url(node),
            !path.template.pieces.isEmpty
        else { return nil }
        if ByteText.contains("://", in: path.template.head) { return (path, node) }
        guard let base = base(record, context) else { return nil }
        return (Self.joined(base, path), node)
    }

    /// Whether a text can be a URL at all.
    func isAddress(_ url: RequestText.URL) -> Bool {
        let text = url.template.description
        return text.contains("/") && !text.utf8.contains { $0 == 0x20 || $0 == 0x0A }
            || url.template.hasHoles && text.contains("/")
    }

    private func isRelative(_ url: RequestText.URL) -> Bool {
        url.template.beginsWithSlash && !url.template.head.hasPrefix("//")
    }

    func base(_ record: Record, _ context: Context) -> RequestText.URL? {
        var record = record
        if let name = record[["configref"]]?.text, let config = referred(by: name) {
            // Mule: host and base path stand in the connection of a named configuration.
            let connection = config.pairs.map(\.node).first {
                $0.isMapping && Record($0).has(Names.host)
            }
            record = Record(connection ?? config)
        }
        guard let node = record.text(Names.host), var host = context.text.url(node),
            !host.template.pieces.isEmpty
        else { return context.base }
        if !ByteText.contains("://", in: host.template.head) {
            let scheme = record[Names.scheme]?.text.map(ByteText.lower) ?? "https"
            var whole = Template(scheme + "://")
            whole.append(host.template)
            if case .hole? = host.template.pieces.first { whole = host.template }
            host.template = whole
        }
        return host
    }

    /// Headers, also those that a variable or a merge of variables holds.
    private func headers(_ record: Record, _ context: Context) -> [DocumentRequest.Header] {
        guard let node = record[Names.headers] else { return [] }
        guard let text = (node["#text"] ?? node).placed else { return context.text.headers(node) }
        var found = context.text.headers(lines: text)
        let head = text.string
        if found.isEmpty || head.contains("{{") || head.contains("local.") {
            if let other = referred(by: head), other.id != node.id {
                found = context.text.headers(other) + found
            }
        }
        return found
    }

    static func joined(_ base: RequestText.URL, _ path: RequestText.URL) -> RequestText.URL {
        var url = path
        url.template = base.template.droppingLastSlashes
        if !path.template.beginsWithSlash { url.template.append("/") }
        url.template.append(path.template)
        url.evidence = [(base.offset, "base URL")] + base.evidence + path.evidence
        return url
    }

    // MARK: Arguments in one text

    /// A URL alone in Taurus' list of requests.
    mutating func plain(_ node: DataNode, _ context: Context) {
        guard let url = context.text.url(node), isAddress(url) else { return }
        let whole = isRelative(url) ? context.base.map { Self.joined($0, url) } : url
        guard let whole else { return }
        add(
            DocumentRequest(
                method: "GET", url: whole.template, offset: whole.offset,
                client: context.tool?.client, kind: .call, symbol: context.symbol,
                evidence: whole.evidence), from: node)
    }

    /// Ansible's `uri: url=https://… method=GET`.
    mutating func arguments(
        _ node: DataNode, key: String, keyOffset: Int, _ context: Context
    ) {
        guard let text = node.placed else { return }
        if RequestTool.isModule(key), let mark = ByteText.find("url=", in: text.bytes[...]) {
            let start = mark + 4
            guard start < text.bytes.count else { return }
            var method: String?
            for word in text.bytes.split(whereSeparator: { $0 <= 0x20 })
            where ByteText.matches("method=", in: word, at: word.startIndex) {
                method = String(decoding: word.dropFirst(7), as: UTF8.self)
            }
            let url = context.text.url(text.part(start..<Self.wordEnd(text.bytes, start)))
            add(
                DocumentRequest(
                    method: method, url: url.template, offset: url.offset, callOffset: keyOffset,
                    client: RequestTool.ansible.client, kind: .call, symbol: context.symbol,
                    inLoop: context.isRepeated,
                    honoursRetryAfter: context.isRepeated && context.honoursRetryAfter,
                    evidence: url.evidence), from: node)
        }
    }

    /// The end of a word that may hold `{{ … }}`.
    private static func wordEnd(_ bytes: [UInt8], _ start: Int) -> Int {
        var index = start
        while index < bytes.count {
            if ByteText.matches("{{", in: bytes[...], at: index),
                let close = ByteText.find("}}", in: bytes[...], from: index)
            {
                index = close + 2
            } else if bytes[index] <= 0x20 {
                return index
            } else {
                index += 1
            }
        }
        return bytes.count
    }
}

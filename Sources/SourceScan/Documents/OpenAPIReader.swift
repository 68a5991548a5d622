/// Reads API descriptions: OpenAPI 3 and Swagger 2, JSON and YAML.
struct OpenAPIReader {
    private var scan: DocumentScan
    private let root: DataNode

    private static let serverLimit = 16

    /// A place where the API is served.
    private struct Server {
        var url: Template
        var offset: Int
    }

    /// Puts a definition per path and method into `scan`.
    static func read(_ scan: inout DocumentScan) {
        let tree = DataTree.readJSONOrYAML(scan.bytes)
        for document in tree.documents where document.isMapping {
            var reader = OpenAPIReader(scan: scan, root: document)
            reader.document()
            scan = reader.scan
        }
        for comment in tree.comments { scan.addProse(comment) }
    }

    private mutating func document() {
        let servers = servers(of: root) ?? swaggerServers() ?? []
        for (path, keyOffset, item) in (root["paths"]?.pairs ?? []) {
            let item = resolved(item)
            let here = self.servers(of: item) ?? servers
            for (method, _, operation) in item.pairs {
                guard let method = RequestText.method(method) else { continue }
                add(path, keyOffset, method, operation, item, self.servers(of: operation) ?? here)
                integration(operation)
            }
        }
        root.walk { node, keys in
            if let last = keys.last, SettingsCollector.isProse(key: last), let scalar = node.scalar
            {
                scan.addProse(scalar.range)
            }
            return keys.count < 32
        }
    }

    private mutating func add(
        _ path: String, _ keyOffset: Int, _ method: String, _ operation: DataNode, _ item: DataNode,
        _ servers: [Server]
    ) {
        let isQuoted =
            keyOffset < scan.bytes.count
            && (scan.bytes[keyOffset] == 0x22 || scan.bytes[keyOffset] == 0x27)
        var urls = servers.map { server in
            var url = server.url
            // `https://host/` and `/path` meet in one slash.
            if case .text(let text)? = url.pieces.last, text.hasSuffix("/"), path.hasPrefix("/") {
                url.append(String(path.dropFirst()))
            } else {
                url.append(path)
            }
            return url
        }
        if urls.isEmpty { urls = [Template(path)] }
        scan.add(
            DocumentRequest(
                method: method, url: urls[0], alternatives: Array(urls.dropFirst()),
                offset: keyOffset + (isQuoted ? 1 : 0), kind: .definition,
                headers: headers(operation) + headers(item), symbol: operation["operationId"]?.text,
                evidence: servers.prefix(4).map { ($0.offset, "server") }))
    }

    /// What a gateway sends when the described operation is asked for.
    private mutating func integration(_ operation: DataNode) {
        let backend =
            operation["x-amazon-apigateway-integration"] ?? operation["x-google-backend"]
        guard let backend, let address = backend.first(of: ["uri", "address"])?.node.placed
        else { return }
        let url = RequestText().url(address)
        scan.add(
            DocumentRequest(
                method: RequestText.method(backend["httpMethod"]?.text), url: url.template,
                offset: url.offset, kind: .call, symbol: operation["operationId"]?.text,
                passesHeadersOn: true))
    }

    // MARK: Servers

    /// `servers` with the defaults of their variables.
    private func servers(of node: DataNode) -> [Server]? {
        guard let list = node["servers"]?.elements, !list.isEmpty else { return nil }
        return list.prefix(Self.serverLimit).compactMap { server in
            guard let url = server["url"]?.placed else { return nil }
            let variables = server["variables"]
            var template = Template()
            var rest = url.string[...]
            while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}")
            {
                template.append(String(rest[..<open]))
                let name = String(rest[rest.index(after: open)..<close])
                template.append(
                    .hole(
                        Template.Hole(
                            name: name, fallback: variables?[name]?["default"]?.text,
                            isSetting: true)))
                rest = rest[rest.index(after: close)...]
            }
            template.append(String(rest))
            return Server(url: template, offset: url.offset(of: 0))
        }
    }

    /// `schemes`, `host` and `basePath`.
    private func swaggerServers() -> [Server]? {
        guard root["swagger"] != nil else { return nil }
        let base = root["basePath"]
        let path = base?.text ?? ""
        guard let host = root["host"]?.placed else {
            return path.isEmpty ? nil : [Server(url: Template(path), offset: base?.offset ?? 0)]
        }
        let scheme =
            root["schemes"]?.all.compactMap(\.text).contains("https") ?? true ? "https" : "http"
        return [
            Server(url: Template("\(scheme)://\(host.string)\(path)"), offset: host.offset(of: 0))
        ]
    }

    // MARK: Headers

    /// Header parameters with the value that the description gives them.
    private func headers(_ node: DataNode) -> [DocumentRequest.Header] {
        (node["parameters"]?.elements ?? []).compactMap { parameter in
            let parameter = resolved(parameter)
            guard parameter["in"]?.text == "header", let name = parameter["name"]?.text else {
                return nil
            }
            let schema = parameter["schema"].map(resolved) ?? parameter
            let value =
                schema["enum"]?.elements.first ?? schema["const"] ?? schema["default"] ?? parameter[
                    "example"]
                ?? schema["example"]
            guard let value, let text = value.placed else {
                return DocumentRequest.Header(
                    name: name, value: Template(hole: name), offset: parameter.offset)
            }
            return DocumentRequest.Header(
                name: name, value: Template(text.string), offset: text.offset(of: 0))
        }
    }

    /// Follows `$ref` within the document.
    private func resolved(_ node: DataNode) -> DataNode {
        var node = node
        for _ in 0..<4 {
            guard let reference = node["$ref"]?.text, reference.hasPrefix("#/") else { return node }
            var target = root
            for key in reference.dropFirst(2).split(separator: "/") {
                guard let next = target[Self.decoded(String(key))] else { return node }
                target = next
            }
            node = target
        }
        return node
    }

    /// `~1` is a slash, `~0` a tilde (RFC 6901).
    private static func decoded(_ key: String) -> String {
        guard key.contains("~") else { return key }
        return key.split(separator: "~1", omittingEmptySubsequences: false).joined(separator: "/")
            .split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
    }
}

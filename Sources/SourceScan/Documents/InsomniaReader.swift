/// Reads Insomnia exports: JSON resources of version 4, YAML collections of version 5.
struct InsomniaReader {
    private var scan: DocumentScan
    private var text = RequestText(forms: .colonNames)

    /// Puts requests and variables into `scan`.
    static func read(_ scan: inout DocumentScan) {
        var reader = InsomniaReader(scan: scan)
        let tree = DataTree.readJSONOrYAML(scan.bytes)
        for document in tree.documents {
            for resource in document["resources"]?.elements ?? []
            where resource["_type"]?.text == "environment" {
                reader.variables(resource["data"], path: [])
            }
            reader.variables(document["environments"]?["data"], path: [])
            for inner in document["environments"]?["subEnvironments"]?.elements ?? [] {
                reader.variables(inner["data"], path: [])
            }
            for value in reader.text.scope.values { reader.scan.add(value) }
            reader.requests(document)
        }
        for comment in tree.comments { reader.scan.addProse(comment) }
        scan = reader.scan
    }

    private mutating func variables(_ node: DataNode?, path: [String]) {
        guard let node, path.count < 8 else { return }
        for (key, _, value) in node.pairs {
            let path = path + [key]
            if let placed = value.placed {
                guard !placed.bytes.isEmpty else { continue }
                text.scope.set(
                    path.joined(separator: "."), to: placed.bytes, at: placed.offset(of: 0))
            } else {
                variables(value, path: path)
            }
        }
    }

    private mutating func requests(_ document: DataNode) {
        document.walk { node, _ in
            if let description = node["description"]?.scalar { scan.addProse(description.range) }
            guard let address = node["url"]?.placed, !address.bytes.isEmpty,
                let method = RequestText.method(node["method"]?.text)
            else { return true }
            let url = text.url(address)
            scan.add(
                DocumentRequest(
                    method: method, url: url.template, offset: url.offset, client: "insomnia",
                    kind: .call,
                    headers: text.headers(node["headers"]), symbol: node["name"]?.text,
                    evidence: url.evidence))
            return false
        }
    }
}

/// Routes of gateways and rewrites of hosts: what they pass on is sent by them.
extension RequestFinder {
    /// Adds what a route of a gateway or a rewrite of a host passes on.
    mutating func route(_ node: DataNode, _ context: Context) -> Bool {
        let record = Record(node)
        if let target = record[["destination", "to"]], record.has(["source", "from", "src"]),
            let url = context.text.url(target), ByteText.contains("://", in: url.template.head)
        {
            addRoute(url, from: target, context)
            return true
        }
        // Spring Cloud Gateway
        if let uri = record[["uri"]], let predicates = record[["predicates"]],
            let base = context.text.url(uri),
            let path = Self.path(of: predicates, record[["filters"]])
        {
            addRoute(Self.joined(base, context.text.url(path)), from: uri, context)
            return true
        }
        // KrakenD
        if let path = record.text(["urlpattern"]), let url = context.text.url(path),
            record.has(["host"]), let base = base(record, context)
        {
            addRoute(Self.joined(base, url), from: path, context)
            return true
        }
        // IIS
        if let target = record.text(["url"]), record[["type"]]?.text == "Rewrite",
            let url = context.text.url(target), ByteText.contains("://", in: url.template.head)
        {
            addRoute(url, from: target, context)
            return true
        }
        // Kong: what follows a route's own path is put behind the service's.
        if record.has(["routes"]), let url = record[["url"]].flatMap(context.text.url),
            ByteText.contains("://", in: url.template.head)
        {
            var whole = url
            whole.template = url.template.droppingLastSlashes
            whole.template.append("/")
            whole.template.append(.hole(Template.Hole(name: "")))
            addRoute(whole, from: record[["url"]] ?? node, context)
            return true
        }
        return false
    }

    private mutating func addRoute(
        _ url: RequestText.URL, from node: DataNode, _ context: Context
    ) {
        add(
            DocumentRequest(
                url: url.template, offset: url.offset, kind: .call, symbol: context.symbol,
                passesHeadersOn: true, evidence: url.evidence), from: node)
    }

    /// `SetPath=/x/{id}` of the filters, or `Path=/x/**` of the predicates.
    private static func path(of predicates: DataNode, _ filters: DataNode?) -> PlacedText? {
        for (list, name) in [(filters, "SetPath="), (predicates, "Path=")] {
            for element in list?.elements ?? [] {
                guard let text = element.placed,
                    ByteText.matches(name, in: text.bytes[...], at: 0)
                else { continue }
                let start = name.utf8.count
                let end = text.bytes[start...].firstIndex(of: UInt8(ascii: ",")) ?? text.bytes.count
                return text.part(start..<end)
            }
        }
        return nil
    }
}

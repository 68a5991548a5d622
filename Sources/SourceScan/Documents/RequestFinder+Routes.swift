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
        // Envoy
        if let match = node["match"], let route = node["route"],
            let host = (route["host_rewrite_literal"] ?? route["auto_host_rewrite"])?.text,
            let path = (route["prefix_rewrite"] ?? match["prefix"] ?? match["path"]),
            let text = path.placed, var url = ProxyTarget.url(host)
        {
            url.append(ProxyTarget.path(text.string))
            addRoute(
                RequestText.URL(template: url, offset: text.offset(of: 0), evidence: []),
                from: path, context)
            return true
        }
        // Traefik
        if let routers = node["routers"], let services = node["services"] {
            for (_, _, router) in routers.pairs {
                guard let rule = router["rule"], let text = rule.placed,
                    let service = router["service"]?.text,
                    let server = services[service]?["loadBalancer"]?["servers"]?.elements.first,
                    var url = server["url"]?.text.flatMap(ProxyTarget.url),
                    let path = Self.prefix(inRule: text)
                else { continue }
                url.append(ProxyTarget.path(path.string + "/*"))
                addRoute(
                    RequestText.URL(template: url, offset: path.offset(of: 0), evidence: []),
                    from: rule, context)
            }
            return false
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

    /// The path of ``PathPrefix(`/x`)`` in a rule.
    private static func prefix(inRule text: PlacedText) -> PlacedText? {
        for name in ["PathPrefix(", "Path("] {
            guard let start = ByteText.find(name, in: text.bytes[...]) else { continue }
            let open = start + name.utf8.count + 1
            guard open < text.bytes.count,
                let end = text.bytes[open...].firstIndex(where: { "`'\")".utf8.contains($0) }),
                end > open
            else { continue }
            return text.part(open..<end)
        }
        return nil
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

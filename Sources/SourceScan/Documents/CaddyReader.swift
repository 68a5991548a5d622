/// Reads Caddyfiles: what blocks with a path pass on to other hosts.
struct CaddyReader {
    /// A block that is open: its path, what it is rewritten to, and where it passes requests on to.
    private struct Block {
        var path: PlacedText?
        var rewrite: PlacedText?
        var upstreams: [PlacedText] = []
        var headers: [DocumentRequest.Header] = []
    }

    private var blocks: [Block] = [Block()]
    private let text = RequestText(forms: .dollarNames)

    /// Puts proxied requests and comments into `scan`.
    static func read(_ scan: inout DocumentScan) {
        var reader = CaddyReader()
        var start = 0
        while start < scan.bytes.count {
            let end = scan.bytes[start...].firstIndex(of: 0x0A) ?? scan.bytes.count
            let line = ByteText.trimmed(start..<end, of: scan.bytes)
            start = end + 1
            guard !line.isEmpty else { continue }
            if scan.bytes[line.lowerBound] == UInt8(ascii: "#") {
                scan.addProse(line)
            } else {
                reader.line(ApacheReader.words(line, of: scan.bytes), &scan)
            }
        }
        while reader.blocks.count > 1 { reader.close(&scan) }
        reader.close(&scan)
    }

    private mutating func line(_ words: [PlacedText], _ scan: inout DocumentScan) {
        guard let first = words.first else { return }
        if first.string == "}" { return close(&scan) }
        var words = words
        let opens = words.last?.string == "{"
        if opens { words.removeLast() }
        let name = words.first?.string ?? ""
        let path = words.dropFirst().first { $0.bytes.first == UInt8(ascii: "/") }
        let last = blocks.count - 1
        switch name {
        case "rewrite":
            blocks[last].rewrite = words.dropFirst().last { $0.bytes.first == UInt8(ascii: "/") }
        case "reverse_proxy":
            let upstreams = words.dropFirst().filter { $0.bytes.first != UInt8(ascii: "/") }
            if let path, !opens {
                // A matcher of its own: `reverse_proxy /x/* https://host`
                for upstream in upstreams { pass(path, to: upstream, [], &scan) }
            } else {
                blocks[last].upstreams += upstreams
                if let path { blocks[last].rewrite = blocks[last].rewrite ?? path }
            }
        case "to": blocks[last].upstreams += words.dropFirst()
        case "header_up" where words.count > 2:
            blocks[last].headers.append(text.header(words[1].string, words[2]))
        default: break
        }
        guard opens, blocks.count < DataTree.depthLimit else { return }
        // What a block of options says, it says of the proxy before it.
        var inner = name == "reverse_proxy" ? blocks[last] : Block(path: path)
        if name == "reverse_proxy" {
            blocks[last].upstreams = []
        } else if inner.path == nil {
            inner.path = blocks[last].path
        }
        blocks.append(inner)
    }

    private mutating func close(_ scan: inout DocumentScan) {
        guard let block = blocks.popLast() else { return }
        if blocks.isEmpty { blocks = [Block()] }
        guard let path = block.rewrite ?? block.path else { return }
        for upstream in block.upstreams { pass(path, to: upstream, block.headers, &scan) }
    }

    private func pass(
        _ path: PlacedText, to upstream: PlacedText, _ headers: [DocumentRequest.Header],
        _ scan: inout DocumentScan
    ) {
        guard var url = ProxyTarget.url(upstream.string) else { return }
        url.append(ProxyTarget.path(path.string))
        scan.add(
            DocumentRequest(
                url: url, offset: path.offset(of: 0), client: "caddy", kind: .call,
                headers: headers, passesHeadersOn: true))
    }
}

/// Where proxies pass requests on to.
enum ProxyTarget {
    /// Scheme and host of an upstream, its port away: `https://host`, `host:443`.
    static func url(_ upstream: String) -> Template? {
        var host = upstream[...]
        if let scheme = upstream.firstRange(of: "://") { host = upstream[scheme.upperBound...] }
        host = host.prefix { $0 != "/" && $0 != ":" }
        guard host.contains("."), !host.contains("{"), !host.contains("$") else { return nil }
        return Template("https://" + host)
    }

    /// A path with what follows it: `/x/*`, `/x{uri}`.
    static func path(_ text: String) -> Template {
        var path = text
        if let brace = path.firstIndex(of: "{") { path = String(path[..<brace]) + "/" }
        while path.hasSuffix("*") { path.removeLast() }
        while path.hasSuffix("//") { path.removeLast() }
        var template = Template(path)
        if path.hasSuffix("/") { template.append(.hole(Template.Hole(name: ""))) }
        return template
    }
}

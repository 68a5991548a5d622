/// Reads nginx configuration: what locations pass on to other hosts.
struct NginxReader {
    private var scan: DocumentScan
    private var upstreams: [String: String] = [:]

    /// What holds in a block and in those below it.
    private struct Context {
        var text = RequestText(forms: .dollarNames)
        var headers: [DocumentRequest.Header] = []
        /// The path of the location around, and where it stands.
        var location: Location?
        var rewrite: (template: Template, offset: Int)?
        var depth = 0
    }

    private struct Location {
        var template: Template
        var offset: Int
        /// Whether longer paths fit it too.
        var isPrefix: Bool
    }

    /// Puts proxied requests and comments into `scan`.
    static func read(_ scan: inout DocumentScan) {
        let tree = BlockSettingsReader.read(scan.bytes, form: .directives)
        for comment in tree.comments { scan.addProse(comment) }
        var reader = NginxReader(scan: scan)
        for document in tree.documents {
            document.walk { node, keys in
                reader.upstream(node)
                return keys.count < 16
            }
            reader.block(document, Context())
        }
        scan = reader.scan
    }

    private static func words(_ directive: DataNode) -> [PlacedText] {
        directive.all(of: "#label").compactMap(\.placed)
    }

    /// `upstream name { server host:443; }`
    private mutating func upstream(_ node: DataNode) {
        for (key, _, block) in node.pairs where key == "upstream" {
            guard let name = block["#label"]?.text,
                let server = block["server"].flatMap({ Self.words($0).first?.string })
            else { continue }
            upstreams[name] = server
        }
    }

    // MARK: Blocks

    private mutating func block(_ node: DataNode, _ context: Context) {
        guard context.depth < DataTree.depthLimit else { return }
        var context = context
        context.depth += 1
        settings(of: node, &context)
        for (key, offset, child) in node.pairs where child.isMapping {
            switch key {
            case "location":
                var inner = context
                inner.location = Self.location(child)
                inner.rewrite = nil
                block(child, inner)
            case "proxy_pass": pass(child, offset, context)
            case "upstream", "#label": break
            default:
                if child.entries.contains(where: { $0.key != "#label" }) { block(child, context) }
            }
        }
    }

    private func settings(of node: DataNode, _ context: inout Context) {
        // Headers of a block take the place of those around it.
        let headers = node.all(of: "proxy_set_header").compactMap {
            header(Self.words($0), context.text)
        }
        if !headers.isEmpty { context.headers = headers }
        for (key, _, child) in node.pairs {
            let words = Self.words(child)
            if key == "set", words.count > 1 {
                let name = words[0].string.drop { $0 == "$" }
                context.text.scope.set(
                    String(name), to: words[1].bytes, at: words[1].offset(of: 0),
                    forms: .dollarNames)
            } else if key == "rewrite", words.count > 1 {
                let target = words[1].bytes.prefix { $0 != UInt8(ascii: "?") }
                context.rewrite = (
                    Self.replacement(Array(target)), words[1].offset(of: 0)
                )
            }
        }
    }

    private func header(_ words: [PlacedText], _ text: RequestText) -> DocumentRequest.Header? {
        guard words.count > 1, !words[1].bytes.isEmpty else { return nil }
        return DocumentRequest.Header(
            name: words[0].string, value: text.value(words[1]), offset: words[1].offset(of: 0))
    }

    /// `location = /x`, `location ^~ /x/`, `location ~ ^/x/(.*)$`
    private static func location(_ node: DataNode) -> Location? {
        let words = words(node)
        guard let path = words.last, !path.bytes.isEmpty else { return nil }
        let mark = words.count > 1 ? words[0].string : ""
        let isRegex = mark == "~" || mark == "~*"
        return Location(
            template: isRegex ? RegexText.template(path.bytes) : Template(path.string),
            offset: path.offset(of: 0), isPrefix: !isRegex && mark != "=")
    }

    /// `/x/$1`: captures are holes.
    private static func replacement(_ text: [UInt8]) -> Template {
        var template = Template()
        for (number, part) in text.split(
            separator: UInt8(ascii: "$"), omittingEmptySubsequences: false
        ).enumerated() {
            if number == 0 {
                template.append(String(decoding: part, as: UTF8.self))
                continue
            }
            let name = part.prefix(while: Placeholders.isWord)
            template.append(
                .hole(Template.Hole(name: String(decoding: name, as: UTF8.self))))
            template.append(String(decoding: part.dropFirst(name.count), as: UTF8.self))
        }
        return template
    }

    // MARK: Requests

    private mutating func pass(_ directive: DataNode, _ offset: Int, _ context: Context) {
        guard let target = Self.words(directive).first, !target.bytes.isEmpty else { return }
        let text = target.string
        guard let scheme = ByteText.find("://", in: target.bytes[...]) else { return }
        let hostStart = scheme + 3
        let hostEnd =
            target.bytes[hostStart...].firstIndex {
                $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?")
            } ?? target.bytes.count
        var authority = String(decoding: target.bytes[hostStart..<hostEnd], as: UTF8.self)
        for suffix in ["$request_uri", "$uri"] where authority.hasSuffix(suffix) {
            authority.removeLast(suffix.utf8.count)
        }
        let path = target.part(hostEnd..<target.bytes.count)
        let isOwnPath =
            !path.bytes.isEmpty && !ByteText.matches("/$request_uri", in: path.bytes[...], at: 0)
        var url = Template(String(text.prefix { $0 != ":" }) + "://")
        url.append(host(authority, context))
        var place: Int?
        if isOwnPath {
            url.append(Self.replacement(path.bytes))
            append(rest: path.bytes.last == UInt8(ascii: "/"), to: &url, context)
            place = path.offset(of: 0)
        } else if let rewrite = context.rewrite {
            url.append(rewrite.template)
            place = rewrite.offset
        } else if let location = context.location {
            url.append(location.template)
            append(rest: location.template.endsWithSlash, to: &url, context)
            place = location.offset
        }
        guard let place else { return }
        scan.add(
            DocumentRequest(
                url: url, offset: place, client: "nginx",
                kind: .call, headers: context.headers, passesHeadersOn: true))
    }

    /// What a prefix location leaves of the path follows.
    private func append(rest endsWithSlash: Bool, to url: inout Template, _ context: Context) {
        guard let location = context.location, location.isPrefix else { return }
        if case .hole? = url.pieces.last { return }
        if location.template.endsWithSlash != endsWithSlash { return }
        if !endsWithSlash { url.append("/") }
        url.append(.hole(Template.Hole(name: "")))
    }

    /// A host, a variable, or a group of servers that the file or a `Host` header names.
    private func host(_ authority: String, _ context: Context) -> Template {
        if let server = upstreams[authority] { return Template(server) }
        let value = Placeholders.template(Array(authority.utf8), forms: .dollarNames) {
            context.text.scope.value($0)
        }
        if !authority.contains("."), !authority.contains("$"), !authority.contains(":"),
            let sent = context.headers.last(where: { ByteText.lower($0.name) == "host" }),
            sent.value.literal?.contains(".") ?? false
        {
            return sent.value
        }
        return value
    }
}

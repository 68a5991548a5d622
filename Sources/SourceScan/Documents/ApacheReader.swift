/// Reads Apache configuration: `ProxyPass`, `ProxyPassMatch` and rewrites that pass requests on.
struct ApacheReader {
    private let bytes: [UInt8]
    private var text = RequestText(forms: .dollarNames)
    private var headers: [DocumentRequest.Header] = []
    private var location: PlacedText?

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Puts proxied requests and comments into `scan`.
    static func read(_ scan: inout DocumentScan) {
        var reader = ApacheReader(scan.bytes)
        var start = 0
        while start < scan.bytes.count {
            let end = scan.bytes[start...].firstIndex(of: 0x0A) ?? scan.bytes.count
            let line = ByteText.trimmed(start..<end, of: scan.bytes)
            start = end + 1
            guard !line.isEmpty else { continue }
            if scan.bytes[line.lowerBound] == UInt8(ascii: "#") {
                scan.addProse(line)
            } else {
                reader.directive(words(line, of: scan.bytes), &scan)
            }
        }
    }

    /// Words between blanks, quotes taken off.
    static func words(_ line: Range<Int>, of bytes: [UInt8]) -> [PlacedText] {
        var found: [PlacedText] = []
        var index = line.lowerBound
        while index < line.upperBound {
            if bytes[index] <= 0x20 {
                index += 1
                continue
            }
            let quote = bytes[index]
            let isQuoted = quote == 0x22 || quote == 0x27
            let start = isQuoted ? index + 1 : index
            index = start
            while index < line.upperBound,
                isQuoted ? bytes[index] != quote : bytes[index] > 0x20
            { index += 1 }
            found.append(PlacedText(start..<index, of: bytes))
            if isQuoted { index += 1 }
        }
        return found
    }

    private mutating func directive(_ words: [PlacedText], _ scan: inout DocumentScan) {
        guard let name = words.first.map({ ByteText.lower($0.string) }) else { return }
        switch name {
        case "define" where words.count > 2:
            text.scope.set(words[1].string, to: words[2].bytes, at: words[2].offset(of: 0))
        case "<location" where words.count > 1:
            var path = words[1]
            path.trimEnd { $0 == UInt8(ascii: ">") }
            location = path
        case "</location>": location = nil
        case "requestheader" where words.count > 3 && ByteText.lower(words[1].string) == "set":
            headers.append(text.header(words[2].string, words[3]))
        case "proxypass", "proxypassmatch":
            let isInLocation = words.count == 2 || !words[1].bytes.contains(UInt8(ascii: "/"))
            guard words.count > (isInLocation ? 1 : 2) else { return }
            pass(
                from: isInLocation ? location : words[1], to: words[isInLocation ? 1 : 2],
                isRegex: name == "proxypassmatch", &scan)
        case "rewriterule" where words.count > 3:
            let flags = words[3].string.dropFirst().dropLast().split(separator: ",")
            guard flags.contains(where: { $0 == "P" || $0 == "proxy" }) else { return }
            pass(from: nil, to: words[2], isRegex: true, &scan)
        default: break
        }
    }

    private func pass(
        from source: PlacedText?, to target: PlacedText, isRegex: Bool, _ scan: inout DocumentScan
    ) {
        guard ByteText.contains("://", in: target.bytes[...]) else { return }
        var url = text.url(target)
        if !isRegex, let source {
            let endsWithSlash = source.bytes.last == UInt8(ascii: "/")
            if url.template.endsWithSlash == endsWithSlash {
                if !endsWithSlash { url.template.append("/") }
                url.template.append(.hole(Template.Hole(name: "")))
            }
        }
        scan.add(
            DocumentRequest(
                url: url.template, offset: url.offset, client: "apache", kind: .call,
                headers: headers, passesHeadersOn: true, evidence: url.evidence))
    }
}

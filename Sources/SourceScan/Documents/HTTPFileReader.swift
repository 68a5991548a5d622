/// Reads `.http`, `.rest` and Hurl files: request lines with their headers.
struct HTTPFileReader {
    private var scan: DocumentScan
    private var text = RequestText()
    private let kind: DocumentRequestKind
    private var index = 0
    private var symbol: String?

    private init(_ scan: DocumentScan, kind: DocumentRequestKind) {
        self.scan = scan
        self.kind = kind
    }

    /// Puts requests and variables into `scan`.
    static func read(_ scan: inout DocumentScan) {
        // In a page, such a block shows a request; nobody runs it.
        var reader = HTTPFileReader(scan, kind: scan.depth > 0 ? .mention : .call)
        reader.variables()
        for value in reader.text.scope.values { reader.scan.add(value) }
        reader.read()
        scan = reader.scan
    }

    private var bytes: [UInt8] { scan.bytes }

    private func lineEnd(from start: Int) -> Int {
        var end = start
        while end < scan.bytes.count, scan.bytes[end] != 0x0A { end += 1 }
        return end
    }

    private func content(from start: Int) -> Range<Int> {
        ByteText.trimmed(start..<lineEnd(from: start), of: scan.bytes)
    }

    // MARK: Variables

    /// `@host = https://…` anywhere in the file.
    private mutating func variables() {
        var start = 0
        while start < scan.bytes.count {
            let end = lineEnd(from: start)
            let line = ByteText.trimmed(start..<end, of: scan.bytes)
            start = end + 1
            guard !line.isEmpty, scan.bytes[line.lowerBound] == UInt8(ascii: "@"),
                let equals = scan.bytes[line].firstIndex(of: UInt8(ascii: "="))
            else { continue }
            let name = ByteText.trimmed((line.lowerBound + 1)..<equals, of: scan.bytes)
            let value = ByteText.trimmed((equals + 1)..<line.upperBound, of: scan.bytes)
            text.scope.set(
                String(decoding: scan.bytes[name], as: UTF8.self), to: Array(scan.bytes[value]),
                at: value.lowerBound)
        }
    }

    // MARK: Requests

    private mutating func read() {
        while index < scan.bytes.count {
            let start = index
            let line = content(from: start)
            index = lineEnd(from: start) + 1
            guard !line.isEmpty else { continue }
            if ByteText.matches("###", in: scan.bytes[...], at: line.lowerBound) {
                symbol = name(after: 3, in: line)
                scan.addProse(line)
            } else if scan.bytes[line.lowerBound] == UInt8(ascii: "#")
                || ByteText.matches("//", in: scan.bytes[...], at: line.lowerBound)
            {
                comment(line)
            } else if scan.bytes[line.lowerBound] == UInt8(ascii: "@") {
                continue
            } else if ByteText.matches("< {%", in: scan.bytes[...], at: line.lowerBound) {
                script(from: line.lowerBound + 4)
            } else if let request = requestLine(line) {
                self.request(request)
            }
        }
    }

    private func name(after count: Int, in line: Range<Int>) -> String? {
        var start = line.lowerBound + count
        while start < line.upperBound, scan.bytes[start] == UInt8(ascii: "#") { start += 1 }
        let range = ByteText.trimmed(start..<line.upperBound, of: scan.bytes)
        return range.isEmpty ? nil : String(decoding: scan.bytes[range].prefix(200), as: UTF8.self)
    }

    private mutating func comment(_ line: Range<Int>) {
        if let mark = ByteText.find("@name", in: scan.bytes[line]) {
            symbol = name(after: mark + 5 - line.lowerBound, in: line)
        }
        scan.addProse(line)
    }

    private struct RequestLine {
        var method: String
        var url: Range<Int>
        var start: Int
    }

    /// `GET https://… HTTP/1.1`, or the URL alone.
    private func requestLine(_ line: Range<Int>) -> RequestLine? {
        var words = scan.bytes[line].split(maxSplits: 1) { $0 == 0x20 || $0 == 0x09 }
        guard let first = words.first else { return nil }
        let word = String(decoding: first, as: UTF8.self)
        var method = "GET"
        if let named = word == word.uppercased() ? RequestText.method(word) : nil {
            guard words.count == 2 else { return nil }
            method = named
            words.removeFirst()
        } else if !(ByteText.contains("://", in: word) || word.hasPrefix("{{")
            || word.hasPrefix("/"))
        {
            return nil
        }
        var url = ByteText.trimmed(words[0].startIndex..<line.upperBound, of: scan.bytes)
        if let version = ByteText.find(" HTTP/", in: scan.bytes[url]) {
            url = url.lowerBound..<version
        }
        return url.isEmpty ? nil : RequestLine(method: method, url: url, start: line.lowerBound)
    }

    private mutating func request(_ line: RequestLine) {
        var headers: [DocumentRequest.Header] = []
        var address = PlacedText(line.url, of: scan.bytes)
        var host: PlacedText?
        while index < scan.bytes.count {
            let start = index
            let content = content(from: start)
            guard !content.isEmpty,
                !ByteText.matches("###", in: scan.bytes[...], at: content.lowerBound)
            else { break }
            let first = scan.bytes[content.lowerBound]
            // A section of Hurl, or the answer that it expects.
            if first == UInt8(ascii: "[")
                || ByteText.matches("HTTP ", in: scan.bytes[...], at: content.lowerBound)
            {
                break
            }
            index = lineEnd(from: start) + 1
            if first == UInt8(ascii: "#")
                || first == UInt8(ascii: "/") && content.lowerBound == start
            {
                scan.addProse(content)
            } else if headers.isEmpty, content.lowerBound > start, "?&/".utf8.contains(first) {
                address.append(PlacedText(content, of: scan.bytes))
            } else if let colon = scan.bytes[content].firstIndex(of: UInt8(ascii: ":")) {
                let name = String(decoding: scan.bytes[content.lowerBound..<colon], as: UTF8.self)
                let value = PlacedText(
                    ByteText.trimmed((colon + 1)..<content.upperBound, of: scan.bytes),
                    of: scan.bytes)
                if ByteText.lower(name) == "host" { host = value }
                headers.append(text.header(name, value))
            }
        }
        let body = skipBody()
        var url = text.url(address)
        if let host, address.bytes.first == UInt8(ascii: "/") {
            var whole = Template("https://")
            whole.append(text.value(host))
            whole.append(url.template)
            url.template = whole
        }
        scan.add(
            DocumentRequest(
                method: line.method, url: url.template, offset: url.offset, callOffset: line.start,
                client: kind == .call ? "rest-client-file" : nil, kind: kind, headers: headers,
                symbol: symbol,
                inLoop: body.isRetried, evidence: url.evidence))
    }

    /// Steps over the body and the scripts to the next request; Hurl's entries have no mark between them.
    private mutating func skipBody() -> (isRetried: Bool, end: Int) {
        var isRetried = false
        while index < scan.bytes.count {
            let start = index
            let line = content(from: start)
            guard !line.isEmpty else {
                index = lineEnd(from: start) + 1
                continue
            }
            if ByteText.matches("###", in: scan.bytes[...], at: line.lowerBound) { break }
            if ByteText.matches("> {%", in: scan.bytes[...], at: line.lowerBound)
                || ByteText.matches("< {%", in: scan.bytes[...], at: line.lowerBound)
            {
                script(from: line.lowerBound + 4)
                continue
            }
            if line.lowerBound == start, let next = requestLine(line), isRequest(next) { break }
            if ByteText.matches("retry:", in: scan.bytes[...], at: line.lowerBound) {
                isRetried = true
            }
            index = lineEnd(from: start) + 1
        }
        return (isRetried, index)
    }

    /// In a body, only a line with a method begins a request.
    private func isRequest(_ line: RequestLine) -> Bool { line.url.lowerBound > line.start }

    /// `{% … %}`
    private mutating func script(from start: Int) {
        let end = ByteText.find("%}", in: scan.bytes[...], from: start) ?? scan.bytes.count
        scan.embed(
            PlacedText(min(start, end)..<end, of: scan.bytes), language: "javascript",
            symbol: symbol)
        index = max(index, min(scan.bytes.count, lineEnd(from: min(end, scan.bytes.count)) + 1))
    }
}

/// Reads Bruno requests and environments.
struct BrunoReader {
    private var scan: DocumentScan
    private var text = RequestText(forms: .colonNames)
    private var index = 0
    private var blocks: [Block] = []

    /// `name {` … `}`; entries for those that hold `key: value` lines.
    private struct Block {
        var name: String
        var range: Range<Int>
        var entries: [(key: String, value: Range<Int>)]
    }

    /// Puts requests, variables and scripts into `scan`.
    static func read(_ scan: inout DocumentScan) {
        var reader = BrunoReader(scan: scan)
        reader.readBlocks()
        reader.variables()
        reader.scripts()
        reader.request()
        scan = reader.scan
    }

    private func lineEnd(from start: Int) -> Int {
        var end = start
        while end < scan.bytes.count, scan.bytes[end] != 0x0A { end += 1 }
        return end
    }

    private mutating func readBlocks() {
        while index < scan.bytes.count {
            let end = lineEnd(from: index)
            let line = ByteText.trimmed(index..<end, of: scan.bytes)
            index = end + 1
            guard !line.isEmpty, let last = scan.bytes[line].last,
                last == UInt8(ascii: "{") || last == UInt8(ascii: "[")
            else {
                continue
            }
            let name = ByteText.trimmed(line.lowerBound..<(line.upperBound - 1), of: scan.bytes)
            blocks.append(block(String(decoding: scan.bytes[name], as: UTF8.self)))
        }
    }

    /// Up to a closing brace at a line's begin.
    private mutating func block(_ name: String) -> Block {
        let start = index
        var entries: [(key: String, value: Range<Int>)] = []
        var last = start
        while index < scan.bytes.count {
            let lineStart = index
            let end = lineEnd(from: index)
            last = lineStart
            index = end + 1
            if scan.bytes[lineStart] == UInt8(ascii: "}")
                || scan.bytes[lineStart] == UInt8(ascii: "]")
            {
                break
            }
            last = min(index, scan.bytes.count)
            let line = ByteText.trimmed(lineStart..<end, of: scan.bytes)
            guard let colon = scan.bytes[line].firstIndex(of: UInt8(ascii: ":")),
                scan.bytes[line.lowerBound] != UInt8(ascii: "~")
            else { continue }
            let key = ByteText.trimmed(line.lowerBound..<colon, of: scan.bytes)
            entries.append(
                (
                    String(decoding: scan.bytes[key].filter { $0 != 0x22 }, as: UTF8.self),
                    ByteText.trimmed((colon + 1)..<line.upperBound, of: scan.bytes)
                ))
        }
        return Block(name: name, range: start..<max(start, last), entries: entries)
    }

    // MARK: Facts

    private mutating func variables() {
        for block in blocks
        where block.name == "vars" || block.name == "vars:pre-request"
            || block.name == "vars:global"
        {
            for entry in block.entries where !entry.value.isEmpty {
                text.scope.set(
                    entry.key, to: Array(scan.bytes[entry.value]), at: entry.value.lowerBound)
            }
        }
        for value in text.scope.values { scan.add(value) }
    }

    private mutating func scripts() {
        for block in blocks {
            if block.name == "docs" { scan.addProse(block.range) }
            if block.name.hasPrefix("script") || block.name == "tests" {
                scan.embed(
                    PlacedText(block.range, of: scan.bytes), language: "javascript", symbol: name)
            }
        }
    }

    /// Whether the file sets what all requests of its folder send.
    private var isFolder: Bool {
        scan.path.hasSuffix("folder.bru") || scan.path.hasSuffix("collection.bru")
    }

    private var name: String? {
        guard
            let entry = blocks.first(where: { $0.name == "meta" })?.entries.first(where: {
                $0.key == "name"
            })
        else { return nil }
        return String(decoding: scan.bytes[entry.value], as: UTF8.self)
    }

    private mutating func request() {
        let headers = blocks.filter { $0.name == "headers" }.flatMap(\.entries).map {
            text.header($0.key, PlacedText($0.value, of: scan.bytes))
        }
        let added = blocks.filter { $0.name == "script:pre-request" }.flatMap {
            ScriptHeaders.found(in: PlacedText($0.range, of: scan.bytes))
        }
        if isFolder, !(headers + added).isEmpty {
            scan.add(
                DocumentRequest(
                    url: Template(), offset: 0, client: "bruno", kind: .defaults,
                    headers: headers + added))
        }
        for block in blocks {
            var method = RequestText.method(block.name)
            if block.name == "http", let named = block.entries.first(where: { $0.key == "method" })
            {
                method = RequestText.method(
                    String(decoding: scan.bytes[named.value], as: UTF8.self))
            }
            guard let method, let address = block.entries.first(where: { $0.key == "url" }) else {
                continue
            }
            let url = text.url(PlacedText(address.value, of: scan.bytes))
            scan.add(
                DocumentRequest(
                    method: method, url: url.template, offset: url.offset, client: "bruno",
                    kind: .call,
                    headers: headers + added, symbol: name, evidence: url.evidence))
        }
    }
}

/// Lists of a generated client's paths in prose: `**GET** /operations/{id}`, below a sentence that says
/// what all paths are relative to.
enum EndpointTables {
    /// Adds a mention per method and path of a page that names its base.
    static func read(_ texts: [Range<Int>], _ scan: inout DocumentScan) {
        guard let base = base(texts, scan.bytes) else { return }
        for text in texts {
            var index = text.lowerBound
            while let mark = ByteText.find("**", in: scan.bytes[text], from: index) {
                index = mark + 2
                guard let close = ByteText.find("**", in: scan.bytes[text], from: index),
                    close - index <= 7,
                    let method = RequestText.method(
                        String(decoding: scan.bytes[index..<close], as: UTF8.self))
                else { continue }
                let path = word(after: close + 2, in: text, scan.bytes)
                index = max(index, path.upperBound)
                guard scan.bytes[path].first == UInt8(ascii: "/") else { continue }
                var url = Template(base.url)
                url.append(String(decoding: scan.bytes[path], as: UTF8.self))
                scan.add(
                    DocumentRequest(
                        method: method, url: url, offset: path.lowerBound, kind: .mention,
                        evidence: [(base.offset, "base URL")]))
            }
        }
    }

    private static func word(
        after start: Int, in text: Range<Int>, _ bytes: [UInt8]
    ) -> Range<Int> {
        var first = start
        while first < text.upperBound, bytes[first] == 0x20 || bytes[first] == 0x60 { first += 1 }
        var end = first
        while end < text.upperBound, bytes[end] > 0x20, bytes[end] != 0x60,
            bytes[end] != UInt8(ascii: "|")
        {
            end += 1
        }
        return min(first, text.upperBound)..<max(min(first, text.upperBound), end)
    }

    /// `All URIs are relative to *https://host/base*`
    private static func base(
        _ texts: [Range<Int>], _ bytes: [UInt8]
    ) -> (url: String, offset: Int)? {
        for text in texts {
            guard let mark = ByteText.find("relative to", in: bytes[text]) else { continue }
            let line = bytes[mark..<text.upperBound].prefix { $0 != 0x0A }
            guard let start = ByteText.find("http", in: line) else { continue }
            let url = line[start...].prefix { byte in
                byte > 0x20 && !"*`|)>\"'".utf8.contains(byte)
            }
            guard ByteText.contains("://", in: url) else { continue }
            let end = url.last.map { "./".utf8.contains($0) } ?? false ? url.dropLast() : url
            return (String(decoding: end, as: UTF8.self), start)
        }
        return nil
    }
}

/// Reads HAProxy configuration: paths that a frontend gives to a backend on another host.
struct HAProxyReader {
    private var section = ""
    /// Paths that `acl` lines name, by their name and section.
    private var paths: [String: PlacedText] = [:]
    /// Backends that requests go to, with the names of the conditions.
    private var uses: [(section: String, backend: String, conditions: [String])] = []
    private var hosts: [String: String] = [:]
    private var rewrites: [String: PlacedText] = [:]
    private var headers: [String: [DocumentRequest.Header]] = [:]
    private let text = RequestText(forms: .dollarNames)

    /// Puts proxied requests and comments into `scan`.
    static func read(_ scan: inout DocumentScan) {
        var reader = HAProxyReader()
        var start = 0
        while start < scan.bytes.count {
            let end = scan.bytes[start...].firstIndex(of: 0x0A) ?? scan.bytes.count
            let line = ByteText.trimmed(start..<end, of: scan.bytes)
            start = end + 1
            guard !line.isEmpty else { continue }
            if scan.bytes[line.lowerBound] == UInt8(ascii: "#") {
                scan.addProse(line)
            } else {
                reader.line(ApacheReader.words(line, of: scan.bytes))
            }
        }
        reader.finish(&scan)
    }

    private mutating func line(_ words: [PlacedText]) {
        let plain = words.map(\.string)
        switch plain.first {
        case "frontend", "backend", "listen": section = plain.count > 1 ? plain[1] : ""
        case "acl" where plain.count > 3 && ["path_beg", "path", "path_reg"].contains(plain[2]):
            guard
                let path = words.dropFirst(3).first(where: { $0.bytes.first == UInt8(ascii: "/") })
            else { return }
            paths["\(section) \(plain[1])"] = path
        case "use_backend" where plain.count > 1:
            uses.append((section, plain[1], Array(plain.dropFirst(3))))
        case "server" where plain.count > 2: hosts[section] = hosts[section] ?? plain[2]
        case "http-request" where plain.count > 2 && plain[1] == "set-path":
            rewrites[section] = words[2]
        case "http-request" where plain.count > 3 && plain[1] == "set-header":
            headers[section, default: []].append(text.header(plain[2], words[3]))
        default: break
        }
    }

    private func finish(_ scan: inout DocumentScan) {
        for use in uses {
            guard let url = hosts[use.backend].flatMap(ProxyTarget.url) else { continue }
            for condition in use.conditions {
                guard let matched = paths["\(use.section) \(condition)"] else { continue }
                let path = rewrites[use.backend] ?? matched
                var whole = url
                whole.append(ProxyTarget.path(path.string))
                scan.add(
                    DocumentRequest(
                        url: whole, offset: path.offset(of: 0), client: "haproxy", kind: .call,
                        headers: headers[use.backend] ?? [], passesHeadersOn: true))
            }
        }
    }
}

/// The log formats that a server's configuration defines: nginx, Apache, HAProxy, Envoy or Squid.
package struct ServerConfiguration: Sendable {
    /// A format that the configuration defines.
    package struct Format: Hashable, Sendable {
        /// Whose it is, and its name there: `nginx:main`.
        package var name: String
        /// As `--log-format` takes it.
        package var text: String
        /// Where it begins, from 1.
        package var line: Int
    }

    /// In the order of the text.
    package private(set) var formats: [Format] = []
    /// Other files that it takes in, as they are written there: paths and patterns.
    package private(set) var includes: [String] = []
    /// What HAProxy captures, by which its logs name no header.
    private var captured: (request: [String], response: [String]) = ([], [])

    /// Reads `text`, which may be any configuration.
    package init(_ text: String) {
        var line = 1
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let statement = Self.statement(&rest, &line)
            read(statement.text, at: statement.line)
        }
        expandCaptures()
    }

    /// The next statement: what stands on a line, with what a backslash at its end or, for nginx, a missing semicolon
    /// makes part of it. Comments are left out.
    private static func statement(
        _ rest: inout ArraySlice<UInt8>, _ line: inout Int
    ) -> (text: String, line: Int) {
        var bytes: [UInt8] = []
        var quote: UInt8?
        let first = line
        var isNginx = false
        while let byte = rest.popFirst() {
            if byte == 0x0A { line += 1 }
            if bytes.count == 10 { isNginx = bytes.elementsEqual("log_format".utf8) }
            if byte == UInt8(ascii: "\\"), let next = rest.first {
                rest = rest.dropFirst()
                if next == 0x0A {
                    line += 1
                    bytes.append(0x20)
                } else {
                    bytes += [byte, next]
                }
                continue
            }
            if let open = quote {
                // A text in quotes ends with its line, other than nginx'.
                if byte == open || byte == 0x0A && !isNginx { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "#"), bytes.last.map({ $0 <= 0x20 }) ?? true {
                while let comment = rest.first, comment != 0x0A {
                    _ = comment
                    rest = rest.dropFirst()
                }
                continue
            } else if byte == UInt8(ascii: ";"), isNginx {
                bytes.append(byte)
                break
            }
            if byte == 0x0A {
                if isNginx { bytes.append(0x20) } else { break }
            } else if !bytes.isEmpty || byte > 0x20 {
                bytes.append(byte)
            }
        }
        return (String(decoding: bytes, as: UTF8.self), first)
    }

    private mutating func read(_ statement: String, at line: Int) {
        let words = statement.split(maxSplits: 6) { $0 == " " || $0 == "\t" }.map(String.init)
        guard let directive = words.first else { return }
        switch directive {
        case "log_format":
            if words.count > 2 { add("nginx", words[1], statement, line) }
        case "LogFormat":
            if statement.contains("\"") { add("apache", Self.lastWord(statement), statement, line) }
        case "CustomLog", "TransferLog":
            if statement.filter({ $0 == "\"" }).count >= 2, statement.contains("%") {
                add("apache", "line-\(line)", statement, line)
            }
        case "logformat":
            if words.count > 2 { add("squid", words[1], statement, line) }
        case "log-format", "log-format-sd":
            add("haproxy", "line-\(line)", "haproxy:" + Self.rest(of: statement, directive), line)
        case "option" where words.count > 1 && words[1] == "httplog":
            if !words.contains("clf") { add("haproxy", "httplog", "haproxy:" + Self.httplog, line) }
        case "capture" where words.count > 3 && words[2] == "header":
            if words[1] == "request" { captured.request.append(words[3]) }
            if words[1] == "response" { captured.response.append(words[3]) }
        case "include", "Include", "IncludeOptional":
            let path = Self.rest(of: statement, directive).split(separator: ";").first ?? ""
            let name = path.filter { $0 != "\"" && $0 != "'" }.trimmingBlanks
            if !name.isEmpty { includes.append(name) }
        default:
            let pieces = Self.pieces(of: statement)
            if pieces.count > 1 {
                for piece in pieces { read(piece, at: line) }
            } else {
                readEnvoy(statement, line)
            }
        }
    }

    /// The statements of a block that stands on one line: `http { include a; include b; }`.
    private static func pieces(of statement: String) -> [String] {
        var pieces = [""]
        var quote: Character?
        for character in statement {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "{" || character == "}" || character == ";" {
                pieces.append("")
                continue
            }
            pieces[pieces.count - 1].append(character)
        }
        return pieces.map(\.trimmingBlanks).filter { !$0.isEmpty }
    }

    /// `format: "…"`, `text_format: "…"`, `inline_string: "…"`, in YAML and in JSON.
    private mutating func readEnvoy(_ statement: String, _ line: Int) {
        guard let colon = statement.firstIndex(of: ":") else { return }
        let key = statement[..<colon].filter { $0.isLetter || $0 == "_" }
        guard ["format", "text_format", "inline_string"].contains(key) else { return }
        let value = String(statement[statement.index(after: colon)...]).trimmingBlanks
        guard value.contains("%"), let quote = value.first, quote == "\"" || quote == "'",
            let end = value.lastIndex(of: quote), end > value.startIndex
        else { return }
        let inner = value[value.index(after: value.startIndex)..<end]
        let text = quote == "\"" ? String(inner).replacing("\\\"", with: "\"") : String(inner)
        add("envoy", "line-\(line)", "envoy:" + text, line)
    }

    private mutating func add(_ server: String, _ name: String, _ text: String, _ line: Int) {
        formats.append(Format(name: "\(server):\(name)", text: text, line: line))
    }

    /// Writes `%hr` and `%hs` as the headers that they stand for: `{…|…}`, in the order in which they are captured.
    private mutating func expandCaptures() {
        guard !captured.request.isEmpty || !captured.response.isEmpty else { return }
        func group(_ names: [String], _ fetch: String) -> String {
            "{" + names.map { "%[\(fetch)(\($0))]" }.joined(separator: "|") + "}"
        }
        for index in formats.indices where formats[index].name.hasPrefix("haproxy:") {
            for (mark, names, fetch) in [
                ("%hr", captured.request, "req.hdr"), ("%hs", captured.response, "res.hdr"),
            ] {
                formats[index].text = formats[index].text.replacing(
                    "\(mark) ", with: names.isEmpty ? "" : group(names, fetch) + " ")
            }
        }
    }

    /// What `option httplog` stands for (HAProxy's configuration manual, 8.2.3).
    private static let httplog =
        #"%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r"#

    private static func rest(of statement: String, _ directive: String) -> String {
        let rest = String(statement.dropFirst(directive.count)).trimmingBlanks
        guard let quote = rest.first, quote == "\"" || quote == "'", rest.count > 1,
            rest.last == quote
        else { return rest }
        return String(rest.dropFirst().dropLast()).replacing("\\\"", with: "\"")
    }

    private static func lastWord(_ statement: String) -> String {
        let last = statement.split { $0 == " " || $0 == "\t" }.last.map(String.init) ?? ""
        return last.contains("\"") ? "default" : last
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        var text = Substring(self).drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

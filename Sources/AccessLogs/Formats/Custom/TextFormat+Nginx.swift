extension TextFormatBuilder {
    /// Appends what an nginx `log_format` string says.
    mutating func append(nginx text: FormatText, headers: [String]) throws(LogFormatError) {
        var text = text
        while let byte = text.next {
            let column = text.column
            guard byte == UInt8(ascii: "$") else {
                append(literal: byte)
                _ = text.take()
                continue
            }
            _ = text.take()
            let isBraced = text.take(UInt8(ascii: "{"))
            let variable = text.take {
                $0 == 0x5F || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20)
            }
            if isBraced, !text.take(UInt8(ascii: "}")) {
                throw LogFormatError(
                    "'${' without '}' in the log_format; write ${\(variable)}", column: column)
            }
            guard !variable.isEmpty else {
                throw LogFormatError(
                    "'$' without a variable's name in the log_format", column: column)
            }
            let name = "$\(variable)"
            if NginxVariables.queryParts.contains(variable), joinsPath(name, at: column) {
                continue
            }
            if variable == "request_uri", joinsOrigin(name, at: column) { continue }
            let header = variable.hasPrefix("http_") ? String(variable.dropFirst(5)) : nil
            try append(
                NginxVariables.role(of: variable),
                header: header.flatMap { RequestHeader.index(of: $0, in: headers) }, named: name,
                at: column, shape: NginxVariables.shape(of: variable),
                isPadded: variable.hasPrefix("padded_"))
        }
    }
}

/// A `log_format` directive taken apart: `log_format name [escape=…] 'piece' 'piece';`, or just its string.
struct NginxDirective {
    var format: FormatText
    var escape: FieldEscape = .backslash

    init(_ text: String, skipping skipped: Int = 0) throws(LogFormatError) {
        let given = Array(text.utf8)
        var index = skipped
        let skipBlanks = { (index: inout Int) in
            while index < given.count, Self.isBlank(given[index]) { index += 1 }
        }
        skipBlanks(&index)
        let word = Array("log_format".utf8)
        format = FormatText(of: given)
        guard given[index...].starts(with: word) else {
            for place in skipped..<given.count { format.append(given[place], from: place) }
            return
        }
        index += word.count
        skipBlanks(&index)
        while index < given.count, !Self.isBlank(given[index]), !Self.isQuote(given[index]) {
            index += 1
        }
        let escapeWord = Array("escape=".utf8)
        while true {
            skipBlanks(&index)
            guard index < given.count, given[index] != UInt8(ascii: ";") else { return }
            if given[index...].starts(with: escapeWord) {
                let start = index
                index += escapeWord.count
                let name = given[index...].prefix { (0x61...0x7A).contains($0 | 0x20) }
                index += name.count
                switch String(decoding: name, as: UTF8.self) {
                case "default": escape = .backslash
                case "json": escape = .json
                case "none": escape = .none
                case let other:
                    throw LogFormatError(
                        "escape=\(other) is none of default, json, none",
                        column: format.column(ofPlace: start))
                }
                continue
            }
            try appendWord(of: given, &index)
        }
    }

    /// A word in quotes, or without.
    private mutating func appendWord(of given: [UInt8], _ index: inout Int) throws(LogFormatError) {
        let start = index
        let quote = Self.isQuote(given[index]) ? given[index] : nil
        if quote != nil { index += 1 }
        while index < given.count {
            let byte = given[index]
            if let quote {
                if byte == quote { break }
            } else if Self.isBlank(byte) || byte == UInt8(ascii: ";") {
                break
            }
            index += 1
            guard byte == UInt8(ascii: "\\"), index < given.count else {
                format.append(byte, from: index - 1)
                continue
            }
            switch given[index] {
            case UInt8(ascii: "t"): format.append(0x09, from: index)
            case UInt8(ascii: "n"): format.append(0x0A, from: index)
            case UInt8(ascii: "r"): format.append(0x0D, from: index)
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"):
                format.append(given[index], from: index)
            default:
                format.append(byte, from: index - 1)
                format.append(given[index], from: index)
            }
            index += 1
        }
        guard quote != nil else { return }
        guard index < given.count else {
            throw LogFormatError(
                "a quote without its partner in the log_format",
                column: format.column(ofPlace: start))
        }
        index += 1
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"")
    }
}

/// What nginx' variables mean to us.
enum NginxVariables {
    private static let roles: [String: FieldRole] = [
        "remote_addr": .address, "realip_remote_addr": .ignored,
        "proxy_protocol_addr": .clientAddress, "proxy_add_x_forwarded_for": .forwardedFor,
        "ident": .identity, "remote_user": .user, "time_local": .time, "time_iso8601": .time,
        "msec": .time,
        "request": .request, "request_method": .method, "request_uri": .target,
        "uri": .decodedPath, "document_uri": .decodedPath,
        "host": .host, "server_name": .host, "ssl_server_name": .host,
        "ssl_preread_server_name": .host, "proxy_host": .upstreamHost,
        "status": .status,
        "body_bytes_sent": .number, "bytes_sent": .number, "request_length": .number,
        "request_time": .number, "connection": .number, "connection_requests": .number,
        "number": .number, "server_port": .number, "remote_port": .number, "pid": .number,
    ]

    /// What stands behind a path where it is logged in pieces.
    static let queryParts = ["is_args", "args", "query_string"]

    /// An example of what the variable holds, where that has blanks in it.
    static func shape(of variable: String) -> String {
        switch variable {
        case "time_local": "12/Feb/2026:08:14:03 +0100"
        case "request": "GET /operations/1 HTTP/1.1"
        default: ""
        }
    }

    /// Variables that nothing is read from are `ignored`.
    static func role(of variable: String) -> FieldRole {
        if let role = roles[variable] { return role }
        return variable.hasPrefix("http_")
            ? RequestHeader.role(of: String(variable.dropFirst(5))) : .ignored
    }
}

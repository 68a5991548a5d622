/// Why a format string cannot be used.
package struct LogFormatError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, and what to do.
    package var description: String

    init(_ description: String) {
        self.description = description
    }
}

extension TextFormat {
    /// Compiles an nginx `log_format` string, with or without the directive around it.
    ///
    /// `headers` are the names of the version headers, in the rules' order.
    init(nginx text: String, headers: [String], allowsTail: Bool = false) throws(LogFormatError) {
        let source = try NginxDirective(text)
        var builder = TextFormatBuilder(escape: source.escape)
        var rest = Array(source.format.utf8)[...]
        while let byte = rest.first {
            guard byte == UInt8(ascii: "$") else {
                builder.append(literal: byte)
                rest.removeFirst()
                continue
            }
            rest.removeFirst()
            let isBraced = rest.first == UInt8(ascii: "{")
            if isBraced { rest.removeFirst() }
            let name = rest.prefix {
                $0 == 0x5F || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20)
            }
            rest = rest.dropFirst(name.count)
            if isBraced, rest.popFirst() != UInt8(ascii: "}") {
                throw LogFormatError("'${' without '}' in the log_format")
            }
            guard !name.isEmpty else {
                throw LogFormatError("'$' without a variable's name in the log_format")
            }
            let variable = String(decoding: name, as: UTF8.self)
            if NginxVariables.queryParts.contains(variable), builder.joinsPath() { continue }
            if variable == "request_uri", builder.joinsOrigin() { continue }
            try builder.append(
                NginxVariables.role(of: variable),
                header: headers.firstIndex {
                    variable == "http_" + $0.lowercased().map { $0 == "-" ? "_" : $0 }
                }, named: "$\(variable)", shape: NginxVariables.shape(of: variable),
                isPadded: variable.hasPrefix("padded_"))
        }
        self = try builder.finish(allowsTail: allowsTail)
    }
}

/// A `log_format` directive taken apart: `log_format name [escape=…] 'piece' 'piece';`, or just its string.
private struct NginxDirective {
    var format: String
    var escape: FieldEscape = .backslash

    init(_ text: String) throws(LogFormatError) {
        var rest = Substring(text).drop(while: \.isWhitespace)
        guard rest.hasPrefix("log_format") else {
            format = text
            return
        }
        rest = rest.dropFirst("log_format".count).drop(while: \.isWhitespace)
        rest = rest.drop(while: { !$0.isWhitespace && $0 != "'" && $0 != "\"" })
        format = ""
        while true {
            rest = rest.drop(while: \.isWhitespace)
            guard let first = rest.first, first != ";" else { return }
            if rest.hasPrefix("escape=") {
                let name = rest.dropFirst("escape=".count).prefix { $0.isLetter }
                rest = rest.dropFirst("escape=".count + name.count)
                switch name {
                case "default": escape = .backslash
                case "json": escape = .json
                case "none": escape = .none
                default: throw LogFormatError("escape=\(name) is none of default, json, none")
                }
                continue
            }
            let isQuoted = first == "'" || first == "\""
            if isQuoted { rest.removeFirst() }
            while let character = rest.first {
                if isQuoted ? character == first : character.isWhitespace || character == ";" {
                    break
                }
                rest.removeFirst()
                if character == "\\", let escaped = rest.popFirst() {
                    format.append(Self.unescaped(escaped))
                } else {
                    format.append(character)
                }
            }
            if isQuoted, rest.popFirst() == nil {
                throw LogFormatError("a quote without its partner in the log_format")
            }
        }
    }

    private static func unescaped(_ character: Character) -> Character {
        switch character {
        case "t": "\t"
        case "n": "\n"
        case "r": "\r"
        default: character
        }
    }
}

/// What nginx' variables mean to us.
enum NginxVariables {
    private static let roles: [String: FieldRole] = [
        "remote_addr": .address, "realip_remote_addr": .ignored,
        "proxy_protocol_addr": .clientAddress, "http_x_real_ip": .clientAddress,
        "http_x_forwarded_for": .forwardedFor, "proxy_add_x_forwarded_for": .forwardedFor,
        "ident": .identity, "remote_user": .user, "time_local": .time, "time_iso8601": .time,
        "msec": .time,
        "request": .request, "request_method": .method, "request_uri": .target,
        "uri": .decodedPath, "document_uri": .decodedPath,
        "host": .host, "http_host": .host, "server_name": .host, "ssl_server_name": .host,
        "ssl_preread_server_name": .host, "proxy_host": .upstreamHost,
        "status": .status, "http_user_agent": .userAgent,
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
    static func role(of variable: String) -> FieldRole { roles[variable] ?? .ignored }
}

extension TextFormatBuilder {
    /// Appends what a HAProxy `log-format` string says (its configuration manual, 8.2.6).
    mutating func append(haproxy text: FormatText, headers: [String]) throws(LogFormatError) {
        var text = text
        text.dropLineEnd()
        var isQuoting = false
        while let byte = text.next {
            let column = text.column
            _ = text.take()
            if byte == UInt8(ascii: "\\"), let escaped = text.next,
                escaped == 0x20 || escaped == 0x22
            {
                append(literal: escaped)
                _ = text.take()
                continue
            }
            guard byte == UInt8(ascii: "%") else {
                append(literal: byte)
                continue
            }
            if text.take(UInt8(ascii: "%")) {
                append(literal: byte)
                continue
            }
            let field = try HAProxyField(&text, at: column)
            if field.name == "o", !field.isSample {
                // Flags for all fields that follow.
                isQuoting = field.quotes ?? isQuoting
                // It writes no blank before the first field, and one where nothing is between two.
                while text.take("\\ ") || text.take(0x20) {}
                continue
            }
            let isQuoted = field.quotes ?? isQuoting
            if isQuoted { append(literal: 0x22) }
            try append(field, headers: headers, at: column)
            if isQuoted { append(literal: 0x22) }
            if field.mayVanish {
                // Where nothing is captured, neither braces nor the blank behind them are written: what is read
                // up to the quote behind them may be nothing.
                var rest = text
                while rest.take(0x20) || rest.take("%hr") || rest.take("%hs") {}
                if isQuoting || rest.next == 0x22 || rest.startsQuoted { text = rest }
            }
        }
    }

    private mutating func append(
        _ field: HAProxyField, headers: [String], at column: Int
    ) throws(LogFormatError) {
        let header = field.header.flatMap { RequestHeader.index(of: $0, in: headers) }
        try append(
            field.role, header: header, named: field.text, at: column, shape: field.shape)
    }
}

extension FormatText {
    /// Whether a field in quotes comes next.
    fileprivate var startsQuoted: Bool {
        var copy = self
        return copy.take("%{+Q}")
    }
}

/// One `%…` of a HAProxy format.
private struct HAProxyField {
    /// As it is written.
    var text: String
    /// A variable's name, or a sample expression.
    var name: String
    var isSample = false
    /// Whether `{+Q}` or `{-Q}` was given.
    var quotes: Bool?

    /// Reads what follows the `%`.
    init(_ source: inout FormatText, at column: Int) throws(LogFormatError) {
        var flags = ""
        // Since 3.0 fields may have a name for other encodings.
        if source.take(UInt8(ascii: "(")), source.take(upTo: UInt8(ascii: ")")) == nil {
            throw LogFormatError("'%(' without ')' in the log-format", column: column)
        }
        if source.take(UInt8(ascii: "{")) {
            guard let given = source.take(upTo: UInt8(ascii: "}")) else {
                throw LogFormatError("'%{' without '}' in the log-format", column: column)
            }
            flags = given
        }
        if flags.contains("+Q") { quotes = true }
        if flags.contains("-Q") { quotes = false }
        let lead = flags.isEmpty ? "%" : "%{\(flags)}"
        if source.take(UInt8(ascii: "[")) {
            guard let expression = Self.expression(&source) else {
                throw LogFormatError("'%[' without ']' in the log-format", column: column)
            }
            isSample = true
            name = expression
            text = "\(lead)[\(expression)]"
            return
        }
        name = source.take { (0x61...0x7A).contains($0 | 0x20) }
        text = lead + name
        guard Self.roles[name] != nil || name == "o" else {
            throw LogFormatError(
                "'\(text)' is no field of HAProxy's log-format; a percent sign is written %%",
                column: column)
        }
    }

    /// Up to the bracket that closes it; quotes may hold others.
    private static func expression(_ source: inout FormatText) -> String? {
        var result: [UInt8] = []
        var quote: UInt8?
        while let byte = source.take() {
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "]") {
                return String(decoding: result, as: UTF8.self)
            }
            result.append(byte)
        }
        return nil
    }

    /// The captured headers: nothing at all is written where none is captured.
    var mayVanish: Bool { !isSample && (name == "hr" || name == "hs") }

    /// The request header that a sample fetches.
    var header: String? {
        guard isSample else { return nil }
        let fetch = name.prefix { $0 != "(" && $0 != "," }
        guard ["req.hdr", "req.fhdr", "hdr", "req.hdr_ip", "fhdr"].contains(String(fetch)),
            fetch.endIndex < name.endIndex, let close = name.firstIndex(of: ")")
        else { return nil }
        let arguments = name[name.index(after: fetch.endIndex)..<close]
        return arguments.split(separator: ",").first.map {
            $0.filter { $0 != " " && $0 != "\"" && $0 != "'" }
        }
    }

    var role: FieldRole {
        guard isSample else { return Self.roles[name] ?? .ignored }
        if let header { return RequestHeader.role(of: header) }
        return switch name.prefix(while: { $0 != "(" && $0 != "," }) {
        case "src": .address
        case "method", "capture.req.method": .method
        case "url", "path", "pathq", "capture.req.uri", "base": .target
        case "status": .status
        case "ssl_fc_sni", "req.ssl_sni": .host
        case "date": name.contains(",") ? .ignored : .time
        default: .ignored
        }
    }

    /// An example of what it writes, where that has blanks in it.
    var shape: String {
        switch name {
        case "r": "GET /operations/1 HTTP/1.1"
        case "trg", "trl", "T", "Tl": "12/Feb/2026:08:14:03 +0100"
        default: ""
        }
    }

    private static let roles: [String: FieldRole] = {
        var roles: [String: FieldRole] = [
            "ci": .address, "r": .request, "HM": .method, "HU": .target, "HPO": .decodedPath,
            "HP": .target, "ST": .status, "t": .time, "tr": .time, "T": .time, "Tl": .time,
            "trg": .time, "trl": .time, "Ts": .time, "cp": .number, "B": .number, "U": .number,
            "ac": .number, "fc": .number, "bc": .number, "sc": .number, "rc": .number,
            "sq": .number, "bq": .number, "ms": .number,
        ]
        for name in [
            "b", "bi", "bp", "CC", "CS", "fi", "fp", "ft", "f", "H", "HQ", "HV", "hr", "hrl", "hs",
            "hsl", "ID", "lc", "pid", "rt", "s", "si", "sp", "sslc", "sslv", "Ta", "Tc", "Td", "Th",
            "Ti", "Tq", "TR", "Tr", "Tt", "Tu", "Tw", "ts", "tsc", "OG",
        ] { roles[name] = .ignored }
        return roles
    }()
}

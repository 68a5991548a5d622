extension TextFormatBuilder {
    /// Appends what an Envoy (and Istio) access log format string says.
    mutating func append(envoy text: FormatText, headers: [String]) throws(LogFormatError) {
        var text = text
        text.dropLineEnd()
        while let byte = text.next {
            let column = text.column
            _ = text.take()
            guard byte == UInt8(ascii: "%"), !text.take(UInt8(ascii: "%")) else {
                append(literal: byte)
                continue
            }
            let command = try EnvoyCommand(&text, at: column)
            try append(
                command.role,
                header: command.headers.lazy.compactMap {
                    RequestHeader.index(of: $0, in: headers)
                }.first,
                named: command.text, at: column, shape: command.shape)
        }
    }
}

/// One `%COMMAND(ARGUMENT):LENGTH%`.
private struct EnvoyCommand {
    var name: String
    var argument: String?
    /// As it is written.
    var text: String

    /// Reads what follows the first `%`.
    init(_ source: inout FormatText, at column: Int) throws(LogFormatError) {
        name = source.take {
            (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
        }
        text = "%\(name)"
        guard !name.isEmpty else {
            throw LogFormatError(
                "'%' without the name of a command (%REQ(:PATH)%); a percent sign is written %%",
                column: column)
        }
        if source.take(UInt8(ascii: "(")) {
            guard let given = source.take(upTo: UInt8(ascii: ")")) else {
                throw LogFormatError("'%\(name)(' without ')'", column: column)
            }
            argument = given
            text += "(\(given))"
        }
        if source.take(UInt8(ascii: ":")) {
            text += ":" + source.take { (0x30...0x39).contains($0) }
        }
        guard source.take(UInt8(ascii: "%")) else {
            throw LogFormatError("'\(text)' without the '%' that ends it", column: column)
        }
        text += "%"
    }

    /// The request headers that it writes, the first that was sent.
    var headers: [String] {
        guard name == "REQ" || name == "REQ_WITHOUT_QUERY" else { return [] }
        return (argument ?? "").split(separator: "?").map(String.init)
    }

    var role: FieldRole {
        switch name {
        case "START_TIME", "EMIT_TIME": .time
        case "REQ", "REQ_WITHOUT_QUERY", "PATH":
            name == "PATH"
                ? .target
                : headers.lazy.map(RequestHeader.role).first { $0 != .ignored } ?? .ignored
        case "RESPONSE_CODE": .status
        case "DOWNSTREAM_REMOTE_ADDRESS", "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT": .address
        case "REQUESTED_SERVER_NAME": .host
        case "BYTES_RECEIVED", "BYTES_SENT", "DURATION": .number
        default: .ignored
        }
    }

    /// An example of what it writes, where that has blanks in it.
    var shape: String { role == .time ? argument.map(strftimeShape) ?? "" : "" }
}

extension TextFormat {
    /// Compiles an Apache `LogFormat` string, with or without the directive around it.
    ///
    /// `headers` are the names of the version headers, in the rules' order.
    init(apache text: String, headers: [String], allowsTail: Bool = false) throws(LogFormatError) {
        var builder = TextFormatBuilder(escape: .backslash)
        var rest = Array(try apacheFormat(text).utf8)[...]
        var times = ApacheTimes()
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%"), rest.first != UInt8(ascii: "%") else {
                // `%%` is a percent sign.
                if byte == UInt8(ascii: "%") { rest.removeFirst() }
                try times.append(literal: byte, to: &builder)
                continue
            }
            let directive = try ApacheDirective(&rest)
            if directive.isTimePiece {
                times.append(piece: directive.argument ?? "")
                continue
            }
            try times.flush(into: &builder)
            try directive.append(to: &builder, headers: headers)
        }
        try times.flush(into: &builder)
        self = try builder.finish(allowsTail: allowsTail)
    }
}

/// The format string inside a `LogFormat "…" name` or `CustomLog file "…"` directive, or `text` itself.
private func apacheFormat(_ text: String) throws(LogFormatError) -> String {
    let trimmed = text.drop(while: \.isWhitespace)
    var format = Substring(text)
    if trimmed.hasPrefix("LogFormat") || trimmed.hasPrefix("CustomLog") {
        guard let open = trimmed.firstIndex(of: "\"") else {
            throw LogFormatError("the directive has no quoted format string")
        }
        format = trimmed[trimmed.index(after: open)...]
        var end = format.startIndex
        while end < format.endIndex, format[end] != "\"" {
            if format[end] == "\\" { end = format.index(after: end) }
            if end < format.endIndex { end = format.index(after: end) }
        }
        guard end < format.endIndex else {
            throw LogFormatError("a quote without its partner in the LogFormat")
        }
        format = format[..<end]
    }
    var result = ""
    var isEscaped = false
    for character in format {
        if isEscaped {
            switch character {
            case "n": result.append("\n")
            case "t": result.append("\t")
            case "\"", "\\": result.append(character)
            default: result += "\\\(character)"
            }
            isEscaped = false
        } else if character == "\\" {
            isEscaped = true
        } else {
            result.append(character)
        }
    }
    return result
}

/// One `%…` of a format string.
private struct ApacheDirective {
    /// The statuses of `%400,501{…}i` are given, so that `-` may mean "not for this status".
    var isConditional = false
    var argument: String?
    var letter: Character

    /// Reads what follows the `%`.
    init(_ rest: inout ArraySlice<UInt8>) throws(LogFormatError) {
        while let byte = rest.first {
            if byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") {
                rest.removeFirst()
            } else if byte == UInt8(ascii: "!") || byte == UInt8(ascii: ",")
                || (0x30...0x39).contains(byte)
            {
                isConditional = true
                rest.removeFirst()
            } else {
                break
            }
        }
        if rest.first == UInt8(ascii: "{") {
            guard let close = rest.firstIndex(of: UInt8(ascii: "}")) else {
                throw LogFormatError("'%{' without '}' in the LogFormat")
            }
            argument = String(decoding: rest[(rest.startIndex + 1)..<close], as: UTF8.self)
            rest = rest[(close + 1)...]
        }
        guard let last = rest.popFirst() else {
            throw LogFormatError("'%' at the end of the LogFormat")
        }
        letter = Character(Unicode.Scalar(last))
        if letter == "^" {
            // Trailers and first byte times: %^FB, %^ti, %^to.
            rest = rest.dropFirst(2)
        }
    }

    var isTimePiece: Bool { letter == "t" && argument != nil }

    func append(
        to builder: inout TextFormatBuilder, headers: [String]
    ) throws(LogFormatError) {
        let name = "%\(argument.map { "{\($0)}" } ?? "")\(letter)"
        let header: Int? =
            letter == "i"
            ? headers.firstIndex { $0.lowercased() == argument?.lowercased() } : nil
        if letter == "q", builder.joinsPath() { return }
        if letter == "t" {
            builder.append(literal: UInt8(ascii: "["))
            try builder.append(.time, named: name, shape: "12/Feb/2026:08:14:03 +0100")
            builder.append(literal: UInt8(ascii: "]"))
            return
        }
        try builder.append(
            role, header: header, named: name,
            shape: letter == "r" ? "GET /operations/1 HTTP/1.1" : "",
            isConditional: isConditional)
    }

    private var role: FieldRole {
        switch letter {
        case "a": .clientAddress
        case "h": .address
        case "l": .identity
        case "u": .user
        case "r": .request
        case "m": .method
        // Decoded, without the query.
        case "U": .decodedPath
        case "s": .status
        case "v", "V": .host
        case "i":
            switch argument?.lowercased() {
            case "user-agent": .userAgent
            case "x-forwarded-for": .forwardedFor
            case "x-real-ip", "true-client-ip", "cf-connecting-ip": .clientAddress
            case "host": .host
            default: .ignored
            }
        case "b", "B", "O", "I", "D", "T", "S", "p", "P", "k": .number
        default: .ignored
        }
    }
}

/// `%{…}t` pieces with texts between them are one instant: `%{%d/%b/%Y %T}t.%{msec_frac}t %{%z}t`.
private struct ApacheTimes {
    private var pieces: [String] = []
    private var shape = ""
    /// Texts behind the last piece, which belong to the instant if another piece follows.
    private var pending: [UInt8] = []

    mutating func append(piece: String) {
        shape += String(decoding: pending, as: UTF8.self) + strftimeShape(piece)
        pending = []
        pieces.append(piece)
    }

    mutating func append(
        literal byte: UInt8, to builder: inout TextFormatBuilder
    ) throws(LogFormatError) {
        let joins = byte == 0x20 || byte == 0x2E || byte == 0x2C || byte == 0x3A || byte == 0x54
        if !pieces.isEmpty, joins {
            pending.append(byte)
        } else {
            try flush(into: &builder)
            builder.append(literal: byte)
        }
    }

    /// Ends the instant, and writes the text behind it, which did not lead to another piece.
    mutating func flush(into builder: inout TextFormatBuilder) throws(LogFormatError) {
        guard !pieces.isEmpty else { return }
        try builder.append(.time, named: "%{\(pieces.joined())}t", shape: shape)
        for byte in pending { builder.append(literal: byte) }
        self = ApacheTimes()
    }
}

/// An example of what a strftime format writes.
private func strftimeShape(_ format: String) -> String {
    var shape = ""
    var isDirective = false
    var rest = Substring(format)
    for moment in ["begin:", "end:"] where rest.hasPrefix(moment) {
        rest = rest.dropFirst(moment.count)
    }
    for character in rest {
        if isDirective {
            switch character {
            case "c": shape += "Thu Feb 12 07:14:03 2026"
            case "T": shape += "07:14:03"
            case "R": shape += "07:14"
            case "F": shape += "2026-02-12"
            case "z": shape += "+0000"
            default: shape += "12"
            }
            isDirective = false
        } else if character == "%" {
            isDirective = true
        } else {
            shape.append(character)
        }
    }
    return shape
}

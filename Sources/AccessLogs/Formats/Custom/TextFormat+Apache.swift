extension TextFormatBuilder {
    /// Appends what an Apache `LogFormat` string says.
    mutating func append(apache text: FormatText, headers: [String]) throws(LogFormatError) {
        var text = text
        text.dropLineEnd()
        var times = ApacheTimes()
        while let byte = text.next {
            let column = text.column
            _ = text.take()
            guard byte == UInt8(ascii: "%"), text.next != UInt8(ascii: "%") else {
                // `%%` is a percent sign.
                if byte == UInt8(ascii: "%") { _ = text.take() }
                try times.append(literal: byte, to: &self)
                continue
            }
            let directive = try ApacheDirective(&text, at: column)
            if directive.isTimePiece {
                times.append(piece: directive.argument ?? "", at: column)
                continue
            }
            try times.flush(into: &self)
            try directive.append(to: &self, headers: headers)
        }
        try times.flush(into: &self)
    }
}

/// The format string inside a `LogFormat "…" name` or `CustomLog file "…"` directive, or `text` itself.
func apacheText(_ text: String, skipping skipped: Int = 0) throws(LogFormatError) -> FormatText {
    let given = Array(text.utf8)
    let start = given[skipped...].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? given.count
    for word in ["LogFormat", "CustomLog"] where given[start...].starts(with: Array(word.utf8)) {
        var open = start + word.utf8.count
        if word == "CustomLog" {
            // The file comes first, in quotes or not.
            while open < given.count, given[open] == 0x20 || given[open] == 0x09 { open += 1 }
            if open < given.count, given[open] == UInt8(ascii: "\"") {
                open = (given[(open + 1)...].firstIndex(of: UInt8(ascii: "\"")) ?? open) + 1
            }
        }
        guard let quoted = try FormatText.quoted(in: given, from: open, directive: word) else {
            throw LogFormatError(
                "the \(word) directive has no quoted format string; a name alone says nothing of it"
            )
        }
        return quoted
    }
    // What is in a configuration has its quotes escaped there.
    var result = FormatText(of: given)
    var index = skipped
    while index < given.count {
        var byte = given[index]
        let place = index
        if byte == UInt8(ascii: "\\"), index + 1 < given.count {
            switch given[index + 1] {
            case UInt8(ascii: "n"): byte = 0x0A
            case UInt8(ascii: "t"): byte = 0x09
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte = given[index + 1]
            default: index -= 1
            }
            index += 1
        }
        result.append(byte, from: place)
        index += 1
    }
    return result
}

/// One `%…` of a format string.
private struct ApacheDirective {
    /// The statuses of `%400,501{…}i` are given, so that `-` may mean "not for this status".
    var isConditional = false
    var argument: String?
    var letter: Character
    let column: Int

    /// What mod_log_config, mod_logio and mod_ssl know.
    private static let letters = "aAbBcCDefhHiIklLmnoOpPqrRsStTuUvVxX^"

    /// Reads what follows the `%`.
    init(_ text: inout FormatText, at column: Int) throws(LogFormatError) {
        self.column = column
        while let byte = text.next {
            if byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") {
                _ = text.take()
            } else if byte == UInt8(ascii: "!") || byte == UInt8(ascii: ",")
                || (0x30...0x39).contains(byte)
            {
                isConditional = true
                _ = text.take()
            } else {
                break
            }
        }
        if text.take(UInt8(ascii: "{")) {
            guard let name = text.take(upTo: UInt8(ascii: "}")) else {
                throw LogFormatError("'%{' without '}' in the LogFormat", column: column)
            }
            argument = name
        }
        guard let last = text.take() else {
            throw LogFormatError(
                "'%' at the end of the LogFormat; a percent sign is written %%", column: column)
        }
        letter = Character(Unicode.Scalar(last))
        guard Self.letters.contains(letter) else {
            throw LogFormatError(
                "'%\(letter)' is no directive of Apache's LogFormat; a percent sign is written %%",
                column: column)
        }
        if letter == "^" {
            // Trailers and first byte times: %^FB, %^ti, %^to.
            _ = text.take()
            _ = text.take()
        } else if argument == nil, "Ceinox".contains(letter) {
            throw LogFormatError(
                "'%\(letter)' needs a name: %{NAME}\(letter)", column: column)
        }
    }

    var isTimePiece: Bool { letter == "t" && argument != nil }

    func append(
        to builder: inout TextFormatBuilder, headers: [String]
    ) throws(LogFormatError) {
        let name = "%\(argument.map { "{\($0)}" } ?? "")\(letter)"
        let header: Int? =
            letter == "i" ? argument.flatMap { RequestHeader.index(of: $0, in: headers) } : nil
        if letter == "q", builder.joinsPath(name, at: column) { return }
        if letter == "t" {
            builder.append(literal: UInt8(ascii: "["))
            try builder.append(
                .time, named: name, at: column, shape: "12/Feb/2026:08:14:03 +0100")
            builder.append(literal: UInt8(ascii: "]"))
            return
        }
        try builder.append(
            role, header: header, named: name, at: column,
            shape: letter == "r" ? "GET /operations/1 HTTP/1.1" : "",
            isConditional: isConditional)
    }

    private var role: FieldRole {
        switch letter {
        case "a": argument == "c" ? .address : .clientAddress
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
            RequestHeader.role(of: argument ?? "")
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
    private var column = 1

    mutating func append(piece: String, at column: Int) {
        if pieces.isEmpty { self.column = column }
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
        try builder.append(
            .time, named: pieces.map { "%{\($0)}t" }.joined(separator: " … "), at: column,
            shape: shape)
        for byte in pending { builder.append(literal: byte) }
        self = ApacheTimes()
    }
}

/// An example of what a strftime format writes.
func strftimeShape(_ format: String) -> String {
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
            case "s": shape += "1770880443"
            case "Y": shape += "2026"
            case "b": shape += "Feb"
            // Envoy: a fraction of so many digits.
            case "1"..."9":
                shape += "310"
                continue
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

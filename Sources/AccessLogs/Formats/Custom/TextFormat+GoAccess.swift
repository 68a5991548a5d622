extension TextFormatBuilder {
    /// Appends what a GoAccess `log-format` string says.
    ///
    /// Its `date-format` and `time-format` are not asked for: times are known by their looks.
    mutating func append(goaccess text: FormatText, headers: [String]) throws(LogFormatError) {
        var text = text
        text.dropLineEnd()
        while let byte = text.next {
            let column = text.column
            _ = text.take()
            if byte == UInt8(ascii: "~"), text.take("h") {
                // `~h{, }`: the list of a forwarded header.
                if text.take(UInt8(ascii: "{")), text.take(upTo: UInt8(ascii: "}")) == nil {
                    throw LogFormatError("'~h{' without '}'", column: column)
                }
                try append(.forwardedFor, named: "~h", at: column, shape: "")
                continue
            }
            guard byte == UInt8(ascii: "%"), !text.take(UInt8(ascii: "%")) else {
                append(literal: byte == UInt8(ascii: "\\") && text.take("t") ? 0x09 : byte)
                continue
            }
            guard let letter = text.take() else {
                throw LogFormatError("'%' at the end of the format", column: column)
            }
            try append(Character(Unicode.Scalar(letter)), at: column, &text)
        }
    }

    private mutating func append(
        _ letter: Character, at column: Int, _ text: inout FormatText
    ) throws(LogFormatError) {
        let name = "%\(letter)"
        if letter == "~" {
            // Any number of blanks: what follows may be padded.
            while text.take(0x20) {}
            pad()
            return
        }
        guard let role = Self.goAccessRoles[letter] else {
            throw LogFormatError("'\(name)' is no specifier of GoAccess", column: column)
        }
        // Day, clock time and zone with a mark between them are one instant.
        if let last, last.role == .time, last.behind.count <= 1,
            letter == "t" || letter == "d" || (letter == "^" && isZone(behind: last.behind, text))
        {
            let mark = last.behind.first ?? 0x20
            joinLast(name, at: column, shape: mark == 0x20 && letter == "^" ? "+0000" : "07:14:03")
            return
        }
        try append(
            role, named: name, at: column,
            shape: letter == "r" ? "GET /operations/1 HTTP/1.1" : "")
    }

    /// A field that is passed over behind a time, before the bracket that closes it.
    private func isZone(behind: [UInt8], _ text: FormatText) -> Bool {
        behind == [0x20] && text.next == UInt8(ascii: "]")
    }

    private static let goAccessRoles: [Character: FieldRole] = [
        "x": .time, "t": .time, "d": .time, "v": .host, "e": .user, "h": .address, "r": .request,
        "m": .method, "U": .target, "q": .ignored, "H": .ignored, "s": .status, "b": .ignored,
        "R": .ignored, "u": .userAgent, "D": .ignored, "T": .ignored, "L": .ignored, "n": .ignored,
        "^": .ignored, "C": .ignored, "M": .ignored, "K": .ignored, "k": .ignored,
    ]
}

extension TextFormatBuilder {
    /// Appends what a Squid `logformat` string says.
    mutating func append(squid text: FormatText, headers: [String]) throws(LogFormatError) {
        var text = text
        text.dropLineEnd()
        while let byte = text.next {
            let column = text.column
            _ = text.take()
            guard byte == UInt8(ascii: "%"), !text.take(UInt8(ascii: "%")) else {
                append(literal: byte)
                continue
            }
            let code = try SquidCode(&text, at: column)
            // Seconds, a point and the fraction are one instant.
            if code.name == "tu", let last, last.role == .time, last.behind == [0x2E] {
                joinLast(code.text, at: column, shape: "310")
                continue
            }
            if code.quotes { append(literal: 0x22) }
            if code.brackets { append(literal: 0x5B) }
            try append(
                code.role,
                header: code.name == ">h"
                    ? code.argument.flatMap { RequestHeader.index(of: $0, in: headers) } : nil,
                named: code.text, at: column, shape: code.shape, isPadded: code.isPadded)
            if code.brackets { append(literal: 0x5D) }
            if code.quotes { append(literal: 0x22) }
        }
    }
}

/// The format string of a `logformat NAME …` directive, or `text` itself.
func squidText(_ text: String, skipping skipped: Int) throws(LogFormatError) -> FormatText {
    let given = Array(text.utf8)
    var start = given[skipped...].firstIndex { $0 != 0x20 } ?? given.count
    if given[start...].starts(with: Array("logformat".utf8)) {
        for _ in 0..<2 {
            start = given[start...].firstIndex { $0 == 0x20 || $0 == 0x09 } ?? given.count
            start = given[start...].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? given.count
        }
    } else {
        start = skipped
    }
    var result = FormatText(of: given)
    for place in start..<given.count { result.append(given[place], from: place) }
    return result
}

/// One `%…` of a Squid format: `%["|[|#|'|/][-][0][width]{argument}code{argument}`.
private struct SquidCode {
    /// As it is written.
    var text: String
    var name: String
    var argument: String?
    var quotes = false
    var brackets = false
    var isPadded: Bool

    /// Reads what follows the `%`.
    init(_ source: inout FormatText, at column: Int) throws(LogFormatError) {
        let way = source.take { [0x22, 0x27, 0x5B, 0x23, 0x2F, 0x5C].contains($0) }
        quotes = way.contains("\"")
        let width = source.take { $0 == 0x2D || (0x30...0x39).contains($0) }
        isPadded = width.first.map { ("1"..."9").contains($0) } ?? false
        argument = try Self.argument(&source, at: column)
        let direction = source.take { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "<") }
        var letters = source.take { (0x61...0x7A).contains($0 | 0x20) || $0 == 0x3A || $0 == 0x5F }
        // The longest name that there is; the rest is text.
        var known: String?
        while !letters.isEmpty {
            if Self.roles[direction + letters] != nil || letters.contains("::") {
                known = letters
                break
            }
            source.back()
            letters.removeLast()
        }
        guard let known else {
            throw LogFormatError(
                "'%\(way)\(width)\(direction)' is followed by no code of Squid's logformat; a percent sign is "
                    + "written %%", column: column)
        }
        name = direction + known
        if argument == nil { argument = try Self.argument(&source, at: column) }
        text = "%\(way)\(width)" + (argument.map { "{\($0)}" } ?? "") + name
    }

    private static func argument(
        _ source: inout FormatText, at column: Int
    ) throws(LogFormatError) -> String? {
        guard source.take(UInt8(ascii: "{")) else { return nil }
        guard let name = source.take(upTo: UInt8(ascii: "}")) else {
            throw LogFormatError("'%{' without '}' in the logformat", column: column)
        }
        return name
    }

    var role: FieldRole {
        if name == ">h" { return argument.map(RequestHeader.role) ?? .ignored }
        return Self.roles[name] ?? .ignored
    }

    /// An example of what it writes, where that has blanks in it.
    var shape: String {
        switch name {
        case "tl", "tg": argument.map(strftimeShape) ?? "12/Feb/2026:08:14:03 +0100"
        default: ""
        }
    }

    private static let roles: [String: FieldRole] = {
        var roles: [String: FieldRole] = [
            ">a": .address, "ts": .time, "tl": .time, "tg": .time, "rm": .method, ">rm": .method,
            "ru": .target, ">ru": .target, ">rd": .host, "un": .user, "ul": .user, "ue": .user,
            ">Hs": .status, "Hs": .status, "tr": .number, "<st": .number, ">st": .number,
            "st": .number, "dt": .number, ">p": .number, "lp": .number, "<p": .number,
            ">rp": .decodedPath, "rp": .decodedPath, "tu": .number,
        ]
        for name in [
            ">A", ">h", "<h", ">ha", "<a", "<A", "<la", "<lp", "la", "<Hs", "ui", "us", "et", "ea",
            "Ss", "Sh", "mt", "rv", ">rv", "<rv", "<rm", "<ru", "<rd", "<rp", "<rs", "<rP", ">rs",
            ">rP", "rP", "rs", ">sh", "<sh", "sn", "tS", "tR", "tA", "err", ">eui", "note", "ri",
            "ssl", "adapt", "icap", ">handshake", "credentials", "<pt", "<tt", ">qos", "<qos",
            ">nfmark", "<nfmark", "<bs", "<sH", "busy",
        ] where roles[name] == nil { roles[name] = .ignored }
        return roles
    }()
}

/// A log format as a server's configuration describes it, compiled.
package struct CustomLogFormat: Sendable {
    /// Whose way to write a format it is.
    package enum Syntax: String, Hashable, Sendable, CaseIterable {
        case nginx, apache, haproxy, envoy, squid, goaccess
    }

    /// A field of a format string.
    package struct Piece: Hashable, Sendable {
        /// As it is written: `$remote_addr`, `%{X-Version}i`.
        package var text: String
        /// Where it stands in the given text, from 1.
        package var column: Int
        var role: FieldRole
        var header: Int?
        var isConditional = false
        var isPartOfTheOneBefore = false
    }

    /// Whose format it is.
    package let syntax: Syntax
    /// Its fields, in order.
    package let pieces: [Piece]
    /// How values are escaped.
    let escape: FieldEscape
    let format: TextFormat

    /// Compiles `text`, a format string with or without the directive around it. `nginx:`, `haproxy:` and so on
    /// before it say whose it is, where its looks do not.
    ///
    /// `headers` are the names of the version headers, in the rules' order.
    package init(_ text: String, headers: [String]) throws(LogFormatError) {
        let own = Syntax.allCases.first { text.hasPrefix($0.rawValue + ":") }
        guard let syntax = own ?? Syntax(ofFormat: text) else {
            throw LogFormatError(
                "'\(text.prefix(64))' has no field of nginx ($…), Apache, HAProxy, Envoy, Squid or GoAccess (%…)"
            )
        }
        let skipped = own.map { $0.rawValue.utf8.count + 1 } ?? 0
        // Blanks in its place keep the columns right.
        let rest = String(repeating: " ", count: skipped) + text.dropFirst(skipped)
        try self.init(rest, skipping: skipped, syntax: syntax, headers: headers)
    }

    /// Whether `text` looks like a format string, of whomever.
    package static func isFormat(_ text: String) -> Bool {
        Syntax.allCases.contains { text.hasPrefix($0.rawValue + ":") }
            || Syntax(ofFormat: text) != nil
    }

    init(
        _ text: String, skipping skipped: Int = 0, syntax: Syntax, headers: [String],
        allowsTail: Bool = false
    ) throws(LogFormatError) {
        self.syntax = syntax
        var builder: TextFormatBuilder
        switch syntax {
        case .nginx:
            let source = try NginxDirective(text, skipping: skipped)
            escape = source.escape
            builder = TextFormatBuilder(escape: escape)
            try builder.append(nginx: source.format, headers: headers)
        case .apache:
            escape = .backslash
            builder = TextFormatBuilder(escape: escape)
            try builder.append(apache: apacheText(text, skipping: skipped), headers: headers)
        case .haproxy:
            escape = .hash
            builder = TextFormatBuilder(escape: escape)
            try builder.append(
                haproxy: directiveText(text, skipping: skipped, ["log-format-sd", "log-format"]),
                headers: headers)
        case .envoy:
            escape = .none
            builder = TextFormatBuilder(escape: escape)
            try builder.append(
                envoy: directiveText(text, skipping: skipped, ["format:", "inline_string:"]),
                headers: headers)
        case .squid:
            escape = .percent
            builder = TextFormatBuilder(escape: escape)
            try builder.append(squid: squidText(text, skipping: skipped), headers: headers)
        case .goaccess:
            escape = .none
            builder = TextFormatBuilder(escape: escape)
            try builder.append(
                goaccess: directiveText(text, skipping: skipped, ["log-format"]), headers: headers)
        }
        pieces = builder.pieces
        format = try builder.finish(allowsTail: allowsTail)
    }
}

extension CustomLogFormat.Piece {
    /// What it means to an audit.
    package var meaning: String {
        if header != nil {
            return isConditional
                ? "the version header; '-' may also mean another status" : "the version header"
        }
        if isPartOfTheOneBefore { return "part of the field before it" }
        return switch role {
        case .address: "the address that the request came from"
        case .forwardedFor: "the forwarded list of addresses"
        case .clientAddress: "the client's address"
        case .user: "the user"
        case .time, .date, .clock: "when it was"
        case .request: "method, target and protocol"
        case .method: "the method"
        case .target: "the target as sent"
        case .decodedPath: "the path, decoded"
        case .host: "the host that was asked for"
        case .upstreamHost: "the host that it was passed on to"
        case .status: "the status"
        case .userAgent: "the user agent"
        case .number: "a number, not kept"
        case .identity, .ignored: "not kept"
        }
    }

    /// Whether an audit uses it.
    package var isKept: Bool {
        switch role {
        case .number, .identity, .ignored: header != nil || isPartOfTheOneBefore
        case .address, .forwardedFor, .clientAddress, .user, .time, .date, .clock, .request,
            .method, .target, .decodedPath, .host, .upstreamHost, .status, .userAgent:
            true
        }
    }
}

extension CustomLogFormat {
    /// How values are escaped, for people; nil where they are as they were sent.
    package var escaping: String? {
        switch escape {
        case .none: nil
        case .backslash: "\\xHH"
        case .json: "JSON"
        case .percent: "%HH"
        case .plus: "+"
        case .hash: "#HH"
        case .numbers: "numbers"
        case .doubledQuote: "\"\""
        }
    }

    /// What lines of this format do not record; `headers` are those that it was compiled with.
    package func gaps(headers: [String]) -> [LogGap] {
        let roles = Set(pieces.map(\.role))
        var gaps: [LogGap] = []
        if roles.isDisjoint(with: [.host, .upstreamHost]) { gaps.append(.host) }
        if roles.isDisjoint(with: [.address, .clientAddress, .forwardedFor]) {
            gaps.append(.address)
        }
        if !roles.contains(.userAgent) { gaps.append(.userAgent) }
        for (index, name) in headers.enumerated() where !format.recordsHeader(index) {
            gaps.append(.header(name))
        }
        if roles.isDisjoint(with: [.time, .clock]) { gaps.append(.time) }
        if !roles.contains(.status) { gaps.append(.status) }
        return gaps
    }
}

/// The format string behind one of these words, out of its quotes; or `text` itself.
private func directiveText(
    _ text: String, skipping skipped: Int, _ words: [String]
) throws(LogFormatError) -> FormatText {
    let given = Array(text.utf8)
    var start = skipped
    while start < given.count, given[start] == 0x20 { start += 1 }
    for word in words where given[start...].starts(with: Array(word.utf8)) {
        start += word.utf8.count
        while start < given.count, given[start] == 0x20 || given[start] == 0x09 { start += 1 }
        if start < given.count, [0x22, 0x27].contains(given[start]),
            let quoted = try FormatText.quoted(in: given, from: start, directive: word)
        {
            return quoted
        }
        break
    }
    var result = FormatText(of: given)
    if start == skipped || given[skipped..<start].allSatisfy({ $0 == 0x20 }) { start = skipped }
    for place in start..<given.count { result.append(given[place], from: place) }
    return result
}

extension CustomLogFormat.Syntax {
    /// Whose way to write a format `text` is; nil where it has no field of any.
    init?(ofFormat text: String) {
        let trimmed = text.drop(while: \.isWhitespace)
        if trimmed.hasPrefix("log_format") {
            self = .nginx
        } else if trimmed.hasPrefix("LogFormat") || trimmed.hasPrefix("CustomLog") {
            self = .apache
        } else if trimmed.hasPrefix("logformat") {
            self = .squid
        } else if Self.hasVariable(text) {
            self = .nginx
        } else if !text.contains("%") {
            return nil
        } else {
            let fields = Self.fields(of: text)
            if fields.contains(where: Self.isEnvoy) {
                self = .envoy
            } else if fields.contains(where: Self.isHAProxy) {
                self = .haproxy
            } else if fields.contains(where: Self.isSquid) {
                self = .squid
            } else if text.contains("~h") || fields.contains(where: Self.isGoAccess) {
                self = .goaccess
            } else {
                self = .apache
            }
        }
    }

    /// Whether a `$` begins a variable's name.
    private static func hasVariable(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.indices.contains { index in
            guard bytes[index] == UInt8(ascii: "$") else { return false }
            guard index + 1 < bytes.count else { return !bytes.contains(UInt8(ascii: "%")) }
            let next = bytes[index + 1]
            return next == UInt8(ascii: "{") || next == UInt8(ascii: "_")
                || (0x61...0x7A).contains(next | 0x20) || !bytes.contains(UInt8(ascii: "%"))
        }
    }

    /// What stands behind each `%`, up to 24 characters.
    private static func fields(of text: String) -> [Substring] {
        var fields: [Substring] = []
        var rest = Substring(text)
        while let percent = rest.firstIndex(of: "%") {
            rest = rest[rest.index(after: percent)...]
            if rest.first == "%" {
                rest = rest.dropFirst()
                continue
            }
            fields.append(rest.prefix(24))
            // What is in braces is no field of its own: `%{%Y-%m-%d}t`.
            if rest.first == "{", let close = rest.firstIndex(of: "}") { rest = rest[close...] }
        }
        return fields
    }

    private static func isEnvoy(_ field: Substring) -> Bool {
        let name = field.prefix { $0.isASCII && ($0.isUppercase || $0 == "_") }
        guard name.count >= 3 else { return false }
        let behind = field.dropFirst(name.count).first
        return behind == "(" || behind == "%" || behind == ":"
    }

    private static func isHAProxy(_ field: Substring) -> Bool {
        if field.hasPrefix("{+") || field.hasPrefix("{-") { return true }
        // Squid has a bracket for a way to quote, and no second one.
        if field.hasPrefix("["), let close = field.firstIndex(of: "]") ?? field.firstIndex(of: "(")
        {
            return field[..<close].dropFirst().allSatisfy { !$0.isWhitespace && $0 != "%" }
        }
        let name = String(field.prefix { $0.isASCII && $0.isLetter })
        return [
            "ci", "cp", "ST", "HM", "HU", "HP", "HPO", "HQ", "HV", "tr", "trg", "trl", "hr", "hs",
            "Ta", "tsc", "ft", "si", "fi", "bi",
        ].contains(name)
    }

    private static func isSquid(_ field: Substring) -> Bool {
        var rest = field.drop { "\"'#[/\\-0123456789".contains($0) }
        if rest.first == "{", let close = rest.firstIndex(of: "}") {
            rest = rest[rest.index(after: close)...]
        }
        return [
            ">a", ">A", ">h", ">Hs", "<Hs", "<st", ">st", ">ru", ">rm", "<a", "<A", "rm", "ru",
            "rv",
            "ts", "tu", "tg", "tl", "un", "ul", "ue", "Ss", "Sh", "Hs", "mt",
        ].contains { rest.hasPrefix($0) }
    }

    private static func isGoAccess(_ field: Substring) -> Bool {
        if field.hasPrefix("^") {
            return !["^FB", "^ti", "^to"].contains { field.hasPrefix($0) }
                && !field.hasPrefix("^{")
        }
        guard let letter = field.first else { return false }
        let next = field.dropFirst().first
        return letter == "~" || (letter == "d" || letter == "x") && next != "{"
    }
}

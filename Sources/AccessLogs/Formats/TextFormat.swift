import ByteScan

/// A line format of literal texts and fields, as nginx' `log_format` and Apache's `LogFormat` describe it.
struct TextFormat: Sendable {
    /// A field and the literal text behind it.
    struct Capture: Sendable {
        var role: FieldRole
        /// The place in the list of version headers, where the field is one of them.
        var header: Int?
        var escape: FieldEscape
        /// Ends the field; empty for a field that goes on to the line's end.
        var terminator: [UInt8]
        /// How often the terminator occurs inside the field (the blank of `12/Feb/2026:08:14:03 +0100`).
        var skips = 0
        /// Whether a quote stands before the field, so that `\"` does not end it.
        var isQuoted: Bool
        /// Whether the field may be padded with blanks on its left (Squid's elapsed time).
        var isPadded = false
        /// Whether the logged `-` may stand for something else than "not sent" (Apache's `%!200{…}i`).
        var isConditional = false
    }

    /// A field as the loop over lines needs it: nothing in it is counted by reference.
    private struct Step: Sendable {
        var role: FieldRole
        var header: Int?
        var escape: FieldEscape
        /// Where in `texts` the literal text behind the field lies.
        var terminator: Range<Int>
        var skips: Int
        var isQuoted: Bool
        var isPadded: Bool
        var isConditional: Bool
    }

    /// Literal text at the line's begin.
    var prefix: [UInt8]
    /// The fields in order.
    var captures: [Capture] {
        didSet { compile() }
    }
    private var steps: [Step] = []
    private var texts: [UInt8] = []
    /// Whether more may follow, after a blank.
    var allowsTail: Bool

    init(prefix: [UInt8], captures: [Capture], allowsTail: Bool) {
        self.prefix = prefix
        self.captures = captures
        self.allowsTail = allowsTail
        compile()
    }

    private mutating func compile() {
        texts = []
        steps = captures.map { capture in
            let start = texts.count
            texts += capture.terminator
            return Step(
                role: capture.role, header: capture.header, escape: capture.escape,
                terminator: start..<texts.count, skips: capture.skips, isQuoted: capture.isQuoted,
                isPadded: capture.isPadded, isConditional: capture.isConditional)
        }
    }

    /// Whether requests can be counted by it: it must show a path, and should show when.
    var showsPath: Bool {
        captures.contains {
            [FieldRole.request, .target, .decodedPath].contains($0.role)
        }
    }

    /// Whether the format has a place for the version header with this place in the rules' list.
    func recordsHeader(_ index: Int) -> Bool { captures.contains { $0.header == index } }

    /// Takes `line[range]` apart; false where it is not of this format.
    func parse(_ line: Span<UInt8>, _ range: Range<Int>, into record: inout LogRecord) -> Bool {
        guard let position = end(line, range, into: &record) else { return false }
        return position == range.upperBound
            || (allowsTail && (line[position] == 0x20 || line[position] == 0x09))
    }

    /// Where the last field with its literal text ends; nil where `line[range]` does not begin as this format says.
    @inline(__always)
    func end(_ line: Span<UInt8>, _ range: Range<Int>, into record: inout LogRecord) -> Int? {
        var position = range.lowerBound
        guard starts(line, at: position, range.upperBound, with: prefix) else { return nil }
        position += prefix.count
        let texts = texts.span
        for step in steps {
            if step.isPadded {
                while position < range.upperBound, line[position] == 0x20 { position += 1 }
            }
            let start = position
            var end = range.upperBound
            if !step.terminator.isEmpty {
                let text = texts.extracting(step.terminator)
                var from = position
                for _ in 0...step.skips {
                    guard
                        let found = find(
                            text, in: line, from..<range.upperBound, skippingEscapes: step.isQuoted)
                    else { return nil }
                    end = found
                    from = found + text.count
                }
            }
            guard store(step, line, start..<end, into: &record) else { return nil }
            position = end + step.terminator.count
        }
        return position
    }

    /// Files a field; false where it cannot be what its role says.
    private func store(
        _ step: Step, _ line: Span<UInt8>, _ range: Range<Int>, into record: inout LogRecord
    ) -> Bool {
        if let header = step.header {
            if !(step.isConditional && isAbsent(line, range)) {
                record.setHeader(header, Field(range, escape: step.escape))
            }
            return true
        }
        switch step.role {
        case .ignored: return true
        case .status: guard isStatus(line, range) else { return false }
        case .number:
            guard isNumber(line, range) else { return false }
            return true
        case .address, .clientAddress: if hasBlank(line, range) { return false }
        case .user:
            // `lb1 nginx: 10.0.0.1 - - [` is a prefix before the line, and no user `10.0.0.1 - -`.
            let identity = record[.identity].range
            if hasBlank(line, range), !isAbsent(line, identity) { return false }
        case .identity, .time, .date, .clock, .request, .method, .target, .decodedPath, .host,
            .upstreamHost, .userAgent, .forwardedFor:
            break
        }
        record[step.role] = Field(range, escape: step.escape)
        return true
    }
}

/// Whether `literal` stands at `position`.
private func starts(
    _ line: Span<UInt8>, at position: Int, _ end: Int, with literal: [UInt8]
) -> Bool {
    guard end - position >= literal.count else { return false }
    for offset in literal.indices where line[position + offset] != literal[offset] { return false }
    return true
}

/// Where `literal` next begins; a byte behind a backslash is passed over where that is an escape.
private func find(
    _ literal: Span<UInt8>, in line: Span<UInt8>, _ range: Range<Int>, skippingEscapes: Bool
) -> Int? {
    let first = literal[0]
    let escape = skippingEscapes ? UInt8(ascii: "\\") : first
    var position = range.lowerBound
    while position < range.upperBound,
        let place = line.firstPlace(
            of: first, or: escape, or: first, in: position..<range.upperBound)
    {
        if line[place] == first, starts(line, at: place, range.upperBound, with: literal) {
            return place
        }
        position = place + (skippingEscapes && line[place] == escape ? 2 : 1)
    }
    return nil
}

/// Whether `literal` stands at `position`.
private func starts(
    _ line: Span<UInt8>, at position: Int, _ end: Int, with literal: Span<UInt8>
) -> Bool {
    guard end - position >= literal.count else { return false }
    for offset in 0..<literal.count where line[position + offset] != literal[offset] {
        return false
    }
    return true
}

private func hasBlank(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
    line.firstPlace(of: 0x20, or: 0x20, or: 0x20, in: range) != nil
}

/// Whether the field says that there is nothing.
func isAbsent(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
    range.isEmpty || (range.count == 1 && line[range.lowerBound] == UInt8(ascii: "-"))
}

/// Three digits, or what formats write where there was no answer (`-`, `0`, `-1`).
func isStatus(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count <= 3 else { return false }
    for index in range where line[index] == UInt8(ascii: "+") { return false }
    return isNumber(line, range)
}

/// Digits with a fraction, or `-`; HAProxy writes `+` where the session was still open.
func isNumber(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard !range.isEmpty else { return false }
    for index in range {
        switch line[index] {
        case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."): continue
        default: return false
        }
    }
    return true
}

/// Puts a `TextFormat` together from literals and fields in the order of the line.
struct TextFormatBuilder {
    private let escape: FieldEscape
    private var prefix: [UInt8] = []
    private var captures: [TextFormat.Capture] = []
    private var shapes: [[UInt8]] = []
    private var isNextPadded = false
    /// The fields as the format string has them.
    private(set) var pieces: [CustomLogFormat.Piece] = []

    init(escape: FieldEscape) {
        self.escape = escape
    }

    mutating func append(literal byte: UInt8) {
        if captures.isEmpty {
            prefix.append(byte)
        } else {
            captures[captures.count - 1].terminator.append(byte)
        }
    }

    /// Appends a field; two of them with nothing between cannot be told apart.
    ///
    /// `shape` is an example of what the field holds, where that may contain the text behind the field.
    mutating func append(
        _ role: FieldRole, header: Int? = nil, named name: String, at column: Int,
        shape: String = "", isConditional: Bool = false, isPadded: Bool = false
    ) throws(LogFormatError) {
        if let last = captures.last, last.terminator.isEmpty {
            throw LogFormatError(
                "\(name) follows another field with no text between them, so that a line cannot be "
                    + "taken apart; put a blank between \(pieces.last?.text ?? "it") and \(name)",
                column: column)
        }
        shapes.append(Array(shape.utf8))
        let before = captures.last?.terminator ?? prefix
        captures.append(
            TextFormat.Capture(
                role: role, header: header, escape: escape, terminator: [],
                isQuoted: before.last == UInt8(ascii: "\"") && escape != .none,
                isPadded: isPadded || isNextPadded, isConditional: isConditional))
        isNextPadded = false
        pieces.append(
            CustomLogFormat.Piece(
                text: name, column: column, role: role, header: header,
                isConditional: isConditional))
    }

    /// Takes a piece of the query into the path before it (`%U%q`, `$uri$is_args$args`), which it cannot be told
    /// from; false where no path stands directly before it.
    mutating func joinsPath(_ name: String, at column: Int) -> Bool {
        guard let last = captures.last, last.terminator.isEmpty,
            last.role == .decodedPath || last.role == .target
        else { return false }
        pieces.append(.init(text: name, column: column, role: .ignored, isPartOfTheOneBefore: true))
        return true
    }

    /// Makes one target in absolute form of `$scheme://$host` and the target that follows at once; false where
    /// there is no such thing.
    mutating func joinsOrigin(_ name: String, at column: Int) -> Bool {
        guard captures.count >= 2, let host = captures.last, host.role == .host,
            host.terminator.isEmpty, captures[captures.count - 2].terminator == Array("://".utf8)
        else { return false }
        captures.removeLast()
        shapes.removeLast()
        captures[captures.count - 1].role = .target
        captures[captures.count - 1].terminator = []
        pieces[pieces.count - 2].role = .target
        pieces[pieces.count - 1].isPartOfTheOneBefore = true
        pieces.append(.init(text: name, column: column, role: .ignored, isPartOfTheOneBefore: true))
        return true
    }

    /// Takes a further piece into the last field: what stood between them belongs to it.
    mutating func joinLast(_ name: String, at column: Int, shape: String) {
        guard !captures.isEmpty else { return }
        shapes[shapes.count - 1] += captures[captures.count - 1].terminator + Array(shape.utf8)
        captures[captures.count - 1].terminator = []
        pieces.append(.init(text: name, column: column, role: .ignored, isPartOfTheOneBefore: true))
    }

    /// The field that follows may have any number of blanks before it.
    mutating func pad() { isNextPadded = true }

    /// The role of the last field, and the text behind it so far.
    var last: (role: FieldRole, behind: [UInt8])? {
        captures.last.map { ($0.role, $0.terminator) }
    }

    /// The format; throws where it shows no path.
    func finish(allowsTail: Bool) throws(LogFormatError) -> TextFormat {
        var format = TextFormat(prefix: prefix, captures: captures, allowsTail: allowsTail)
        for (index, shape) in shapes.enumerated() where !format.captures[index].isQuoted {
            format.captures[index].skips = occurrences(
                of: format.captures[index].terminator, in: shape)
        }
        format.keepBestOfEach()
        guard format.showsPath else {
            throw LogFormatError(
                "the format has no field with the request's path ($request, $request_uri, $uri; "
                    + "%r, %U; HAProxy: %r, %HU; Envoy: %REQ(:PATH)%; Squid: %ru): no request can be "
                    + "recognised by it")
        }
        return format
    }
}

extension TextFormat {
    /// Where two fields have one role, the first stands; `$request` goes before its parts.
    fileprivate mutating func keepBestOfEach() {
        var seen: Set<FieldRole> = []
        for index in captures.indices where captures[index].header == nil {
            let role = captures[index].role
            if role != .number, !seen.insert(role).inserted { captures[index].role = .ignored }
        }
    }
}

/// How often the whole of `text` occurs in `shape`, counted as a reader from the left meets it.
private func occurrences(of text: [UInt8], in shape: [UInt8]) -> Int {
    guard !text.isEmpty else { return 0 }
    var count = 0
    var index = 0
    while index + text.count <= shape.count {
        if Array(shape[index..<index + text.count]) == text {
            count += 1
            index += text.count
        } else {
            index += 1
        }
    }
    return count
}

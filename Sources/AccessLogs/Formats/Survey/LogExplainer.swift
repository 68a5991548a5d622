import Deprecations

/// Puts into words what a `LineParser` makes of lines.
struct LogExplainer {
    private(set) var parser: LineParser
    let headers: [String]
    private let isDocument: Bool
    private(set) var record: LogRecord

    init(parser: LineParser, headers: [String], isDocument: Bool) {
        self.parser = parser
        self.headers = headers
        self.isDocument = isDocument
        record = LogRecord(headerCount: headers.count)
    }

    mutating func explain(_ content: [UInt8], count: Int) -> LogExplanation {
        let block = content.span
        parser.detect(block, record: &record)
        let scores = parser.scores(block, record: &record)
        let lines = explainedLines(content, count: count)
        let name = parser.formatName
        var candidates = scores.candidates.map {
            LogExplanation.Candidate(format: $0.name, fitting: $0.fitting)
        }
        // The text in an object gives the name that reports have.
        let bare = name.map { $0.replacingSuffix("-message") }
        if let place = candidates.firstIndex(where: { $0.format == bare }) {
            var chosen = candidates.remove(at: place)
            chosen.format = name ?? chosen.format
            candidates.insert(chosen, at: 0)
        }
        return LogExplanation(
            format: name, title: parser.formatTitle,
            reasons: reasons(candidates, of: scores.lineCount, lines),
            candidates: candidates, lineCount: scores.lineCount, lines: lines)
    }

    private func reasons(
        _ candidates: [LogExplanation.Candidate], of lineCount: Int, _ lines: [LogExplanation.Line]
    ) -> [String] {
        var reasons: [String] = []
        if isDocument { reasons.append("It is a JSON document; its records are the lines.") }
        guard let name = parser.formatName, let best = candidates.first else {
            reasons.append(
                lineCount == 0
                    ? "There is no line in it."
                    : lineCount == 1
                        ? "Its only line is of no known format, with a request and a time."
                        : "None of its first \(lineCount) lines is of a known format, with a request and a time."
            )
            return reasons
        }
        reasons.append(
            "\(best.fitting) of the first \(lineCount) lines \(best.fitting == 1 ? "is" : "are") of the format \(name)."
        )
        if let title = parser.wrapperTitle { reasons.append("Before each line stands \(title).") }
        if name.hasSuffix("-message") {
            reasons.append("The log's own lines are texts in a field of theirs.")
        }
        let columns = parser.formatState
        if !columns.isEmpty {
            reasons.append("Its columns are named in a line of their own.")
        }
        for other in candidates.dropFirst() where other.fitting == best.fitting {
            reasons.append(
                "\(other.format) fits as many; \(name) comes before it, since it asks for more.")
        }
        for header in headers {
            let field = "header \(header)"
            let requests = lines.filter { $0.kind == .request }
            let isRecorded = requests.contains { $0.fields.contains { $0.name == field } }
            if !requests.isEmpty {
                reasons.append(
                    isRecorded
                        ? "It has a place for the header \(header)."
                        : "It does not record the header \(header): no version can be told.")
            }
        }
        return reasons
    }

    private mutating func explainedLines(
        _ content: [UInt8], count: Int
    ) -> [LogExplanation.Line] {
        let block = content.span
        var result: [LogExplanation.Line] = []
        var position = 0
        var number = 0
        while position < block.count, result.count < count {
            let end = endOfLine(block, from: position)
            let line = trimmed(block, position..<end)
            position = end + 1
            number += 1
            if line.isEmpty { continue }
            let (kind, fields) = explained(block, line)
            result.append(LogExplanation.Line(number: number, kind: kind, fields: fields))
        }
        return result
    }

    private mutating func explained(
        _ block: Span<UInt8>, _ line: Range<Int>
    ) -> (LogExplanation.Line.Kind, [LogExplanation.Field]) {
        let (kind, place) = take(block, line)
        switch kind {
        case .directive: return (kind, [])
        case .unreadable: return (.unreadable(reason: parser.mismatch(block, line)), [])
        case .request, .noRequest: return (kind, fields(block, place))
        }
    }

    /// Learns the format from the begin of a log.
    mutating func detect(_ block: Span<UInt8>) { parser.detect(block, record: &record) }

    /// Takes a line apart, and says what it is.
    mutating func take(
        _ block: Span<UInt8>, _ line: Range<Int>
    ) -> (LogExplanation.Line.Kind, LineParser.Place) {
        if block[line.lowerBound] == UInt8(ascii: "#") {
            _ = parser.readDirective(block, line)
            return (.directive, .line)
        }
        if parser.isHeading(block, line) { return (.directive, .line) }
        guard let place = parser.parse(block, line, into: &record) else {
            return (.unreadable(reason: nil), .line)
        }
        return (record.hasRequest ? .request : .noRequest, place)
    }

    /// The fields of the line that was taken apart last.
    mutating func fields(
        _ block: Span<UInt8>, _ place: LineParser.Place
    ) -> [LogExplanation.Field] {
        switch place {
        case .line: return fields(block)
        case .unwrapped:
            let bytes = parser.unwrapped
            return fields(bytes.span)
        }
    }

    /// What the line that was taken apart last does not record.
    mutating func gaps(_ block: Span<UInt8>, _ place: LineParser.Place) -> [LogGap] {
        switch place {
        case .line: return gaps(block)
        case .unwrapped:
            let bytes = parser.unwrapped
            return gaps(bytes.span)
        }
    }

    private mutating func gaps(_ bytes: Span<UInt8>) -> [LogGap] {
        var gaps: [LogGap] = []
        let record = record
        let isAbsolute =
            parser.showsHost(record, in: bytes) || !record[.upstreamHost].isMissing
        if !isAbsolute { gaps.append(.host) }
        let addresses = [FieldRole.address, .clientAddress, .forwardedFor]
        if addresses.allSatisfy({ record[$0].isMissing }) { gaps.append(.address) }
        if record.library == nil, record[.userAgent].isMissing { gaps.append(.userAgent) }
        for (index, header) in headers.enumerated() where !record.recordsHeader[index] {
            gaps.append(.header(header))
        }
        if parser.time(of: record, in: bytes) == nil {
            gaps.append(.time)
        } else if !parser.hasZone(record, in: bytes) {
            gaps.append(.zone)
        }
        if record[.status].isMissing { gaps.append(.status) }
        return gaps
    }

    private mutating func fields(_ bytes: Span<UInt8>) -> [LogExplanation.Field] {
        var fields: [LogExplanation.Field] = []
        if let time = parser.time(of: record, in: bytes) {
            fields.append(LogExplanation.Field(name: "time", value: time.description))
        }
        for role in FieldRole.allCases {
            guard let name = role.word, !record[role].isMissing else { continue }
            var value = value(bytes, record[role])
            if role == .user { value = value.map(SecretMask.maskedUser) }
            fields.append(LogExplanation.Field(name: name, value: value))
        }
        if let library = record.library {
            let name = ClientLogFormat.libraries[library].name
            fields.append(LogExplanation.Field(name: "client", value: name))
        }
        for (index, header) in headers.enumerated() where record.recordsHeader[index] {
            fields.append(
                LogExplanation.Field(
                    name: "header \(header)", value: value(bytes, record.headers[index])))
        }
        return fields
    }

    /// What a field says, without the query of a target and without secrets.
    private func value(_ bytes: Span<UInt8>, _ field: Field) -> String? {
        if field.isMissing || isAbsent(bytes, field.range) { return nil }
        var decoded: [UInt8] = []
        appendDecoded(
            Field(field.range.prefix(512), escape: field.escape), of: bytes, to: &decoded)
        let text = String(decoding: decoded, as: UTF8.self)
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            guard let query = word.firstIndex(of: "?") else { return String(word) }
            return word[..<query] + "?***"
        }
        return SecretMask.masked(words.joined(separator: " "))
    }
}

extension FieldRole {
    /// What people call it; nil for what is shown in no explanation of its own.
    var word: String? {
        switch self {
        case .address: "address"
        case .forwardedFor: "forwarded for"
        case .clientAddress: "client address"
        case .user: "user"
        case .request: "request"
        case .method: "method"
        case .target: "target"
        case .decodedPath: "path"
        case .host: "host"
        case .upstreamHost: "upstream host"
        case .status: "status"
        case .userAgent: "user agent"
        case .time, .date, .clock, .number, .ignored, .identity: nil
        }
    }
}

extension String {
    fileprivate func replacingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}

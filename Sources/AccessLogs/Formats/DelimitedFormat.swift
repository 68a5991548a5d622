/// Lines of values between commas, tabs, semicolons or bars, in columns that the first line names.
struct DelimitedFormat: Sendable {
    private enum Column: Sendable {
        case role(FieldRole)
        case header(Int)
        case message
        case ignored
    }

    private let names: JSONFieldNames
    private var columns: [Column] = []
    private var separator: UInt8 = 0x2C
    /// The line of names.
    private(set) var heading = ""

    init(headers: [String]) {
        names = JSONFieldNames(headers: headers)
    }

    /// Binds the columns where `line[range]` is a line of names; false where it is not.
    mutating func readHeading(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for separator in [UInt8](",\t;|".utf8) {
            var values: [Field] = []
            guard Self.split(line, range, at: separator, into: &values), values.count >= 3,
                let columns = columns(named: values, line)
            else { continue }
            self.columns = columns
            self.separator = separator
            heading = String(decoding: range.map { line[$0] }, as: UTF8.self)
            return true
        }
        return false
    }

    /// What columns with these names hold; nil where they show no request, or where some are no names.
    private func columns(named values: [Field], _ line: Span<UInt8>) -> [Column]? {
        var columns: [Column] = []
        var best: [FieldRole: (rank: UInt8, column: Int)] = [:]
        var hasMessage = false
        for (index, value) in values.enumerated() {
            var hash = JSONFieldNames.emptyHash
            for place in value.range {
                // Values have slashes and colons, names do not.
                if line[place] == UInt8(ascii: "/") || line[place] == UInt8(ascii: ":") {
                    return nil
                }
                hash = JSONFieldNames.extended(hash, with: line[place])
            }
            switch names.meaning(of: hash) {
            case .role(let role, let rank):
                columns.append(.ignored)
                if rank < best[role]?.rank ?? .max { best[role] = (rank, index) }
                // A day and a clock time may stand in columns of their own.
                if role == .time { columns[index] = .role(.time) }
            case .header(let header): columns.append(.header(header))
            case .message:
                columns.append(.message)
                hasMessage = true
            case .envelope, .headers, .ordinaryHeader, nil: columns.append(.ignored)
            }
        }
        for (role, place) in best where role != .time { columns[place.column] = .role(role) }
        let showsPath = [FieldRole.request, .target, .decodedPath].contains { best[$0] != nil }
        guard best[.time] != nil, showsPath || hasMessage else { return nil }
        return columns
    }

    /// Takes `line[range]` apart; false where it has other columns. `message` is text that may be a line itself.
    func parse(
        _ line: Span<UInt8>, _ range: Range<Int>, into record: inout LogRecord,
        message: inout Field
    ) -> Bool {
        guard !columns.isEmpty else { return false }
        var position = range.lowerBound
        for (index, column) in columns.enumerated() {
            guard
                let value = Self.value(line, &position, range.upperBound, separator),
                (position < range.upperBound) == (index < columns.count - 1)
                    || (index == columns.count - 2 && position == range.upperBound)
            else { return false }
            if index < columns.count - 1 { position += 1 }
            switch column {
            case .ignored: continue
            case .message: message = value
            case .header(let header):
                record.setHeader(header, isNothing(line, value.range) ? Field(0..<0) : value)
            case .role(let role):
                if isNothing(line, value.range) { continue }
                if role == .status, !isStatus(line, value.range) { return false }
                let part = role == .time ? partOfInstant(value, line) ?? .time : role
                if record[part].isMissing { record[part] = value }
            }
        }
        return true
    }

    private static func split(
        _ line: Span<UInt8>, _ range: Range<Int>, at separator: UInt8, into values: inout [Field]
    ) -> Bool {
        var position = range.lowerBound
        while values.count < 512 {
            guard let value = value(line, &position, range.upperBound, separator) else {
                return false
            }
            values.append(value)
            if position == range.upperBound { return true }
            position += 1
        }
        return false
    }

    /// The value at `position`, which moves to the separator behind it or to the end; nil where a quote is open, or
    /// something stands behind a closed one (RFC 4180).
    private static func value(
        _ line: Span<UInt8>, _ position: inout Int, _ end: Int, _ separator: UInt8
    ) -> Field? {
        guard position < end, line[position] == UInt8(ascii: "\"") else {
            let start = position
            while position < end, line[position] != separator { position += 1 }
            return Field(start..<position)
        }
        position += 1
        let start = position
        var escape = FieldEscape.none
        while position < end {
            guard line[position] == UInt8(ascii: "\"") else {
                position += 1
                continue
            }
            if position + 1 < end, line[position + 1] == UInt8(ascii: "\"") {
                escape = .doubledQuote
                position += 2
                continue
            }
            let value = Field(start..<position, escape: escape)
            position += 1
            return position == end || line[position] == separator ? value : nil
        }
        return nil
    }
}

/// What exports write where there is no value.
private func isNothing(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if isAbsent(line, range) { return true }
    guard range.count <= 4 else { return false }
    let text = String(decoding: range.map { line[$0] | 0x20 }, as: UTF8.self)
    return ["na", "n/a", "none", "null"].contains(text)
}

/// Whether a time is only a day (`2026-02-12`) or only a clock time (`07:14:03`), as CloudFront writes them.
func partOfInstant(_ field: Field, _ line: Span<UInt8>) -> FieldRole? {
    let range = field.range
    let start = range.lowerBound
    if range.count == 10, line[start + 4] == 0x2D, line[start + 7] == 0x2D { return .date }
    if (8...15).contains(range.count), line[start + 2] == 0x3A, line[start + 5] == 0x3A {
        return .clock
    }
    return nil
}

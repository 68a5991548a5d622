/// Lines that are JSON objects, each a request, whatever their fields are called.
///
/// The reader is tolerant: what it must have is an object with names it knows. An empty value
/// (`"status":,`), a comma at the end of a line and bytes that are no UTF-8 do no harm.
struct JSONLineFormat: Sendable {
    private let names: JSONFieldNames
    private static let maximumDepth = 12

    init(headers: [String]) {
        names = JSONFieldNames(headers: headers)
    }

    /// Takes `line[range]` apart; false where it is no object. `message` is text that may be a line itself.
    func parse(
        _ line: Span<UInt8>, _ range: Range<Int>, into record: inout LogRecord,
        message: inout Field
    ) -> Bool {
        var scanner = JSONScanner(position: range.lowerBound, end: range.upperBound)
        // Elements of an array, one a line.
        scanner.skip(line) { $0 == 0x20 || $0 == 0x09 || $0 == 0x5B || $0 == 0x2C }
        guard scanner.peek(line) == UInt8(ascii: "{") else { return false }
        var ranks = RoleRanks()
        return object(
            line, &scanner, under: JSONFieldNames.emptyHash, isHeaders: false, depth: 0, &record,
            &ranks, &message)
    }

    private func object(
        _ line: Span<UInt8>, _ scanner: inout JSONScanner, under prefix: UInt64, isHeaders: Bool,
        depth: Int, _ record: inout LogRecord, _ ranks: inout RoleRanks, _ message: inout Field
    ) -> Bool {
        guard depth < Self.maximumDepth else { return scanner.skipValue(line) }
        scanner.position += 1
        while true {
            scanner.skip(line) { $0 == 0x20 || $0 == 0x09 || $0 == 0x2C }
            guard let next = scanner.peek(line) else { return false }
            if next == UInt8(ascii: "}") {
                scanner.position += 1
                return true
            }
            guard next == UInt8(ascii: "\""), let key = scanner.string(line) else { return false }
            scanner.skip(line) { $0 == 0x20 || $0 == 0x09 }
            guard scanner.peek(line) == UInt8(ascii: ":") else { return false }
            scanner.position += 1
            scanner.skip(line) { $0 == 0x20 || $0 == 0x09 }
            var hash = prefix
            for index in key.range { hash = JSONFieldNames.extended(hash, with: line[index]) }
            guard
                value(
                    line, &scanner, hash, prefix: prefix, isHeaders: isHeaders, depth: depth,
                    &record, &ranks, &message)
            else { return false }
        }
    }

    private func value(
        _ line: Span<UInt8>, _ scanner: inout JSONScanner, _ hash: UInt64, prefix: UInt64,
        isHeaders: Bool, depth: Int, _ record: inout LogRecord, _ ranks: inout RoleRanks,
        _ message: inout Field
    ) -> Bool {
        let meaning = names.meaning(of: hash)
        switch scanner.peek(line) {
        case UInt8(ascii: "{"):
            var inner = hash
            var holdsHeaders = false
            switch meaning {
            case .envelope: inner = prefix
            case .headers: holdsHeaders = true
            case .role, .header, .message, .ordinaryHeader, nil: break
            }
            return object(
                line, &scanner, under: inner, isHeaders: holdsHeaders, depth: depth + 1, &record,
                &ranks, &message)
        case UInt8(ascii: "["):
            return array(
                line, &scanner, hash, meaning, isHeaders: isHeaders, depth: depth, &record, &ranks,
                &message)
        case UInt8(ascii: "\""):
            guard let field = scanner.string(line) else { return false }
            file(field, meaning, line, isHeaders: isHeaders, &record, &ranks, &message)
            return true
        default:
            let field = scanner.scalar(line)
            file(field, meaning, line, isHeaders: isHeaders, &record, &ranks, &message)
            return true
        }
    }

    /// Header values come in arrays: the first element counts.
    private func array(
        _ line: Span<UInt8>, _ scanner: inout JSONScanner, _ hash: UInt64,
        _ meaning: JSONFieldNames.Meaning?, isHeaders: Bool, depth: Int, _ record: inout LogRecord,
        _ ranks: inout RoleRanks, _ message: inout Field
    ) -> Bool {
        if case .message? = meaning {
            let start = scanner.position
            guard scanner.skipValue(line) else { return false }
            let numbers = Field(start..<scanner.position, escape: .numbers)
            file(numbers, meaning, line, isHeaders: false, &record, &ranks, &message)
            return true
        }
        scanner.position += 1
        var isFirst = true
        while true {
            scanner.skip(line) { $0 == 0x20 || $0 == 0x09 || $0 == 0x2C }
            guard let next = scanner.peek(line) else { return false }
            if next == UInt8(ascii: "]") {
                scanner.position += 1
                return true
            }
            if isFirst, next == UInt8(ascii: "\"") {
                guard let field = scanner.string(line) else { return false }
                file(field, meaning, line, isHeaders: isHeaders, &record, &ranks, &message)
            } else {
                let start = scanner.position
                guard scanner.skipValue(line) else { return false }
                if next == UInt8(ascii: "{"), meaning.isHeaders,
                    let pair = NamedValue(line, start..<scanner.position)
                {
                    var hash = hash
                    for index in pair.name.range {
                        hash = JSONFieldNames.extended(hash, with: line[index])
                    }
                    file(
                        pair.value, names.meaning(of: hash), line, isHeaders: true, &record, &ranks,
                        &message)
                }
            }
            isFirst = false
        }
    }

    private func file(
        _ field: Field, _ meaning: JSONFieldNames.Meaning?, _ line: Span<UInt8>, isHeaders: Bool,
        _ record: inout LogRecord, _ ranks: inout RoleRanks, _ message: inout Field
    ) {
        switch meaning {
        case .role(let role, let rank):
            if isHeaders { record.setAllHeadersRecorded() }
            if role == .time, let part = partOfInstant(field, line) {
                record[part] = field
                return
            }
            guard isPlausible(field, role, line), ranks.take(role, rank) else { return }
            record[role] = field
        case .header(let index):
            record.setHeader(index, field)
        case .ordinaryHeader:
            if isHeaders { record.setAllHeadersRecorded() }
        case .message:
            message = field
        case .envelope, .headers, nil:
            break
        }
    }

    /// A duration is no time, and a word no status, though the names are the same.
    private func isPlausible(_ field: Field, _ role: FieldRole, _ line: Span<UInt8>) -> Bool {
        if field.range.isEmpty || isAbsent(line, field.range) { return false }
        switch role {
        case .time: return field.range.count >= 9
        case .status: return isStatus(line, field.range)
        case .address, .clientAddress, .forwardedFor, .user, .date, .clock, .request, .method,
            .target, .decodedPath, .host, .upstreamHost, .userAgent, .number, .ignored,
            .identity:
            return true
        }
    }
}

extension JSONFieldNames.Meaning? {
    fileprivate var isHeaders: Bool {
        switch self {
        case .headers: true
        case .role, .header, .envelope, .message, .ordinaryHeader, nil: false
        }
    }
}

/// A header as HAR has it: `{"name": "X-Version", "value": "2022-01-01"}`.
private struct NamedValue {
    var name: Field
    var value: Field

    init?(_ line: Span<UInt8>, _ range: Range<Int>) {
        var scanner = JSONScanner(position: range.lowerBound + 1, end: range.upperBound)
        var name: Field?
        var value: Field?
        while true {
            scanner.skip(line) { $0 == 0x20 || $0 == 0x09 || $0 == 0x2C }
            guard scanner.peek(line) == UInt8(ascii: "\""), let key = scanner.string(line) else {
                break
            }
            scanner.skip(line) { $0 == 0x20 || $0 == 0x09 || $0 == 0x3A }
            let start = scanner.position
            var text: Field?
            if scanner.peek(line) == UInt8(ascii: "\"") { text = scanner.string(line) }
            if text == nil, !scanner.skipValue(line) || scanner.position == start { break }
            switch key.range.count {
            case 4 where line[key.range.lowerBound] == UInt8(ascii: "n"): name = text
            case 5 where line[key.range.lowerBound] == UInt8(ascii: "v"): value = text
            default: break
            }
        }
        guard let name, let value else { return nil }
        self.name = name
        self.value = value
    }
}

/// The rank of the field that holds each role so far.
private struct RoleRanks {
    private var low: UInt64 = .max
    private var high: UInt64 = .max

    /// Whether a field of this rank takes the place of what was found before.
    mutating func take(_ role: FieldRole, _ rank: UInt8) -> Bool {
        let index = role.rawValue
        guard index < 16 else { return false }
        let shift = UInt64(index & 7) * 8
        let held = UInt8(truncatingIfNeeded: (index < 8 ? low : high) >> shift)
        guard rank < held else { return false }
        let mask = ~(UInt64(0xFF) << shift)
        if index < 8 {
            low = low & mask | UInt64(rank) << shift
        } else {
            high = high & mask | UInt64(rank) << shift
        }
        return true
    }
}

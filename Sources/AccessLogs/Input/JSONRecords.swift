import ByteScan

/// Makes lines of a JSON document: each record becomes one, whatever stands around it.
///
/// Records are objects at the top, the elements of arrays at the top, and those of the arrays that exports put
/// them into (`records`, `log.entries`). Blanks between values are left out, so that a document and a
/// prettier print of it are one stream. What is no JSON passes through line by line.
struct JSONRecords {
    private enum Expectation {
        case value, key, colon, comma
    }

    /// An object that holds an array of records, and waits for its end.
    private struct Envelope {
        var text: [UInt8]
        var record: OpenRecord
    }

    /// What is known of an object that is not at its end.
    private struct OpenRecord {
        /// How many containers are open, itself included.
        var depth = 1
        /// A bit for each of them, set for objects; the innermost is the lowest.
        var objects: UInt64 = 1
        /// The key of the value that comes, in the outermost object and in the one inside it.
        var outerKey = Name()
        var innerKey = Name()
        var expects = Expectation.key
        var hasOwnValues = false
        var hasRecords = false
    }

    /// A key's first sixteen bytes.
    private struct Name: Equatable {
        var low: UInt64 = 0
        var high: UInt64 = 0
        var count = 0

        init() {}

        init(_ text: StaticString) {
            for byte in text.description.utf8 { append(byte) }
        }

        mutating func append(_ byte: UInt8) {
            guard count < 16 else { return }
            if count < 8 {
                low |= UInt64(byte) << UInt64(count * 8)
            } else {
                high |= UInt64(byte) << UInt64((count - 8) * 8)
            }
            count += 1
        }
    }

    private enum Place {
        /// Between records.
        case outside
        /// In a line that is no JSON.
        case rawLine
        /// Behind the bracket of an array that may hold records.
        case mayBeRecords
        case record
        /// In a text of a record; its length so far.
        case text(Int, isKey: Bool, isEscaped: Bool)
        case scalar
    }

    /// Lines that nobody has taken yet.
    private(set) var output: [UInt8] = []
    private var place = Place.outside
    private var envelopes: [Envelope] = []
    private var text: [UInt8] = []
    private var record = OpenRecord()
    private var key = Name()
    /// Where in the part that is taken in the byte stands that is looked at.
    private var here = 0
    /// What is to be kept of the part and not yet in `text`.
    private var run = 0..<0

    /// More of a record is not kept, and more of a text (the body of a response in a HAR file) neither.
    private static let maximumRecord = 1 << 20 + 1
    private static let maximumText = 1 << 16
    private static let maximumDepth = 64

    /// The names of arrays of records, in an object at the top or in an envelope.
    private static let recordArrays: [Name] = [
        Name("records"), Name("entries"), Name("logs"), Name("items"), Name("hits"), Name("value"),
        Name("results"), Name("rows"), Name("logEvents"),
    ]
    private static let envelopeObjects = [Name("log"), Name("hits"), Name("result"), Name("data")]

    /// Whether content that begins so is a document: an array of objects, an object over several lines, or one
    /// that holds records.
    static func isDocument(_ begin: Span<UInt8>) -> Bool {
        var start = 0
        if begin.count >= 3, begin[0] == 0xEF, begin[1] == 0xBB, begin[2] == 0xBF { start = 3 }
        while start < begin.count, isBlank(begin[start]) { start += 1 }
        guard start < begin.count else { return false }
        if begin[start] == UInt8(ascii: "[") {
            var next = start + 1
            while next < begin.count, isBlank(begin[next]) || begin[next] == UInt8(ascii: "[") {
                next += 1
            }
            return next < begin.count && begin[next] == UInt8(ascii: "{")
        }
        guard begin[start] == UInt8(ascii: "{") else { return false }
        var look = JSONRecords()
        for index in start..<begin.count {
            look.take(begin.extracting(index..<index + 1))
            if !look.envelopes.isEmpty || look.isInEnvelopeObject { return true }
            switch look.place {
            case .outside, .rawLine: return false
            case .text: if begin[index] == 0x0A { return false }
            case .record, .scalar, .mayBeRecords: if begin[index] == 0x0A { return true }
            }
        }
        return false
    }

    /// The lines of a whole document; other content as it is.
    static func lines(of bytes: [UInt8]) -> [UInt8] {
        guard isDocument(bytes.span.extracting(0..<min(bytes.count, StreamHead.maximumLength)))
        else { return bytes }
        var records = JSONRecords()
        records.take(bytes.span)
        records.finish()
        return records.output
    }

    /// Takes in a part of the document.
    mutating func take(_ part: Span<UInt8>) {
        here = 0
        run = 0..<0
        while here < part.count {
            switch place {
            case .rawLine: takeRawLine(part)
            case .text(let length, let isKey, isEscaped: false):
                takeText(part, length, isKey: isKey)
            case .outside, .mayBeRecords, .record, .text, .scalar:
                take(part[here], part)
                here += 1
            }
        }
        flush(part)
    }

    /// Passes a line that is no JSON on, up to its end.
    private mutating func takeRawLine(_ part: Span<UInt8>) {
        let newline = part.firstPlace(of: 0x0A, in: here..<part.count)
        let end = newline.map { $0 + 1 } ?? part.count
        output.append(part, here..<end)
        if newline != nil { place = .outside }
        here = end
    }

    /// Takes in a text up to its end, or to what needs a closer look.
    private mutating func takeText(_ part: Span<UInt8>, _ length: Int, isKey: Bool) {
        let end =
            part.firstPlace(of: 0x22, or: 0x5C, or: 0x0A, in: here..<part.count) ?? part.count
        let kept = here..<min(end, here + max(0, Self.maximumText - length))
        if run.upperBound != here { flush(part) }
        if !kept.isEmpty {
            run = (run.isEmpty ? here : run.lowerBound)..<kept.upperBound
        }
        if isKey {
            for index in kept.prefix(16) { key.append(part[index]) }
        }
        place = .text(length + end - here, isKey: isKey, isEscaped: false)
        here = end
        guard end < part.count else { return }
        takeInText(part[end], part, length + end - kept.lowerBound, isKey: isKey, isEscaped: false)
        here += 1
    }

    /// Moves what is to be kept into `text`.
    private mutating func flush(_ part: Span<UInt8>) {
        if !run.isEmpty {
            let room = max(0, Self.maximumRecord - text.count)
            text.append(part, run.prefix(room))
        }
        run = here..<here
    }

    /// The document has ended; a record that has not is the last line.
    mutating func finish() {
        switch place {
        case .outside, .rawLine: break
        case .mayBeRecords, .record, .text, .scalar: output += text
        }
        text = []
        place = .outside
    }

    /// Forgets the first `count` bytes of the output.
    mutating func drop(_ count: Int) {
        output.removeFirst(count)
    }

    private var isInEnvelopeObject: Bool {
        record.depth == 2 && record.objects & 1 == 1
            && record.outerKey == Self.envelopeObjects[0]
            && !record.hasOwnValues
    }

    private mutating func take(_ byte: UInt8, _ part: Span<UInt8>) {
        switch place {
        case .outside: takeOutside(byte, part)
        case .rawLine:
            output.append(byte)
            if byte == 0x0A { place = .outside }
        case .mayBeRecords:
            if isBlank(byte) { return }
            if byte == UInt8(ascii: "{") {
                record.hasRecords = true
                flush(part)
                envelopes.append(Envelope(text: text, record: record))
                text = []
                place = .outside
                takeOutside(byte, part)
            } else {
                place = .record
                takeInRecord(byte, part)
            }
        case .record: takeInRecord(byte, part)
        case .text(let length, let isKey, let isEscaped):
            takeInText(byte, part, length, isKey: isKey, isEscaped: isEscaped)
        case .scalar:
            if isBlank(byte) {
                place = .record
            } else if byte == 0x2C || byte == 0x7D || byte == 0x5D {
                place = .record
                takeInRecord(byte, part)
            } else if byte == 0x22 || byte == 0x7B || byte == 0x5B || byte == 0x3A {
                recover(byte, part)
            } else {
                keep(part)
            }
        }
    }

    private mutating func takeOutside(_ byte: UInt8, _ part: Span<UInt8>) {
        switch byte {
        case 0x20, 0x09, 0x0D, 0x0A, 0x2C, 0xEF, 0xBB, 0xBF: break
        case UInt8(ascii: "{"):
            text.removeAll(keepingCapacity: true)
            keep(part)
            record = OpenRecord()
            place = .record
        case UInt8(ascii: "["): break
        case UInt8(ascii: "]"): if let envelope = envelopes.popLast() { resume(envelope, part) }
        default:
            // Not JSON: a line of another kind, and whatever was open is broken.
            envelopes.removeAll()
            output.append(byte)
            place = .rawLine
        }
    }

    private mutating func resume(_ envelope: Envelope, _ part: Span<UInt8>) {
        text = envelope.text
        record = envelope.record
        place = .record
        takeInRecord(UInt8(ascii: "]"), part)
    }

    private mutating func takeInRecord(_ byte: UInt8, _ part: Span<UInt8>) {
        let isInObject = record.objects & 1 == 1
        switch (byte, record.expects) {
        case (0x20, _), (0x09, _), (0x0D, _), (0x0A, _): break
        case (UInt8(ascii: "\""), .key):
            keep(part)
            key = Name()
            place = .text(0, isKey: true, isEscaped: false)
        case (UInt8(ascii: "\""), .value):
            keep(part)
            noteOwnValue()
            place = .text(0, isKey: false, isEscaped: false)
        case (UInt8(ascii: ":"), .colon):
            keep(part)
            record.expects = .value
        case (UInt8(ascii: ","), .comma), (UInt8(ascii: ","), .value):
            // nginx writes nothing for an empty variable.
            keep(part)
            record.expects = isInObject ? .key : .value
        case (UInt8(ascii: "}"), _) where isInObject && record.expects != .colon,
            (UInt8(ascii: "]"), _) where !isInObject:
            keep(part)
            close(part)
        case (UInt8(ascii: "{"), .value), (UInt8(ascii: "["), .value): open(byte, part)
        case (0x21...0x7E, .value):
            keep(part)
            noteOwnValue()
            record.expects = .comma
            place = .scalar
        default: recover(byte, part)
        }
    }

    private mutating func open(_ byte: UInt8, _ part: Span<UInt8>) {
        guard record.depth < Self.maximumDepth else { return recover(byte, part) }
        keep(part)
        let isObject = byte == UInt8(ascii: "{")
        let mayHoldRecords = !isObject && isRecordArray
        record.objects = record.objects << 1 | (isObject ? 1 : 0)
        record.depth += 1
        record.expects = isObject ? .key : .value
        if mayHoldRecords, envelopes.count < 4 { place = .mayBeRecords }
    }

    /// Whether the array that begins here is one that exports put records into.
    private var isRecordArray: Bool {
        switch record.depth {
        case 1: Self.recordArrays.contains(record.outerKey)
        case 2:
            record.objects & 1 == 1 && Self.envelopeObjects.contains(record.outerKey)
                && Self.recordArrays.contains(record.innerKey)
        default: false
        }
    }

    private mutating func close(_ part: Span<UInt8>) {
        record.objects >>= 1
        record.depth -= 1
        record.expects = .comma
        guard record.depth == 0 else { return }
        flush(part)
        // What only holds records is none.
        if !record.hasRecords || record.hasOwnValues {
            output += text
            output.append(0x0A)
        }
        text.removeAll(keepingCapacity: true)
        place = .outside
    }

    private mutating func takeInText(
        _ byte: UInt8, _ part: Span<UInt8>, _ length: Int, isKey: Bool, isEscaped: Bool
    ) {
        if byte == 0x0A { return recover(byte, part) }
        if !isEscaped, byte == UInt8(ascii: "\"") {
            keep(part)
            if isKey {
                if record.depth == 1 { record.outerKey = key }
                if record.depth == 2 { record.innerKey = key }
            }
            record.expects = isKey ? .colon : .comma
            place = .record
            return
        }
        // No escape is cut in two: its backslash is kept only together with what is behind it.
        let isKept = length < Self.maximumText || (isEscaped && length == Self.maximumText)
        if isKept { keep(part) }
        if isKey { key.append(byte) }
        place = .text(
            length + 1, isKey: isKey, isEscaped: !isEscaped && byte == UInt8(ascii: "\\"))
    }

    private mutating func noteOwnValue() {
        if record.depth == 1 { record.hasOwnValues = true }
    }

    /// The byte that is looked at belongs to the record.
    private mutating func keep(_ part: Span<UInt8>) {
        if run.upperBound != here || run.isEmpty {
            flush(part)
            run = here..<here + 1
        } else {
            run = run.lowerBound..<here + 1
        }
    }

    /// Ends a record that is broken where `byte` stands, and begins anew with that.
    private mutating func recover(_ byte: UInt8, _ part: Span<UInt8>) {
        flush(part)
        output += text
        output.append(0x0A)
        text.removeAll(keepingCapacity: true)
        envelopes.removeAll()
        place = .outside
        takeOutside(byte, part)
    }
}

private func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
}

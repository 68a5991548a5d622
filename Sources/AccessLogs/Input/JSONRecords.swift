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
        /// Whether each container that is open is an object, outermost first.
        var isObject: [Bool] = [true]
        /// The key of the value that comes, in the outermost object and in the one inside it.
        var keys: [[UInt8]] = [[]]
        var expects = Expectation.key
        var hasOwnValues = false
        var hasRecords = false
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
    private var key: [UInt8] = []

    /// More of a record is not kept, and more of a text (the body of a response in a HAR file) neither.
    private static let maximumRecord = 1 << 20 + 1
    private static let maximumText = 1 << 16
    private static let maximumDepth = 64

    /// The names of arrays of records, in an object at the top or in an envelope.
    private static let recordArrays = [
        "records", "entries", "logs", "items", "hits", "value", "results", "rows", "logEvents",
    ].map { Array($0.utf8) }
    private static let envelopeObjects = ["log", "hits", "result", "data"].map { Array($0.utf8) }

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
            look.take(begin[index])
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
        for index in 0..<part.count { take(part[index]) }
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
        record.isObject.count == 2 && record.isObject[1]
            && record.keys[0] == Self.envelopeObjects[0]
            && !record.hasOwnValues
    }

    private mutating func take(_ byte: UInt8) {
        switch place {
        case .outside: takeOutside(byte)
        case .rawLine:
            output.append(byte)
            if byte == 0x0A { place = .outside }
        case .mayBeRecords:
            if isBlank(byte) { return }
            if byte == UInt8(ascii: "{") {
                record.hasRecords = true
                envelopes.append(Envelope(text: text, record: record))
                text = []
                place = .outside
                takeOutside(byte)
            } else {
                place = .record
                takeInRecord(byte)
            }
        case .record: takeInRecord(byte)
        case .text(let length, let isKey, let isEscaped):
            takeInText(byte, length, isKey: isKey, isEscaped: isEscaped)
        case .scalar:
            if isBlank(byte) {
                place = .record
            } else if byte == 0x2C || byte == 0x7D || byte == 0x5D {
                place = .record
                takeInRecord(byte)
            } else if byte == 0x22 || byte == 0x7B || byte == 0x5B || byte == 0x3A {
                recover(byte)
            } else {
                keep(byte)
            }
        }
    }

    private mutating func takeOutside(_ byte: UInt8) {
        switch byte {
        case 0x20, 0x09, 0x0D, 0x0A, 0x2C, 0xEF, 0xBB, 0xBF: break
        case UInt8(ascii: "{"):
            text = [byte]
            record = OpenRecord()
            place = .record
        case UInt8(ascii: "["): break
        case UInt8(ascii: "]"): if let envelope = envelopes.popLast() { resume(envelope) }
        default:
            // Not JSON: a line of another kind, and whatever was open is broken.
            envelopes.removeAll()
            output.append(byte)
            place = .rawLine
        }
    }

    private mutating func resume(_ envelope: Envelope) {
        text = envelope.text
        record = envelope.record
        place = .record
        takeInRecord(UInt8(ascii: "]"))
    }

    private mutating func takeInRecord(_ byte: UInt8) {
        let isInObject = record.isObject.last ?? false
        switch (byte, record.expects) {
        case (0x20, _), (0x09, _), (0x0D, _), (0x0A, _): break
        case (UInt8(ascii: "\""), .key):
            keep(byte)
            key = []
            place = .text(0, isKey: true, isEscaped: false)
        case (UInt8(ascii: "\""), .value):
            keep(byte)
            noteOwnValue()
            place = .text(0, isKey: false, isEscaped: false)
        case (UInt8(ascii: ":"), .colon):
            keep(byte)
            record.expects = .value
        case (UInt8(ascii: ","), .comma), (UInt8(ascii: ","), .value):
            // nginx writes nothing for an empty variable.
            keep(byte)
            record.expects = isInObject ? .key : .value
        case (UInt8(ascii: "}"), _) where isInObject && record.expects != .colon,
            (UInt8(ascii: "]"), _) where !isInObject:
            keep(byte)
            close()
        case (UInt8(ascii: "{"), .value), (UInt8(ascii: "["), .value): open(byte)
        case (0x21...0x7E, .value):
            keep(byte)
            noteOwnValue()
            record.expects = .comma
            place = .scalar
        default: recover(byte)
        }
    }

    private mutating func open(_ byte: UInt8) {
        guard record.isObject.count < Self.maximumDepth else { return recover(byte) }
        keep(byte)
        let isObject = byte == UInt8(ascii: "{")
        let mayHoldRecords = !isObject && isRecordArray
        record.isObject.append(isObject)
        record.expects = isObject ? .key : .value
        if record.keys.count < record.isObject.count, record.isObject.count <= 2 {
            record.keys.append([])
        }
        if mayHoldRecords, envelopes.count < 4 { place = .mayBeRecords }
    }

    /// Whether the array that begins here is one that exports put records into.
    private var isRecordArray: Bool {
        switch record.isObject.count {
        case 1: Self.recordArrays.contains(record.keys[0])
        case 2:
            record.isObject[1] && Self.envelopeObjects.contains(record.keys[0])
                && Self.recordArrays.contains(record.keys[1])
        default: false
        }
    }

    private mutating func close() {
        record.isObject.removeLast()
        record.expects = .comma
        guard record.isObject.isEmpty else { return }
        // What only holds records is none.
        if !record.hasRecords || record.hasOwnValues {
            output += text
            output.append(0x0A)
        }
        text = []
        place = .outside
    }

    private mutating func takeInText(
        _ byte: UInt8, _ length: Int, isKey: Bool, isEscaped: Bool
    ) {
        if byte == 0x0A { return recover(byte) }
        if !isEscaped, byte == UInt8(ascii: "\"") {
            keep(byte)
            if isKey {
                let depth = record.isObject.count
                if depth <= record.keys.count { record.keys[depth - 1] = key }
            }
            record.expects = isKey ? .colon : .comma
            place = .record
            return
        }
        // No escape is cut in two: its backslash is kept only together with what is behind it.
        let isKept = length < Self.maximumText || (isEscaped && length == Self.maximumText)
        if isKept { keep(byte) }
        if isKey, key.count < 16 { key.append(byte) }
        place = .text(
            length + 1, isKey: isKey, isEscaped: !isEscaped && byte == UInt8(ascii: "\\"))
    }

    private mutating func noteOwnValue() {
        if record.isObject.count == 1 { record.hasOwnValues = true }
    }

    private mutating func keep(_ byte: UInt8) {
        if text.count < Self.maximumRecord { text.append(byte) }
    }

    /// Ends a record that is broken where `byte` stands, and begins anew with that.
    private mutating func recover(_ byte: UInt8) {
        output += text
        output.append(0x0A)
        text = []
        envelopes.removeAll()
        place = .outside
        takeOutside(byte)
    }
}

private func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
}

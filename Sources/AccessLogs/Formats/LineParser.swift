import ByteScan
import Deprecations

/// Takes the lines of one stream apart, in the format that they turn out to have.
struct LineParser {
    /// Where the bytes lie that a parsed record speaks of.
    enum Place {
        /// In the line that was given.
        case line
        /// In `unwrapped`.
        case unwrapped
    }

    let compiled: CompiledFormats
    let isForced: Bool
    private(set) var current: (format: Int, wrapper: LineWrapper)?
    private var columns: ColumnsFormat
    private var delimited: DelimitedFormat
    /// The line that stood as a text in a JSON object.
    private(set) var unwrapped: [UInt8] = []
    /// Whether the line was the text of a JSON object.
    private var isMessage = false
    private var timestamps: LogTimestamp
    private let forcedName: String?

    init(_ compiled: CompiledFormats, isForced: Bool, zone: LogTimeZone) {
        self.compiled = compiled
        self.isForced = isForced
        columns = ColumnsFormat(headers: compiled.headers)
        delimited = DelimitedFormat(headers: compiled.headers)
        timestamps = LogTimestamp(zone: zone)
        forcedName = isForced ? compiled.formats.first?.name : nil
    }

    /// What the lines are read as; nil where nothing was recognised so far.
    var formatName: String? {
        guard let current else { return nil }
        let name = compiled.formats[current.format].name
        let inner = isMessage ? "\(name)-message" : name
        return current.wrapper.label.map { "\($0)+\(inner)" } ?? inner
    }

    /// What has to be known to go on in the middle of the stream.
    var formatState: String { columns.fields.isEmpty ? delimited.heading : columns.fields }

    /// Looks for the format that fits the lines at the begin of `block` best.
    mutating func detect(_ block: Span<UInt8>, record: inout LogRecord) {
        let lines = telling(block)
        var best = 0
        for wrapper in LineWrapper.allCases {
            for format in compiled.formats.indices {
                var fitting = 0
                for (index, line) in lines.enumerated() {
                    if fits(block, line, format, wrapper, &record) { fitting += 1 }
                    // What fails on the first lines is seldom the right one.
                    if fitting == 0, index == 7 { break }
                }
                if fitting > best {
                    best = fitting
                    current = (format, wrapper)
                }
                if best == lines.count { return }
            }
        }
    }

    /// Whether this is the line that names the columns of a CSV file.
    func isHeading(_ block: Span<UInt8>, _ line: Range<Int>) -> Bool {
        var copy = delimited
        return copy.readHeading(block, line) && copy.heading == delimited.heading
    }

    /// The lines at the begin of `block` by which the format is told; columns are bound where lines name them.
    mutating func telling(_ block: Span<UInt8>) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var position = 0
        var isNamed = false
        while position < block.count, lines.count < 32 {
            let end = endOfLine(block, from: position)
            let line = trimmed(block, position..<end)
            position = end + 1
            if line.isEmpty { continue }
            if block[line.lowerBound] == UInt8(ascii: "#") {
                if columns.readDirective(block, line) { lines.removeAll() }
                continue
            }
            // Names stand before all values; a title may stand before the names.
            if !isNamed, delimited.readHeading(block, line) {
                isNamed = true
                lines.removeAll()
                continue
            }
            lines.append(line)
        }
        return lines
    }

    /// Binds the columns of a `#Fields` line; false for any other line.
    mutating func readDirective(_ block: Span<UInt8>, _ line: Range<Int>) -> Bool {
        guard let index = compiled.formats.firstIndex(where: { $0.isColumns }) else { return false }
        guard columns.readDirective(block, line) else { return false }
        current = (index, .none)
        return true
    }

    /// Takes a line apart; another format is looked for where it is not of the one before it.
    mutating func parse(
        _ block: Span<UInt8>, _ line: Range<Int>, into record: inout LogRecord
    ) -> Place? {
        if let current,
            let place = attempt(block, line, current.format, current.wrapper, &record)
        {
            return place
        }
        for wrapper in LineWrapper.allCases {
            for format in compiled.formats.indices
            where fits(block, line, format, wrapper, &record) {
                current = (format, wrapper)
                return attempt(block, line, format, wrapper, &record)
            }
        }
        return nil
    }

    /// The instant that a parsed record shows.
    mutating func time(of record: LogRecord, in bytes: Span<UInt8>) -> Timestamp? {
        let field = record[.time]
        if !field.isMissing { return timestamps.parse(bytes, field.range) }
        let date = record[.date]
        let clock = record[.clock]
        guard !clock.isMissing else { return nil }
        if date.isMissing { return timeOnHeaderDay(clock.range, in: bytes) }
        return timestamps.parse(bytes, date: date.range, clock: clock.range)
    }

    /// The instant of a clock time on the day that a `#Date:` line names, or the one after it.
    private mutating func timeOnHeaderDay(_ clock: Range<Int>, in bytes: Span<UInt8>) -> Timestamp?
    {
        let header = columns.date
        guard header.count >= 10 else { return nil }
        let written = Array(header[..<10]) + clock.map { bytes[$0] }
        guard let time = timestamps.parse(written.span, date: 0..<10, clock: 10..<written.count)
        else { return nil }
        let from = timestamps.parse(header.span, 0..<header.count)
        return from.map { time < $0 } == true
            ? Timestamp(milliseconds: time.milliseconds + 86_400_000) : time
    }

    /// The instant on a line of the current format; nil where it is of another.
    mutating func time(
        _ block: Span<UInt8>, _ line: Range<Int>, record: inout LogRecord
    ) -> Timestamp? {
        guard let current,
            let place = attempt(block, line, current.format, current.wrapper, &record)
        else { return nil }
        switch place {
        case .line: return time(of: record, in: block)
        case .unwrapped:
            let bytes = unwrapped
            return time(of: record, in: bytes.span)
        }
    }

    private mutating func attempt(
        _ block: Span<UInt8>, _ line: Range<Int>, _ format: Int, _ wrapper: LineWrapper,
        _ record: inout LogRecord
    ) -> Place? {
        guard let inner = wrapper.inner(block, line), !inner.isEmpty else { return nil }
        record.clear()
        switch compiled.formats[format].body {
        case .text(let text):
            guard text.parse(block, inner, into: &record) else { return nil }
            takeTime(of: wrapper, block, line, &record)
            return .line
        case .client(let client):
            guard client.parse(block, inner, into: &record) else { return nil }
            takeTime(of: wrapper, block, line, &record)
            return .line
        case .columns:
            return columns.parse(block, inner, into: &record) ? .line : nil
        case .delimited:
            var message = Field.missing
            guard delimited.parse(block, inner, into: &record, message: &message) else {
                return nil
            }
            isMessage = false
            if record.hasRequest { return .line }
            guard !message.isMissing else { return nil }
            return attemptMessage(block, message, &record) ? .unwrapped : nil
        case .json(let json):
            var message = Field.missing
            guard json.parse(block, inner, into: &record, message: &message) else { return nil }
            isMessage = false
            if record.hasRequest {
                takeTime(of: wrapper, block, line, &record)
                return .line
            }
            guard !message.isMissing else { return nil }
            return attemptMessage(block, message, &record) ? .unwrapped : nil
        }
    }

    /// Where a line has no time of its own, that of what was put before it counts.
    private func takeTime(
        of wrapper: LineWrapper, _ block: Span<UInt8>, _ line: Range<Int>,
        _ record: inout LogRecord
    ) {
        guard record[.time].isMissing, record[.clock].isMissing,
            let time = wrapper.time(block, line)
        else { return }
        record[.time] = Field(time)
    }

    /// Docker, Fluent Bit and others put the line into a field of an object.
    private mutating func attemptMessage(
        _ block: Span<UInt8>, _ message: Field, _ record: inout LogRecord
    ) -> Bool {
        unwrapped.removeAll(keepingCapacity: true)
        appendDecoded(message, of: block, to: &unwrapped)
        let messageEnd = unwrapped.count
        let outerTime = record[.time]
        appendDecoded(outerTime, of: block, to: &unwrapped)
        let bytes = unwrapped
        let span = bytes.span
        let whole = trimmed(span, 0..<messageEnd)
        guard !whole.isEmpty else { return false }
        for wrapper in [LineWrapper.none, .cri, .syslog] {
            guard let line = wrapper.inner(span, whole), !line.isEmpty else { continue }
            if attemptInner(span, line, &record) {
                takeTime(of: wrapper, span, whole, &record)
                if record[.time].isMissing, !outerTime.isMissing {
                    record[.time] = Field(messageEnd..<span.count)
                }
                isMessage = true
                return true
            }
        }
        return false
    }

    /// Takes the line apart that stood in a text, as any format that shows a request.
    private mutating func attemptInner(
        _ span: Span<UInt8>, _ line: Range<Int>, _ record: inout LogRecord
    ) -> Bool {
        for format in compiled.known {
            record.clear()
            switch format.body {
            case .text(let text):
                guard text.parse(span, line, into: &record),
                    time(of: record, in: span) != nil
                else { continue }
            case .client(let client):
                guard client.parse(span, line, into: &record) else { continue }
            case .columns, .delimited: continue
            case .json(let json):
                var inner = Field.missing
                guard json.parse(span, line, into: &record, message: &inner), record.hasRequest
                else { continue }
            }
            return true
        }
        return false
    }

    /// Whether the line is of the format, and says when and with what answer.
    mutating func fits(
        _ block: Span<UInt8>, _ line: Range<Int>, _ format: Int, _ wrapper: LineWrapper,
        _ record: inout LogRecord
    ) -> Bool {
        guard let place = attempt(block, line, format, wrapper, &record) else { return false }
        if isForced || compiled.formats[format].isClient { return true }
        guard record.hasRequest else { return false }
        switch place {
        case .line: return time(of: record, in: block) != nil
        case .unwrapped: return true
        }
    }
}

extension LineFormat {
    fileprivate var isColumns: Bool {
        switch body {
        case .columns: true
        case .text, .json, .delimited, .client: false
        }
    }

    fileprivate var isClient: Bool {
        switch body {
        case .client: true
        case .text, .json, .delimited, .columns: false
        }
    }
}

extension LogRecord {
    /// Whether it shows what was asked for.
    var hasRequest: Bool {
        !self[.request].isMissing || !self[.target].isMissing || !self[.decodedPath].isMissing
    }
}

/// Where the line that begins at `position` ends, its newline not counted.
func endOfLine(_ bytes: Span<UInt8>, from position: Int) -> Int {
    bytes.firstPlace(of: 0x0A, in: min(position, bytes.count)..<bytes.count) ?? bytes.count
}

/// The line without blanks, line ends, NUL bytes and byte order mark around it.
func trimmed(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Range<Int> {
    var start = line.lowerBound
    var end = line.upperBound
    if line.count >= 3, bytes[start] == 0xEF, bytes[start + 1] == 0xBB, bytes[start + 2] == 0xBF {
        start += 3
    }
    while start < end, isPadding(bytes[start]) { start += 1 }
    while end > start, isPadding(bytes[end - 1]) { end -= 1 }
    return start..<end
}

private func isPadding(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0D || byte == 0x0A || byte == 0
}

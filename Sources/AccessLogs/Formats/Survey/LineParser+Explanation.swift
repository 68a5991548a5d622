extension LineParser {
    /// How many of the lines at the begin of `block` each format fits, in the order in which they are tried.
    mutating func scores(
        _ block: Span<UInt8>, record: inout LogRecord
    ) -> (candidates: [(name: String, fitting: Int)], lineCount: Int) {
        let lines = telling(block)
        var candidates: [(name: String, fitting: Int)] = []
        for wrapper in LineWrapper.allCases {
            for (index, format) in compiled.formats.enumerated() {
                var fitting = 0
                for line in lines where fits(block, line, index, wrapper, &record) { fitting += 1 }
                if fitting > 0 {
                    candidates.append(
                        (wrapper.label.map { "\($0)+\(format.name)" } ?? format.name, fitting))
                }
            }
        }
        candidates.sort { $0.fitting > $1.fitting }
        return (candidates, lines.count)
    }

    /// What the format is that the lines have; nil where none was recognised.
    var formatTitle: String? {
        guard let current else { return nil }
        let name = compiled.formats[current.format].name
        if let known = LogFormats.all.first(where: { $0.name == name }) { return known.title }
        return name == "custom" ? "the format that was given" : "a format of the configuration"
    }

    /// Whether the parsed line says where it went: in a field of its own or in its target.
    func showsHost(_ record: LogRecord, in bytes: Span<UInt8>) -> Bool {
        if !record[.host].isMissing { return true }
        let target = record[.request].isMissing ? record[.target] : record[.request]
        var isAfterBlank = record[.request].isMissing
        for index in target.range {
            if isAfterBlank { return bytes[index] != UInt8(ascii: "/") }
            isAfterBlank = bytes[index] == 0x20
        }
        return false
    }

    /// Whether the parsed line's time does not depend on a zone that somebody has to know.
    func hasZone(_ record: LogRecord, in bytes: Span<UInt8>) -> Bool {
        var here = LineParser(compiled, isForced: false, zone: .utc)
        var elsewhere = LineParser(compiled, isForced: false, zone: LogTimeZone(offset: 3600))
        if isColumns { return true }
        return here.time(of: record, in: bytes) == elsewhere.time(of: record, in: bytes)
    }

    /// W3C says that its times are UTC.
    private var isColumns: Bool {
        guard let current else { return false }
        switch compiled.formats[current.format].body {
        case .columns: return true
        case .text, .json, .delimited, .client: return false
        }
    }

    /// What stands before each line; nil where nothing does.
    var wrapperTitle: String? {
        guard let current else { return nil }
        switch current.wrapper {
        case .none: return nil
        case .cri: return "what containerd and CRI-O add: time, stream and flag"
        case .syslog: return "what syslog adds: time, host and program"
        case .timestamped: return "a time that a collector added"
        case .prefixed: return "the name of a container"
        }
    }

    /// Why a line is not of the one format that was asked for.
    func mismatch(_ block: Span<UInt8>, _ line: Range<Int>) -> String? {
        guard isForced, let format = compiled.formats.first else { return nil }
        switch format.body {
        case .text(let text): return text.mismatch(block, line)
        case .json: return "it is no whole JSON object"
        case .columns: return "it has not the columns that a #Fields line before it names"
        case .delimited: return "it has not the columns that the first line names"
        case .client: return "no known client writes so"
        }
    }
}

extension TextFormat {
    /// Where `line[range]` is no more of this format, and what should stand there; nil where it is.
    func mismatch(_ line: Span<UInt8>, _ range: Range<Int>) -> String? {
        var record = LogRecord(headerCount: captures.compactMap(\.header).max().map { $0 + 1 } ?? 0)
        if parse(line, range, into: &record) { return nil }
        // The longest begin of the format that the line still has.
        for count in captures.indices.reversed() {
            var begin = self
            begin.captures = Array(captures[..<count])
            begin.allowsTail = true
            guard let end = begin.end(line, range, into: &record) else { continue }
            let capture = captures[count]
            let name = capture.role.word ?? "a field"
            let behind = String(decoding: capture.terminator, as: UTF8.self)
            return "column \(end - range.lowerBound + 1): \(name)"
                + (behind.isEmpty ? "" : " with '\(behind)' behind it") + " should stand here"
        }
        return "column 1: '\(String(decoding: prefix, as: UTF8.self))' should stand here"
    }
}

import Deprecations

/// Lines that an HTTP client library writes of each of its requests, with anything before them that the program's
/// logging adds.
struct ClientLogFormat: Sendable {
    /// A library and how it writes a request.
    struct Library: Sendable {
        /// As reports name it.
        var name: String
        /// What stands before the method; nil where the origin stands there: `https://host:443 "GET /path HTTP/1.1"`.
        var marker: [UInt8]?
        /// What stands before the status of an answer that is a line of its own.
        var answer: [UInt8]?

        init(_ name: String, marker: String?, answer: String? = nil) {
            self.name = name
            self.marker = marker.map { Array($0.utf8) }
            self.answer = answer.map { Array($0.utf8) }
        }
    }

    /// The more telling markers first.
    static let libraries = [
        Library("httpx", marker: "HTTP Request: "),
        Library("feign", marker: "---> ", answer: "<--- "),
        Library("okhttp", marker: "--> ", answer: "<-- "),
        Library("urllib3", marker: nil),
    ]

    /// Takes `line[range]` apart; false where no library writes so. An answer is a record without a request.
    func parse(_ line: Span<UInt8>, _ range: Range<Int>, into record: inout LogRecord) -> Bool {
        for (index, library) in Self.libraries.enumerated() {
            let start: Int?
            if let marker = library.marker {
                start = request(line, range, behind: marker, into: &record)
            } else {
                start = poolRequest(line, range, into: &record)
            }
            if let start {
                record.library = index
                if let time = time(line, range.lowerBound..<start) { record[.time] = Field(time) }
                return true
            }
            if let answer = library.answer, isAnswer(line, range, behind: answer) { return true }
        }
        return false
    }

    /// `GET https://host/path`, and perhaps ` "HTTP/1.1 200 OK"`; answers where the marker stands.
    private func request(
        _ line: Span<UInt8>, _ range: Range<Int>, behind marker: [UInt8],
        into record: inout LogRecord
    ) -> Int? {
        guard let start = place(of: marker, in: line, range) else { return nil }
        let method = start + marker.count..<word(line, start + marker.count, range.upperBound)
        guard isMethod(line, method), method.upperBound < range.upperBound else { return nil }
        let target =
            method.upperBound + 1..<word(line, method.upperBound + 1, range.upperBound)
        guard isURL(line, target) else { return nil }
        record[.method] = Field(method)
        record[.target] = Field(target)
        let answer = target.upperBound + 1
        if answer < range.upperBound, line[answer] == UInt8(ascii: "\"") {
            let version = word(line, answer, range.upperBound)
            let status = version + 1..<word(line, version + 1, range.upperBound)
            if status.count == 3, isStatus(line, status) { record[.status] = Field(status) }
        }
        return start
    }

    /// `https://host:443 "GET /path HTTP/1.1" 200 311`; answers where the origin stands.
    private func poolRequest(
        _ line: Span<UInt8>, _ range: Range<Int>, into record: inout LogRecord
    ) -> Int? {
        guard let separator = place(of: Array("://".utf8), in: line, range) else { return nil }
        var start = separator
        while start > range.lowerBound, (0x61...0x7A).contains(line[start - 1]) { start -= 1 }
        let host = separator + 3..<word(line, separator + 3, range.upperBound)
        guard isURL(line, start..<host.upperBound), host.upperBound + 2 < range.upperBound,
            line[host.upperBound + 1] == UInt8(ascii: "\"")
        else { return nil }
        for index in host where line[index] == UInt8(ascii: "/") { return nil }
        let open = host.upperBound + 2
        var close = open
        while close < range.upperBound, line[close] != UInt8(ascii: "\"") { close += 1 }
        let status = close + 2..<word(line, close + 2, range.upperBound)
        guard isMethod(line, open..<word(line, open, close)), close + 5 <= range.upperBound,
            line[close + 1] == 0x20, status.count == 3, isStatus(line, status)
        else { return nil }
        record[.host] = Field(host)
        record[.request] = Field(open..<close)
        record[.status] = Field(status)
        return start
    }

    /// `200 OK https://host/path (12ms, …)` or `200 https://…`.
    private func isAnswer(_ line: Span<UInt8>, _ range: Range<Int>, behind marker: [UInt8]) -> Bool
    {
        guard let start = place(of: marker, in: line, range) else { return false }
        let status = start + marker.count..<word(line, start + marker.count, range.upperBound)
        return status.count == 3 && isStatus(line, status)
    }

    /// The first time of day with its date (ISO 8601) in what the program's logging adds.
    private func time(_ line: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        var start = range.lowerBound
        while start + 19 <= range.upperBound {
            if isInstant(line, start) {
                var end = start + 19
                while end < range.upperBound, isZoneByte(line[end]) { end += 1 }
                return start..<end
            }
            start += 1
        }
        return nil
    }
}

/// Where `text` first stands, at the line's begin or behind a blank, tab or colon or bracket.
private func place(of text: [UInt8], in line: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard range.count >= text.count else { return nil }
    let isWord = text[0] != UInt8(ascii: ":")
    for start in range.lowerBound...(range.upperBound - text.count) where line[start] == text[0] {
        if isWord, start > range.lowerBound {
            let before = line[start - 1]
            guard before == 0x20 || before == 0x09 || before == 0x3A || before == 0x5D else {
                continue
            }
        }
        var length = 1
        while length < text.count, line[start + length] == text[length] { length += 1 }
        if length == text.count { return start }
    }
    return nil
}

/// Where the word ends that begins at `start`.
private func word(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var position = start
    while position < end, line[position] > 0x20 { position += 1 }
    return max(position, start)
}

private func isMethod(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard (3...7).contains(range.count) else { return false }
    for index in range where !(0x41...0x5A).contains(line[index]) { return false }
    return true
}

private func isURL(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let text = [UInt8]("http".utf8)
    guard range.count > 10 else { return false }
    for offset in text.indices where line[range.lowerBound + offset] != text[offset] {
        return false
    }
    let colon = range.lowerBound + (line[range.lowerBound + 4] == UInt8(ascii: "s") ? 5 : 4)
    return line[colon] == 0x3A && line[colon + 1] == 0x2F && line[colon + 2] == 0x2F
}

/// Whether `2026-02-12 08:14:03` stands at `start`, 19 bytes being there.
private func isInstant(_ line: Span<UInt8>, _ start: Int) -> Bool {
    for (offset, byte) in [UInt8]("dddd-dd-dd dd:dd:dd".utf8).enumerated() {
        let own = line[start + offset]
        switch byte {
        case UInt8(ascii: "d"): if !(0x30...0x39).contains(own) { return false }
        case 0x20: if own != 0x20, own != UInt8(ascii: "T") { return false }
        default: if own != byte { return false }
        }
    }
    return true
}

private func isZoneByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || byte == 0x2E || byte == 0x2C || byte == 0x2B || byte == 0x2D
        || byte == 0x3A || byte == 0x5A
}

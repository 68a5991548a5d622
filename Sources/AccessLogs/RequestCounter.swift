import ByteScan
import Deprecations

/// Decides for one line after the other whether it is a request of a rule, and counts.
struct RequestCounter {
    private let matcher: EndpointMatcher
    private let rules: [Rule]
    /// For each rule the place of its version header in the list of headers.
    private let headerOfRule: [Int?]
    private let resolver: CallerResolver
    private let host: [UInt8]
    private let asked: DayRanges
    private var target = RequestTarget()
    private var record: LogRecord
    private var scratch: [UInt8] = []
    private var raw: [UInt8] = []
    private(set) var parser: LineParser

    private(set) var counts = LineCounts()
    var traffic: TrafficAggregator
    private(set) var firstSeen: Timestamp?
    private(set) var lastSeen: Timestamp?
    /// The days that lines were seen of, and what lines show; not forgotten with the counts.
    private(set) var days = DayRanges()
    private(set) var shows: LogVisibility = []
    /// Which days' requests count.
    var counted: CountedDays
    /// Requests that did not count when their lines were read before, as long as these lines are read.
    private(set) var late: TrafficAggregator
    /// What moves among the counts by them.
    private(set) var lateCounts = LineCounts()

    init(
        rules: [Rule], matcher: EndpointMatcher, headers: [String], resolver: CallerResolver,
        host: String?, maximumCallers: Int, days: DayRanges, parser: LineParser
    ) {
        self.rules = rules
        self.matcher = matcher
        self.resolver = resolver
        self.parser = parser
        self.host = Array((host ?? "").utf8)
        headerOfRule = rules.map { rule in
            rule.versionHeader.flatMap { header in
                headers.firstIndex { $0.lowercased() == header.name.lowercased() }
            }
        }
        traffic = TrafficAggregator(capacity: maximumCallers)
        late = TrafficAggregator(capacity: maximumCallers)
        counted = CountedDays(rules: rules.map(\.id), asked: days, earlier: nil)
        asked = days
        record = LogRecord(headerCount: headers.count)
    }

    /// Forgets what was counted, not what was learnt of the format.
    mutating func forgetCounts() {
        counts = LineCounts()
        traffic.removeAll()
        firstSeen = nil
        lastSeen = nil
    }

    /// The stream is taken for one that was read before as `checkpoint` says; nil for a new one.
    mutating func assume(_ checkpoint: LogCheckpoint?) {
        counted = CountedDays(rules: rules.map(\.id), asked: asked, earlier: checkpoint)
    }

    /// Learns the format from the first lines of the stream.
    mutating func detectFormat(_ block: Span<UInt8>) {
        parser.detect(block, record: &record)
    }

    /// Adds lines of which the gate says that they cannot matter.
    mutating func countOthers(_ others: Int, blank: Int) {
        counts.other += others
        counts.blank += blank
    }

    /// Takes note of when the line was, and what it shows, whatever it is; answers its day.
    @discardableResult
    mutating func noteTime(_ block: Span<UInt8>, _ line: Range<Int>) -> CalendarDay? {
        let line = trimmed(block, line)
        guard !line.isEmpty, let time = parser.time(block, line, record: &record) else {
            return nil
        }
        note(time)
        shows.formUnion(record.visibility(isTunnel: isTunnel(block)))
        if hasAbsoluteTarget(block) { shows.insert(.host) }
        return time.day
    }

    /// Lines lie in no order of time here: what is between them is not said to be a gap.
    mutating func noteDays(_ first: CalendarDay, _ last: CalendarDay) {
        days.formUnion(DayRanges(since: min(first, last), until: max(first, last)))
    }

    // The bytes of a line that stood in a line lie elsewhere, and are not looked at.

    private func isTunnel(_ block: Span<UInt8>) -> Bool {
        let method = record[.request].isMissing ? record[.method] : record[.request]
        guard method.range.count >= 7, method.range.upperBound <= block.count else { return false }
        return isConnect(block, method.range.lowerBound..<method.range.lowerBound + 7)
    }

    private func hasAbsoluteTarget(_ block: Span<UInt8>) -> Bool {
        let target = record[.request].isMissing ? record[.target] : record[.request]
        guard target.range.count > 3, target.range.upperBound <= block.count else { return false }
        return target.range.dropLast(2).contains { index in
            block[index] == UInt8(ascii: ":") && block[index + 1] == UInt8(ascii: "/")
                && block[index + 2] == UInt8(ascii: "/")
        }
    }

    /// Counts a line that the gate let pass; false where it names the endpoint and cannot be parsed.
    @discardableResult
    mutating func count(_ block: Span<UInt8>, _ wholeLine: Range<Int>) -> Bool {
        let line = trimmed(block, wholeLine)
        guard !line.isEmpty else {
            counts.blank += 1
            return true
        }
        if block[line.lowerBound] == UInt8(ascii: "#") {
            _ = parser.readDirective(block, line)
            counts.other += 1
            return true
        }
        switch parser.parse(block, line, into: &record) {
        case .line: return countRecord(block)
        case .unwrapped:
            let bytes = parser.unwrapped
            return countRecord(bytes.span)
        case nil:
            if namesEndpoint(block, line) {
                counts.malformed += 1
                return false
            }
            counts.other += 1
        }
        return true
    }

    private mutating func countRecord(_ bytes: Span<UInt8>) -> Bool {
        guard let request = request(bytes) else {
            return countWithoutMethod(bytes)
        }
        if isConnect(bytes, request.method) {
            countConnect(bytes, request.target)
            return true
        }
        assignTarget(bytes, request)
        let match =
            matcher.match(
                method: bytes.extracting(request.method), target: target)
            ?? upstreamMatch(bytes, request)
        guard let match else {
            counts.other += 1
            return true
        }
        count(bytes, match)
        return true
    }

    /// Where a path is logged and no method, nobody can say whether it was a request of the rule.
    private mutating func countWithoutMethod(_ bytes: Span<UInt8>) -> Bool {
        let path = record[.target].isMissing ? record[.decodedPath] : record[.target]
        if !path.isMissing, record[.method].isMissing {
            assignTarget(
                bytes,
                Request(method: 0..<0, target: path, isDecoded: record[.target].isMissing))
            if matcher.namesDeprecatedEndpoint(target) {
                counts.malformed += 1
                return false
            }
        }
        counts.other += 1
        return true
    }

    private struct Request {
        var method: Range<Int>
        var target: Field
        var isDecoded = false
    }

    /// Method and target, from the request line or from fields of their own.
    private func request(_ bytes: Span<UInt8>) -> Request? {
        let field = record[.request]
        if !field.isMissing {
            let range = field.range
            var methodEnd = range.lowerBound
            while methodEnd < range.upperBound, bytes[methodEnd] != 0x20 { methodEnd += 1 }
            guard methodEnd > range.lowerBound, methodEnd + 1 < range.upperBound else { return nil }
            var end = range.upperBound
            while end > methodEnd, bytes[end - 1] != 0x20 { end -= 1 }
            // `GET /a b HTTP/1.1` has a blank in its target, `GET /a` no version.
            let hasVersion =
                end - 1 > methodEnd && end + 5 <= range.upperBound
                && bytes[end] == UInt8(ascii: "H") && bytes[end + 4] == UInt8(ascii: "/")
            let target = methodEnd + 1..<(hasVersion ? end - 1 : range.upperBound)
            return Request(
                method: range.lowerBound..<methodEnd, target: Field(target, escape: field.escape))
        }
        let method = record[.method]
        guard !method.isMissing else { return nil }
        if !record[.target].isMissing {
            return Request(method: method.range, target: record[.target])
        }
        let path = record[.decodedPath]
        guard !path.isMissing else { return nil }
        return Request(method: method.range, target: path, isDecoded: true)
    }

    private mutating func assignTarget(_ bytes: Span<UInt8>, _ request: Request) {
        if needsDecoding(request.target, of: bytes) {
            scratch.removeAll(keepingCapacity: true)
            appendDecoded(request.target, of: bytes, to: &scratch)
            let decoded = scratch
            assign(decoded.span, isDecoded: request.isDecoded)
        } else {
            assign(bytes.extracting(request.target.range), isDecoded: request.isDecoded)
        }
        let field = record[.host]
        if !field.isMissing { target.offerHost(bytes.extracting(field.range)) }
        if target.host.isEmpty, !host.isEmpty {
            let name = host
            target.offerHost(name.span)
        }
    }

    /// A target may be without its scheme: `host/path`, as security gateways write it.
    private mutating func assign(_ text: Span<UInt8>, isDecoded: Bool) {
        var slash = 0
        var hasDot = false
        while slash < text.count, isHostByte(text[slash]) {
            if text[slash] == UInt8(ascii: ".") { hasDot = true }
            slash += 1
        }
        guard hasDot, slash < text.count, text[slash] == UInt8(ascii: "/") else {
            target.assign(text, isDecoded: isDecoded)
            return
        }
        target.assign(text.extracting(slash..<text.count), isDecoded: isDecoded)
        target.offerHost(text.extracting(0..<slash))
    }

    /// A proxy's log names the host it passed the request on to; that one counts as well.
    private mutating func upstreamMatch(
        _ bytes: Span<UInt8>, _ request: Request
    ) -> EndpointMatcher.Match? {
        let field = record[.upstreamHost]
        guard !field.isMissing, !isAbsent(bytes, field.range) else { return nil }
        target.replaceHost(bytes.extracting(authority(bytes, field.range)))
        return matcher.match(method: bytes.extracting(request.method), target: target)
    }

    /// What stands behind the scheme of an origin (`https://host`).
    private func authority(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        guard let slash = bytes.firstPlace(of: UInt8(ascii: "/"), in: range),
            slash > range.lowerBound, slash + 1 < range.upperBound,
            bytes[slash - 1] == UInt8(ascii: ":"), bytes[slash + 1] == UInt8(ascii: "/")
        else { return range }
        return slash + 2..<range.upperBound
    }

    private func isConnect(_ bytes: Span<UInt8>, _ method: Range<Int>) -> Bool {
        guard method.count == 7 else { return false }
        for (offset, byte) in [UInt8]("CONNECT".utf8).enumerated()
        where bytes[method.lowerBound + offset] != byte {
            return false
        }
        return true
    }

    private mutating func countConnect(_ bytes: Span<UInt8>, _ authority: Field) {
        target.replaceHost(bytes.extracting(authority.range))
        counts.other += 1
        if matcher.isRuleHost(target) { counts.hostOnly += 1 }
    }

    private mutating func count(_ bytes: Span<UInt8>, _ match: EndpointMatcher.Match) {
        let time = parser.time(of: record, in: bytes)
        if let time { note(time) }
        guard counted.counts(match.rule, at: time) else {
            counts.other += 1
            counts.outside += 1
            return
        }
        counts.matched += 1
        let status = status(bytes)
        let operation = OperationSample.hash(of: target.text.span.extracting(match.operation))
        writeRaw(bytes, match)
        let index = traffic.index(of: raw) ?? traffic.insert(key(bytes, match), raw: raw)
        traffic.count(at: index, status: status, time: time, operation: operation)
        guard counted.countsLate, counted.isLate(match.rule, at: time) else { return }
        let lateIndex = late.index(of: raw) ?? late.insert(key(bytes, match), raw: raw)
        late.count(at: lateIndex, status: status, time: time, operation: operation)
        lateCounts.matched += 1
        lateCounts.other -= 1
        // Where the rule was not known then, its lines were not told from others.
        if counted.isKnown(match.rule) { lateCounts.outside -= 1 }
    }

    /// The bytes that make the key, lengths between them.
    private mutating func writeRaw(_ bytes: Span<UInt8>, _ match: EndpointMatcher.Match) {
        raw.removeAll(keepingCapacity: true)
        raw.append(UInt8(truncatingIfNeeded: match.rule))
        raw.append(UInt8(truncatingIfNeeded: match.rule >> 8))
        raw.append(match.usage == .deprecated ? 0 : 1)
        for byte in target.host { raw.append(byte) }
        for role in [FieldRole.clientAddress, .address, .forwardedFor, .user, .userAgent] {
            appendRaw(bytes, record[role])
        }
        raw.append(UInt8(truncatingIfNeeded: record.library ?? 255))
        if let header = headerOfRule[match.rule] {
            raw.append(record.recordsHeader[header] ? 1 : 0)
            appendRaw(bytes, record.headers[header])
        }
    }

    private mutating func appendRaw(_ bytes: Span<UInt8>, _ field: Field) {
        raw.append(0)
        raw.append(field.escape.rawValue)
        raw.append(UInt8(truncatingIfNeeded: field.range.count))
        raw.append(UInt8(truncatingIfNeeded: field.range.count >> 8))
        // A user agent may be as long as the line; what is kept of it is not.
        raw.append(bytes, field.range.prefix(4096))
    }

    private mutating func key(_ bytes: Span<UInt8>, _ match: EndpointMatcher.Match) -> TrafficKey {
        shows.formUnion(record.visibility(isTunnel: false))
        if !target.host.isEmpty { shows.insert(.host) }
        let rule = rules[match.rule]
        let method = match.usage == .deprecated ? rule.endpoint.method : rule.replacement?.method
        return TrafficKey(
            rule: rule.id, usage: match.usage, method: method ?? rule.endpoint.method,
            host: target.host.isEmpty ? nil : String(decoding: target.host, as: UTF8.self),
            caller: caller(bytes), apiVersion: apiVersion(bytes, rule, headerOfRule[match.rule]))
    }

    private func caller(_ bytes: Span<UInt8>) -> Caller {
        var caller = resolver.caller(
            clientAddress: text(bytes, record[.clientAddress]),
            peer: text(bytes, record[.address]),
            forwardedFor: text(bytes, record[.forwardedFor]),
            user: text(bytes, record[.user]), userAgent: text(bytes, record[.userAgent]))
        if let library = record.library {
            caller.client = ClientLogFormat.libraries[library].name
            caller.kind = .library
        }
        return caller
    }

    private func apiVersion(
        _ bytes: Span<UInt8>, _ rule: Rule, _ index: Int?
    ) -> APIVersionUse {
        guard let header = rule.versionHeader, let index, record.recordsHeader[index] else {
            return APIVersionUse(versionClass: .unlogged)
        }
        let field = record.headers[index]
        if field.isMissing || isAbsent(bytes, field.range) {
            return APIVersionUse(versionClass: .implicit)
        }
        let value = text(bytes, field)
        let literal = String(SecretMask.masked(value).prefix(64))
        return APIVersionUse(versionClass: header.versionClass(of: value), value: literal)
    }

    private func text(_ bytes: Span<UInt8>, _ field: Field) -> String {
        guard !field.isMissing else { return "" }
        var decoded: [UInt8] = []
        appendDecoded(
            Field(field.range.prefix(4096), escape: field.escape), of: bytes, to: &decoded)
        return String(decoding: decoded, as: UTF8.self)
    }

    private func status(_ bytes: Span<UInt8>) -> Int {
        var value = 0
        for index in record[.status].range {
            guard (0x30...0x39).contains(bytes[index]) else { return 0 }
            value = value * 10 + Int(bytes[index] - 0x30)
        }
        return value
    }

    private mutating func note(_ time: Timestamp) {
        if firstSeen.map({ time < $0 }) ?? true { firstSeen = time }
        if lastSeen.map({ time > $0 }) ?? true { lastSeen = time }
        days.insert(time.day)
    }

    /// Whether a text in the line, from a slash or a scheme on, is the path of a deprecated endpoint.
    private mutating func namesEndpoint(_ block: Span<UInt8>, _ line: Range<Int>) -> Bool {
        var position = line.lowerBound
        while position < line.upperBound {
            let start = position
            while position < line.upperBound, !endsURL(block[position]) { position += 1 }
            if position > start {
                target.assign(block.extracting(start..<position))
                if matcher.namesDeprecatedEndpoint(target) { return true }
            }
            position += 1
        }
        return false
    }
}

/// What may stand in a host's name or address, or in a port.
private func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5F: true
    default: false
    }
}

/// What cannot stand in a URL, or stands around one in a log.
private func endsURL(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0x22 || byte == 0x27 || byte == 0x2C || byte == 0x3C || byte == 0x3E
        || byte == 0x28 || byte == 0x29 || byte == 0x5B || byte == 0x5D || byte == 0x7B
        || byte == 0x7D || byte == 0x7C || byte == 0x5C || byte == 0x60 || byte == 0x3B
}

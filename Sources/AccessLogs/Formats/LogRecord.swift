import Deprecations

/// How the bytes of a field are written.
enum FieldEscape: UInt8, Sendable {
    /// As they are.
    case none
    /// `\xHH`, `\"`, `\\`, `\n` (nginx, Apache).
    case backslash
    /// JSON's.
    case json
    /// `%HH` once more than the field itself would have (CloudFront).
    case percent
    /// `+` for a blank (W3C).
    case plus
    /// `#HH` (HAProxy).
    case hash
    /// A list of the bytes as numbers (journald).
    case numbers
    /// `""` for a quote (CSV).
    case doubledQuote
}

/// Where a field of a line lies.
struct Field: Sendable {
    var start: Int32
    var end: Int32
    var escape: FieldEscape

    static let missing = Field(start: -1, end: -1, escape: .none)

    init(start: Int32, end: Int32, escape: FieldEscape) {
        self.start = start
        self.end = end
        self.escape = escape
    }

    init(_ range: Range<Int>, escape: FieldEscape = .none) {
        start = Int32(range.lowerBound)
        end = Int32(range.upperBound)
        self.escape = escape
    }

    var isMissing: Bool { start < 0 }
    var range: Range<Int> { start < 0 ? 0..<0 : Int(start)..<Int(end) }
}

/// What a field of a log format means.
enum FieldRole: Int, Sendable, CaseIterable {
    /// The peer's address, perhaps with a port.
    case address
    /// A list of addresses, the client's first.
    case forwardedFor
    /// The client's address as the server itself worked it out; goes before all others.
    case clientAddress
    /// The authenticated user.
    case user
    /// An instant in any of the known spellings.
    case time
    /// The day of an instant that is written in two fields.
    case date
    /// The clock time of an instant that is written in two fields.
    case clock
    /// `METHOD target VERSION`.
    case request
    /// The method.
    case method
    /// The target as sent, with its query.
    case target
    /// A path that the server has decoded.
    case decodedPath
    /// The host that the client asked for.
    case host
    /// The host that the server passed the request on to.
    case upstreamHost
    /// The status that the client was sent.
    case status
    /// The user agent.
    case userAgent
    /// A number that is read by nobody but tells formats apart.
    case number
    /// Anything, read by nobody.
    case ignored
    /// The client's name by RFC 1413: `-` nearly always.
    case identity
}

/// The fields of one line. One value serves many lines.
struct LogRecord: Sendable {
    private var fields: [Field]
    /// The version headers that the rules name, by their place in that list.
    private(set) var headers: [Field]
    /// For each: whether the line would show it.
    private(set) var recordsHeader: [Bool]
    /// The client library that wrote the line, by its place in the list of those.
    var library: Int?

    init(headerCount: Int) {
        fields = [Field](repeating: .missing, count: FieldRole.allCases.count)
        headers = [Field](repeating: .missing, count: headerCount)
        recordsHeader = [Bool](repeating: false, count: headerCount)
    }

    mutating func clear() {
        library = nil
        for index in fields.indices { fields[index] = .missing }
        for index in headers.indices {
            headers[index] = .missing
            recordsHeader[index] = false
        }
    }

    subscript(role: FieldRole) -> Field {
        get { fields[role.rawValue] }
        set { fields[role.rawValue] = newValue }
    }

    /// The line has a place for the header, and this stands there.
    mutating func setHeader(_ index: Int, _ field: Field) {
        headers[index] = field
        recordsHeader[index] = true
    }

    /// What the line shows.
    func visibility(isTunnel: Bool) -> LogVisibility {
        var shows: LogVisibility = []
        func shown(_ roles: FieldRole...) -> Bool { roles.contains { !self[$0].isMissing } }
        if shown(.request, .target, .decodedPath), !isTunnel { shows.insert(.path) }
        if shown(.host, .upstreamHost) { shows.insert(.host) }
        if recordsHeader.contains(true) { shows.insert(.version) }
        if shown(.address, .clientAddress, .forwardedFor) { shows.insert(.address) }
        if shown(.userAgent) { shows.insert(.userAgent) }
        if shown(.time, .clock) { shows.insert(.time) }
        return shows
    }

    /// The line lists all headers: one that is not there was not sent.
    mutating func setAllHeadersRecorded() {
        for index in recordsHeader.indices { recordsHeader[index] = true }
    }
}

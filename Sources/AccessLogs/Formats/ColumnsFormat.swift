/// Lines of values in columns that a `#Fields:` line (W3C extended) names.
struct ColumnsFormat: Sendable {
    /// What a column means.
    struct Column: Sendable {
        var role: FieldRole
        var header: Int?
        var escape: FieldEscape
    }

    /// In the line's order; empty until a `#Fields:` line was seen.
    private(set) var columns: [Column] = []
    /// The names as the `#Fields:` line has them.
    private(set) var fields = ""
    /// Values are separated by tabs instead of blanks.
    private(set) var isTabbed = false
    /// What the last `#Date:` line says: the day of lines that have none of their own, and from when on.
    private(set) var date: [UInt8] = []
    private let headers: [String]

    init(headers: [String]) {
        self.headers = headers
    }

    /// Whether the lines have a place for the version header with this place in the rules' list.
    func recordsHeader(_ index: Int) -> Bool { columns.contains { $0.header == index } }

    /// Binds the columns anew where `line[range]` is a `#Fields:` line; false for any other.
    mutating func readDirective(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        if let written = Self.value(of: "#Date:", line, range) {
            date = Array(written.drop { $0 == 0x20 })
        }
        guard let text = Self.value(of: "#Fields:", line, range) else { return false }
        fields = String(decoding: text, as: UTF8.self)
        let names = fields.split(whereSeparator: { $0 == " " || $0 == "\t" })
        // CloudFront names its columns with blanks and separates the values by tabs.
        let isCloudFront = names.contains { $0.hasPrefix("x-edge-") }
        isTabbed = isCloudFront || fields.contains("\t")
        columns = names.map { column(named: $0.lowercased(), isCloudFront: isCloudFront) }
        // Where there is a host header of its own, that is what the client asked for.
        if let own = columns.firstIndex(where: { $0.role == .upstreamHost }),
            let served = columns.firstIndex(where: { $0.role == .host })
        {
            columns[own].role = .host
            columns[served].role = .ignored
        }
        return true
    }

    private static func value(
        of name: StaticString, _ line: Span<UInt8>, _ range: Range<Int>
    ) -> [UInt8]? {
        let name = Array(name.description.utf8)
        guard range.count > name.count else { return nil }
        for offset in name.indices where line[range.lowerBound + offset] != name[offset] {
            return nil
        }
        return (range.lowerBound + name.count..<range.upperBound).map { line[$0] }
    }

    private func column(named name: String, isCloudFront: Bool) -> Column {
        let escape: FieldEscape = isCloudFront ? .percent : .plus
        if name.hasPrefix("cs("), name.hasSuffix(")") {
            let header = String(name.dropFirst(3).dropLast())
            if let index = headers.firstIndex(where: { $0.lowercased() == header }) {
                return Column(role: .ignored, header: index, escape: escape)
            }
        }
        // IIS lets the administrator name the column of a custom field; most take the header's name.
        if let index = headers.firstIndex(where: { $0.lowercased() == name }) {
            return Column(role: .ignored, header: index, escape: escape)
        }
        let role: FieldRole =
            switch name {
            case "date": .date
            case "time": .clock
            case "datetime", "timestamp": .time
            case "c-ip": .address
            case "x-forwarded-for", "cs(x-forwarded-for)": .forwardedFor
            case "cs-username": .user
            case "cs-method": .method
            case "cs-uri-stem": isCloudFront ? .target : .decodedPath
            case "cs-uri", "cs-uri-path": .target
            case "cs-host", "cs(host)": .host
            // CloudFront: `cs(Host)` is the distribution, `x-host-header` what the client asked for.
            case "x-host-header": .upstreamHost
            case "sc-status": .status
            case "cs(user-agent)": .userAgent
            default: .ignored
            }
        return Column(role: role, header: nil, escape: escape)
    }

    /// Takes `line[range]` apart; false where it has other columns.
    func parse(_ line: Span<UInt8>, _ range: Range<Int>, into record: inout LogRecord) -> Bool {
        guard !columns.isEmpty, line[range.lowerBound] != UInt8(ascii: "#") else { return false }
        let separator: UInt8 = isTabbed ? 0x09 : 0x20
        var position = range.lowerBound
        var index = 0
        while true {
            guard index < columns.count else { return position >= range.upperBound }
            var end = position
            var value: Range<Int>
            if !isTabbed, end < range.upperBound, line[end] == UInt8(ascii: "\"") {
                // Blue Coat quotes values with blanks.
                end += 1
                while end < range.upperBound, line[end] != UInt8(ascii: "\"") { end += 1 }
                value = position + 1..<end
                end = min(end + 1, range.upperBound)
            } else {
                while end < range.upperBound, line[end] != separator { end += 1 }
                value = position..<end
            }
            let column = columns[index]
            if let header = column.header {
                record.setHeader(header, Field(value, escape: column.escape))
            } else if column.role != .ignored {
                if column.role == .status, !isStatus(line, value) { return false }
                record[column.role] = Field(value, escape: column.escape)
            }
            index += 1
            guard end < range.upperBound else { return index == columns.count }
            position = end + 1
        }
    }
}

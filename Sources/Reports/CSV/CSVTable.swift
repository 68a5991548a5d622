/// What one cell of a table holds; nothing is written as an empty cell.
enum CSVCell {
    /// Text from anywhere.
    case text(String?)
    case number(Int?)
    case decimal(Double?)
    case flag(Bool)

    /// As it stands between two commas.
    var field: String {
        switch self {
        case .text(let text): text.map(Self.field) ?? ""
        case .number(let number): number.map { String($0) } ?? ""
        case .decimal(let number): number.map { String($0) } ?? ""
        case .flag(let isTrue): isTrue ? "true" : "false"
        }
    }

    /// On one line, quoted where a reader could split it, and never a formula.
    private static func field(_ text: String) -> String {
        let shown = text.visible
        let safe = isFormula(shown) ? "'" + shown : shown
        let isPlain = safe.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "-_./:@".utf8.contains(byte)
            }
        }
        return isPlain ? safe : "\"" + safe.writing(["\"": "\"\""]) + "\""
    }

    /// Whether a spreadsheet takes the text for a formula: by the first character that is not a blank, also in the
    /// wide forms that some of them read alike. What begins with an apostrophe gets another, so that the first can
    /// always be taken away again.
    private static func isFormula(_ text: String) -> Bool {
        guard text.unicodeScalars.first != "'" else { return true }
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace }
        return first.map { "=+-@|%＝＋－＠".unicodeScalars.contains($0) } ?? false
    }
}

/// Rows under a line of titles, each ended by CR LF.
struct CSVTable<Row> {
    /// A title, and what stands under it.
    struct Column {
        var title: String
        var cell: (Row) -> CSVCell

        init(_ title: String, cell: @escaping (Row) -> CSVCell) {
            self.title = title
            self.cell = cell
        }
    }

    /// The table's bytes, UTF-8 without a byte order mark.
    let bytes: [UInt8]

    init(_ columns: [Column], rows: [Row]) {
        var bytes: [UInt8] = []
        func append(_ fields: some Sequence<String>) {
            for (index, field) in fields.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.append(contentsOf: field.utf8)
            }
            bytes.append(contentsOf: [0x0D, 0x0A])
        }
        append(columns.map(\.title))
        for row in rows { append(columns.lazy.map { $0.cell(row).field }) }
        self.bytes = bytes
    }
}

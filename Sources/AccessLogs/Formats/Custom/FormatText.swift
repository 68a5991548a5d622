/// Why a format string cannot be used.
package struct LogFormatError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, and what to do, without the place.
    package var message: String
    /// Where in the given text, from 1; nil where it is about all of it.
    package var column: Int?
    /// Place and message.
    package var description: String { (column.map { "column \($0): " } ?? "") + message }

    init(_ message: String, column: Int? = nil) {
        self.message = message
        self.column = column
    }
}

/// A format string while it is read: its bytes without the quotes and escapes of a configuration, each with its
/// place in the text that was given.
struct FormatText {
    private let given: [UInt8]
    private var bytes: [UInt8] = []
    private var places: [Int] = []
    /// Where in the string reading has come to.
    private(set) var position = 0

    /// Begins with nothing of `given`.
    init(of given: [UInt8]) {
        self.given = given
    }

    /// The whole of `text` as it is.
    init(_ text: String) {
        self.init(of: Array(text.utf8))
        for (place, byte) in given.enumerated() { append(byte, from: place) }
    }

    /// Appends a byte that stands, perhaps escaped, at `place` of the given text.
    mutating func append(_ byte: UInt8, from place: Int) {
        bytes.append(byte)
        places.append(place)
    }

    /// The byte that comes next.
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// The byte behind the next.
    var afterNext: UInt8? { position + 1 < bytes.count ? bytes[position + 1] : nil }

    /// Where the next byte stands in the given text, from 1, in characters.
    var column: Int { column(ofPlace: position < places.count ? places[position] : given.count) }

    /// Where a byte of the given text stands, from 1, in characters.
    func column(ofPlace place: Int) -> Int {
        given[..<place].reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }

    /// Takes the next byte.
    mutating func take() -> UInt8? {
        guard let byte = next else { return nil }
        position += 1
        return byte
    }

    /// Gives the byte back that was taken last.
    mutating func back() { position = max(0, position - 1) }

    /// Takes the next byte where it is this one.
    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    /// Takes `text` where that comes next.
    mutating func take(_ text: StaticString) -> Bool {
        let wanted = Array(text.description.utf8)
        guard bytes.count - position >= wanted.count,
            bytes[position..<position + wanted.count].elementsEqual(wanted)
        else { return false }
        position += wanted.count
        return true
    }

    /// Takes bytes as long as they fit.
    mutating func take(while fits: (UInt8) -> Bool) -> String {
        let start = position
        while let byte = next, fits(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// Takes what stands before `close`, and that; nil where there is none.
    mutating func take(upTo close: UInt8) -> String? {
        guard let end = bytes[position...].firstIndex(of: close) else { return nil }
        defer { position = end + 1 }
        return String(decoding: bytes[position..<end], as: UTF8.self)
    }

    /// Drops blanks and line ends, written out or not, from the end of the string.
    mutating func dropLineEnd() {
        while let last = bytes.last, bytes.count > position {
            if last == 0x0A || last == 0x0D {
                bytes.removeLast()
                places.removeLast()
            } else if bytes.suffix(2).elementsEqual(Array(#"\n"#.utf8)) {
                bytes.removeLast(2)
                places.removeLast(2)
            } else {
                return
            }
        }
    }
}

extension FormatText {
    /// What stands between the first two quotes of one kind behind `start`, `\"` and `\\` made `"` and `\`; nil
    /// where there is no quote. A quote without its partner is an error.
    static func quoted(
        in given: [UInt8], from start: Int, directive: String
    ) throws(LogFormatError) -> FormatText? {
        let isQuote = { (byte: UInt8) in byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }
        guard let open = given[start...].firstIndex(where: isQuote) else { return nil }
        var text = FormatText(of: given)
        var index = open + 1
        while index < given.count, given[index] != given[open] {
            if given[index] == UInt8(ascii: "\\"), index + 1 < given.count {
                let escaped = given[index + 1]
                switch escaped {
                case UInt8(ascii: "n"): text.append(0x0A, from: index)
                case UInt8(ascii: "t"): text.append(0x09, from: index)
                case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), 0x20:
                    text.append(escaped, from: index)
                default:
                    text.append(given[index], from: index)
                    text.append(escaped, from: index + 1)
                }
                index += 2
            } else {
                text.append(given[index], from: index)
                index += 1
            }
        }
        guard index < given.count else {
            throw LogFormatError(
                "a quote without its partner in the \(directive)",
                column: text.column(ofPlace: open))
        }
        return text
    }
}

/// A place in a line of JSON that moves forward, without allocating.
struct JSONScanner {
    var position: Int
    var end: Int

    func peek(_ line: Span<UInt8>) -> UInt8? {
        position < end ? line[position] : nil
    }

    @inline(__always)
    mutating func skip(_ line: Span<UInt8>, while condition: (UInt8) -> Bool) {
        while position < end, condition(line[position]) { position += 1 }
    }

    /// Reads a string, the quote being next; the field is what stands between the quotes. Nil where it does not end.
    mutating func string(_ line: Span<UInt8>) -> Field? {
        let start = position + 1
        var escape = FieldEscape.none
        position = start
        while position < end {
            switch line[position] {
            case UInt8(ascii: "\""):
                position += 1
                return Field(start..<(position - 1), escape: escape)
            case UInt8(ascii: "\\"):
                escape = .json
                position += 2
            default:
                position += 1
            }
        }
        return nil
    }

    /// Reads a number or a word up to the next delimiter; `null` is an empty field.
    mutating func scalar(_ line: Span<UInt8>) -> Field {
        let start = position
        skip(line) { $0 != 0x2C && $0 != 0x7D && $0 != 0x5D && $0 != 0x20 && $0 != 0x09 }
        let isNull = position - start == 4 && line[start] == UInt8(ascii: "n")
        return Field(start..<(isNull ? start : position))
    }

    /// Passes over any value; false where it does not end.
    mutating func skipValue(_ line: Span<UInt8>) -> Bool {
        var depth = 0
        repeat {
            guard let byte = peek(line) else { return false }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                position += 1
            case UInt8(ascii: "\""):
                guard string(line) != nil else { return false }
            default:
                let before = position
                skip(line) {
                    $0 != 0x22 && $0 != 0x7B && $0 != 0x7D && $0 != 0x5B && $0 != 0x5D
                        && (depth > 0 || $0 != 0x2C)
                }
                if position == before { return depth == 0 }
            }
        } while depth > 0
        return true
    }
}

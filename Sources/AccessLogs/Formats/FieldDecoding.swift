import ByteScan
import Deprecations

/// Appends what a field says, its escapes undone, to `result`.
func appendDecoded(_ field: Field, of line: Span<UInt8>, to result: inout [UInt8]) {
    if field.escape == .numbers { return appendNumbers(line, field.range, to: &result) }
    var index = field.range.lowerBound
    let end = field.range.upperBound
    while index < end {
        let byte = line[index]
        var length = 1
        switch (field.escape, byte) {
        case (.backslash, UInt8(ascii: "\\")):
            length = appendBackslash(line, index, end, to: &result)
        case (.json, UInt8(ascii: "\\")):
            length = appendJSONEscape(line, index, end, to: &result)
        case (.percent, UInt8(ascii: "%")), (.hash, UInt8(ascii: "#")):
            if let decoded = hexPair(line, index + 1, end) {
                result.append(decoded)
                length = 3
            } else {
                result.append(byte)
            }
        case (.plus, UInt8(ascii: "+")): result.append(0x20)
        case (.doubledQuote, UInt8(ascii: "\"")):
            result.append(byte)
            length = 2
        default: result.append(byte)
        }
        index += length
    }
}

/// Whether the field holds anything that would have to be decoded.
func needsDecoding(_ field: Field, of line: Span<UInt8>) -> Bool {
    let mark: UInt8
    switch field.escape {
    case .none: return false
    case .numbers: return true
    case .backslash, .json: mark = UInt8(ascii: "\\")
    case .percent: mark = UInt8(ascii: "%")
    case .hash: mark = UInt8(ascii: "#")
    case .plus: mark = UInt8(ascii: "+")
    case .doubledQuote: mark = UInt8(ascii: "\"")
    }
    return line.firstPlace(of: mark, in: field.range) != nil
}

/// `71,69,84`: the bytes of a text as decimal numbers.
private func appendNumbers(_ line: Span<UInt8>, _ range: Range<Int>, to result: inout [UInt8]) {
    var number: Int?
    for index in range {
        if (0x30...0x39).contains(line[index]) {
            number = min((number ?? 0) * 10 + Int(line[index] - 0x30), 1000)
        } else if let byte = number {
            result.append(UInt8(truncatingIfNeeded: byte))
            number = nil
        }
    }
    if let byte = number { result.append(UInt8(truncatingIfNeeded: byte)) }
}

/// `\xHH`, `\n`, `\t`, …, `\"`; answers how many bytes of the line that was.
private func appendBackslash(
    _ line: Span<UInt8>, _ index: Int, _ end: Int, to result: inout [UInt8]
) -> Int {
    guard index + 1 < end else {
        result.append(UInt8(ascii: "\\"))
        return 1
    }
    let next = line[index + 1]
    if next == UInt8(ascii: "x"), let byte = hexPair(line, index + 2, end) {
        result.append(byte)
        return 4
    }
    switch next {
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "'"): result.append(next)
    default:
        result.append(UInt8(ascii: "\\"))
        result.append(next)
    }
    return 2
}

/// RFC 8259, 7, surrogate pairs included; answers how many bytes of the line that was.
private func appendJSONEscape(
    _ line: Span<UInt8>, _ index: Int, _ end: Int, to result: inout [UInt8]
) -> Int {
    guard index + 1 < end else { return 1 }
    let next = line[index + 1]
    switch next {
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "u"):
        guard let unit = hexUnit(line, index + 2, end) else {
            result.append(next)
            return 2
        }
        var code = UInt32(unit)
        var length = 6
        if (0xD800..<0xDC00).contains(code), index + 7 < end,
            line[index + 6] == UInt8(ascii: "\\"), line[index + 7] == UInt8(ascii: "u"),
            let low = hexUnit(line, index + 8, end), (0xDC00..<0xE000).contains(UInt32(low))
        {
            code = 0x10000 + (code - 0xD800) << 10 + (UInt32(low) - 0xDC00)
            length = 12
        }
        let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { result.append(byte) }
        return length
    default: result.append(next)
    }
    return 2
}

private func hexUnit(_ line: Span<UInt8>, _ index: Int, _ end: Int) -> UInt16? {
    guard let high = hexPair(line, index, end), let low = hexPair(line, index + 2, end) else {
        return nil
    }
    return UInt16(high) << 8 | UInt16(low)
}

private func hexPair(_ line: Span<UInt8>, _ index: Int, _ end: Int) -> UInt8? {
    guard index + 1 < end, let high = hexDigitValue(line[index]),
        let low = hexDigitValue(line[index + 1])
    else { return nil }
    return high << 4 | low
}

/// What a hexadecimal digit is worth.
func hexDigitValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
}

/// Bytes taken as the units of UTF-16 or UTF-32.
struct CodeUnits: ~Escapable {
    private let bytes: RawSpan
    private let encoding: TextEncoding
    private let width: Int
    private let isLittle: Bool

    /// Takes what follows a byte order mark of `start` bytes.
    @_lifetime(copy bytes)
    init(_ bytes: RawSpan, from start: Int, _ encoding: TextEncoding) {
        self.bytes = bytes.extracting(droppingFirst: start)
        self.encoding = encoding
        width = encoding == .utf32LittleEndian || encoding == .utf32BigEndian ? 4 : 2
        isLittle = encoding == .utf16LittleEndian || encoding == .utf32LittleEndian
    }

    /// Whole units; bytes of a unit that is cut off do not count.
    private var count: Int { bytes.byteCount / width }

    private func unit(_ index: Int) -> UInt32 {
        if width == 2 {
            let unit = unsafe bytes.unsafeLoadUnaligned(
                fromByteOffset: 2 * index, as: UInt16.self)
            return UInt32(isLittle ? UInt16(littleEndian: unit) : UInt16(bigEndian: unit))
        }
        let unit = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
        return isLittle ? UInt32(littleEndian: unit) : UInt32(bigEndian: unit)
    }

    /// Whether no unit is a NUL, nor too large for a character.
    var isText: Bool {
        for index in 0..<count {
            let unit = unit(index)
            if unit == 0 || unit > 0x10_FFFF { return false }
        }
        return true
    }

    /// How many units are ASCII; nil where some are none of a text: control characters, characters that are not
    /// assigned for exchange, half a pair.
    private var asciiCount: Int? {
        var ascii = 0
        var isInPair = false
        for index in 0..<count {
            let unit = unit(index)
            let isTrail = width == 2 && (0xDC00...0xDFFF).contains(unit)
            guard isTrail == isInPair else { return nil }
            isInPair = width == 2 && (0xD800...0xDBFF).contains(unit)
            switch unit {
            case 0x09...0x0D, 0x1B: ascii += 1
            case 0...0x1F, 0x7F: return nil
            case 0x20...0x7E: ascii += 1
            case 0xD800...0xDFFF where width == 4: return nil
            case 0xFDD0...0xFDEF, 0x11_0000...: return nil
            default: if unit & 0xFFFE == 0xFFFE { return nil }
            }
        }
        return ascii
    }

    /// The encoding without a byte order mark in which most is ASCII, at least half of it; nil where none makes
    /// sense.
    @_lifetime(copy bytes)
    static func likeliest(in bytes: RawSpan) -> CodeUnits? {
        var best: TextEncoding?
        var most = 0
        for encoding in TextEncoding.allCases where encoding != .utf8 && encoding != .windows1252 {
            let units = CodeUnits(bytes, from: 0, encoding)
            guard bytes.byteCount % units.width == 0, let ascii = units.asciiCount,
                ascii * 2 >= units.count, ascii > most
            else { continue }
            most = ascii
            best = encoding
        }
        return if let best { CodeUnits(bytes, from: 0, best) } else { nil }
    }

    /// As UTF-8; U+FFFD for half a pair and what is no character.
    func text() -> DecodedText {
        var output: [UInt8] = []
        output.reserveCapacity(count + count / 8)
        var index = 0
        while index < count {
            var scalar = unit(index)
            index += 1
            if width == 2, (0xD800...0xDBFF).contains(scalar), index < count {
                let trail = unit(index)
                if (0xDC00...0xDFFF).contains(trail) {
                    scalar = 0x10000 + (scalar - 0xD800) << 10 + (trail - 0xDC00)
                    index += 1
                }
            }
            output.append(scalar: Unicode.Scalar(scalar) ?? "\u{FFFD}")
        }
        return DecodedText(encoding: encoding, content: .converted(output))
    }
}

extension [UInt8] {
    /// Appends a character as UTF-8.
    @inline(__always)
    mutating func append(scalar: Unicode.Scalar) {
        if scalar.isASCII {
            append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            append(contentsOf: Unicode.UTF8.encode(scalar) ?? .encodedReplacementCharacter)
        }
    }
}

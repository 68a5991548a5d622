/// The single-byte encoding of Western Europe, as the Encoding Standard of the web defines it: each byte is a
/// character.
enum Windows1252 {
    /// What 0x80 to 0x9F stand for; the five that are not assigned are control characters.
    private static let upperControls: [Unicode.Scalar] = [
        "€", "\u{81}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{8D}", "Ž",
        "\u{8F}",
        "\u{90}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{9D}", "ž", "Ÿ",
    ]

    /// The same text as UTF-8.
    static func utf8(of bytes: RawSpan) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.byteCount + bytes.byteCount / 8)
        for offset in 0..<bytes.byteCount {
            let byte = bytes.byte(at: offset)
            switch byte {
            case 0..<0x80: output.append(byte)
            case 0x80..<0xA0: output.append(scalar: upperControls[Int(byte) - 0x80])
            default: output.append(scalar: Unicode.Scalar(byte))
            }
        }
        return output
    }
}

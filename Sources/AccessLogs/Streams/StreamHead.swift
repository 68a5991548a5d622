import Deprecations

/// The begin of a stream, by which it is looked up.
///
/// A stream and a copy of it that ends earlier have the same head as long as both have its first telling
/// line: the first with eight digits, which a time has, and a header line has not.
struct StreamHead {
    /// No head is longer.
    static let maximumLength = 4096

    /// The key of a checkpoint that is made now.
    let length: Int
    let digest: ContentDigest
    /// The lengths under which an earlier reading may have kept the stream, the own one last.
    let possibleLengths: [Int]

    /// Looks at the first bytes of content, `maximumLength` of them where there are so many.
    init(_ content: Span<UInt8>) {
        let own = Self.length(of: content)
        length = own
        digest = ContentHasher.digest(of: content, 0..<own)
        // An earlier reading that came before the end of the first telling line has kept a power of two.
        possibleLengths = (0..<12).map { 1 << $0 }.filter { $0 < own } + [own]
    }

    private static func length(of content: Span<UInt8>) -> Int {
        let end = min(content.count, maximumLength)
        var digits = 0
        for index in 0..<end {
            let byte = content[index]
            if byte == 0x0A {
                if digits >= 8 { return index + 1 }
                digits = 0
            } else if (0x30...0x39).contains(byte) {
                digits += 1
            }
        }
        if end == maximumLength { return end }
        var power = 1
        while power * 2 <= end { power *= 2 }
        return min(power, end)
    }
}

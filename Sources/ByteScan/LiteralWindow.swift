import CByteScan

/// The three bytes of a literal that are looked for first.
struct LiteralWindow {
    /// How many bytes of the literal precede it.
    var lead: Int
    /// The bytes that may stand at each of its places.
    var places: [Set<UInt8>]
    /// Its bytes with bit 0x20 set, the first lowest.
    var folded: UInt32

    static let length = Int(LASTCALL_WINDOW)

    /// The window that is rarest in source code; nil for a literal that is shorter.
    init?(of literal: LiteralSet.Literal) {
        let starts = 0..<max(0, literal.bytes.count - Self.length + 1)
        let rarest = starts.min { left, right in
            Self.commonness(literal.bytes, left) < Self.commonness(literal.bytes, right)
        }
        guard let lead = rarest else { return nil }
        let window = literal.bytes[lead..<lead + Self.length]
        self.lead = lead
        places = window.map { byte in
            literal.foldsCase ? [byte.lowercasedASCII, byte.uppercasedASCII] : [byte]
        }
        folded = window.reversed().reduce(0) { $0 << 8 | UInt32($1 | 0x20) }
    }

    /// Bytes of source code from the commonest down, bit 0x20 set (so `\n` is `*` and `_` is DEL); counted over
    /// 160 MB of code and documents in a dozen languages.
    private static let commonest = Array(
        " etsniroa\u{7F}*cldpfumh)g(,byk/x0v.-1#w\":;>2'=<593{}648|7`zjq$&+".utf8)

    private static let commonness: [Int] = {
        var table = [Int](repeating: 0, count: 256)
        for (rank, byte) in commonest.enumerated() { table[Int(byte)] = commonest.count - rank }
        return table
    }()

    private static func commonness(_ bytes: [UInt8], _ start: Int) -> Int {
        bytes[start..<start + length].reduce(0) { $0 + commonness[Int($1 | 0x20)] }
    }

    /// The tables of `lastcall_literal_set.masks`. Windows that begin alike share a bucket, which lets the
    /// fewest other bytes pass.
    static func masks(of windows: [LiteralWindow]) -> [UInt8] {
        var masks = [UInt8](repeating: 0, count: 32 * length)
        let kinds = Set(windows.map(\.folded)).sorted { $0.byteSwapped < $1.byteSwapped }
        let buckets = Dictionary(
            uniqueKeysWithValues: kinds.enumerated().map { ($1, $0 * 8 / kinds.count) })
        for window in windows {
            let bucket = UInt8(1) << UInt8(buckets[window.folded] ?? 0)
            for (place, bytes) in window.places.enumerated() {
                for byte in bytes {
                    masks[32 * place + Int(byte & 0x0F)] |= bucket
                    masks[32 * place + 16 + Int(byte >> 4)] |= bucket
                }
            }
        }
        return masks
    }
}

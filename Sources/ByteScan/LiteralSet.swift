import CByteScan

/// Texts that are looked for all at once.
///
/// What is told of them are 256 bits: one for each text, or one for each class of texts, of which there may be thousands.
///
/// Of each text the three bytes that are rarest in source code are its window. Windows are found many places at a
/// time with vector instructions; only where one may stand are texts compared.
package struct LiteralSet: Sendable {
    /// How many texts a set may have that are told apart.
    package static let capacity = 256
    /// How many it may have at all.
    package static let greatest = Int(UInt16.max) - 1

    /// The texts as they were given; hits name them by their index.
    package let literals: [Literal]
    /// Texts shorter than a window, in all their spellings.
    private let short: [Short]
    private let masks: [UInt8]
    private let windows: [UInt64]
    private let heads: [UInt16]
    private let entries: [lastcall_literal]
    private let texts: [UInt8]
    /// The bits of all texts with a window.
    private let windowed: LiteralHits

    private struct Short: Sendable {
        var bit: Int
        var spellings: [[UInt8]]
    }

    /// Makes texts ready for searching; at most `capacity`, none empty. The bit of each is its index.
    package init(_ literals: [Literal]) {
        precondition(literals.count <= Self.capacity, "a set tells at most 256 literals apart")
        self.init(literals, bits: Array(literals.indices))
    }

    /// Makes texts ready for searching; at most `greatest`, none empty. Each has the bit (below 256) at its place in `bits`.
    package init(_ literals: [Literal], bits: [Int]) {
        precondition(literals.count <= Self.greatest, "a set has at most 65,534 literals")
        precondition(literals.count == bits.count, "each literal has its bit")
        precondition(literals.allSatisfy { !$0.bytes.isEmpty }, "an empty text is everywhere")
        self.literals = literals
        var short: [Short] = []
        var heads = [UInt16](repeating: 0, count: Int(LASTCALL_HEADS))
        var entries: [lastcall_literal] = []
        var texts: [UInt8] = []
        var windowed = LiteralHits()
        var windows: [LiteralWindow] = []
        var windowBits = [UInt64](repeating: 0, count: Int(LASTCALL_WINDOWS) / 64)
        for (index, literal) in literals.enumerated() {
            var entry = lastcall_literal()
            if let window = LiteralWindow(of: literal) {
                windows.append(window)
                windowed.insert(bits[index])
                entry.window = window.folded
                entry.lead = UInt32(window.lead)
                entry.text = UInt32(texts.count)
                entry.length = UInt32(literal.bytes.count)
                entry.folds_case = literal.foldsCase ? 1 : 0
                entry.bit = UInt8(bits[index])
                let hash = Int(lastcall_window_bit(window.folded))
                windowBits[hash >> 6] |= 1 << UInt64(hash & 63)
                let slot = Int(lastcall_slot(window.folded))
                entry.next = heads[slot]
                heads[slot] = UInt16(index + 1)
                texts += literal.foldsCase ? literal.bytes.map(\.lowercasedASCII) : literal.bytes
            } else {
                short.append(Short(bit: bits[index], spellings: literal.spellings))
            }
            entries.append(entry)
        }
        self.short = short
        self.heads = heads
        self.entries = entries
        self.texts = texts
        self.windowed = windowed
        self.windows = windowBits
        masks = LiteralWindow.masks(of: windows)
    }

    /// Makes texts ready that match as they are.
    package init(_ literals: [[UInt8]]) { self.init(literals.map { Literal($0) }) }

    /// Which of the texts occur in `bytes`.
    package func hits(in bytes: RawSpan) -> LiteralHits { hits(in: bytes, plainly: false) }

    /// The same; `plainly` without vector instructions.
    func hits(in bytes: RawSpan, plainly: Bool) -> LiteralHits {
        var hits = LiteralHits()
        if !windowed.isEmpty { findWindowed(in: bytes, into: &hits, plainly: plainly) }
        for text in short {
            let isThere = text.spellings.contains { bytes.firstOffset(of: $0) != nil }
            if isThere { hits.insert(text.bit) }
        }
        return hits
    }

    /// Where the text with this index first stands in `bytes`, at or after `start`.
    package func firstOffset(of index: Int, in bytes: RawSpan, from start: Int = 0) -> Int? {
        let literal = literals[index]
        guard literal.foldsCase else {
            return bytes.firstOffset(of: literal.bytes, from: start)
        }
        return bytes.firstOffset(ofFolded: literal.bytes.map(\.lowercasedASCII), from: start)
    }

    private func findWindowed(in bytes: RawSpan, into hits: inout LiteralHits, plainly: Bool) {
        let span = Span<UInt8>(_bytes: bytes)
        let (masks, heads, entries, texts) = (masks.span, heads.span, entries.span, texts.span)
        let filter = windows.span
        unsafe masks.withUnsafeBufferPointer { masks in
            unsafe filter.withUnsafeBufferPointer { filter in
                unsafe heads.withUnsafeBufferPointer { heads in
                    unsafe entries.withUnsafeBufferPointer { entries in
                        unsafe texts.withUnsafeBufferPointer { texts in
                            guard let masks = masks.baseAddress, let heads = heads.baseAddress,
                                let entries = entries.baseAddress, let texts = texts.baseAddress,
                                let filter = filter.baseAddress
                            else { return }
                            let words = windowed.words
                            var set = unsafe lastcall_literal_set(
                                masks: masks, windows: filter, heads: heads, literals: entries,
                                texts: texts,
                                all: (words[0], words[1], words[2], words[3]))
                            unsafe Self.find(&set, in: span, into: &hits, plainly: plainly)
                        }
                    }
                }
            }
        }
    }

    private static func find(
        _ set: UnsafePointer<lastcall_literal_set>, in bytes: Span<UInt8>,
        into hits: inout LiteralHits, plainly: Bool
    ) {
        unsafe withUnsafeMutableBytes(of: &hits.words) { words in
            unsafe bytes.withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress,
                    let words = unsafe words.baseAddress?.assumingMemoryBound(to: UInt64.self)
                else { return }
                if plainly {
                    unsafe lastcall_find_literals_plainly(set, start, bytes.count, words)
                } else {
                    unsafe lastcall_find_literals(set, start, bytes.count, words)
                }
            }
        }
    }
}

extension LiteralSet {
    /// One text of a set.
    package struct Literal: Hashable, Sendable {
        /// What it is made of; never empty.
        package var bytes: [UInt8]
        /// Whether its ASCII letters match in both cases.
        package var foldsCase: Bool

        /// Takes each part as given.
        package init(_ bytes: [UInt8], foldsCase: Bool = false) {
            self.bytes = bytes
            self.foldsCase = foldsCase
        }

        /// Takes the text's UTF-8.
        package init(_ text: String, foldsCase: Bool = false) {
            self.init(Array(text.utf8), foldsCase: foldsCase)
        }

        /// All byte sequences that it matches: two for each letter, so for short ones only.
        fileprivate var spellings: [[UInt8]] {
            guard foldsCase else { return [bytes] }
            return bytes.reduce([[]]) { spellings, byte in
                let cases = Set([byte.lowercasedASCII, byte.uppercasedASCII])
                return spellings.flatMap { spelling in cases.map { spelling + [$0] } }
            }
        }
    }
}

extension UInt8 {
    /// `A`–`Z` as `a`–`z`, all else as it is.
    var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }

    /// `a`–`z` as `A`–`Z`, all else as it is.
    var uppercasedASCII: UInt8 { (0x61...0x7A).contains(self) ? self & 0xDF : self }
}

/// A piece of source text.
struct Token: Sendable {
    /// What it is.
    enum Kind: UInt8, Sendable {
        case name
        case number
        case string
        case symbol
        /// `(`, `[`, `{`
        case open
        /// `)`, `]`, `}`
        case close
        /// The begin of a block that indentation or a word marks.
        case blockOpen
        /// Its end.
        case blockClose
        case end
    }

    var kind: Kind
    /// Whether a line's end lies before it.
    var startsLine: Bool
    /// Byte offsets.
    var start: Int
    var end: Int
    /// For strings, the index into `TokenStream.strings`.
    var value: Int = -1
}

/// A string literal, cut at its interpolations.
struct StringLiteral: Sendable {
    /// One part of it.
    enum Part: Sendable {
        /// Text with its escapes resolved, and where it begins.
        case text(String, at: Int)
        /// Code between the marks.
        case code(Range<Int>)
    }
    var parts: [Part]
}

/// What the lexer made of a text.
struct TokenStream: Sendable {
    var tokens: [Token] = []
    var strings: [StringLiteral] = []
    /// Byte ranges of comments, marks included.
    var comments: [Range<Int>] = []
}

/// A language's row prepared for the lexer: bytes instead of text, sorted by first byte.
struct LexingRules: Sendable {
    /// One way to write a string.
    struct Rule: Sendable {
        var open: [UInt8]
        var close: [UInt8]
        var escape: Language.Escape
        var interpolation: Language.Interpolation
        var multiline: Bool
    }

    let lineComments: [[UInt8]]
    let blockComments: [([UInt8], [UInt8])]
    let ignoresCase: Bool
    private let strings: [UInt8: [Rule]]
    private let symbols: [UInt8: [[UInt8]]]

    private static let prepared: [String: LexingRules] = Language.table.mapValues {
        LexingRules($0)
    }

    /// The prepared row of `language`.
    static func of(_ language: Language) -> LexingRules {
        prepared[language.name] ?? LexingRules(language)
    }

    /// Symbols of more than one byte that every language has.
    private static let common = [
        "===", "!==", "==", "!=", "<=", ">=", "=>", "->", "::", ":=", "|>", "??=", "??", "?.",
        "?->",
        "?:", "||=", "||", "&&", "+=", "-=", "*=", "/=", "=~", "...", "..<", "..", "++", "--", "**",
    ]

    private init(_ language: Language) {
        lineComments = language.lineComments.map { Array($0.utf8) }
        blockComments = language.blockComments.map { (Array($0.0.utf8), Array($0.1.utf8)) }
        ignoresCase = language.traits.contains(.ignoresCase)
        let rules = language.strings.map {
            Rule(
                open: Array($0.open.utf8), close: Array($0.close.utf8), escape: $0.escape,
                interpolation: $0.interpolation, multiline: $0.multiline)
        }
        strings = Dictionary(grouping: rules.sorted { $0.open.count > $1.open.count }) {
            $0.open[0]
        }
        let all = (Self.common + language.operators).map { Array($0.utf8) }
        symbols = Dictionary(grouping: all.sorted { $0.count > $1.count }) { $0[0] }
    }

    /// String rules whose mark begins with `byte`, longest first.
    func strings(beginningWith byte: UInt8) -> [Rule] { strings[byte] ?? [] }

    /// Symbols of several bytes that begin with `byte`, longest first.
    func symbols(beginningWith byte: UInt8) -> [[UInt8]] { symbols[byte] ?? [] }
}

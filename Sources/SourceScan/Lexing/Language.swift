/// How the text of one language is cut into tokens and blocks: a row of the language table.
struct Language: Sendable {
    /// How a language marks that statements belong together.
    enum Blocks: Sendable {
        /// `{ … }`
        case braces
        /// Deeper lines after a line that ends with `:`.
        case indentation
        /// Words, up to `end` or the word that belongs to the opening one.
        case words(BlockWords)
    }

    /// What may stand in a string for a value.
    struct Interpolation: OptionSet, Sendable {
        let rawValue: UInt16
        /// `${x}`
        static let dollarBrace = Interpolation(rawValue: 1)
        /// `$x`
        static let dollarName = Interpolation(rawValue: 2)
        /// `{x}`, `{{` stands for a brace
        static let brace = Interpolation(rawValue: 4)
        /// `#{x}`
        static let hashBrace = Interpolation(rawValue: 8)
        /// `\(x)`
        static let backslashParen = Interpolation(rawValue: 16)
        /// `$(x)`
        static let dollarParen = Interpolation(rawValue: 32)
        /// `{$x}`
        static let braceDollar = Interpolation(rawValue: 64)
        /// `$x[y]`, `$x->y`, `$x{y}` as in PHP and Perl
        static let dollarPath = Interpolation(rawValue: 128)
    }

    /// How a quote inside a string is written.
    enum Escape: Sendable {
        case backslash
        case doubled
        case backtick
        case none
    }

    /// One way to write a string.
    struct StringRule: Sendable {
        /// What begins it, prefix included.
        var open: String
        /// What ends it.
        var close: String
        var escape: Escape = .backslash
        var interpolation: Interpolation = []
        var multiline = false

        init(
            _ open: String, _ close: String? = nil, _ escape: Escape = .backslash,
            _ interpolation: Interpolation = [], multiline: Bool = false
        ) {
            self.open = open
            self.close = close ?? open
            self.escape = escape
            self.interpolation = interpolation
            self.multiline = multiline
        }
    }

    /// What is peculiar to a language beyond its table columns.
    struct Traits: OptionSet, Sendable {
        let rawValue: UInt32
        /// A line's end ends a statement, unless the line obviously goes on.
        static let newlineEnds = Traits(rawValue: 1)
        /// `call(x) { … }` hands the block to the call; without it, it defines a function.
        static let trailingBlocks = Traits(rawValue: 2)
        /// `name arg, arg` is a call.
        static let commandCalls = Traits(rawValue: 4)
        /// `.` joins strings.
        static let dotConcatenates = Traits(rawValue: 8)
        /// `/x/` is a pattern where a value may begin.
        static let slashPatterns = Traits(rawValue: 16)
        /// `'a` may be a lifetime.
        static let lifetimes = Traits(rawValue: 32)
        /// `[receiver message:argument]`
        static let messageSends = Traits(rawValue: 64)
        /// Names are compared without case.
        static let ignoresCase = Traits(rawValue: 128)
        /// `%q(…)`, `%w[…]`
        static let percentStrings = Traits(rawValue: 256)
        /// `q(…)`, `qq(…)`, `qw(…)`
        static let quoteWords = Traits(rawValue: 512)
        /// `<<~X`, `<<X`, `<<<X`
        static let hereDocuments = Traits(rawValue: 1024)
        /// `r#"…"#`, `#"…"#`
        static let hashStrings = Traits(rawValue: 2048)
        /// `R"x(…)x"`
        static let rawDelimited = Traits(rawValue: 4096)
        /// `[[ … ]]`, `[=[ … ]=]`
        static let longBrackets = Traits(rawValue: 8192)
        /// Any identifier may stand before a quote and makes it an interpolated string.
        static let prefixedStrings = Traits(rawValue: 16384)
        /// `` `name` `` or `#"name"` is a name.
        static let quotedNames = Traits(rawValue: 32768)
        /// `[a = b]` is a record.
        static let bracketRecords = Traits(rawValue: 65536)
        /// `_` at a line's end continues it.
        static let underscoreContinues = Traits(rawValue: 131072)
        /// `#define name text`
        static let defines = Traits(rawValue: 262144)
        /// `<Tag>` markup may stand where a value may.
        static let markup = Traits(rawValue: 524288)
    }

    var name: String
    var lineComments: [String] = ["//"]
    var blockComments: [(String, String)] = [("/*", "*/")]
    var strings: [StringRule] = []
    var blocks: Blocks = .braces
    var traits: Traits = []
    /// Bytes beyond letters, digits and `_` that belong to names.
    var nameBytes: String = ""
    /// Operators that join strings.
    var concatenation: [String] = ["+"]
    /// Operators that the common list has not.
    var operators: [String] = []
}

/// The words that open and close blocks.
struct BlockWords: Sendable {
    /// Words that open a block where a statement begins, with what closes it.
    var openers: [String: String]
    /// Words that open a block anywhere (`do`, `fn`).
    var inner: [String: String] = [:]
    /// Words after which the head of an opened block ends (`then`, `do`); a line's end does too.
    var headEnds: Set<String> = []
    /// Words that go before an opener (`Private`, `Public`).
    var modifiers: Set<String> = []
}

extension Language {
    private static let plain: [StringRule] = [StringRule("\""), StringRule("'")]

    private static let pythonStrings: [StringRule] = {
        var rules: [StringRule] = []
        for quote in ["\"\"\"", "'''", "\"", "'"] {
            let long = quote.count == 3
            for prefix in ["f", "F", "rf", "fr", "Rf", "fR", "RF", "FR", "rF", "Fr", "t"] {
                let raw = prefix.lowercased().contains("r")
                rules.append(
                    StringRule(
                        prefix + quote, quote, raw ? .none : .backslash, .brace, multiline: long))
            }
            for prefix in ["r", "R", "b", "B", "u", "U", "rb", "br", "Rb", "bR", "RB", "BR"] {
                let raw = prefix.lowercased().contains("r")
                rules.append(
                    StringRule(prefix + quote, quote, raw ? .none : .backslash, multiline: long))
            }
            rules.append(StringRule(quote, quote, .backslash, multiline: long))
        }
        return rules
    }()

    private static let scriptStrings: [StringRule] = [
        StringRule("`", "`", .backslash, .dollarBrace, multiline: true),
        StringRule("\""), StringRule("'"),
    ]

    private static let rubyWords = BlockWords(
        openers: [
            "def": "end", "class": "end", "module": "end", "if": "end", "unless": "end",
            "while": "end", "until": "end", "for": "end", "case": "end", "begin": "end",
        ],
        inner: ["do": "end"], headEnds: ["then"])

    private static let elixirWords = BlockWords(
        openers: [:], inner: ["do": "end", "fn": "end"])

    private static let luaWords = BlockWords(
        openers: ["while": "end", "for": "end", "if": "end", "repeat": "until", "do": "end"],
        inner: ["function": "end"], headEnds: ["then", "do"])

    private static let basicWords = BlockWords(
        openers: [
            "sub": "end", "function": "end", "property": "end", "if": "end", "with": "end",
            "select": "end", "type": "end", "do": "loop", "for": "next", "while": "wend",
            "enum": "end",
        ],
        headEnds: ["then"], modifiers: ["private", "public", "static", "friend", "global"])

    /// The table: adding a language is a row here and its samples.
    static let table: [String: Language] = {
        let rows: [Language] = [
            Language(
                name: "python", lineComments: ["#"], blockComments: [], strings: pythonStrings,
                blocks: .indentation, traits: [.newlineEnds]),
            Language(
                name: "javascript", strings: scriptStrings,
                traits: [.newlineEnds, .slashPatterns, .markup], nameBytes: "$#"),
            Language(
                name: "typescript", strings: scriptStrings,
                traits: [.newlineEnds, .slashPatterns, .markup], nameBytes: "$#"),
            Language(
                name: "java",
                strings: [StringRule("\"\"\"", "\"\"\"", .backslash, multiline: true)] + plain,
                nameBytes: "$"),
            Language(
                name: "kotlin",
                strings: [
                    StringRule(
                        "\"\"\"", "\"\"\"", .none, [.dollarBrace, .dollarName], multiline: true),
                    StringRule("\"", "\"", .backslash, [.dollarBrace, .dollarName]),
                    StringRule("'"),
                ],
                traits: [.newlineEnds, .trailingBlocks, .quotedNames]),
            Language(
                name: "scala",
                strings: [
                    StringRule("\"\"\"", "\"\"\"", .none, multiline: true), StringRule("\""),
                    StringRule("'"),
                ],
                traits: [.newlineEnds, .trailingBlocks, .prefixedStrings, .quotedNames],
                nameBytes: "$"),
            Language(
                name: "csharp",
                strings: [
                    StringRule("$\"\"\"", "\"\"\"", .none, .brace, multiline: true),
                    StringRule("\"\"\"", "\"\"\"", .none, multiline: true),
                    StringRule("$@\"", "\"", .doubled, .brace, multiline: true),
                    StringRule("@$\"", "\"", .doubled, .brace, multiline: true),
                    StringRule("@\"", "\"", .doubled, multiline: true),
                    StringRule("$\"", "\"", .backslash, .brace),
                ] + plain),
            Language(
                name: "go",
                strings: [StringRule("`", "`", .none, multiline: true)] + plain,
                traits: [.newlineEnds]),
            Language(
                name: "rust", strings: [StringRule("\"", "\"", .backslash, multiline: true)],
                traits: [.lifetimes, .hashStrings]),
            Language(
                name: "ruby", lineComments: ["#"], blockComments: [("\n=begin", "\n=end")],
                strings: [
                    StringRule("\"", "\"", .backslash, .hashBrace, multiline: true),
                    StringRule("'", "'", .backslash, multiline: true),
                    StringRule("`", "`", .backslash, .hashBrace, multiline: true),
                ],
                blocks: .words(rubyWords),
                traits: [
                    .newlineEnds, .trailingBlocks, .commandCalls, .slashPatterns, .percentStrings,
                    .hereDocuments,
                ],
                nameBytes: "@$", concatenation: ["+", "<<"], operators: ["<<"]),
            Language(
                name: "php", lineComments: ["//", "#"],
                strings: [
                    StringRule(
                        "\"", "\"", .backslash,
                        [.dollarName, .braceDollar, .dollarPath, .dollarBrace], multiline: true),
                    StringRule("'", "'", .backslash, multiline: true),
                ],
                traits: [.dotConcatenates, .hereDocuments], nameBytes: "$\\",
                concatenation: ["."], operators: [".=", "<<<"]),
            Language(
                name: "swift",
                strings: [
                    StringRule("\"\"\"", "\"\"\"", .backslash, .backslashParen, multiline: true),
                    StringRule("\"", "\"", .backslash, .backslashParen),
                ],
                traits: [.newlineEnds, .trailingBlocks, .hashStrings, .quotedNames],
                nameBytes: "$#"),
            Language(
                name: "dart",
                strings: [
                    StringRule("r'''", "'''", .none, multiline: true),
                    StringRule("r\"\"\"", "\"\"\"", .none, multiline: true),
                    StringRule("r'", "'", .none), StringRule("r\"", "\"", .none),
                    StringRule(
                        "'''", "'''", .backslash, [.dollarBrace, .dollarName], multiline: true),
                    StringRule(
                        "\"\"\"", "\"\"\"", .backslash, [.dollarBrace, .dollarName],
                        multiline: true),
                    StringRule("'", "'", .backslash, [.dollarBrace, .dollarName]),
                    StringRule("\"", "\"", .backslash, [.dollarBrace, .dollarName]),
                ]),
            Language(
                name: "groovy",
                strings: [
                    StringRule("'''", "'''", .backslash, multiline: true),
                    StringRule(
                        "\"\"\"", "\"\"\"", .backslash, [.dollarBrace, .dollarName],
                        multiline: true),
                    StringRule("'"),
                    StringRule("\"", "\"", .backslash, [.dollarBrace, .dollarName]),
                ],
                traits: [.newlineEnds, .trailingBlocks, .commandCalls, .slashPatterns],
                nameBytes: "$", concatenation: ["+", "<<"], operators: ["<<"]),
            Language(
                name: "powershell", lineComments: ["#"], blockComments: [("<#", "#>")],
                strings: [
                    StringRule(
                        "@\"", "\n\"@", .backtick, [.dollarName, .dollarParen, .dollarBrace],
                        multiline: true),
                    StringRule("@'", "\n'@", .none, multiline: true),
                    StringRule(
                        "\"", "\"", .backtick, [.dollarName, .dollarParen, .dollarBrace],
                        multiline: true),
                    StringRule("'", "'", .doubled, multiline: true),
                ],
                traits: [.newlineEnds, .commandCalls, .ignoresCase], nameBytes: "$:"),
            Language(
                name: "r", lineComments: ["#"], blockComments: [], strings: plain,
                traits: [.newlineEnds, .quotedNames], nameBytes: ".", concatenation: [],
                operators: ["<-", "<<-", "%>%", "%%", "%in%", "%||%"]),
            Language(
                name: "perl", lineComments: ["#"],
                blockComments: [("\n=pod", "\n=cut"), ("\n=head", "\n=cut")],
                strings: [
                    StringRule(
                        "\"", "\"", .backslash, [.dollarName, .dollarBrace, .dollarPath],
                        multiline: true),
                    StringRule("'", "'", .backslash, multiline: true),
                    StringRule("`", "`", .backslash, [.dollarName, .dollarBrace], multiline: true),
                ],
                traits: [
                    .dotConcatenates, .commandCalls, .quoteWords, .hereDocuments, .slashPatterns,
                ],
                nameBytes: "$@", concatenation: ["."], operators: [".=", "//", "//="]),
            Language(
                name: "elixir", lineComments: ["#"], blockComments: [],
                strings: [
                    StringRule("\"\"\"", "\"\"\"", .backslash, .hashBrace, multiline: true),
                    StringRule("~s(", ")", .backslash, .hashBrace, multiline: true),
                    StringRule("\"", "\"", .backslash, .hashBrace, multiline: true),
                    StringRule("'", "'", .backslash, .hashBrace),
                ],
                blocks: .words(elixirWords), traits: [.newlineEnds, .commandCalls],
                nameBytes: "@?!", concatenation: ["<>"], operators: ["<>"]),
            Language(
                name: "vba", lineComments: ["'", "Rem "], blockComments: [],
                strings: [StringRule("\"", "\"", .doubled)], blocks: .words(basicWords),
                traits: [.newlineEnds, .commandCalls, .ignoresCase, .underscoreContinues],
                concatenation: ["&", "+"]),
            Language(
                name: "powerquery", strings: [StringRule("\"", "\"", .doubled, multiline: true)],
                traits: [.quotedNames, .bracketRecords], nameBytes: "#",
                concatenation: ["&"]),
            Language(
                name: "lua", lineComments: ["--"],
                blockComments: [("--[[", "]]"), ("--[=[", "]=]")],
                strings: plain, blocks: .words(luaWords),
                traits: [.newlineEnds, .longBrackets], concatenation: [".."]),
            Language(
                name: "c", strings: [StringRule("L\"", "\"")] + plain, traits: [.defines]),
            Language(
                name: "cpp",
                strings: [
                    StringRule("L\"", "\""), StringRule("u8\"", "\""),
                ] + plain,
                traits: [.rawDelimited, .defines]),
            Language(
                name: "objective-c", strings: [StringRule("@\"", "\"")] + plain,
                traits: [.messageSends, .defines], nameBytes: "@"),
            Language(
                name: "sql", lineComments: ["--"],
                strings: [
                    StringRule("'", "'", .doubled, multiline: true)
                ],
                traits: [.ignoresCase], concatenation: ["||", "+"]),
            Language(
                name: "terraform", lineComments: ["#", "//"],
                strings: [StringRule("\"", "\"", .backslash, .dollarBrace)],
                traits: [.newlineEnds, .hereDocuments, .trailingBlocks], nameBytes: "-"),
        ]
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.name, $0) })
    }()

    /// The row for a language's name.
    static func named(_ name: String) -> Language? { table[name] }
}

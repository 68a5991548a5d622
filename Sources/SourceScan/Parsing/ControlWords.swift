/// Words that steer control in some languages and are plain names in the others.
enum ControlWords {
    /// The languages that have a word; what is not here steers in every language.
    private static let languages: [String: Set<String>] = [
        "begin": ["ruby", "sql", "powershell"],
        "do": [
            "javascript", "typescript", "java", "kotlin", "csharp", "c", "cpp", "objective-c",
            "php", "ruby", "perl", "lua", "elixir", "swift", "dart", "groovy", "scala", "vba",
            "powershell",
        ],
        "unless": ["ruby", "perl", "elixir"],
        "until": ["ruby", "perl", "powershell", "vba", "lua"],
        "repeat": ["lua", "swift", "r"],
        "foreach": ["php", "csharp", "powershell", "perl"],
        "elif": ["python"],
        "elseif": ["php", "powershell", "lua", "vba"],
        "elsif": ["ruby", "perl", "sql"],
        "except": ["python"],
        "rescue": ["ruby", "elixir"],
        "ensure": ["ruby"],
        "cond": ["elixir"],
        "receive": ["elixir"],
        "select": ["go", "vba", "sql"],
        "process": ["powershell"],
        "lock": ["csharp"],
        "guard": ["swift"],
        "defer": ["go", "swift"],
        "synchronized": ["java", "groovy", "scala"],
        "with": ["python", "vba", "elixir", "kotlin", "groovy", "javascript"],
        "when": ["kotlin", "ruby", "elixir", "sql"],
        "match": ["python", "rust", "scala", "php"],
        "unsafe": ["rust", "csharp", "swift"],
        "delete": ["javascript", "typescript", "cpp"],
        "typeof": ["javascript", "typescript", "csharp"],
        "keyof": ["typescript"],
        "void": ["javascript", "typescript", "java", "csharp", "c", "cpp", "dart", "groovy"],
        "go": ["go"],
        "ref": ["csharp"],
        "out": ["csharp"],
        "checked": ["csharp"],
        "move": ["rust"],
        "dyn": ["rust"],
        "my": ["perl"],
        "our": ["perl"],
        "some": ["swift"],
        "any": ["swift"],
        "borrowing": ["swift"],
        "consuming": ["swift"],
    ]

    /// Whether `word` steers control in a language.
    static func has(_ word: String, in language: String) -> Bool {
        languages[word].map { $0.contains(language) } ?? true
    }
}

import TestSupport
/// Text that wants to be something else.
enum HostileText {
    static let pieces: [String] = [
        "`", "``", "```", "~~~", "|", "\\", "\\|", "\n", "\r\n", "\r", "\u{2028}", "\u{85}", "\t",
        "\u{0}", "\u{1B}[31m", "\u{9B}2J", "\u{7F}", "\u{202E}", "\u{2066}", "\u{200B}", "\u{FEFF}",
        "<script>alert(1)</script>", "</details>", "</summary>", "<!--", "-->", "<b", "&lt;",
        "&#10;",
        "[x](javascript:y)", "![x](y)", "[", "]", "*", "**", "_", "__", "~~", "# ", "- ", "1. ",
        "> ",
        "===", "---", "+ ", "    ", " ", "$x$", "{{verdict}}", "{{{.}}}", "{{/files}}",
        "https://evil.example/", "www.evil.example", "a@evil.example", ":tada:", "@team", "#1", "é",
        "👩‍👩‍👧", "\u{301}", "word", "0", "a_b", "/platform/v1/operations/{id}", "'", "\"", "$(reboot)",
    ]

    static func make(with generator: inout SeededGenerator) -> String {
        let count = Int.random(in: 1...8, using: &generator)
        return (0..<count).map { _ in
            pieces[Int.random(in: pieces.indices, using: &generator)]
        }.joined()
    }
}

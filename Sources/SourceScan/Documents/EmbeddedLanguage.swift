/// Names that documents have for the languages of the code in them.
enum EmbeddedLanguage {
    private static let names: [String: String] = {
        var table: [String: String] = [:]
        for (language, words) in rows {
            for word in words.split(separator: " ") { table[String(word)] = language }
        }
        return table
    }()

    private static let rows: [(String, String)] = [
        ("shell", "bash sh shell zsh fish ksh shellscript shell-script curl cmd-sh dash"),
        (
            "console",
            "console shell-session sh-session bash-session shellsession terminal term pycon-sh"
        ),
        ("python", "python py python3 py3 ipython ipython3 pycon python2"),
        ("javascript", "javascript js jsx mjs cjs node nodejs ecmascript"),
        ("typescript", "typescript ts tsx deno mts cts"),
        ("java", "java"), ("kotlin", "kotlin kt kts"), ("scala", "scala sc"),
        ("csharp", "csharp cs c# dotnet"), ("go", "go golang"), ("rust", "rust rs"),
        ("ruby", "ruby rb irb"), ("php", "php"), ("swift", "swift"),
        ("powershell", "powershell pwsh ps1 ps posh"), ("r", "r"), ("perl", "perl pl"),
        ("elixir", "elixir ex exs iex"), ("dart", "dart"), ("groovy", "groovy gradle jenkinsfile"),
        ("vba", "vba vb vbnet vbscript basic"), ("powerquery", "powerquery pq m"), ("lua", "lua"),
        ("c", "c"), ("cpp", "cpp c++ cxx"), ("objective-c", "objective-c objectivec objc"),
        ("sql", "sql postgres postgresql plpgsql plsql tsql mysql"),
        ("http", "http rest https"), ("json", "json jsonc json5"), ("yaml", "yaml yml"),
        ("toml", "toml"), ("xml", "xml"), ("html", "html vue svelte"), ("ini", "ini cfg"),
        ("dotenv", "dotenv env"), ("properties", "properties"), ("makefile", "makefile make"),
        ("dockerfile", "dockerfile docker"), ("terraform", "terraform hcl tf"), ("nginx", "nginx"),
    ]

    /// The language that a fence, a kernel or a script tag names; `console` for a session with prompts.
    static func named(_ name: String) -> String? { names[ByteText.lower(name)] }

    /// Words that a line of shell begins with when nothing else says that it is shell.
    private static let tools: Set<String> = [
        "curl", "wget", "http", "https", "httpie", "xh", "curlie",
    ]

    /// Whether a text without a language begins like a command that sends requests.
    static func looksLikeShell(_ text: ArraySlice<UInt8>) -> Bool {
        var index = text.startIndex
        while index < text.endIndex, text[index] <= 0x20 { index += 1 }
        while index + 1 < text.endIndex, "$%@-+".utf8.contains(text[index]),
            text[index + 1] == 0x20 || text[index + 1] > 0x60
        { index += text[index + 1] == 0x20 ? 2 : 1 }
        return isTool(at: index, in: text)
    }

    /// Whether the word at `index`, its folder aside, is a tool with arguments.
    private static func isTool(at index: Int, in text: ArraySlice<UInt8>) -> Bool {
        var start = index
        var end = index
        while end < text.endIndex,
            Placeholders.isWord(text[end]) || text[end] == UInt8(ascii: "/")
                || text[end] == UInt8(ascii: ".")
        {
            if text[end] == UInt8(ascii: "/") { start = end + 1 }
            end += 1
        }
        guard end < text.endIndex, text[end] == 0x20, end > start else { return false }
        return tools.contains(String(decoding: text[start..<end], as: UTF8.self))
    }

    /// Whether a command that sends requests begins a line of a text or follows another command.
    static func holdsShell(_ text: ArraySlice<UInt8>) -> Bool {
        if looksLikeShell(text) { return true }
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            index += 1
            guard
                byte == 0x0A || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|")
                    || byte == UInt8(ascii: "&")
                    || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "`")
            else { continue }
            while index < text.endIndex, text[index] == 0x20 || text[index] == 0x09 { index += 1 }
            if index < text.endIndex, isTool(at: index, in: text) { return true }
        }
        return false
    }
}

extension Language {
    /// Whether texts of a language are read as code.
    static func isCode(_ name: String) -> Bool {
        name == "shell" || (name != "terraform" && named(name) != nil)
    }
}

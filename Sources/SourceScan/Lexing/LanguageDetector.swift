/// Which language a file is written in, by its name and its first bytes.
enum LanguageDetector {
    /// The contract's name of the language; nil where nothing shows it.
    ///
    /// - Parameters:
    ///   - path: The file's path, with `/`.
    ///   - head: The first kilobytes of its text.
    static func language(path: String, head: ArraySlice<UInt8>) -> String? {
        let name = path.split(separator: "/").last.map { ByteText.lower(String($0)) } ?? ""
        if let byName = language(named: name) { return refined(byName, path: path, head: head) }
        if path.split(separator: "/").dropLast().last == "cron.d" { return "crontab" }
        return shebang(head) ?? content(head)
    }

    // MARK: Names

    /// By file name alone, endings of templates and samples (`x.yml.j2`, `.env.example`) taken off.
    private static func language(named name: String) -> String? {
        var name = name
        for _ in 0..<4 {
            if let found = wholeNames[name] { return found }
            for (prefix, language) in prefixes
            where name == prefix || name.hasPrefix(prefix + ".") || name.hasPrefix(prefix + "-") {
                return language
            }
            for (suffix, language) in suffixes where name.hasSuffix(suffix) { return language }
            guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
            let ending = String(name[name.index(after: dot)...])
            if wrappers.contains(ending) {
                let inner = String(name[..<dot])
                if let found = language(named: inner) { return found }
                return markupTemplates.contains(ending) ? "html" : nil
            }
            if let found = extensions[ending] { return found }
            // `Dockerfile.prod` is seen above; `deploy.sh.2024` is not worth guessing.
            guard samples.contains(ending) else { return nil }
            name = String(name[..<dot])
        }
        return nil
    }

    private static let wrappers: Set<String> = [
        "j2", "jinja", "jinja2", "erb", "tmpl", "tpl", "template", "ejs", "hbs", "mustache", "njk",
        "twig", "liquid", "gotmpl", "epp", "in",
    ]
    private static let markupTemplates: Set<String> = [
        "erb", "ejs", "hbs", "mustache", "njk", "twig", "liquid", "j2", "jinja", "jinja2",
    ]
    private static let samples: Set<String> = [
        "example", "sample", "dist", "default", "local", "bak", "orig", "old", "disabled", "txt",
    ]

    private static let prefixes: [(String, String)] = [
        ("dockerfile", "dockerfile"), ("containerfile", "dockerfile"), ("makefile", "makefile"),
        ("gnumakefile", "makefile"), ("jenkinsfile", "groovy"), (".env", "dotenv"),
        ("crontab", "crontab"),
    ]

    private static let suffixes: [(String, String)] = [
        (".blade.php", "php"), (".tf.json", "terraform"), (".tfvars.json", "terraform"),
        (".postman_collection.json", "postman"), (".postman_environment.json", "postman"),
        (".postman_globals.json", "postman"), (".d.ts", "typescript"), (".env.sh", "shell"),
        (".mak.in", "makefile"), ("makefile.am", "makefile"), (".html.erb", "html"),
    ]

    private static let wholeNames: [String: String] = [
        "vagrantfile": "ruby", "gemfile": "ruby", "rakefile": "ruby", "fastfile": "ruby",
        "podfile": "ruby", "brewfile": "ruby", "guardfile": "ruby", "capfile": "ruby",
        "appfile": "ruby", "dangerfile": "ruby", "berksfile": "ruby", "puppetfile": "ruby",
        "config.ru": "ruby", ".irbrc": "ruby", ".pryrc": "ruby",
        "snakefile": "python", "sconstruct": "python", "sconscript": "python", "wscript": "python",
        "tiltfile": "python", "build.bazel": "python", "workspace.bazel": "python",
        "pipfile": "toml", "cargo.lock": "toml", "poetry.lock": "toml", "uv.lock": "toml",
        "justfile": "just", ".justfile": "just", "procfile": "procfile", "caddyfile": "caddyfile",
        "haproxy.cfg": "haproxy",
        ".bashrc": "shell", ".bash_profile": "shell", ".bash_aliases": "shell", ".zshrc": "shell",
        ".zprofile": "shell", ".zshenv": "shell", ".profile": "shell", ".kshrc": "shell",
        ".envrc": "shell", "pkgbuild": "shell", "apkbuild": "shell", "bashrc": "shell",
        ".flaskenv": "dotenv", "env": "dotenv", "environment": "dotenv", "dotenv": "dotenv",
        ".npmrc": "ini", ".pypirc": "ini", ".curlrc": "ini", ".wgetrc": "ini", ".gitconfig": "ini",
        ".netrc": "ini", ".editorconfig": "ini", ".pylintrc": "ini", ".coveragerc": "ini",
        ".yarnrc": "ini", ".babelrc": "json", ".eslintrc": "json", ".prettierrc": "json",
        ".jshintrc": "json", ".swcrc": "json", ".rprofile": "r", "rebar.config": "erlang",
        "nginx.conf": "nginx", "readme": "text", "license": "text", "changelog": "text",
        "cmakelists.txt": "cmake", "requirements.txt": "text", ".clang-format": "yaml",
    ]

    private static let extensions: [String: String] = {
        var table: [String: String] = [:]
        for (language, endings) in endings {
            for ending in endings.split(separator: " ") { table[String(ending)] = language }
        }
        return table
    }()

    private static let endings: [(String, String)] = [
        ("python", "py pyw pyi py3 pyx star bzl smk wsgi"),
        ("javascript", "js jsx mjs cjs gs es6 jsm"),
        ("typescript", "ts tsx mts cts ets"),
        ("java", "java jav"), ("kotlin", "kt kts ktm"), ("scala", "scala sc sbt"),
        ("csharp", "cs csx cshtml razor"), ("fsharp", "fs fsx fsi"), ("go", "go templ"),
        ("rust", "rs"), ("ruby", "rb rbw ru rake gemspec podspec thor jbuilder rbi"),
        ("php", "php phtml php3 php4 php5 php7 php8 phps inc"), ("swift", "swift"),
        ("shell", "sh bash zsh fish ksh ash dash command bats ebuild"),
        ("powershell", "ps1 psm1 psd1"), ("batch", "bat cmd"), ("r", "r"),
        ("perl", "pl pm t psgi al plx"), ("elixir", "ex exs"), ("erlang", "erl hrl escript"),
        ("dart", "dart"), ("groovy", "groovy gradle gvy gy gsh jenkinsfile jenkins"),
        ("vba", "bas frm vba vbs"), ("vb", "vb"), ("apex", "cls trigger apex"),
        ("powerquery", "pq pqm mout"), ("lua", "lua luau rockspec wlua"), ("c", "c h"),
        ("cpp", "cc cpp cxx c++ hpp hh hxx h++ ipp tpp inl ino cu cuh"),
        ("objective-c", "m mm"),
        ("sql", "sql psql pgsql plsql tsql mysql ddl pks pkb pls prc fnc dml"),
        ("html", "html htm xhtml shtml vue svelte astro aspx ascx asp jsp jspx heex eex leex cfm"),
        ("markdown", "md markdown mdx mkd mdown rmd qmd livemd"),
        ("text", "txt rst adoc asciidoc org textile pod"), ("yaml", "yaml yml"),
        ("json", "json jsonc json5 jsonl ndjson geojson webmanifest har arb avsc ipynb_json map"),
        (
            "xml",
            """
            xml jmx xsd xsl xslt wsdl csproj vbproj fsproj props targets config resx plist pom \
            nuspec storyboard xib dtsx twb tds rdl rds xaml fxml svg rss atom resw jrxml bpmn dmn
            """
        ),
        ("toml", "toml"), ("properties", "properties"),
        ("ini", "ini cfg cnf inf conf service timer desktop prefs"), ("dotenv", "env"),
        ("dockerfile", "dockerfile containerfile"), ("makefile", "mk mak make"),
        ("terraform", "tf tfvars hcl tofu"), ("hocon", "hocon"), ("http", "http rest hurl"),
        ("bruno", "bru"), ("notebook", "ipynb"), ("nginx", "nginx nginxconf vhost"),
        ("just", "just"), ("crontab", "cron crontab"), ("cmake", "cmake"),
        ("clojure", "clj cljs cljc"),
        ("haskell", "hs"), ("julia", "jl"), ("graphql", "graphql gql"), ("csv", "csv tsv"),
    ]

    // MARK: Content decides

    private static func refined(
        _ language: String, path: String, head: ArraySlice<UInt8>
    ) -> String? {
        switch language {
        case "json", "yaml": DocumentKind.ofHead(head, path: path) ?? language
        case "objective-c": matrixLaboratoryOrObjectiveC(head)
        case "c": headerLanguage(path: path, head)
        case "apex":
            ByteText.contains("VERSION 1.0 CLASS", "Attribute VB_", in: head) ? "vba" : "apex"
        case "ini": configuration(path: path, head)
        case "php":
            !path.hasSuffix(".inc") || ByteText.contains("<?", in: head) ? "php" : nil
        case "perl":
            ByteText.contains(":- ", in: head) && !ByteText.contains("use ", "my ", in: head)
                ? nil : "perl"
        default: language
        }
    }

    private static func matrixLaboratoryOrObjectiveC(_ head: ArraySlice<UInt8>) -> String? {
        let first = head.first { $0 > 0x20 }
        if ByteText.contains("Web.Contents", "= () =>", in: head) { return "powerquery" }
        var start = head.startIndex
        while start < head.endIndex, head[start] <= 0x20 { start += 1 }
        for word in ["let", "section "]
        where ByteText.matches(word, in: head, at: start) {
            let next = start + word.utf8.count
            if word.utf8.count == 8 || next == head.endIndex || head[next] <= 0x20 {
                return "powerquery"
            }
        }
        if ByteText.contains(
            "#import", "@interface", "@implementation", "@import", "#include",
            in: head)
        {
            return "objective-c"
        }
        let isMatrix =
            first == UInt8(ascii: "%") || ByteText.matches("function ", in: head, at: start)
            || ByteText.matches("classdef ", in: head, at: start)
        return isMatrix ? "matlab" : "objective-c"
    }

    private static func headerLanguage(path: String, _ head: ArraySlice<UInt8>) -> String {
        guard path.hasSuffix(".h") || path.hasSuffix(".H") else { return "c" }
        if ByteText.contains("@interface", "@protocol", "@property", "#import", "NS_", in: head) {
            return "objective-c"
        }
        let isCPP = ByteText.contains(
            "namespace ", "class ", "template<", "template <", "std::", in: head)
        return isCPP ? "cpp" : "c"
    }

    private static func configuration(path: String, _ head: ArraySlice<UInt8>) -> String {
        let lowered = ByteText.lower(path)
        guard
            lowered.hasSuffix(".conf") || lowered.hasSuffix(".cfg")
                || ByteText.contains(".conf.", in: lowered)
        else { return "ini" }
        let isNginx = ByteText.contains(
            "proxy_pass", "server {", "server{", "upstream ", "location /", "location = ",
            "location ~", in: head)
        if isNginx || ByteText.contains("nginx", in: lowered) { return "nginx" }
        if ByteText.contains("frontend ", in: head), ByteText.contains("backend ", in: head) {
            return "haproxy"
        }
        if ByteText.contains("<VirtualHost", "ProxyPass ", "<Location", in: head) {
            return "apache"
        }
        if isBraced(head) { return "hocon" }
        return "ini"
    }

    /// Lines such as `akka {` or `a.b = ${X}` without sections in brackets.
    private static func isBraced(_ head: ArraySlice<UInt8>) -> Bool {
        for line in head.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            guard let first = line.first(where: { $0 > 0x20 }), first != UInt8(ascii: "#") else {
                continue
            }
            if first == UInt8(ascii: "[") { return false }
            if line.last(where: { $0 > 0x20 }) == UInt8(ascii: "{") { return true }
        }
        return ByteText.contains("include \"", in: head)
    }

    private static let interpreters: [String: String] = [
        "python": "python", "pypy": "python", "node": "javascript", "nodejs": "javascript",
        "deno": "typescript", "bun": "typescript", "ts-node": "typescript", "tsx": "typescript",
        "bash": "shell", "sh": "shell", "zsh": "shell", "fish": "shell", "ksh": "shell",
        "dash": "shell", "ash": "shell", "busybox": "shell", "bats": "shell", "ruby": "ruby",
        "jruby": "ruby", "perl": "perl", "pwsh": "powershell", "powershell": "powershell",
        "rscript": "r", "r": "r", "lua": "lua", "luajit": "lua", "elixir": "elixir", "php": "php",
        "groovy": "groovy", "kotlin": "kotlin", "kotlinc": "kotlin", "scala": "scala",
        "scala-cli": "scala", "amm": "scala", "swift": "swift", "dart": "dart", "java": "java",
        "jbang": "java", "go": "go", "gorun": "go", "rust-script": "rust", "cargo": "rust",
        "make": "makefile", "terraform": "terraform", "ansible-playbook": "yaml",
        "osascript": "applescript", "dotnet": "csharp", "dotnet-script": "csharp", "uv": "python",
        "poetry": "python", "pipx": "python", "just": "just", "nix-shell": "shell",
        "npx": "typescript",
        "escript": "erlang", "awk": "awk", "gawk": "awk", "sed": "sed", "zx": "javascript",
    ]

    /// The language of a script's first line: `#!/usr/bin/env -S python3.11 -u`.
    static func shebang(_ head: ArraySlice<UInt8>) -> String? {
        guard ByteText.matches("#!", in: head, at: head.startIndex) else { return nil }
        let end = head.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? head.endIndex
        let words = head[(head.startIndex + 2)..<min(end, head.startIndex + 512)]
            .split { $0 <= 0x20 }.map { String(decoding: $0, as: UTF8.self) }
        for word in words {
            let name = ByteText.lower(word.split(separator: "/").last.map(String.init) ?? "")
            if name == "env" || name.hasPrefix("-") || name.contains("=") { continue }
            var stem = name
            while let last = stem.utf8.last, last.isDigit || last == UInt8(ascii: ".") {
                stem.removeLast()
            }
            return interpreters[stem] ?? interpreters[name]
        }
        return nil
    }

    /// What a file without a telling name begins with.
    private static func content(_ head: ArraySlice<UInt8>) -> String? {
        guard let start = head.firstIndex(where: { $0 > 0x20 && $0 < 0x80 }) else { return nil }
        if ByteText.matches("<?php", in: head, at: start) { return "php" }
        if ByteText.matches("<?xml", in: head, at: start) { return "xml" }
        if ByteText.matches("<!doctype html", in: head, at: start, ignoringCase: true)
            || ByteText.matches("<html", in: head, at: start, ignoringCase: true)
        {
            return "html"
        }
        if ByteText.matches("---\n", in: head, at: start) {
            return DocumentKind.ofHead(head, path: "") ?? "yaml"
        }
        if head[start] == UInt8(ascii: "{") || head[start] == UInt8(ascii: "[") {
            let next = head[(start + 1)...].first { $0 > 0x20 }
            if next == UInt8(ascii: "\"") || next == UInt8(ascii: "{") {
                return DocumentKind.ofHead(head, path: "") ?? "json"
            }
        }
        return nil
    }
}

/// What a text looks like: a token, a reference, something public.
enum SecretShape {
    /// Where a token of a known issuer begins in a word; nil where there is none.
    static func known(_ word: ArraySlice<UInt8>) -> Int? {
        for (prefix, length) in issuers {
            guard word.count >= prefix.utf8.count + length,
                ByteText.matches(prefix, in: word, at: word.startIndex)
            else { continue }
            let rest = word.dropFirst(prefix.utf8.count)
            if rest.contains(where: { $0.isDigit || $0.isUpper }) { return word.startIndex }
        }
        // A JSON web token: three parts, the first of which is `{"…` in base 64.
        if ByteText.matches("eyJ", in: word, at: word.startIndex), word.count >= 20,
            word.contains(UInt8(ascii: "."))
        {
            return word.startIndex
        }
        return nil
    }

    private static let issuers: [(String, Int)] = [
        ("ghp_", 20), ("gho_", 20), ("ghu_", 20), ("ghs_", 20), ("ghr_", 20), ("github_pat_", 20),
        ("AKIA", 16), ("ASIA", 16), ("xoxb-", 10), ("xoxp-", 10), ("xoxa-", 10), ("xoxr-", 10),
        ("xoxs-", 10), ("sk_live_", 10), ("sk_test_", 10), ("rk_live_", 10), ("AIza", 30),
        ("ya29.", 20), ("glpat-", 16), ("npm_", 30), ("SG.", 20), ("sk-", 20), ("hvs.", 20),
        ("dapi", 32), ("dop_v1_", 32), ("PMAK-", 20), ("shpat_", 20), ("pypi-", 40),
        ("lin_api_", 20),
        ("whsec_", 16), ("GOCSPX-", 16), ("ATATT3", 20), ("dckr_pat_", 16), ("phc_", 24),
    ]

    /// Letters and digits mixed, or both cases: not a word.
    static func looksRandom(_ text: ArraySlice<UInt8>, atLeast count: Int) -> Bool {
        guard text.count >= count, !isPublic(text), !isReference(text) else { return false }
        var hasDigit = false
        var hasUpper = false
        var hasLower = false
        for byte in text {
            if byte.isDigit { hasDigit = true }
            if byte.isUpper { hasUpper = true }
            if byte.isLetter, !byte.isUpper { hasLower = true }
            if byte <= 0x20 { return false }
        }
        if hasDigit { return hasUpper || hasLower || text.count >= 12 }
        // `dGhpcyBpcyBh` but not `TokenProvider`
        return hasUpper && hasLower && text.count >= 20 && text.contains { "+/=".utf8.contains($0) }
    }

    /// A variable, an interpolation, a placeholder for one.
    static func isReference(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first else { return true }
        if "$<%*".utf8.contains(first) { return true }
        if first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}") { return true }
        for mark in ["${", "{{", "#{", "$(", "\\(", "<%", "%s", "%(", "***"]
        where ByteText.find(mark, in: text) != nil {
            return true
        }
        if let open = text.firstIndex(of: UInt8(ascii: "{")),
            text[open...].contains(UInt8(ascii: "}"))
        {
            return true
        }
        // `Bearer $TOKEN`, `user:$PASS`
        if let dollar = text.firstIndex(of: UInt8(ascii: "$")), dollar + 1 < text.endIndex {
            return text[dollar + 1].isLetter || text[dollar + 1] == UInt8(ascii: "_")
        }
        // `@{…}`, `!Ref X`, `:param`
        if first == UInt8(ascii: "!") || first == UInt8(ascii: ":") { return true }
        return first == UInt8(ascii: "@") && text.dropFirst().first == UInt8(ascii: "{")
    }

    /// A URL, a path, a date, a version, a variable's name: nothing to hide.
    static func isPublic(_ text: ArraySlice<UInt8>) -> Bool {
        if ByteText.find("://", in: text) != nil { return true }
        guard let first = text.first else { return true }
        if first == UInt8(ascii: "/") || first == UInt8(ascii: ".") || first == UInt8(ascii: "~") {
            return !text.dropFirst().contains { $0 == UInt8(ascii: "=") }
        }
        if isDate(text) { return true }
        // `WDESK_TOKEN` names a variable.
        if text.contains(UInt8(ascii: "_")),
            text.allSatisfy({ $0.isUpper || $0.isDigit || $0 == UInt8(ascii: "_") })
        {
            return true
        }
        return text.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") } && text.count < 8
    }

    private static func isDate(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count >= 8 else { return false }
        return text.allSatisfy { $0.isDigit || "-:.TZ+".utf8.contains($0) }
            && text.dropFirst(4).first == UInt8(ascii: "-")
    }

    /// `Bearer`, `Basic` and the like without a token.
    static func isScheme(_ text: ArraySlice<UInt8>) -> Bool {
        let name = String(decoding: text.map(ByteText.lower), as: UTF8.self)
        return [
            "bearer", "basic", "digest", "token", "negotiate", "apikey", "bearer ", "basic ",
            "token ", "ssws", "aws4-hmac-sha256", "bearer%20", "basic%20",
        ].contains(name)
    }

    /// Words that stand for a value in types, prose and code.
    static func isPlaceholder(_ text: ArraySlice<UInt8>) -> Bool {
        let name = String(decoding: text.map(ByteText.lower), as: UTF8.self)
        if words.contains(name) { return true }
        return ["token", "secret", "password", "passwd", "credential", "apikey", "api_key", "your"]
            .contains { ByteText.contains($0, in: name) }
    }

    private static let words: Set<String> = [
        "string", "str", "bool", "boolean", "int", "integer", "any", "object", "null", "none",
        "nil",
        "undefined", "true", "false", "required", "optional", "bytes", "char", "text", "varchar",
        "auth", "authentication", "authorization", "header", "scheme", "key", "value", "xxx", "…",
        "...", "self", "this", "in", "is", "and", "or", "not", "the", "a", "an", "write", "read",
        "inherit", "number", "float", "double", "dict", "list", "map", "data", "default", "pass",
        "new", "await", "env", "process", "os", "x", "abc", "bearer", "basic", "oauth", "oauth2",
    ]
}

/// A name that says that its value is a secret.
struct SecretName {
    /// Whether only a random-looking value counts (`key`).
    var isWeak = false
    /// Whether it is a header for credentials.
    var isHeader = false
    /// Whether its value may be a sentence (`passphrase`).
    var isPassword = false

    /// Reads a lower-case name; nil where it names no secret.
    init?(_ name: String) {
        let word = name.split(separator: ".").last.map(String.init) ?? name
        if word.hasSuffix("authorization") || word == "x-api-key" || word == "api-key"
            || word == "x-auth-token"
        {
            isHeader = true
            return
        }
        for ending in Self.harmlessEndings where word.hasSuffix(ending) { return nil }
        if Self.passwords.contains(where: { ByteText.contains($0, in: word) }) {
            isPassword = true
            return
        }
        if Self.strong.contains(where: { ByteText.contains($0, in: word) }) { return }
        if word == "sig" || word == "signature" || word.hasSuffix("-signature")
            || word.hasSuffix("key") || word.hasSuffix("_key") || word == "pwd" || word == "pass"
            || word.hasSuffix("_pass") || word == "code_verifier" || word.hasSuffix("sessionid")
            || word.hasSuffix("auth") || word.hasSuffix("jwt") || word == "bearer"
        {
            isWeak = !(word == "pwd" || word == "pass" || word.hasSuffix("_pass"))
            return
        }
        return nil
    }

    private static let passwords = ["password", "passwd", "passphrase", "kennwort"]
    private static let strong = [
        "token", "secret", "apikey", "api_key", "api-key", "access_key", "accesskey", "private_key",
        "privatekey", "credential", "auth_key", "_pwd", "client-secret", "connectionstring",
    ]
    private static let harmlessEndings = [
        "type", "url", "uri", "endpoint", "path", "name", "_id", "-id", "header", "field", "file",
        "expires", "expiry", "expiration", "ttl", "length", "count", "limit", "limits",
        "tokens_used",
        "max_tokens", "provider", "manager", "service", "store", "factory", "ref", "env", "param",
        "regex", "pattern", "label", "hint", "prompt", "policy", "algorithm", "scope", "issuer",
        "audience", "publickey", "public_key", "public-key", "cachekey", "cache_key", "primarykey",
        "primary_key", "foreignkey", "foreign_key", "sort_key", "partition_key", "tokenizer",
        "monkey", "hotkey", "keyid", "_in", "_at", "_on", "seconds", "required", "enabled",
        "placeholder",
    ]
}

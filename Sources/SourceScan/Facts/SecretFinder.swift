/// Where secrets stand in a text.
struct SecretFinder {
    let bytes: [UInt8]
    private var found: [Range<Int>] = []

    /// Looks into `bytes`.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The ranges to mask, in order; they may overlap.
    mutating func find() -> [Range<Int>] {
        findKeys()
        var index = 0
        while index < bytes.count {
            guard isWordByte(bytes[index]) else {
                if bytes[index] == UInt8(ascii: ":"),
                    ByteText.matches("://", in: bytes[...], at: index)
                {
                    findUserInfo(after: index + 3)
                }
                index += 1
                continue
            }
            var end = index
            while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
            findAtWord(index..<end)
            index = end
        }
        return found.sorted { ($0.lowerBound, -$0.upperBound) < ($1.lowerBound, -$1.upperBound) }
    }

    /// Bytes of names and of most tokens.
    private func isWordByte(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".")
    }

    private mutating func findAtWord(_ word: Range<Int>) {
        if let shape = SecretShape.known(bytes[word]) {
            let end = endOfToken(from: shape)
            found.append(shape..<end)
            return
        }
        let name = String(decoding: bytes[word].suffix(80).map(ByteText.lower), as: UTF8.self)
        switch name {
        case "bearer", "basic", "digest", "negotiate", "apikey", "token", "ssws", "splunk",
            "aws4-hmac-sha256":
            if findScheme(after: word.upperBound, isSure: name == "bearer" || name == "ssws") {
                return
            }
        case "-u", "--user", "-user", "--proxy-user":
            findUserOption(after: word.upperBound)
            return
        case "--cookie", "-b", "cookie", "set-cookie", "cookies":
            findCookies(after: word.upperBound, isOption: name.hasPrefix("-"))
            return
        case "auth", "httpbasicauth", "basicauth", "basic_auth", "setbasicauth",
            "basicauthentication":
            findPair(after: word.upperBound)
            return
        default: break
        }
        if let kind = SecretName(name) { findValue(of: kind, word: word) }
    }

    // MARK: Shapes of places

    /// Letters of a token from `start` on, padding and slashes included.
    private func endOfToken(from start: Int) -> Int {
        var end = start
        while end < bytes.count,
            isWordByte(bytes[end]) || [0x7E, 0x2B, 0x2F, 0x3D].contains(bytes[end])
        { end += 1 }
        return end
    }

    private func skipSpaces(_ index: Int) -> Int {
        var index = index
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        return index
    }

    private func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 || byte == 0x60 }

    /// `Bearer eyJ…`, `Basic dXNlcjpwYXNz`
    private mutating func findScheme(after end: Int, isSure: Bool) -> Bool {
        let start = skipSpaces(end)
        guard start > end, start < bytes.count else { return false }
        let stop = endOfToken(from: start)
        guard stop > start, stop == bytes.count || !"({[$<%".utf8.contains(bytes[stop]) else {
            return false
        }
        let token = bytes[start..<stop]
        let isNamed = isAuthorization(before: end)
        guard
            SecretShape.looksRandom(token, atLeast: isSure ? 8 : 12)
                || (isNamed && !SecretShape.isPlaceholder(token))
        else { return false }
        found.append(start..<stop)
        return true
    }

    /// Whether `Authorization` stands before `index` on its line.
    private func isAuthorization(before index: Int) -> Bool {
        let start = max(0, index - 64)
        var slice = bytes[start..<index]
        if let line = slice.lastIndex(of: 0x0A) { slice = bytes[(line + 1)..<index] }
        return ByteText.find("authorization", in: slice, ignoringCase: true) != nil
    }

    /// `https://user:password@host`
    private mutating func findUserInfo(after start: Int) {
        var index = start
        var colon: Int?
        var at: Int?
        while index < min(bytes.count, start + 256) {
            let byte = bytes[index]
            if byte == UInt8(ascii: "/") || byte <= 0x20 || isQuote(byte)
                || byte == UInt8(ascii: "?")
            {
                break
            }
            if byte == UInt8(ascii: ":"), colon == nil { colon = index }
            if byte == UInt8(ascii: "@") { at = index }
            index += 1
        }
        guard let at else { return }
        let secret = (colon.map { $0 < at ? $0 + 1 : start } ?? start)..<at
        guard !secret.isEmpty, !SecretShape.isReference(bytes[secret]) else { return }
        if colon == nil || secret.lowerBound == start,
            !SecretShape.looksRandom(bytes[secret], atLeast: 16)
        {
            return
        }
        found.append(secret)
    }

    /// `-u user:password`, `--user "user:password"`
    private mutating func findUserOption(after end: Int) {
        var start = skipSpaces(end)
        if start < bytes.count, bytes[start] == UInt8(ascii: "=") { start += 1 }
        guard start > end, start < bytes.count else { return }
        let quote = isQuote(bytes[start]) ? bytes[start] : nil
        if quote != nil { start += 1 }
        var index = start
        var colon: Int?
        while index < bytes.count {
            let byte = bytes[index]
            if byte == quote || byte == 0x0A || (quote == nil && (byte <= 0x20 || isQuote(byte))) {
                break
            }
            if byte == UInt8(ascii: ":"), colon == nil { colon = index }
            index += 1
        }
        guard let colon, colon + 1 < index, !SecretShape.isReference(bytes[(colon + 1)..<index]),
            !ByteText.matches("://", in: bytes[...], at: colon)
        else { return }
        found.append((colon + 1)..<index)
    }

    /// `auth=("user", "password")`, `HTTPBasicAuth('user', 'password')`
    private mutating func findPair(after end: Int) {
        var index = skipSpaces(end)
        while index < bytes.count,
            bytes[index] == UInt8(ascii: "=") || bytes[index] == UInt8(ascii: ":")
        {
            index = skipSpaces(index + 1)
        }
        guard index < bytes.count,
            bytes[index] == UInt8(ascii: "(") || bytes[index] == UInt8(ascii: "[")
        else { return }
        index = skipSpaces(index + 1)
        guard let first = literal(at: index) else { return }
        index = skipSpaces(first.upperBound + 1)
        guard index < bytes.count, bytes[index] == UInt8(ascii: ",") else { return }
        guard let second = literal(at: skipSpaces(index + 1)), !second.isEmpty,
            !SecretShape.isReference(bytes[second])
        else { return }
        found.append(second)
    }

    /// The inside of a quoted text that begins at `index`.
    private func literal(at index: Int) -> Range<Int>? {
        guard index < bytes.count, isQuote(bytes[index]) else { return nil }
        var end = index + 1
        while end < bytes.count, bytes[end] != bytes[index], bytes[end] != 0x0A {
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        return end < bytes.count && bytes[end] == bytes[index] ? (index + 1)..<end : nil
    }

    /// `Cookie: SESSION=abc; theme=dark`, `cookies={"sid": "abc"}`
    private mutating func findCookies(after end: Int, isOption: Bool) {
        var index = end
        while index < bytes.count, index < end + 8,
            " \t\"':=,>({[`".utf8.contains(bytes[index])
        { index += 1 }
        guard index > end, index < bytes.count else { return }
        while index < bytes.count, bytes[index] != 0x0A {
            let start = index
            while index < bytes.count, isWordByte(bytes[index]) { index += 1 }
            guard index > start, index < bytes.count else { return }
            while index < bytes.count, isQuote(bytes[index]) || bytes[index] == 0x20 { index += 1 }
            guard index < bytes.count,
                bytes[index] == UInt8(ascii: "=") || bytes[index] == UInt8(ascii: ":")
            else { return }
            index += 1
            while index < bytes.count, isQuote(bytes[index]) || bytes[index] == 0x20 { index += 1 }
            let value = index
            while index < bytes.count, bytes[index] > 0x20, !isQuote(bytes[index]),
                !";,})&".utf8.contains(bytes[index])
            { index += 1 }
            let isCall = index < bytes.count && bytes[index] == UInt8(ascii: "(")
            if index > value, !isCall, !SecretShape.isReference(bytes[value..<index]),
                isOption || SecretShape.looksRandom(bytes[value..<index], atLeast: 3)
            {
                found.append(value..<index)
            }
            while index < bytes.count, " ;,\"'`".utf8.contains(bytes[index]) { index += 1 }
        }
    }

    // MARK: Named values

    private mutating func findValue(of name: SecretName, word: Range<Int>) {
        if let start = valueBeside(word) {
            if isQuote(bytes[start]) {
                findQuoted(of: name, at: start, separator: ":")
            } else {
                findBare(of: name, at: start, separator: "=", isTight: true, word: word)
            }
            return
        }
        var index = word.upperBound
        var isQuotedName = false
        if index < bytes.count, isQuote(bytes[index]) {
            isQuotedName = true
            index += 1
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: "]") { index += 1 }
        let gap = index
        index = skipSpaces(index)
        let hadSpace = index > gap
        guard let separator = separator(at: index, isQuotedName: isQuotedName) else {
            findOptionValue(of: name, word: word)
            return
        }
        let after = skipSpaces(index + separator.count)
        guard after < bytes.count else { return }
        var start = after
        // `token: str = "…"`, `String token = "…"` have the type between.
        if separator.text == ":", let typed = valueAfterType(from: start) { start = typed }
        start = skipPrefixes(start)
        guard start < bytes.count else { return }
        if isQuote(bytes[start]) {
            findQuoted(of: name, at: start, separator: separator.text)
        } else if separator.text != "," {
            findBare(
                of: name, at: start, separator: separator.text,
                isTight: !hadSpace && after == index + separator.count, word: word)
        }
    }

    /// Where the value begins in `"key": "token", "value": "…"`, `name: TOKEN⏎value: …`,
    /// `key="token" value="…"` and `<token>…</token>`.
    private func valueBeside(_ word: Range<Int>) -> Int? {
        var index = word.upperBound
        if index < bytes.count, bytes[index] == UInt8(ascii: ">"), word.lowerBound > 0,
            bytes[word.lowerBound - 1] == UInt8(ascii: "<")
        {
            return index + 1 < bytes.count && bytes[index + 1] != UInt8(ascii: "<")
                ? index + 1 : nil
        }
        if index < bytes.count, isQuote(bytes[index]) { index += 1 }
        while index < bytes.count, bytes[index] <= 0x20 || bytes[index] == UInt8(ascii: ",") {
            index += 1
        }
        if index < bytes.count, isQuote(bytes[index]) { index += 1 }
        guard index > word.upperBound,
            ByteText.matches("value", in: bytes[...], at: index, ignoringCase: true)
        else { return nil }
        index += 5
        if index < bytes.count, isQuote(bytes[index]) { index += 1 }
        index = skipSpaces(index)
        guard index < bytes.count,
            bytes[index] == UInt8(ascii: ":") || bytes[index] == UInt8(ascii: "=")
        else { return nil }
        index = skipSpaces(index + 1)
        return index < bytes.count && bytes[index] > 0x20 ? index : nil
    }

    /// `--password hunter2`
    private mutating func findOptionValue(of name: SecretName, word: Range<Int>) {
        guard bytes[word.lowerBound] == UInt8(ascii: "-"), !name.isWeak else { return }
        let start = skipSpaces(word.upperBound)
        guard start > word.upperBound, start < bytes.count else { return }
        if isQuote(bytes[start]) {
            findQuoted(of: name, at: start, separator: "=")
        } else {
            var end = start
            while end < bytes.count, bytes[end] > 0x20, !isQuote(bytes[end]) { end += 1 }
            let value = bytes[start..<end]
            if !SecretShape.isReference(value), value.first != UInt8(ascii: "-"),
                !SecretShape.isPlaceholder(value)
            {
                found.append(start..<end)
            }
        }
    }

    private func separator(at index: Int, isQuotedName: Bool) -> (text: String, count: Int)? {
        for text in ["=>", ":=", "?=", "||=", "=", ":", ","]
        where ByteText.matches(text, in: bytes[...], at: index) {
            if text == ",", !isQuotedName { return nil }
            let next = index + text.utf8.count
            if text == "=", next < bytes.count,
                bytes[next] == UInt8(ascii: "=") || bytes[next] == UInt8(ascii: "~")
            {
                return nil
            }
            if text == ":", next < bytes.count,
                bytes[next] == UInt8(ascii: ":") || bytes[next] == UInt8(ascii: "/")
            {
                return nil
            }
            return (
                text == "=>" || text == ":=" || text == "?=" || text == "||=" ? "=" : text,
                text.utf8.count
            )
        }
        return nil
    }

    private func valueAfterType(from start: Int) -> Int? {
        var index = start
        while index < bytes.count, isWordByte(bytes[index]) || "?!<>[]|".utf8.contains(bytes[index])
        {
            index += 1
        }
        guard index > start else { return nil }
        index = skipSpaces(index)
        guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { return nil }
        return skipSpaces(index + 1)
    }

    /// String prefixes and what wraps a literal: `b"…"`, `["…"]`, `@"…"`, `\"…\"`.
    private func skipPrefixes(_ start: Int) -> Int {
        var index = start
        while index < bytes.count, "[({@\\".utf8.contains(bytes[index]) { index += 1 }
        if index + 1 < bytes.count, isQuote(bytes[index + 1]), "brulLR".utf8.contains(bytes[index])
        {
            return index + 1
        }
        return index < bytes.count && isQuote(bytes[index]) ? index : start
    }

    private mutating func findQuoted(of name: SecretName, at start: Int, separator: String) {
        var end = start + 1
        let quote = bytes[start]
        while end < bytes.count, bytes[end] != quote, bytes[end] != 0x0A {
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        end = min(end, bytes.count)
        var value = (start + 1)..<end
        while let last = bytes[value].last, last == UInt8(ascii: "\\") {
            value = value.lowerBound..<(value.upperBound - 1)
        }
        let content = bytes[value]
        guard !content.isEmpty, !SecretShape.isReference(content), !SecretShape.isPublic(content)
        else { return }
        if let space = content.firstIndex(of: 0x20) {
            // `Authorization: Bearer …` was seen word by word; a sentence is no secret.
            if name.isHeader, SecretShape.isScheme(content[..<space]) { return }
            if !name.isPassword, content.split(separator: 0x20).count > 1 { return }
        }
        if name.isHeader, SecretShape.isScheme(content) { return }
        if name.isWeak || separator == ",",
            !SecretShape.looksRandom(content, atLeast: name.isHeader ? 6 : 12)
        {
            return
        }
        found.append(value)
    }

    private mutating func findBare(
        of name: SecretName, at start: Int, separator: String, isTight: Bool, word: Range<Int>
    ) {
        var end = start
        while end < bytes.count, bytes[end] > 0x20, !isQuote(bytes[end]),
            !"&;,)}]<>|".utf8.contains(bytes[end])
        { end += 1 }
        let value = bytes[start..<end]
        guard !value.isEmpty, !SecretShape.isReference(value), !SecretShape.isPublic(value) else {
            return
        }
        if SecretShape.isScheme(value) { return }
        if end < bytes.count, "([{".utf8.contains(bytes[end]) || isQuote(bytes[end]) { return }
        if value.contains(where: { "([{\"".utf8.contains($0) }) { return }
        if isTight, separator == "=", isUpperName(word), !name.isWeak {
            found.append(start..<end)
            return
        }
        if SecretShape.looksRandom(value, atLeast: name.isWeak ? 16 : 6), !isExpression(value) {
            found.append(start..<end)
            return
        }
        // A line of settings that holds nothing else: `password: changeme`
        guard !name.isWeak, isWholeLine(word.lowerBound, end), !SecretShape.isPlaceholder(value),
            value.allSatisfy({ !$0.isUpper })
        else { return }
        found.append(start..<end)
    }

    private func isUpperName(_ word: Range<Int>) -> Bool {
        let last = bytes[word].lastIndex(of: UInt8(ascii: ".")).map { $0 + 1 } ?? word.lowerBound
        return bytes[last..<word.upperBound].allSatisfy { !$0.isLetter || $0.isUpper }
    }

    /// `settings.token2`, `auth_token_1`: code, not a value.
    private func isExpression(_ value: ArraySlice<UInt8>) -> Bool {
        guard let first = value.first, first.isLetter || first == UInt8(ascii: "_") else {
            return false
        }
        let isName = value.allSatisfy {
            $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
        }
        guard isName else { return false }
        if value.contains(UInt8(ascii: ".")) { return value.filter { $0.isDigit }.count < 4 }
        return value.contains(UInt8(ascii: "_")) && !value.contains { $0.isUpper }
            && value.filter { $0.isDigit }.count < 3
    }

    private func isWholeLine(_ start: Int, _ end: Int) -> Bool {
        var index = start
        while index > 0, bytes[index - 1] != 0x0A {
            guard " \t-".utf8.contains(bytes[index - 1]) else { return false }
            index -= 1
        }
        let rest = skipSpaces(end)
        return rest == bytes.count || bytes[rest] == 0x0A || bytes[rest] == 0x0D
    }

    // MARK: Key blocks

    /// `-----BEGIN PRIVATE KEY-----` up to its end, and bare lines of one.
    private mutating func findKeys() {
        var from = 0
        while let begin = ByteText.find("-----BEGIN ", in: bytes[...], from: from) {
            guard let mark = ByteText.find("-----", in: bytes[...], from: begin + 11) else {
                return
            }
            let end = ByteText.find("-----END ", in: bytes[...], from: mark + 5) ?? bytes.count
            from = end
            if ByteText.contains("CERTIFICATE", "PUBLIC KEY", in: bytes[begin..<mark]) { continue }
            if end > mark + 5 { found.append((mark + 5)..<end) }
        }
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let start = line.firstIndex { $0 > 0x20 && !isQuote($0) } ?? line.endIndex
            var end = start
            while end < line.endIndex,
                line[end].isLetter || line[end].isDigit || "+/=".utf8.contains(line[end])
            { end += 1 }
            let rest = line[end...].drop { "\"'`,\\n+; \t".utf8.contains($0) }
            if end - start >= 60, rest.isEmpty,
                SecretShape.looksRandom(line[start..<end], atLeast: 60)
            {
                found.append(start..<end)
            }
        }
    }
}

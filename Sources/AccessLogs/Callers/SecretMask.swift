/// Puts `***` where a token, a password or a key stands in a text from a log.
enum SecretMask {
    /// `text` without its secrets.
    static func masked(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if let secret = secret(in: bytes, at: index) {
                result += bytes[index..<secret.lowerBound]
                result += Array("***".utf8)
                index = secret.upperBound
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// A user's name; what stands behind a single colon is a password.
    static func maskedUser(_ text: String) -> String {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 2, !parts[1].isEmpty { return "\(masked(String(parts[0]))):***" }
        return masked(text)
    }

    /// The secret that begins at or, behind the word that announces it, after `index`.
    private static func secret(in bytes: [UInt8], at index: Int) -> Range<Int>? {
        if index > 0, isTokenByte(bytes[index - 1]) { return nil }
        for scheme in schemes where matches(bytes, index, scheme) {
            let start = index + scheme.count
            let end = endOfToken(bytes, start)
            if end - start >= 8 { return start..<end }
        }
        for prefix in tokenPrefixes where matches(bytes, index, prefix) {
            let end = endOfToken(bytes, index)
            if end - index >= prefix.count + 12 { return index..<end }
        }
        let end = endOfToken(bytes, index)
        if end < bytes.count, bytes[end] == UInt8(ascii: "=") || bytes[end] == UInt8(ascii: ":") {
            let name = String(decoding: bytes[index..<end], as: UTF8.self).lowercased()
            guard secretNames.contains(where: name.contains) else { return nil }
            var start = end + 1
            while start < bytes.count, bytes[start] == 0x20 || bytes[start] == 0x22 { start += 1 }
            let valueEnd = endOfToken(bytes, start)
            return valueEnd > start ? start..<valueEnd : nil
        }
        return nil
    }

    private static let schemes = ["bearer ", "basic "].map { Array($0.utf8) }

    /// How well-known tokens begin: JSON Web Tokens, GitHub, GitLab, Slack, AWS, Stripe and the like.
    private static let tokenPrefixes = [
        "eyj", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "akia",
        "sk_live_", "sk-", "rk_live_", "pat_",
    ].map { Array($0.utf8) }

    private static let secretNames = [
        "token", "secret", "password", "passwd", "apikey", "api_key", "api-key", "authorization",
        "session", "cookie", "credential",
    ]

    private static func matches(_ bytes: [UInt8], _ index: Int, _ lowercased: [UInt8]) -> Bool {
        guard bytes.count - index >= lowercased.count else { return false }
        for offset in lowercased.indices {
            let own = bytes[index + offset]
            guard ((0x41...0x5A).contains(own) ? own | 0x20 : own) == lowercased[offset] else {
                return false
            }
        }
        return true
    }

    private static func endOfToken(_ bytes: [UInt8], _ start: Int) -> Int {
        var end = start
        while end < bytes.count, isTokenByte(bytes[end]) { end += 1 }
        return end
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x2B, 0x2F, 0x7E: true
        default: false
        }
    }
}

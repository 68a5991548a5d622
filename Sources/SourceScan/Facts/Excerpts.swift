import Deprecations

/// Lines of a file around a call site, secrets masked.
enum Excerpts {
    /// At most `limit` lines, from a little before the site to a little after its call.
    static func around(_ site: CallSite, in bytes: [UInt8], limit: Int = 9) -> Excerpt? {
        let places = lines(of: bytes)
        guard site.line >= 1, site.line <= places.count else { return nil }
        let first = max(1, min(site.line, site.callLine ?? site.line) - 2)
        let last = min(
            places.count, max(site.line, site.callLine ?? site.line) + 2, first + limit - 1)
        let text = (first...max(first, last)).map { number in
            let range = places[number - 1]
            let line = String(decoding: bytes[range].prefix(400), as: UTF8.self)
            return SecretMask.mask(line)
        }
        return Excerpt(firstLine: first, lines: text)
    }

    private static func lines(of bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = 0
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x0A || bytes[index] == 0x0D {
                found.append(start..<index)
                if bytes[index] == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A {
                    index += 1
                }
                start = index + 1
            }
            index += 1
        }
        found.append(start..<bytes.count)
        return found
    }
}

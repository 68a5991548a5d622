/// Which tool a JSON or YAML text is written for, where that makes a language of its own.
enum DocumentKind {
    /// `postman`, `insomnia` or `openapi`, as far as the first bytes show; nil for others.
    static func ofHead(_ head: ArraySlice<UInt8>, path: String) -> String? {
        if ByteText.contains(
            "schema.getpostman.com", "_postman_id", "_postman_variable_scope",
            "_postman_exported", in: head)
        {
            return "postman"
        }
        if ByteText.contains("__export_format", "insomnia.rest/", in: head) { return "insomnia" }
        return describesAPI(head) ? "openapi" : nil
    }

    /// Whether `openapi` or `swagger` is a key of the whole document.
    private static func describesAPI(_ head: ArraySlice<UInt8>) -> Bool {
        guard let first = head.first(where: { $0 > 0x20 && $0 < 0x80 }) else { return false }
        return first == UInt8(ascii: "{") ? hasKeyInBraces(head) : hasKeyAtLineStart(head)
    }

    private static func isDescriptionKey(_ head: ArraySlice<UInt8>, at index: Int) -> Int? {
        for key in ["openapi", "swagger"]
        where ByteText.matches(key, in: head, at: index) {
            return index + key.utf8.count
        }
        return nil
    }

    private static func hasKeyAtLineStart(_ head: ArraySlice<UInt8>) -> Bool {
        var index = head.startIndex
        while index < head.endIndex {
            if head[index] == UInt8(ascii: "\"") || head[index] == UInt8(ascii: "'") { index += 1 }
            if var after = isDescriptionKey(head, at: index) {
                if after < head.endIndex,
                    head[after] == UInt8(ascii: "\"") || head[after] == UInt8(ascii: "'")
                {
                    after += 1
                }
                if after < head.endIndex, head[after] == UInt8(ascii: ":") { return true }
            }
            guard let end = head[index...].firstIndex(of: 0x0A) else { return false }
            index = end + 1
        }
        return false
    }

    private static func hasKeyInBraces(_ head: ArraySlice<UInt8>) -> Bool {
        var depth = 0
        var index = head.startIndex
        while index < head.endIndex {
            switch head[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "\""):
                if depth == 1, let after = isDescriptionKey(head, at: index + 1),
                    after < head.endIndex, head[after] == UInt8(ascii: "\""),
                    head[(after + 1)...].first(where: { $0 > 0x20 }) == UInt8(ascii: ":")
                {
                    return true
                }
                index += 1
                while index < head.endIndex, head[index] != UInt8(ascii: "\"") {
                    index += head[index] == UInt8(ascii: "\\") ? 2 : 1
                }
            default: break
            }
            index += 1
        }
        return false
    }
}

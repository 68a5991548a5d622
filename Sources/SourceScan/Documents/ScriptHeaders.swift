/// Headers that a collection's script adds to the request before it is sent:
/// `pm.request.headers.upsert({key: "X", value: "1"})`, `req.setHeader("X", "1")`.
enum ScriptHeaders {
    private static let calls = [
        "headers.upsert(", "headers.add(", "headers.set(", "setHeader(", "addHeader(",
    ]

    /// The headers that a script's text adds; what is not a literal is a hole.
    static func found(in script: PlacedText) -> [DocumentRequest.Header] {
        var headers: [DocumentRequest.Header] = []
        for line in script.bytes.split(separator: 0x0A) {
            let first = line.firstIndex { $0 > 0x20 } ?? line.endIndex
            if ByteText.matches("//", in: line, at: first) { continue }
            for call in calls {
                guard let mark = ByteText.find(call, in: line) else { continue }
                // An object's parts may stand on the lines below.
                let start = mark + call.utf8.count
                let end = min(script.bytes.count, start + 400)
                let rest = script.bytes[start..<end]
                let stop = ByteText.find(")", in: rest) ?? end
                if let header = header(in: start..<stop, of: script) { headers.append(header) }
                break
            }
        }
        return headers
    }

    private static func header(
        in range: Range<Int>, of script: PlacedText
    ) -> DocumentRequest.Header? {
        let literals = literals(in: range, script.bytes)
        let text = script.bytes[range]
        guard let name = literals.first else { return nil }
        // `{key: name, value: "1"}` with a name that is no literal says nothing.
        if let key = ByteText.find("key", in: text), let value = ByteText.find("value", in: text),
            key < value, name.lowerBound > value
        {
            return nil
        }
        let value = literals.count > 1 ? literals[1] : nil
        return DocumentRequest.Header(
            name: String(decoding: script.bytes[name], as: UTF8.self),
            value: value.map { Placeholders.template(Array(script.bytes[$0])) }
                ?? Template(hole: "value"),
            offset: script.offset(of: value?.lowerBound ?? name.lowerBound))
    }

    private static func literals(in range: Range<Int>, _ bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = range.lowerBound
        while index < range.upperBound {
            let quote = bytes[index]
            index += 1
            guard quote == 0x22 || quote == 0x27 || quote == 0x60 else { continue }
            guard let end = bytes[index..<range.upperBound].firstIndex(of: quote) else { break }
            // A quoted key of an object is no literal of its own.
            let after = bytes[(end + 1)..<range.upperBound].first { $0 > 0x20 }
            if after != UInt8(ascii: ":") { found.append(index..<end) }
            index = end + 1
        }
        return found
    }
}

/// The target of a request, taken apart and normalised; one value serves many requests, one after the
/// other, without allocating.
///
/// Normalisation is that of RFC 3986, 6.2.2 and 6.2.3: percent-encoded unreserved characters are
/// decoded, other encodings get capital digits, dot segments are removed; doubled slashes count as
/// one and a slash at the end as none. The query and the fragment are dropped.
package struct RequestTarget: Sendable {
    /// The normalised path's bytes, without slashes; `segments` says where each piece lies.
    package private(set) var text: [UInt8] = []
    /// The path's pieces, each a range of `text`.
    package private(set) var segments: [Range<Int>] = []
    /// Lower case, without port, brackets and final dot; empty where none is known.
    package private(set) var host: [UInt8] = []

    /// Nothing yet.
    package init() {
        text.reserveCapacity(512)
        segments.reserveCapacity(32)
        host.reserveCapacity(128)
    }

    /// Takes `target` apart: origin form (`/a/b?c`) or absolute form (`https://host/a/b`), whose host
    /// counts before any other (RFC 9112, 3.2.2).
    ///
    /// `isDecoded` says that the log has the path already decoded, so that a `%` is just a `%`.
    package mutating func assign(_ target: Span<UInt8>, isDecoded: Bool = false) {
        text.removeAll(keepingCapacity: true)
        segments.removeAll(keepingCapacity: true)
        host.removeAll(keepingCapacity: true)
        var start = 0
        if let authority = Self.authority(of: target) {
            var first = authority.lowerBound
            for index in authority where target[index] == UInt8(ascii: "@") { first = index + 1 }
            assignHost(target, in: first..<authority.upperBound)
            start = authority.upperBound
        }
        var end = start
        while end < target.count, target[end] != UInt8(ascii: "?"), target[end] != UInt8(ascii: "#")
        {
            end += 1
        }
        appendSegments(target, in: start..<end, isDecoded: isDecoded)
    }

    /// Takes `name` as the host where the target itself has none.
    package mutating func offerHost(_ name: Span<UInt8>) {
        if host.isEmpty { assignHost(name, in: 0..<name.count) }
    }

    /// Takes `name` as the host whatever the target says.
    package mutating func replaceHost(_ name: Span<UInt8>) {
        assignHost(name, in: 0..<name.count)
    }

    /// The authority of an absolute-form target: what lies between `://` and the path.
    private static func authority(of target: Span<UInt8>) -> Range<Int>? {
        guard target.count > 3, isLetter(target[0]) else { return nil }
        var index = 1
        while index < target.count, index < 16, isSchemeByte(target[index]) { index += 1 }
        guard index + 2 < target.count, target[index] == UInt8(ascii: ":"),
            target[index + 1] == UInt8(ascii: "/"), target[index + 2] == UInt8(ascii: "/")
        else { return nil }
        let first = index + 3
        var end = first
        while end < target.count, target[end] != UInt8(ascii: "/"),
            target[end] != UInt8(ascii: "?"),
            target[end] != UInt8(ascii: "#")
        {
            end += 1
        }
        return first..<end
    }

    private mutating func assignHost(_ bytes: Span<UInt8>, in range: Range<Int>) {
        host.removeAll(keepingCapacity: true)
        var first = range.lowerBound
        var end = range.upperBound
        if first < end, bytes[first] == UInt8(ascii: "[") {
            first += 1
            var close = first
            while close < end, bytes[close] != UInt8(ascii: "]") { close += 1 }
            end = close
        } else {
            var index = first
            while index < end, bytes[index] != UInt8(ascii: ":") { index += 1 }
            end = index
        }
        if end > first, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
        // What formats write where there is no host.
        if end - first == 1, bytes[first] == UInt8(ascii: "-") || bytes[first] == UInt8(ascii: "_")
        {
            return
        }
        for index in first..<end { host.append(lowered(bytes[index])) }
    }

    private mutating func appendSegments(
        _ target: Span<UInt8>, in range: Range<Int>, isDecoded: Bool
    ) {
        var index = range.lowerBound
        while index < range.upperBound {
            let start = text.count
            while index < range.upperBound, target[index] != UInt8(ascii: "/") {
                if target[index] == UInt8(ascii: "%"), !isDecoded, index + 2 < range.upperBound,
                    let high = hexValue(target[index + 1]), let low = hexValue(target[index + 2])
                {
                    appendDecoded(high << 4 | low)
                    index += 3
                } else {
                    text.append(target[index])
                    index += 1
                }
            }
            closeSegment(from: start)
            index += 1
        }
    }

    private mutating func appendDecoded(_ byte: UInt8) {
        if isUnreserved(byte) {
            text.append(byte)
        } else {
            text.append(UInt8(ascii: "%"))
            text.append(hexDigit(byte >> 4))
            text.append(hexDigit(byte & 15))
        }
    }

    private mutating func closeSegment(from start: Int) {
        let length = text.count - start
        let isDot = length > 0 && text[start] == UInt8(ascii: ".")
        if isDot && length == 1 {
            text.removeLast()
        } else if isDot && length == 2 && text[start + 1] == UInt8(ascii: ".") {
            text.removeLast(2)
            if let parent = segments.popLast() {
                text.removeLast(text.count - parent.lowerBound)
            }
        } else if length > 0 {
            segments.append(start..<text.count)
        }
    }
}

private func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20)
}

private func isSchemeByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E
}

/// RFC 3986, 2.3.
private func isUnreserved(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
        || byte == 0x7E
}

private func lowered(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
}

private func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
}

private func hexDigit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? 0x30 + nibble : 0x37 + nibble
}

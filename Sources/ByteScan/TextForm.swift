import CByteScan

/// How the characters of a text are written as bytes.
package enum TextEncoding: String, Hashable, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case utf32LittleEndian = "utf-32le"
    case utf32BigEndian = "utf-32be"
    /// Also what is called Latin-1 or ISO 8859-1, as the Encoding Standard of the web has it.
    case windows1252 = "windows-1252"
}

/// What was found out of some bytes: how they are to be read as text.
package struct DecodedText: Hashable, Sendable {
    /// Where the text is as UTF-8.
    package enum Content: Hashable, Sendable {
        /// In the source's own bytes, from this offset on: behind a byte order mark, where there is one.
        case source(from: Int)
        /// Here, converted.
        case converted([UInt8])
    }

    /// How the source writes it.
    package var encoding: TextEncoding
    /// Where it is.
    package var content: Content

    /// Calls `body` with the text as UTF-8; `source` is what was decoded.
    package func withBytes<Result>(of source: RawSpan, _ body: (RawSpan) -> Result) -> Result {
        switch content {
        case .source(let start): body(source.extracting(droppingFirst: start))
        case .converted(let bytes): unsafe body(bytes.span.bytes)
        }
    }

    /// The text as UTF-8, copied; `source` is what was decoded.
    package func bytes(of source: RawSpan) -> [UInt8] {
        switch content {
        case .source(let start):
            unsafe source.extracting(droppingFirst: start).withUnsafeBytes { unsafe Array($0) }
        case .converted(let bytes): bytes
        }
    }
}

/// Tells text from binary data, and in which encoding it is.
package enum TextForm {
    /// How `bytes` are to be read; nil for binary data.
    ///
    /// A byte order mark decides. Without one: what has no NUL is UTF-8, and where that is broken more often than
    /// not Windows-1252; what has a NUL is UTF-16 or UTF-32 where it makes sense as such, else binary.
    package static func decode(_ bytes: RawSpan) -> DecodedText? {
        let start = mark(of: bytes)
        switch start?.encoding {
        case .utf8:
            return decodeBytes(bytes, from: 3)
        case .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian:
            guard let start else { return nil }
            let units = CodeUnits(bytes, from: start.length, start.encoding)
            // What only begins like the mark of UTF-32 may go on as UTF-16 that has a NUL: binary.
            return units.isText ? units.text() : nil
        case .windows1252, nil:
            guard bytes.firstOffset(of: 0) != nil else { return decodeBytes(bytes, from: 0) }
            return CodeUnits.likeliest(in: bytes)?.text()
        }
    }

    /// The byte order mark.
    private static func mark(of bytes: RawSpan) -> (encoding: TextEncoding, length: Int)? {
        func begins(_ mark: UInt8...) -> Bool {
            mark.count <= bytes.byteCount
                && mark.indices.allSatisfy { bytes.byte(at: $0) == mark[$0] }
        }
        if begins(0xEF, 0xBB, 0xBF) { return (.utf8, 3) }
        if begins(0xFF, 0xFE, 0, 0) { return (.utf32LittleEndian, 4) }
        if begins(0, 0, 0xFE, 0xFF) { return (.utf32BigEndian, 4) }
        if begins(0xFF, 0xFE) { return (.utf16LittleEndian, 2) }
        if begins(0xFE, 0xFF) { return (.utf16BigEndian, 2) }
        return nil
    }

    /// UTF-8 or Windows-1252.
    private static func decodeBytes(_ bytes: RawSpan, from start: Int) -> DecodedText? {
        guard start == 0 || bytes.firstOffset(of: 0) == nil else { return nil }
        let text = bytes.extracting(droppingFirst: start)
        if text.wellFormedPrefix == text.byteCount {
            return DecodedText(encoding: .utf8, content: .source(from: start))
        }
        if start > 0 || isMostlyWellFormed(text) {
            // One broken character does not turn all others of a file into rubbish.
            let repaired = unsafe text.withUnsafeBytes {
                unsafe String(decoding: $0, as: UTF8.self)
            }
            return DecodedText(encoding: .utf8, content: .converted(Array(repaired.utf8)))
        }
        return DecodedText(encoding: .windows1252, content: .converted(Windows1252.utf8(of: text)))
    }

    /// Whether as many characters beyond ASCII are well-formed UTF-8 as bytes are not, or more.
    private static func isMostlyWellFormed(_ text: RawSpan) -> Bool {
        var rest = text
        var broken = 0
        var whole = 0
        while rest.byteCount > 0 {
            let length = rest.wellFormedPrefix
            for index in 0..<length where rest.byte(at: index) >= 0xC0 { whole += 1 }
            if length == rest.byteCount { break }
            broken += 1
            rest = rest.extracting(droppingFirst: length + 1)
        }
        return whole >= broken
    }
}

extension RawSpan {
    /// How many bytes from the beginning are well-formed UTF-8.
    fileprivate var wellFormedPrefix: Int {
        let bytes = Span<UInt8>(_bytes: self)
        return unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return 0 }
            return unsafe lastcall_utf8_prefix(base, bytes.count)
        }
    }

    /// One byte.
    func byte(at offset: Int) -> UInt8 {
        unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }
}

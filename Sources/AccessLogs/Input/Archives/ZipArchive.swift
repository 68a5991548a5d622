/// A zip archive, read from its begin by the headers that stand before its files (APPNOTE, 4.3).
///
/// Its table of contents comes last; it is compared with what was found.
final class ZipArchive: Archive {
    private static let fileHeader = Array("PK\u{3}\u{4}".utf8)
    private static let tableEntry = Array("PK\u{1}\u{2}".utf8)
    private static let endOfTable = Array("PK\u{5}\u{6}".utf8)
    private static let largeEndOfTable = Array("PK\u{6}\u{6}".utf8)
    private static let largeEndLocator = Array("PK\u{6}\u{7}".utf8)
    private static let signature = Array("PK\u{5}\u{5}".utf8)
    private static let extraData = Array("PK\u{6}\u{8}".utf8)
    /// Before the first header, where the archive was made to be split.
    private static let splitMark = Array("PK\u{7}\u{8}".utf8)
    private static let splitMarkOfOne = Array("PK00".utf8)

    private let window: InputWindow
    private let path: String
    /// Passes over what is left of the entry before.
    private var passEntry: (() throws(LogSource.Failure) -> Void)?
    private var entries = 0
    private var named = 0
    private var isAtBegin = true
    private(set) var warning: String?

    init(_ window: InputWindow, path: String) {
        self.window = window
        self.path = path
        window.widen(to: InputWindow.wide)
    }

    /// Whether an archive comes next.
    static func isNext(in window: InputWindow) -> Bool {
        [fileHeader, endOfTable, splitMark + fileHeader, splitMarkOfOne + fileHeader].contains {
            window.begins(with: $0)
        }
    }

    func nextEntry() throws(LogSource.Failure) -> ArchiveEntry? {
        try passEntry?()
        passEntry = nil
        if isAtBegin, !window.begins(with: Self.fileHeader) {
            if [Self.splitMark, Self.splitMarkOfOne].contains(where: { window.begins(with: $0) }) {
                window.take(4)
            }
        }
        isAtBegin = false
        repeat {
            while window.begins(with: Self.fileHeader) {
                let header = try ZipHeader(window, path: path)
                entries += 1
                let entry = begin(header)
                if !header.name.hasSuffix("/") { return entry }
                try passEntry?()
                passEntry = nil
            }
            try readTable()
            // Another archive may be stuck to the end of this one.
        } while window.begins(with: Self.fileHeader)
        return nil
    }

    private func begin(_ header: ZipHeader) -> ArchiveEntry {
        let bytes: any ByteStream
        let expectation: ZipExpectation
        if let size = header.packedSize {
            let known = EntryBytes(window, length: size, path: path)
            let window = window
            passEntry = { () throws(LogSource.Failure) in
                try known.skip()
                if header.isDescribed { _ = ZipDescriptor.take(from: window, size: size) }
            }
            bytes = known
            expectation = ZipExpectation(checksum: header.checksum)
        } else {
            let scanned = DescribedBytes(window, path: path)
            passEntry = { () throws(LogSource.Failure) in try scanned.skip() }
            bytes = scanned
            expectation = ZipExpectation(descriptor: scanned)
        }
        let place = path + "!/" + header.name
        switch header.method {
        case _ where header.isEncrypted:
            return ArchiveEntry(
                name: header.name,
                content: .unreadable("is encrypted; give it without a password"))
        case .stored:
            return ArchiveEntry(
                name: header.name,
                content: .bytes(CheckedBytes(bytes, expectation, path: place)))
        case .deflated:
            let inflated = InflatedBytes(bytes, path: place)
            return ArchiveEntry(
                name: header.name,
                content: .bytes(CheckedBytes(inflated, expectation, path: place)))
        case .selfDescribing:
            return ArchiveEntry(name: header.name, content: .bytes(bytes))
        case .other(let number):
            return ArchiveEntry(
                name: header.name,
                content: .unreadable(
                    "is packed by zip's method \(number), which cannot be read; unpack it first"))
        }
    }

    /// Reads what follows the last file.
    private func readTable() throws(LogSource.Failure) {
        while window.want(4) {
            if window.begins(with: Self.tableEntry), window.want(46) {
                let length =
                    46 + window.number(at: 28, size: 2) + window.number(at: 30, size: 2)
                    + window.number(at: 32, size: 2)
                named += 1
                guard window.skip(length) else { break }
            } else if window.begins(with: Self.extraData), window.want(8) {
                guard window.skip(8 + window.number(at: 4, size: 4)) else { break }
            } else if window.begins(with: Self.signature), window.want(6) {
                guard window.skip(6 + window.number(at: 4, size: 2)) else { break }
            } else if window.begins(with: Self.largeEndOfTable), window.want(12) {
                let length = window.number(at: 4, size: 8)
                guard length >= 0, length < 1 << 32, window.skip(12 + length) else { break }
            } else if window.begins(with: Self.largeEndLocator) {
                guard window.skip(20) else { break }
            } else if window.begins(with: Self.endOfTable), window.want(22) {
                guard window.skip(22 + window.number(at: 20, size: 2)) else { break }
                return try finish()
            } else {
                throw damage("damaged zip data: what stands there is no zip header")
            }
        }
        try window.checkEnd()
        throw damage("ends before its zip table of contents does")
    }

    private func finish() throws(LogSource.Failure) {
        guard named == entries else {
            throw damage(
                "has \(entries) zip entries, and a table of contents that names \(named)")
        }
        (named, entries) = (0, 0)
        if window.want(1), !window.begins(with: Self.fileHeader) {
            warning =
                "what follows the zip data is none and was ignored, from byte \(window.offset) on"
        }
        try window.checkEnd()
    }

    private func damage(_ reason: String) -> LogSource.Failure {
        .damaged(LogSource.Damage(path: path, offset: window.offset, reason: reason))
    }
}

/// The header before a file in a zip archive.
private struct ZipHeader {
    enum Method {
        case stored
        case deflated
        /// bzip2, Zstandard, xz: the data begins with their own header.
        case selfDescribing
        case other(Int)
    }

    var name: String
    var method: Method
    var isEncrypted: Bool
    /// Whether length and checksum follow the data, too.
    var isDescribed: Bool
    /// Nil where it stands behind the data.
    var packedSize: Int?
    var checksum: UInt32

    /// Reads it, and leaves the data next.
    init(_ window: InputWindow, path: String) throws(LogSource.Failure) {
        func damage(_ reason: String) -> LogSource.Failure {
            .damaged(LogSource.Damage(path: path, offset: window.offset, reason: reason))
        }
        let isThere = window.want(30)
        let nameLength = isThere ? window.number(at: 26, size: 2) : 0
        let extraLength = isThere ? window.number(at: 28, size: 2) : 0
        let length = 30 + nameLength + extraLength
        guard isThere, window.want(length) else {
            try window.checkEnd()
            throw damage("ends in the middle of a zip header")
        }
        let flags = window.number(at: 6, size: 2)
        let number = window.number(at: 8, size: 2)
        name = String(decoding: (30..<30 + nameLength).map { window[$0] }, as: UTF8.self)
        isEncrypted = flags & 0x01 != 0 || number == 99
        checksum = UInt32(window.number(at: 14, size: 4))
        method =
            switch number {
            case 0: .stored
            case 8: .deflated
            case 12, 93, 95: .selfDescribing
            default: .other(number)
            }
        packedSize = window.number(at: 18, size: 4)
        if packedSize == 0xFFFF_FFFF {
            packedSize = Self.largeSize(window, 30 + nameLength..<length)
            guard let packedSize, packedSize >= 0 else {
                throw damage("damaged zip header: it has no size")
            }
        }
        isDescribed = flags & 0x08 != 0
        if isDescribed, packedSize == 0 { packedSize = nil }
        window.take(length)
    }

    /// The packed size of zip64: the second number of the extra field 1.
    private static func largeSize(_ window: InputWindow, _ extra: Range<Int>) -> Int? {
        var position = extra.lowerBound
        while position + 4 <= extra.upperBound {
            let size = window.number(at: position + 2, size: 2)
            if window.number(at: position, size: 2) == 1, size >= 16,
                position + 20 <= extra.upperBound
            {
                return window.number(at: position + 12, size: 8)
            }
            position += 4 + size
        }
        return nil
    }
}

/// A tar archive: that of the seventh Unix, ustar, GNU's and pax.
final class TarArchive: Archive {
    private static let block = 512
    /// The longest name, and the longest list of attributes, that is looked at.
    private static let maximumAttributes = 128 * 1024

    private let window: InputWindow
    private let path: String
    private var entry: EntryBytes?
    /// What rounds the entry's length up to blocks.
    private var padding = 0
    /// There were zeros where a header might have been: the archive may be over.
    private var hasEnded = false
    private(set) var warning: String?

    init(_ window: InputWindow, path: String) {
        self.window = window
        self.path = path
        window.widen(to: InputWindow.wide)
    }

    /// Whether a header comes next: its checksum is right.
    static func isNext(in window: InputWindow) -> Bool {
        window.want(block) && window[0] != 0 && isHeader(window)
    }

    func nextEntry() throws(LogSource.Failure) -> ArchiveEntry? {
        try passEntry()
        var attributes = TarAttributes()
        while try isHeaderNext() {
            let type = window[156]
            guard let headerSize = Self.number(in: window, 124..<136) else {
                throw damage("damaged tar header")
            }
            switch type {
            case UInt8(ascii: "x"), UInt8(ascii: "L"), UInt8(ascii: "K"), UInt8(ascii: "g"):
                let data = try attributeData(headerSize)
                if type == UInt8(ascii: "x") { attributes.add(pax: data) }
                if type == UInt8(ascii: "L") { attributes.name = TarAttributes.text(data) }
            default:
                let size = attributes.size ?? headerSize
                let name = attributes.name ?? Self.name(in: window)
                let isSparse = attributes.isSparse || type == UInt8(ascii: "S")
                try passHeader(hasSparseMap: type == UInt8(ascii: "S"))
                if let kind = kind(of: type, name: name, isSparse: isSparse) {
                    return begin(name, kind, size: size)
                }
                // A link has no data; what it says of a size is that of its target.
                let hasData = !(UInt8(ascii: "1")...UInt8(ascii: "6")).contains(type)
                if hasData { _ = begin(name, .file, size: size) }
                try passEntry()
                attributes = TarAttributes()
            }
        }
        return nil
    }

    private enum Kind {
        case file
        case unreadable(String)
    }

    /// Nil for what is no file: folders, links, devices, labels.
    private func kind(of type: UInt8, name: String, isSparse: Bool) -> Kind? {
        if isSparse { return .unreadable("is stored with holes (a sparse file); unpack it first") }
        switch type {
        case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): return name.hasSuffix("/") ? nil : .file
        case UInt8(ascii: "M"):
            return .unreadable("began in another volume of the archive; unpack it first")
        default: return nil
        }
    }

    private func begin(_ name: String, _ kind: Kind, size: Int) -> ArchiveEntry {
        let bytes = EntryBytes(window, length: size, path: path)
        entry = bytes
        padding = (Self.block - size % Self.block) % Self.block
        switch kind {
        case .file: return ArchiveEntry(name: name, content: .bytes(bytes))
        case .unreadable(let reason):
            return ArchiveEntry(name: name, content: .unreadable(reason))
        }
    }

    private func passEntry() throws(LogSource.Failure) {
        guard let entry else { return }
        try entry.skip()
        self.entry = nil
        if !window.skip(padding) { try window.checkEnd() }
    }

    /// Whether another header follows; blocks of zeros are passed over.
    private func isHeaderNext() throws(LogSource.Failure) -> Bool {
        while window.want(Self.block) {
            if Self.isZero(window) {
                hasEnded = true
                window.take(Self.block)
            } else if Self.isHeader(window) {
                return true
            } else if hasEnded {
                warning =
                    "what follows the tar data is none and was ignored, from byte \(window.offset) on"
                return false
            } else {
                throw damage("damaged tar header")
            }
        }
        try window.checkEnd()
        // Cut off at a block's end, it would look whole but for the missing zeros.
        guard hasEnded else { throw damage("ends before its tar end mark") }
        return false
    }

    /// The data behind a header that speaks of the next entry.
    private func attributeData(_ size: Int) throws(LogSource.Failure) -> [UInt8] {
        guard size <= Self.maximumAttributes else {
            throw damage("a tar header with \(size) bytes of attributes")
        }
        window.take(Self.block)
        guard window.want(size) else {
            try window.checkEnd()
            throw damage("ends in the middle of a tar header")
        }
        let data = (0..<size).map { window[$0] }
        if !window.skip(size + (Self.block - size % Self.block) % Self.block) {
            try window.checkEnd()
        }
        return data
    }

    /// Passes over the header, and over the map of holes that may follow it.
    private func passHeader(hasSparseMap: Bool) throws(LogSource.Failure) {
        var isMore = hasSparseMap && window[482] != 0
        window.take(Self.block)
        while isMore {
            guard window.want(Self.block) else {
                try window.checkEnd()
                throw damage("ends in the middle of a tar header")
            }
            isMore = window[504] != 0
            window.take(Self.block)
        }
    }

    private func damage(_ reason: String) -> LogSource.Failure {
        .damaged(LogSource.Damage(path: path, offset: window.offset, reason: reason))
    }
}

extension TarArchive {
    private static func isZero(_ window: InputWindow) -> Bool {
        (0..<block).allSatisfy { window[$0] == 0 }
    }

    private static func isHeader(_ window: InputWindow) -> Bool {
        guard let expected = number(in: window, 148..<156) else { return false }
        var sum = 8 * 0x20
        var signedSum = sum
        for index in 0..<block where !(148..<156).contains(index) {
            sum += Int(window[index])
            // Some old writers took bytes for signed.
            signedSum += Int(Int8(bitPattern: window[index]))
        }
        return expected == sum || expected == signedSum
    }

    /// A number in octal digits, or in binary behind a set bit.
    private static func number(in window: InputWindow, _ field: Range<Int>) -> Int? {
        let first = window[field.lowerBound]
        if first & 0x80 != 0 {
            guard first == 0x80 else { return nil }
            var value = 0
            for index in field.dropFirst() {
                guard value < 1 << 54 else { return nil }
                value = value << 8 | Int(window[index])
            }
            return value
        }
        var value: Int?
        for index in field {
            switch window[index] {
            case 0x30...0x37: value = (value ?? 0) << 3 | Int(window[index] - 0x30)
            case 0x20: if value != nil { return value }
            case 0: return value ?? 0
            default: return nil
            }
        }
        return value
    }

    private static func name(in window: InputWindow) -> String {
        let name = text(in: window, 0..<100)
        // GNU's header has other things where ustar has the folder.
        guard (0..<6).allSatisfy({ window[257 + $0] == Array("ustar\0".utf8)[$0] }),
            window[345] != 0
        else { return name }
        return text(in: window, 345..<500) + "/" + name
    }

    private static func text(in window: InputWindow, _ field: Range<Int>) -> String {
        String(
            decoding: field.prefix { window[$0] != 0 }.map { window[$0] }, as: UTF8.self)
    }
}

/// What headers before an entry's own say of it.
private struct TarAttributes {
    var name: String?
    var size: Int?
    var isSparse = false

    /// Takes in `LENGTH KEY=VALUE` records.
    mutating func add(pax data: [UInt8]) {
        var rest = data[...]
        while let space = rest.firstIndex(of: 0x20),
            let length = Int(String(decoding: rest[..<space], as: UTF8.self)),
            length > space - rest.startIndex, length <= rest.count
        {
            let record = rest[(space + 1)..<(rest.startIndex + length)].dropLast()
            rest = rest.dropFirst(length)
            guard let equals = record.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let value = String(decoding: record[(equals + 1)...], as: UTF8.self)
            switch String(decoding: record[..<equals], as: UTF8.self) {
            case "path": name = value
            case "size": size = Int(value).flatMap { $0 >= 0 ? $0 : nil }
            case let key where key.hasPrefix("GNU.sparse."): isSparse = true
            default: break
            }
        }
    }

    static func text(_ data: [UInt8]) -> String {
        String(decoding: data.prefix { $0 != 0 }, as: UTF8.self)
    }
}

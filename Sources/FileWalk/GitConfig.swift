/// The one setting of git's configuration that decides what is ignored; the last file that has it wins.
struct GitConfig {
    /// `core.excludesFile`, `~/` replaced.
    private(set) var excludesFile: [UInt8]?
    private let home: [UInt8]?

    /// How deep files may include others, as in git.
    private static let includeDepth = 10

    /// Reads files in order; those that are not there have no settings.
    init(reading files: [[UInt8]], home: [UInt8]?) {
        self.home = home
        for file in files { read(file, depth: 0) }
    }

    private mutating func read(_ file: [UInt8], depth: Int) {
        guard depth <= Self.includeDepth,
            let content = SystemFile.content(file, followsLinks: true)
        else { return }
        var parser = Parser(content: content)
        while let setting = parser.next() {
            switch (setting.section, setting.key) {
            case ("core", "excludesfile"): excludesFile = expanded(setting.value)
            case ("include", "path"):
                let path = expanded(setting.value)
                let folder = file.prefix(through: file.lastIndex(of: UInt8(ascii: "/")) ?? 0)
                read(path.first == UInt8(ascii: "/") ? path : folder + path, depth: depth + 1)
            default: break
            }
        }
    }

    private func expanded(_ path: [UInt8]) -> [UInt8] {
        guard let home, path.starts(with: [UInt8(ascii: "~"), UInt8(ascii: "/")]) else {
            return path
        }
        return home + path.dropFirst()
    }
}

extension GitConfig {
    /// One line `key = value`.
    private struct Setting {
        /// In lower case; with a subsection another name than any that is looked for.
        var section: String
        /// In lower case.
        var key: String
        var value: [UInt8]
    }

    /// Reads the format of git-config(1); what cannot be understood is passed over line by line.
    private struct Parser {
        let content: [UInt8]
        var position = 0
        var section = ""

        init(content: [UInt8]) { self.content = content }

        private var peek: UInt8? { position < content.count ? content[position] : nil }

        mutating func next() -> Setting? {
            while let byte = peek {
                switch byte {
                case UInt8(ascii: "["): readSection()
                case UInt8(ascii: "#"), UInt8(ascii: ";"): skipLine()
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                    return readSetting()
                default: position += 1
                }
            }
            return nil
        }

        private mutating func skipLine() {
            while let byte = peek, byte != 0x0A { position += 1 }
        }

        private mutating func readSection() {
            let start = position + 1
            while let byte = peek, byte != UInt8(ascii: "]"), byte != 0x0A { position += 1 }
            section = String(decoding: content[start..<position], as: UTF8.self).lowercased()
            if peek == UInt8(ascii: "]") { position += 1 }
        }

        private mutating func readSetting() -> Setting {
            let start = position
            while let byte = peek, byte == UInt8(ascii: "-") || isAlphanumeric(byte) {
                position += 1
            }
            let key = String(decoding: content[start..<position], as: UTF8.self).lowercased()
            skipBlanks()
            var value: [UInt8] = []
            if peek == UInt8(ascii: "=") {
                position += 1
                skipBlanks()
                value = readValue()
            } else {
                skipLine()
            }
            return Setting(section: section, key: key, value: value)
        }

        private mutating func skipBlanks() {
            while let byte = peek, byte == 0x20 || byte == 0x09 { position += 1 }
        }

        /// Up to the line's end or a comment; quotes keep blanks and comment signs, a backslash escapes.
        private mutating func readValue() -> [UInt8] {
            var value: [UInt8] = []
            var length = 0
            var isQuoted = false
            while let byte = peek, byte != 0x0A {
                position += 1
                switch byte {
                case UInt8(ascii: "\""):
                    isQuoted.toggle()
                    length = value.count
                case UInt8(ascii: "\\"):
                    guard let escaped = escape() else { continue }
                    value.append(escaped)
                    length = value.count
                case UInt8(ascii: "#"), UInt8(ascii: ";"):
                    if !isQuoted {
                        skipLine()
                        return Array(value.prefix(length))
                    }
                    fallthrough
                default:
                    // Blanks at both ends do not count.
                    let isBlank = byte == 0x20 || byte == 0x09 || byte == 0x0D
                    if isBlank, !isQuoted, value.isEmpty { continue }
                    value.append(byte)
                    if isQuoted || !isBlank { length = value.count }
                }
            }
            return Array(value.prefix(length))
        }

        /// What the backslash before stands for; nil where it goes on with the next line.
        private mutating func escape() -> UInt8? {
            guard let byte = peek else { return nil }
            position += 1
            switch byte {
            case 0x0A: return nil
            case 0x0D where peek == 0x0A:
                position += 1
                return nil
            case UInt8(ascii: "n"): return 0x0A
            case UInt8(ascii: "t"): return 0x09
            case UInt8(ascii: "b"): return 0x08
            default: return byte
            }
        }

        private func isAlphanumeric(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        }
    }
}

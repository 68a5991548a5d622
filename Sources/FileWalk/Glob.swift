/// The part of an ignore pattern from its first wildcard on, as gitignore(5) reads it.
struct Glob: Sendable {
    private enum Token: Sendable {
        case byte(UInt8)
        /// `?`: any byte but `/`.
        case anyByte
        /// `[…]`: never `/`.
        case oneOf(ByteSet)
        /// `*`: any bytes without `/`.
        case star
        /// `**/`: any folders, also none.
        case folders
        /// `**` at the end: all that follows.
        case anything

        /// Whether it stands for this one byte.
        func takes(_ byte: UInt8) -> Bool {
            switch self {
            case .byte(let wanted): byte == wanted
            case .anyByte: byte != UInt8(ascii: "/")
            case .oneOf(let set): set.contains(byte)
            case .star, .folders, .anything: false
            }
        }
    }

    private var tokens: [Token] = []

    /// Reads a pattern; nil for one that can never match: a bracket that is not closed, a class that is not known, a
    /// lone backslash at the end.
    init?(_ pattern: ArraySlice<UInt8>) {
        var position = pattern.startIndex
        while position < pattern.endIndex {
            let byte = pattern[position]
            position += 1
            switch byte {
            case UInt8(ascii: "?"): tokens.append(.anyByte)
            case UInt8(ascii: "*"): tokens.append(Self.stars(in: pattern, at: &position))
            case UInt8(ascii: "["):
                guard let set = ByteSet(bracketIn: pattern, at: &position) else { return nil }
                tokens.append(.oneOf(set))
            case UInt8(ascii: "\\"):
                guard position < pattern.endIndex else { return nil }
                tokens.append(.byte(pattern[position]))
                position += 1
            default: tokens.append(.byte(byte))
            }
        }
    }

    /// The star before `position` and those that follow it: two or more between slashes reach over folders.
    private static func stars(in pattern: ArraySlice<UInt8>, at position: inout Int) -> Token {
        let first = position - 1
        while position < pattern.endIndex, pattern[position] == UInt8(ascii: "*") { position += 1 }
        let isDouble = position - first > 1
        let isAtBegin = first == pattern.startIndex || pattern[first - 1] == UInt8(ascii: "/")
        guard isDouble, isAtBegin else { return .star }
        let rest = pattern[position...]
        if rest.first == UInt8(ascii: "/") {
            position += 1
            return .folders
        }
        return rest.isEmpty || rest.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "/")])
            ? .anything : .star
    }

    /// Whether it matches `text` from `start` to its end.
    ///
    /// A mismatch goes back to the last star, then to the last `**`, never further: what lies before either is
    /// as short as can be already. So the time is bounded by the product of the lengths.
    func matches(_ text: Span<UInt8>, from start: Int) -> Bool {
        var token = 0
        var place = start
        var star: (next: Int, place: Int)?
        var deep: (next: Int, place: Int, byFolder: Bool)?
        while true {
            if token == tokens.count {
                if place == text.count { return true }
            } else {
                switch tokens[token] {
                case .star:
                    token += 1
                    star = (token, place)
                    continue
                case .folders:
                    token += 1
                    deep = (token, place, true)
                    star = nil
                    continue
                case .anything:
                    token += 1
                    deep = (token, place, false)
                    star = nil
                    continue
                case .byte, .anyByte, .oneOf:
                    if place < text.count, tokens[token].takes(text[place]) {
                        token += 1
                        place += 1
                        continue
                    }
                }
            }
            if let last = star, last.place < text.count, text[last.place] != UInt8(ascii: "/") {
                star = (last.next, last.place + 1)
                (token, place) = (last.next, last.place + 1)
            } else if let last = deep, let next = Self.further(last.place, last.byFolder, text) {
                deep = (last.next, next, last.byFolder)
                star = nil
                (token, place) = (last.next, next)
            } else {
                return false
            }
        }
    }

    /// The next place up to which a `**` may reach.
    private static func further(_ place: Int, _ byFolder: Bool, _ text: Span<UInt8>) -> Int? {
        var place = place
        while place < text.count {
            place += 1
            if !byFolder || text[place - 1] == UInt8(ascii: "/") { return place }
        }
        return nil
    }
}

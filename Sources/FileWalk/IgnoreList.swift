/// The patterns of one ignore file, as gitignore(5) defines them.
struct IgnoreList: Sendable {
    /// What a list says of a path.
    enum Verdict {
        case ignored
        /// A pattern with `!` takes it back in.
        case included
    }

    /// How a pattern is compared, cheapest first.
    private enum Shape {
        /// Without wildcards.
        case literal
        /// `*` and then no wildcard.
        case suffix
        /// The text up to the first wildcard, then the glob with this index.
        case glob(Int)
    }

    /// One pattern; no reference in it, as each path is held against all of them.
    private struct Pattern {
        var isNegated: Bool
        var isFolderOnly: Bool
        /// Compared with the path below the list's folder, not with the name alone.
        var isPath: Bool
        var shape: Shape
        /// Where in `text` its literal part is.
        var literal: Range<Int>
    }

    /// How many bytes of an absolute path name the folder that the patterns start from, its `/` included.
    private let base: Int
    private var patterns: [Pattern] = []
    private var text: [UInt8] = []
    private var globs: [Glob] = []

    /// Whether it has no pattern.
    var isEmpty: Bool { patterns.isEmpty }

    /// Reads the content of an ignore file, whose patterns start from the folder of `base` bytes.
    init(_ content: [UInt8], base: Int) {
        self.base = base
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let lines = content.dropFirst(content.starts(with: mark) ? mark.count : 0)
        for line in lines.split(separator: 0x0A) { add(line: line) }
    }

    /// Takes patterns as they are, one each.
    init(patterns: [String], base: Int) {
        self.base = base
        for pattern in patterns { add(line: ArraySlice(pattern.utf8)) }
    }

    private mutating func add(line: ArraySlice<UInt8>) {
        guard line.first != UInt8(ascii: "#") else { return }
        var line = line.last == 0x0D ? line.dropLast() : line
        line = Self.withoutTrailingSpaces(line.prefix { $0 != 0 })
        let isNegated = line.first == UInt8(ascii: "!")
        if isNegated { line = line.dropFirst() }
        let isFolderOnly = line.last == UInt8(ascii: "/")
        if isFolderOnly { line = line.dropLast() }
        let isPath = line.contains(UInt8(ascii: "/"))
        if line.first == UInt8(ascii: "/") { line = line.dropFirst() }
        guard !line.isEmpty else { return }
        var literal = line.prefix { !Self.isSpecial($0) }
        var shape = Shape.literal
        if literal.count < line.count {
            let rest = line.dropFirst(literal.count)
            let afterStar = rest.dropFirst()
            if !isPath, literal.isEmpty, rest.first == UInt8(ascii: "*"),
                !afterStar.contains(where: Self.isSpecial)
            {
                shape = .suffix
                literal = afterStar
            } else {
                guard let glob = Glob(rest) else { return }
                shape = .glob(globs.count)
                globs.append(glob)
            }
        }
        patterns.append(
            Pattern(
                isNegated: isNegated, isFolderOnly: isFolderOnly, isPath: isPath, shape: shape,
                literal: text.count..<text.count + literal.count))
        text += literal
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[")
            || byte == UInt8(ascii: "\\")
    }

    /// Spaces at the end do not count, but for an escaped one.
    private static func withoutTrailingSpaces(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var end = line.startIndex
        var position = line.startIndex
        while position < line.endIndex {
            let isEscaped = line[position] == UInt8(ascii: "\\")
            if isEscaped || line[position] != 0x20 {
                position = min(position + (isEscaped ? 2 : 1), line.endIndex)
                end = position
            } else {
                position += 1
            }
        }
        return line[..<end]
    }

    /// What the last pattern that matches says; nil where none does. `path` is absolute, its name begins at
    /// `nameStart`.
    func verdict(on path: Span<UInt8>, nameStart: Int, isFolder: Bool) -> Verdict? {
        let text = text.span
        var index = patterns.count
        while index > 0 {
            index -= 1
            let pattern = patterns[index]
            if pattern.isFolderOnly, !isFolder { continue }
            if matches(pattern, text, path, from: pattern.isPath ? base : nameStart) {
                return pattern.isNegated ? .included : .ignored
            }
        }
        return nil
    }

    @inline(__always)
    private func matches(
        _ pattern: Pattern, _ text: Span<UInt8>, _ path: Span<UInt8>, from start: Int
    ) -> Bool {
        let length = pattern.literal.count
        let left = path.count - start
        switch pattern.shape {
        case .literal:
            return left == length && Self.equal(text, pattern.literal, path, start)
        case .suffix:
            return left >= length
                && Self.equal(text, pattern.literal, path, path.count - length)
        case .glob(let index):
            return left >= length && Self.equal(text, pattern.literal, path, start)
                && globs[index].matches(path, from: start + length)
        }
    }

    /// Whether the pattern's literal stands in `path` at `start`; compared from its end, where names differ most.
    @inline(__always)
    private static func equal(
        _ text: Span<UInt8>, _ literal: Range<Int>, _ path: Span<UInt8>, _ start: Int
    ) -> Bool {
        var offset = literal.count
        while offset > 0 {
            offset -= 1
            if text[literal.lowerBound + offset] != path[start + offset] { return false }
        }
        return true
    }
}

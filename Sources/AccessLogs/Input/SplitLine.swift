/// Joins lines that a container runtime has split, since they were longer than its buffer.
enum SplitLine: Sendable {
    /// `… stdout P begin`, then `… stdout F end` (CRI).
    case flagged
    /// `{"log":"begin","stream":…}`, then `{"log":"end\n","stream":…}` (Docker's JSON file).
    case unterminated

    /// A line that holds a part of another.
    private struct Part {
        /// What it holds of the other line.
        var content: Range<Int>
        var line: Range<Int>
        /// Where the line begins, padding included.
        var start: Int
        /// Whether more follows.
        var isOpen: Bool
        /// Which of the container's two streams it belongs to.
        var stream: UInt8
    }

    /// Lines of other streams may stand between two parts.
    private static let reach = 64
    private static let maximumLength = 1 << 20
    /// Docker splits after 16 KiB; other collectors write texts without their line's end as well.
    private static let dockerLimit = 16 * 1024

    /// How the lines are split of a log that begins so; nil where they are not.
    init?(begin: Span<UInt8>) {
        let line = 0..<endOfLine(begin, from: 0)
        if LineWrapper.cri.inner(begin, line) != nil {
            self = .flagged
        } else if Self.startsAsDocker(begin, line) {
            self = .unterminated
        } else {
            return nil
        }
    }

    private static func startsAsDocker(_ block: Span<UInt8>, _ line: Range<Int>) -> Bool {
        let begin = [UInt8](#"{"log":""#.utf8)
        guard line.count > begin.count else { return false }
        for offset in begin.indices where block[line.lowerBound + offset] != begin[offset] {
            return false
        }
        return true
    }

    /// The begins of the lines in `block[range]` of which more follows, ascending.
    func openLines(_ block: Span<UInt8>, _ range: Range<Int>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let end = endOfLine(block, from: start)
            if mayBeOpen(block, start..<end), part(block, start..<end)?.isOpen == true {
                result.append(start..<end)
            }
            start = end + 1
        }
        return result
    }

    /// The whole line that `line` holds a part of, with where the lines begin that hold the parts; nil where it
    /// stands alone.
    func joined(
        _ block: Span<UInt8>, _ range: Range<Int>, _ line: Range<Int>
    ) -> (bytes: [UInt8], starts: [Int])? {
        guard let own = part(block, line) else { return nil }
        var first = own
        while let before = part(block, range, before: first), before.isOpen { first = before }
        guard first.isOpen else { return nil }
        var bytes = (first.line.lowerBound..<first.content.lowerBound).map { block[$0] }
        if case .flagged = self, bytes.count > 2 { bytes[bytes.count - 2] = UInt8(ascii: "F") }
        var last = first
        var starts = [first.start]
        while true {
            for index in last.content where bytes.count < Self.maximumLength {
                bytes.append(block[index])
            }
            guard last.isOpen, let next = part(block, range, after: last) else { break }
            last = next
            starts.append(next.start)
        }
        for index in last.content.upperBound..<last.line.upperBound { bytes.append(block[index]) }
        return (bytes, starts)
    }

    /// Where the lines at the end of `block[range]` begin that go on behind it.
    func openEnd(_ block: Span<UInt8>, _ range: Range<Int>) -> Int {
        var end = range.upperBound
        for _ in 0..<Self.reach {
            guard end > range.lowerBound else { break }
            var start = end - 1
            while start > range.lowerBound, block[start - 1] != 0x0A { start -= 1 }
            guard part(block, start..<end - 1)?.isOpen == true else { break }
            end = start
        }
        return end
    }

    /// Cheaper than to take the line apart, and true for every open one.
    private func mayBeOpen(_ block: Span<UInt8>, _ line: Range<Int>) -> Bool {
        switch self {
        case .flagged:
            guard line.count > 30 else { return false }
            for index in line.lowerBound + 20..<min(line.upperBound - 1, line.lowerBound + 48)
            where block[index] == UInt8(ascii: "P") && block[index + 1] == 0x20 {
                return true
            }
            return false
        case .unterminated: return line.count > Self.dockerLimit
        }
    }

    private func part(_ block: Span<UInt8>, _ whole: Range<Int>) -> Part? {
        let line = trimmed(block, whole)
        switch self {
        case .flagged:
            guard let content = LineWrapper.cri.inner(block, line) else { return nil }
            let flag = content.lowerBound - 2
            // The padding at the end is the log's own.
            return Part(
                content: content.lowerBound..<max(content.lowerBound, whole.upperBound),
                line: line.lowerBound..<whole.upperBound, start: whole.lowerBound,
                isOpen: block[flag] == UInt8(ascii: "P"), stream: block[flag - 2])
        case .unterminated:
            guard Self.startsAsDocker(block, line) else { return nil }
            var scanner = JSONScanner(position: line.lowerBound + 7, end: line.upperBound)
            guard let text = scanner.string(block) else { return nil }
            let rest = [UInt8](#","stream":"std"#.utf8)
            let content = text.range
            guard scanner.position + rest.count < line.upperBound else { return nil }
            for offset in rest.indices where block[scanner.position + offset] != rest[offset] {
                return nil
            }
            let isEnded =
                content.count >= 2 && block[content.upperBound - 1] == UInt8(ascii: "n")
                && block[content.upperBound - 2] == UInt8(ascii: "\\")
            return Part(
                content: content, line: line, start: whole.lowerBound,
                isOpen: !isEnded && content.count >= Self.dockerLimit,
                stream: block[scanner.position + rest.count])
        }
    }

    private func part(_ block: Span<UInt8>, _ range: Range<Int>, before part: Part) -> Part? {
        var end = part.start
        for _ in 0..<Self.reach {
            guard end > range.lowerBound else { return nil }
            var start = end - 1
            while start > range.lowerBound, block[start - 1] != 0x0A { start -= 1 }
            guard let before = self.part(block, start..<end - 1) else { return nil }
            if before.stream == part.stream { return before }
            end = start
        }
        return nil
    }

    private func part(_ block: Span<UInt8>, _ range: Range<Int>, after part: Part) -> Part? {
        var start = endOfLine(block, from: part.line.upperBound) + 1
        for _ in 0..<Self.reach {
            guard start < range.upperBound else { return nil }
            let end = min(endOfLine(block, from: start), range.upperBound)
            guard let after = self.part(block, start..<end) else { return nil }
            if after.stream == part.stream { return after }
            start = end + 1
        }
        return nil
    }
}

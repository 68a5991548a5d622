import Deprecations

/// Recognises a stream while it is read, and makes the checkpoint for the next time.
///
/// The content's digest is taken at the lengths that known streams with the same head are marked at. A known
/// stream is this one as long as no digest differs; it is confirmed where the digest at its whole length agrees.
struct StreamRecogniser {
    /// What came of the comparison with the known streams.
    enum Verdict {
        /// Nothing is known of it.
        case new
        /// It goes on where this known stream ended.
        case continued(LogCheckpoint)
        /// It is a copy of this known stream, or of its begin: nothing is new.
        case copy(LogCheckpoint, isWhole: Bool)
    }

    private struct Candidate {
        var checkpoint: LogCheckpoint
        var isAlive = true
        var isConfirmed = false
        /// Its unterminated last line reads otherwise now.
        var isTailChanged = false
        /// Content with the unterminated last line.
        var wholeLength: Int
    }

    private struct Point {
        var length: Int
        var digest: ContentDigest
        var candidate: Int
    }

    private let head: StreamHead
    private var candidates: [Candidate] = []
    /// Ascending by length; the ones before `nextPoint` have been passed.
    private var points: [Point] = []
    private var nextPoint = 0
    private var hasher = ContentHasher()
    private var marks: [LogCheckpoint.Mark] = []
    /// Digests that told a known stream from this one.
    private var differences: [LogCheckpoint.Mark] = []
    /// The digest up to the last line's end, while a line that is longer than a block is taken in.
    private var atLineEnd: ContentHasher?

    init(head: StreamHead, known: [LogCheckpoint]) {
        self.head = head
        for (index, checkpoint) in known.enumerated() {
            var all = checkpoint.marks
            all.append(.init(length: checkpoint.length, digest: checkpoint.contentDigest))
            for mark in all where mark.length > 0 {
                points.append(
                    Point(length: mark.length, digest: mark.digest, candidate: index))
            }
            candidates.append(
                Candidate(
                    checkpoint: checkpoint, isConfirmed: checkpoint.length == 0,
                    wholeLength: max(checkpoint.length, checkpoint.marks.last?.length ?? 0)))
        }
        points.sort { $0.length < $1.length }
    }

    /// Takes in whole lines; answers where in `range` the last known stream that is confirmed by them ended.
    mutating func advance(_ block: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var position = range.lowerBound
        var confirmedAt: Int?
        var nextMark = nextMarkEnd(block, range, from: position)
        while position < range.upperBound {
            var stop = range.upperBound
            if nextPoint < points.count {
                stop = min(stop, position + points[nextPoint].length - hasher.length)
            }
            if let nextMark { stop = min(stop, nextMark) }
            hasher.update(block, position..<stop)
            position = stop
            if passPoints() { confirmedAt = position }
            if position == nextMark {
                marks.append(.init(length: hasher.length, digest: hasher.digest))
                nextMark = nextMarkEnd(block, range, from: position)
            }
        }
        return confirmedAt
    }

    /// Takes in a part of a line that is longer than a block; true where a known stream ends with it.
    @discardableResult
    mutating func advanceInsideLine(_ block: Span<UInt8>, _ range: Range<Int>) -> Bool {
        if atLineEnd == nil { atLineEnd = hasher }
        var position = range.lowerBound
        var isConfirmed = false
        while position < range.upperBound {
            var stop = range.upperBound
            if nextPoint < points.count {
                stop = min(stop, position + points[nextPoint].length - hasher.length)
            }
            hasher.update(block, position..<stop)
            position = stop
            isConfirmed = passPoints()
        }
        return isConfirmed
    }

    /// The line that is longer than a block has ended.
    mutating func endLongLine() { atLineEnd = nil }

    /// Takes in the unterminated last line, and says what the stream is.
    mutating func finish(
        tail block: Span<UInt8>, _ range: Range<Int>, format: String, formatState: String
    ) -> (verdict: Verdict, checkpoint: LogCheckpoint) {
        let lineEnd = atLineEnd ?? hasher
        advanceInsideLine(block, range)
        let whole = hasher
        let verdict = verdict(lineEnd: lineEnd.length, whole: whole.length)
        var all = marks + differences.filter { $0.length <= lineEnd.length }
        all.removeAll { $0.length == lineEnd.length }
        if whole.length > lineEnd.length {
            all.append(.init(length: whole.length, digest: whole.digest))
        }
        all.sort { $0.length < $1.length }
        var kept: [LogCheckpoint.Mark] = []
        for mark in all where kept.last?.length != mark.length { kept.append(mark) }
        let checkpoint = LogCheckpoint(
            headDigest: head.digest, headLength: head.length, length: lineEnd.length,
            contentDigest: lineEnd.digest, marks: kept, format: format, formatState: formatState)
        return (verdict, checkpoint)
    }

    /// Compares at the points that have been reached; true where a known stream ends here.
    private mutating func passPoints() -> Bool {
        var isConfirmed = false
        var digest: ContentDigest?
        while nextPoint < points.count, points[nextPoint].length == hasher.length {
            let point = points[nextPoint]
            nextPoint += 1
            let own = digest ?? hasher.digest
            digest = own
            let known = candidates[point.candidate].checkpoint
            if own == point.digest {
                if point.length == known.length, candidates[point.candidate].isAlive {
                    candidates[point.candidate].isConfirmed = true
                    isConfirmed = true
                }
            } else if point.length <= known.length || known.length == 0 {
                candidates[point.candidate].isAlive = false
                candidates[point.candidate].isConfirmed = false
                differences.append(.init(length: point.length, digest: own))
            } else {
                // A last line that reads otherwise now does not make it another stream.
                candidates[point.candidate].isTailChanged = true
            }
        }
        return isConfirmed
    }

    private func verdict(lineEnd: Int, whole: Int) -> Verdict {
        let alive = candidates.filter(\.isAlive)
        // The longest known stream that this one is the begin of.
        let longer = alive.filter {
            $0.wholeLength >= whole && $0.checkpoint.length >= lineEnd && !$0.isTailChanged
        }
        if let original = longer.max(by: { $0.wholeLength < $1.wholeLength }) {
            return .copy(original.checkpoint, isWhole: original.wholeLength == whole)
        }
        let ended = alive.filter(\.isConfirmed)
        if let earlier = ended.max(by: { $0.checkpoint.length < $1.checkpoint.length }) {
            return .continued(earlier.checkpoint)
        }
        return .new
    }

    /// Where the next mark is to be set: at every line's end in the first 16 KiB (but 64 bytes apart), from then
    /// on at the first line's end that lies a sixteenth further on.
    private func nextMarkEnd(_ block: Span<UInt8>, _ range: Range<Int>, from position: Int) -> Int?
    {
        let last = marks.last?.length ?? 0
        let gap = last < 16_384 ? 64 : last / 16
        let base = hasher.length - position
        var index = max(position, last + gap - base - 1)
        while index < range.upperBound {
            if block[index] == 0x0A { return index + 1 }
            index += 1
        }
        return nil
    }
}

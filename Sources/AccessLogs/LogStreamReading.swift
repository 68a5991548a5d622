import ByteScan
import Deprecations

/// The reading of one log from its first byte to its last.
///
/// All content is read again each time, and only what lies behind the end of the known stream counts: what
/// comes before it is hashed to prove that it is the same.
struct LogStreamReading {
    private static let maximumLine = 1 << 20
    private static let chunk = 256 * 1024
    /// A log may have a line every other day; that many parts of its time are told apart.
    private static let maximumDayRanges = 512

    private let path: String
    private var gate: EndpointGate
    private let journalGate: EndpointGate
    /// How a container runtime has split the lines, where one may have.
    private var split: SplitLine?
    private var counter: RequestCounter
    private var spillUse: SpillUse
    private var buffer: [UInt8]
    /// Where in `buffer` content begins and ends that is not yet taken in.
    private var start = 0
    private var end = 0
    /// Lines that were taken in, from the stream's begin.
    private var lineNumber = 0
    private var passing: [Range<Int>] = []
    private var cutLines = 0
    private var firstMalformed: Int?
    /// The first `maximumLine` bytes of a longer line lie in the buffer, and are taken in.
    private var isInLongLine = false
    private var diagnostics: [Diagnostic] = []
    /// Makes lines of the content where that is a JSON document; what it has read lies in `document`.
    private var records: JSONRecords?
    private var document: [UInt8] = []

    /// What the stream is taken for; nil where that is found out by its head.
    var assumption: LogCheckpoint??
    private var lateTraffic: [Traffic] = []
    private var lateCounts = LineCounts()

    /// What came of a reading.
    enum Outcome {
        case read(LogReading)
        /// Requests were counted as of another stream than it turned out to be: it is to be read again, as
        /// this one, or as a new one for nil.
        case isOther(LogCheckpoint?)
    }

    init(
        path: String, counter: RequestCounter, gate: EndpointGate, journalGate: EndpointGate,
        spill: TrafficSpill?
    ) {
        self.path = path
        spillUse = SpillUse(spill)
        self.journalGate = journalGate
        self.counter = counter
        self.gate = gate
        buffer = [UInt8](repeating: 0, count: Self.maximumLine + Self.chunk)
    }

    /// Reads `source` to its end.
    mutating func read(
        _ source: inout LogSource, known: KnownStreams, progress: (Int) -> Void
    ) throws -> Outcome {
        var reported = source.bytesRead
        var failure: LogSource.Failure?
        do throws(LogSource.Failure) {
            while end < StreamHead.maximumLength, try fill(&source) {}
            if JSONRecords.isDocument(
                buffer.span.extracting(0..<min(end, StreamHead.maximumLength)))
            {
                beginDocument()
                while end < StreamHead.maximumLength, try fill(&source) {}
            }
        } catch {
            failure = error
        }
        try checkCancellation(failure)
        if failure == nil, isBinary {
            return .read(.unreadable(path, "is binary data and no log"))
        }
        let candidates = try checkpoints(known)
        counter.assume(assumption ?? candidates.first)
        var recogniser = StreamRecogniser(
            head: StreamHead(buffer.span.extracting(0..<end)), known: candidates)
        let begin = Array(buffer[..<end])
        counter.detectFormat(begin.span)
        if isJournal { gate = journalGate }
        split = SplitLine(begin: begin.span)
        var isMore = failure == nil
        while isMore {
            try Task.checkCancellation()
            try takeLines(&recogniser, isLast: false)
            do throws(LogSource.Failure) {
                isMore = try fill(&source)
            } catch {
                failure = error
                isMore = false
            }
            try checkCancellation(failure)
            progress(source.bytesRead - reported)
            reported = source.bytesRead
        }
        try takeLines(&recogniser, isLast: true)
        return try finish(&recogniser, source, failure: failure)
    }

    /// Being cancelled is no failure of the log.
    private func checkCancellation(_ failure: LogSource.Failure?) throws {
        if case .cancelled? = failure { throw CancellationError() }
    }

    /// The known streams whose head this one has.
    private func checkpoints(_ known: KnownStreams) throws -> [LogCheckpoint] {
        guard end > 0 else { return [] }
        let head = StreamHead(buffer.span.extracting(0..<end))
        let kept = Set(try known.headLengths())
        var result: [LogCheckpoint] = []
        for length in head.possibleLengths where kept.contains(length) {
            let digest = ContentHasher.digest(of: buffer.span, 0..<length)
            result += try known.checkpoints(digest, length)
        }
        return result
    }

    /// Reads more content; false at its end.
    private mutating func fill(_ source: inout LogSource) throws(LogSource.Failure) -> Bool {
        if start > 0 {
            let rest = end - start
            for offset in 0..<rest { buffer[offset] = buffer[start + offset] }
            start = 0
            end = rest
        }
        let before = end
        if records != nil { return try fillFromDocument(&source) }
        end = try source.read(
            into: &buffer, at: end, limit: min(end + Self.chunk, buffer.count))
        return end > before
    }

    /// What has been read is the begin of a JSON document: its records are the lines.
    private mutating func beginDocument() {
        var begin = JSONRecords()
        begin.take(buffer.span.extracting(start..<end))
        records = begin
        document = [UInt8](repeating: 0, count: Self.chunk)
        start = 0
        end = 0
    }

    /// Reads on in a document until there is another line, or a part of one; false at its end.
    private mutating func fillFromDocument(
        _ source: inout LogSource
    ) throws(LogSource.Failure) -> Bool {
        guard var records else { return false }
        self.records = nil
        defer { self.records = records }
        while records.output.isEmpty {
            let count = try source.read(into: &document, at: 0, limit: document.count)
            if count == 0 {
                records.finish()
                if records.output.isEmpty { return false }
            } else {
                records.take(document.span.extracting(0..<count))
            }
        }
        let count = min(records.output.count, buffer.count - end)
        buffer.overwrite(at: end, with: records.output.span, 0..<count)
        records.drop(count)
        end += count
        return count > 0
    }

    /// Content with NUL bytes, other than the runs that stand before a line after a log was cut off while it
    /// was written to.
    private var isBinary: Bool {
        var isInLine = false
        for index in 0..<min(end, StreamHead.maximumLength) {
            switch buffer[index] {
            case 0: if isInLine { return true }
            case 0x0A: isInLine = false
            default: isInLine = true
            }
        }
        return false
    }

    /// What `journalctl -o json` writes.
    private var isJournal: Bool {
        let begin = String(
            decoding: buffer[..<min(end, StreamHead.maximumLength)], as: UTF8.self)
        return begin.contains("\"__REALTIME_TIMESTAMP\"")
    }

    /// Takes in the whole lines of the buffer.
    private mutating func takeLines(_ recogniser: inout StreamRecogniser, isLast: Bool) throws {
        if isInLongLine {
            try endLongLine(&recogniser)
            if isInLongLine { return }
        }
        var last = start
        if let newline = buffer.span.lastPlace(of: 0x0A, in: start..<end) { last = newline + 1 }
        guard last > start else {
            if !isInLongLine, end - start > Self.maximumLine { beginLongLine(&recogniser) }
            return
        }
        if !isLast, let split {
            // The parts of a line are looked at together.
            let end = split.openEnd(buffer.span, start..<last)
            if end > start { last = end }
        }
        let range = start..<last
        if let known = recogniser.advance(buffer.span, range) {
            try count(range.lowerBound..<known)
            try forgetCounts()
            if known < last { try count(known..<last) }
        } else {
            try count(range)
        }
        start = last
    }

    /// Keeps the begin of a line that does not fit, and only hashes the rest of it.
    private mutating func beginLongLine(_ recogniser: inout StreamRecogniser) {
        recogniser.advanceInsideLine(buffer.span, start..<end)
        end = start + Self.maximumLine
        isInLongLine = true
    }

    private mutating func endLongLine(_ recogniser: inout StreamRecogniser) throws {
        let kept = start + Self.maximumLine
        var newline = kept
        while newline < end, buffer[newline] != 0x0A { newline += 1 }
        guard newline < end else {
            recogniser.advanceInsideLine(buffer.span, kept..<end)
            end = kept
            return
        }
        let isKnown = recogniser.advanceInsideLine(buffer.span, kept..<newline + 1)
        recogniser.endLongLine()
        isInLongLine = false
        lineNumber += 1
        countBegin(ofLineAt: start)
        if isKnown { try forgetCounts() }
        start = newline + 1
    }

    private mutating func forgetCounts() throws {
        try spillUse.discard()
        if counter.counted.countsLate {
            lateTraffic = counter.late.sorted()
            lateCounts = counter.lateCounts
        }
        counter.forgetCounts()
        cutLines = 0
        firstMalformed = nil
    }

    /// Counts the whole lines of a part of the buffer.
    private mutating func count(_ range: Range<Int>) throws {
        guard let long = longLine(in: range) else {
            try countLines(range)
            return
        }
        // There is room for one of these at most.
        try countLines(range.lowerBound..<long.lowerBound)
        lineNumber += 1
        countBegin(ofLineAt: long.lowerBound)
        try countLines(long.upperBound..<range.upperBound)
    }

    /// A line with its newline that is longer than what is looked at of a line.
    private func longLine(in range: Range<Int>) -> Range<Int>? {
        guard range.count > Self.maximumLine else { return nil }
        var lineStart = range.lowerBound
        for index in range where buffer[index] == 0x0A {
            if index - lineStart > Self.maximumLine { return lineStart..<index + 1 }
            lineStart = index + 1
        }
        return nil
    }

    /// Counts a long line by what is looked at of it.
    private mutating func countBegin(ofLineAt position: Int) {
        cutLines += 1
        let content = buffer
        let begin = position..<position + Self.maximumLine
        if !counter.count(content.span, begin), firstMalformed == nil {
            firstMalformed = lineNumber
        }
    }

    private mutating func countLines(_ range: Range<Int>) throws {
        guard !range.isEmpty else { return }
        // One more reference to the bytes for as long as this takes; nothing is copied.
        let content = buffer
        let block = content.span
        let lines = block.countLines(in: range)
        gate.lines(of: block, range, into: &passing)
        if let split { addOpenLines(split.openLines(block, range)) }
        counter.countOthers(lines.all - lines.blank - passing.count, blank: lines.blank)
        var joined: Set<Int> = []
        for line in passing {
            // The other parts of a line that is counted are others.
            if joined.contains(line.lowerBound) {
                counter.countOthers(1, blank: 0)
                continue
            }
            var isRead: Bool
            if let whole = split?.joined(block, range, line) {
                joined.formUnion(whole.starts)
                isRead = counter.count(whole.bytes.span, 0..<whole.bytes.count)
            } else {
                isRead = counter.count(block, line)
            }
            if counter.traffic.isFull { try spillUse.relieve(&counter.traffic) }
            if !isRead, firstMalformed == nil {
                firstMalformed =
                    lineNumber + 1 + block.countLines(in: range.lowerBound..<line.lowerBound).all
            }
        }
        lineNumber += lines.all
        counter.noteTimes(block, range, isBegin: lineNumber == lines.all)
    }
}

extension LogStreamReading {
    /// A line of which more follows may name the endpoint only together with that.
    private mutating func addOpenLines(_ open: [Range<Int>]) {
        guard !open.isEmpty else { return }
        let known = Set(passing.map(\.lowerBound))
        passing += open.filter { !known.contains($0.lowerBound) }
        passing.sort { $0.lowerBound < $1.lowerBound }
    }

    /// What the reading brought.
    private mutating func finish(
        _ recogniser: inout StreamRecogniser, _ source: LogSource,
        failure: LogSource.Failure?
    ) throws -> Outcome {
        let rest = start..<end
        var tail = counter
        tail.forgetCounts()
        if !rest.isEmpty { tail.count(buffer.span, rest) }
        if isInLongLine { cutLines += 1 }
        let format = counter.parser.formatName ?? tail.parser.formatName
        let (verdict, checkpoint) = recogniser.finish(
            tail: buffer.span, isInLongLine ? end..<end : rest, format: format ?? "",
            formatState: counter.parser.formatState)
        var reading = LogReading(
            path: path, format: format, compression: source.compression, state: .complete)
        switch verdict {
        case .new:
            guard counter.counted.fits(nil) else { return try isOther(nil) }
            reading.checkpoint = checkpoint
            reading.checkpoint?.counted = counter.counted.counted(after: nil)
            takeCounts(tail, into: &reading)
        case .continued(let earlier):
            guard counter.counted.fits(earlier) else { return try isOther(earlier) }
            reading.resumedFrom = earlier
            reading.checkpoint = checkpoint
            reading.checkpoint?.counted = counter.counted.counted(after: earlier)
            takeCounts(tail, into: &reading)
            addLate(to: &reading)
        case .copy(let original, let isWhole):
            reading.resumedFrom = original
            reading.checkpoint = original
            if isWhole {
                guard counter.counted.fits(original) else { return try isOther(original) }
                reading.checkpoint?.counted = counter.counted.counted(after: original)
                reading.tailCounts = tail.counts
                reading.tailTraffic = tail.traffic.sorted()
                addLate(to: &reading)
            }
        }
        reading.days = counter.days.union(tail.days)
        reading.days.coarsen(to: Self.maximumDayRanges)
        reading.shows = counter.shows.union(tail.shows)
        reading.furtherCallers = counter.traffic.furtherCallers
        if spillUse.isUsed {
            // Of a copy nothing is stored.
            if reading.checkpoint == reading.resumedFrom || source.bytesProduced == 0 {
                try spillUse.discard()
            } else {
                reading.spill = spillUse.spill?.ticket
            }
        }
        if let failure {
            reading.state = source.bytesProduced > 0 ? .truncated : .unreadable
            note(.error, failure.advice(for: path, lines: lineNumber))
        }
        for warning in source.warnings { note(.warning, warning) }
        if source.bytesProduced == 0 { reading.checkpoint = nil }
        describe(reading, hasTail: !rest.isEmpty)
        reading.diagnostics = diagnostics
        return .read(reading)
    }

    private mutating func isOther(_ checkpoint: LogCheckpoint?) throws -> Outcome {
        try spillUse.discard()
        return .isOther(checkpoint)
    }

    /// Adds what was left out when the known part was read.
    private func addLate(to reading: inout LogReading) {
        guard lateCounts.matched > 0 else { return }
        reading.counts.add(lateCounts)
        reading.traffic += lateTraffic
    }

    private func takeCounts(_ tail: RequestCounter, into reading: inout LogReading) {
        reading.counts = counter.counts
        reading.traffic = counter.traffic.sorted()
        reading.tailCounts = tail.counts
        reading.tailTraffic = tail.traffic.sorted()
        let times = [counter.firstSeen, counter.lastSeen, tail.firstSeen, tail.lastSeen]
            .compactMap { $0 }
        reading.firstSeen = times.min()
        reading.lastSeen = times.max()
    }

    /// What limits the counts, as diagnostics.
    private mutating func describe(_ reading: LogReading, hasTail: Bool) {
        var counts = reading.counts
        counts.add(reading.tailCounts)
        if reading.format == nil, counts.other + counts.malformed > 0 {
            note(
                .warning,
                "no known log format fits its lines; name it with --log-format "
                    + "(a name, an nginx log_format or an Apache LogFormat)")
        }
        if counts.malformed > 0 {
            note(
                .warning,
                "\(counts.malformed) \(counts.malformed == 1 ? "line names" : "lines name") the endpoint and "
                    + "cannot be parsed; the first is this one", line: firstMalformed)
        }
        if counts.hostOnly > 0 {
            note(
                .warning,
                "\(counts.hostOnly) CONNECT \(counts.hostOnly == 1 ? "line" : "lines") to the provider's host: "
                    + "a tunnel shows no path, so these requests cannot be judged")
        }
        if cutLines > 0 {
            note(
                .warning,
                "\(cutLines) \(cutLines == 1 ? "line is" : "lines are") longer than 1 MiB; only the begin of "
                    + "each was looked at")
        }
        if !counter.traffic.furtherCallers.isEmpty {
            note(
                .warning,
                "there are too many different callers in this log to tell all of them apart; the requests of "
                    + "further ones are counted together as \(Caller.others.name ?? "")")
        }
    }

    private mutating func note(
        _ severity: Diagnostic.Severity, _ message: String, line: Int? = nil
    ) {
        diagnostics.append(
            Diagnostic(severity: severity, path: path, line: line, message: message))
    }
}

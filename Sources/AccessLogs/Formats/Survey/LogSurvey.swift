/// What a log is read as from its first line to its last, and where that changes.
package struct LogSurvey: Hashable, Sendable {
    /// As it was named.
    package var path: String
    /// The compression's name; nil for plain text.
    package var compression: String?
    /// What its begin is taken for, and why.
    package var begin: LogExplanation
    /// The formats that its lines have, in the order in which they come.
    package var readings: [Reading] = []
    /// How many lines there are; in a JSON document records.
    package var lines = 0
    /// How many show a request.
    package var requests = 0
    /// How many are blank, comments, names of columns, or of the format and without a request.
    package var others = 0
    /// How many are of no known format.
    package var unreadable = 0
    /// The first of these; nil where there is none.
    package var firstUnreadable: Int?
    /// Whether all of the content was looked at.
    package var isWhole = true
    /// Why the rest could not be read; nil where it could.
    package var damage: String?

    /// Lines of one format, with the same columns.
    package struct Reading: Hashable, Sendable {
        /// As reports name it.
        package var format: String
        /// What the format is, for people.
        package var title: String
        /// The first and the last line of it.
        package var range: ClosedRange<Int>
        /// How many lines are of it.
        package var lines: Int
        /// The first of them, field by field.
        package var examples: [LogExplanation.Line]
        /// What the examples do not record.
        package var gaps: [LogGap]
    }
}

/// What became of everything that a path names: a log, or an archive of logs.
package struct LogSurveys: Hashable, Sendable {
    /// The logs, in their order.
    package var logs: [LogSurvey] = []
    /// What could not be read, and why.
    package var failures: [String] = []
}

extension LogFormats {
    /// Reads what `path` (`-`: standard input) names, packed or not, and says what the lines are.
    ///
    /// `format` is tried instead of all known ones. Of each format `count` lines are taken apart. At most `limit`
    /// bytes of a log are looked at. Throws where the options make no sense, and where the task is cancelled.
    package static func survey(
        log path: String, format: String? = nil, timezone: String? = nil,
        headers: [String] = ["X-Version"], count: Int = 1, limit: Int = 1 << 30,
        ownFormats: [ServerConfiguration.Format] = []
    ) throws -> LogSurveys {
        let all = try CompiledFormats(headers: headers).adding(ownFormats)
        let compiled = try format.map(all.only)
        let zone = try LogReader.zone(LogReadingOptions(timezone: timezone))
        let parser = LineParser(compiled ?? all, isForced: compiled != nil, zone: zone)
        var file = LogFile(path)
        var result = LogSurveys()
        do throws(LogSource.Failure) {
            while let part = try file.next() {
                switch part {
                case .unreadable(let path, let reason): result.failures.append("\(path): \(reason)")
                case .archive(let archive):
                    if let failure = archive.failure {
                        result.failures.append("\(archive.path): \(failure.advice)")
                    }
                case .log(let source):
                    let survey = try survey(source, parser, headers, count: count, limit: limit)
                    result.logs.append(survey)
                }
            }
        } catch {
            if case .cancelled = error { throw CancellationError() }
            result.failures.append("\(path): \(error.advice)")
        }
        return result
    }

    private static func survey(
        _ source: LogSource, _ parser: LineParser, _ headers: [String], count: Int, limit: Int
    ) throws(LogSource.Failure) -> LogSurvey {
        var source = source
        var chunk = [UInt8](repeating: 0, count: 256 * 1024)
        var content: [UInt8] = []
        var records: JSONRecords?
        var surveyor: LogSurveyor?
        var isAtEnd = false
        var damage: String?
        while !isAtEnd, source.bytesProduced < limit {
            if Task.isCancelled { throw .cancelled }
            var end = 0
            do throws(LogSource.Failure) {
                // Enough to tell what it is, also where a pipe gives little at a time.
                repeat {
                    let next = try source.read(into: &chunk, at: end, limit: chunk.count)
                    isAtEnd = next == end
                    end = next
                } while !isAtEnd && end < StreamHead.maximumLength
            } catch {
                if case .cancelled = error { throw error }
                damage = error.advice
                isAtEnd = true
            }
            if surveyor == nil, JSONRecords.isDocument(chunk.span.extracting(0..<end)) {
                records = JSONRecords()
            }
            if records != nil {
                records?.take(chunk.span.extracting(0..<end))
                if isAtEnd { records?.finish() }
                if let lines = records?.output {
                    content += lines
                    records?.drop(lines.count)
                }
            } else {
                content += chunk[..<end]
            }
            var own =
                surveyor
                ?? LogSurveyor(
                    source.path, begin: content, parser: parser, headers: headers, count: count,
                    isDocument: records != nil)
            own.take(&content, isLast: isAtEnd)
            surveyor = own
        }
        var survey =
            surveyor?.survey
            ?? LogSurvey(
                path: source.path,
                begin: LogExplanation(
                    reasons: [], candidates: [], lineCount: 0, lines: []))
        survey.compression = source.compression
        survey.isWhole = isAtEnd
        survey.damage = damage
        return survey
    }
}

/// Goes through the lines of a log and notes what they are.
struct LogSurveyor {
    private(set) var survey: LogSurvey
    private var explainer: LogExplainer
    private let count: Int
    private var readings: [Key] = []

    private struct Key: Equatable {
        var name: String
        var columns: String
    }

    /// More formats in one log are not told apart.
    private static let maximumReadings = 32
    private static let maximumLine = 1 << 20

    init(
        _ path: String, begin: [UInt8], parser: LineParser, headers: [String], count: Int,
        isDocument: Bool
    ) {
        let sample = Array(begin.prefix(64 * 1024))
        var first = LogExplainer(parser: parser, headers: headers, isDocument: isDocument)
        survey = LogSurvey(path: path, begin: first.explain(sample, count: count))
        explainer = LogExplainer(parser: parser, headers: headers, isDocument: isDocument)
        explainer.detect(sample.span)
        self.count = count
    }

    /// Takes the whole lines off `content`; with `isLast` also the one without an end.
    mutating func take(_ content: inout [UInt8], isLast: Bool) {
        var end = content.count
        if !isLast {
            while end > 0, content[end - 1] != 0x0A { end -= 1 }
            // A line that never ends is looked at in pieces.
            if end == 0, content.count > Self.maximumLine { end = content.count }
        }
        let whole = content
        let block = whole.span
        var position = 0
        while position < end {
            let lineEnd = min(endOfLine(block, from: position), end)
            take(block, trimmed(block, position..<lineEnd))
            position = lineEnd + 1
        }
        content = Array(whole[min(position, whole.count)...])
    }

    private mutating func take(_ block: Span<UInt8>, _ line: Range<Int>) {
        survey.lines += 1
        guard !line.isEmpty else {
            survey.others += 1
            return
        }
        let (kind, place) = explainer.take(block, line)
        switch kind {
        case .directive: survey.others += 1
        case .noRequest:
            survey.others += 1
        case .unreadable:
            survey.unreadable += 1
            if survey.firstUnreadable == nil { survey.firstUnreadable = survey.lines }
        case .request:
            survey.requests += 1
            note(block, place)
        }
    }

    private mutating func note(_ block: Span<UInt8>, _ place: LineParser.Place) {
        let key = Key(
            name: explainer.parser.formatName ?? "", columns: explainer.parser.formatState)
        var index = readings.lastIndex(of: key)
        if index == nil, readings.count < Self.maximumReadings {
            index = readings.count
            readings.append(key)
            survey.readings.append(
                LogSurvey.Reading(
                    format: key.name, title: explainer.parser.formatTitle ?? "",
                    range: survey.lines...survey.lines, lines: 0, examples: [], gaps: []))
        }
        guard let index else { return }
        survey.readings[index].lines += 1
        survey.readings[index].range =
            survey.readings[index].range.lowerBound...survey.lines
        guard survey.readings[index].examples.count < count else { return }
        let gaps = explainer.gaps(block, place)
        let isFirst = survey.readings[index].examples.isEmpty
        // What one of the examples shows is recorded.
        survey.readings[index].gaps =
            isFirst ? gaps : survey.readings[index].gaps.filter(gaps.contains)
        survey.readings[index].examples.append(
            LogExplanation.Line(
                number: survey.lines, kind: .request, fields: explainer.fields(block, place)))
    }
}

/// What a log's first lines are taken for, and why.
package struct LogExplanation: Hashable, Sendable {
    /// The format's name as reports have it (`cri+combined`); nil where none fits.
    package var format: String?
    /// What the format is, for people; nil where none fits.
    package var title: String?
    /// Why, one sentence each.
    package var reasons: [String]
    /// Formats that fit some of the lines, the one that was chosen first.
    package var candidates: [Candidate]
    /// How many lines were looked at; comments and names of columns are not among them.
    package var lineCount: Int
    /// The first lines.
    package var lines: [Line]

    /// A format that fits some of the lines.
    package struct Candidate: Hashable, Sendable {
        /// Its name, with that of what collectors add.
        package var format: String
        /// How many of the lines it fits.
        package var fitting: Int
    }

    /// A line, field by field.
    package struct Line: Hashable, Sendable {
        /// From 1; in a JSON document the record's.
        package var number: Int
        /// What it is.
        package var kind: Kind
        /// What was read out of it; no query strings, and `***` for secrets.
        package var fields: [Field]

        /// What a line is.
        package enum Kind: Hashable, Sendable {
            /// It shows a request.
            case request
            /// It is of the format, and shows none.
            case noRequest
            /// It names columns or says something of the log.
            case directive
            /// It is of no known format, or not of the one that was asked for; why, where that is known.
            case unreadable(reason: String?)
        }
    }

    /// A field of a line.
    package struct Field: Hashable, Sendable {
        /// What it means: `host`, `status`, `header X-Version`.
        package var name: String
        /// What it holds; nil where the line says that there is nothing.
        package var value: String?
    }
}

/// Why no sample can be taken of a log.
package struct LogSampleError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, and what to do.
    package var description: String
}

extension LogFormats {
    /// The format that `text` describes, compiled; nil where it is a known format's name. Throws where it is
    /// neither.
    package static func check(
        _ text: String, headers: [String]
    ) throws(LogFormatError) -> CustomLogFormat? {
        _ = try CompiledFormats(headers: headers).only(text)
        if all.contains(where: { $0.name == text }) { return nil }
        return try CustomLogFormat(text, headers: headers)
    }

    /// The first bytes of the content of the log at `path` (`-`: standard input), decompressed.
    package static func sample(
        ofLog path: String, limit: Int = 64 * 1024
    ) throws(LogSampleError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: limit)
        var end = 0
        do throws(LogSource.Failure) {
            var source = try LogSource.open(path)
            while end < limit {
                let next = try source.read(into: &bytes, at: end, limit: limit)
                if next == end { break }
                end = next
            }
        } catch {
            // Of damaged data, what came out before serves as well.
            if case .damaged = error, end > 0 { return Array(bytes[..<end]) }
            throw LogSampleError(description: "\(path): \(error.advice)")
        }
        return Array(bytes[..<end])
    }

    /// What the lines in `sample`, the begin of a log, are taken for, and the first `count` of them field by field.
    ///
    /// `format` is a name or a format string that is to be tried instead of all; `headers` are the version
    /// headers to look for. Throws where the format or the zone makes no sense.
    package static func explain(
        _ sample: [UInt8], format: String? = nil, timezone: String? = nil,
        headers: [String] = ["X-Version"], count: Int = 5
    ) throws(LogFormatError) -> LogExplanation {
        let all = CompiledFormats(headers: headers)
        let compiled = try format.map(all.only)
        let zone = try LogReader.zone(LogReadingOptions(timezone: timezone))
        let content = JSONRecords.lines(of: sample)
        var explainer = LogExplainer(
            parser: LineParser(compiled ?? all, isForced: compiled != nil, zone: zone),
            headers: headers, isDocument: content.count != sample.count || content != sample)
        return explainer.explain(content, count: count)
    }
}

import AccessLogs
import Deprecations

/// Log formats as text for a terminal.
enum LogFormatText {
    /// A format that was tried, and on what.
    struct Checked {
        var known: LogFormatDescription?
        var custom: CustomLogFormat?
        var headers: [String]
        var surveys: [LogSurvey]
    }

    /// The known formats, with a line of each.
    static func list(_ formats: [LogFormatDescription], _ palette: Palette) -> String {
        formats.map { format in
            let records = format.recording
            var text = "\(palette.bold(format.name))  \(format.title)\n"
            for extent in LogRecording.Extent.allCases {
                let words = records.words(extent)
                guard !words.isEmpty else { continue }
                text += "  \(extent.label.padded(10))\(words.joined(separator: ", "))\n"
            }
            for line in (format.samples.first ?? "").split(separator: "\n") {
                text += "  \(palette.dim(String(line).printable))\n"
            }
            return text
        }.joined(separator: "\n")
    }

    /// What a log is taken for.
    static func survey(_ survey: LogSurvey, _ palette: Palette) -> String {
        let name = survey.path == "-" ? "standard input" : survey.path.printable
        let compression = survey.compression.map { ", \($0)" } ?? ""
        let format = survey.readings.first?.format ?? survey.begin.format
        let verdict = format.map(palette.green) ?? palette.red("no known format")
        var text = "\(palette.bold(name)): \(verdict)\(compression)\n"
        for reason in survey.begin.reasons where !reason.contains("header") {
            text += "  \(reason.printable)\n"
        }
        text += counts(survey)
        for reading in survey.readings {
            text += "\n"
            if survey.readings.count > 1 {
                text += "  \(span(of: reading)): \(palette.green(reading.format))"
                text += ", \(reading.title.printable)\n"
            } else {
                text += "  \(reading.title.printable)\n"
            }
            text += Self.reading(reading, palette)
        }
        if let damage = survey.damage {
            text += "  \(palette.red("could not be read on:")) \(damage.printable)\n"
        }
        if !survey.isWhole, survey.damage == nil {
            text += "  Only the begin was looked at; the log is longer.\n"
        }
        return text
    }

    /// What a format means, and what lines are by it.
    static func check(_ checked: Checked, _ palette: Palette) -> String {
        var text = ""
        if let known = checked.known { text = list([known], palette) }
        if let custom = checked.custom {
            let escaping = custom.escaping.map { ", values escaped as \($0)" } ?? ""
            text += "\(palette.bold("a format of \(custom.syntax.name)"))\(escaping)\n"
            let width = custom.pieces.map(\.text.count).max() ?? 0
            for piece in custom.pieces {
                let meaning = piece.isKept ? piece.meaning : palette.dim(piece.meaning)
                text += "  \(String(piece.column).leading(4))  "
                text += "\(piece.text.printable.padded(min(width, 40)))  \(meaning)\n"
            }
            text += gaps(custom.gaps(headers: checked.headers), indent: "  ", palette)
        }
        for survey in checked.surveys { text += "\n" + tried(survey, palette) }
        return text
    }

    /// A mistake in a format string, with a mark below its place.
    static func mistake(_ error: LogFormatError, in text: String) -> String {
        guard let column = error.column, !text.contains("\n") else { return "\(error)" }
        let before = max(0, column - 1 - 60)
        let shown = text.dropFirst(before).prefix(120)
        return "\(error)\n  \(String(shown).printable)\n  "
            + String(repeating: " ", count: column - 1 - before) + "^"
    }

    private static func tried(_ survey: LogSurvey, _ palette: Palette) -> String {
        let name = survey.path == "-" ? "standard input" : survey.path.printable
        let total = survey.requests + survey.unreadable
        let verdict =
            survey.requests == 0
            ? palette.red("no line of it is of this format")
            : survey.unreadable == 0
                ? palette.green(
                    total == 1
                        ? "its line is of this format"
                        : "all \(total.counted("line")) are of this format")
                : palette.yellow(
                    "\(survey.requests.grouped) of \(total.counted("line")) are of this format")
        var text = "\(palette.bold(name)): \(verdict)\n"
        for reading in survey.readings { text += examples(reading, palette) }
        for line in survey.begin.lines {
            if case .unreadable(let reason?) = line.kind {
                text += "  \(palette.yellow("line \(line.number):")) \(reason.printable)\n"
            }
        }
        if let damage = survey.damage {
            text += "  \(palette.red("could not be read on:")) \(damage.printable)\n"
        }
        return text
    }

    private static func counts(_ survey: LogSurvey) -> String {
        var parts = ["\(survey.requests.grouped) with a request"]
        if survey.others > 0 { parts.append("\(survey.others.grouped) others") }
        if survey.unreadable > 0 {
            let first = survey.firstUnreadable.map { " (the first: line \($0.grouped))" } ?? ""
            parts.append("\(survey.unreadable.grouped) of no known format\(first)")
        }
        return "  \(survey.lines.counted("line")): \(parts.joined(separator: ", "))\n"
    }

    private static func span(of reading: LogSurvey.Reading) -> String {
        if reading.range.count == 1 { return "line \(reading.range.lowerBound.grouped)" }
        return reading.range.count == reading.lines
            ? "lines \(reading.range.lowerBound.grouped)–\(reading.range.upperBound.grouped)"
            : "\(reading.lines.counted("line")) from line \(reading.range.lowerBound.grouped) on"
    }

    private static func reading(_ reading: LogSurvey.Reading, _ palette: Palette) -> String {
        examples(reading, palette) + gaps(reading.gaps, indent: "    ", palette)
    }

    private static func examples(_ reading: LogSurvey.Reading, _ palette: Palette) -> String {
        var text = ""
        for example in reading.examples {
            text += "    line \(example.number.grouped)\n"
            for field in example.fields {
                let value = field.value.map(\.printable) ?? palette.dim("nothing")
                text += "      \(field.name.printable.padded(18))\(value)\n"
            }
        }
        return text
    }

    private static func gaps(_ gaps: [LogGap], indent: String, _ palette: Palette) -> String {
        gaps.map { gap in
            "\(indent)\(palette.yellow("not recorded:")) \(gap.subject.printable): \(gap.advice.printable)\n"
        }.joined()
    }
}

extension LogRecording {
    /// What is recorded to this extent, in words.
    fileprivate func words(_ extent: Extent) -> [String] {
        [
            ("host", host), ("address", address), ("user", user), ("user agent", userAgent),
            ("version header", versionHeader), ("status", status), ("time zone", timeZone),
        ].filter { $0.1 == extent }.map(\.0)
    }
}

extension LogRecording.Extent {
    /// What stands before the list of such things.
    fileprivate var label: String {
        switch self {
        case .always: "records"
        case .sometimes: "may have"
        case .never: "has no"
        }
    }
}

extension CustomLogFormat.Syntax {
    /// As its makers write it.
    var name: String {
        switch self {
        case .nginx: "nginx"
        case .apache: "Apache"
        case .haproxy: "HAProxy"
        case .envoy: "Envoy"
        case .squid: "Squid"
        case .goaccess: "GoAccess"
        }
    }
}

extension String {
    /// The text with spaces before it up to so many columns.
    fileprivate func leading(_ columns: Int) -> String {
        String(repeating: " ", count: Swift.max(0, columns - count)) + self
    }
}

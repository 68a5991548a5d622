import AccessLogs
import Foundation

/// Log formats for machines: `"schema": "lastcall/log-format@1"`.
enum LogFormatJSON {
    private static let schema = "lastcall/log-format@1"

    /// The bytes of a document, keys sorted.
    static func bytes(_ document: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(document)) + [0x0A]
    }

    /// The known formats.
    static func list(_ formats: [LogFormatDescription]) -> List {
        List(formats: formats.map(Known.init))
    }

    /// What logs are taken for.
    static func detected(_ surveys: [LogSurvey]) -> Detected {
        Detected(logs: surveys.map(Log.init))
    }

    /// What a format means, and what logs are by it.
    static func checked(_ checked: LogFormatText.Checked) -> Check {
        Check(
            syntax: checked.custom?.syntax.rawValue, known: checked.known.map(Known.init),
            fields: (checked.custom?.pieces ?? []).map {
                Piece(text: $0.text, column: $0.column, meaning: $0.meaning, isKept: $0.isKept)
            },
            notRecorded: checked.custom?.gaps(headers: checked.headers).map(\.subject) ?? [],
            logs: checked.surveys.map(Log.init))
    }

    struct List: Encodable {
        var schema = LogFormatJSON.schema
        var formats: [Known]
    }

    struct Known: Encodable {
        var name: String
        var title: String
        var samples: [String]
        var records: [String: String]

        init(_ format: LogFormatDescription) {
            name = format.name
            title = format.title
            samples = format.samples
            let recording = format.recording
            records = [
                "host": recording.host, "address": recording.address, "user": recording.user,
                "userAgent": recording.userAgent, "versionHeader": recording.versionHeader,
                "status": recording.status, "timeZone": recording.timeZone,
            ].mapValues(\.rawValue)
        }
    }

    struct Detected: Encodable {
        var schema = LogFormatJSON.schema
        var logs: [Log]
    }

    struct Check: Encodable {
        var schema = LogFormatJSON.schema
        var syntax: String?
        var known: Known?
        var fields: [Piece]
        var notRecorded: [String]
        var logs: [Log]
    }

    struct Piece: Encodable {
        var text: String
        var column: Int
        var meaning: String
        var isKept: Bool
    }

    struct Log: Encodable {
        var path: String
        var compression: String?
        var format: String?
        var reasons: [String]
        var candidates: [Candidate]
        var lines: Int
        var requests: Int
        var others: Int
        var unreadable: Int
        var firstUnreadable: Int?
        var isWhole: Bool
        var damage: String?
        var readings: [Reading]

        init(_ survey: LogSurvey) {
            path = survey.path
            compression = survey.compression
            format = survey.readings.first?.format ?? survey.begin.format
            reasons = survey.begin.reasons
            candidates = survey.begin.candidates.map {
                Candidate(format: $0.format, fitting: $0.fitting)
            }
            lines = survey.lines
            requests = survey.requests
            others = survey.others
            unreadable = survey.unreadable
            firstUnreadable = survey.firstUnreadable
            isWhole = survey.isWhole
            damage = survey.damage
            readings = survey.readings.map(Reading.init)
        }
    }

    struct Candidate: Encodable {
        var format: String
        var fitting: Int
    }

    struct Reading: Encodable {
        var format: String
        var title: String
        var firstLine: Int
        var lastLine: Int
        var lines: Int
        var examples: [Line]
        var notRecorded: [String]

        init(_ reading: LogSurvey.Reading) {
            format = reading.format
            title = reading.title
            firstLine = reading.range.lowerBound
            lastLine = reading.range.upperBound
            lines = reading.lines
            examples = reading.examples.map { line in
                Line(
                    line: line.number,
                    fields: line.fields.map { Field(name: $0.name, value: $0.value) })
            }
            notRecorded = reading.gaps.map(\.subject)
        }
    }

    struct Line: Encodable {
        var line: Int
        var fields: [Field]
    }

    struct Field: Encodable {
        var name: String
        var value: String?
    }
}

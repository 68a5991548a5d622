import Deprecations
import Mustache

/// Inline Markdown that is safe to place: our own words as written, everything else escaped.
///
/// A `String` cannot be interpolated as it is; it has to say whether it is code or prose.
struct Markdown: Hashable, ExpressibleByStringInterpolation, MustacheCustomRenderable {
    /// As it stands in the report.
    let source: String

    init(stringLiteral value: String) {
        source = value
    }

    init(stringInterpolation: StringInterpolation) {
        source = stringInterpolation.source
    }

    private init(source: String) {
        self.source = source
    }

    /// `text` as a code span, at most `limit` characters of it.
    static func code(_ text: String, limit: Int = .max) -> Markdown {
        let content = MarkdownEscape.visible(text.shortened(to: limit))
        return Markdown(source: MarkdownEscape.codeSpan(content))
    }

    /// `text` as prose.
    static func prose(_ text: String) -> Markdown { "\(prose: text)" }

    /// `text` as prose in which pairs of backticks mark code, as the notes of a rule have it.
    static func note(_ text: String) -> Markdown {
        let pieces = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
        guard pieces.count % 2 == 1 else { return prose(text) }
        var note: Markdown = ""
        for (index, piece) in pieces.enumerated() {
            if index % 2 == 1 {
                note += code(piece)
            } else {
                note = "\(note)\(prose: piece)"
            }
        }
        return note
    }

    /// As one cell of a table, where a bar has to be escaped in code spans too.
    var cell: String {
        source.writing(["|": "\\|"])
    }

    var isEmpty: Bool { source.isEmpty }

    var renderText: String { source }

    var isNull: Bool { source.isEmpty }

    static func + (left: Markdown, right: Markdown) -> Markdown {
        Markdown(source: left.source + right.source)
    }

    static func += (left: inout Markdown, right: Markdown) {
        left = left + right
    }
}

extension Markdown {
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var source = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            source.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        mutating func appendLiteral(_ literal: String) {
            source += literal
        }

        mutating func appendInterpolation(_ markdown: Markdown) {
            source += markdown.source
        }

        mutating func appendInterpolation(code: String) {
            source += Markdown.code(code).source
        }

        mutating func appendInterpolation(prose: String) {
            source += MarkdownEscape.prose(
                MarkdownEscape.visible(prose), isAtStart: source.isEmpty)
        }

        /// With a comma between thousands.
        mutating func appendInterpolation(_ number: Int) {
            source += number.grouped
        }

        /// Without commas, as a line's number is written.
        mutating func appendInterpolation(plain number: Int) {
            source += String(number)
        }

        /// The anchor that renderers make of a heading: letters, digits and hyphens.
        mutating func appendInterpolation(anchorOf heading: String) {
            for byte in heading.lowercased().utf8 {
                switch byte {
                case UInt8(ascii: " "): source += "-"
                case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"):
                    source.unicodeScalars.append(Unicode.Scalar(byte))
                default: break
                }
            }
        }

        mutating func appendInterpolation(_ day: CalendarDay) {
            source += day.description
        }

        mutating func appendInterpolation(_ time: Timestamp) {
            source += time.description
        }
    }
}

extension Sequence<Markdown> {
    func joined(separator: Markdown) -> Markdown {
        var joined: Markdown = ""
        var isFirst = true
        for part in self {
            if !isFirst { joined += separator }
            joined += part
            isFirst = false
        }
        return joined
    }
}

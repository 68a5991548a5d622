import Deprecations
import Mustache

/// A phrase of a report: our own words, in which `**`, `*` and backticks mark what stands out, and text from
/// elsewhere. It is safe to place in Markdown as `source` and in HTML as `html`.
///
/// A `String` cannot be interpolated as it is; it has to say whether it is code or prose.
struct Markdown: Hashable, ExpressibleByStringInterpolation, MustacheCustomRenderable {
    /// What a phrase is made of; text from elsewhere is `visible` already.
    enum Piece: Hashable {
        case words(String)
        case code(String)
        case prose(String, isAtStart: Bool)
        case link(Markdown, anchor: String)
    }

    let pieces: [Piece]

    init(stringLiteral value: String) {
        pieces = value.isEmpty ? [] : [.words(value)]
    }

    init(stringInterpolation: StringInterpolation) {
        pieces = stringInterpolation.pieces
    }

    private init(_ pieces: [Piece]) {
        self.pieces = pieces
    }

    /// As it stands in Markdown.
    var source: String {
        pieces.map { piece in
            switch piece {
            case .words(let words): words
            case .code(let text): MarkdownEscape.codeSpan(text)
            case .prose(let text, let isAtStart): MarkdownEscape.prose(text, isAtStart: isAtStart)
            case .link(let text, let anchor): "[\(text.source)](#\(anchor))"
            }
        }.joined()
    }

    /// `text` as a code span, at most `limit` characters of it.
    static func code(_ text: String, limit: Int = .max) -> Markdown {
        Markdown([.code(text.shortened(to: limit).visible)])
    }

    /// `text` as a link to a heading of the page.
    static func link(_ text: Markdown, toHeading heading: String) -> Markdown {
        Markdown([.link(text, anchor: heading.anchor)])
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

    var isEmpty: Bool { pieces.isEmpty }

    var renderText: String { source }

    var isNull: Bool { isEmpty }

    static func + (left: Markdown, right: Markdown) -> Markdown {
        Markdown(left.pieces + right.pieces)
    }

    static func += (left: inout Markdown, right: Markdown) {
        left = left + right
    }
}

extension Markdown {
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var pieces: [Piece] = []

        init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount * 2 + 1)
        }

        mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { pieces.append(.words(literal)) }
        }

        mutating func appendInterpolation(_ markdown: Markdown) {
            pieces += markdown.pieces
        }

        mutating func appendInterpolation(code: String) {
            pieces += Markdown.code(code).pieces
        }

        mutating func appendInterpolation(prose: String) {
            if prose.isEmpty { return }
            pieces.append(.prose(prose.visible, isAtStart: pieces.isEmpty))
        }

        /// With a comma between thousands.
        mutating func appendInterpolation(_ number: Int) {
            pieces.append(.words(number.grouped))
        }

        /// Without commas, as a line's number is written.
        mutating func appendInterpolation(plain number: Int) {
            pieces.append(.words(String(number)))
        }

        mutating func appendInterpolation(_ day: CalendarDay) {
            pieces.append(.words(day.description))
        }

        mutating func appendInterpolation(_ time: Timestamp) {
            pieces.append(.words(time.description))
        }
    }
}

extension String {
    /// The anchor that renderers make of a heading: letters, digits and hyphens.
    var anchor: String {
        var anchor = ""
        for byte in lowercased().utf8 {
            switch byte {
            case UInt8(ascii: " "): anchor += "-"
            case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"):
                anchor.unicodeScalars.append(Unicode.Scalar(byte))
            default: break
            }
        }
        return anchor
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

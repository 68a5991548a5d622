/// Text of which some parts are not known before run time: `https://{host}/operations/{id}`.
///
/// Values flow as templates: folding joins them, matching parses them.
struct Template: Hashable, Sendable {
    /// One part of a template.
    enum Piece: Hashable, Sendable {
        /// Known text.
        case text(String)
        /// An unknown part with the name that the code gives it.
        case hole(Hole)
    }

    /// An unknown part.
    struct Hole: Hashable, Sendable {
        /// The last identifier of the expression: `operationId`; empty where there is none.
        var name: String
        /// What the code falls back to, where it names something.
        var fallback: String?
        /// Whether it is read from the environment or settings at run time.
        var isSetting: Bool = false
    }

    /// The parts in order; neighbouring texts are merged, no text is empty.
    private(set) var pieces: [Piece] = []

    /// The empty text.
    init() {}

    /// Known text.
    init(_ text: String) {
        append(text)
    }

    /// One unknown part.
    init(hole name: String, fallback: String? = nil, isSetting: Bool = false) {
        pieces = [.hole(Hole(name: name, fallback: fallback, isSetting: isSetting))]
    }

    /// Joins parts.
    init(_ pieces: [Piece]) {
        for piece in pieces { append(piece) }
    }

    /// Adds known text.
    mutating func append(_ text: String) {
        guard !text.isEmpty else { return }
        if case .text(let last)? = pieces.last {
            pieces[pieces.count - 1] = .text(last + text)
        } else {
            pieces.append(.text(text))
        }
    }

    /// Adds a part.
    mutating func append(_ piece: Piece) {
        switch piece {
        case .text(let text): append(text)
        case .hole: pieces.append(piece)
        }
    }

    /// Adds all of another template.
    mutating func append(_ other: Template) {
        for piece in other.pieces { append(piece) }
    }

    /// The text, where all of it is known.
    var literal: String? {
        switch pieces.count {
        case 0: return ""
        case 1:
            if case .text(let text) = pieces[0] { return text }
            return nil
        default: return nil
        }
    }

    /// Whether any part is unknown.
    var hasHoles: Bool {
        pieces.contains { if case .hole = $0 { true } else { false } }
    }

    /// Unknown parts written as `{name}`.
    var description: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .hole(let hole): "{\(hole.name.isEmpty ? "…" : hole.name)}"
            }
        }.joined()
    }
}

/// A URL path with parameters: `/platform/v1/operations/{operationId}`.
public struct PathTemplate: Hashable, Sendable, CustomStringConvertible {
    /// One piece between two slashes.
    public enum Segment: Hashable, Sendable {
        /// Stands for itself, compared case-sensitively (RFC 3986, 6.2.2.1).
        case literal(String)
        /// `{name}`: any one segment that is not empty.
        case parameter(String)
    }

    /// Why a text is no path template.
    public enum Mistake: Error, Hashable, Sendable {
        /// It does not begin with a slash.
        case noLeadingSlash
        /// Two slashes in a row, or one at the end.
        case emptySegment
        /// A brace without its partner, an empty name, or text beside a parameter.
        case brokenParameter(String)
        /// A query or a fragment, which is no part of a path.
        case queryOrFragment
    }

    /// The pieces, in order.
    public let segments: [Segment]

    /// Parses `text`; throws the first mistake in it.
    public init(_ text: String) throws(Mistake) {
        guard text.hasPrefix("/") else { throw .noLeadingSlash }
        guard !text.contains("?"), !text.contains("#") else { throw .queryOrFragment }
        var segments: [Segment] = []
        for piece in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            if piece.isEmpty { throw .emptySegment }
            if piece.contains("{") || piece.contains("}") {
                let name = piece.dropFirst().dropLast()
                guard piece.hasPrefix("{"), piece.hasSuffix("}"), !name.isEmpty,
                    !name.contains("{"), !name.contains("}")
                else { throw .brokenParameter(String(piece)) }
                segments.append(.parameter(String(name)))
            } else {
                segments.append(.literal(String(piece)))
            }
        }
        self.segments = segments
    }

    /// The names of the parameters, in order.
    public var parameters: [String] {
        segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
    }

    /// The literal segments before the first parameter, in order.
    public var literalPrefix: [String] {
        var prefix: [String] = []
        for case .literal(let text) in segments.prefix(while: { !$0.isParameter }) {
            prefix.append(text)
        }
        return prefix
    }

    /// As it was written.
    public var description: String {
        segments.map { segment in
            switch segment {
            case .literal(let text): "/\(text)"
            case .parameter(let name): "/{\(name)}"
            }
        }.joined()
    }
}

extension PathTemplate.Segment {
    /// Whether any text may stand here.
    public var isParameter: Bool {
        if case .parameter = self { true } else { false }
    }
}

/// Reads a page as the tokenizer of the HTML standard does, as far as a well-formed page needs it.
struct HTMLReading {
    /// An element's begin, with its attributes as they read.
    struct Tag {
        var name: String
        var attributes: [String: String] = [:]
    }

    enum Mistake: Error, Equatable {
        case bareLess, badAttribute(String), badEntity, doubleAttribute, unclosed([String])
        case unexpectedEnd(String)
    }

    private static let withoutEnd: Set<String> = ["meta", "br", "img", "input"]
    private(set) var tags: [Tag] = []
    /// The text of all elements but `script` and `style`.
    private(set) var text = ""
    /// What stands in `script` and `style`.
    private(set) var raw: [String: String] = [:]
    private var open: [String] = []
    private var rest: Substring.UnicodeScalarView

    init(_ page: String) throws {
        rest = page[...].unicodeScalars
        while let scalar = rest.first {
            switch scalar {
            case "<": try readTag()
            case "&": text.unicodeScalars.append(try readEntity())
            default:
                text.unicodeScalars.append(scalar)
                rest = rest.dropFirst()
            }
        }
        guard open.isEmpty else { throw Mistake.unclosed(open) }
    }

    /// The elements and the names of their attributes, without any text.
    var skeleton: [String] {
        tags.map { "\($0.name) \($0.attributes.keys.sorted().joined(separator: " "))" }
    }

    private mutating func readTag() throws {
        rest = rest.dropFirst()
        if rest.first == "!" {
            rest = rest.drop { $0 != ">" }.dropFirst()
            return
        }
        let isEnd = rest.first == "/"
        if isEnd { rest = rest.dropFirst() }
        let name = readName()
        guard !name.isEmpty else { throw Mistake.bareLess }
        var tag = Tag(name: name)
        var isEmpty = Self.withoutEnd.contains(name)
        while let scalar = rest.first, scalar != ">" {
            if scalar == " " || scalar == "\n" {
                rest = rest.dropFirst()
            } else if scalar == "/" {
                isEmpty = true
                rest = rest.dropFirst()
            } else {
                try readAttribute(into: &tag)
            }
        }
        rest = rest.dropFirst()
        if isEnd {
            guard open.popLast() == name else { throw Mistake.unexpectedEnd(name) }
            return
        }
        tags.append(tag)
        if !isEmpty { open.append(name) }
        if name == "script" || name == "style" { readRaw(until: "</\(name)") }
    }

    private mutating func readRaw(until end: String) {
        let name = String(end.dropFirst(2))
        var content = String.UnicodeScalarView()
        while !rest.isEmpty, !Substring(rest).hasPrefix(end) {
            content.append(rest.removeFirst())
        }
        raw[name, default: ""] += String(content)
    }

    private mutating func readName() -> String {
        let name = rest.prefix {
            $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-")
        }
        rest = rest[name.endIndex...]
        return String(name).lowercased()
    }

    private mutating func readAttribute(into tag: inout Tag) throws {
        let name = readName()
        guard !name.isEmpty else { throw Mistake.badAttribute(String(rest.prefix(20))) }
        guard tag.attributes[name] == nil else { throw Mistake.doubleAttribute }
        var value = String.UnicodeScalarView()
        if rest.first == "=" {
            rest = rest.dropFirst()
            guard rest.first == "\"" else { throw Mistake.badAttribute(name) }
            rest = rest.dropFirst()
            while let scalar = rest.first, scalar != "\"" {
                if scalar == "&" {
                    value.append(try readEntity())
                } else {
                    value.append(scalar)
                    rest = rest.dropFirst()
                }
            }
            rest = rest.dropFirst()
        }
        tag.attributes[name] = String(value)
    }

    private mutating func readEntity() throws -> Unicode.Scalar {
        let entities: [(String, Unicode.Scalar)] = [
            ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"),
        ]
        for (entity, scalar) in entities where Substring(rest.prefix(entity.count)) == entity {
            rest = rest.dropFirst(entity.count)
            return scalar
        }
        throw Mistake.badEntity
    }
}

import Yams

/// The one document of a YAML text.
enum YAMLDocument {
    /// Larger files are not read.
    static let sizeLimit = 1 << 20
    /// What is said of them.
    static let tooLarge = "larger than 1 MiB; split it into several files"
    /// What the aliases of a file may unfold to, in bytes.
    static let unfoldedLimit = 64.0 * 1024 * 1024

    /// The document's node; nil where there is none, with the mistakes noted where that is one.
    static func node(of text: String, _ mistakes: MistakeList) -> Node? {
        guard text.utf8.count <= sizeLimit else {
            mistakes.add(tooLarge, line: 0, column: 0)
            return nil
        }
        guard AliasBound(text).copies * Double(text.utf8.count) <= unfoldedLimit else {
            mistakes.add(
                "its aliases (*name) may unfold to more than 64 MiB; write the values out",
                line: 0, column: 0)
            return nil
        }
        do {
            // Scalars are taken as they are written: no resolver asks whether they look like numbers.
            let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
            let first = try parser.nextRoot()
            if let second = try parser.nextRoot() {
                mistakes.add(
                    "a second document begins here; a file holds one document", at: second)
                return nil
            }
            return first
        } catch let error as YamlError {
            note(error, of: text, mistakes)
        } catch {
            mistakes.add("\(error)", line: 0, column: 0)
        }
        return nil
    }

    private static func note(_ error: YamlError, of text: String, _ mistakes: MistakeList) {
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            mistakes.add(advice(problem, context), line: mark.line, column: mark.column)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.sorted().map(\.quoted).joined(separator: ", ")
            mistakes.add(
                "the key \(keys) stands twice in one mapping; remove one", line: context.mark.line,
                column: context.mark.column)
        case .reader(let problem, let offset, _, _):
            let place = offset.map { self.place(at: $0, in: text) } ?? (0, 0)
            mistakes.add("YAML: \(problem)", line: place.0, column: place.1)
        default: mistakes.add("YAML: \(error)", line: 0, column: 0)
        }
    }

    private static func advice(_ problem: String, _ context: YamlError.Context?) -> String {
        if problem.hasPrefix("Maximum nesting level") { return "nested too deep" }
        let during = context.map { " \($0.text)" } ?? ""
        return "YAML: \(problem)\(during)"
    }

    private static func place(at offset: Int, in text: String) -> (Int, Int) {
        let before = text.prefix(offset)
        let line = before.split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return (line.count, (line.last?.unicodeScalars.count ?? 0) + 1)
    }
}

/// How many copies of its text the aliases of a file can stand for, at most.
///
/// An anchor's node can hold aliases of the anchors before it, so that few lines unfold to more than any memory
/// holds. Which node holds which alias is not asked: each anchor may multiply by the number of its aliases.
struct AliasBound {
    /// Never less than 1.
    let copies: Double

    init(_ text: String) {
        var anchors: [Substring: Int] = [:]
        var aliases: [Substring: Int] = [:]
        let bytes = text.utf8
        var rest = bytes[...]
        while let mark = rest.firstIndex(where: { $0 == 0x26 || $0 == 0x2A }) {
            let begins =
                mark == bytes.startIndex || !Self.belongsToWord(bytes[bytes.index(before: mark)])
            let isAnchor = rest[mark] == 0x26
            let name = rest[rest.index(after: mark)...].prefix(while: Self.belongsToName)
            rest = rest[name.endIndex...]
            guard begins, !name.isEmpty, rest.first.map(Self.endsName) ?? true else { continue }
            if isAnchor {
                anchors[Substring(name), default: 0] += 1
            } else {
                aliases[Substring(name), default: 0] += 1
            }
        }
        var product = 1.0
        for (name, count) in aliases {
            guard let declared = anchors[name] else { continue }
            product *= Self.growth(declared: declared, used: count)
            // No text needs more, and the product must not become infinite.
            if product > 1e12 { break }
        }
        copies = product
    }

    /// A name that is declared again and again can hold itself: the longest chain multiplies most.
    private static func growth(declared: Int, used: Int) -> Double {
        var most = Double(used)
        var chain = 2
        while chain <= min(declared, used), most < 1e12 {
            var product = 1.0
            for _ in 0..<min(chain, 40) { product *= Double(used) / Double(chain) }
            most = max(most, product)
            chain += 1
        }
        return most
    }

    private static func belongsToName(_ byte: UInt8) -> Bool {
        byte == 0x2D || byte == 0x5F || (0x30...0x39).contains(byte)
            || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    /// Behind these no anchor and no alias begins, as in `f(*a)` or `a&b`.
    private static func belongsToWord(_ byte: UInt8) -> Bool {
        belongsToName(byte) || "(*&.=<>/)|+!".utf8.contains(byte)
    }

    /// A name of YAML ends with a blank or one of these; `*http.Client` is none.
    private static func endsName(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte >= 0x7F || "?:,]}%@`".utf8.contains(byte)
    }
}

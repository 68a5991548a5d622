import Yams

/// Reads YAML nodes and collects what is wrong with them, each with its place.
final class MistakeList {
    let file: String
    private(set) var mistakes: [RuleFileErrors.Mistake] = []

    init(file: String) {
        self.file = file
    }

    func add(_ text: String, line: Int, column: Int) {
        // A file that is wrong everywhere is not told more often than anybody reads.
        guard mistakes.count < 200 else { return }
        mistakes.append(.init(file: file, line: line, column: column, text: text))
    }

    func add(_ text: String, at node: Node) {
        add(text, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
    }
}

/// A YAML mapping that knows which keys it may have.
struct MappingReader {
    let mistakes: MistakeList
    /// The node of the whole mapping.
    let node: Node
    private let name: String
    private let mapping: Node.Mapping

    /// Nil, with a mistake noted, where `node` is no mapping or has keys that are not in `keys`.
    init?(_ node: Node, _ name: String, keys: [String], _ mistakes: MistakeList) {
        guard case .mapping(let mapping) = node else {
            mistakes.add("\(name) must be a mapping of \(keys.joined(separator: ", "))", at: node)
            return nil
        }
        self.node = node
        self.name = name
        self.mapping = mapping
        self.mistakes = mistakes
        for (key, _) in mapping {
            guard case .scalar(let scalar) = key else {
                mistakes.add("a key of \(name) must be a word", at: key)
                continue
            }
            guard !keys.contains(scalar.string) else { continue }
            let advice =
                nearestWord(to: scalar.string, among: keys).map { "; did you mean '\($0)'?" }
                ?? "; \(name) has \(keys.joined(separator: ", "))"
            mistakes.add("unknown key '\(scalar.string)'\(advice)", at: key)
        }
    }

    /// The node under a key; nil where it is missing or empty.
    func value(_ key: String) -> Node? {
        for (name, value) in mapping where name.scalar?.string == key {
            return value.isEmpty ? nil : value
        }
        return nil
    }

    private func missing(_ key: String) { mistakes.add("\(name) needs '\(key)'", at: node) }

    // MARK: Scalars

    /// Text under a key.
    func text(_ key: String, required: Bool = true) -> String? {
        guard let node = value(key) else {
            if required { missing(key) }
            return nil
        }
        return text(node, key)
    }

    private func text(_ node: Node, _ key: String) -> String? {
        guard case .scalar(let scalar) = node else {
            mistakes.add("'\(key)' must be text", at: node)
            return nil
        }
        guard scalar.string.contains(where: { !$0.isWhitespace }) else {
            mistakes.add("'\(key)' is empty", at: node)
            return nil
        }
        return scalar.string
    }

    /// Text that `parse` turns into a value; the advice says what it must look like.
    func parsed<Value>(
        _ key: String, required: Bool = true, _ advice: String, _ parse: (String) -> Value?
    ) -> Value? {
        guard let text = text(key, required: required), let node = value(key) else { return nil }
        guard let value = parse(text) else {
            mistakes.add("'\(text)' is no \(advice)", at: node)
            return nil
        }
        return value
    }

    /// One of a closed set of words.
    func word<Word: RawRepresentable & CaseIterable>(
        _ key: String, _ type: Word.Type, required: Bool = true
    ) -> Word? where Word.RawValue == String {
        guard let text = text(key, required: required), let node = value(key) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let known = Word.allCases.map(\.rawValue)
        let advice =
            nearestWord(to: text, among: known).map { "; did you mean '\($0)'?" }
            ?? "; it is one of \(known.joined(separator: ", "))"
        mistakes.add("unknown \(key) '\(text)'\(advice)", at: node)
        return nil
    }

    // MARK: Lists

    /// The items of a list; a missing key is an empty list.
    func items(_ key: String, required: Bool = false) -> [Node] {
        guard let node = value(key) else {
            if required { missing(key) }
            return []
        }
        guard case .sequence(let sequence) = node else {
            mistakes.add("'\(key)' must be a list", at: node)
            return []
        }
        if sequence.isEmpty, required { mistakes.add("'\(key)' is empty", at: node) }
        return Array(sequence)
    }

    /// A list of texts.
    func texts(_ key: String, required: Bool = false) -> [String] {
        items(key, required: required).compactMap { text($0, key) }
    }

    /// A list of texts that `parse` turns into values.
    func parsedItems<Value>(
        _ key: String, required: Bool = false, _ advice: String, _ parse: (String) -> Value?
    ) -> [Value] {
        items(key, required: required).compactMap { node in
            guard let text = text(node, key) else { return nil }
            guard let value = parse(text) else {
                mistakes.add("'\(text)' is no \(advice)", at: node)
                return nil
            }
            return value
        }
    }

    /// A mapping under a key.
    func mapping(_ key: String, keys: [String], required: Bool = true) -> MappingReader? {
        guard let node = value(key) else {
            if required { missing(key) }
            return nil
        }
        return MappingReader(node, "'\(key)'", keys: keys, mistakes)
    }
}

extension Node {
    /// An empty value, as `key:` with nothing behind it is.
    fileprivate var isEmpty: Bool {
        guard case .scalar(let scalar) = self else { return false }
        return scalar.string.isEmpty && scalar.style != .doubleQuoted
            && scalar.style != .singleQuoted
    }
}

/// The one document of a YAML text; nil, with the mistakes noted, where there is none.
func document(of text: String, _ mistakes: MistakeList) -> Node? {
    guard text.utf8.count <= 1 << 20 else {
        mistakes.add("larger than 1 MiB; split it into several files", line: 0, column: 0)
        return nil
    }
    guard !hasAliasBomb(text) else {
        mistakes.add("more than 1,000 aliases; write the values out", line: 0, column: 0)
        return nil
    }
    do {
        var found: Node?
        for node in try Yams.compose_all(yaml: text) {
            if found != nil {
                mistakes.add("a second document begins here; one file holds one document", at: node)
                return nil
            }
            found = node
        }
        if found == nil { mistakes.add("the file is empty", line: 0, column: 0) }
        return found
    } catch let error as YamlError {
        note(error, mistakes)
    } catch {
        mistakes.add("\(error)", line: 0, column: 0)
    }
    return nil
}

private func hasAliasBomb(_ text: String) -> Bool {
    var count = 0
    var previous = UInt8(ascii: "\n")
    for byte in text.utf8 {
        let begins =
            previous == 0x20 || previous == UInt8(ascii: "[") || previous == UInt8(ascii: ",")
        if byte == UInt8(ascii: "*"), begins { count += 1 }
        previous = byte
    }
    return count > 1000
}

private func note(_ error: YamlError, _ mistakes: MistakeList) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        mistakes.add("YAML: \(problem)", line: mark.line, column: mark.column)
    case .duplicatedKeysInMapping(let duplicates, let context):
        mistakes.add(
            "the key \(duplicates.map { "'\($0)'" }.sorted().joined(separator: ", ")) stands twice in one mapping",
            line: context.mark.line, column: context.mark.column)
    case .reader(let problem, _, _, _): mistakes.add("YAML: \(problem)", line: 0, column: 0)
    default: mistakes.add("YAML: \(error)", line: 0, column: 0)
    }
}

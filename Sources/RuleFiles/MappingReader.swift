import Yams

/// A YAML mapping that knows which keys it may have.
struct MappingReader {
    let mistakes: MistakeList
    /// The node of the whole mapping.
    let node: Node
    private let keySet: KeySet
    private let mapping: Node.Mapping

    /// Nil, with a mistake noted, where `node` is no mapping; keys that it may not have are noted.
    init?(_ node: Node, _ keySet: KeySet, _ mistakes: MistakeList) {
        guard case .mapping(let mapping) = node else {
            mistakes.add(
                "\(keySet.title) must be a mapping of \(keySet.keys.joined(separator: ", "))",
                at: node)
            return nil
        }
        self.node = node
        self.keySet = keySet
        self.mapping = mapping
        self.mistakes = mistakes
        for (key, _) in mapping {
            guard case .scalar(let scalar) = key else {
                mistakes.add("a key of \(keySet.title) must be a word", at: key)
                continue
            }
            guard !keySet.keys.contains(scalar.string) else { continue }
            mistakes.add(
                "unknown key \(scalar.string.quoted)\(advice(onKey: scalar.string))", at: key)
        }
    }

    private func advice(onKey key: String) -> String {
        if let other = keySet.onlyOther(having: key) { return "; it belongs into \(other.title)" }
        return suggestion(for: key, among: keySet.keys, otherwise: "\(keySet.title) has")
    }

    /// The node under a key; nil where it is missing or empty.
    func value(_ key: String) -> Node? {
        for (name, value) in mapping where name.scalar?.string == key {
            return value.isEmpty ? nil : value
        }
        return nil
    }

    private func missing(_ key: String) {
        mistakes.add("\(keySet.title) needs '\(key)'", at: node)
    }

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
        guard !node.isEmpty, scalar.string.contains(where: { !$0.isWhitespace }) else {
            mistakes.add("'\(key)' is empty", at: node)
            return nil
        }
        return scalar.string
    }

    /// Text that `shape` turns into a value.
    func parsed<Value>(
        _ key: String, required: Bool = true, _ shape: (String) throws(Misfit) -> Value
    ) -> Value? {
        guard let text = text(key, required: required), let node = value(key) else { return nil }
        return parsed(text, node, shape)
    }

    private func parsed<Value>(
        _ text: String, _ node: Node, _ shape: (String) throws(Misfit) -> Value
    ) -> Value? {
        do throws(Misfit) { return try shape(text) } catch {
            mistakes.add("\(text.quoted) \(error.text)", at: node)
            return nil
        }
    }

    /// One of a closed set of words.
    func word<Word: RawRepresentable & CaseIterable>(
        _ key: String, _ type: Word.Type, required: Bool = true
    ) -> Word? where Word.RawValue == String {
        guard let text = text(key, required: required), let node = value(key) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let known = Word.allCases.map(\.rawValue)
        mistakes.add(
            "unknown \(key) \(text.quoted)"
                + suggestion(for: text, among: known, otherwise: "it is one of"), at: node)
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
            mistakes.add("'\(key)' must be a list; write '- ' before each item", at: node)
            return []
        }
        if sequence.isEmpty, required { mistakes.add("'\(key)' is empty", at: node) }
        return Array(sequence)
    }

    /// A list of texts.
    func texts(_ key: String, required: Bool = false) -> [String] {
        items(key, required: required).compactMap { text($0, key) }
    }

    /// A list of texts that `shape` turns into values.
    func parsedItems<Value>(
        _ key: String, required: Bool = false, _ shape: (String) throws(Misfit) -> Value
    ) -> [Value] {
        items(key, required: required).compactMap { node in
            text(node, key).flatMap { parsed($0, node, shape) }
        }
    }

    /// The mappings of a list, each read by `read`.
    func mappings<Value>(
        _ key: String, _ keySet: KeySet, required: Bool = false, _ read: (MappingReader) -> Value?
    ) -> [Value] {
        items(key, required: required).compactMap { node in
            MappingReader(node, keySet, mistakes).flatMap(read)
        }
    }

    /// A mapping under a key.
    func mapping(_ key: String, _ keySet: KeySet, required: Bool = true) -> MappingReader? {
        guard let node = value(key) else {
            if required { missing(key) }
            return nil
        }
        return MappingReader(node, keySet, mistakes)
    }

    /// Notes a mistake at a key's value, at the mapping where the key is missing.
    func note(_ text: @autoclosure () -> String, at key: String) {
        mistakes.add(text(), at: value(key) ?? node)
    }
}

extension Node {
    /// An empty value, as `key:` with nothing behind it is, or `~`.
    var isEmpty: Bool {
        guard case .scalar(let scalar) = self, scalar.style == .any || scalar.style == .plain else {
            return false
        }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }
}

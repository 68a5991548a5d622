/// `NAME := value` and its relatives.
struct MakeAssignment {
    var name: String
    var value: Range<Int>
    /// `+=`
    var isAddition = false
    /// `?=`
    var isDefault = false
    /// `target: NAME = value`
    var isForTarget = false

    /// A given value.
    init(name: String, value: Range<Int>) {
        self.name = name
        self.value = value
    }

    /// The assignment that a line is, if it is one.
    init?(_ bytes: [UInt8], _ line: Range<Int>) {
        var start = line.lowerBound
        for word in ["export ", "override ", "private ", "unexport "]
        where ByteText.matches(word, in: bytes[...], at: start) {
            start += word.utf8.count
        }
        var index = start
        while index < line.upperBound, bytes[index] != UInt8(ascii: "="),
            bytes[index] != UInt8(ascii: "#")
        {
            // `$(X)` before the sign makes a name nobody can follow; a second colon is `::=`.
            index += 1
        }
        guard index < line.upperBound, bytes[index] == UInt8(ascii: "=") else { return nil }
        var end = index
        while end > start, ":?+!".utf8.contains(bytes[end - 1]) {
            isAddition = isAddition || bytes[end - 1] == UInt8(ascii: "+")
            isDefault = isDefault || bytes[end - 1] == UInt8(ascii: "?")
            if bytes[end - 1] == UInt8(ascii: "!") { return nil }
            end -= 1
        }
        var name = ByteText.trimmed(start..<end, of: bytes)
        if let colon = bytes[name].lastIndex(of: UInt8(ascii: ":")) {
            isForTarget = true
            name = ByteText.trimmed((colon + 1)..<name.upperBound, of: bytes)
        }
        guard !name.isEmpty,
            bytes[name].allSatisfy({
                Placeholders.isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
            })
        else { return nil }
        self.name = String(decoding: bytes[name], as: UTF8.self)
        var stop = index + 1
        while stop < line.upperBound, !(bytes[stop] == UInt8(ascii: "#") && bytes[stop - 1] <= 0x20)
        { stop += 1 }
        value = ByteText.trimmed((index + 1)..<stop, of: bytes)
    }
}

/// The variables of a makefile, and texts with them put in.
struct MakeVariables {
    private struct Variable {
        var text: [UInt8]
        var offset: Int
    }

    private var variables: [String: Variable] = [:]
    private var order: [String] = []
    private static let limit = 4_096

    /// Takes an assignment.
    mutating func set(_ assignment: MakeAssignment, _ bytes: [UInt8]) {
        guard order.count < 4_000, assignment.value.count <= Self.limit else { return }
        let text = Array(bytes[assignment.value])
        if let known = variables[assignment.name] {
            if assignment.isDefault || assignment.isForTarget { return }
            if assignment.isAddition {
                guard known.text.count + text.count < Self.limit else { return }
                variables[assignment.name] = Variable(
                    text: known.text + [0x20] + text, offset: known.offset)
                return
            }
        } else {
            order.append(assignment.name)
        }
        variables[assignment.name] = Variable(text: text, offset: assignment.value.lowerBound)
    }

    /// All variables with the others put in.
    func settings() -> [SettingValue] {
        order.compactMap { name in
            guard let variable = variables[name] else { return nil }
            var text: [UInt8] = []
            expand(variable.text, into: &text, depth: 0)
            return SettingValue(
                keys: [name], value: Placeholders.template(text, forms: .dollarNames),
                offset: variable.offset)
        }
    }

    // MARK: Texts

    /// A reference: `$(NAME)`, `${NAME}`, `$$`, `$(shell …)`.
    private enum Reference {
        case dollar
        case name(String, end: Int)
        case command(Range<Int>, end: Int)
        case other(end: Int)
    }

    private func reference(in text: [UInt8], at index: Int) -> Reference? {
        guard text[index] == UInt8(ascii: "$"), index + 1 < text.count else { return nil }
        let next = text[index + 1]
        if next == UInt8(ascii: "$") { return .dollar }
        guard next == UInt8(ascii: "(") || next == UInt8(ascii: "{") else { return nil }
        let close: UInt8 = next == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "}")
        var depth = 1
        var end = index + 2
        let last = min(text.count, index + Self.limit)
        while end < last {
            if text[end] == next { depth += 1 }
            if text[end] == close {
                depth -= 1
                if depth == 0 { break }
            }
            end += 1
        }
        guard end < last else { return nil }
        let inner = text[(index + 2)..<end]
        if inner.allSatisfy({
            Placeholders.isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
        }) {
            return .name(String(decoding: inner, as: UTF8.self), end: end + 1)
        }
        if ByteText.matches("shell ", in: inner, at: inner.startIndex) {
            return .command((inner.startIndex + 6)..<inner.endIndex, end: end + 1)
        }
        return .other(end: end + 1)
    }

    /// The text of a variable with the others put in; unknown ones as a shell's.
    private func expand(_ text: [UInt8], into result: inout [UInt8], depth: Int) {
        var index = 0
        while index < text.count, result.count < Self.limit {
            switch reference(in: text, at: index) {
            case .dollar?:
                result.append(UInt8(ascii: "$"))
                index += 2
            case .name(let name, let end)?:
                if depth < 8, let variable = variables[name] {
                    expand(variable.text, into: &result, depth: depth + 1)
                } else {
                    result += "${\(name)}".utf8
                }
                index = end
            case .command(let range, let end)?:
                result += "$(".utf8
                result += text[range]
                result.append(UInt8(ascii: ")"))
                index = end
            case .other(let end)?:
                result += "${make}".utf8
                index = end
            case nil:
                result.append(text[index])
                index += 1
            }
        }
    }

    /// A recipe as its shell gets it.
    ///
    /// A variable of one word stays a variable, so that its place is known; one of several words is
    /// put in, as make does.
    func shell(of recipe: PlacedText) -> PlacedText {
        var result = PlacedText()
        let text = recipe.bytes
        var index = 0
        var isSingle = false
        while index < text.count, result.bytes.count < 1 << 22 {
            if text[index] == 0x27 { isSingle.toggle() }
            if text[index] == 0x0A { isSingle = false }
            switch reference(in: text, at: index) {
            case .dollar?:
                result.append(UInt8(ascii: "$"), at: recipe.offset(of: index))
                index += 2
            case .name(let name, let end)?:
                put(name, at: recipe.offset(of: index), isQuoted: isSingle, into: &result)
                index = end
            case .command(let range, let end)?:
                result.append("$(", at: recipe.offset(of: index))
                for position in range {
                    result.append(text[position], at: recipe.offset(of: position))
                }
                result.append(UInt8(ascii: ")"), at: recipe.offset(of: end - 1))
                index = end
            case .other(let end)?:
                result.append("${make}", at: recipe.offset(of: index))
                index = end
            case nil:
                result.append(text[index], at: recipe.offset(of: index))
                index += 1
            }
        }
        return result
    }

    private func put(_ name: String, at offset: Int, isQuoted: Bool, into result: inout PlacedText)
    {
        if let variable = variables[name] {
            var value: [UInt8] = []
            expand(variable.text, into: &value, depth: 0)
            let isWord =
                !value.isEmpty
                && value.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x27 && $0 != 0x60 }
            if isQuoted || !isWord {
                for byte in value where byte != 0x0A { result.append(byte, at: offset) }
                return
            }
        }
        result.append("${\(name)}", at: offset)
    }
}

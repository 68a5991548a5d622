/// Reads makefiles: recipes as shell, with the variables that they name.
struct MakefileReader {
    private let bytes: [UInt8]
    private var index = 0
    private var variables = MakeVariables()
    private var target: String?
    private var recipe = PlacedText()
    private var recipes: [(target: String, text: PlacedText)] = []
    private var comments: [Range<Int>] = []

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Puts recipes and variables into `scan`.
    static func read(_ scan: inout DocumentScan) {
        var reader = MakefileReader(scan.bytes)
        while reader.index < scan.bytes.count { reader.line() }
        reader.endRecipe()
        for comment in reader.comments { scan.addProse(comment) }
        // A recipe sees what is set after it too.
        let environment = reader.variables.settings()
        for recipe in reader.recipes {
            scan.embed(
                reader.variables.shell(of: recipe.text), language: "shell", symbol: recipe.target,
                environment: environment)
        }
        for setting in environment { scan.add(setting) }
    }

    // MARK: Lines

    private func lineEnd(from start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        return end
    }

    /// The end of a line that backslashes continue.
    private func logicalEnd(from start: Int) -> Int {
        var end = lineEnd(from: start)
        while end < bytes.count {
            let last = end > start && bytes[end - 1] == 0x0D ? end - 1 : end
            guard last > start, bytes[last - 1] == 0x5C else { break }
            end = lineEnd(from: end + 1)
        }
        return end
    }

    private mutating func line() {
        let start = index
        let end = logicalEnd(from: start)
        index = min(bytes.count, end + 1)
        if bytes[start] == 0x09, target != nil {
            recipeLine(start + 1..<end)
            return
        }
        let line = ByteText.trimmed(start..<end, of: bytes)
        guard !line.isEmpty else { return }
        if bytes[line.lowerBound] == UInt8(ascii: "#") {
            comments.append(line)
            return
        }
        if ByteText.matches("define ", in: bytes[...], at: line.lowerBound) {
            define(line)
        } else if let assignment = MakeAssignment(bytes, line) {
            if !assignment.isForTarget { endRecipe() }
            variables.set(assignment, bytes)
            commands(in: assignment)
        } else {
            rule(line)
        }
    }

    private mutating func define(_ line: Range<Int>) {
        let name = ByteText.trimmed((line.lowerBound + 7)..<line.upperBound, of: bytes)
        let start = index
        var stop = index
        while index < bytes.count {
            let end = lineEnd(from: index)
            let content = ByteText.trimmed(index..<end, of: bytes)
            stop = index
            index = min(bytes.count, end + 1)
            if ByteText.matches("endef", in: bytes[content], at: content.lowerBound) { break }
            stop = index
        }
        let word = String(decoding: bytes[name].prefix { $0 > 0x20 }, as: UTF8.self)
        variables.set(MakeAssignment(name: word, value: start..<stop), bytes)
        // Lines that `$(call word)` runs.
        recipes.append((word, PlacedText(start..<stop, of: bytes)))
    }

    /// `NAME := $(shell command)` runs the command.
    private mutating func commands(in assignment: MakeAssignment) {
        for mark in ["$(shell ", "`"] {
            guard let start = ByteText.find(mark, in: bytes[assignment.value]) else { continue }
            let text = PlacedText(
                (start + mark.utf8.count)..<assignment.value.upperBound, of: bytes)
            recipes.append((assignment.name, Self.untilClosed(text, by: mark == "`" ? 0x60 : 0x29)))
        }
    }

    /// The text up to the bracket that closes it.
    private static func untilClosed(_ text: PlacedText, by close: UInt8) -> PlacedText {
        var depth = 0
        for (index, byte) in text.bytes.enumerated() {
            if byte == close, depth == 0 { return text.part(0..<index) }
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
        }
        return text
    }

    private mutating func rule(_ line: Range<Int>) {
        guard let colon = colon(in: line) else { return }
        endRecipe()
        let name = ByteText.trimmed(line.lowerBound..<colon, of: bytes)
        target = String(decoding: bytes[name], as: UTF8.self)
        if let note = ByteText.find(" #", in: bytes[line]) {
            comments.append(note..<line.upperBound)
        }
        if let command = bytes[colon..<line.upperBound].firstIndex(of: UInt8(ascii: ";")) {
            recipeLine((command + 1)..<line.upperBound)
        }
    }

    /// The colon of a rule, not one inside `$(…)`.
    private func colon(in line: Range<Int>) -> Int? {
        var depth = 0
        for index in line {
            switch bytes[index] {
            case UInt8(ascii: "("), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: "#") where depth == 0: return nil
            case UInt8(ascii: ":") where depth == 0: return index
            default: break
            }
        }
        return nil
    }

    // MARK: Recipes

    private mutating func recipeLine(_ line: Range<Int>) {
        var start = line.lowerBound
        while start < line.upperBound, bytes[start] <= 0x20 || "@-+".utf8.contains(bytes[start]) {
            start += 1
        }
        recipe.append(start..<line.upperBound, of: bytes)
        recipe.append(0x0A, at: min(line.upperBound, bytes.count - 1))
    }

    private mutating func endRecipe() {
        if let target, !recipe.bytes.isEmpty { recipes.append((target, recipe)) }
        recipe = PlacedText()
        target = nil
    }
}

import Yams

/// Collects what is wrong in one file, each mistake with its place.
final class MistakeList {
    let file: String
    private var found: [RuleFileErrors.Mistake] = []
    private var isCut = false

    /// A file that is wrong everywhere is not told more often than anybody reads.
    static let limit = 200

    init(file: String) {
        self.file = file
    }

    /// What was found; a note comes first where more was found than is shown.
    var mistakes: [RuleFileErrors.Mistake] {
        guard isCut else { return found }
        let note = "more than \(Self.limit) mistakes; the first \(Self.limit) are shown"
        return [.init(file: file, line: 0, column: 0, text: note)] + found
    }

    func add(_ text: @autoclosure () -> String, line: Int, column: Int) {
        guard found.count < Self.limit else {
            isCut = true
            return
        }
        found.append(.init(file: file, line: line, column: column, text: text()))
    }

    func add(_ text: @autoclosure () -> String, at node: Node) {
        add(text(), line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
    }
}

extension String {
    /// In quotes, cut where it is longer than a message should be.
    var quoted: String { count > 80 ? "'\(prefix(80))…'" : "'\(self)'" }
}

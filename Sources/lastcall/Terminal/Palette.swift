/// Colours and weights for a terminal, or none.
enum Palette: Sendable {
    case none
    case colors

    func red(_ text: String) -> String { wrap("31;1", text) }
    func yellow(_ text: String) -> String { wrap("33", text) }
    func green(_ text: String) -> String { wrap("32", text) }
    func bold(_ text: String) -> String { wrap("1", text) }
    func dim(_ text: String) -> String { wrap("2", text) }

    private func wrap(_ code: String, _ text: String) -> String {
        switch self {
        case .none: text
        case .colors: "\u{1B}[\(code)m\(text)\u{1B}[0m"
        }
    }
}

import Deprecations

extension [Verification] {
    /// A line for each live call, and what a reader has to know below it.
    func list(_ palette: Palette) -> String {
        var text = ""
        var operation: String?
        let widths = (
            path: map { $0.call.path.count }.max() ?? 0,
            header: map { $0.call.header.count }.max() ?? 0
        )
        for verification in self {
            if verification.operation != operation {
                operation = verification.operation
                text +=
                    "\(verification.operation.printable) at \(verification.call.host.printable)\n"
            }
            text += verification.lines(palette, widths)
        }
        return text
    }
}

extension Verification {
    fileprivate func lines(_ palette: Palette, _ widths: (path: Int, header: Int)) -> String {
        let word = verdict.rawValue.padded(7)
        let colored =
            switch verdict {
            case .live: palette.green(word)
            case .gone: palette.red(word)
            case .unknown: palette.yellow(word)
            }
        let status = answer.map { "\($0.status)" } ?? "  –"
        let time = answer.map { "\($0.milliseconds) ms" } ?? ""
        var text =
            "  \(call.path.padded(widths.path))  \(call.header.padded(widths.header))  \(colored)  \(status)  "
            + "\(time.leading(8))  \(reason.printable)\n"
        for finding in findings {
            text +=
                "    \(palette.yellow(finding.subject.rawValue)): \(finding.message.printable)\n"
        }
        for (name, announcement) in [
            ("Deprecation", answer?.deprecation), ("Sunset", answer?.sunset),
        ] {
            guard let announcement else { continue }
            let day = announcement.day.map { " (\($0))" } ?? " (cannot be read)"
            text += "    \(name): \(announcement.text.printable)\(day)\n"
        }
        for link in answer?.links ?? [] {
            text += "    Link: \(link.relation.printable) \(link.target.printable)\n"
        }
        for warning in answer?.warnings ?? [] { text += "    Warning: \(warning.printable)\n" }
        return text
    }
}

extension VerifiedCall {
    /// The version header's value.
    fileprivate var header: String { (apiVersion.value ?? "no header").printable }
}

extension String {
    /// The text with spaces before it up to so many columns.
    fileprivate func leading(_ columns: Int) -> String {
        String(repeating: " ", count: Swift.max(0, columns - count)) + self
    }
}

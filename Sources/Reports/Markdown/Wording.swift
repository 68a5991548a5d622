import Deprecations

extension Int {
    /// In decimal, with a comma between thousands.
    var grouped: String {
        let digits = Array(String(magnitude))
        var text = self < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// With its noun, in the plural where that is due: `1 caller`, `2,000 callers`.
    func counted(_ noun: Markdown, _ plural: Markdown? = nil) -> Markdown {
        "\(self) \(self == 1 ? noun : plural ?? noun + "s")"
    }

    /// As bytes, in the largest unit that leaves a whole number before the point.
    var byteSize: Markdown {
        var amount = Double(self)
        var unit: Markdown = "bytes"
        for next in ["kB", "MB", "GB", "TB"] as [Markdown] where amount >= 1000 {
            amount /= 1000
            unit = next
        }
        return amount.rounded() >= 100 || self < 1000
            ? "\(Int(amount.rounded())) \(unit)" : "\(amount.tenths) \(unit)"
    }
}

extension Double {
    /// Rounded to one digit behind the point, which is left out where it is 0.
    var tenths: Markdown {
        let tenths = Int((self * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}

extension String {
    /// The first `limit` characters, and a sign that there were more.
    func shortened(to limit: Int) -> String {
        guard utf8.count > limit, count > limit else { return self }
        return prefix(limit) + "…"
    }
}

extension ReportedCallSite {
    /// The file, as one would name it where the scan was started.
    var file: String { site.place(below: site.path) }

    /// The file and the line.
    var place: Markdown { .code("\(file):\(site.line)") }
}

extension CallSite {
    /// A path below the root, as one would name it where the scan was started.
    func place(below path: String) -> String {
        // A root that is itself a file has the file's name as its only path.
        if root.isEmpty || root == "." { return path }
        if root == path || root.hasSuffix("/" + path) { return root }
        return root.hasSuffix("/") ? root + path : root + "/" + path
    }

    /// A line of the call site's tree.
    func place(_ place: SourcePlace) -> Markdown {
        .code("\(self.place(below: place.path)):\(place.line)")
    }
}

extension Kind {
    /// In the words of a sentence.
    var words: Markdown {
        switch self {
        case .call: "call"
        case .sdkCall: "client library's call"
        case .indirect: "follows the provider's link"
        case .definition: "definition"
        case .mock: "test double"
        case .mention: "mention"
        }
    }
}

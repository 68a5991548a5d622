import Deprecations

/// What live calls showed.
struct VerificationsView {
    var sentence: Markdown
    var table: MarkdownTable
    /// Dates that disagree, bodies that are not as documented, versions that answer differently.
    var findings: [Markdown]
    /// What the provider sent of the end, or that it sent nothing.
    var announcements: Markdown

    init?(_ verifications: [Verification], rules: RuleBook) {
        if verifications.isEmpty { return nil }
        sentence = Self.sentence(verifications)
        table = MarkdownTable(
            columns: [
                .text("Call"), .text("Version header"), .text("Verdict"), .text("Why"),
                .number("Status"), .number("Time"), .text("Operation"), .text("Host"), .text("Day"),
            ],
            rows: verifications.map { Self.row($0, rules: rules) })
        findings = verifications.flatMap { verification in
            verification.findings.map { finding in
                "\(Self.call(verification.call)), \(Self.header(verification.call, rules)): \(prose: finding.message)"
            }
        }
        announcements = Self.announcements(verifications)
    }

    private static func row(_ verification: Verification, rules: RuleBook) -> [Markdown] {
        let answer = verification.answer
        return [
            call(verification.call), header(verification.call, rules),
            verification.verdict.words,
            .prose(verification.reason), answer.map { "\(plain: $0.status)" } ?? "",
            answer.map { "\($0.milliseconds) ms" } ?? "",
            answer?.operationStatus.map { .code($0, limit: 40) } ?? "",
            .code(verification.call.host, limit: 80), "\(verification.at.day)",
        ]
    }

    private static func call(_ call: VerifiedCall) -> Markdown {
        .code("\(call.method) \(call.path)", limit: 120)
    }

    private static func header(_ call: VerifiedCall, _ rules: RuleBook) -> Markdown {
        rules[call.rule]?.shortVersion(call.apiVersion)
            ?? call.apiVersion.value.map { .code($0, limit: 40) } ?? "none"
    }

    private static func sentence(_ all: [Verification]) -> Markdown {
        let counts = Verification.Verdict.allCases.map { verdict -> Markdown in
            "\(verdict.words): \(all.count { $0.verdict == verdict })"
        }.joined(separator: ", ")
        let days = Set(all.map(\.at.day)).sorted()
        let when: Markdown =
            days.count == 1 ? "on \(days[0])" : "from \(days[0]) to \(days[days.count - 1])"
        return
            "\(all.count.counted("call")) made with `lastcall verify` \(when): \(counts). *unknown* proves nothing: the answer was a refusal, a redirect, a proxy's or a login page's."
    }

    private static func announcements(_ all: [Verification]) -> Markdown {
        var parts: [Markdown] = []
        func add(_ name: Markdown, _ texts: [String]) {
            for text in Set(texts).sorted() {
                parts.append("\(name) \(Markdown.code(text, limit: 200))")
            }
        }
        let answers = all.compactMap(\.answer)
        add("`Deprecation`", answers.compactMap(\.deprecation?.text))
        add("`Sunset`", answers.compactMap(\.sunset?.text))
        add("`Link`", answers.flatMap(\.links).map { "\($0.relation): \($0.target)" })
        add("`Warning`", answers.flatMap(\.warnings))
        if answers.isEmpty { return "" }
        if parts.isEmpty {
            return "No answer had a `Deprecation`, `Sunset`, `Warning` or such a `Link` header."
        }
        return "Sent in headers: \(parts.prefix(20).joined(separator: "; "))."
    }
}

extension Verification.Verdict {
    fileprivate var words: Markdown {
        switch self {
        case .live: "live"
        case .gone: "**gone**"
        case .unknown: "*unknown*"
        }
    }
}

import Deprecations

extension SARIFLog {
    /// GitHub takes no more results of one run
    /// (https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning).
    static let resultsTaken = 25_000
    /// How many notes on the run itself are written.
    private static let notificationsTaken = 1000

    /// One result for each caller that needs a change, and for each that may be one. What is migrated, resolved, or no
    /// caller is none, since review tools would raise an alert for it.
    init(_ report: AuditReport, resultsTaken: Int = resultsTaken) {
        let book = RuleBook(report)
        let parts = ReportParts(report.callSites)
        let indices = Dictionary(
            report.rules.enumerated().map { ($1.rule.id, $0) },
            uniquingKeysWith: { first, _ in first })
        let entries = Urgency.sorted(parts.callers, rules: book) + parts.unsure
        var fingerprints = Fingerprints()
        let results = entries.compactMap { entry -> Result? in
            guard let words = book[entry.site.rule], let index = indices[entry.site.rule] else {
                return nil
            }
            return SARIFResult(entry, words: words, ruleIndex: index)
                .result(
                    fingerprints: fingerprints.next(of: entry.site),
                    isCompared: report.isCompared)
        }
        runs = [
            Run(
                tool: Tool(
                    driver: Driver(
                        version: report.toolVersion.visible,
                        rules: report.rules.map(Descriptor.init))),
                invocations: [
                    Invocation(
                        endTimeUtc: report.generatedAt.description,
                        toolExecutionNotifications: report.diagnostics
                            .prefix(Self.notificationsTaken).map(Notification.init))
                ],
                results: Array(results.prefix(resultsTaken)),
                properties: RunProperties(
                    asOf: report.asOf.description,
                    resultsLeftOut: max(0, results.count - resultsTaken)))
        ]
    }
}

/// Tells call sites apart that say the same, as those of two copies of a tree do.
private struct Fingerprints {
    private var seen: [CallSiteID: Int] = [:]

    /// Ours, and the one by which GitHub follows an alert over commits.
    mutating func next(of site: CallSite) -> [String: String] {
        let ordinal = seen[site.id, default: 0] + 1
        seen[site.id] = ordinal
        let id = site.id.description.visible
        return [
            "lastcallCallSite/v1": ordinal == 1 ? id : "\(id):\(ordinal)",
            "primaryLocationLineHash": "\(id):\(ordinal)",
        ]
    }
}

extension SARIFLog.Descriptor {
    /// GitHub's bounds on the texts of a rule, in characters.
    private static let nameLimit = 255
    private static let descriptionLimit = 1000

    fileprivate init(_ standing: RuleStanding) {
        let rule = standing.rule
        let help = SARIFHelp(RuleWords(standing: standing))
        id = rule.id.visible
        name = rule.id.pascalCase.shortened(to: Self.nameLimit)
        let title = rule.title.visible.shortened(to: Self.descriptionLimit)
        shortDescription = SARIFLog.Text(text: title.isEmpty ? rule.id.visible : title)
        fullDescription = SARIFLog.Text(
            text: help.sentence.shortened(to: Self.descriptionLimit))
        self.help = SARIFLog.MarkdownText(text: help.text, markdown: help.markdown)
        defaultConfiguration = SARIFLog.Configuration(level: SARIFResult.level(in: standing.phase))
        properties = SARIFLog.DescriptorProperties(
            tags: ["api", "deprecation", "maintainability"],
            provider: rule.provider.name.visible, method: rule.endpoint.method.visible,
            path: rule.endpoint.path.description.visible, phase: standing.phase,
            deprecatedOn: rule.lifecycle.deprecatedOn?.day.description,
            sunsetOn: rule.lifecycle.sunsetOn?.day.description,
            daysUntilSunset: standing.daysUntilSunset)
    }
}

/// What a rule says to the one who is shown an alert.
private struct SARIFHelp {
    var words: RuleWords

    init(_ words: RuleWords) {
        self.words = words
    }

    /// The endpoint, its dates and its replacement, in one line.
    var sentence: String { lines.first?.plain.withoutPlaceholders ?? "" }

    var text: String { lines.map(\.plain.withoutPlaceholders).joined(separator: "\n") }

    var markdown: String {
        let steps = lines.dropFirst().map { "- \($0.source)\n" }.joined()
        return ((lines.first?.source ?? "") + "\n\n" + steps).withoutPlaceholders
    }

    private var lines: [Markdown] {
        let instead: Markdown =
            words.replacement.map { " Instead: \($0)." } ?? " No replacement is known."
        return ["\(words.endpoint): \(words.phase).\(instead)"] + words.movedDates
            + words.migrationNotes
            + words.dateSources.map { "The dates are said in: \($0)" }
    }
}

extension SARIFLog.Notification {
    fileprivate init(_ diagnostic: Diagnostic) {
        switch diagnostic.severity {
        case .error: level = .error
        case .warning: level = .warning
        case .note: level = .note
        }
        message = SARIFLog.Text(text: diagnostic.message.visible.asMessage)
        locations = diagnostic.path.map { path in
            [
                SARIFLog.Location(
                    physicalLocation: SARIFLog.PhysicalLocation(
                        artifactLocation: SARIFLog.ArtifactLocation(uri: path.asURIReference),
                        region: diagnostic.line.map { SARIFLog.Region(startLine: $0) }))
            ]
        }
    }
}

extension String {
    /// `workiva-get-operation` as `WorkivaGetOperation`.
    fileprivate var pascalCase: String {
        split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
            .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// As text of a message, in which brackets are escaped (SARIF 2.1.0, 3.11.6).
    var asMessage: String {
        withoutPlaceholders.writing(["[": "\\[", "]": "\\]", "\\": "\\\\"])
    }

    /// Without what a reader of SARIF would fill in (3.11.5): a parameter of a path is written `:name` instead of
    /// `{name}`, any other brace is doubled.
    var withoutPlaceholders: String {
        var text = String.UnicodeScalarView()
        var rest = unicodeScalars[...]
        while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            text += rest[..<brace]
            let inside = rest[rest.index(after: brace)...]
            let name = inside.prefix {
                $0.isASCII
                    && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_")
            }
            if rest[brace] == "{", !name.isEmpty, inside[name.endIndex...].first == "}" {
                text.append(":")
                text += name
                rest = inside[name.endIndex...].dropFirst()
            } else {
                text += [rest[brace], rest[brace]]
                rest = inside
            }
        }
        return String(text + rest)
    }

    /// A path as a URI reference: a `file:` URI where it is absolute (RFC 8089), else relative to wherever the scan
    /// was started, as a repository's root.
    var asURIReference: String {
        var encoded = hasPrefix("/") ? "file://" : ""
        let path = hasPrefix("./") ? dropFirst(2) : self[...]
        for byte in path.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A:
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            case _ where "-._~/".utf8.contains(byte):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default: encoded += "%" + hexadecimal(byte, digits: 2)
            }
        }
        return encoded.isEmpty ? "." : encoded
    }
}

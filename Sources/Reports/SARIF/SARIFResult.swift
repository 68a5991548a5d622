import Deprecations

/// A caller as a result: what is wrong, where, and the steps that led there.
struct SARIFResult {
    /// GitHub shows no more locations of one result.
    private static let stepsTaken = 100

    private let entry: ReportedCallSite
    private let words: RuleWords
    private let ruleIndex: Int

    private var site: CallSite { entry.site }

    init(_ entry: ReportedCallSite, words: RuleWords, ruleIndex: Int) {
        self.entry = entry
        self.words = words
        self.ruleIndex = ruleIndex
    }

    /// How grave a caller is.
    static func level(in phase: Phase) -> SARIFLog.Level {
        switch phase {
        case .active: .note
        case .deprecated: .warning
        case .sunset: .error
        }
    }

    /// `isCompared` says whether there was a run before, from which the result can differ.
    func result(fingerprints: [String: String], isCompared: Bool) -> SARIFLog.Result {
        let isSure = site.confidence > .low
        return SARIFLog.Result(
            ruleId: site.rule.visible, ruleIndex: ruleIndex,
            kind: isSure ? .fail : .review,
            // A result that is no failure has no level (SARIF 2.1.0, 3.27.10).
            level: isSure ? level : .none,
            message: SARIFLog.Text(text: message), locations: [location],
            relatedLocations: related.isEmpty ? nil : related,
            partialFingerprints: fingerprints,
            baselineState: isCompared ? entry.status == .new ? .new : .unchanged : nil,
            suppressions: suppressions,
            properties: properties)
    }

    private var suppressions: [SARIFLog.Suppression] {
        guard entry.status == .suppressed, let suppression = site.suppression else { return [] }
        return [
            SARIFLog.Suppression(
                kind: suppression.place == nil ? .external : .inSource,
                justification: "until \(suppression.until): \(suppression.reason.visible)")
        ]
    }

    private var level: SARIFLog.Level {
        let level = Self.level(in: words.standing.phase)
        // Path and version contradict each other already.
        return site.halfMigrated && level == .note ? .warning : level
    }

    /// What is wrong, what to change, and a link to each step of the evidence.
    private var message: String {
        let facts = CallerFacts(reported: entry, words: words)
        let subject: Markdown =
            site.halfMigrated
            ? "Half-migrated call of" : site.kind == .indirect ? "Follows a link to" : "Calls"
        let what: Markdown =
            "\(subject) \(words.endpoint) (\(prose: words.rule.title)): \(words.phase)."
        let sentences = [what, facts.version, facts.polling, facts.change].compactMap { $0 }
        let steps = related.compactMap { step -> String? in
            guard let id = step.id, let note = step.message?.text else { return nil }
            return "[\(note)](\(id))"
        }
        let text = sentences.map(\.plain.asMessage).joined(separator: " ")
        return steps.isEmpty ? text : "\(text) Evidence: \(steps.joined(separator: ", "))."
    }

    private var location: SARIFLog.Location {
        SARIFLog.Location(
            physicalLocation: SARIFLog.PhysicalLocation(
                artifactLocation: artifact(site.path),
                region: SARIFLog.Region(
                    startLine: site.line, startColumn: startColumn,
                    snippet: markedLine.map { SARIFLog.Text(text: $0.visible) }),
                contextRegion: context),
            logicalLocations: site.symbol.map { [SARIFLog.LogicalLocation(name: $0.visible)] })
    }

    /// The lines of the excerpt; left out where it is the one line of the region.
    private var context: SARIFLog.Region? {
        guard let excerpt = site.excerpt, excerpt.lines.count > 1 else { return nil }
        return SARIFLog.Region(
            startLine: excerpt.firstLine, endLine: excerpt.firstLine + excerpt.lines.count - 1,
            snippet: SARIFLog.Text(text: excerpt.lines.map(\.visible).joined(separator: "\n")))
    }

    private var markedLine: String? {
        guard let excerpt = site.excerpt else { return nil }
        let index = site.line - excerpt.firstLine
        return excerpt.lines.indices.contains(index) ? excerpt.lines[index] : nil
    }

    /// In UTF-16 units. Left out where the line is not at hand, or not as it is in the file since a secret is masked.
    private var startColumn: Int? {
        guard let line = markedLine, !line.contains("***") else { return nil }
        let bytes = line.utf8.prefix(site.column - 1)
        guard site.column >= 1, bytes.count == site.column - 1, bytes.endIndex < line.endIndex
        else { return nil }
        return String(decoding: bytes, as: UTF8.self).utf16.count + 1
    }

    private var related: [SARIFLog.Location] {
        site.evidence.prefix(Self.stepsTaken).enumerated().map { index, step in
            SARIFLog.Location(
                id: index + 1,
                physicalLocation: SARIFLog.PhysicalLocation(
                    artifactLocation: artifact(step.place.path),
                    region: SARIFLog.Region(startLine: step.place.line)),
                message: SARIFLog.Text(text: step.note.visible.asMessage))
        }
    }

    private func artifact(_ path: String) -> SARIFLog.ArtifactLocation {
        SARIFLog.ArtifactLocation(uri: site.place(below: path).asURIReference)
    }

    private var properties: SARIFLog.ResultProperties {
        SARIFLog.ResultProperties(
            id: site.id.description.visible, usage: site.usage, kind: site.kind,
            confidence: site.confidence, role: site.role, language: site.language.visible,
            client: site.client?.visible, method: site.method.visible, url: site.url?.visible,
            host: site.host?.visible, apiVersionClass: site.apiVersion.versionClass,
            apiVersion: site.apiVersion.value?.visible, halfMigrated: site.halfMigrated,
            inLoop: site.polling.inLoop, retryAfter: site.polling.retryAfter,
            owner: entry.owner?.visible, introducedOn: entry.introducedOn?.description,
            firstSeen: entry.firstSeen.description)
    }
}

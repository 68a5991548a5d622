import Deprecations
import Yams

/// What a rule file says, as far as it can be read.
struct RuleFileContent {
    var rules: [Rule] = []
    /// Every rule's id and its place, also of rules that have mistakes.
    var ids: [WrittenID] = []

    /// An id, and where it is written.
    struct WrittenID: Hashable, Sendable {
        var id: String
        var line: Int
        var column: Int
    }
}

/// Turns the YAML of a rule file into rules.
struct RuleReader {
    let mistakes: MistakeList
    private let digest: String

    /// All rules of a text; what is wrong is added to `mistakes`.
    static func content(of text: String, _ mistakes: MistakeList) -> RuleFileContent {
        var content = RuleFileContent()
        let before = mistakes.mistakes.count
        guard let root = YAMLDocument.node(of: text, mistakes) else {
            if mistakes.mistakes.count == before {
                mistakes.add("the file is empty; it needs 'rules'", line: 0, column: 0)
            }
            return content
        }
        guard let file = MappingReader(root, .ruleFile, mistakes) else { return content }
        var hash = StableHash()
        hash.combine(text)
        let reader = RuleReader(mistakes: mistakes, digest: String(hash.value, radix: 16))
        content.rules = file.mappings("rules", .rule, required: true) { map in
            let (id, rule) = reader.rule(map)
            if let id {
                let mark = map.value("id")?.mark
                content.ids.append(.init(id: id, line: mark?.line ?? 0, column: mark?.column ?? 0))
            }
            return rule
        }
        noteRepeated(content.ids, mistakes)
        return content
    }

    private static func noteRepeated(
        _ ids: [RuleFileContent.WrittenID], _ mistakes: MistakeList
    ) {
        var firstLines: [String: Int] = [:]
        for id in ids {
            guard let line = firstLines[id.id] else {
                firstLines[id.id] = id.line
                continue
            }
            mistakes.add(
                "the rule '\(id.id)' stands in line \(line) too; rename one of them",
                line: id.line, column: id.column)
        }
    }

    private func rule(_ map: MappingReader) -> (id: String?, rule: Rule?) {
        let id = map.parsed("id", Shapes.ruleID)
        let title = map.text("title")
        let provider = provider(map)
        let endpoint = endpoint(map)
        let header = versionHeader(map)
        let lifecycle = lifecycle(map)
        let rateLimit = rateLimit(map)
        let replacement = replacement(map, endpoint, header)
        let calls = map.mappings("initiatingCalls", .initiatingCall, initiatingCall)
        let links = links(map)
        let methods = map.mappings("sdkMethods", .sdkMethod, sdkMethod)
        let notes = map.texts("migrationNotes")
        let examples = examples(map)
        guard let id, let title, let provider, let endpoint, let lifecycle else { return (id, nil) }
        let rule = Rule(
            id: id, title: title, provider: provider, endpoint: endpoint, versionHeader: header,
            lifecycle: lifecycle, rateLimit: rateLimit, replacement: replacement,
            initiatingCalls: calls, links: links, sdkMethods: methods, migrationNotes: notes,
            examples: examples, digest: digest)
        return (id, rule)
    }

    // MARK: The endpoint

    private func provider(_ map: MappingReader) -> Provider? {
        guard let part = map.mapping("provider", .provider) else { return nil }
        let name = part.text("name")
        let words = part.texts("words")
        let packages = part.texts("packages")
        let paths = part.parsedItems("paths", Shapes.path)
        return name.map { Provider(name: $0, words: words, packages: packages, paths: paths) }
    }

    private func endpoint(_ map: MappingReader) -> Endpoint? {
        guard let part = map.mapping("endpoint", .endpoint) else { return nil }
        let method = part.parsed("method", Shapes.method)
        let path = part.parsed("path", Shapes.endpointPath)
        let hosts = part.mappings("hosts", .host, required: true, host)
        guard let method, let path else { return nil }
        return Endpoint(method: method, path: path, hosts: hosts)
    }

    private func host(_ part: MappingReader) -> RuleHost? {
        let name = part.parsed("name", Shapes.providerHost)
        let kind = part.word("kind", RuleHost.Kind.self)
        let note = part.text("note", required: false)
        guard let name, let kind else { return nil }
        return RuleHost(name: name, kind: kind, note: note)
    }

    private func versionHeader(_ map: MappingReader) -> VersionHeader? {
        guard let part = map.mapping("versionHeader", .versionHeader, required: false) else {
            return nil
        }
        let name = part.parsed("name", Shapes.headerName)
        let deprecated = part.texts("deprecatedValues", required: true)
        let replacement = part.text("replacementValue", required: false)
        if let replacement, deprecated.contains(replacement) {
            part.note(
                "\(replacement.quoted) stands among 'deprecatedValues' too", at: "replacementValue")
        }
        let absence = part.word("absence", VersionHeader.Absence.self)
        let source = part.text("absenceSource", required: false)
        guard let name, let absence else { return nil }
        return VersionHeader(
            name: name, deprecatedValues: deprecated, replacementValue: replacement,
            absence: absence, absenceSource: source)
    }

    private func rateLimit(_ map: MappingReader) -> RateLimit? {
        guard let part = map.mapping("rateLimit", .rateLimit, required: false) else { return nil }
        let rate = part.parsed("requestsPerSecond", Shapes.rate)
        let header = part.parsed("waitHeader", required: false, Shapes.headerName)
        let source = part.text("source", required: false)
        return rate.map { RateLimit(requestsPerSecond: $0, waitHeader: header, source: source) }
    }

    // MARK: Days

    private func lifecycle(_ map: MappingReader) -> Lifecycle? {
        guard let part = map.mapping("lifecycle", .lifecycle) else { return nil }
        let deprecated = announced(part, "deprecatedOn")
        let sunset = announced(part, "sunsetOn")
        if part.value("deprecatedOn") == nil, part.value("sunsetOn") == nil {
            mistakes.add("'lifecycle' needs 'deprecatedOn' or 'sunsetOn'", at: part.node)
        }
        if let deprecated, let sunset, sunset.day < deprecated.day {
            part.note(
                "the sunset \(sunset.day) lies before the deprecation \(deprecated.day)",
                at: "sunsetOn")
        }
        var latest: CalendarDay?
        let history = part.mappings("history", .movedDate) { moved($0, after: &latest) }
        return Lifecycle(deprecatedOn: deprecated, sunsetOn: sunset, history: history)
    }

    private func announced(_ map: MappingReader, _ key: String) -> AnnouncedDay? {
        guard let part = map.mapping(key, .announcedDay, required: false) else { return nil }
        let day = part.parsed("day", Shapes.day)
        let source = part.text("source")
        let basis = part.word("basis", AnnouncedDay.Basis.self, required: false)
        guard let day, let source else { return nil }
        return AnnouncedDay(day: day, source: source, basis: basis ?? .announced)
    }

    private func moved(_ part: MappingReader, after latest: inout CalendarDay?) -> MovedDate? {
        let subject = part.word("subject", MovedDate.Subject.self)
        let was = part.parsed("was", Shapes.day)
        let changed = part.parsed("changedOn", Shapes.day)
        let source = part.text("source")
        if let changed {
            if let latest, changed < latest {
                part.note(
                    "the history is not in order: \(changed) stands behind \(latest); oldest first",
                    at: "changedOn")
            }
            latest = changed
        }
        guard let subject, let was, let changed, let source else { return nil }
        return MovedDate(subject: subject, was: was, changedOn: changed, source: source)
    }
}

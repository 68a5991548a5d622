import Deprecations
import Yams

/// Turns the YAML of a rule file into rules.
struct RuleReader {
    private let mistakes: MistakeList
    private let digest: String

    /// The keys of a rule, in the order in which they are written.
    static let keys = [
        "id", "title", "provider", "endpoint", "versionHeader", "lifecycle", "rateLimit",
        "replacement",
        "initiatingCalls", "links", "sdkMethods", "migrationNotes", "examples",
    ]

    /// All rules of a text; what is wrong is added to `mistakes`.
    static func rules(in text: String, _ mistakes: MistakeList) -> [Rule] {
        guard let root = document(of: text, mistakes),
            let file = MappingReader(root, "a rule file", keys: ["rules"], mistakes)
        else { return [] }
        var hash = StableHash()
        hash.combine(text)
        let reader = RuleReader(mistakes: mistakes, digest: String(hash.value, radix: 16))
        var ids: Set<String> = []
        return file.items("rules", required: true).compactMap { node in
            guard let rule = reader.rule(node) else { return nil }
            if !ids.insert(rule.id).inserted {
                mistakes.add(
                    "the rule '\(rule.id)' stands twice in this file; rename one of them", at: node)
            }
            return rule
        }
    }

    private func rule(_ node: Node) -> Rule? {
        guard let map = MappingReader(node, "a rule", keys: Self.keys, mistakes) else { return nil }
        let id = map.parsed("id", "rule id: lower-case words joined by hyphens") { text in
            let isPlain = text.utf8.allSatisfy {
                $0 == 0x2D || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
            }
            return isPlain && !text.hasPrefix("-") && !text.hasSuffix("-") ? text : nil
        }
        let title = map.text("title")
        let provider = provider(map)
        let endpoint = endpoint(map)
        let lifecycle = lifecycle(map)
        let replacement = replacement(map, endpoint)
        let header = versionHeader(map)
        let examples = examples(map, node)
        let rateLimit = rateLimit(map)
        let links = map.mapping("links", keys: ["headers", "jsonFields"], required: false)
        let calls = initiatingCalls(map)
        let methods = sdkMethods(map)
        let notes = map.texts("migrationNotes")
        guard let id, let title, let provider, let endpoint, let lifecycle else { return nil }
        return Rule(
            id: id, title: title, provider: provider, endpoint: endpoint, versionHeader: header,
            lifecycle: lifecycle, rateLimit: rateLimit, replacement: replacement,
            initiatingCalls: calls,
            links: LinkNames(
                headers: links?.parsedItems("headers", Self.headerAdvice, Self.headerName) ?? [],
                jsonFields: links?.texts("jsonFields") ?? []),
            sdkMethods: methods, migrationNotes: notes, examples: examples, digest: digest)
    }

    // MARK: Parts

    private func provider(_ map: MappingReader) -> Provider? {
        guard let part = map.mapping("provider", keys: ["name", "words", "packages", "paths"]),
            let name = part.text("name")
        else { return nil }
        return Provider(
            name: name, words: part.texts("words"), packages: part.texts("packages"),
            paths: part.parsedItems("paths", Self.pathAdvice, Self.path))
    }

    private func endpoint(_ map: MappingReader) -> Endpoint? {
        guard let part = map.mapping("endpoint", keys: ["method", "path", "hosts"]) else {
            return nil
        }
        let hosts = part.items("hosts", required: true).compactMap(host)
        let path = part.parsed("path", Self.pathAdvice, Self.path)
        if let path, path.parameters.isEmpty, let node = part.value("path") {
            mistakes.add("the path '\(path)' has no {parameter}; write the id as {name}", at: node)
        }
        guard let method = part.parsed("method", Self.methodAdvice, Self.method), let path else {
            return nil
        }
        return Endpoint(method: method, path: path, hosts: hosts)
    }

    private func host(_ node: Node) -> RuleHost? {
        guard let part = MappingReader(node, "a host", keys: ["name", "kind", "note"], mistakes)
        else { return nil }
        let name = part.parsed("name", "host name: lower case, without scheme, port and path") {
            text in
            let isPlain = text.utf8.allSatisfy {
                $0 == 0x2D || $0 == 0x2E || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
            }
            return isPlain && text.contains(".") && !text.hasPrefix(".") && !text.hasSuffix(".")
                ? text : nil
        }
        let kind = part.word("kind", RuleHost.Kind.self)
        guard let name, let kind else { return nil }
        return RuleHost(name: name, kind: kind, note: part.text("note", required: false))
    }

    private func versionHeader(_ map: MappingReader) -> VersionHeader? {
        guard
            let part = map.mapping(
                "versionHeader",
                keys: ["name", "deprecatedValues", "replacementValue", "absence", "absenceSource"],
                required: false)
        else { return nil }
        let name = part.parsed("name", Self.headerAdvice, Self.headerName)
        let absence = part.word("absence", VersionHeader.Absence.self)
        let values = part.texts("deprecatedValues", required: true)
        guard let name, let absence else { return nil }
        return VersionHeader(
            name: name, deprecatedValues: values,
            replacementValue: part.text("replacementValue", required: false), absence: absence,
            absenceSource: part.text("absenceSource", required: false))
    }

    private func lifecycle(_ map: MappingReader) -> Lifecycle? {
        guard let part = map.mapping("lifecycle", keys: ["deprecatedOn", "sunsetOn", "history"])
        else { return nil }
        let deprecated = announced(part, "deprecatedOn")
        let sunset = announced(part, "sunsetOn")
        if deprecated == nil, sunset == nil, part.value("deprecatedOn") == nil,
            part.value("sunsetOn") == nil
        {
            mistakes.add("'lifecycle' needs 'deprecatedOn' or 'sunsetOn'", at: part.node)
        }
        if let deprecated, let sunset, sunset.day < deprecated.day,
            let node = part.value("sunsetOn")
        {
            mistakes.add(
                "the sunset \(sunset.day) lies before the deprecation \(deprecated.day)", at: node)
        }
        var history: [MovedDate] = []
        for node in part.items("history") {
            guard let moved = moved(node) else { continue }
            if let last = history.last, moved.changedOn < last.changedOn {
                mistakes.add(
                    "the history is not in order: \(moved.changedOn) comes after \(last.changedOn)",
                    at: node)
            }
            history.append(moved)
        }
        return Lifecycle(deprecatedOn: deprecated, sunsetOn: sunset, history: history)
    }

    private static let dayAdvice = "day of the calendar (YYYY-MM-DD)"

    private func announced(_ map: MappingReader, _ key: String) -> AnnouncedDay? {
        guard let part = map.mapping(key, keys: ["day", "source"], required: false) else {
            return nil
        }
        let day = part.parsed("day", Self.dayAdvice) { CalendarDay($0) }
        let source = part.text("source")
        guard let day, let source else { return nil }
        return AnnouncedDay(day: day, source: source)
    }

    private func moved(_ node: Node) -> MovedDate? {
        guard
            let part = MappingReader(
                node, "a moved date", keys: ["subject", "was", "changedOn", "source"], mistakes)
        else { return nil }
        let subject = part.word("subject", MovedDate.Subject.self)
        let was = part.parsed("was", Self.dayAdvice) { CalendarDay($0) }
        let changed = part.parsed("changedOn", Self.dayAdvice) { CalendarDay($0) }
        let source = part.text("source")
        guard let subject, let was, let changed, let source else { return nil }
        return MovedDate(subject: subject, was: was, changedOn: changed, source: source)
    }

    private func rateLimit(_ map: MappingReader) -> RateLimit? {
        guard
            let part = map.mapping(
                "rateLimit", keys: ["requestsPerSecond", "waitHeader", "source"], required: false),
            let rate = part.parsed(
                "requestsPerSecond", "number above zero",
                { text in
                    Double(text).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
                })
        else { return nil }
        return RateLimit(
            requestsPerSecond: rate,
            waitHeader: part.parsed(
                "waitHeader", required: false, Self.headerAdvice, Self.headerName),
            source: part.text("source", required: false))
    }

    private func replacement(_ map: MappingReader, _ endpoint: Endpoint?) -> Replacement? {
        guard
            let part = map.mapping(
                "replacement", keys: ["method", "path", "apiVersion", "source"], required: false)
        else { return nil }
        let method = part.parsed("method", Self.methodAdvice, Self.method)
        let path = part.parsed("path", Self.pathAdvice, Self.path)
        if let path, let endpoint, let node = part.value("path"),
            Set(path.parameters) != Set(endpoint.path.parameters)
        {
            mistakes.add(
                "the replacement's parameters \(path.parameters) differ from the endpoint's \(endpoint.path.parameters)",
                at: node)
        }
        guard let method, let path else { return nil }
        return Replacement(
            method: method, path: path, apiVersion: part.text("apiVersion", required: false),
            source: part.text("source", required: false))
    }

    private func initiatingCalls(_ map: MappingReader) -> [InitiatingCall] {
        map.items("initiatingCalls").compactMap { node in
            guard
                let part = MappingReader(
                    node, "an initiating call", keys: ["method", "path", "replacementPath"],
                    mistakes)
            else { return nil }
            let method = part.parsed("method", Self.methodAdvice, Self.method)
            let path = part.parsed("path", Self.pathAdvice, Self.path)
            let replacement = part.parsed(
                "replacementPath", required: false, Self.pathAdvice, Self.path)
            guard let method, let path else { return nil }
            return InitiatingCall(method: method, path: path, replacementPath: replacement)
        }
    }

    private func sdkMethods(_ map: MappingReader) -> [SDKMethod] {
        map.items("sdkMethods").compactMap { node in
            guard
                let part = MappingReader(
                    node, "a library's method",
                    keys: ["name", "owners", "packages", "migratedPackages"], mistakes),
                let name = part.text("name")
            else { return nil }
            let migrated = part.items("migratedPackages").compactMap { node -> MigratedPackage? in
                guard
                    let package = MappingReader(
                        node, "a package", keys: ["name", "fromVersion"], mistakes)
                else { return nil }
                let name = package.text("name")
                let version = package.text("fromVersion")
                guard let name, let version else { return nil }
                return MigratedPackage(name: name, fromVersion: version)
            }
            return SDKMethod(
                name: name, owners: part.texts("owners"), packages: part.texts("packages"),
                migratedPackages: migrated)
        }
    }

    // MARK: Examples

    private func examples(_ map: MappingReader, _ rule: Node) -> [RuleExample] {
        let examples = map.items("examples").compactMap(example)
        guard map.value("examples") != nil || true else { return [] }
        if !examples.contains(where: { if case .match = $0.expectation { true } else { false } }) {
            mistakes.add(
                "the rule needs an example that must match", at: map.value("examples") ?? rule)
        }
        if !examples.contains(where: { $0.expectation == .noMatch }) {
            mistakes.add(
                "the rule needs an example that must not match", at: map.value("examples") ?? rule)
        }
        return examples
    }

    private func example(_ node: Node) -> RuleExample? {
        guard
            let part = MappingReader(
                node, "an example",
                keys: ["code", "language", "log", "format", "expect", "usage", "kind", "note"],
                mistakes)
        else { return nil }
        let expectation = expectation(part)
        let content: RuleExample.Content?
        switch (part.value("code"), part.value("log")) {
        case (.some, .none):
            let language = part.parsed(
                "language",
                "language of the examples; it is one of \(KnownWords.languages.joined(separator: ", "))"
            ) {
                KnownWords.languages.contains($0) ? $0 : nil
            }
            content = part.text("code").flatMap { text in
                language.map { .code(language: $0, text: text) }
            }
        case (.none, .some):
            let format = part.text("format")
            content = part.text("log").flatMap { text in format.map { .log(format: $0, text: text) }
            }
        default:
            mistakes.add(
                "an example has either 'code' with 'language' or 'log' with 'format'", at: node)
            content = nil
        }
        guard let content, let expectation else { return nil }
        return RuleExample(
            content: content, expectation: expectation, note: part.text("note", required: false),
            line: node.mark?.line ?? 0)
    }

    private enum Expect: String, CaseIterable {
        case match, none
    }

    private func expectation(_ part: MappingReader) -> RuleExample.Expectation? {
        guard let expect = part.word("expect", Expect.self) else { return nil }
        switch expect {
        case .none: return .noMatch
        case .match:
            let usage = part.word("usage", Usage.self, required: false) ?? .deprecated
            return .match(usage: usage, kind: part.word("kind", Kind.self, required: false))
        }
    }

    // MARK: Texts

    private static let pathAdvice =
        "path: it begins with a slash, {name} stands for a whole segment"
    private static let methodAdvice = "HTTP method in upper case"
    private static let headerAdvice = "header name (RFC 9110, 5.6.2)"

    private static func path(_ text: String) -> PathTemplate? { try? PathTemplate(text) }

    private static func method(_ text: String) -> String? {
        text.utf8.allSatisfy { (0x41...0x5A).contains($0) } ? text : nil
    }

    static func headerName(_ text: String) -> String? {
        let marks = Set("!#$%&'*+-.^_`|~".utf8)
        let isToken = text.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || marks.contains($0)
        }
        return isToken ? text : nil
    }
}

/// Closed sets of words that rule files use.
enum KnownWords {
    /// Languages in which examples may be written: the contract's.
    static let languages = [
        "c", "cpp", "csharp", "dart", "dockerfile", "dotenv", "elixir", "go", "groovy", "html",
        "http", "java", "javascript",
        "json", "kotlin", "lua", "makefile", "markdown", "nginx", "objective-c", "openapi", "perl",
        "php", "postman",
        "powerquery", "powershell", "properties", "python", "r", "ruby", "rust", "scala", "shell",
        "sql", "swift", "terraform",
        "toml", "typescript", "vba", "xml", "yaml",
    ]
}

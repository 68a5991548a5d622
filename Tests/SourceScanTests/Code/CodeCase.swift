import Deprecations
import Testing

@testable import SourceScan

/// Code, and the call sites that must be found in it.
///
/// Keycaps (`1️⃣`) in the text mark places and are not part of it; each expectation begins with the mark whose line it
/// is about: `1️⃣ call requests 2022-01-01 honoured`.
struct CodeCase: Sendable, CustomTestStringConvertible {
    var title: String
    var files: [String: String]
    var sites: [String]

    /// Files by their path.
    init(_ title: String, _ files: [String: String], _ sites: String...) {
        self.title = title
        self.files = files
        self.sites = sites
    }

    /// One file.
    init(_ title: String, _ path: String, _ text: String, _ sites: String...) {
        self.title = title
        files = [path: text]
        self.sites = sites
    }

    var testDescription: String { title }

    /// Compares; the order does not matter.
    func check() async throws {
        var texts: [String: [UInt8]] = [:]
        var marks: [String: String] = [:]
        for (path, text) in files {
            let (plain, lines) = Self.unmarked(text)
            texts[path] = Array(plain.utf8)
            for (mark, line) in lines { marks["\(path):\(line)"] = mark }
        }
        // As a small tree, and as a large one, of which only what is asked for is parsed.
        for largeTree in [Int.max, 0] {
            let findings = try await Self.findings(in: texts, largeTree: largeTree)
            let found = findings.callSites.map { site in
                let place = "\(site.path):\(site.line)"
                return ([marks[place] ?? place] + Self.words(of: site)).joined(separator: " ")
            }
            let size = largeTree == 0 ? "as a large tree" : "as a small tree"
            #expect(found.sorted() == sites.sorted(), "\(title), \(size)")
        }
    }

    private static func unmarked(_ text: String) -> (String, [(mark: String, line: Int)]) {
        var plain = ""
        var lines: [(mark: String, line: Int)] = []
        var line = 1
        for character in text {
            if character == "\n" { line += 1 }
            if character.unicodeScalars.contains("\u{20E3}") {
                lines.append((String(character), line))
            } else {
                plain.append(character)
            }
        }
        return (plain, lines)
    }

    /// What a scan of a tree of these texts finds.
    static func findings(
        in texts: [String: [UInt8]], largeTree: Int = .max
    ) async throws -> SourceFindings {
        let scanner = SourceScanner(rules: [try OperationsRule.rule()], largeTree: largeTree)
        let tree = SourceTree(
            root: "tree",
            files: texts.keys.sorted().map { path in
                let bytes = texts[path] ?? []
                return TreeFile(
                    path: path, hits: unsafe scanner.gate.hits(in: bytes.span.bytes),
                    size: bytes.count)
            },
            read: { texts[$0] ?? [] })
        return await scanner.scan(tree, width: 1)
    }

    private static func words(of site: CallSite) -> [String] {
        var words = [site.kind.rawValue]
        if site.usage == .migrated { words.append("migrated") }
        if site.confidence != .high { words.append(site.confidence.rawValue) }
        guard site.kind.isCaller else { return words }
        if site.kind != .sdkCall { words.append(site.client ?? "-") }
        words.append(
            site.apiVersion.versionClass == .dynamic
                ? "dynamic" : site.apiVersion.value ?? site.apiVersion.versionClass.rawValue)
        if site.halfMigrated { words.append("half") }
        if site.polling.inLoop {
            words.append(site.polling.retryAfter == .honoured ? "honoured" : "loop")
        }
        return words
    }
}

/// The built-in rule in few words.
enum OperationsRule {
    static func rule() throws -> Rule {
        var rule = Rule(
            id: "get-operation", title: "Retrieve a single operation",
            provider: Provider(
                name: "Workiva", words: ["workiva", "wdesk"], packages: ["workiva_sdk"],
                paths: [try PathTemplate("/iam/v1/oauth2/token")]),
            endpoint: Endpoint(
                method: "GET", path: try PathTemplate("/platform/v1/operations/{operationId}"),
                hosts: ["api.app.wdesk.com", "api.eu.wdesk.com", "api.apac.wdesk.com"].map {
                    RuleHost(name: $0, kind: .production)
                }),
            versionHeader: VersionHeader(
                name: "X-Version", deprecatedValues: ["2022-01-01"],
                replacementValue: "2026-01-01", absence: .deprecatedVersion),
            lifecycle: Lifecycle(
                deprecatedOn: CalendarDay("2026-02-12").map { AnnouncedDay(day: $0, source: "") },
                sunsetOn: CalendarDay("2029-01-31").map { AnnouncedDay(day: $0, source: "") }),
            replacement: Replacement(
                method: "GET", path: try PathTemplate("/operations/{operationId}"),
                apiVersion: "2026-01-01"))
        rule.links = LinkNames(headers: ["Location"], jsonFields: ["operationUrl"])
        rule.initiatingCalls = [
            InitiatingCall(
                method: "POST",
                path: try PathTemplate("/platform/v1/documents/{documentId}/export"),
                replacementPath: try PathTemplate("/documents/{documentId}/export"))
        ]
        rule.sdkMethods = [
            SDKMethod(
                name: "get_operation_by_id", owners: ["OperationsApi"], packages: ["workiva_sdk"])
        ]
        return rule
    }
}

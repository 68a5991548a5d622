import Deprecations
import Testing

@testable import SourceScan

/// The call sites of a tree of documents, each as one line of text.
enum DocumentSites {
    /// `path:line kind client version` of each site, `loop` or `honoured` behind it where it polls.
    static func found(in files: [String: String]) async throws -> [String] {
        let scanner = SourceScanner(rules: [try rule()])
        let texts = files.mapValues { Array($0.utf8) }
        let tree = SourceTree(
            root: "tree",
            files: texts.keys.sorted().map { path in
                let bytes = texts[path] ?? []
                return TreeFile(
                    path: path, hits: unsafe scanner.gate.hits(in: bytes.span.bytes),
                    size: bytes.count)
            },
            read: { texts[$0] ?? [] })
        return await scanner.scan(tree, width: 1).callSites.map(line)
    }

    private static func line(_ site: CallSite) -> String {
        var words = ["\(site.path):\(site.line)", site.kind.rawValue]
        if site.usage == .migrated { words.append("migrated") }
        if site.kind.isCaller {
            words.append(site.client ?? "-")
            words.append(site.apiVersion.value ?? site.apiVersion.versionClass.rawValue)
            if site.polling.inLoop {
                words.append(site.polling.retryAfter == .honoured ? "honoured" : "loop")
            }
        }
        return words.joined(separator: " ")
    }

    private static func rule() throws -> Rule {
        var rule = Rule(
            id: "get-operation", title: "Retrieve a single operation",
            provider: Provider(
                name: "Workiva", words: ["workiva", "wdesk"], packages: ["workiva_sdk"], paths: []),
            endpoint: Endpoint(
                method: "GET", path: try PathTemplate("/platform/v1/operations/{operationId}"),
                hosts: ["api.app.wdesk.com", "api.eu.wdesk.com", "api.apac.wdesk.com"].map {
                    RuleHost(name: $0, kind: .production)
                }),
            versionHeader: VersionHeader(
                name: "X-Version", deprecatedValues: ["2022-01-01"],
                replacementValue: "2026-01-01", absence: .deprecatedVersion),
            lifecycle: Lifecycle(
                deprecatedOn: CalendarDay("2026-02-12").map { AnnouncedDay(day: $0, source: "") }),
            replacement: Replacement(
                method: "GET", path: try PathTemplate("/operations/{operationId}"),
                apiVersion: "2026-01-01"))
        rule.links = LinkNames(headers: ["Location"], jsonFields: [])
        return rule
    }
}

/// One document, and the sites that must be found in it.
struct DocumentCase: Sendable, CustomTestStringConvertible {
    var path: String
    var text: String
    var sites: [String]

    init(_ path: String, _ text: String, _ sites: [String]) {
        self.path = path
        self.text = text
        self.sites = sites
    }

    var testDescription: String { path }

    /// Compares; the sites leave out the path.
    func check() async throws {
        let found = try await DocumentSites.found(in: [path: text])
        #expect(found == sites.map { "\(path):\($0)" })
    }
}

import Deprecations
import Testing

@testable import SourceScan

/// The call sites of a tree of documents, each as one line of text.
enum DocumentSites {
    /// `path:line kind client version` of each site, `loop` or `honoured` behind it where it polls.
    static func found(in files: [String: String]) async throws -> [String] {
        let scanner = SourceScanner(rules: [try OperationsRule.rule()])
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

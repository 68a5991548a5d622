import Foundation
import Testing

@Suite("The house")
struct HouseTests {
    /// A room and the modules that its files import.
    private struct Room {
        var name: String
        var imports: Set<String>
    }

    private static let leaves: Set = [
        "Deprecations", "ByteScan", "FileWalk", "OperationsClient", "StandIn",
    ]
    private static let subjects: Set = [
        "RuleFiles", "SourceScan", "AccessLogs", "AuditStore", "Reports",
    ]
    private static let outside = [
        "Yams": "RuleFiles", "GRDB": "AuditStore", "Mustache": "Reports",
        "ArgumentParser": "lastcall", "CIsal": "AccessLogs", "CZstd": "AccessLogs",
        "CBzip2": "AccessLogs", "CLzma": "AccessLogs", "CLz4": "AccessLogs",
        "AsyncHTTPClient": "OperationsClient", "Hummingbird": "StandIn",
    ]

    private func rooms() throws -> [Room] {
        let sources = BuiltTool.project.appending(path: "Sources")
        return try FileManager.default.contentsOfDirectory(atPath: sources.path).sorted().map {
            name in
            var imports: Set<String> = []
            let files = FileManager.default.enumerator(atPath: sources.path + "/\(name)")
            while let path = files?.nextObject() as? String {
                guard path.hasSuffix(".swift") else { continue }
                let text = try String(
                    contentsOf: sources.appending(path: "\(name)/\(path)"), encoding: .utf8)
                for line in text.split(separator: "\n") {
                    let words = line.split(separator: " ")
                    guard let index = words.firstIndex(of: "import"), index <= 1,
                        index + 1 < words.count
                    else { continue }
                    imports.insert(String(words[index + 1]))
                }
            }
            return Room(name: name, imports: imports)
        }
    }

    @Test("each outside package is imported by one room")
    func outsidePackages() throws {
        for room in try rooms() {
            for (package, owner) in Self.outside where room.imports.contains(package) {
                #expect(room.name == owner, "\(room.name) imports \(package)")
            }
        }
        let imported = try rooms().reduce(into: Set<String>()) { $0.formUnion($1.imports) }
        for package in Self.outside.keys { #expect(imported.contains(package), "\(package)") }
    }

    @Test("leaves import nothing of ours but the C shim, subjects import leaves only")
    func rows() throws {
        let ours = Self.leaves.union(Self.subjects).union(["Audit", "lastcall"])
        for room in try rooms() {
            let own = room.imports.intersection(ours).subtracting([room.name])
            if Self.leaves.contains(room.name) { #expect(own.isEmpty, "\(room.name): \(own)") }
            if Self.subjects.contains(room.name) {
                #expect(own.isSubset(of: Self.leaves), "\(room.name): \(own)")
            }
            if room.name == "Audit" { #expect(!own.contains("Reports")) }
        }
    }

    @Test("Foundation stays out of the rooms that read bytes")
    func foundation() throws {
        let fast: Set = ["Deprecations", "ByteScan", "FileWalk", "SourceScan", "AccessLogs"]
        for room in try rooms() where fast.contains(room.name) {
            #expect(room.imports.isDisjoint(with: ["Foundation", "FoundationEssentials"]))
        }
    }

    @Test("every room of Sources is drawn in docs/architecture.md")
    func drawn() throws {
        let page = try String(
            contentsOf: BuiltTool.project.appending(path: "docs/architecture.md"), encoding: .utf8)
        for room in try rooms() where !room.name.hasPrefix("C") {
            #expect(page.contains("`\(room.name)`"), "\(room.name)")
        }
    }
}

import Foundation
import Testing

@testable import FileWalk

/// A working tree, and real git to compare with. The user's home is next to it, so that nobody's own settings count.
struct GitTree {
    let folder: URL
    let environment: [String: String]

    /// Makes an empty repository in a fresh folder; or a tree without one.
    init(in parent: URL, isRepository: Bool = true) throws {
        folder = parent.appending(path: "tree")
        let home = parent.appending(path: "home")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        environment = ["HOME": home.path, "GIT_CONFIG_NOSYSTEM": "1"]
        if isRepository { try git("init", "--quiet") }
    }

    /// Writes a file and the folders that it needs.
    func write(_ path: String, _ content: String = "") throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.utf8).write(to: file)
    }

    @discardableResult
    func git(_ arguments: String..., in subfolder: String = "") throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["git"] + arguments
        process.environment = environment.merging(
            ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
        ) { own, _ in own }
        process.currentDirectoryURL = folder.appending(path: subfolder)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Array(bytes)
    }

    /// What git would add, links too.
    func listedByGit(in subfolder: String = "") throws -> [String] {
        let output = try git(
            "ls-files", "-z", "--others", "--exclude-standard", in: subfolder)
        return output.split(separator: 0).map { pathText($0) }.sorted()
    }

    /// What the walk visits, and the links that it says it passed over.
    func walked(
        in subfolder: String = "", workers: Int = 2, ignore: [String] = []
    ) async throws -> [String] {
        let outcome = try await walk(in: subfolder, workers: workers, ignore: ignore)
        let links = outcome.skipped.filter { $0.reason == .link }.map(\.path)
        return (outcome.states.flatMap(\.self) + links).sorted()
    }

    func walk(
        in subfolder: String = "", workers: Int = 2, ignore: [String] = []
    ) async throws -> WalkOutcome<[String]> {
        let walk = TreeWalk(
            root: folder.appending(path: subfolder).path,
            options: WalkOptions(ignore: ignore, environment: environment))
        return try await walk.run(workers: workers, initial: { [String]() }) { paths, file in
            paths.append(file.path)
        }
    }
}

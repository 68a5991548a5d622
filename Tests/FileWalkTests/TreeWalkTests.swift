import Foundation
import Synchronization
import TestSupport
import Testing

@testable import FileWalk

@Suite("Walking")
struct TreeWalkTests {
    @Test("every file is visited once, however many workers there are", arguments: [1, 2, 7])
    func once(workers: Int) async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder, isRepository: false)
            var expected: [String] = []
            for index in 0..<600 {
                expected.append(index % 3 == 0 ? "d\(index % 20)/e/f\(index)" : "flat\(index)")
            }
            for path in expected { try tree.write(path) }
            let outcome = try await tree.walk(workers: workers)
            #expect(outcome.states.flatMap(\.self).sorted() == expected.sorted())
            #expect(outcome.states.count == workers)
            #expect(outcome.skipped.isEmpty)
        }
    }

    @Test(
        "a large folder is shared between the workers",
        .enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1, "there is one thread"))
    func sharing() async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder, isRepository: false)
            for index in 0..<300 { try tree.write("f\(index)") }
            let walk = TreeWalk(root: tree.folder.path)
            let workers = Visits()
            let outcome = try await walk.run(workers: 2, initial: { 0 }) { count, _ in
                if count == 0 { workers.count.add(1, ordering: .relaxed) }
                count += 1
                // Whoever is first goes slowly until the other has come: other tests may hold the threads for long.
                if workers.count.load(ordering: .relaxed) < 2 { usleep(150_000) }
            }
            #expect(outcome.states.reduce(0, +) == 300)
            #expect(outcome.states.allSatisfy { $0 > 0 })
        }
    }

    @Test("links, pipes and ignored paths are named, not walked")
    func skipped() async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder, isRepository: false)
            try tree.write(".gitignore", "node_modules/\n*.log\nlinks-ignored")
            for file in ["a", "node_modules/x/y", "sub/z.log"] { try tree.write(file) }
            let path = tree.folder.path
            #expect(unsafe symlink(".", path + "/circle") == 0)
            #expect(unsafe symlink("/nowhere", path + "/sub/dangling") == 0)
            #expect(unsafe symlink("a", path + "/links-ignored") == 0)
            #expect(unsafe mkfifo(path + "/sub/pipe", 0o600) == 0)
            let outcome = try await tree.walk()
            #expect(outcome.states.flatMap(\.self).sorted() == [".gitignore", "a"])
            #expect(
                outcome.skipped == [
                    SkippedPath(path: "circle", isFolder: false, reason: .link),
                    SkippedPath(path: "links-ignored", isFolder: false, reason: .ignored),
                    SkippedPath(path: "node_modules", isFolder: true, reason: .ignored),
                    SkippedPath(path: "sub/dangling", isFolder: false, reason: .link),
                    SkippedPath(path: "sub/pipe", isFolder: false, reason: .special),
                    SkippedPath(path: "sub/z.log", isFolder: false, reason: .ignored),
                ])
        }
    }

    @Test("an ignore file that is a link is not followed, as in git")
    func linkedIgnoreFile() async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder)
            try tree.write("rules", "a")
            try tree.write("a")
            #expect(unsafe symlink("rules", tree.folder.path + "/.gitignore") == 0)
            let walked = try await tree.walked()
            #expect(try walked == tree.listedByGit())
            #expect(walked == [".gitignore", "a", "rules"])
        }
    }

    @Test("a root that is a file is walked as that file, also through a link")
    func fileRoot() async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder)
            try tree.write(".gitignore", "*")
            try tree.write("sub/a.py", "x")
            #expect(try await tree.walked(in: "sub/a.py") == ["a.py"])
            #expect(unsafe symlink("sub/a.py", tree.folder.path + "/b.py") == 0)
            #expect(unsafe symlink("sub", tree.folder.path + "/s") == 0)
            #expect(try await tree.walked(in: "b.py") == ["b.py"])
        }
    }

    @Test("a root that is not there, or neither file nor folder, is an error")
    func noRoot() async throws {
        await #expect(throws: WalkError(root: "/no/such", reason: .system(ENOENT))) {
            try await TreeWalk(root: "/no/such").run(workers: 1, initial: { 0 }) { _, _ in }
        }
        await #expect(throws: WalkError(root: "/dev/null", reason: .special)) {
            try await TreeWalk(root: "/dev/null").run(workers: 1, initial: { 0 }) { _, _ in }
        }
        #expect(
            WalkError(root: "/no/such", reason: .system(ENOENT)).description
                == "/no/such: No such file or directory")
    }

    @Test("a name that is no UTF-8 keeps its bytes, and can be told from others")
    func rawNames() async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder)
            for name: [UInt8] in [[0xE9], [0xE8], [0x61, 0xC3, 0xA9, 0xC3]] {
                let path = Array(tree.folder.path.utf8) + [UInt8(ascii: "/")] + name
                let descriptor = unsafe open(SystemFile.cString(path), O_CREAT | O_WRONLY, 0o600)
                try #require(descriptor >= 0)
                close(descriptor)
            }
            try Data([0xE8, 0x0A]).write(to: tree.folder.appending(path: ".gitignore"))
            #expect(try await tree.walked() == [".gitignore", "\\xE9", "aé\\xC3"])
            let outcome = try await TreeWalk(root: tree.folder.path)
                .run(workers: 1, initial: { [[UInt8]]() }) { $0.append($1.absolutePath) }
            #expect(outcome.states[0].contains { $0.suffix(2) == [UInt8(ascii: "/"), 0xE9] })
        }
    }

    @Test("a folder that cannot be read is named, and the rest is walked")
    func unreadable() async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder, isRepository: false)
            try tree.write("a")
            // A path longer than the system takes: that no user may read, root neither.
            let name = String(repeating: "d", count: 200)
            let script = "for i in $(seq 25); do mkdir \(name); cd \(name); done"
            try shell(script, in: tree.folder)
            defer { try? shell("rm -rf \(name)", in: tree.folder) }
            let outcome = try await tree.walk()
            #expect(outcome.states.flatMap(\.self) == ["a"])
            let skipped = try #require(outcome.skipped.first)
            #expect(outcome.skipped.count == 1)
            #expect(skipped.reason == .unreadable(ENAMETOOLONG) && skipped.isFolder)
            #expect(skipped.path.hasPrefix("\(name)/\(name)"))
        }
    }

    private func shell(_ script: String, in folder: URL) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = folder
        try process.run()
        process.waitUntilExit()
    }

    @Test("a folder that vanishes during the walk is not missed")
    func vanished() async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder, isRepository: false)
            try tree.write("a")
            try tree.write("sub/b")
            let gone = tree.folder.appending(path: "sub")
            let outcome = try await TreeWalk(root: tree.folder.path)
                .run(workers: 1, initial: { [String]() }) { paths, file in
                    paths.append(file.path)
                    try? FileManager.default.removeItem(at: gone)
                }
            #expect(outcome.states == [["a"]])
            #expect(outcome.skipped.isEmpty)
        }
    }

    @Test("a cancelled walk stops, and says so", arguments: [1, 3])
    func cancelled(workers: Int) async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder, isRepository: false)
            for index in 0..<500 { try tree.write("d\(index % 9)/f\(index)") }
            let walk = TreeWalk(root: tree.folder.path)
            let visits = Visits()
            let task = Task {
                try await walk.run(workers: workers, initial: { 0 }) { _, _ in
                    visits.count.add(1, ordering: .relaxed)
                    while !visits.mayGoOn.load(ordering: .acquiring) { usleep(200) }
                }
            }
            // On a thread of its own, as the workers hold those of the tasks.
            Thread.detachNewThread {
                while visits.count.load(ordering: .relaxed) == 0 { usleep(200) }
                task.cancel()
                visits.mayGoOn.store(true, ordering: .releasing)
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(visits.count.load(ordering: .relaxed) <= workers * 16)
        }
    }
}

/// A count of visits or visitors; shared between the workers of a walk and the test.
private final class Visits: Sendable {
    let count = Atomic<Int>(0)
    let mayGoOn = Atomic<Bool>(false)
}

import Foundation
import TestSupport
import Testing

@testable import FileWalk

@Suite("The walk visits what git would add")
struct AgainstGitTests {
    /// The names that random trees and random patterns are made of: few, so that they meet.
    private static let names = [
        "a", "b", "ab", "a.c", "b.c", ".x", "a b", "[a]", "a\\b", "é", "-", "^",
    ]
    private static let pieces = [
        "a", "b", "c", ".", "*", "*", "**", "***", "?", "/", "/", "/**/", "**/", "/**", "[ab]",
        "[!a]",
        "[^b]", "[a-c]", "[]a]", "[]-]", "[a", "[[:alpha:]]", "[[:upper:]x]", "[[:nope:]]", "[[:a]",
        "[\\]a]", "[!a-]", "[+--]", "[b-a]", "\\a", "\\*", "\\", " ", "\\ ", "é", ".x", "ab", "\\[",
        "[[:punct:]]", "[[:space:]]", "#", "!", "\\!", "\t", "*.c", "-", "^", "[a-b-c]", "[/]",
        "[.-0]",
    ]

    private static func ignoreFile(_ random: inout SeededGenerator) -> String {
        let lines = (0..<Int.random(in: 1...5, using: &random)).map { _ in
            var line = Int.random(in: 0..<4, using: &random) == 0 ? "!" : ""
            if Int.random(in: 0..<4, using: &random) == 0 { line += "/" }
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                line += pieces.randomElement(using: &random) ?? ""
            }
            if Int.random(in: 0..<4, using: &random) == 0 { line += "/" }
            return line
        }
        let separator = Int.random(in: 0..<6, using: &random) == 0 ? "\r\n" : "\n"
        return lines.joined(separator: separator)
            + (Bool.random(using: &random) ? separator : "")
    }

    private static func fill(_ tree: GitTree, _ random: inout SeededGenerator) throws {
        for _ in 0..<25 {
            let path = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                names.randomElement(using: &random) ?? "a"
            }
            // A file may stand where a folder is wanted; then there is one path less.
            try? tree.write(path.joined(separator: "/"))
            if Int.random(in: 0..<6, using: &random) == 0 {
                let folder = path.dropLast().joined(separator: "/")
                try? tree.write("\(folder)/.gitignore", ignoreFile(&random))
            }
        }
        try tree.write(".gitignore", ignoreFile(&random))
        if Bool.random(using: &random) { try tree.write(".git/info/exclude", ignoreFile(&random)) }
        if Bool.random(using: &random) {
            try tree.write("../home/.config/git/ignore", ignoreFile(&random))
        }
    }

    /// `GIT_ROUNDS=5000` looks harder.
    private static let rounds =
        UInt64(
            ProcessInfo.processInfo.environment["GIT_ROUNDS"] ?? "") ?? 40

    @Test("in random trees with random ignore files")
    func randomTrees() async throws {
        for seed in 0..<Self.rounds {
            try await withTemporaryFolder { folder in
                var random = SeededGenerator(seed: seed)
                let tree = try GitTree(in: folder)
                try Self.fill(tree, &random)
                let walked = try await tree.walked()
                let listed = try tree.listedByGit()
                #expect(walked == listed, "seed \(seed)")
            }
        }
    }
}

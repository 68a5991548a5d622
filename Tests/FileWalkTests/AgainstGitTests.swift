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
            ProcessInfo.processInfo.environment["GIT_ROUNDS"] ?? "") ?? 20

    @Test("in random trees with random ignore files")
    func randomTrees() async throws {
        var visited = 0
        var ignored = 0
        for seed in 0..<Self.rounds {
            try await withTemporaryFolder { folder in
                var random = SeededGenerator(seed: seed)
                let tree = try GitTree(in: folder)
                try Self.fill(tree, &random)
                let outcome = try await tree.walk()
                let walked = outcome.states.flatMap(\.self).sorted()
                let listed = try tree.listedByGit()
                #expect(walked == listed, "seed \(seed)")
                visited += walked.count
                ignored += outcome.skipped.count { $0.reason == .ignored }
            }
        }
        // Neither all nor nothing, or the comparison says little.
        #expect(visited > 2 * Int(Self.rounds) && ignored > 2 * Int(Self.rounds))
    }

    @Test("with one random pattern after the other in one tree")
    func randomPatterns() async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder)
            for first in ["a", "b", "ab", "a.c", ".x", "]", "a-b"] {
                try tree.write("\(first)/f")
                for second in ["a", "b", "b.c", "é", "^"] {
                    for third in ["a", "ab", "c", "-"] {
                        try tree.write("\(first)/\(second)/\(third)")
                    }
                }
            }
            var random = SeededGenerator(seed: 7)
            var telling = 0
            for _ in 0..<Self.rounds {
                let content = Self.ignoreFile(&random)
                try tree.write(".gitignore", content)
                let walked = try await tree.walked(workers: 1)
                #expect(try walked == tree.listedByGit(), "\(content.debugDescription)")
                if walked.count < 148 { telling += 1 }
            }
            #expect(telling > Self.rounds / 4)
        }
    }
}

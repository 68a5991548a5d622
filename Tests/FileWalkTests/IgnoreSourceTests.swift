import Foundation
import TestSupport
import Testing

@testable import FileWalk

@Suite("Where ignore rules come from")
struct IgnoreSourceTests {
    @Test("the examples of gitignore(5) hold")
    func manual() async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder)
            try tree.write(
                ".gitignore",
                """
                # a comment
                \\#kept
                *.o
                !keep.o
                /top
                doc/*.txt
                foo/**
                a/**/b
                **/deep/x
                build/
                \\!bang
                trailing\\ \u{20}
                /*.only
                """)
            let files = [
                "#kept", "x.o", "keep.o", "sub/keep.o", "top", "sub/top", "doc/n.txt",
                "doc/sub/n.txt", "foo/x/y", "a/b", "a/x/b", "a/x/y/b", "a/bb", "p/q/deep/x",
                "deep/x/y", "build/out", "sub/build/out", "sub2/build", "!bang", "trailing ",
                "trailing", "z.only", "sub/z.only",
            ]
            for file in files { try tree.write(file) }
            let walked = try await tree.walked()
            #expect(try walked == tree.listedByGit())
            #expect(
                walked == [
                    ".gitignore", "a/bb", "doc/sub/n.txt", "keep.o", "sub/keep.o", "sub/top",
                    "sub/z.only", "sub2/build", "trailing",
                ])
        }
    }

    @Test("a byte order mark, CRLF and a NUL in an ignore file do not change its patterns")
    func oddContent() async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder)
            try tree.write(".gitignore", "\u{FEFF}one\r\n\r\ntwo \r\nthree\u{0}tail\nfour")
            for file in ["one", "two", "three", "threetail", "four", "five"] {
                try tree.write(file)
            }
            let walked = try await tree.walked()
            #expect(try walked == tree.listedByGit())
            #expect(walked == [".gitignore", "five", "threetail"])
        }
    }

    @Test("the rules hold where the tree is no repository")
    func noRepository() async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder, isRepository: false)
            try tree.write(".gitignore", "/out\n*.log")
            try tree.write("sub/.gitignore", "!keep.log")
            for file in ["out/x", "sub/out", "sub/a.log", "sub/keep.log", ".hidden/x"] {
                try tree.write(file)
            }
            #expect(
                try await tree.walked() == [
                    ".gitignore", ".hidden/x", "sub/.gitignore", "sub/keep.log", "sub/out",
                ])
        }
    }

    @Test("a walk below the repository's top heeds the ignore files above it")
    func parents() async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder)
            try tree.write(".gitignore", "*.log\n/sub/inner/top\nignored/")
            try tree.write("sub/.gitignore", "/inner/x\n!keep.log")
            try tree.write("sub/.lastcallignore", "/inner/own")
            for name in ["a.log", "keep.log", "top", "x", "y", "own"] {
                try tree.write("sub/inner/\(name)")
            }
            try tree.write("sub/ignored/z")
            #expect(try tree.listedByGit(in: "sub/inner") == ["keep.log", "own", "y"])
            #expect(try await tree.walked(in: "sub/inner") == ["keep.log", "y"])
            // What is named is walked, also where a rule says no.
            #expect(try await tree.walked(in: "sub/ignored") == ["z"])
        }
    }

    @Test(".lastcallignore is stronger than git's rules, and the caller's patterns stronger still")
    func ownRules() async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder)
            try tree.write(".gitignore", "dist/\n*.gen")
            try tree.write(".lastcallignore", "!dist/\n/fixtures/\n!a.gen")
            try tree.write("sub/.gitignore", "!b.gen")
            try tree.write("sub/.lastcallignore", "secret")
            let files = [
                "dist/x", "fixtures/x", "a.gen", "sub/a.gen", "sub/b.gen", "c.gen", "sub/secret",
                "kept",
            ]
            for file in files { try tree.write(file) }
            let own = [".gitignore", ".lastcallignore", "sub/.gitignore", "sub/.lastcallignore"]
            let walked = try await tree.walked()
            #expect(
                walked == (own + ["a.gen", "dist/x", "kept", "sub/a.gen", "sub/b.gen"]).sorted())
            let fewer = try await tree.walked(ignore: [".*ignore", "/kept", "!c.gen", "dist/"])
            #expect(fewer == ["a.gen", "c.gen", "sub/a.gen", "sub/b.gen"])
        }
    }

    @Test(
        "the user's ignore file is found as git finds it",
        arguments: [
            ["../home/.config/git/ignore": "*.user"],
            ["../home/.gitconfig": "[core]\n\texcludesFile = ~/mine", "../home/mine": "*.user"],
            [
                "../home/.config/git/config": "[Core] # c\nEXCLUDESFILE=\"~/my file\" ; c",
                "../home/my file": "*.user",
            ],
            [
                "../home/.gitconfig": "[include]\npath = more/config",
                "../home/more/config":
                    "[core \"x\"]\nexcludesFile = /no\n[core]\nexcludesFile=~/m\\\\n",
                "../home/m\\n": "*.user",
            ],
            [".git/config": "[core] excludesFile = rules/mine", "rules/mine": "*.user"],
            // An empty name switches the usual one off.
            ["../home/.gitconfig": "[core]\nexcludesFile =", "../home/.config/git/ignore": "*"],
            [".git/info/exclude": "*.user"],
            [
                "../home/.gitconfig": "[core]\nexcludesFile = \\\n  ~/mine",
                "../home/mine": "*.user",
            ],
        ])
    func userRules(files: [String: String]) async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder)
            for (path, content) in files { try tree.write(path, content) }
            try tree.write("a.user")
            try tree.write("sub/b.user")
            try tree.write("c")
            let listed = try tree.listedByGit()
            #expect(try await tree.walked() == listed)
            let isSwitchedOff = files["../home/.gitconfig"]?.hasSuffix("=") == true
            #expect(listed.contains("a.user") == isSwitchedOff)
        }
    }

    @Test("a further working tree has the excludes of its repository")
    func worktree() async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder)
            try tree.git(
                "-c", "user.name=n", "-c", "user.email=e", "commit", "--allow-empty", "-mx")
            try tree.git("worktree", "add", "--quiet", "../tree/other")
            try tree.write(".git/info/exclude", "*.tmp")
            try tree.write(".gitignore", "*.outer")
            for name in ["a.tmp", "b.outer", "c"] { try tree.write("other/\(name)") }
            #expect(try tree.listedByGit(in: "other") == ["b.outer", "c"])
            #expect(try await tree.walked(in: "other") == ["b.outer", "c"])
            // Also on the way down from the outer one.
            #expect(try await tree.walked() == [".gitignore", "other/b.outer", "other/c"])
        }
    }

    @Test("a repository in the tree has its own rules, but for .lastcallignore")
    func nestedRepository() async throws {
        try await withTemporaryFolder { folder in
            let tree = try GitTree(in: folder)
            try tree.write(".gitignore", "*.outer\n/vendor/skipped/")
            try tree.write(".lastcallignore", "*.never")
            for name in ["inner", "skipped"] {
                try tree.write("vendor/\(name)/x.outer")
                try tree.git("init", "--quiet", in: "vendor/\(name)")
            }
            try tree.write("vendor/inner/.git/info/exclude", "*.inner")
            for name in ["x.inner", "x.never", "y"] { try tree.write("vendor/inner/\(name)") }
            #expect(
                try await tree.walked() == [
                    ".gitignore", ".lastcallignore", "vendor/inner/x.outer", "vendor/inner/y",
                ])
        }
    }

    @Test("random ignore files and git configurations are read without a trap", arguments: 0..<40)
    func random(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let signs = Array("[core]\nexcludesfile=\"\\ \t#;!*/?-:alpha:]^\u{0}\r~/".utf8)
        let content = (0..<Int.random(in: 0...60, using: &random)).map { _ in
            signs.randomElement(using: &random) ?? 0
        }
        let path = Array("/r/a/b.c".utf8)
        for length in 0...content.count {
            let list = IgnoreList(Array(content.prefix(length)), base: 3)
            _ = list.verdict(on: path.span, nameStart: 5, isFolder: false)
        }
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "config")
            try Data(content).write(to: file)
            _ = GitConfig(reading: [Array(file.path.utf8)], home: nil)
        }
    }

    @Test("a pattern with many stars takes no longer than its length allows")
    func hostilePattern() {
        let stars = String(repeating: "*a", count: 200) + "b"
        let deep = "/" + String(repeating: "**/a*/", count: 60) + "b"
        let list = IgnoreList(patterns: [stars, deep], base: 1)
        let path = Array(
            ("/" + String(repeating: "aa/", count: 400) + String(repeating: "a", count: 3000)).utf8)
        let clock = ContinuousClock()
        let time = clock.measure {
            #expect(list.verdict(on: path.span, nameStart: 1201, isFolder: false) == nil)
        }
        #expect(time < .seconds(10))
    }
}

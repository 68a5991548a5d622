import Deprecations
import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite("SARIF")
struct SARIFReportTests {
    private typealias Object = [String: Any]

    private func run(_ report: AuditReport) throws -> Object {
        let bytes = try Reports.write(report, as: .sarif)
        let log = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? Object)
        #expect(log["version"] as? String == "2.1.0")
        #expect((log["$schema"] as? String)?.hasSuffix("/sarif-schema-2.1.0.json") == true)
        let runs = try #require(log["runs"] as? [Object])
        #expect(runs.count == 1)
        return try #require(runs.first)
    }

    private func results(_ report: AuditReport) throws -> [Object] {
        try #require(try run(report)["results"] as? [Object])
    }

    private func rules(_ report: AuditReport) throws -> [Object] {
        let tool = try #require(try run(report)["tool"] as? Object)
        let driver = try #require(tool["driver"] as? Object)
        return try #require(driver["rules"] as? [Object])
    }

    private func physical(_ location: Any?) -> Object {
        (location as? Object)?["physicalLocation"] as? Object ?? [:]
    }

    private func uri(_ location: Any?) -> String? {
        (physical(location)["artifactLocation"] as? Object)?["uri"] as? String
    }

    private func text(_ value: Any?) -> String { (value as? Object)?["text"] as? String ?? "" }

    @Test("callers that need a change fail, unsure ones are for review, all else is no result")
    func kinds() throws {
        let report = try Sample.rich()
        let results = try results(report)
        let kinds = Dictionary(grouping: results) { $0["kind"] as? String ?? "" }
        let parts = ReportParts(report.callSites)
        #expect(kinds["fail"]?.count == parts.callers.count)
        #expect(kinds["review"]?.count == parts.unsure.count)
        #expect(results.count == parts.callers.count + parts.unsure.count)
        for result in kinds["review"] ?? [] { #expect(result["level"] as? String == "none") }
    }

    @Test(
        "the level follows the phase, and what is half-migrated is no mere note",
        arguments: [
            ("2026-01-01", "note", "warning"), ("2026-11-23", "warning", "warning"),
            ("2029-02-10", "error", "error"),
        ])
    func levels(asOf: String, level: String, half: String) throws {
        let whole = Sample.site("00000001")
        var other = Sample.site("00000002", line: 90)
        other.halfMigrated = true
        let report = try Sample.report(
            asOf: asOf, callSites: [Sample.reported(whole), Sample.reported(other)])
        let levels = try results(report).map { $0["level"] as? String }
        #expect(Set(levels) == [level, half])
        #expect(levels.first == half)
    }

    @Test("every result names its rule by id and by index, and every rule helps")
    func ruleReferences() throws {
        let report = try Sample.rich()
        let rules = try rules(report)
        for result in try results(report) {
            let index = try #require(result["ruleIndex"] as? Int)
            #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
        }
        for rule in rules {
            let help = try #require(rule["help"] as? Object)
            #expect(!text(help).isEmpty)
            #expect(help["markdown"] as? String != nil)
            #expect(!text(rule["shortDescription"]).isEmpty)
            #expect(!text(rule["fullDescription"]).isEmpty)
            let tags = (rule["properties"] as? Object)?["tags"] as? [String] ?? []
            #expect(tags.count <= 10)
        }
    }

    @Test("a place is a URI below the root, its column counts UTF-16 units")
    func places() throws {
        var site = Sample.site("00000001", path: "src/größe &c/100%.py", line: 2)
        site.column = 8
        site.excerpt = Excerpt(firstLine: 1, lines: ["a", "é😀 HERE"])
        let result = try #require(
            try results(Sample.report(callSites: [Sample.reported(site)])).first)
        let location = try #require((result["locations"] as? [Object])?.first)
        #expect(uri(location) == "app/src/gr%C3%B6%C3%9Fe%20%26c/100%25.py")
        let region = try #require(physical(location)["region"] as? Object)
        #expect(region["startLine"] as? Int == 2)
        #expect(region["startColumn"] as? Int == 5)
        site.root = "/srv/code"
        site.excerpt?.lines[1] = "k = '***' HERE"
        let masked = try #require(
            try results(Sample.report(callSites: [Sample.reported(site)])).first)
        let place = (masked["locations"] as? [Object])?.first
        #expect(uri(place)?.hasPrefix("file:///srv/code/src/") == true)
        let maskedRegion = try #require(physical(place)["region"] as? Object)
        #expect(maskedRegion["startColumn"] == nil)
    }

    @Test("each step of the evidence is a related location that the message links to")
    func evidence() throws {
        let poller = try #require(
            try results(Sample.rich()).first {
                uri(($0["locations"] as? [Any])?.first) == "app/src/poll.py"
            })
        let related = try #require(poller["relatedLocations"] as? [Object])
        #expect(related.map { uri($0) } == ["app/src/config.py", "app/src/http.py"])
        #expect(related.map { $0["id"] as? Int } == [1, 2])
        let message = text(poller["message"])
        #expect(message.contains("[base URL](1), [version header](2)"))
        #expect(message.contains("GET /platform/v1/operations/:operationId"))
    }

    @Test("a fingerprint is the call site's id, told apart where two trees have the same")
    func fingerprints() throws {
        var copy = Sample.site("00000001")
        copy.root = "copy"
        let report = try Sample.report(
            callSites: [Sample.reported(Sample.site("00000001")), Sample.reported(copy)])
        let prints = try results(report).map {
            $0["partialFingerprints"] as? [String: String] ?? [:]
        }
        #expect(
            Set(prints.map { $0["primaryLocationLineHash"] }) == [
                "LC-00000001:1", "LC-00000001:2",
            ])
        #expect(Set(prints.map { $0["lastcallCallSite/v1"] }).count == 2)
    }

    @Test("what is new says so, once there was a run to compare with")
    func baseline() throws {
        let states = try results(Sample.rich()).compactMap { $0["baselineState"] as? String }
        #expect(Set(states) == ["new", "unchanged"])
        let first = try Sample.report(
            callSites: [Sample.reported(Sample.site("00000001"), status: .new)])
        #expect(try results(first).allSatisfy { $0["baselineState"] == nil })
    }

    @Test("no more results than GitHub takes, the most urgent ones, and the rest is counted")
    func limits() throws {
        #expect(SARIFLog.resultsTaken == 25_000)
        var sites = try (0..<5).map { number in
            try Sample.reported(Sample.site("t\(number)", line: number + 1, role: .test))
        }
        sites.append(try Sample.reported(Sample.site("first", path: "z.py")))
        let log = SARIFLog(try Sample.report(callSites: sites), resultsTaken: 3)
        #expect(log.runs.first?.results.map(\.properties.id) == ["LC-first", "LC-t0", "LC-t1"])
        #expect(log.runs.first?.properties.resultsLeftOut == 3)
    }

    @Test("what could not be read is a notification of the run")
    func notifications() throws {
        let invocations = try #require(try run(Sample.rich())["invocations"] as? [Object])
        let notes = try #require(
            invocations.first?["toolExecutionNotifications"] as? [Object])
        #expect(notes.map { $0["level"] as? String } == ["error", "error", "warning", "note"])
        #expect(uri((notes[1]["locations"] as? [Any])?.first) == "logs/blob")
    }

    @Test(
        "text in a message is neither a link nor a placeholder",
        arguments: [
            ("/v1/{operationId}", "/v1/:operationId"), ("{0}", ":0"), ("{a b}", "{{a b}}"),
            ("{", "{{"), ("[x](1)", "\\[x\\](1)"), ("a\\", "a\\\\"), ("{{x}}", "{{:x}}"),
        ])
    func messages(text: String, message: String) {
        #expect(text.asMessage == message)
    }

    @Test("hostile text makes no link, and leaves the form as it is")
    func hostile() throws {
        var generator = SeededGenerator(seed: 12)
        for _ in 0..<40 {
            let report = try Sample.report { "x\($0)" + HostileText.make(with: &generator) }
            let bytes = try Reports.write(report, as: .sarif)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.isUnseen })
            for result in try results(report) {
                let related = result["relatedLocations"] as? [Any] ?? []
                let message = self.text(result["message"])
                #expect(SARIFReading.links(in: message) == related.count)
            }
        }
    }
}

/// Reads messages as the standard says (SARIF 2.1.0, 3.11.6).
private enum SARIFReading {
    /// How many embedded links a message has: an unescaped `[`, and behind its unescaped `]` a target.
    static func links(in message: String) -> Int {
        var count = 0
        var isOpen = false
        var scalars = message.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\\": scalars = scalars.dropFirst()
            case "[": isOpen = true
            case "]":
                if isOpen, scalars.first == "(" { count += 1 }
                isOpen = false
            default: break
            }
        }
        return count
    }
}

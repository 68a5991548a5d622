import Deprecations
import Testing

@testable import Reports

@Suite("A report for each owner")
struct ShareTests {
    private func report() throws -> AuditReport {
        let billing = Caller(name: "billing", client: "requests", kind: .library)
        let other = Caller(name: "other", client: "axios", kind: .library)
        return try Sample.report(
            callSites: [
                Sample.reported(Sample.site("1", path: "billing/a.py"), owner: "@b"),
                Sample.reported(Sample.site("2", path: "x/b.py", kind: .sdkCall), owner: "@a"),
                Sample.reported(Sample.site("3", path: "y.py", kind: .sdkCall)),
            ],
            traffic: [
                Sample.traffic(billing, requests: 9, operations: 9, seconds: 1),
                Sample.traffic(other, requests: 7, operations: 7, seconds: 1),
            ], trees: Sample.richTrees(),
            progress: [
                ProgressPoint(
                    at: Sample.time("2026-11-23T10:00:00Z"), callers: 3, migratedCallers: 0,
                    requests: 16, migratedRequests: 0)
            ])
    }

    @Test("each owner has a part, and what nobody is named for is the last one")
    func parts() throws {
        let shares = try report().shares
        #expect(shares.map(\.share) == [.owner("@a"), .owner("@b"), .nobody])
        #expect(
            shares.map { $0.callSites.map(\.site.id.description) } == [
                ["LC-2"], ["LC-1"], ["LC-3"],
            ])
    }

    @Test("requests go to the owner of the code that they fit, else to nobody's part")
    func traffic() throws {
        let shares = try report().shares
        #expect(shares.map { $0.traffic.map(\.totals.requests) } == [[], [9], [7]])
        #expect(shares.allSatisfy { $0.progress.isEmpty })
    }

    @Test("a part says whose it is")
    func titles() throws {
        let pages = try report().shares.map {
            String(decoding: try Reports.write($0, as: .markdown), as: UTF8.self)
        }
        #expect(pages[0].hasPrefix("# 1 caller in code still to move for `@a`\n"))
        #expect(pages[2].split(separator: "\n")[0].hasSuffix("for whom nobody is named"))
    }

    @Test(
        "a part's file is named after its owner, and stays in its folder",
        arguments: [
            ("@org/team-a", "org-team-a"), ("../../etc/passwd", "etc-passwd"), ("a b", "a-b"),
            ("…", "owner"), ("me@example.org", "me-example.org"), ("", "owner"), ("..", "owner"),
        ])
    func names(owner: String, stem: String) {
        #expect(ReportShare.owner(owner).fileStem == stem)
        #expect(ReportShare.nobody.fileStem == "unowned")
    }

    @Test("without owners there is one part, nobody's")
    func nobody() throws {
        var report = try report()
        for index in report.callSites.indices { report.callSites[index].owner = nil }
        #expect(report.shares.map(\.share) == [.nobody])
        #expect(report.shares.first?.traffic.count == 2)
    }
}

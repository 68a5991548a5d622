import Deprecations
import Foundation
import RuleFiles
import TestSupport
import Testing

@Suite("lastcall.yaml")
struct SettingsTests {
    private static let text = """
        code: [src, services]
        logs:
          - logs/access.log
          - {path: "logs/eu/*.gz", format: combined, host: api.eu.wdesk.com, timezone: Europe/Berlin}
          - {path: edge.log, format: '$remote_addr "$request" $status'}
        gateways:
          - {host: Gateway.corp.example, pathPrefix: /wdesk, rules: [workiva-get-operation]}
          - host: proxy
        callers:
          - {name: nightly export, addresses: [10.0.3.0/24, "2001:db8::/32", "::1"], users: [etl]}
          - {name: browsers, userAgents: [Mozilla/]}
        owners:
          - {pattern: "*", owner: platform}
          - {pattern: /services/billing/, owner: billing}
        rules: [rules]
        ignore: ["*.min.js"]
        suppressions:
          - {rule: workiva-get-operation, path: /tools/old/, until: 2026-12-31, reason: replaced}
        failOn: deprecated,days:90

        """

    @Test("every key arrives where it belongs")
    func everyKey() throws {
        let settings = try SettingsFile.parse(Self.text, file: "lastcall.yaml")
        #expect(
            settings
                == Settings(
                    codeRoots: ["src", "services"],
                    logs: [
                        .init(path: "logs/access.log"),
                        .init(
                            path: "logs/eu/*.gz", format: "combined", host: "api.eu.wdesk.com",
                            timezone: "Europe/Berlin"),
                        .init(path: "edge.log", format: "$remote_addr \"$request\" $status"),
                    ],
                    gateways: [
                        .init(
                            host: "gateway.corp.example", pathPrefix: "/wdesk",
                            rules: ["workiva-get-operation"]), .init(host: "proxy"),
                    ],
                    callers: [
                        .init(
                            name: "nightly export",
                            addresses: ["10.0.3.0/24", "2001:db8::/32", "::1"], users: ["etl"]),
                        .init(name: "browsers", userAgents: ["Mozilla/"]),
                    ],
                    owners: [
                        .init(pattern: "*", owner: "platform"),
                        .init(pattern: "/services/billing/", owner: "billing"),
                    ], rules: ["rules"], ignoredPaths: ["*.min.js"],
                    suppressions: [
                        .init(
                            rule: "workiva-get-operation", path: "/tools/old/",
                            until: try #require(CalendarDay("2026-12-31")), reason: "replaced")
                    ],
                    failOn: "deprecated,days:90"))
    }

    @Test(
        "a file that says nothing has no settings",
        arguments: ["", "\n", "# all of it is a comment\n", "---\n", "{}\n", "code:\nlogs: []\n"])
    func empty(_ text: String) throws {
        #expect(try SettingsFile.parse(text, file: "f") == Settings())
    }

    @Test(
        "a mistake is told with its place and what to write",
        arguments: [
            ("cod: [a]", "1:1: unknown key 'cod'; did you mean 'code'?"),
            ("code: src", "1:7: 'code' must be a list; write '- ' before each item"),
            ("code: [[a]]", "1:8: 'code' must be text"),
            ("code: ['']", "1:8: 'code' is empty"),
            (
                "- a",
                "1:1: lastcall.yaml must be a mapping of code, logs, gateways, callers, anonymize, trustedProxies, owners, rules, ignore, suppressions, failOn"
            ),
            ("logs: [{path: a, pth: a}]", "1:18: unknown key 'pth'; did you mean 'path'?"),
            ("logs: [{format: combined}]", "1:8: a log needs 'path'"),
            (
                "logs: [{path: a, format: combine}]",
                "1:26: 'combine' is no log format; did you mean 'combined'?"
            ),
            (
                "logs: [{path: a, host: 'https://a.example'}]",
                "1:24: 'https://a.example' is no host name: without scheme, port and path; did you mean 'a.example'?"
            ),
            (
                "gateways: [{host: 'a:80'}]",
                "1:19: 'a:80' is no host name: without scheme, port and path; did you mean 'a'?"
            ),
            (
                "gateways: [{host: a, pathPrefix: x}]",
                "1:34: 'x' is no path: it begins with a slash"
            ),
            (
                "gateways: [{host: a, pathPrefix: /x/}]",
                "1:34: '/x/' is no path: it has two slashes in a row, or one at the end"
            ),
            (
                "gateways: [{host: a, pathPrefix: '/{x}'}]",
                "1:34: '/{x}' has a parameter; a prefix is fixed"
            ),
            (
                "gateways: [{host: a, rules: [A]}]",
                "1:30: 'A' is no rule id: lower-case words joined by hyphens"
            ),
            ("callers: [{name: a}]", "1:18: a caller needs 'addresses', 'userAgents' or 'users'"),
            ("owners: [{pattern: a}]", "1:10: an owner needs 'owner'"),
            ("failOn: [new]", "1:9: 'failOn' must be text"),
            ("code: [", "2:1: YAML: did not find expected node content while parsing a flow node"),
            ("code: []\ncode: []", "1:1: the key 'code' stands twice in one mapping; remove one"),
        ])
    func mistake(_ text: String, _ mistake: String) {
        #expect(mistakes(inSettings: text + "\n") == [mistake])
    }

    @Test(
        "an address is written as addresses are",
        arguments: [
            "10.0.0.1", "10.0.0.0/8", "0.0.0.0/0", "255.255.255.255/32", "::", "::1", "fe80::/10",
            "2001:db8:0:1:2:3:4:5", "::ffff:10.0.0.1", "1::", "1:2:3:4:5:6:7::", "::/0",
            "ABCD::/128",
        ])
    func address(_ text: String) {
        #expect(mistakes(inSettings: "callers: [{name: a, addresses: ['\(text)']}]") == [])
    }

    @Test(
        "what is no address is told",
        arguments: [
            "10.0.0", "10.0.0.256", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0.+1", "/8",
            "10.0.0.0/+8", "10.0.0.0/-1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", ":::",
            ":1", "1:", "12345::", "g::", "::/129", "10.0.0.1::", "::10.0.0", "a.example",
            "[::1]", "10.0.0.1:80",
        ])
    func noAddress(_ text: String) {
        let found = mistakes(inSettings: "callers: [{name: a, addresses: ['\(text)']}]")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("1:33: '\(text)' ") == true)
    }

    @Test("all mistakes are told at once, sorted by place")
    func manyAtOnce() {
        let text = """
            gateways:
              - {hots: a}
            callers:
              - {nam: a, addresses: [x, 10.0.0.0/40]}
            logs:
              - {pat: a, format: nonsense-format, host: "a b"}
            """
        #expect(
            mistakes(inSettings: text).map { String($0.prefix { $0 != " " }) } == [
                "2:5:", "2:6:", "4:5:", "4:6:", "4:26:", "4:29:", "6:5:", "6:6:", "6:22:", "6:45:",
            ])
    }

    @Test("a file that cannot be read is told in one sentence")
    func unreadable() async throws {
        try await withTemporaryFolder { folder in
            func mistake(_ path: String) -> String? {
                do throws(RuleFileErrors) {
                    _ = try SettingsFile.load(path: path)
                    return nil
                } catch { return error.mistakes.first?.text }
            }
            #expect(mistake(folder.path + "/none.yaml") == "there is no such file")
            #expect(mistake(folder.path) == "this is a folder, not a file")
            let file = folder.appending(path: "lastcall.yaml")
            try Data([0xC3, 0x28]).write(to: file)
            #expect(mistake(file.path) == "the file is not UTF-8 text; save it as UTF-8")
            try Data(Self.text.utf8).write(to: file)
            #expect(mistake(file.path) == nil)
        }
    }
}

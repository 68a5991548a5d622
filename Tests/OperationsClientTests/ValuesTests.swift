import Foundation
import TestSupport
import Testing

@testable import OperationsClient

@Suite("Values of the client")
struct ValuesTests {
    @Test(
        "a base URL is HTTPS, or this machine",
        arguments: [
            ("https://api.app.wdesk.com", "https://api.app.wdesk.com"),
            ("HTTPS://Gateway.Example:8443/wdesk/", "https://gateway.example:8443/wdesk"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://localhost:1", "http://localhost:1"), ("http://[::1]:9", "http://[::1]:9"),
        ])
    func base(text: String, expected: String) throws {
        #expect(try BaseURL(text).description == expected)
    }

    @Test(
        "what could carry a token to another place is no base URL",
        arguments: [
            "http://api.app.wdesk.com", "http://127.0.0.1.evil.example", "http://127.0.0.256",
            "ftp://127.0.0.1", "api.app.wdesk.com", "", "https://", "https://user@api.example",
            "https://u:p@api.example", "https://api.example?x=1", "https://api.example#x",
            "http://localhost.evil.example", "file:///etc/passwd",
        ])
    func noBase(text: String) {
        #expect(throws: BaseURL.Mistake.self) { try BaseURL(text) }
    }

    @Test("path and header of a version belong together")
    func versions() {
        #expect(
            OperationsClient.Version.v2022_01_01.path(ofOperation: "a")
                == "/platform/v1/operations/a")
        #expect(OperationsClient.Version.v2026_01_01.path(ofOperation: "a") == "/operations/a")
        #expect(OperationsClient.Version.v2022_01_01.tokenHeader == nil)
        #expect(OperationsClient.Version.v2026_01_01.tokenHeader == "2026-01-01")
    }

    @Test("an id stays one segment of the path, whatever it is made of")
    func ids() throws {
        #expect(try OperationID("V0ZEYXRh+/=?#%").segment == "V0ZEYXRh%2B%2F%3D%3F%23%25")
        #expect(try OperationID("ü").segment == "%C3%BC")
        for text in [
            "", ".", "..", "a b", "a\r\nX: y", "\u{7F}", String(repeating: "a", count: 513),
        ] {
            #expect(throws: OperationsClientError.invalidOperationID) { try OperationID(text) }
        }
    }

    @Test("an operation keeps what the documentation does not name")
    func operation() throws {
        let json = """
            {"id":"a","status":"sleeping","created":{"dateTime":"2026-02-12T07:14:03.310Z","user":{"id":"u"}},
             "updated":{"dateTime":"2026-02-12T07:14:03Z","user":null},"originalRequest":"r","resourceUrl":null,
             "details":null,"progress":{"percent":12.5,"steps":[1,true,null,"x"]}}
            """
        let value = try #require(JSONValue(parsing: Array(json.utf8)))
        let operation = try OperationsClient.Operation(value)
        #expect(operation.status == .other("sleeping"))
        #expect(!operation.status.isTerminal)
        #expect(operation.created?.userID == "u")
        #expect(operation.created?.date?.timeIntervalSince1970 == 1_770_880_443.31)
        #expect(operation.updated?.user == nil)
        #expect(operation.resourceURL == nil)
        #expect(operation.details == [])
        #expect(
            operation.unknownFields == [
                "progress": .object([
                    "percent": .number(12.5),
                    "steps": .array([.integer(1), .bool(true), .null, .string("x")]),
                ])
            ])
    }

    @Test("every documented status is known, and three of them are an end")
    func statuses() {
        let ends = ["acknowledged", "queued", "started", "completed", "cancelled", "failed"]
            .filter { OperationStatus($0).isTerminal }
        #expect(ends == ["completed", "cancelled", "failed"])
        #expect(OperationStatus("Completed") == .other("Completed"))
    }

    @Test("a body nested too deeply, or cut anywhere, is no JSON, and stops nothing")
    func deep() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(JSONValue(parsing: Array(deep.utf8)) == nil)
        #expect(JSONValue(parsing: Array(#"{"a":"[[[[{{{{\"[["}"#.utf8)) != nil)
        let whole = Array(#"{"id":"a","status":"queued","details":[{"code":"x\u00e9"}]}"#.utf8)
        for length in 0..<whole.count {
            #expect(JSONValue(parsing: Array(whole.prefix(length))) == nil)
        }
    }

    @Test(
        "the proxy is that of the environment, but for excluded hosts and this machine",
        arguments: [
            (["https_proxy": "http://proxy.example:3128"], "proxy.example:3128"),
            (["HTTPS_PROXY": "proxy.example:3128"], "proxy.example:3128"),
            (["ALL_PROXY": "socks5://proxy.example"], "proxy.example:1080"),
            (["https_proxy": "http://u:p%40ss@proxy.example"], "proxy.example:80"),
            (["https_proxy": "http://[2001:db8::1]:3128"], "2001:db8::1:3128"),
            (["https_proxy": "http://p:1", "no_proxy": "other.example, .wdesk.com"], nil),
            (["https_proxy": "http://p:1", "NO_PROXY": "api.app.wdesk.com:443"], nil),
            (["https_proxy": "http://p:1", "NO_PROXY": "*"], nil),
            (["https_proxy": "http://p:1", "NO_PROXY": "desk.com,app.wdesk"], "p:1"),
            (["http_proxy": "http://p:1"], nil), ([:], nil),
        ] as [([String: String], String?)])
    func proxy(environment: [String: String], expected: String?) throws {
        let proxy = try ProxyChoice.proxy(for: .us, environment: environment)
        #expect(proxy.map { "\($0.host):\($0.port)" } == expected)
        let local = try BaseURL("https://localhost:8443")
        #expect(try ProxyChoice.proxy(for: local, environment: environment) == nil)
    }

    @Test("a proxy that cannot be used is said without its password")
    func noProxy() {
        for text in [
            "https://u:hush-hush@p:1", "http://u:hush-hush@p:99999", "http://u:hush-hush@",
        ] {
            let error = #expect(throws: OperationsClientError.self) {
                try ProxyChoice.proxy(for: .us, environment: ["https_proxy": text])
            }
            #expect(error.map { "\($0)".contains("hush") } == false)
        }
    }
}

@Suite("Secrets")
struct SecretTests {
    @Test("a secret shows nothing of itself, however it is looked at")
    func hidden() throws {
        let secret = try Secret("top-secret-token")
        let credentials = Credentials.oauthClient(id: "id", secret: secret)
        var dumped = ""
        dump(credentials, to: &dumped)
        dump(
            OperationsClient.Configuration(base: .us, credentials: .bearer(secret)), to: &dumped)
        for text in ["\(secret)", "\(credentials)", String(reflecting: credentials), dumped] {
            #expect(!text.contains("top-secret"))
        }
        #expect("\(secret)" == "***")
    }

    @Test("a secret is taken from a file of one's own, and from no other")
    func files() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "token")
            try Data("top-secret-token\n".utf8).write(to: file)
            func mode(_ mode: Int) throws {
                try FileManager.default.setAttributes(
                    [.posixPermissions: mode], ofItemAtPath: file.path)
            }
            try mode(0o600)
            #expect(try Secret(from: .file(file.path)).text == "top-secret-token")
            try mode(0o400)
            #expect(try Secret(from: .file(file.path)).text == "top-secret-token")
            for unsafe in [0o644, 0o640, 0o604, 0o620, 0o602, 0o660] {
                try mode(unsafe)
                let mistake = #expect(throws: SecretMistake.self) {
                    try Secret(from: .file(file.path))
                }
                #expect(mistake?.reason == .readByOthers)
            }
            try mode(0o600)
            for (text, reason) in [
                ("", SecretMistake.Reason.empty), (" \n", .empty),
                ("Bearer x", .forbiddenCharacter),
                ("a\nb", .forbiddenCharacter), ("a\u{0}b", .forbiddenCharacter),
                (String(repeating: "a", count: 20_000), .tooLong),
            ] {
                try Data(text.utf8).write(to: file)
                try mode(0o600)
                let mistake = #expect(throws: SecretMistake.self) {
                    try Secret(from: .file(file.path))
                }
                #expect(mistake?.reason == reason)
            }
            let folderMistake = #expect(throws: SecretMistake.self) {
                try Secret(from: .file(folder.path))
            }
            #expect(folderMistake?.reason == .noFile)
            let missing = #expect(throws: SecretMistake.self) {
                try Secret(from: .file(folder.path + "/none"))
            }
            #expect(missing?.reason == .missing)
        }
    }

    @Test("a secret is taken from the environment that is handed over")
    func environment() throws {
        let secret = try Secret(from: .environment("TOKEN"), environment: ["TOKEN": " abc "])
        #expect(secret.text == "abc")
        let mistake = #expect(throws: SecretMistake.self) {
            try Secret(from: .environment("TOKEN"), environment: [:])
        }
        #expect(mistake.map { "\($0)" } == "$TOKEN is not there")
    }
}

import TestSupport
import Testing

@testable import SourceScan

@Suite("SecretMask")
struct SecretMaskTests {
    @Test(
        "a secret in an excerpt is replaced by ***",
        arguments: [
            ("Authorization: Bearer abcdef", "Authorization: Bearer ***"),
            (
                #"headers = {"Authorization": "Bearer eyJhbGciOi.eyJzdWIiOiIx.abc-DEF"}"#,
                #"headers = {"Authorization": "Bearer ***"}"#
            ),
            (#""Authorization": "Basic dXNlcjpwYXNzd29yZA==""#, #""Authorization": "Basic ***""#),
            ("curl -u admin:hunter2 https://x", "curl -u admin:*** https://x"),
            (#"wget --user "bob:pw" x"#, #"wget --user "bob:***" x"#),
            ("mysql --password hunter2 db", "mysql --password *** db"),
            ("https://bob:s3cret@example.com/x", "https://bob:***@example.com/x"),
            ("client_secret=8sdf7sdf7&grant_type=x", "client_secret=***&grant_type=x"),
            (#"client_secret = "shhh""#, #"client_secret = "***""#),
            ("WDESK_TOKEN=abc", "WDESK_TOKEN=***"),
            ("password: changeme", "password: ***"),
            ("spring.datasource.password=hunter2", "spring.datasource.password=***"),
            (#"api_key = "0123456789abcdef0123""#, #"api_key = "***""#),
            (#"private String token = "tok_12345";"#, #"private String token = "***";"#),
            (#"let token: String = "abc""#, #"let token: String = "***""#),
            (#"getenv("WDESK_TOKEN", "abc123def456")"#, #"getenv("WDESK_TOKEN", "***")"#),
            ("h.set('X-Api-Key', 'a1b2c3d4e5')", "h.set('X-Api-Key', '***')"),
            ("Cookie: SESSION=abc123; theme=dark", "Cookie: SESSION=***; theme=dark"),
            (#"cookies={"sid": "abc123"}"#, #"cookies={"sid": "***"}"#),
            (#"auth=("user", "hunter2")"#, #"auth=("user", "***")"#),
            ("x = ghp_abcdefghijklmnopqrstuvwxyz0123456789", "x = ***"),
            ("AKIAIOSFODNN7EXAMPLE", "***"),
            (#"{"key": "token", "value": "abc1"}"#, #"{"key": "token", "value": "***"}"#),
            ("- name: WDESK_TOKEN\n  value: abc1", "- name: WDESK_TOKEN\n  value: ***"),
            (#"<add key="ApiToken" value="abc1"/>"#, #"<add key="ApiToken" value="***"/>"#),
            ("<password>hunter2</password>", "<password>***</password>"),
            (
                "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----***-----END PRIVATE KEY-----"
            ),
        ])
    func masks(text: String, masked: String) {
        #expect(SecretMask.mask(text) == masked)
    }

    @Test(
        "what gives nothing away stays as it is",
        arguments: [
            #"-H "Authorization: Bearer $TOKEN" -H "X-Version: 2022-01-01""#,
            #"headers={"Authorization": f"Bearer {os.environ['WDESK_TOKEN']}"}"#,
            #"Authorization = "Bearer ${var.token}""#,
            #"Authorization: Bearer {{$dotenv WDESK_TOKEN}}"#,
            #"curl -u "$USER:$PASS" https://x"#,
            "postgres://app:${DB_PASS}@db/prod",
            "token = get_token()", "token: string;", "password: String,", "token=token",
            #"os.environ["TOKEN"]"#, #"TOKEN_ENV = "WDESK_TOKEN""#,
            #"token_url = "https://api.app.wdesk.com/iam/v1/oauth2/token""#,
            "https://api.app.wdesk.com/platform/v1/operations/129g274495354cf18edb6b3ea3d023b2",
            "X-Version: 2022-01-01", #"session.cookies.get("x")"#,
            "xhr.setRequestHeader('Authorization', 'Bearer ' + token);",
            "The Bearer token authentication scheme", "const token = process.env.TOKEN;",
            #"{ "key": "token", "value": "{{token}}" }"#, "secretKeyRef:", "key: token",
            #""X-Version": "2022-01-01", "Accept": "application/json""#,
            "-H \"Authorization: Bearer ${{ secrets.TOKEN }}\"", "",
        ])
    func leaves(text: String) {
        #expect(SecretMask.mask(text) == text)
    }

    @Test("random and cut-off text neither traps nor grows without end")
    func random() {
        let pieces = [
            "token", "=", "\"", "'", "Bearer ", "://", "@", ":", "\\", "-----BEGIN ", "-----", "{",
            "}", "\n", "Cookie", " ", "é", "-u", "(", ",", "value", "<", ">", "eyJ", ".", "a1",
        ]
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<3000 {
            let count = Int.random(in: 0...24, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }
                .joined()
            let masked = SecretMask.mask(text)
            #expect(masked.utf8.count <= text.utf8.count + 3 * (count + 1))
        }
    }
}

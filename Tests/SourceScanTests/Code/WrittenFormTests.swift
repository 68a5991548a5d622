import Testing

@testable import SourceScan

@Suite("Code: forms of writing")
struct WrittenFormTests {
    static let cases: [CodeCase] = [
        CodeCase(
            "C++: values in braces and brackets, Qt's placeholders", "a.cpp",
            """
            #include <cpr/cpr.h>
            namespace {
            const std::string kRoot{"https://api.app.wdesk.com/platform/v1"};
            }
            std::string look(const std::string& ident) {
              auto r = cpr::Get(cpr::Url{kRoot + 1️⃣"/operations/" + ident});
              return r.text;
            }
            void Gate::look(const QString &ident) {
              QUrl url(QStringLiteral("https://api.eu.wdesk.com"));
              url.setPath(QStringLiteral(2️⃣"/platform/v1/operations/%1").arg(ident));
              QNetworkRequest request(url);
              m_net.get(request);
            }
            """, "1️⃣ call cpr implicit",
            "2️⃣ call qnetworkaccessmanager implicit"),
        CodeCase(
            "C: a buffer that a condition fills", "a.c",
            """
            #include <curl/curl.h>
            #define HOST "https://api.app.wdesk.com"
            int look(CURL *curl, const char *ident) {
                char *url = NULL;
                if (asprintf(&url, 1️⃣"%s/platform/v1/operations/%s", HOST, ident) < 0) return -1;
                curl_easy_setopt(curl, CURLOPT_URL, url);
                return curl_easy_perform(curl);
            }
            """, "1️⃣ call curl implicit"),
        CodeCase(
            "Lua: calls without brackets, tables that are joined", "a.lua",
            """
            local https = require "ssl.https"
            local gate = { base = "https://api.app.wdesk.com", prefix = "/platform/v1" }
            local function look(ident)
              return https.request { url = (1️⃣"https://api.eu.wdesk.com/platform/v1/operations/%s"):format(ident) }
            end
            local function other(client, ident)
              return client:request_uri(table.concat({ gate.base, gate.prefix, 2️⃣"/operations/", ident }))
            end
            """, "1️⃣ call - implicit", "2️⃣ call - implicit"),
        CodeCase(
            "Perl: a fat comma between arguments", "a.pl",
            """
            use Mojo::UserAgent;
            my $ua = Mojo::UserAgent->new;
            my $url = 1️⃣'https://api.app.wdesk.com/platform/v1/operations/' . shift;
            my $json = $ua->get($url => { 'X-Version' => '2022-01-01' })->result->json;
            """, "1️⃣ call mojo-useragent 2022-01-01"),
        CodeCase(
            "R: the method of a pipeline", "a.R",
            """
            library(httr2)
            look <- function(ident) {
              request("https://api.app.wdesk.com") |>
                req_url_path_append(1️⃣"platform/v1/operations", ident) |> req_perform()
            }
            drop <- function(ident) {
              request("https://api.app.wdesk.com") |>
                req_url_path_append("platform/v1/operations", ident) |> req_method("DELETE") |> req_perform()
            }
            """, "1️⃣ call httr2 implicit"),
        CodeCase(
            "JavaScript: options in short form, an object's path, clients made of clients", "a.js",
            """
            const https = require('node:https');
            const got = require('got');
            const host = 'api.app.wdesk.com';
            const raw = (path) => https.request({ host, path, method: 'GET' }).end();
            const look = (ident) => raw(1️⃣`/platform/v1/operations/${ident}`);
            async function place(ident) {
              const at = new URL('https://api.eu.wdesk.com');
              at.pathname = 2️⃣`/platform/v1/operations/${ident}`;
              return fetch(at);
            }
            const base = got.extend({ prefixUrl: 'https://api.app.wdesk.com/platform/v1' });
            const dated = base.extend({ headers: { 'x-version': '2022-01-01' } });
            const third = (ident) => dated(3️⃣`operations/${ident}`);
            """, "1️⃣ call node-http implicit", "2️⃣ call fetch implicit", "3️⃣ call got 2022-01-01"),
        CodeCase(
            "C#: a path in segments", "A.cs",
            """
            using Flurl.Http;
            class A {
                static readonly IFlurlClient Gate = new FlurlClient("https://api.app.wdesk.com");
                Task<string> Look(string ident) => Gate.Request("platform", "v1", 1️⃣"operations", ident).GetStringAsync();
            }
            """, "1️⃣ call flurl implicit"),
        CodeCase(
            "Groovy and PHP: what stands in for a value that is missing",
            [
                "a.groovy": """
                def call(Map args) {
                    def base = args.base ?: 'https://api.app.wdesk.com/platform/v1'
                    httpRequest(url: 1️⃣"${base}/operations/${args.ident}")
                }
                """,
                "a.php": """
                <?php
                use GuzzleHttp\\Client;
                $client = new Client(['base_uri' => getenv('ROOT') ?: 'https://api.app.wdesk.com/platform/v1/']);
                $client->get(2️⃣"operations/$ident");
                """,
            ], "1️⃣ call - implicit", "2️⃣ call guzzle implicit"),
        CodeCase(
            "Scala: http4s sends what it is given", "a.scala",
            """
            import org.http4s._
            class A(client: Client[IO]) {
              val root = uri"https://api.app.wdesk.com/platform/v1"
              def look(ident: String) = client.expect[String](Request[IO](Method.GET, root / 1️⃣"operations" / ident))
              def drop(ident: String) = client.run(Request[IO](Method.DELETE, root / "operations" / ident)).use_
            }
            """, "1️⃣ call http4s implicit"),
    ]

    @Test("A form of writing is read as it runs", arguments: cases)
    func check(_ example: CodeCase) async throws { try await example.check() }

    @Test("names of members in quotes, and quoted functions, do not stop the parser")
    func quotedNames() async throws {
        let texts = [
            "wk.headers.'X-Version' = '2022-01-01'", "def 'waits for it'() { expect: true }",
        ]
        for text in texts {
            _ = SourceReader.read(path: "a.groovy", bytes: Array(text.utf8))
        }
    }
}

import Testing

@Suite("Code: how clients are set up")
struct ClientSetupTests {
    static let cases: [CodeCase] = [
        CodeCase(
            "a client that a factory knows by name", "A.cs",
            """
            using System.Net.Http;
            services.AddHttpClient("wdesk", c => c.BaseAddress = new Uri("https://api.app.wdesk.com/platform/v1/"));
            services.AddHttpClient("other", c => c.BaseAddress = new Uri("https://other.example.com/platform/v1/"));
            class A {
                readonly HttpClient _wdesk, _other;
                A(IHttpClientFactory factory) {
                    _wdesk = factory.CreateClient("wdesk");
                    _other = factory.CreateClient("other");
                }
                Task<string> Look(string ident) => _wdesk.GetStringAsync(1️⃣$"operations/{ident}");
                Task<string> Other(string ident) => _other.GetStringAsync($"operations/{ident}");
            }
            """, "1️⃣ call httpclient implicit"),
        CodeCase(
            "a decorator and an authentication that set the header", "a.py",
            """
            import requests
            ROOT = "https://api.app.wdesk.com/platform/v1"
            def dated(version):
                def wrap(f):
                    def inner(*a, **k):
                        return f(*a, headers={"X-Version": version}, **k)
                    return inner
                return wrap
            @dated("2022-01-01")
            def look(ident, headers=None):
                return requests.get(1️⃣f"{ROOT}/operations/{ident}", headers=headers)
            class Stamp(requests.auth.AuthBase):
                def __call__(self, r):
                    r.headers["X-Version"] = "2022-01-01"
                    return r
            def stamped(ident):
                return requests.get(2️⃣f"{ROOT}/operations/{ident}", auth=Stamp())
            """, "1️⃣ call requests 2022-01-01", "2️⃣ call requests 2022-01-01"),
        CodeCase(
            "an interceptor for all of an application's requests",
            [
                "look.ts": """
                import { HttpClient } from '@angular/common/http';
                export class Look {
                  constructor(private http: HttpClient) {}
                  look(ident: string) {
                    return this.http.get(1️⃣`https://api.app.wdesk.com/platform/v1/operations/${ident}`);
                  }
                }
                """,
                "stamp.ts": """
                import { HttpInterceptorFn } from '@angular/common/http';
                const provider = 'https://api.app.wdesk.com';
                export const stamp: HttpInterceptorFn = (req, next) =>
                  next(req.url.startsWith(provider) ? req.clone({ setHeaders: { 'X-Version': '2022-01-01' } }) : req);
                """,
            ], "1️⃣ call angular-http 2022-01-01"),
        CodeCase(
            "a client made of another does not change it; one that is not used says nothing",
            "a.js",
            """
            import got from 'got';
            const plain = got.extend({ prefixUrl: 'https://api.app.wdesk.com/platform/v1' });
            const dated = plain.extend({ headers: { 'x-version': '2022-01-01' } });
            export const first = (ident) => plain.get(1️⃣`operations/${ident}`);
            export const second = (ident) => dated.get(2️⃣`operations/${ident}`);
            """, "1️⃣ call got implicit", "2️⃣ call got 2022-01-01"),
        CodeCase(
            "PowerShell: parameters in the body, blocks of a pipeline, options by name", "a.ps1",
            """
            $script:Root = 'https://api.app.wdesk.com/platform/v1'
            $script:Headers = @{ 'X-Version' = '2022-01-01' }
            function Invoke-Gate {
                param([string] $Path, [string] $Method = 'Get')
                Invoke-RestMethod -Uri ($script:Root + $Path) -Method $Method -Headers $script:Headers
            }
            function Get-Look {
                param([Parameter(ValueFromPipeline)][string] $Ident)
                process { Invoke-Gate -Path 1️⃣"/operations/$Ident" }
            }
            function Stop-Look {
                param([string] $Ident)
                Invoke-Gate -Path "/operations/$Ident" -Method Delete
            }
            $begin = @{ Method = 'POST'; Uri = "$script:Root/documents/$name/export" }
            $begun = Invoke-WebRequest @begin
            $link = $begun.Headers.Location
            Invoke-RestMethod -Uri $link2️⃣
            """, "1️⃣ call invoke-restmethod 2022-01-01", "2️⃣ indirect invoke-restmethod implicit"),
        CodeCase(
            "Go: a channel that is called in", "a.go",
            """
            package main
            import "net/http"
            type job struct{ link string }
            func begin(out chan<- job) {
                res, _ := http.Post("https://api.app.wdesk.com/platform/v1/documents/x/export", "", nil)
                out <- job{link: res.Header.Get("Location")}
            }
            func work(in <-chan job) {
                for j := range in {
                    req, _ := http.NewRequest("GET", j.link, nil)
                    http.DefaultClient.Do(req)1️⃣
                }
            }
            """, "1️⃣ indirect net/http implicit"),
        CodeCase(
            "Kotlin: what answers in a test", "src/test/GateTest.kt",
            """
            import okhttp3.mockwebserver.*
            val host = "https://api.app.wdesk.com"
            class GateTest {
                val dispatcher = object : Dispatcher() {
                    override fun dispatch(request: RecordedRequest): MockResponse = when (request.path) {
                        1️⃣"/platform/v1/operations/done" -> MockResponse().setBody("{}")
                        else -> MockResponse().setResponseCode(404)
                    }
                }
            }
            """, "1️⃣ mock medium"),
        CodeCase(
            "R: a template with its method", "a.R",
            """
            library(httr2)
            look <- function(ident) {
              request("https://api.app.wdesk.com") |>
                req_template(1️⃣"GET /platform/v1/operations/{ident}", ident = ident) |> req_perform()
            }
            """, "1️⃣ call httr2 implicit"),
    ]

    @Test("A client is as it was set up", arguments: cases)
    func check(_ example: CodeCase) async throws { try await example.check() }
}

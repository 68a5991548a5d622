import Testing

@Suite("Code: what stands around a request")
struct UnseenContextTests {
    static let cases: [CodeCase] = [
        CodeCase(
            "a record keeps the link", "a.py",
            """
            from dataclasses import dataclass
            import requests

            @dataclass
            class Started:
                link: str

            def start(ident):
                reply = requests.post(f"https://api.app.wdesk.com/platform/v1/documents/{ident}/export", json={})
                return Started(link=reply.headers["Location"])

            def run(ident):
                started = start(ident)
                return 1️⃣requests.get(started.link).json()
            """, "1️⃣ indirect requests implicit"),
        CodeCase(
            "a header as an entry with name and value, and one among several lines",
            [
                "Jenkinsfile": """
                def reply = httpRequest url: 1️⃣"https://api.app.wdesk.com/platform/v1/operations/${ident}", customHeaders: [[name: 'X-Version', value: '2022-01-01']]
                """,
                "a.php": """
                <?php
                $context = stream_context_create(['http' => ['header' => "X-Version: 2022-01-01\\r\\nAccept: application/json\\r\\n"]]);
                $text = file_get_contents(2️⃣"https://api.app.wdesk.com/platform/v1/operations/$ident", false, $context);
                """,
            ], "1️⃣ call - 2022-01-01", "2️⃣ call file_get_contents 2022-01-01"),
        CodeCase(
            "an interceptor of a client that another file makes",
            [
                "http.ts": """
                import axios from 'axios';
                export const http = axios.create({ baseURL: 'https://api.app.wdesk.com/platform/v1' });
                http.interceptors.request.use((config) => { config.headers.set('X-Version', '2022-01-01'); return config; });
                """,
                "use.ts": """
                import { useQuery } from '@tanstack/react-query';
                import { http } from './http';
                export const useOperation = (ident: string) =>
                  useQuery({ queryKey: [ident], queryFn: async () => (await http.get(1️⃣`/operations/${ident}`)).data, refetchInterval: 2000 });
                """,
            ], "1️⃣ call axios 2022-01-01 loop"),
        CodeCase(
            "a policy that tries again", "A.cs",
            """
            using System.Net.Http;
            class Reader
            {
                static readonly HttpClient Http = new();
                async Task<string> Look(string ident)
                {
                    var policy = Policy.HandleResult<HttpResponseMessage>(r => true).WaitAndRetryForeverAsync(_ => TimeSpan.FromSeconds(2));
                    var reply = await policy.ExecuteAsync(() => Http.GetAsync(1️⃣$"https://api.app.wdesk.com/platform/v1/operations/{ident}"));
                    return await reply.Content.ReadAsStringAsync();
                }
            }
            """, "1️⃣ call httpclient implicit loop"),
        CodeCase(
            "a here-document is code of the program that reads it", "a.sh",
            """
            #!/bin/sh
            python3 - <<'EOF'
            import urllib.request
            urllib.request.urlopen("https://api.app.wdesk.com" + 1️⃣"/platform/v1/operations/42")
            EOF
            cat <<'EOF'
            urlopen("https://api.app.wdesk.com/platform/v1/other")
            EOF
            """, "1️⃣ call urllib implicit"),
        CodeCase(
            "a block that the tree's own function calls in a loop", "b.py",
            """
            import time
            import requests

            def until(done):
                while not done():
                    time.sleep(1)

            def wait(ident):
                until(lambda: requests.get(1️⃣f"https://api.app.wdesk.com/platform/v1/operations/{ident}").ok)
            """, "1️⃣ call requests implicit loop"),
        CodeCase(
            "Go's generic wrapper, and a transport that adds the header", "b.go",
            """
            package b

            import "net/http"

            type versioned struct{ next http.RoundTripper }

            func (t versioned) RoundTrip(ask *http.Request) (*http.Response, error) {
            	ask.Header.Set("X-Version", "2022-01-01")
            	return t.next.RoundTrip(ask)
            }

            var client = &http.Client{Transport: versioned{http.DefaultTransport}}

            func get[T any](path string) (*http.Response, error) {
            	return client.Get("https://api.app.wdesk.com/platform/v1" + path)
            }

            func Look(ident string) (*http.Response, error) { return get[string](1️⃣"/operations/" + ident) }
            """, "1️⃣ call net/http 2022-01-01"),
        CodeCase(
            "Kotlin's pairs, and a header of another request on the same text",
            [
                "c.kt": """
                fun look(ident: String) = 1️⃣"https://api.app.wdesk.com/platform/v1/operations/$ident".httpGet().header("X-Version" to "2022-01-01").responseString()
                """,
                "c.cs": """
                using Flurl.Http;
                static class Tools
                {
                    const string Root = "https://api.app.wdesk.com";
                    static Task<string> One(string ident) => Root.AppendPathSegments("platform", "v1", 2️⃣"operations", ident).WithHeader("X-Version", "2022-01-01").GetStringAsync();
                    static Task<string> Two(HttpClient http, string ident) => http.GetStringAsync(string.Format(3️⃣"{0}/platform/v1/operations/{1}", Root, ident));
                }
                """,
            ], "1️⃣ call fuel 2022-01-01", "2️⃣ call flurl 2022-01-01", "3️⃣ call httpclient implicit"),
        CodeCase(
            "a double's link, a double that is asked, code that is commented out",
            [
                "spec/a_spec.rb": """
                RSpec.describe "export" do
                  it "starts" do
                    stub_request(:post, "https://api.app.wdesk.com/platform/v1/documents/1/export")
                      .to_return(status: 202, headers: { "Location" => 1️⃣"https://api.app.wdesk.com/platform/v1/operations/1" })
                    expect(a_request(:get, 2️⃣"https://api.app.wdesk.com/platform/v1/operations/1")).to have_been_made
                  end
                end
                """,
                "a.py": """
                # 3️⃣return requests.get("https://api.app.wdesk.com/platform/v1/operations/" + ident)
                """,
            ], "1️⃣ mock", "2️⃣ mention", "3️⃣ mention"),
    ]

    @Test("Links, headers, loops and doubles are told by what stands around them", arguments: cases)
    func check(_ example: CodeCase) async throws { try await example.check() }
}

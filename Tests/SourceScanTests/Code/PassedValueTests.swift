import Testing

@Suite("Code: values on their way")
struct PassedValueTests {
    static let cases: [CodeCase] = [
        CodeCase(
            "the branch that a value comes from is the one that is judged", "a.ts",
            """
            const HOST = 'https://api.app.wdesk.com';
            const target = (ident: string, fresh: boolean) =>
              fresh ? 1️⃣`${HOST}/operations/${ident}`
                    : 2️⃣`${HOST}/platform/v1/operations/${ident}`;
            export const look = (ident: string, fresh: boolean) => fetch(target(ident, fresh));
            """,
            "1️⃣ call migrated fetch implicit half", "2️⃣ call fetch implicit"),
        CodeCase(
            "arguments that a function gathers, and an object that is made elsewhere",
            [
                "wire.py": """
                import requests
                class Wire:
                    def __init__(self, root):
                        self._root = root
                    def send(self, verb, *parts):
                        return requests.request(verb, "/".join((self._root,) + parts))
                """,
                "items.py": """
                class Items:
                    def __init__(self, wire):
                        self._wire = wire
                    def look(self, ident):
                        return self._wire.send("GET", 1️⃣"operations", ident)
                    def drop(self, ident):
                        return self._wire.send("DELETE", "operations", ident)
                """,
                "main.py": """
                from items import Items
                from wire import Wire
                items = Items(Wire("https://api.app.wdesk.com/platform/v1"))
                """,
            ], "1️⃣ call requests implicit"),
        CodeCase(
            "a link in a record's positional field, in a file that an import names relatively",
            [
                "pkg/records.py": """
                from dataclasses import dataclass
                @dataclass
                class Ticket:
                    name: str
                    address: str
                """,
                "pkg/jobs.py": """
                import requests
                from .records import Ticket
                ROOT = "https://api.app.wdesk.com/platform/v1"
                def begin(name) -> Ticket:
                    answer = requests.post(f"{ROOT}/documents/{name}/export")
                    return Ticket(name, answer.headers["Location"])
                def look(ticket: Ticket):
                    return requests.get(ticket.address)1️⃣
                """,
            ], "1️⃣ indirect requests implicit"),
        CodeCase(
            "only the place of the link in a tuple is followed; what is thrown is no request",
            "a.py",
            """
            import requests
            def begin(name):
                answer = requests.post(f"https://api.app.wdesk.com/platform/v1/documents/{name}/export")
                return answer.headers["Location"], answer.headers.get("Retry-After")
            def look(name):
                link, pause = begin(name)
                answer = requests.get(link)1️⃣
                requests.get(pause)
                if answer.status_code != 200:
                    raise TimeoutError(link)
            """, "1️⃣ indirect requests implicit"),
        CodeCase(
            "a record that a tuple takes apart", "A.cs",
            """
            using System.Net.Http;
            public record Begun(Uri Link, int Pause);
            public class Exporter {
                static readonly HttpClient Http = new() { BaseAddress = new Uri("https://api.app.wdesk.com") };
                async Task<Begun> BeginAsync(string name) {
                    var answer = await Http.PostAsync($"/platform/v1/documents/{name}/export", null);
                    return new Begun(answer.Headers.Location, 2);
                }
                public async Task<string> RunAsync(string name) {
                    var (link, pause) = await BeginAsync(name);
                    return await Http.GetStringAsync(link);1️⃣
                }
            }
            """, "1️⃣ indirect httpclient implicit"),
        CodeCase(
            "a link that a block is handed", "A.java",
            """
            import org.springframework.web.reactive.function.client.WebClient;
            class A {
                WebClient web = WebClient.builder().baseUrl("https://api.app.wdesk.com/platform/v1").build();
                Mono<URI> begin(String name) {
                    return web.post().uri("/documents/{name}/export", name)
                        .exchangeToMono(answer -> Mono.justOrEmpty(answer.headers().asHttpHeaders().getLocation()));
                }
                Mono<String> run(String name) {
                    return begin(name).flatMap(link -> web.get().uri(link).retrieve().bodyToMono(String.class));1️⃣
                }
            }
            """, "1️⃣ indirect webclient implicit"),
        CodeCase(
            "a path that a type of request gives through its protocol", "a.swift",
            """
            import Foundation
            protocol Ask {
                var path: String { get }
                var method: String { get }
            }
            struct Look: Ask {
                let ident: String
                var path: String { 1️⃣"operations/\\(ident)" }
                var method: String { "GET" }
            }
            struct Drop: Ask {
                let ident: String
                var path: String { "operations/\\(ident)" }
                var method: String { "DELETE" }
            }
            func send<A: Ask>(_ ask: A) async throws -> Data {
                var request = URLRequest(url: URL(string: "https://api.app.wdesk.com/platform/v1/" + ask.path)!)
                request.httpMethod = ask.method
                return try await URLSession.shared.data(for: request).0
            }
            """, "1️⃣ call urlsession implicit"),
    ]

    @Test("A value is followed to the request that has it", arguments: cases)
    func check(_ example: CodeCase) async throws { try await example.check() }
}

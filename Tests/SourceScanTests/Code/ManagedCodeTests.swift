import Testing

@Suite("Code: Java, Kotlin and C#")
struct ManagedCodeTests {
    static let java: [CodeCase] = [
        CodeCase(
            "java.net.http with a literal, a concatenation and a format", "A.java",
            """
            import java.net.URI;
            import java.net.http.*;

            class A {
                private static final String ROOT = "https://api.app.wdesk.com/platform/v1";
                private final HttpClient web = HttpClient.newHttpClient();

                String one() throws Exception {
                    var ask = HttpRequest.newBuilder().uri(URI.create(1️⃣"https://api.app.wdesk.com/platform/v1/operations/1")).GET().build();
                    return web.send(ask, HttpResponse.BodyHandlers.ofString()).body();
                }
                String two(String ident) throws Exception {
                    HttpRequest ask = HttpRequest.newBuilder(URI.create(ROOT + 2️⃣"/operations/" + ident))
                        .header("X-Version", "2022-01-01").build();
                    return web.send(ask, HttpResponse.BodyHandlers.ofString()).body();
                }
                String three(String ident) throws Exception {
                    var link = String.format(3️⃣"%s/operations/%s", ROOT, ident);
                    return web.send(HttpRequest.newBuilder(URI.create(link)).build(), HttpResponse.BodyHandlers.ofString()).body();
                }
                void drop(String ident) throws Exception {
                    web.send(HttpRequest.newBuilder(URI.create(ROOT + "/operations/" + ident)).DELETE().build(), null);
                }
            }
            """, "1️⃣ call java.net.http implicit", "2️⃣ call java.net.http 2022-01-01",
            "3️⃣ call java.net.http implicit"),
        CodeCase(
            "constants of another class, OkHttp and its URL builder",
            [
                "src/Places.java": """
                package acme;
                final class Places {
                    static final String HOST = "https://api.eu.wdesk.com";
                    static final String OPERATIONS = HOST + "/platform/v1/operations/";
                    static final String VERSION = "2022-01-01";
                }
                """,
                "src/Reader.java": """
                package acme;
                import okhttp3.*;
                class Reader {
                    private final OkHttpClient web = new OkHttpClient();
                    Response one(String ident) throws Exception {
                        Request ask = new Request.Builder().url(Places.1️⃣OPERATIONS + ident).header("X-Version", Places.VERSION).build();
                        return web.newCall(ask).execute();
                    }
                    Response two(String ident) throws Exception {
                        HttpUrl link = new HttpUrl.Builder().scheme("https").host("api.eu.wdesk.com")
                            .addPathSegments(2️⃣"platform/v1/operations").addPathSegment(ident).build();
                        return web.newCall(new Request.Builder().url(link).build()).execute();
                    }
                }
                """,
            ], "1️⃣ call okhttp 2022-01-01", "2️⃣ call okhttp implicit"),
        CodeCase(
            "HttpURLConnection and Apache", "A.java",
            """
            import java.net.*;
            import org.apache.http.client.methods.HttpGet;
            import org.apache.http.impl.client.*;

            class A {
                int one(String ident) throws Exception {
                    URL link = new URL(1️⃣"https://api.app.wdesk.com/platform/v1/operations/" + ident);
                    HttpURLConnection wire = (HttpURLConnection) link.openConnection();
                    wire.setRequestMethod("GET");
                    wire.setRequestProperty("X-Version", "2022-01-01");
                    return wire.getResponseCode();
                }
                String two(String ident) throws Exception {
                    HttpGet ask = new HttpGet(2️⃣"https://api.app.wdesk.com/platform/v1/operations/" + ident);
                    ask.setHeader("X-Version", "2026-01-01");
                    try (CloseableHttpClient web = HttpClients.createDefault()) {
                        return web.execute(ask, new BasicResponseHandler());
                    }
                }
            }
            """, "1️⃣ call httpurlconnection 2022-01-01", "2️⃣ call apache-httpclient 2026-01-01 half"),
        CodeCase(
            "Spring's three clients in one class, the base from settings",
            [
                "src/main/resources/application.properties": """
                wdesk.root=https://api.app.wdesk.com/platform/v1
                wdesk.version=2022-01-01
                """,
                "src/main/java/Gate.java": """
                import org.springframework.beans.factory.annotation.Value;
                import org.springframework.web.client.*;
                import org.springframework.web.reactive.function.client.WebClient;

                class Gate {
                    @Value("${wdesk.root}")
                    private String root;
                    @Value("${wdesk.version}")
                    private String version;
                    private final RestTemplate plain;
                    private final WebClient later;
                    private final RestClient fresh;

                    Gate(RestTemplate plain, WebClient later, RestClient fresh) {
                        this.plain = plain;
                        this.later = later;
                        this.fresh = fresh;
                    }
                    String one(String ident) {
                        return plain.getForObject(root + 1️⃣"/operations/{ident}", String.class, ident);
                    }
                    Object two(String ident) {
                        return later.get().uri(root + 2️⃣"/operations/" + ident).header("X-Version", version).retrieve().bodyToMono(String.class);
                    }
                    String three(String ident) {
                        return fresh.get().uri(root + 3️⃣"/operations/{ident}", ident).header("X-Version", version).retrieve().body(String.class);
                    }
                    void four(String ident) { plain.delete(root + "/operations/{ident}", ident); }
                }
                """,
            ], "1️⃣ call resttemplate implicit", "2️⃣ call webclient 2022-01-01",
            "3️⃣ call restclient 2022-01-01"),
        CodeCase(
            "Feign with settings, Retrofit with a base, and a controller's own route",
            [
                "src/main/resources/application.yml": """
                wdesk:
                  root: https://api.app.wdesk.com/platform/v1
                """,
                "src/main/java/Desk.java": """
                import org.springframework.cloud.openfeign.FeignClient;
                import org.springframework.web.bind.annotation.*;

                @FeignClient(name = "desk", url = "${wdesk.root}")
                interface Desk {
                    @GetMapping(value = 1️⃣"/operations/{ident}", headers = "X-Version=2022-01-01")
                    String operation(@PathVariable String ident);
                    @RequestMapping(method = RequestMethod.DELETE, value = "/operations/{ident}")
                    void drop(@PathVariable String ident);
                }
                """,
                "src/main/java/Later.java": """
                import retrofit2.Call;
                import retrofit2.http.*;

                interface Later {
                    @Headers("X-Version: 2026-01-01")
                    @GET(2️⃣"platform/v1/operations/{ident}")
                    Call<String> operation(@Path("ident") String ident);
                    @GET("platform/v1/operations/{ident}/results")
                    Call<String> results(@Path("ident") String ident);
                }
                class Make {
                    Later later = new retrofit2.Retrofit.Builder().baseUrl("https://api.app.wdesk.com/").build().create(Later.class);
                }
                """,
                "src/main/java/Own.java": """
                import org.springframework.web.bind.annotation.*;

                @RestController
                @RequestMapping("/platform/v1")
                class Own {
                    @GetMapping("/operations/{ident}")
                    String operation(@PathVariable String ident) { return ident; }
                }
                """,
            ], "1️⃣ call feign 2022-01-01", "2️⃣ call retrofit 2026-01-01 half"),
        CodeCase(
            "loops that honour and ignore the wait", "A.java",
            """
            import java.net.URI;
            import java.net.http.*;

            class A {
                static final String ROOT = "https://api.app.wdesk.com/platform/v1/operations/";
                HttpClient web = HttpClient.newHttpClient();

                HttpResponse<String> ask(String ident) throws Exception {
                    return web.send(HttpRequest.newBuilder(URI.create(1️⃣ROOT + ident)).build(), HttpResponse.BodyHandlers.ofString());
                }
                void patient(String ident) throws Exception {
                    while (true) {
                        HttpResponse<String> reply = ask(ident);
                        if (reply.body().contains("completed")) return;
                        Thread.sleep(1000L * reply.headers().firstValueAsLong("Retry-After").orElse(1));
                    }
                }
                void hasty(String ident) throws Exception {
                    for (int n = 0; n < 99; n++) {
                        var ask = HttpRequest.newBuilder(URI.create(2️⃣ROOT + ident)).build();
                        if (web.send(ask, HttpResponse.BodyHandlers.ofString()).body().contains("completed")) break;
                        Thread.sleep(200);
                    }
                }
            }
            """, "1️⃣ call java.net.http implicit honoured", "2️⃣ call java.net.http implicit loop"),
        CodeCase(
            "the link of a 202, and the library's method", "A.java",
            """
            import com.workiva_sdk.OperationsApi;
            import java.net.URI;
            import java.net.http.*;

            class A {
                HttpClient web = HttpClient.newHttpClient();
                void one(String doc) throws Exception {
                    var begin = HttpRequest.newBuilder(URI.create("https://api.app.wdesk.com/platform/v1/documents/" + doc + "/export"))
                        .POST(HttpRequest.BodyPublishers.ofString("{}")).build();
                    var begun = web.send(begin, HttpResponse.BodyHandlers.ofString());
                    String link = begun.headers().firstValue("Location").orElseThrow();
                    1️⃣web.send(HttpRequest.newBuilder(URI.create(link)).header("X-Version", "2022-01-01").build(), HttpResponse.BodyHandlers.ofString());
                }
                Object two(OperationsApi api, String ident) throws Exception {
                    return api.2️⃣getOperationById(ident);
                }
            }
            """, "1️⃣ indirect java.net.http 2022-01-01", "2️⃣ sdk-call implicit"),
        CodeCase(
            "doubles of WireMock, MockRestServiceServer and Mockito", "A.java",
            """
            import static com.github.tomakehurst.wiremock.client.WireMock.*;
            import static org.mockito.Mockito.when;

            class A {
                void prepare() {
                    stubFor(get(urlPathEqualTo(1️⃣"/platform/v1/operations/1")).willReturn(okJson("{}")));
                    server.expect(requestTo(2️⃣"https://api.app.wdesk.com/platform/v1/operations/1")).andRespond(withSuccess());
                    when(plain.getForObject(3️⃣"https://api.app.wdesk.com/platform/v1/operations/1", String.class)).thenReturn("{}");
                    stubFor(delete(urlPathEqualTo("/platform/v1/operations/1")).willReturn(ok()));
                }
            }
            """, "1️⃣ mock medium", "2️⃣ mock", "3️⃣ mock"),
    ]

    static let kotlin: [CodeCase] = [
        CodeCase(
            "Ktor with a literal, its builder and a default request", "A.kt",
            """
            import io.ktor.client.*
            import io.ktor.client.request.*

            const val ROOT = "https://api.app.wdesk.com/platform/v1"

            class Gate(private val web: HttpClient) {
                suspend fun one(ident: String) = web.get("1️⃣$ROOT/operations/$ident")
                suspend fun two(ident: String) = web.get {
                    url(2️⃣"https://api.eu.wdesk.com/platform/v1/operations/${ident.trim()}")
                    header("X-Version", "2022-01-01")
                }
                suspend fun three(ident: String) = web.delete("$ROOT/operations/$ident")
            }
            """, "1️⃣ call ktor implicit", "2️⃣ call ktor 2022-01-01"),
        CodeCase(
            "OkHttp, a companion's constants, a function that builds the URL", "A.kt",
            """
            import okhttp3.OkHttpClient
            import okhttp3.Request

            class Gate(private val web: OkHttpClient = OkHttpClient()) {
                companion object {
                    private const val ROOT = "https://api.app.wdesk.com/platform/v1"
                    private const val VERSION = "2022-01-01"
                }
                private fun link(ident: String) = 1️⃣"$ROOT/operations/$ident"
                fun one(ident: String) =
                    web.newCall(Request.Builder().url(link(ident)).addHeader("X-Version", VERSION).build()).execute()
                fun results(ident: String) =
                    web.newCall(Request.Builder().url("$ROOT/operations/$ident/results").build()).execute()
            }
            """, "1️⃣ call okhttp 2022-01-01"),
        CodeCase(
            "loops, the wait and migration", "A.kt",
            """
            import java.net.URL
            import kotlinx.coroutines.delay

            suspend fun patient(web: HttpClient, ident: String) {
                while (true) {
                    val reply = web.get(1️⃣"https://api.app.wdesk.com/platform/v1/operations/$ident")
                    if (reply.status.value == 200) return
                    delay((reply.headers["Retry-After"]?.toLong() ?: 1) * 1000)
                }
            }
            suspend fun hasty(web: HttpClient, ident: String) {
                repeat(50) {
                    web.get(2️⃣"https://api.app.wdesk.com/platform/v1/operations/$ident")
                    delay(100)
                }
            }
            suspend fun done(web: HttpClient, ident: String) =
                web.get(3️⃣"https://api.app.wdesk.com/operations/$ident") { header("X-Version", "2026-01-01") }
            fun plain(ident: String) = URL(4️⃣"https://api.app.wdesk.com/operations/$ident").readText()
            """, "1️⃣ call ktor implicit honoured", "2️⃣ call ktor implicit loop",
            "3️⃣ call migrated ktor 2026-01-01", "4️⃣ call migrated httpurlconnection implicit half"),
        CodeCase(
            "a server's own route, another host", "A.kt",
            """
            import io.ktor.server.application.*
            import io.ktor.server.routing.*

            const val WDESK = "https://api.app.wdesk.com"

            fun Application.own() {
                routing {
                    get("/platform/v1/operations/{ident}") { call.respond("x") }
                }
            }
            suspend fun foreign(web: HttpClient, ident: String) = web.get("https://tasks.example/platform/v1/operations/$ident")
            """),
    ]

    static let csharp: [CodeCase] = [
        CodeCase(
            "HttpClient with a literal, an interpolation, a format and a request message", "A.cs",
            """
            using System.Net.Http;

            class A {
                const string Root = "https://api.app.wdesk.com/platform/v1";
                static readonly HttpClient Web = new();

                Task<string> One() => Web.GetStringAsync(1️⃣"https://api.app.wdesk.com/platform/v1/operations/1");
                Task<string> Two(string ident) => Web.GetStringAsync(2️⃣$"{Root}/operations/{Uri.EscapeDataString(ident)}");
                Task<string> Three(string ident) => Web.GetStringAsync(string.Format(3️⃣"{0}/operations/{1}", Root, ident));
                async Task<string> Four(string ident) {
                    using var ask = new HttpRequestMessage(HttpMethod.Get, Root + 4️⃣"/operations/" + ident);
                    ask.Headers.Add("X-Version", "2022-01-01");
                    var reply = await Web.SendAsync(ask);
                    return await reply.Content.ReadAsStringAsync();
                }
                Task Five(string ident) => Web.DeleteAsync($"{Root}/operations/{ident}");
                Task Six(string ident) => Web.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"{Root}/operations/{ident}"));
            }
            """, "1️⃣ call httpclient implicit", "2️⃣ call httpclient implicit",
            "3️⃣ call httpclient implicit", "4️⃣ call httpclient 2022-01-01"),
        CodeCase(
            "typed clients of two hosts, by settings",
            [
                "appsettings.json": """
                {"Desk": {"Root": "https://api.app.wdesk.com/platform/v1/"}, "Tasks": {"Root": "https://tasks.example/platform/v1/"}}
                """,
                "Program.cs": """
                var builder = WebApplication.CreateBuilder(args);
                builder.Services.AddHttpClient<DeskClient>(web => {
                    web.BaseAddress = new Uri(builder.Configuration["Desk:Root"]!);
                    web.DefaultRequestHeaders.Add("X-Version", "2022-01-01");
                });
                builder.Services.AddHttpClient<TasksClient>(web => web.BaseAddress = new Uri(builder.Configuration["Tasks:Root"]!));
                """,
                "DeskClient.cs": """
                public class DeskClient {
                    private readonly HttpClient _web;
                    public DeskClient(HttpClient web) => _web = web;
                    public Task<string> Read(string ident) => _web.GetStringAsync(1️⃣$"operations/{ident}");
                    public async Task<string> Export(string doc) {
                        var begun = await _web.PostAsJsonAsync($"documents/{doc}/export", new { });
                        var reply = await 2️⃣_web.GetAsync(begun.Headers.Location);
                        return await reply.Content.ReadAsStringAsync();
                    }
                }
                """,
                "TasksClient.cs": """
                public class TasksClient(HttpClient web) {
                    public Task<string> Read(string ident) => web.GetStringAsync($"operations/{ident}");
                }
                """,
            ], "1️⃣ call httpclient 2022-01-01", "2️⃣ indirect httpclient 2022-01-01"),
        CodeCase(
            "RestSharp, Flurl and Refit", "A.cs",
            """
            using Flurl.Http;
            using Refit;
            using RestSharp;

            class A {
                Task<RestResponse> One(string ident) {
                    var web = new RestClient("https://api.app.wdesk.com/platform/v1");
                    var ask = new RestRequest(1️⃣"operations/{ident}", Method.Get).AddUrlSegment("ident", ident);
                    ask.AddHeader("X-Version", "2022-01-01");
                    return web.ExecuteAsync(ask);
                }
                Task<string> Two(string ident) =>
                    "https://api.eu.wdesk.com".AppendPathSegments(2️⃣"platform", "v1", "operations", ident).WithHeader("X-Version", "2026-01-01").GetStringAsync();
            }
            [Headers("X-Version: 2022-01-01")]
            interface IDesk {
                [Get(3️⃣"/platform/v1/operations/{ident}")]
                Task<string> Operation(string ident);
                [Delete("/platform/v1/operations/{ident}")]
                Task Drop(string ident);
            }
            class Make { IDesk Desk = RestService.For<IDesk>("https://api.app.wdesk.com"); }
            """, "1️⃣ call restsharp 2022-01-01", "2️⃣ call flurl 2026-01-01 half",
            "3️⃣ call refit 2022-01-01"),
        CodeCase(
            "loops, the wait, migration and an own route", "A.cs",
            """
            class A(HttpClient web) {
                const string Host = "https://api.app.wdesk.com";
                async Task Patient(string ident) {
                    while (true) {
                        var reply = await web.GetAsync(1️⃣$"{Host}/platform/v1/operations/{ident}");
                        if (reply.IsSuccessStatusCode) return;
                        await Task.Delay(reply.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
                    }
                }
                async Task Hasty(string ident) {
                    for (var n = 0; n < 50; n++) {
                        await web.GetAsync(2️⃣$"{Host}/platform/v1/operations/{ident}");
                        await Task.Delay(100);
                    }
                }
                Task<string> Done(string ident) {
                    web.DefaultRequestHeaders.Add("X-Trace", "1");
                    return web.GetStringAsync(3️⃣$"{Host}/operations/{ident}");
                }
                void Own(WebApplication app) => app.MapGet("/platform/v1/operations/{ident}", (string ident) => ident);
            }
            """, "1️⃣ call httpclient implicit honoured", "2️⃣ call httpclient implicit loop",
            "3️⃣ call migrated httpclient implicit half"),
    ]

    @Test("Java: finds what it must and nothing else", arguments: java)
    func findsJava(_ code: CodeCase) async throws { try await code.check() }

    @Test("Kotlin: finds what it must and nothing else", arguments: kotlin)
    func findsKotlin(_ code: CodeCase) async throws { try await code.check() }

    @Test("C#: finds what it must and nothing else", arguments: csharp)
    func findsCSharp(_ code: CodeCase) async throws { try await code.check() }
}

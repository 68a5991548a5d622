/// The libraries and tools that send HTTP requests, and by what code shows them: a table.
struct ClientLibrary: Sendable {
    /// As its users write it, lower case: the contract's word.
    var name: String
    /// Languages that have it; empty for any.
    var languages: Set<String>
    /// Identifiers in a call, its receiver or its type.
    var signals: Set<String>
    /// Parts of import lines.
    var imports: [String]

    private init(_ name: String, _ languages: String, _ signals: String, _ imports: String = "") {
        self.name = name
        self.languages = Set(languages.split(separator: " ").map(String.init))
        self.signals = Set(signals.split(separator: " ").map(String.init))
        self.imports = imports.split(separator: " ").map(String.init)
    }

    /// The table.
    static let all: [ClientLibrary] = [
        ClientLibrary(
            "requests", "python", "requests Session requests_session HTTPAdapter OAuth2Session",
            "requests"),
        ClientLibrary("httpx", "python", "httpx AsyncClient", "httpx"),
        ClientLibrary("aiohttp", "python", "aiohttp ClientSession", "aiohttp"),
        ClientLibrary("urllib3", "python", "urllib3 PoolManager", "urllib3"),
        ClientLibrary("http.client", "python", "HTTPSConnection HTTPConnection", "http.client"),
        ClientLibrary("urllib", "python", "urlopen urlretrieve build_opener", "urllib.request"),
        ClientLibrary("locust", "python", "HttpUser FastHttpUser locust", "locust"),
        ClientLibrary(
            "fetch", "javascript typescript", "fetch $fetch fetchImpl node-fetch",
            "node-fetch cross-fetch"),
        ClientLibrary(
            "axios", "javascript typescript", "axios AxiosInstance AxiosStatic Axios axiosInstance",
            "axios"),
        ClientLibrary("got", "javascript typescript", "got", "got"),
        ClientLibrary(
            "node-http", "javascript typescript", "https http.request https.request",
            "node:https node:http https http"),
        ClientLibrary(
            "angular-http", "javascript typescript", "HttpClient", "@angular/common/http"),
        ClientLibrary("openapi-fetch", "javascript typescript", "openapi-fetch", "openapi-fetch"),
        ClientLibrary("ofetch", "javascript typescript", "ofetch $fetch", "ofetch"),
        ClientLibrary("wretch", "javascript typescript", "wretch", "wretch"),
        ClientLibrary("superagent", "javascript typescript", "superagent", "superagent"),
        ClientLibrary("ky", "javascript typescript", "ky", "ky"),
        ClientLibrary("jquery", "javascript typescript", "$ jQuery ajax getJSON", "jquery"),
        ClientLibrary("xmlhttprequest", "javascript typescript", "XMLHttpRequest xhr", ""),
        ClientLibrary("urlfetchapp", "javascript typescript", "UrlFetchApp", ""),
        ClientLibrary("k6", "javascript typescript", "k6", "k6/http k6"),
        ClientLibrary("undici", "javascript typescript", "undici", "undici"),
        ClientLibrary("needle", "javascript typescript", "needle", "needle"),
        ClientLibrary("ktor", "kotlin java", "ktor HttpClient", "io.ktor"),
        ClientLibrary(
            "okhttp", "java kotlin groovy scala",
            "OkHttpClient okhttp3 newCall HttpUrl toHttpUrl RequestBody", "okhttp3 okhttp"),
        ClientLibrary(
            "java.net.http", "java kotlin groovy scala",
            "HttpRequest HttpClient newHttpClient BodyHandlers", "java.net.http"),
        ClientLibrary(
            "httpurlconnection", "java kotlin groovy scala",
            "HttpURLConnection HttpsURLConnection openConnection URLConnection openStream readText URL",
            "java.net.HttpURLConnection"),
        ClientLibrary(
            "apache-httpclient", "java kotlin groovy scala",
            "HttpGet CloseableHttpClient HttpClients HttpClientBuilder HttpUriRequest ClassicRequestBuilder RequestBuilder",
            "org.apache.http org.apache.hc"),
        ClientLibrary(
            "resttemplate", "java kotlin groovy",
            "RestTemplate RestTemplateBuilder getForObject getForEntity TestRestTemplate restTemplate",
            "RestTemplate"),
        ClientLibrary("webclient", "java kotlin groovy", "WebClient", "WebClient"),
        ClientLibrary("restclient", "java kotlin groovy", "RestClient", "web.client.RestClient"),
        ClientLibrary("unirest", "java kotlin groovy", "Unirest", "unirest"),
        ClientLibrary("fuel", "kotlin", "Fuel httpGet httpPost", "kittinunf.fuel"),
        ClientLibrary("feign", "java kotlin", "FeignClient RequestLine", "openfeign feign"),
        ClientLibrary("retrofit", "java kotlin", "Retrofit", "retrofit2"),
        ClientLibrary("jax-rs", "java kotlin", "WebTarget ClientBuilder target", "ws.rs.client"),
        ClientLibrary("gatling", "scala java kotlin", "gatling", "io.gatling"),
        ClientLibrary("sttp", "scala", "sttp basicRequest quickRequest", "sttp"),
        ClientLibrary("http4s", "scala", "http4s", "org.http4s"),
        ClientLibrary("akka-http", "scala java", "singleRequest", "akka.http"),
        ClientLibrary("pekko-http", "scala java", "", "pekko.http"),
        ClientLibrary("play-ws", "scala java", "WSClient StandaloneWSClient", "libs.ws"),
        ClientLibrary("zio-http", "scala", "", "zio.http"),
        ClientLibrary(
            "camel", "java kotlin groovy", "toD CamelContext RouteBuilder", "org.apache.camel"),
        ClientLibrary("micronaut", "java kotlin groovy", "", "io.micronaut.http.client"),
        ClientLibrary("refit", "csharp", "Refit RestService", "Refit"),
        ClientLibrary(
            "flurl", "csharp",
            "AppendPathSegment AppendPathSegments SetQueryParam FlurlClient GetJsonAsync Flurl WithOAuthBearerToken",
            "Flurl"),
        ClientLibrary(
            "restsharp", "csharp", "RestClient RestRequest ExecuteAsync RestSharp", "RestSharp"),
        ClientLibrary(
            "webrequest", "csharp powershell", "WebRequest HttpWebRequest DownloadString WebClient",
            ""),
        ClientLibrary(
            "httpclient", "csharp powershell",
            "HttpClient HttpRequestMessage GetStringAsync SendAsync GetFromJsonAsync IHttpClientFactory GetAsync",
            "System.Net.Http"),
        ClientLibrary("resty", "go", "resty", "resty"),
        ClientLibrary(
            "net/http", "go", "http NewRequest NewRequestWithContext DefaultClient", "net/http"),
        ClientLibrary("faraday", "ruby", "Faraday", "faraday"),
        ClientLibrary("httparty", "ruby", "HTTParty", "httparty"),
        ClientLibrary("http.rb", "ruby", "persistent", "http"),
        ClientLibrary("typhoeus", "ruby", "Typhoeus", "typhoeus"),
        ClientLibrary("excon", "ruby", "Excon", "excon"),
        ClientLibrary("open-uri", "ruby", "URI.open open_uri", ""),
        ClientLibrary("rest-client", "ruby", "RestClient", "rest-client rest_client"),
        ClientLibrary("net-http", "ruby", "Net HTTP Net::HTTP", "net/http"),
        ClientLibrary("guzzle", "php", "GuzzleHttp Guzzle", "GuzzleHttp"),
        ClientLibrary("symfony-http-client", "php", "HttpClientInterface", "HttpClientInterface"),
        ClientLibrary("saloon", "php", "Saloon", "Saloon"),
        ClientLibrary("laravel-http", "php", "Http PendingRequest", "Facades.Http Facades\\Http"),
        ClientLibrary("php-curl", "php", "curl_init curl_exec curl_setopt curl_setopt_array", ""),
        ClientLibrary("file_get_contents", "php", "file_get_contents fopen", ""),
        ClientLibrary(
            "wp_remote_get", "php", "wp_remote_get wp_remote_request wp_safe_remote_get", ""),
        ClientLibrary("reqwest", "rust", "reqwest", "reqwest"),
        ClientLibrary("ureq", "rust", "ureq", "ureq"),
        ClientLibrary("hyper", "rust", "hyper", "hyper"),
        ClientLibrary("alamofire", "swift", "AF Alamofire", "Alamofire"),
        ClientLibrary("moya", "swift", "Moya TargetType MoyaProvider", "Moya"),
        ClientLibrary(
            "afnetworking", "objective-c swift", "AFHTTPSessionManager AFURLSessionManager",
            "AFNetworking"),
        ClientLibrary(
            "async-http-client", "swift", "HTTPClient HTTPClientRequest AsyncHTTPClient",
            "AsyncHTTPClient"),
        ClientLibrary(
            "urlsession", "swift objective-c",
            "URLSession URLRequest NSURLSession NSURLRequest NSMutableURLRequest dataTaskWithRequest:completionHandler: dataTaskWithURL:completionHandler:",
            ""),
        ClientLibrary("invoke-restmethod", "powershell", "Invoke-RestMethod irm", ""),
        ClientLibrary("invoke-webrequest", "powershell", "Invoke-WebRequest iwr", ""),
        ClientLibrary("httr2", "r", "httr2 req_perform request req_url_path_append", "httr2"),
        ClientLibrary("httr", "r", "httr GET add_headers RETRY", "httr"),
        ClientLibrary(
            "curl", "r", "curl_fetch_memory curl_fetch_disk curl_download new_handle", ""),
        ClientLibrary("http::tiny", "perl", "HTTP::Tiny Tiny", "HTTP::Tiny"),
        ClientLibrary(
            "lwp", "perl", "LWP LWP::UserAgent HTTP::Request UserAgent Request ua", "LWP"),
        ClientLibrary(
            "mojo-useragent", "perl", "Mojo::UserAgent Mojo UserAgent ua", "Mojo::UserAgent"),
        ClientLibrary("httpoison", "elixir", "HTTPoison", ""),
        ClientLibrary("tesla", "elixir", "Tesla", "Tesla"),
        ClientLibrary("req", "elixir", "Req", ""),
        ClientLibrary("finch", "elixir", "Finch", ""),
        ClientLibrary("dio", "dart", "Dio dio", "dio"),
        ClientLibrary("http", "dart", "http", "package:http"),
        ClientLibrary(
            "winhttp", "vba",
            "WinHttpRequest WinHttp XMLHTTP ServerXMLHTTP MSXML2 XMLHTTP60 ServerXMLHTTP60", ""),
        ClientLibrary("web.contents", "powerquery", "Web.Contents Web Contents", ""),
        ClientLibrary("cpr", "cpp", "cpr", "cpr"),
        ClientLibrary(
            "qnetworkaccessmanager", "cpp", "QNetworkRequest QNetworkAccessManager",
            "QNetworkAccessManager"),
        ClientLibrary("cpp-httplib", "cpp", "httplib", "httplib.h"),
        ClientLibrary(
            "curl", "c cpp objective-c",
            "curl_easy_perform curl_easy_setopt curl_easy_init CURL curl", "curl/curl.h"),
        ClientLibrary("curl", "shell", "curl", ""),
        ClientLibrary("wget", "shell", "wget", ""),
        ClientLibrary("httpie", "shell", "http https xh", ""),
    ]

    /// The rows of a language.
    static func rows(of language: String) -> [ClientLibrary] { byLanguage[language] ?? [] }

    private static let byLanguage: [String: [ClientLibrary]] = {
        var table: [String: [ClientLibrary]] = [:]
        for row in all {
            for language in row.languages { table[language, default: []].append(row) }
        }
        return table
    }()
}

/// What a call does with a URL, by its name alone.
enum CallRole: Sendable {
    /// Sends a request of a method, where the name says which.
    case sends(method: String?)
    /// Makes a request that another call sends.
    case prepares(method: String?)
    /// Only shows text.
    case shows
    /// Only compares.
    case compares
    /// Sets up a test double.
    case mocks
    /// Registers a server's own route.
    case routes

    static func named(_ name: String) -> CallRole? { table[name] }

    private static let table: [String: CallRole] = {
        var table: [String: CallRole] = [:]
        func add(_ role: CallRole, _ names: String) {
            for name in names.split(separator: " ") { table[String(name)] = role }
        }
        for method in ["get", "post", "put", "patch", "delete", "head", "options"] {
            let upper = method.uppercased()
            let title = upper.prefix(1) + method.dropFirst()
            add(
                .sends(method: upper),
                "\(method) \(upper) \(title) \(title)Async \(method)Async \(method)! \(method)Json \(method)JSON async_\(method) \(method)_async \(title)WithResponse \(method)Request request_\(method) http_\(method) http\(title) \(method)Object"
            )
        }
        add(
            .sends(method: "GET"),
            "getJSON getForObject getForEntity GetStringAsync GetFromJsonAsync GetByteArrayAsync GetStreamAsync GetJsonAsync urlopen urlretrieve file_get_contents get_content getContentText openStream readText DownloadString DownloadStringTaskAsync dataTask dataTaskWithURL:completionHandler: decode_json_from get_json http_get getJson req_get curl_fetch_memory curl_fetch_disk curl_download simple_request open_uri GetWithContext getURL getText curl_get GetStringTask fetchJson fetchJSON download get_to_json contentsOf dataWithContentsOfURL: fromJSON read_json"
        )
        add(
            .sends(method: nil),
            "fetch request send execute exchange call ajax Do do SendAsync ExecuteAsync curl_exec req_perform Invoke-RestMethod Invoke-WebRequest irm iwr request_uri newCall dataTaskWithRequest:completionHandler: data Send open axios got ky superagent needle RequestAsync asyncRequest requestAsync query urlopen perform invoke Execute RETRY cpr sendRequest doRequest makeRequest batch callApi call_api CallAPI apiCall api_call fetchAll run_request Fetch $fetch getResponse exec check_output check_call Popen spawn spawnSync execFile execFileSync execSync popen getoutput capture2 capture3 create_subprocess_exec VERB Web.Contents Contents http_request httpRequest async_request responseString responseJSON response responseData responseDecodable serializingDecodable bodyToMono sendAsync do_request api_request send_request authorized_request stream iter_lines getInputStream requestUrl request_json"
        )
        add(
            .prepares(method: nil),
            "Request NewRequest NewRequestWithContext HttpRequestMessage RestRequest newBuilder builder Builder HttpRequest HttpGet URLRequest NSMutableURLRequest NSURLRequest requestWithURL: curl_init curl_setopt curl_easy_setopt curl_setopt_array openConnection RequestMessage PreparedRequest HTTPClientRequest requestBuilder uri url setUrl setURL setUri to withUrl endpoint Create CreateHttp CreateRequest create_request new createRequest build_request HTTPRequest Req req Open target"
        )
        add(
            .shows,
            "print println printf log info warn warning error debug trace echo puts p say fatal Println Printf Print Errorf Fatal Fatalf Log LogInformation LogWarning LogError WriteLine Write-Host Write-Output Write-Error Write-Verbose console Write raise Error Exception RuntimeError ValueError NSLog os_log eprintln panic anyhow bail warn! info! debug! error! describe it test context should caption help text_area add_argument ArgumentParser setText innerHTML textContent display message cat logger stderr Logger die croak carp warn_user alert throw InvalidOperationException IllegalStateException"
        )
        add(
            .compares,
            "urlsplit urlparse parse_url startsWith starts_with StartsWith HasPrefix hasPrefix startswith start_with? includes contains Contains match matches Matches test indexOf IndexOf equals Equals endsWith endswith EndsWith HasSuffix search isEqualToString: fullmatch findall exec_re assertEqual assertEquals assertIn assert_called_with assert_called_once_with toBe toEqual toHaveBeenCalledWith eq equal assertSame strpos preg_match str_contains str_starts_with Equal expect XCTAssertEqual compare strcmp compile Regex Pattern RegExp re assert_eq! assert_eq assert called_with toContain toMatch is_match rfind find_all include? filter requestMatching a_request verify getRequestedFor urlEqualTo Should Be ShouldBe"
        )
        add(
            .mocks,
            "stub_request urlPathEqualTo urlEqualTo urlPathMatching urlMatching respx nock intercept when When whenGET onGet stubFor mock mock_get route fakeResponse fake register_uri registerUri reply_get add_response respond expectOne MockResponse Expect expect_request requests_mock responses mockReturnValue mockResponse request_mock WireMock Mock httpmock aioresponses MockHttp onRequest interceptor fetchMock register_responder RegisterResponder httpretty httptest"
        )
        add(
            .routes,
            "route Route HandleFunc Handle MapGet MapPost MapPut MapDelete add_url_rule add_route addRoute RouterFunction GET_route resources scope mount use all location register_route add_api_route HandlerFunc Map MapControllerRoute app_route"
        )
        return table
    }()
}

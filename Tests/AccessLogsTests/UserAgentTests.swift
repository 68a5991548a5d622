import Deprecations
import TestSupport
import Testing

@testable import AccessLogs

@Suite("User agents")
struct UserAgentTests {
    @Test(
        "a user agent tells client, version and kind",
        arguments: [
            ("python-requests/2.31.0", "requests", "2.31.0", .library),
            ("python-urllib3/2.2.1", "urllib3", "2.2.1", .library),
            ("urllib3.future/2.7.900", "niquests", "2.7.900", .library),
            ("Python-urllib/3.11", "urllib", "3.11", .library),
            ("python-httpx/0.27.0", "httpx", "0.27.0", .library),
            ("Python/3.11 aiohttp/3.9.1", "aiohttp", "3.9.1", .library),
            ("Python-httplib2/0.22.0 (gzip)", "httplib2", "0.22.0", .library),
            ("niquests/3.5.2", "niquests", "3.5.2", .library),
            ("PycURL/7.45.2 libcurl/7.88.1 OpenSSL/3.0.11", "pycurl", "7.45.2", .library),
            ("workiva-python-sdk/0.4.6", "workiva-sdk", "0.4.6", .sdk),
            ("OpenAPI-Generator/1.0.0/python", "openapi-generator", "1.0.0", .sdk),
            ("Swagger-Codegen/1.0.0/java", "swagger-codegen", "1.0.0", .sdk),
            ("speakeasy-sdk/typescript 1.2.3 2.0 1.0 x", "speakeasy", nil, .sdk),
            ("curl/8.4.0", "curl", "8.4.0", .cli), ("Wget/1.21.3", "wget", "1.21.3", .cli),
            ("wget2/2.0.1", "wget", "2.0.1", .cli), ("HTTPie/3.2.2", "httpie", "3.2.2", .cli),
            ("xh/0.18.0", "xh", "0.18.0", .cli),
            ("libcurl/7.88.1", "libcurl", "7.88.1", .library),
            ("libcurl/7.88.1 r-curl/5.0.0 httr/1.4.5", "httr", "1.4.5", .library),
            ("httr2/1.0.0 r-curl/5.2.0 libcurl/8.5.0", "httr2", "1.0.0", .library),
            ("Go-http-client/1.1", "net/http", "1.1", .library),
            ("go-resty/2.11.0 (https://github.com/go-resty/resty)", "resty", "2.11.0", .library),
            ("req/v3 (https://github.com/imroc/req)", "req", nil, .library),
            ("node", "fetch", nil, .library), ("undici", "fetch", nil, .library),
            ("axios/1.6.2", "axios", "1.6.2", .library),
            (
                "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)", "node-fetch", "1.0",
                .library
            ),
            ("node-fetch", "node-fetch", nil, .library),
            ("got (https://github.com/sindresorhus/got)", "got", nil, .library),
            ("got/11.8.6 (https://github.com/sindresorhus/got)", "got", "11.8.6", .library),
            ("node-superagent/8.1.2", "superagent", "8.1.2", .library),
            ("needle/3.2.0 (Node.js v20.1.0; linux x64)", "needle", "3.2.0", .library),
            ("Deno/1.40.0", "fetch", "1.40.0", .library), ("Bun/1.0.2", "fetch", "1.0.2", .library),
            ("Java/17.0.1", "httpurlconnection", "17.0.1", .library),
            ("Java/1.8.0_345", "httpurlconnection", "1.8.0_345", .library),
            ("Java-http-client/17.0.9", "java.net.http", "17.0.9", .library),
            (
                "Apache-HttpClient/4.5.13 (Java/11.0.20)", "apache-httpclient", "4.5.13", .library
            ),
            (
                "Apache-HttpAsyncClient/4.1.4 (Java/1.8.0_1)", "apache-httpclient", "4.1.4",
                .library
            ),
            ("Jakarta Commons-HttpClient/3.1", "apache-httpclient", "3.1", .library),
            ("okhttp/4.12.0", "okhttp", "4.12.0", .library),
            ("ReactorNetty/1.1.13", "webclient", "1.1.13", .library),
            ("Jersey/2.35 (HttpUrlConnection 11.0.9)", "jax-rs", "2.35", .library),
            ("Apache-CXF/3.5.5", "jax-rs", "3.5.5", .library),
            ("akka-http/10.2.9", "akka-http", "10.2.9", .library),
            ("unirest-java/3.11.09", "unirest", "3.11.09", .library),
            (
                "Google-HTTP-Java-Client/1.42.3 (gzip)", "google-http-client", "1.42.3", .library
            ),
            ("grpc-java-netty/1.58.0", "grpc-java", "1.58.0", .library),
            ("AHC/1.0", "mulesoft", nil, .integrationPlatform),
            ("AHC/2.1", "async-http-client", "2.1", .library),
            ("RestSharp/110.2.0.0", "restsharp", "110.2.0.0", .library),
            (
                "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041",
                "invoke-restmethod", "5.1.19041", .cli
            ),
            (
                "Mozilla/5.0 (Linux; Debian GNU/Linux 12; en-US) PowerShell/7.4.0",
                "invoke-restmethod", "7.4.0", .cli
            ),
            (
                "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)",
                "power-query", nil, .integrationPlatform
            ),
            ("Ruby", "net-http", nil, .library), ("Faraday v2.7.4", "faraday", "2.7.4", .library),
            (
                "rest-client/2.1.0 (linux x86_64) ruby/3.1.2p20", "rest-client", "2.1.0", .library
            ),
            ("http.rb/5.1.1", "http.rb", "5.1.1", .library),
            ("Typhoeus - https://github.com/typhoeus/typhoeus", "typhoeus", nil, .library),
            ("libwww-perl/6.68", "lwp", "6.68", .library),
            ("HTTP-Tiny/0.080", "http-tiny", "0.080", .library),
            ("WWW-Mechanize/2.16", "www-mechanize", "2.16", .library),
            ("GuzzleHttp/7", "guzzle", "7", .library),
            ("GuzzleHttp/6.5.5 curl/7.64.0 PHP/7.4.3", "guzzle", "6.5.5", .library),
            ("Symfony HttpClient/Curl", "symfony-http-client", nil, .library),
            (
                "PHP-Curl-Class/9.19.2 (+https://github.com/php-curl-class)", "php-curl", "9.19.2",
                .library
            ),
            ("reqwest/0.11.23", "reqwest", "0.11.23", .library),
            ("hyper/0.14", "hyper", "0.14", .library), ("ureq/2.9.1", "ureq", "2.9.1", .library),
            ("Dart/3.2 (dart:io)", "dio", "3.2", .library),
            ("wdesk-sync (unknown version) curl/7.88.1", "urlsession", "7.88.1", .library),
            (
                "WdeskSync/12 CFNetwork/1474 Darwin/23.0.0", "urlsession", "1474", .library
            ),
            ("cpp-httplib/0.14.1", "cpp-httplib", "0.14.1", .library),
            ("cpprestsdk/2.10.18", "cpprestsdk", "2.10.18", .library),
            (
                "Mozilla/4.0 (compatible; Win32; WinHttp.WinHttpRequest.5)", "winhttp", nil,
                .library
            ),
            ("Embarcadero URI Client/1.0", "delphi", "1.0", .library),
            ("PostmanRuntime/7.36.0", "postman", "7.36.0", .apiTool),
            ("insomnia/8.4.5", "insomnia", "8.4.5", .apiTool),
            ("Bruno/1.5.0", "bruno", "1.5.0", .apiTool),
            ("bruno-runtime/1.5.0", "bruno", "1.5.0", .apiTool),
            ("vscode-restclient", "rest-client-file", nil, .apiTool),
            ("Paw/3.4.0 (Macintosh; OS X/14.0) GCDHTTPRequest", "paw", "3.4.0", .apiTool),
            (
                "Mozilla/5.0 (compatible; Google-Apps-Script; beanserver; +https://script.google.com; id: UAEmdDd)",
                "urlfetchapp", nil, .integrationPlatform
            ),
            ("Zapier", "zapier", nil, .integrationPlatform),
            (
                "azure-logic-apps/1.0 (workflow 08d; version 085)", "azure-logic-apps", "1.0",
                .integrationPlatform
            ),
            ("azure-data-factory/2.0", "azure-data-factory", "2.0", .integrationPlatform),
            ("Boomi-Atom/23.1", "boomi", "23.1", .integrationPlatform),
            ("Workato", "workato", nil, .integrationPlatform),
            ("SnapLogic/4.35", "snaplogic", "4.35", .integrationPlatform),
            ("Make/production", "make", nil, .integrationPlatform),
            ("n8n", "n8n", nil, .integrationPlatform),
            ("SAP NetWeaver Application Server (1.0;750)", "sap", nil, .integrationPlatform),
            ("Oracle-HTTPClient/10h", "oracle", "10h", .integrationPlatform),
            ("Domo/1.0", "domo", "1.0", .integrationPlatform),
            ("k6/0.48.0 (https://k6.io/)", "k6", "0.48.0", .apiTool),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36",
                "chrome", "120.0.0.0", .browser
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1.15 Version/17.1 Safari/605.1.15",
                "safari", "605.1.15", .browser
            ),
            ("ELB-HealthChecker/2.0", "elb-healthchecker", "2.0", .monitor),
            ("GoogleHC/1.0", "googlehc", "1.0", .monitor),
            ("kube-probe/1.29", "kube-probe", "1.29", .monitor),
            (
                "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
                "uptimerobot", "2.0", .monitor
            ),
            // A program's own name before the library it is built on.
            ("fin-reports/1.4 python-requests/2.31.0", "requests", "2.31.0", .library),
            ("workiva-export-job/2 axios/1.6.2", "axios", "1.6.2", .library),
            ("workiva-sdk/1.0 python-requests/2.31.0", "workiva-sdk", "1.0", .sdk),
            // Nobody's: a name that only begins like one of the table, nothing, a word.
            ("nodejs-poller", nil, nil, .unknown), ("RubyReports/2", nil, nil, .unknown),
            ("Rubyist", nil, nil, .unknown), ("SAPling/1", nil, nil, .unknown),
            ("wdesk-poller/3", nil, nil, .unknown), ("", nil, nil, .unknown),
            ("-", nil, nil, .unknown), ("ReportPuller", nil, nil, .unknown),
            ("/", nil, nil, .unknown), ("curl", nil, nil, .unknown),
        ] as [(String, String?, String?, CallerKind)])
    func facts(agent: String, client: String?, version: String?, kind: CallerKind) {
        let facts = UserAgentFacts(agent)
        #expect(facts.client == client)
        #expect(facts.kind == kind)
        if facts.version != version { Issue.record("version \(facts.version ?? "nil")") }
    }

    @Test("any bytes are some user agent", arguments: [UInt64](1...20))
    func noise(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let words = [
            "python-requests/", "Faraday v", "node-fetch", "(", "/", " ", "2.0", "é", ";", "bot",
        ]
        for _ in 0..<200 {
            let agent = (0..<random.below(8)).map { _ in words[random.below(words.count)] }.joined()
            let facts = UserAgentFacts(agent)
            #expect(facts.client != nil || facts.version == nil)
        }
    }
}

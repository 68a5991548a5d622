import Deprecations

/// What a user agent says of the library or tool that sent the request.
struct UserAgentFacts: Hashable, Sendable {
    /// As its users write it; nil where none is known.
    var client: String?
    /// Its version.
    var version: String?
    /// What it is.
    var kind: CallerKind

    /// Looks `userAgent` up; the first fact that fits counts.
    init(_ userAgent: String?) {
        guard let userAgent, !userAgent.isEmpty, userAgent != "-" else {
            self.init(client: nil, version: nil, kind: .unknown)
            return
        }
        let bytes = Array(userAgent.utf8)
        // The table is ASCII, and so is what may be found by it.
        let lowercased = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        for fact in Self.facts {
            guard let end = fact.end(in: lowercased) else { continue }
            self.init(
                client: fact.client, version: fact.version(in: bytes, from: end), kind: fact.kind)
            return
        }
        self.init(client: nil, version: nil, kind: .unknown)
    }

    private init(client: String?, version: String?, kind: CallerKind) {
        self.client = client
        self.version = version
        self.kind = kind
    }
}

extension UserAgentFacts {
    /// A line of the table.
    struct Fact: Sendable {
        /// How the text is to be found in the user agent.
        enum Place: Sendable {
            /// The whole user agent.
            case whole
            /// At the begin.
            case start
            /// As a product: at the begin or behind a blank or bracket.
            case product
            /// Anywhere.
            case anywhere
        }

        /// Lower case.
        private let text: [UInt8]
        private let place: Place
        fileprivate let client: String
        fileprivate let kind: CallerKind

        init(text: String, place: Place, client: String, kind: CallerKind) {
            self.text = Array(text.utf8)
            self.place = place
            self.client = client
            self.kind = kind
        }

        /// Where the text ends in a user agent in lower case; nil where it is not in it.
        func end(in userAgent: [UInt8]) -> Int? {
            guard userAgent.count >= text.count else { return nil }
            if place == .whole, userAgent.count > text.count { return nil }
            let last = place == .start ? 0 : userAgent.count - text.count
            let first = text[0]
            for index in 0...last where userAgent[index] == first {
                if place == .product, index > 0, !Self.precedesProduct(userAgent[index - 1]) {
                    continue
                }
                var length = 1
                while length < text.count, userAgent[index + length] == text[length] { length += 1 }
                if length == text.count { return index + length }
            }
            return nil
        }

        private static func precedesProduct(_ byte: UInt8) -> Bool {
            byte == 0x20 || byte == 0x28 || byte == 0x2F || byte == 0x3B
        }

        /// What stands behind the slash after the text: digits, dots and what belongs to a version.
        func version(in userAgent: [UInt8], from end: Int) -> String? {
            var index = end
            if text.last != UInt8(ascii: "/"), index < userAgent.count,
                !(0x30...0x39).contains(userAgent[index])
            {
                // `node-fetch/1.0`, `undici v6`; behind `Faraday v` the version begins at once.
                while index < userAgent.count, userAgent[index] != 0x2F, userAgent[index] != 0x20 {
                    index += 1
                }
                index += 1
                if index < userAgent.count, userAgent[index] | 0x20 == UInt8(ascii: "v") {
                    index += 1
                }
            }
            let start = index
            while index < userAgent.count, index - start < 32, Self.isVersionByte(userAgent[index])
            {
                index += 1
            }
            guard index > start, (0x30...0x39).contains(userAgent[start]) else { return nil }
            return String(decoding: userAgent[start..<index], as: UTF8.self)
        }

        private static func isVersionByte(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2E
                || byte == 0x2D || byte == 0x2B || byte == 0x5F
        }
    }

    /// The most telling first: a provider's client library before the transport it names behind itself, what
    /// looks like a browser before browsers.
    private static let facts: [Fact] = [
        // Client libraries of the provider, and generated ones.
        Fact(text: "workiva-python-sdk/", place: .product, client: "workiva-sdk", kind: .sdk),
        Fact(text: "workiva-sdk/", place: .product, client: "workiva-sdk", kind: .sdk),
        Fact(text: "openapi-generator/", place: .start, client: "openapi-generator", kind: .sdk),
        Fact(text: "swagger-codegen/", place: .start, client: "swagger-codegen", kind: .sdk),
        Fact(text: "speakeasy-sdk/", place: .start, client: "speakeasy", kind: .sdk),
        Fact(text: "fern/", place: .start, client: "fern", kind: .sdk),
        // Integration platforms and connectors.
        Fact(text: "ahc/1.0", place: .start, client: "mulesoft", kind: .integrationPlatform),
        Fact(text: "zapier", place: .start, client: "zapier", kind: .integrationPlatform),
        Fact(
            text: "azure-logic-apps/", place: .anywhere, client: "azure-logic-apps",
            kind: .integrationPlatform),
        Fact(
            text: "azure-data-factory/", place: .anywhere, client: "azure-data-factory",
            kind: .integrationPlatform),
        Fact(
            text: "microsoft.data.mashup", place: .start, client: "power-query",
            kind: .integrationPlatform),
        Fact(
            text: "google-apps-script", place: .anywhere, client: "urlfetchapp",
            kind: .integrationPlatform),
        Fact(text: "boomi", place: .anywhere, client: "boomi", kind: .integrationPlatform),
        Fact(text: "workato", place: .anywhere, client: "workato", kind: .integrationPlatform),
        Fact(text: "snaplogic", place: .anywhere, client: "snaplogic", kind: .integrationPlatform),
        Fact(text: "talend", place: .anywhere, client: "talend", kind: .integrationPlatform),
        Fact(text: "celigo", place: .anywhere, client: "celigo", kind: .integrationPlatform),
        Fact(text: "alteryx", place: .anywhere, client: "alteryx", kind: .integrationPlatform),
        Fact(
            text: "informatica", place: .anywhere, client: "informatica", kind: .integrationPlatform
        ),
        Fact(text: "mulesoft", place: .anywhere, client: "mulesoft", kind: .integrationPlatform),
        Fact(text: "tray.io", place: .anywhere, client: "tray", kind: .integrationPlatform),
        Fact(text: "domo", place: .start, client: "domo", kind: .integrationPlatform),
        Fact(text: "n8n", place: .product, client: "n8n", kind: .integrationPlatform),
        Fact(text: "tray/", place: .start, client: "tray", kind: .integrationPlatform),
        Fact(text: "sap ", place: .start, client: "sap", kind: .integrationPlatform),
        Fact(text: "sap-", place: .start, client: "sap", kind: .integrationPlatform),
        Fact(text: "sap/", place: .start, client: "sap", kind: .integrationPlatform),
        Fact(text: "oracle", place: .start, client: "oracle", kind: .integrationPlatform),
        Fact(
            text: "progress software", place: .start, client: "progress-datadirect",
            kind: .integrationPlatform),
        Fact(text: "make/", place: .start, client: "make", kind: .integrationPlatform),
        // Monitors.
        Fact(
            text: "elb-healthchecker/", place: .start, client: "elb-healthchecker", kind: .monitor),
        Fact(text: "googlehc/", place: .start, client: "googlehc", kind: .monitor),
        Fact(text: "kube-probe/", place: .start, client: "kube-probe", kind: .monitor),
        Fact(text: "uptimerobot/", place: .anywhere, client: "uptimerobot", kind: .monitor),
        Fact(text: "site24x7", place: .anywhere, client: "site24x7", kind: .monitor),
        Fact(text: "pingdom", place: .anywhere, client: "pingdom", kind: .monitor),
        Fact(text: "datadog", place: .anywhere, client: "datadog", kind: .monitor),
        Fact(
            text: "blackbox exporter/", place: .start, client: "blackbox-exporter", kind: .monitor),
        Fact(text: "statuscake", place: .anywhere, client: "statuscake", kind: .monitor),
        Fact(text: "newrelicpinger", place: .anywhere, client: "newrelic", kind: .monitor),
        // Tools for trying out APIs, load tests.
        Fact(text: "postmanruntime/", place: .start, client: "postman", kind: .apiTool),
        Fact(text: "insomnia/", place: .start, client: "insomnia", kind: .apiTool),
        Fact(text: "bruno", place: .start, client: "bruno", kind: .apiTool),
        Fact(text: "vscode-restclient", place: .start, client: "rest-client-file", kind: .apiTool),
        Fact(text: "paw/", place: .start, client: "paw", kind: .apiTool),
        Fact(text: "hoppscotch", place: .anywhere, client: "hoppscotch", kind: .apiTool),
        Fact(text: "k6/", place: .product, client: "k6", kind: .apiTool),
        Fact(text: "jmeter", place: .anywhere, client: "jmeter", kind: .apiTool),
        // Command lines; PowerShell looks like a browser.
        Fact(text: "windowspowershell/", place: .anywhere, client: "invoke-restmethod", kind: .cli),
        Fact(text: "powershell/", place: .anywhere, client: "invoke-restmethod", kind: .cli),
        Fact(text: "httpie/", place: .start, client: "httpie", kind: .cli),
        Fact(text: "xh/", place: .start, client: "xh", kind: .cli),
        Fact(text: "wget/", place: .start, client: "wget", kind: .cli),
        Fact(text: "wget2/", place: .start, client: "wget", kind: .cli),
        Fact(text: "curl/", place: .start, client: "curl", kind: .cli),
        // Libraries: those that sit on another one, and name it, first.
        Fact(text: "niquests/", place: .product, client: "niquests", kind: .library),
        Fact(text: "python-requests/", place: .product, client: "requests", kind: .library),
        Fact(text: "python-httpx/", place: .product, client: "httpx", kind: .library),
        Fact(text: "aiohttp/", place: .product, client: "aiohttp", kind: .library),
        Fact(text: "python-httplib2/", place: .product, client: "httplib2", kind: .library),
        Fact(text: "pycurl/", place: .product, client: "pycurl", kind: .library),
        Fact(text: "python-urllib3/", place: .product, client: "urllib3", kind: .library),
        Fact(text: "urllib3.future/", place: .product, client: "niquests", kind: .library),
        Fact(text: "python-urllib/", place: .product, client: "urllib", kind: .library),
        Fact(text: "axios/", place: .product, client: "axios", kind: .library),
        Fact(text: "node-fetch", place: .product, client: "node-fetch", kind: .library),
        Fact(text: "node-superagent/", place: .product, client: "superagent", kind: .library),
        Fact(text: "got/", place: .product, client: "got", kind: .library),
        Fact(text: "got (", place: .start, client: "got", kind: .library),
        Fact(text: "needle/", place: .product, client: "needle", kind: .library),
        Fact(text: "undici", place: .product, client: "fetch", kind: .library),
        Fact(text: "deno/", place: .product, client: "fetch", kind: .library),
        Fact(text: "bun/", place: .product, client: "fetch", kind: .library),
        Fact(text: "go-resty/", place: .product, client: "resty", kind: .library),
        Fact(text: "req/v3", place: .start, client: "req", kind: .library),
        Fact(text: "go-http-client/", place: .product, client: "net/http", kind: .library),
        Fact(text: "java-http-client/", place: .product, client: "java.net.http", kind: .library),
        Fact(
            text: "apache-httpclient/", place: .product, client: "apache-httpclient", kind: .library
        ),
        Fact(
            text: "apache-httpasyncclient/", place: .product, client: "apache-httpclient",
            kind: .library),
        Fact(
            text: "jakarta commons-httpclient/", place: .start, client: "apache-httpclient",
            kind: .library),
        Fact(text: "okhttp/", place: .product, client: "okhttp", kind: .library),
        Fact(text: "reactornetty/", place: .product, client: "webclient", kind: .library),
        Fact(text: "jersey/", place: .product, client: "jax-rs", kind: .library),
        Fact(text: "apache-cxf/", place: .product, client: "jax-rs", kind: .library),
        Fact(text: "resteasy/", place: .product, client: "jax-rs", kind: .library),
        Fact(text: "ktor-client", place: .product, client: "ktor", kind: .library),
        Fact(text: "akka-http/", place: .product, client: "akka-http", kind: .library),
        Fact(text: "sttp", place: .product, client: "sttp", kind: .library),
        Fact(text: "unirest-java/", place: .product, client: "unirest", kind: .library),
        Fact(
            text: "google-http-java-client/", place: .product, client: "google-http-client",
            kind: .library),
        Fact(text: "grpc-java-", place: .product, client: "grpc-java", kind: .library),
        Fact(text: "ahc/", place: .product, client: "async-http-client", kind: .library),
        Fact(text: "java/", place: .product, client: "httpurlconnection", kind: .library),
        Fact(text: "restsharp/", place: .product, client: "restsharp", kind: .library),
        Fact(text: "flurl", place: .product, client: "flurl", kind: .library),
        Fact(text: "faraday v", place: .product, client: "faraday", kind: .library),
        Fact(text: "rest-client/", place: .product, client: "rest-client", kind: .library),
        Fact(text: "httparty", place: .product, client: "httparty", kind: .library),
        Fact(text: "http.rb/", place: .product, client: "http.rb", kind: .library),
        Fact(text: "typhoeus", place: .product, client: "typhoeus", kind: .library),
        Fact(text: "libwww-perl/", place: .product, client: "lwp", kind: .library),
        Fact(text: "http-tiny/", place: .product, client: "http-tiny", kind: .library),
        Fact(text: "www-mechanize/", place: .product, client: "www-mechanize", kind: .library),
        Fact(text: "guzzlehttp/", place: .product, client: "guzzle", kind: .library),
        Fact(
            text: "symfony httpclient", place: .start, client: "symfony-http-client", kind: .library
        ),
        Fact(text: "php-curl-class/", place: .product, client: "php-curl", kind: .library),
        Fact(text: "reqwest/", place: .product, client: "reqwest", kind: .library),
        Fact(text: "hyper/", place: .product, client: "hyper", kind: .library),
        Fact(text: "ureq/", place: .product, client: "ureq", kind: .library),
        Fact(text: "httr2/", place: .product, client: "httr2", kind: .library),
        Fact(text: "httr/", place: .product, client: "httr", kind: .library),
        Fact(text: "r-curl/", place: .product, client: "httr", kind: .library),
        Fact(text: "alamofire/", place: .product, client: "alamofire", kind: .library),
        Fact(text: "cfnetwork/", place: .product, client: "urlsession", kind: .library),
        Fact(
            text: "(unknown version) curl/", place: .anywhere, client: "urlsession", kind: .library),
        Fact(text: "dart/", place: .product, client: "dio", kind: .library),
        Fact(text: "elixir/", place: .product, client: "httpoison", kind: .library),
        Fact(text: "hackney/", place: .product, client: "httpoison", kind: .library),
        Fact(text: "mint/", place: .product, client: "req", kind: .library),
        Fact(text: "winhttp", place: .anywhere, client: "winhttp", kind: .library),
        Fact(text: "cpp-httplib/", place: .product, client: "cpp-httplib", kind: .library),
        Fact(text: "cpprestsdk/", place: .product, client: "cpprestsdk", kind: .library),
        Fact(text: "embarcadero uri client/", place: .start, client: "delphi", kind: .library),
        Fact(text: "libcurl/", place: .product, client: "libcurl", kind: .library),
        Fact(text: "curl/", place: .product, client: "curl", kind: .cli),
        // Bots before browsers, both by their usual words.
        Fact(text: "bot/", place: .anywhere, client: "bot", kind: .bot),
        Fact(text: "bot;", place: .anywhere, client: "bot", kind: .bot),
        Fact(text: "spider", place: .anywhere, client: "bot", kind: .bot),
        Fact(text: "crawler", place: .anywhere, client: "bot", kind: .bot),
        Fact(text: "edg/", place: .product, client: "edge", kind: .browser),
        Fact(text: "firefox/", place: .product, client: "firefox", kind: .browser),
        Fact(text: "chrome/", place: .product, client: "chrome", kind: .browser),
        Fact(text: "safari/", place: .product, client: "safari", kind: .browser),
        Fact(text: "mozilla/", place: .start, client: "browser", kind: .browser),
        // Whole names.
        Fact(text: "node", place: .whole, client: "fetch", kind: .library),
        Fact(text: "ruby", place: .whole, client: "net-http", kind: .library),
    ]
}

import Deprecations
import Testing

/// A line as a product writes it, and what is to be read out of it.
struct VendorLine: Sendable, CustomTestStringConvertible {
    /// The product and its form.
    var name: String
    /// The lines; one of them is a request of the operation.
    var text: String
    /// What it is to be taken for.
    var format: String
    var host: String?
    var address: String?
    var user: String?
    var userAgent: String?
    var status: Int = 200
    var version: APIVersionClass = .unlogged

    var testDescription: String { name }
}

/// Lines in the forms that the products' own documentation shows, asking for the operation.
enum VendorLines {
    static let all = servers + balancers + proxies + objects + exports

    static let servers = [
        VendorLine(
            name: "Debian's vhost_combined",
            text:
                #"api.app.wdesk.com:443 203.0.113.7 - - [12/Feb/2026:07:14:03 +0000] "GET /platform/v1/operations/9f2c?x=1 HTTP/1.1" 200 3262 "-" "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0""#,
            format: "vhost_combined", host: "api.app.wdesk.com", address: "203.0.113.7",
            userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0"),
        VendorLine(
            name: "ingress-nginx, a retry",
            text:
                #"10.244.0.1 - etl01 [12/Feb/2026:07:14:03 +0000] "GET /platform/v1/operations/9f2c HTTP/2.0" 200 311 "-" "curl/8.1.2" 49 0.004 [default-wdesk-80] [] 10.244.0.16:80, 10.244.0.17:80 0, 311 0.000, 0.004 502, 200 2d3c64b1a4c7c1a3e3b8a1f6a2b7d9c0"#,
            format: "ingress-nginx", address: "10.244.0.1", user: "etl01", userAgent: "curl/8.1.2"),
        VendorLine(
            name: "IIS 10 with a field of its own",
            text: """
                #Software: Microsoft Internet Information Services 10.0
                #Version: 1.0
                #Date: 2026-02-12 07:14:02
                #Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) cs-host sc-status sc-substatus sc-win32-status time-taken X-Version X-Forwarded-For
                2026-02-12 07:14:03 10.0.0.5 GET /platform/v1/operations/9f2c $top=1 443 CORP\\etl01 10.4.0.7 Mozilla/5.0+(Windows+NT;+Windows+NT+10.0;+en-US)+WindowsPowerShell/5.1.19041 - api.app.wdesk.com 200 0 0 12 2022-01-01 203.0.113.9
                """,
            format: "w3c", host: "api.app.wdesk.com", address: "203.0.113.9", user: #"CORP\etl01"#,
            userAgent:
                "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041",
            version: .pinnedDeprecated),
        VendorLine(
            name: "IIS without a date column",
            text: """
                #Software: Microsoft Internet Information Services 10.0
                #Date: 2026-02-12 07:00:00
                #Fields: time c-ip cs-method cs-uri-stem sc-status
                07:14:03 10.4.0.7 GET /platform/v1/operations/9f2c 200
                """,
            format: "w3c", address: "10.4.0.7"),
        VendorLine(
            name: "Blue Coat's ELFF",
            text: """
                #Software: SGOS 6.7.5.1
                #Fields: date time time-taken c-ip cs-username cs-auth-group x-exception-id sc-filter-result cs-categories cs(Referer) sc-status s-action cs-method rs(Content-Type) cs-uri-scheme cs-host cs-uri-port cs-uri-path cs-uri-query cs-uri-extension cs(User-Agent) s-ip sc-bytes cs-bytes x-virus-id
                2026-02-12 07:14:03 87 10.4.0.7 etl01 - - OBSERVED "Business/Economy;Finance" - 200 TCP_NC_MISS GET application/json https api.app.wdesk.com 443 /platform/v1/operations/9f2c - - "python-requests/2.31.0" 10.0.0.2 311 402 -
                """,
            format: "w3c", host: "api.app.wdesk.com", address: "10.4.0.7", user: "etl01",
            userAgent: "python-requests/2.31.0"),
        VendorLine(
            name: "Traefik's CLF",
            text:
                #"10.4.0.7 - etl01 [12/Feb/2026:07:14:03 +0000] "GET /platform/v1/operations/9f2c HTTP/1.1" 200 311 "-" "-" 1 "wdesk@docker" "http://172.21.0.2:80" 1ms"#,
            format: "traefik", address: "10.4.0.7", user: "etl01"),
    ]

    static let balancers = [
        VendorLine(
            name: "ALB, HTTP/2",
            text:
                #"h2 2026-02-12T07:14:03.145676Z app/my-loadbalancer/50dc6c495c0c9188 10.0.1.252:48160 10.0.0.66:9000 0.000 0.002 0.000 200 200 5 257 "GET https://10.0.2.105:773/platform/v1/operations/9f2c HTTP/2.0" "curl/7.46.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337327-72bd00b0343d75b906739c42" "api.app.wdesk.com" "arn:aws:acm:us-east-2:123456789012:certificate/12345678-1234-1234-1234-123456789012" 1 2026-02-12T07:14:03.140000Z "redirect" "https://example.com:80/" "-" "10.0.0.66:9000" "200" "-" "-""#,
            format: "alb", host: "api.app.wdesk.com", address: "10.0.1.252",
            userAgent: "curl/7.46.0"),
        VendorLine(
            name: "ALB, no target",
            text:
                #"https 2026-02-12T07:14:03.364000Z app/my-loadbalancer/50dc6c495c0c9188 [2001:db8::7]:2817 - -1 -1 -1 502 - 34 366 "GET https://api.app.wdesk.com:443/platform/v1/operations/9f2c HTTP/1.1" "-" - - - "Root=1-58337364-23a8c76965a2ef7629b185e3" "-" "-" 0 2026-02-12T07:14:03.364000Z "-" "-" "-" "-" "-" "-" "-" TID_1"#,
            format: "alb", host: "api.app.wdesk.com", address: "2001:db8::7", status: 502),
        VendorLine(
            name: "Classic ELB",
            text:
                #"2026-02-12T07:14:03.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.000086 0.001048 0.001337 200 200 0 57 "GET https://api.app.wdesk.com:443/platform/v1/operations/9f2c HTTP/1.1" "curl/7.38.0" DHE-RSA-AES128-SHA TLSv1.2"#,
            format: "elb", host: "api.app.wdesk.com", address: "192.168.131.39",
            userAgent: "curl/7.38.0"),
        VendorLine(
            name: "CloudFront, standard",
            text:
                "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end\n"
                + "2026-02-12\t07:14:03\tLAX1\t2390282\t192.0.2.202\tGET\td111111abcdef8.cloudfront.net\t/platform/v1/operations/9f2c\t200\t-\tMozilla/5.0%20(Windows%20NT%2010.0;%20Win64;%20x64)%20Chrome/78.0.3904.108\t-\t-\tHit\tSOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==\tapi.app.wdesk.com\thttps\t23\t0.001\t-\tTLSv1.2\tECDHE-RSA-AES128-GCM-SHA256\tHit\tHTTP/2.0\t-\t-\t11040\t0.001\tHit\ttext/html\t78\t-\t-",
            format: "w3c", host: "api.app.wdesk.com", address: "192.0.2.202",
            userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/78.0.3904.108"),
        VendorLine(
            name: "CloudFront, version 2 as JSON",
            text:
                #"{"date":"2026-02-12","time":"07:14:03","x-edge-location":"LHR62-C2","sc-bytes":"421","c-ip":"192.0.2.202","cs-method":"GET","cs(Host)":"d111111abcdef8.cloudfront.net","cs-uri-stem":"/platform/v1/operations/9f2c","sc-status":"200","cs(Referer)":"-","cs(User-Agent)":"curl/8.4.0","cs-uri-query":"-","cs(Cookie)":"-","x-edge-result-type":"Miss","x-host-header":"api.app.wdesk.com","cs-protocol":"https","x-forwarded-for":"-"}"#,
            format: "json", host: "api.app.wdesk.com", address: "192.0.2.202",
            userAgent: "curl/8.4.0"),
        VendorLine(
            name: "CloudFront, real time",
            text:
                "1770880443.310\t192.0.2.202\t0.002\t200\t421\tGET\thttps\td111111abcdef8.cloudfront.net\t/platform/v1/operations/9f2c\t23\tLAX1\tSOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==\tapi.app.wdesk.com\t0.001\tHTTP/2.0\tIPv4\tcurl/8.4.0\t-\t-\t-\tHit\t-\tTLSv1.2\tECDHE-RSA-AES128-GCM-SHA256\tHit\t-\t-\ttext/html\t78\t-\t-\t11040\tHit\tUS\tgzip\t*/*\t*\thost:api.app.wdesk.com%0Aaccept:*/*%0A\thost%0Aaccept\t2",
            format: "cloudfront-realtime", host: "api.app.wdesk.com", address: "192.0.2.202",
            userAgent: "curl/8.4.0"),
        VendorLine(
            name: "Envoy's default",
            text:
                #"[2026-02-12T07:14:03.310Z] "GET /platform/v1/operations/9f2c HTTP/2" 204 - 154 0 226 100 "10.0.35.28" "nsq2http" "cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2" "api.app.wdesk.com" "tcp://10.0.2.1:80""#,
            format: "envoy", host: "api.app.wdesk.com", address: "10.0.35.28",
            userAgent: "nsq2http", status: 204),
        VendorLine(
            name: "Istio's default",
            text:
                #"[2026-02-12T07:14:03.172Z] "GET /platform/v1/operations/9f2c HTTP/1.1" 200 - via_upstream - "-" 0 135 4 4 "-" "curl/7.73.0-DEV" "84961386-6d84-929d-98bd-c5aee93b5c88" "api.app.wdesk.com" "10.44.1.27:80" outbound|443||api.app.wdesk.com 10.44.1.23:37652 10.0.45.184:443 10.44.1.23:46520 - default"#,
            format: "istio", host: "api.app.wdesk.com", userAgent: "curl/7.73.0-DEV"),
        VendorLine(
            name: "HAProxy, from its manual",
            text:
                #"Feb 12 07:14:03 localhost haproxy[14389]: 10.0.1.2:33317 [12/Feb/2026:07:14:03.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {api.app.wdesk.com|2022-01-01} {} "GET /platform/v1/operations/9f2c HTTP/1.1""#,
            format: "syslog+haproxy", address: "10.0.1.2"),
        VendorLine(
            name: "HAProxy, redispatched, over TLS",
            text:
                #"10.0.1.2:33317 [12/Feb/2026:07:14:03.655] http-in~ static/srv1 10/0/30/69/+109 200 +2750 - - --NI 1/1/1/1/+1 0/0 "GET https://api.app.wdesk.com/platform/v1/operations/9f2c HTTP/2.0""#,
            format: "haproxy", host: "api.app.wdesk.com", address: "10.0.1.2"),
    ]

    static let proxies = [
        VendorLine(
            name: "Squid's native form",
            text:
                "1770880443.310   5006 10.4.0.7 TCP_MISS/200 7839 GET https://api.app.wdesk.com/platform/v1/operations/9f2c etl01 FIRSTUP_PARENT/192.0.2.10 application/json;charset=utf-8",
            format: "squid", host: "api.app.wdesk.com", address: "10.4.0.7", user: "etl01"),
        VendorLine(
            name: "Squid's native form with headers",
            text:
                "1770880443.310     12 10.4.0.7 TCP_MISS/200 7839 GET https://api.app.wdesk.com/platform/v1/operations/9f2c - HIER_DIRECT/192.0.2.10 application/json [Host: api.app.wdesk.com%0D%0AX-Version: 2022-01-01%0D%0A] [HTTP/1.1 200 OK%0D%0A%0D%0A]",
            format: "squid", host: "api.app.wdesk.com", address: "10.4.0.7"),
        VendorLine(
            name: "Squid's combined form",
            text:
                #"10.4.0.7 - etl01 [12/Feb/2026:08:14:03 +0100] "GET https://api.app.wdesk.com/platform/v1/operations/9f2c HTTP/1.1" 200 1311 "-" "Java/11.0.20" TCP_MISS:HIER_DIRECT"#,
            format: "combined", host: "api.app.wdesk.com", address: "10.4.0.7", user: "etl01",
            userAgent: "Java/11.0.20"),
    ]

    static let objects = [
        VendorLine(
            name: "Istio as JSON",
            text:
                #"{"authority":"api.app.wdesk.com","bytes_received":0,"bytes_sent":311,"connection_termination_details":null,"downstream_local_address":"10.0.0.1:443","downstream_remote_address":"10.44.1.23:46520","duration":4,"method":"GET","path":"/platform/v1/operations/9f2c","protocol":"HTTP/1.1","request_id":"84961386","requested_server_name":null,"response_code":200,"response_code_details":"via_upstream","response_flags":"-","route_name":"default","start_time":"2026-02-12T07:14:03.172Z","upstream_cluster":"outbound|443||api.app.wdesk.com","upstream_host":"10.44.1.27:80","upstream_local_address":"10.44.1.23:37652","upstream_service_time":"4","upstream_transport_failure_reason":null,"user_agent":"curl/7.73.0-DEV","x_forwarded_for":null}"#,
            format: "json", host: "api.app.wdesk.com", address: "10.44.1.23",
            userAgent: "curl/7.73.0-DEV"),
        VendorLine(
            name: "API Gateway by its documentation",
            text:
                #"{ "requestId":"c6af9ac6-7b61-11e6-9a41-93e8deadbeef", "extendedRequestId":"d1e2", "ip": "203.0.113.7", "caller":"-", "user":"-","requestTime":"12/Feb/2026:07:14:03 +0000", "httpMethod":"GET","resourcePath":"/platform/v1/operations/{operationId}", "path":"/platform/v1/operations/9f2c", "status":"200","protocol":"HTTP/1.1", "responseLength":"311" }"#,
            format: "json", address: "203.0.113.7"),
        VendorLine(
            name: "Google's balancer, exported",
            text:
                #"{"httpRequest":{"latency":"0.123456s","remoteIp":"203.0.113.7","requestMethod":"GET","requestSize":"1234","requestUrl":"https://api.app.wdesk.com/platform/v1/operations/9f2c?x=1","responseSize":"5678","serverIp":"10.0.0.2","status":200,"userAgent":"python-requests/2.31.0"},"insertId":"abc123","jsonPayload":{"@type":"type.googleapis.com/google.cloud.loadbalancing.type.LoadBalancerLogEntry","backendTargetProjectNumber":"projects/1","cacheDecision":["RESPONSE_HAS_CACHE_CONTROL"],"remoteIp":"203.0.113.7","statusDetails":"response_sent_by_backend"},"logName":"projects/p/logs/requests","receiveTimestamp":"2026-02-12T07:14:04.5Z","resource":{"labels":{"backend_service_name":"b"},"type":"http_load_balancer"},"severity":"INFO","spanId":"1","timestamp":"2026-02-12T07:14:03.310123Z"}"#,
            format: "json", host: "api.app.wdesk.com", address: "203.0.113.7",
            userAgent: "python-requests/2.31.0"),
        VendorLine(
            name: "Azure Application Gateway",
            text:
                #"{"timeStamp":"2026-02-12T07:14:03+00:00","resourceId":"/SUBSCRIPTIONS/1/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.NETWORK/APPLICATIONGATEWAYS/A","listenerName":"https","ruleName":"rule1","backendPoolName":"pool","operationName":"ApplicationGatewayAccess","category":"ApplicationGatewayAccessLog","properties":{"instanceId":"appgw_2","clientIP":"203.0.113.7","clientPort":46874,"httpMethod":"GET","originalRequestUriWithArgs":"\/platform\/v1\/operations\/9f2c?x=1","requestUri":"\/platform\/v1\/operations\/9f2c","requestQuery":"","userAgent":"curl\/8.4.0","httpStatus":200,"httpVersion":"HTTP\/1.1","receivedBytes":184,"sentBytes":466,"timeTaken":0.034,"sslEnabled":"on","host":"10.0.0.1","originalHost":"api.app.wdesk.com"}}"#,
            format: "json", host: "api.app.wdesk.com", address: "203.0.113.7",
            userAgent: "curl/8.4.0"),
        VendorLine(
            name: "Azure Front Door",
            text:
                #"{"time":"2026-02-12T07:14:03.5Z","resourceId":"/SUBSCRIPTIONS/1","category":"FrontDoorAccessLog","operationName":"Microsoft.Cdn/Profiles/AccessLog/Write","properties":{"trackingReference":"0","httpMethod":"GET","httpVersion":"2.0.0.0","requestUri":"https://api.app.wdesk.com:443/platform/v1/operations/9f2c","sni":"api.app.wdesk.com","requestBytes":"402","responseBytes":"311","userAgent":"curl/8.4.0","clientIp":"203.0.113.7","clientPort":"60000","socketIp":"198.51.100.4","timeToFirstByte":"0.1","timeTaken":"0.1","requestProtocol":"HTTPS","httpStatusCode":"200","httpStatusDetails":"200","pop":"AM","cacheStatus":"CONFIG_NOCACHE","hostName":"api.app.wdesk.com","originUrl":"https://origin.example:443/x","originIp":"10.0.0.2:443"}}"#,
            format: "json", host: "api.app.wdesk.com", address: "203.0.113.7",
            userAgent: "curl/8.4.0"),
        VendorLine(
            name: "Cloudflare with nanoseconds and headers",
            text:
                #"{"ClientIP":"203.0.113.7","ClientRequestHost":"api.app.wdesk.com","ClientRequestMethod":"GET","ClientRequestPath":"/platform/v1/operations/9f2c","ClientRequestURI":"/platform/v1/operations/9f2c?x=1","ClientRequestUserAgent":"okhttp/4.12.0","EdgeResponseStatus":200,"OriginResponseStatus":200,"EdgeStartTimestamp":1770880443310000000,"EdgeEndTimestamp":1770880443400000000,"RayID":"8f2","RequestHeaders":{"x-version":"2026-01-01"},"SecurityAction":"","WorkerStatus":"unknown"}"#,
            format: "json", host: "api.app.wdesk.com", address: "203.0.113.7",
            userAgent: "okhttp/4.12.0", version: .pinnedCurrent),
        VendorLine(
            name: "Kong's file log",
            text:
                #"{"request":{"querystring":{"size":"1"},"size":138,"uri":"/platform/v1/operations/9f2c?size=1","url":"https://api.app.wdesk.com:443/platform/v1/operations/9f2c?size=1","headers":{"host":"api.app.wdesk.com","accept":"*/*","user-agent":"HTTPie/2.4.0","authorization":"REDACTED"},"method":"GET","tls":{"version":"TLSv1.3"}},"upstream_uri":"/platform/v1/operations/9f2c","response":{"headers":{"content-type":"application/json"},"status":200,"size":311},"tries":[{"balancer_start":1770880443310,"port":443,"balancer_latency":0,"ip":"192.0.2.10"}],"latencies":{"kong":1,"proxy":144,"request":145},"client_ip":"203.0.113.7","consumer":{"username":"etl01","id":"1"},"workspace":"w","started_at":1770880443310}"#,
            format: "json", host: "api.app.wdesk.com", address: "203.0.113.7", user: "etl01",
            userAgent: "HTTPie/2.4.0", version: .implicit),
        VendorLine(
            name: "Caddy, the header absent",
            text:
                #"{"level":"info","ts":1770880443.310,"logger":"http.log.access.log0","msg":"handled request","request":{"remote_ip":"10.0.0.9","remote_port":"41342","client_ip":"203.0.113.7","proto":"HTTP/2.0","method":"GET","host":"api.app.wdesk.com","uri":"/platform/v1/operations/9f2c","headers":{"User-Agent":["curl/7.82.0"],"Accept":["*/*"],"Accept-Encoding":["gzip, deflate, br"],"Authorization":["REDACTED"]},"tls":{"resumed":false,"version":772,"server_name":"api.app.wdesk.com"}},"bytes_read":0,"user_id":"","duration":0.000929675,"size":10900,"status":200,"resp_headers":{"Server":["Caddy"],"Content-Type":["text/html; charset=utf-8"]}}"#,
            format: "json", host: "api.app.wdesk.com", address: "203.0.113.7",
            userAgent: "curl/7.82.0", version: .implicit),
        VendorLine(
            name: "Traefik with a header kept",
            text:
                #"{"BackendAddr":"172.21.0.2:80","ClientAddr":"10.4.0.7:56044","ClientHost":"10.4.0.7","ClientPort":"56044","ClientUsername":"-","DownstreamContentSize":419,"DownstreamStatus":200,"Duration":3123712,"OriginStatus":200,"RequestAddr":"api.app.wdesk.com","RequestHost":"api.app.wdesk.com","RequestMethod":"GET","RequestPath":"/platform/v1/operations/9f2c","RequestPort":"-","RequestProtocol":"HTTP/1.1","RequestScheme":"https","RouterName":"wdesk@docker","ServiceURL":"http://172.21.0.2:80","StartLocal":"2026-02-12T08:14:03.310+01:00","StartUTC":"2026-02-12T07:14:03.310Z","entryPointName":"web","level":"info","msg":"","request_User-Agent":"curl/8.4.0","request_X-Version":"2022-01-01","time":"2026-02-12T07:14:03Z"}"#,
            format: "json", host: "api.app.wdesk.com", address: "10.4.0.7",
            userAgent: "curl/8.4.0", version: .pinnedDeprecated),
        VendorLine(
            name: "nginx, escape=json, an empty status",
            text:
                #"{"time":"2026-02-12T07:14:03+00:00","addr":"10.4.0.7","request_method":"GET","request_uri":"/platform/v1/operations/9f2c","upstream_status":,"status":200,"http_host":"api.app.wdesk.com","http_user_agent":"say \"hi\" \u0007 caf\u00e9","http_x_version":""}"#,
            format: "json", host: "api.app.wdesk.com", address: "10.4.0.7",
            userAgent: "say \"hi\" \u{7} café", version: .implicit),
    ]

    static let exports = [
        VendorLine(
            name: "Zscaler's web feed, with names, comma-separated",
            text: """
                "time","login","proto","eurl","action","reqmethod","respcode","ua","ehost","cip","sip"
                "Thu Feb 12 07:14:03 2026","etl01@corp.example","HTTPS","api.app.wdesk.com:443/platform/v1/operations/9f2c?x=1%2C2","Allowed","GET","200","python-requests/2.31.0","api.app.wdesk.com","10.4.0.7","192.0.2.10"
                """,
            format: "csv", host: "api.app.wdesk.com", address: "10.4.0.7",
            user: "etl01@corp.example", userAgent: "python-requests/2.31.0"),
        VendorLine(
            name: "a proxy's export, tab-separated, with the version header",
            text:
                "Date\tTime\tClient IP\tUser\tMethod\tURL\tStatus Code\tUser Agent\tX-Version\n2026-02-12\t07:14:03\t10.4.0.7\tN/A\tGET\thttps://api.app.wdesk.com/platform/v1/operations/9f2c\t200\tcurl/8.4.0\t",
            format: "csv", host: "api.app.wdesk.com", address: "10.4.0.7", userAgent: "curl/8.4.0",
            version: .implicit),
        VendorLine(
            name: "Google's bucket usage log",
            text: """
                "time_micros","c_ip","c_ip_type","c_ip_region","cs_method","cs_uri","sc_status","cs_bytes","sc_bytes","time_taken_micros","cs_host","cs_referer","cs_user_agent","s_request_id","cs_operation","cs_bucket","cs_object"
                "1770880443310000","10.4.0.7","1","","GET","/platform/v1/operations/9f2c","200","0","311","12000","api.app.wdesk.com","","curl/8.4.0","A","GET_Object","b","o"
                """,
            format: "csv", host: "api.app.wdesk.com", address: "10.4.0.7", userAgent: "curl/8.4.0"),
        VendorLine(
            name: "Splunk's export of raw lines",
            text: #"""
                "_raw","_time",host,source
                "10.4.0.7 - - [12/Feb/2026:07:14:03 +0000] ""GET /platform/v1/operations/9f2c HTTP/1.1"" 200 311 ""-"" ""curl/8.4.0""","2026-02-12T07:14:03.000+0000",web1,access
                """#,
            format: "csv-message", address: "10.4.0.7", userAgent: "curl/8.4.0"),
    ]
}

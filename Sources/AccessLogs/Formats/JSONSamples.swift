/// Lines of producers of JSON access logs.
enum JSONSamples {
    static let all = [
        nginx, caddy, traefik, envoy, googleLoadBalancer, apiGateway, kong, cloudflare,
    ]

    private static let nginx =
        #"{"time_local":"12/Feb/2026:07:14:03 +0000","remote_addr":"10.4.0.7","remote_user":"etl01","request":"GET /platform/v1/operations/9f2c HTTP/1.1","status":"200","body_bytes_sent":"311","request_time":"0.012","http_referrer":"","http_user_agent":"python-requests/2.31.0"}"#
    private static let caddy =
        #"{"level":"info","ts":1770880443.3104,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"10.4.0.7","remote_port":"41342","client_ip":"10.4.0.7","proto":"HTTP/2.0","method":"GET","host":"api.app.wdesk.com","uri":"/platform/v1/operations/9f2c","headers":{"User-Agent":["curl/7.82.0"],"Accept":["*/*"],"X-Version":["2022-01-01"]}},"bytes_read":0,"user_id":"","duration":0.000929675,"size":10900,"status":200,"resp_headers":{"Server":["Caddy"]}}"#
    private static let traefik =
        #"{"ClientAddr":"10.4.0.7:51818","ClientHost":"10.4.0.7","ClientPort":"51818","ClientUsername":"-","DownstreamContentSize":311,"DownstreamStatus":200,"Duration":12000000,"OriginStatus":200,"RequestAddr":"api.app.wdesk.com","RequestHost":"api.app.wdesk.com","RequestMethod":"GET","RequestPath":"/platform/v1/operations/9f2c?a=1\u0026b=2","RequestProtocol":"HTTP/2.0","RequestScheme":"https","StartUTC":"2026-02-12T07:14:03.310123456Z","request_User-Agent":"okhttp/4.12.0","level":"info","msg":"","time":"2026-02-12T07:14:03Z"}"#
    private static let envoy =
        #"{"start_time":"2026-02-12T07:14:03.310Z","method":"GET","path":"/platform/v1/operations/9f2c","protocol":"HTTP/1.1","response_code":200,"response_flags":"-","x_forwarded_for":"10.4.0.7","user_agent":"Go-http-client/1.1","authority":"api.app.wdesk.com","upstream_cluster":"outbound|443||api.app.wdesk.com","requested_server_name":null}"#
    private static let googleLoadBalancer =
        #"{"insertId":"1f2","httpRequest":{"requestMethod":"GET","requestUrl":"https://api.app.wdesk.com/platform/v1/operations/9f2c","requestSize":"82","status":200,"responseSize":"311","userAgent":"Java/17.0.1","remoteIp":"10.4.0.7","serverIp":"10.0.0.9","latency":"0.012s"},"resource":{"type":"http_load_balancer"},"timestamp":"2026-02-12T07:14:03.310123Z","severity":"INFO"}"#
    private static let apiGateway =
        #"{"requestId":"c6af9ac6","ip":"10.4.0.7","caller":"-","user":"-","requestTime":"12/Feb/2026:07:14:03 +0000","httpMethod":"GET","resourcePath":"/platform/v1/operations/{id}","path":"/platform/v1/operations/9f2c","status":"200","protocol":"HTTP/1.1","responseLength":"311","domainName":"api.app.wdesk.com"}"#
    private static let kong =
        #"{"started_at":1770880443310,"client_ip":"10.4.0.7","upstream_uri":"/platform/v1/operations/9f2c","request":{"method":"GET","uri":"/platform/v1/operations/9f2c","url":"https://api.app.wdesk.com:443/platform/v1/operations/9f2c","size":402,"headers":{"host":"api.app.wdesk.com","user-agent":"axios/1.6.2","x-version":"2026-01-01"}},"response":{"status":200,"size":311,"headers":{"location":"https://api.app.wdesk.com/operations/1"}}}"#
    private static let cloudflare =
        #"{"ClientIP":"10.4.0.7","ClientRequestHost":"api.app.wdesk.com","ClientRequestMethod":"GET","ClientRequestURI":"/platform/v1/operations/9f2c","ClientRequestUserAgent":"curl/8.4.0","EdgeStartTimestamp":"2026-02-12T07:14:03Z","EdgeResponseStatus":200,"RayID":"8f2"}"#
}

/// A known log format: data that the tests and `lastcall log-format list` go through.
package struct LogFormatDescription: Sendable {
    /// The name for `--log-format`.
    package var name: String
    /// One line for people.
    package var title: String
    /// Lines of it; each is a request of `GET /platform/v1/operations/9f2c` (W3C: with its `#Fields` line before it).
    package var samples: [String]
    /// How its lines are taken apart.
    var layout: Layout

    /// How the lines of a format are taken apart.
    enum Layout: Sendable {
        /// As an nginx `log_format`; variables that nginx does not have are passed over.
        case text(String, escape: FieldEscape, allowsTail: Bool)
        /// Objects.
        case json
        /// Columns that a `#Fields` line names.
        case columns
        /// Columns that the first line names.
        case delimited
        /// What client libraries write of their requests.
        case client
    }
}

/// All formats that are known by name.
package enum LogFormats {
    /// In the order in which they are tried: the more a format asks for, the earlier.
    package static let all: [LogFormatDescription] = [
        text(
            "vhost_combined", "Apache, Debian: host and port before a combined line",
            #"$http_host:$server_port $remote_addr $ident $remote_user [$time_local] "$request" $status $bytes_sent "$http_referer" "$http_user_agent""#,
            [
                #"api.app.wdesk.com:443 10.4.0.7 - - [12/Feb/2026:07:14:03 +0000] "GET /platform/v1/operations/9f2c HTTP/1.1" 200 311 "-" "curl/8.4.0""#,
                #"api.eu.wdesk.com:443 2001:db8::7 - etl01 [12/Feb/2026:07:14:03 +0000] "GET /platform/v1/operations/9f2c HTTP/1.1" 200 311 "-" "curl/8.4.0""#,
            ]),
        text(
            "ingress-nginx", "Kubernetes ingress-nginx (upstreaminfo)",
            #"$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream"#,
            [
                #"10.4.0.7 - - [12/Feb/2026:07:14:03 +0000] "GET /platform/v1/operations/9f2c HTTP/1.1" 200 311 "-" "axios/1.6.2" 402 0.012 [fin-wdesk-443] [] 192.0.2.10:443 311 0.012 200 5b1e0c"#
            ]),
        text(
            "main", "nginx as packaged: combined, then the forwarded list",
            #"$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$http_x_forwarded_for""#,
            [
                #"10.4.0.7 - - [12/Feb/2026:07:14:03 +0000] "GET /platform/v1/operations/9f2c HTTP/1.1" 200 311 "-" "okhttp/4.12.0" "203.0.113.9, 10.4.0.9""#,
                #"10.4.0.7 - - [12/Feb/2026:07:14:03 +0000] "GET /platform/v1/operations/9f2c HTTP/1.1" 200 311 "-" "okhttp/4.12.0" "-""#,
            ]),
        text(
            "traefik", "Traefik's common log format",
            #"$remote_addr - $remote_user [$time_local] "$request" $status $number "$http_referer" "$http_user_agent" $number "$router" "$proxy_host" $duration"#,
            [
                #"10.4.0.7 - - [12/Feb/2026:07:14:03 +0000] "GET /platform/v1/operations/9f2c HTTP/2.0" 200 311 "-" "-" 42 "wdesk@file" "https://api.app.wdesk.com" 12ms"#
            ]),
        text(
            "haproxy-clf", "HAProxy, option httplog clf",
            #"$remote_addr - - [$time_local] "$request" $status $number "" "" $number $number "$frontend" "$backend" "$server" $number $number $number $number $number "$termination""#,
            escape: .hash, allowsTail: true,
            [
                #"10.4.0.7 - - [12/Feb/2026:07:14:03 +0000] "GET /platform/v1/operations/9f2c HTTP/1.1" 200 517 "" "" 51818 086 "fe_out" "be_wdesk" "s1" 0 0 1 11 12 "----" 1 1 0 0 0 0 0 "" """#
            ]),
        text(
            "combined", "nginx and Apache combined; more may follow",
            #"$remote_addr $ident $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent""#,
            allowsTail: true,
            [
                #"10.4.0.7 - etl01 [12/Feb/2026:08:14:03 +0100] "GET /platform/v1/operations/9f2c HTTP/1.1" 200 311 "-" "python-requests/2.31.0""#,
                #"10.4.0.7 - - [12/Feb/2026:08:14:03 +0100] "GET https://api.app.wdesk.com/platform/v1/operations/9f2c HTTP/1.1" 200 1311 "-" "Java/11.0.20" TCP_MISS:HIER_DIRECT"#,
            ]),
        text(
            "vhost_common", "Apache: host before a common line",
            #"$http_host $remote_addr $ident $remote_user [$time_local] "$request" $status $body_bytes_sent"#,
            [
                #"api.app.wdesk.com 10.4.0.7 - - [12/Feb/2026:07:14:03 +0000] "GET /platform/v1/operations/9f2c HTTP/1.1" 200 311"#
            ]),
        text(
            "common", "NCSA common",
            #"$remote_addr $ident $remote_user [$time_local] "$request" $status $body_bytes_sent"#,
            [
                #"10.4.0.7 - etl01 [12/Feb/2026:08:14:03 +0100] "GET /platform/v1/operations/9f2c HTTP/1.1" 200 311"#,
                #"etl.corp.example - - [12/Feb/2026:08:14:03 +0100] "GET /platform/v1/operations/9f2c HTTP/1.1" 200 -"#,
            ]),
        LogFormatDescription(
            name: "json",
            title:
                "JSON objects, one a line or in a document (HAR too), fields by their usual names",
            samples: JSONSamples.all, layout: .json),
        LogFormatDescription(
            name: "w3c", title: "W3C extended, IIS, CloudFront: columns named by a #Fields line",
            samples: [
                """
                #Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken
                2026-02-12 07:14:03 10.0.0.5 GET /platform/v1/operations/9f2c - 443 CORP\\etl01 10.4.0.7 python-requests/2.31.0 - 200 0 0 12
                """,
                """
                #Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query x-host-header
                2026-02-12\t07:14:03\tFRA2\t311\t10.4.0.7\tGET\td1.cloudfront.net\t/platform/v1/operations/9f2c\t200\t-\tMozilla/5.0%20(X11)\t-\tapi.app.wdesk.com
                """,
            ], layout: .columns),
        LogFormatDescription(
            name: "csv",
            title:
                "values between commas, tabs, semicolons or bars, columns named by a line before them",
            samples: [
                """
                "datetime","login","eurl","reqmethod","respcode","ua","cip"
                "Thu Feb 12 07:14:03 2026","etl01@corp.example","api.app.wdesk.com/platform/v1/operations/9f2c","GET","200","say ""hi"", please","10.4.0.7"
                """,
                """
                epochtime\tlogin\tehost\turl\treqmethod\trespcode\tua\tcip
                1770880443\tetl01\tapi.app.wdesk.com\tapi.app.wdesk.com/platform/v1/operations/9f2c\tGET\t200\tpython-requests/2.31.0\t10.4.0.7
                """,
                """
                Web traffic of 2026-02-12
                Time;URL;Method;Status;Client IP;X-Version
                2026-02-12 07:14:03;https://api.app.wdesk.com/platform/v1/operations/9f2c;GET;200;10.4.0.7;2022-01-01
                """,
            ], layout: .delimited),
        text(
            "alb", "AWS Application Load Balancer",
            #"$type $time_iso8601 $elb $remote_addr $target $number $number $number $status $target_status $number $number "$request" "$http_user_agent" $ssl_cipher $ssl_protocol $target_group "$trace" "$proxy_host""#,
            allowsTail: true,
            [
                #"https 2026-02-12T07:14:03.443065Z app/egress/50dc 10.4.0.7:2817 10.0.0.1:443 0.001 0.012 0.000 200 200 402 311 "GET https://api.app.wdesk.com:443/platform/v1/operations/9f2c HTTP/1.1" "okhttp/4.12.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/x/73e2 "Root=1-58337281-1d84f3d73c47ec4e58577259" "api.app.wdesk.com" "arn:aws:acm:eu-west-1:1:certificate/1" 0 2026-02-12T07:14:03.430000Z "forward" "-" "-" "10.0.0.1:443" "200" "-" "-" TID_ab12"#
            ]),
        text(
            "elb", "AWS Classic Load Balancer",
            #"$time_iso8601 $elb $remote_addr $backend $number $number $number $status $backend_status $number $number "$request" "$http_user_agent" $tls"#,
            [
                #"2026-02-12T07:14:03.443065Z egress 10.4.0.7:2817 10.0.0.1:443 0.000073 0.001048 0.000057 200 200 0 29 "GET https://api.app.wdesk.com:443/platform/v1/operations/9f2c HTTP/1.1" "curl/7.38.0" ECDHE-RSA-AES128-SHA TLSv1.2"#
            ]),
        text(
            "cloudfront-realtime", "CloudFront's real-time log, all fields",
            "$msec\t$remote_addr\t$number\t$status\t$number\t$request_method\t$scheme\t$distribution\t$request_uri\t$number\t$edge\t$request_id\t$http_host\t$number\t$protocol\t$ip_version\t$http_user_agent\t$http_referer",
            escape: .percent, allowsTail: true,
            [
                "1770880443.310\t10.4.0.7\t0.002\t200\t421\tGET\thttps\td1.cloudfront.net\t/platform/v1/operations/9f2c\t23\tFRA2\tSOX4xwn4XV6Q==\tapi.app.wdesk.com\t0.001\tHTTP/2.0\tIPv4\tMozilla/5.0%20(X11)\t-\t-\t-\tHit"
            ]),
        text(
            "envoy", "Envoy's default text",
            #"[$time_iso8601] "$request" $status $flags $number $number $number $number "$http_x_forwarded_for" "$http_user_agent" "$request_id" "$host" "$upstream_addr""#,
            allowsTail: true,
            [
                #"[2026-02-12T07:14:03.310Z] "GET /platform/v1/operations/9f2c HTTP/2" 200 - 0 311 100 99 "10.4.0.7" "Go-http-client/2.0" "cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2" "api.app.wdesk.com" "192.0.2.10:443""#
            ]),
        text(
            "istio", "Istio's default text",
            #"[$time_iso8601] "$request" $status $flags $details $termination "$failure" $number $number $number $number "$http_x_forwarded_for" "$http_user_agent" "$request_id" "$host" "$upstream_addr""#,
            allowsTail: true,
            [
                #"[2026-02-12T07:14:03.310Z] "GET /platform/v1/operations/9f2c HTTP/1.1" 200 - via_upstream - "-" 0 311 100 99 "10.4.0.7" "Go-http-client/1.1" "cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2" "api.app.wdesk.com" "192.0.2.10:443" outbound|443||api.app.wdesk.com 10.4.0.7:5001 192.0.2.10:443 10.4.0.7:5000 api.app.wdesk.com -"#
            ]),
        text(
            "s3", "Amazon S3 server access log",
            #"$owner $bucket [$time_local] $remote_addr $remote_user $request_id $operation $key "$request" $status $error $number $number $number $number "$http_referer" "$http_user_agent" $version $host_id $signature $cipher $authentication $http_host $protocol"#,
            allowsTail: true,
            [
                #"79a59df900b949e55d96a1e698fbaced egress [12/Feb/2026:07:14:03 +0000] 10.4.0.7 - 3E57427F3E REST.GET.OBJECT platform/v1/operations/9f2c "GET /platform/v1/operations/9f2c HTTP/1.1" 200 - 311 311 12 11 "-" "curl/8.4.0" - s9lzHYrFp76ZVxRcpX9= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader api.app.wdesk.com TLSv1.2 - -"#
            ]),
        text(
            "uwsgi", "uWSGI's default",
            "[pid: $process] $remote_addr ($remote_user) {$variables} [$time_local] $request_method $request_uri => generated $number bytes in $number msecs ($protocol $status) $number headers in",
            allowsTail: true,
            [
                "[pid: 5|app: 0|req: 1/1] 10.4.0.7 () {30 vars in 420 bytes} [Thu Feb 12 07:14:03 2026] GET /platform/v1/operations/9f2c => generated 311 bytes in 12 msecs (HTTP/1.1 200) 2 headers in 71 bytes (1 switches on core 0)"
            ]),
        text(
            "haproxy-https", "HAProxy, option httpslog",
            #"$remote_addr [$time_local] $frontend $backend/$server $timers $status $number $request_cookie $response_cookie $termination $connections $queues $captures"$request" $errors $ssl_server_name/$protocol/$cipher"#,
            escape: .hash,
            [
                #"10.4.0.7:51818 [12/Feb/2026:08:14:03.086] fe_out~ be_wdesk/s1 0/0/1/11/12 200 517 - - ---- 1/1/0/0/0 0/0 "GET /platform/v1/operations/9f2c HTTP/1.1" 0/0000000000000000/0/0/0 api.app.wdesk.com/TLSv1.3/TLS_AES_256_GCM_SHA384"#
            ]),
        text(
            "haproxy", "HAProxy, option httplog",
            #"$remote_addr [$time_local] $frontend $backend/$server $timers $status $number $request_cookie $response_cookie $termination $connections $queues $captures"$request""#,
            escape: .hash, allowsTail: true,
            [
                #"10.4.0.7:51818 [12/Feb/2026:08:14:03.086] fe_out be_wdesk/s1 0/0/1/11/12 200 517 - - ---- 1/1/0/0/0 0/0 {2022-01-01|curl/8.4.0} {} "GET /platform/v1/operations/9f2c HTTP/1.1""#,
                #"10.4.0.7:51818 [12/Feb/2026:08:14:03.086] fe_out be_wdesk/s1 0/0/1/11/12 200 517 - - ---- 1/1/0/0/0 0/0 "GET /platform/v1/operations/9f2c HTTP/1.1""#,
            ]),
        text(
            "squid", "Squid native",
            #"$msec $padded_elapsed $remote_addr $result/$status $number $request_method $request_uri $remote_user $hierarchy $content_type"#,
            allowsTail: true,
            [
                "1770880443.310    102 10.4.0.7 TCP_MISS/200 1311 GET https://api.app.wdesk.com/platform/v1/operations/9f2c etl01 HIER_DIRECT/192.0.2.10 application/json"
            ]),
        LogFormatDescription(
            name: "http-client", title: "debug logs of urllib3 (requests), httpx, OkHttp, Feign",
            samples: [
                #"2026-02-12 07:14:03,310 DEBUG urllib3.connectionpool: https://api.app.wdesk.com:443 "GET /platform/v1/operations/9f2c HTTP/1.1" 200 None"#,
                #"2026-02-12 07:14:03,310 - httpx - INFO - HTTP Request: GET https://api.app.wdesk.com/platform/v1/operations/9f2c "HTTP/1.1 200 OK""#,
                "2026-02-12 07:14:03.310 DEBUG 7 --- [main] com.example.Wdesk : --> GET https://api.app.wdesk.com/platform/v1/operations/9f2c h2",
                "2026-02-12 07:14:03.310 DEBUG [Wdesk#operation] ---> GET https://api.app.wdesk.com/platform/v1/operations/9f2c HTTP/1.1",
            ], layout: .client),
    ]

    private static func text(
        _ name: String, _ title: String, _ format: String, escape: FieldEscape = .backslash,
        allowsTail: Bool = false, _ samples: [String]
    ) -> LogFormatDescription {
        LogFormatDescription(
            name: name, title: title, samples: samples,
            layout: .text(format, escape: escape, allowsTail: allowsTail))
    }
}

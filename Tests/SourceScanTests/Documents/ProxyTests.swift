import Testing

@Suite("Documents: proxies")
struct ProxyTests {
    static let cases: [CodeCase] = [
        CodeCase(
            "Caddy passes a rewritten path on; its own upstream is another's", "Caddyfile",
            """
            :8080 {
            	handle_path /wdesk/* {
            		rewrite * 1️⃣/platform/v1/operations{uri}
            		reverse_proxy https://api.app.wdesk.com
            	}
            	handle /platform/v1/operations/* {
            		reverse_proxy operations.example.com:9000
            	}
            	reverse_proxy 2️⃣/platform/v1/operations/* https://api.eu.wdesk.com
            }
            """, "1️⃣ call caddy dynamic", "2️⃣ call caddy dynamic"),
        CodeCase(
            "HAProxy gives a path to a backend", "haproxy.cfg",
            """
            frontend egress
                bind :8081
                acl ops path_beg 1️⃣/platform/v1/operations/
                acl own path_beg /platform/v1/operations/own/
                use_backend wdesk if ops
                use_backend own if own
            backend wdesk
                server one api.app.wdesk.com:443 ssl
            backend own
                server one own.example.com:443
            """, "1️⃣ call haproxy dynamic"),
        CodeCase(
            "Envoy and Traefik route by prefix",
            [
                "envoy.yaml": """
                routes:
                  - match: { prefix: "1️⃣/platform/v1/operations/" }
                    route: { cluster: wdesk, host_rewrite_literal: api.app.wdesk.com }
                  - match: { prefix: "/platform/v1/operations/" }
                    route: { cluster: own, host_rewrite_literal: own.example.com }
                """,
                "traefik.yaml": """
                http:
                  routers:
                    wdesk:
                      rule: "Host(`egress`) && PathPrefix(`2️⃣/platform/v1/operations`)"
                      service: wdesk
                  services:
                    wdesk:
                      loadBalancer:
                        servers:
                          - url: https://api.eu.wdesk.com
                """,
            ], "1️⃣ call - dynamic", "2️⃣ call - dynamic"),
        CodeCase(
            "a workflow's step names the method of its arguments", "flow.yaml",
            """
            main:
              steps:
                - look:
                    call: http.get
                    args:
                      url: ${1️⃣"https://api.eu.wdesk.com/platform/v1/operations/" + args.ident}
                - drop:
                    call: http.delete
                    args:
                      url: ${"https://api.eu.wdesk.com/platform/v1/operations/" + args.ident}
            """, "1️⃣ call google-workflows implicit"),
        CodeCase(
            "a table of jobs has no ending", "etc/cron.d/close",
            """
            WDESK=https://api.eu.wdesk.com
            */5 * * * * app curl -s $WDESK1️⃣/platform/v1/operations/$(cat /run/op)
            """, "1️⃣ call curl implicit"),
    ]

    @Test("A proxy's upstream is a call where the path stands", arguments: cases)
    func check(_ example: CodeCase) async throws { try await example.check() }
}

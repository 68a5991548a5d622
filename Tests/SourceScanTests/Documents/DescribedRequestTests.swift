import Testing

@Suite("Documents: described requests")
struct DescribedRequestTests {
    @Test("a request that a document describes as data is a call", arguments: cases)
    func described(_ document: DocumentCase) async throws { try await document.check() }

    static let cases = infrastructure + flows + loadTests + gateways

    // MARK: Infrastructure

    static let infrastructure: [DocumentCase] = [
        DocumentCase(
            "main.tf",
            """
            locals {
              wdesk   = "https://api.app.wdesk.com"
              url     = format("%s/platform/v1/operations/%s", local.wdesk, var.id)
              headers = { "X-Version" = "2022-01-01" }
            }
            data "http" "operation" {
              url             = "${local.wdesk}/platform/v1/operations/${var.id}"
              request_headers = { X-Version = "2026-01-01" }
            }
            data "http" "by_format" {
              url             = local.url
              request_headers = merge(local.headers, { Accept = "application/json" })
            }
            data "http" "by_join" {
              url = join("/", [local.wdesk, "platform/v1", "operations", var.id])
            }
            data "http" "deleted" {
              url    = "${local.wdesk}/platform/v1/operations/${var.id}"
              method = "DELETE"
            }
            data "http" "foreign" {
              url = "https://billing.example.com/platform/v1/operations/${var.id}"
            }
            """,
            [
                "7 call terraform-http 2026-01-01", "11 call terraform-http 2022-01-01",
                "15 call terraform-http implicit",
            ]),
        DocumentCase(
            "wait.tf",
            """
            resource "terraform_data" "wait" {
              provisioner "local-exec" {
                command = <<-EOT
                  until curl -sf -H "X-Version: 2022-01-01" \\
                    "https://api.eu.wdesk.com/platform/v1/operations/${var.id}" | grep -q completed; do
                    sleep 5
                  done
                EOT
              }
            }
            """, ["5 call curl 2022-01-01 loop"]),
        DocumentCase(
            "play.yml",
            """
            - hosts: all
              vars:
                common: {X-Version: "2022-01-01"}
              tasks:
                - set_fact:
                    platform: https://api.app.wdesk.com/platform/v1
                - name: poll
                  ansible.builtin.uri:
                    url: "{{ platform }}/operations/{{ id }}"
                    headers: "{{ common }}"
                  until: answer.json.status == "completed"
                  delay: "{{ answer.retry_after | default(5) }}"
                - name: once
                  uri: url=https://api.app.wdesk.com/platform/v1/operations/{{ id }} method=GET
                - name: cancel
                  uri: {url: "{{ platform }}/operations/{{ id }}", method: DELETE}
                - name: local
                  local_action:
                    module: uri
                    url: "{{ platform }}/operations/{{ id }}"
            """,
            [
                "9 call ansible-uri 2022-01-01 honoured", "14 call ansible-uri implicit",
                "20 call ansible-uri implicit",
            ]),
        DocumentCase(
            "pod.yaml",
            """
            apiVersion: v1
            kind: Pod
            spec:
              containers:
                - name: probe
                  livenessProbe:
                    httpGet:
                      host: api.app.wdesk.com
                      scheme: HTTPS
                      path: /platform/v1/operations/1
                      httpHeaders: [{name: X-Version, value: "2022-01-01"}]
                - name: own
                  livenessProbe:
                    httpGet: {path: /platform/v1/operations/1, port: 8080}
            """, ["10 call kubernetes 2022-01-01"]),
        DocumentCase(
            ".github/workflows/check.yml",
            """
            on: push
            jobs:
              check:
                steps:
                  - uses: fjogeleit/http-request-action@v1
                    with:
                      url: https://api.app.wdesk.com/platform/v1/operations/${{ inputs.id }}
                      method: GET
                      customHeaders: '{"X-Version": "2022-01-01"}'
            """, ["7 call - 2022-01-01"]),
        DocumentCase(
            "endpoints.json",
            """
            {"baseUrl": "https://api.app.wdesk.com",
             "endpoints": {
              "operation": {"method": "GET", "path": "/platform/v1/operations/{id}"},
              "cancel": {"method": "DELETE", "path": "/platform/v1/operations/{id}"}}}
            """, ["3 call - implicit"]),
        DocumentCase(
            "version.yml",
            """
            - hosts: all
              vars:
                wdesk: "{{ lookup('env', 'WDESK') | default('https://api.app.wdesk.com') }}"
                common: {X-Version: "{{ version | default('2022-01-01') }}"}
              tasks:
                - uri:
                    url: "{{ wdesk }}/platform/v1/operations/{{ id }}"
                    headers: "{{ common | combine({'Accept': 'application/json'}) }}"
            """, ["7 call ansible-uri 2022-01-01"]),
        DocumentCase(
            "template.yaml",
            """
            Resources:
              Proxy:
                Properties:
                  Integration:
                    Type: HTTP_PROXY
                    IntegrationHttpMethod: GET
                    Uri: https://api.app.wdesk.com/platform/v1/operations/{id}
            """, ["7 call - dynamic"]),
        DocumentCase(
            "alerts.yml",
            """
            annotations:
              runbook: see https://api.app.wdesk.com/platform/v1/operations/1 for more
            """, ["2 mention"]),
        DocumentCase(
            "routes.json",
            """
            {"wdesk": [{"method": "GET", "path": "/platform/v1/operations/{id}"},
             {"method": "GET", "url": "/platform/v1/operations/{id}"}]}
            """, []),
    ]

    // MARK: Flows

    static let flows: [DocumentCase] = [
        DocumentCase(
            "n8n.json",
            """
            {"nodes": [
             {"name": "Check", "type": "n8n-nodes-base.httpRequest", "parameters": {
              "url": "=https://api.app.wdesk.com/platform/v1/operations/{{ $json.id }}",
              "headerParameters": {"parameters": [{"name": "X-Version", "value": "2022-01-01"}]}}},
             {"name": "Wait", "type": "n8n-nodes-base.wait", "parameters": {"amount": 5}}],
             "connections": {"Check": {"main": [[{"node": "Wait"}]]}, "Wait": {"main": [[{"node": "Check"}]]}}}
            """, ["3 call n8n 2022-01-01 loop"]),
        DocumentCase(
            "logic.json",
            """
            {"definition": {
             "parameters": {"wdesk": {"type": "String", "defaultValue": "https://api.eu.wdesk.com/platform/v1"}},
             "actions": {"Until": {"type": "Until", "actions": {
              "One": {"type": "Http", "inputs": {"method": "GET",
               "uri": "@{parameters('wdesk')}/operations/@{body('Start')?['id']}",
               "headers": {"X-Version": "2022-01-01"}}},
              "Two": {"type": "Http", "inputs": {"method": "GET",
               "uri": "@concat(parameters('wdesk'), '/operations/', variables('id'))"}}}}}}}
            """, ["5 call logic-apps 2022-01-01 loop", "8 call logic-apps implicit loop"]),
        DocumentCase(
            "states.json",
            """
            {"StartAt": "Poll", "States": {
             "Poll": {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Parameters": {
              "ApiEndpoint.$": "States.Format('https://api.app.wdesk.com/platform/v1/operations/{}', $.id)",
              "Method": "GET", "Headers": {"X-Version": "2022-01-01"}}, "Next": "Done"},
             "Done": {"Type": "Choice", "Choices": [{"Next": "End"}], "Default": "Wait"},
             "Wait": {"Type": "Wait", "SecondsPath": "$.headers.retry-after", "Next": "Poll"},
             "End": {"Type": "Succeed"}}}
            """, ["3 call step-functions 2022-01-01 honoured"]),
        DocumentCase(
            "workflow.yaml",
            """
            main:
              steps:
                - start:
                    assign:
                      - base: https://api.app.wdesk.com/platform/v1
                - poll:
                    call: http.get
                    args:
                      url: ${base + "/operations/" + input.id}
                      headers: {X-Version: "2022-01-01"}
                - check:
                    switch:
                      - condition: ${done}
                        next: end
                - wait:
                    call: sys.sleep
                    args: {seconds: 5}
                    next: poll
            """, ["9 call google-workflows 2022-01-01 loop"]),
        DocumentCase(
            "flows.json",
            """
            [{"type": "http request", "name": "operation", "method": "GET",
              "url": "https://api.apac.wdesk.com/platform/v1/operations/{{{payload.id}}}"},
             {"type": "http in", "method": "get", "url": "/platform/v1/operations/:id"}]
            """, ["2 call node-red implicit"]),
        DocumentCase(
            "mule.xml",
            """
            <mule>
              <http:request-config name="WDesk">
                <http:request-connection host="api.app.wdesk.com" protocol="HTTPS"/>
              </http:request-config>
              <flow name="poll">
                <http:request method="GET" config-ref="WDesk" path="/platform/v1/operations/#[vars.id]">
                  <http:headers>#[{'X-Version': '2022-01-01'}]</http:headers>
                </http:request>
              </flow>
            </mule>
            """, ["6 call mule 2022-01-01"]),
    ]

    // MARK: Load tests

    static let loadTests: [DocumentCase] = [
        DocumentCase(
            "load/artillery.yml",
            """
            config:
              target: https://api.app.wdesk.com
              defaults:
                headers: {X-Version: "2022-01-01"}
            scenarios:
              - flow:
                  - loop:
                      - get:
                          url: "/platform/v1/operations/{{ id }}"
                    count: 10
                  - post:
                      url: "/platform/v1/operations/{{ id }}"
            """, ["9 call artillery 2022-01-01 loop"]),
        DocumentCase(
            "load/environments.yml",
            """
            config:
              environments:
                dev: {target: "https://api.app.wdesk.com"}
            scenarios:
              - flow:
                  - get: {url: "/platform/v1/operations/1"}
            """, ["6 call artillery implicit"]),
        DocumentCase(
            "load/taurus.yml",
            """
            execution: [{scenario: s}]
            scenarios:
              s:
                default-address: https://api.app.wdesk.com
                requests:
                  - /platform/v1/operations/1
                  - url: /platform/v1/operations/2
                    method: GET
            """, ["6 call taurus implicit", "7 call taurus implicit"]),
        DocumentCase(
            "load/test_one.tavern.yaml",
            """
            test_name: one
            stages:
              - name: get
                request:
                  url: https://api.app.wdesk.com/platform/v1/operations/1
                  method: GET
                response: {status_code: 200}
            """, ["5 call tavern implicit"]),
        DocumentCase(
            "load/plan.jmx",
            """
            <jmeterTestPlan><hashTree>
            <Arguments testname="v"><collectionProp name="Arguments.arguments">
            <elementProp name="HOST"><stringProp name="Argument.value">api.eu.wdesk.com</stringProp></elementProp>
            </collectionProp></Arguments><hashTree/>
            <ConfigTestElement testname="d"><stringProp name="HTTPSampler.domain">${HOST}</stringProp>
            </ConfigTestElement><hashTree/>
            <WhileController testname="w"/><hashTree>
            <HTTPSamplerProxy testname="poll">
            <stringProp name="HTTPSampler.path">/platform/v1/operations/${id}</stringProp>
            <stringProp name="HTTPSampler.method">GET</stringProp>
            </HTTPSamplerProxy><hashTree>
            <HeaderManager><collectionProp name="HeaderManager.headers"><elementProp name="">
            <stringProp name="Header.name">X-Version</stringProp>
            <stringProp name="Header.value">2022-01-01</stringProp>
            </elementProp></collectionProp></HeaderManager><hashTree/></hashTree>
            <HTTPSamplerProxy enabled="false">
            <stringProp name="HTTPSampler.path">/platform/v1/operations/${id}</stringProp>
            </HTTPSamplerProxy><hashTree/>
            <HTTPSamplerProxy><stringProp name="HTTPSampler.domain">other.example.com</stringProp>
            <stringProp name="HTTPSampler.path">/platform/v1/operations/${id}</stringProp>
            </HTTPSamplerProxy><hashTree/>
            </hashTree></hashTree></jmeterTestPlan>
            """, ["9 call jmeter 2022-01-01 loop"]),
    ]

    // MARK: Gateways

    static let gateways: [DocumentCase] = [
        DocumentCase(
            "nginx.conf",
            """
            http {
              upstream wdesk { server api.app.wdesk.com:443; }
              server {
                set $eu api.eu.wdesk.com;
                location /platform/v1/operations/ {
                  proxy_set_header X-Version "2022-01-01";
                  proxy_pass https://wdesk;
                }
                location ~ ^/ops/(.*)$ { proxy_pass https://$eu/platform/v1/operations/$1; }
                location /x/ {
                  rewrite ^/x/(.*)$ /platform/v1/operations/$1 break;
                  proxy_pass https://api.app.wdesk.com;
                }
                location /y { proxy_pass https://api.app.wdesk.com/platform/v1/operations; }
                location = /list { proxy_pass https://api.app.wdesk.com/platform/v1/operations; }
                location /z/ { proxy_pass https://api.app.wdesk.com/platform/v1/operations/1/log/; }
                location /own/ { proxy_pass http://own:8080/platform/v1/operations/; }
              }
            }
            """,
            [
                "5 call nginx 2022-01-01", "9 call nginx dynamic", "11 call nginx dynamic",
                "14 call nginx dynamic",
            ]),
        DocumentCase(
            "site.conf",
            """
            <VirtualHost *:443>
              RequestHeader set X-Version "2022-01-01"
              ProxyPass "/ops/" "https://api.app.wdesk.com/platform/v1/operations/"
              RewriteRule ^/o/(.*)$ https://api.app.wdesk.com/platform/v1/operations/$1 [P,L]
              ProxyPass "/own/" "http://own:8080/platform/v1/operations/"
            </VirtualHost>
            """, ["3 call apache 2022-01-01", "4 call apache 2022-01-01"]),
        DocumentCase(
            "vercel.json",
            """
            {"rewrites": [
             {"source": "/ops/:id", "destination": "https://api.app.wdesk.com/platform/v1/operations/:id"}]}
            """, ["2 call - dynamic"]),
        DocumentCase(
            "netlify.toml",
            """
            [[redirects]]
              from = "/ops/*"
              to = "https://api.app.wdesk.com/platform/v1/operations/:splat"
            """, ["3 call - dynamic"]),
        DocumentCase(
            "gateway.yaml",
            """
            routes:
              - id: ops
                uri: https://api.app.wdesk.com
                predicates:
                  - Path=/platform/v1/operations/**
              - id: own
                uri: http://own:8080
                predicates: [Path=/platform/v1/operations/**]
            """, ["5 call - dynamic"]),
        DocumentCase(
            "kong.yaml",
            """
            services:
              - url: https://api.app.wdesk.com/platform/v1/operations
                routes: [{paths: [/ops]}]
            """, ["2 call - dynamic"]),
        DocumentCase(
            "krakend.json",
            """
            {"endpoints": [{"endpoint": "/ops/{id}", "method": "GET", "backend": [
             {"url_pattern": "/platform/v1/operations/{id}", "host": ["https://api.app.wdesk.com"]}]}]}
            """, ["2 call - dynamic"]),
    ]

    @Test("a base that another file of a Terraform module sets is folded in")
    func terraformModule() async throws {
        let found = try await DocumentSites.found(in: [
            "variables.tf": """
            variable "wdesk_url" {
              default = "https://api.app.wdesk.com"
            }
            """,
            "main.tf": """
            data "http" "operation" {
              url = "${var.wdesk_url}/platform/v1/operations/${var.id}"
            }
            resource "terraform_data" "probe" {
              provisioner "local-exec" {
                command = "curl ${var.wdesk_url}/platform/v1/operations/${var.id}"
              }
            }
            """,
        ])
        #expect(
            found == ["main.tf:2 call terraform-http implicit", "main.tf:6 call curl implicit"])
    }

    @Test(
        "a local that a request uses is evidence of the request, one that nothing uses a definition"
    )
    func usedLocal() async throws {
        let found = try await DocumentSites.found(in: [
            "main.tf": """
            locals {
              used   = "https://api.app.wdesk.com/platform/v1/operations/"
              unused = "https://api.eu.wdesk.com/platform/v1/operations/"
            }
            data "http" "operation" { url = "${local.used}${var.id}" }
            """
        ])
        #expect(found == ["main.tf:3 definition", "main.tf:5 call terraform-http implicit"])
    }

    @Test("a URL of a table that code reads is evidence of its reader")
    func readTable() async throws {
        let found = try await DocumentSites.found(in: [
            "settings.yaml": """
            wdesk:
              operation: {method: GET, operation_url: "https://api.app.wdesk.com/platform/v1/operations/{id}"}
            """,
            "poll.py": """
            import requests, yaml
            settings = yaml.safe_load(open("settings.yaml"))
            requests.get(settings["wdesk"]["operation"]["operation_url"].format(id=1))
            """,
        ])
        #expect(found == ["poll.py:3 call requests implicit"])
    }
}

import Testing

@Suite("Documents: request collections and API descriptions")
struct CollectionTests {
    @Test("a saved request is a call, a described path a definition", arguments: cases)
    func collected(_ document: DocumentCase) async throws { try await document.check() }

    static let cases = postman + insomnia + bruno + requestFiles + descriptions

    static let postman: [DocumentCase] = [
        DocumentCase(
            "a.postman_collection.json",
            """
            {"info": {"schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
             "variable": [{"key": "base", "value": "https://api.app.wdesk.com/platform/v1"}],
             "item": [{"name": "folder", "item": [
              {"name": "raw", "request": {"method": "GET",
               "header": [{"key": "X-Version", "value": "2022-01-01"},
                          {"key": "X-Version", "value": "2026-01-01", "disabled": true}],
               "url": {"raw": "{{base}}/operations/:id"}}},
              {"name": "parts", "request": {"method": "GET", "url": {
               "protocol": "https", "host": ["api", "eu", "wdesk", "com"],
               "path": ["platform", "v1", "operations", ":id"]}}},
              {"name": "cancel", "request": {"method": "DELETE", "url": "{{base}}/operations/{{id}}"}},
              {"name": "poll", "request": "https://api.app.wdesk.com/platform/v1/operations/1",
               "event": [{"listen": "test", "script": {"exec": [
                "if (pm.response.json().status !== 'completed') {",
                "  postman.setNextRequest(pm.info.requestName); }"]}}]}]}]}
            """,
            [
                "7 call postman 2022-01-01", "10 call postman implicit",
                "12 call postman implicit loop",
            ]),
        DocumentCase(
            "script.postman_collection.json",
            """
            {"info": {"_postman_id": "1"}, "event": [{"listen": "prerequest", "script": {"exec": [
              "pm.request.headers.upsert({ key: 'X-Version', value: '2022-01-01' });"]}}],
             "item": [{"name": "one", "request": {"method": "GET",
              "url": "https://api.app.wdesk.com/platform/v1/operations/{{id}}"}}]}
            """, ["4 call postman 2022-01-01"]),
    ]

    static let insomnia: [DocumentCase] = [
        DocumentCase(
            "export.json",
            """
            {"_type": "export", "__export_format": 4, "resources": [
             {"_type": "environment", "data": {"wdesk": {"base": "https://api.app.wdesk.com/platform/v1"}}},
             {"_type": "request", "name": "one", "method": "GET",
              "url": "{{ _.wdesk.base }}/operations/{% prompt 'id' %}",
              "headers": [{"name": "X-Version", "value": "2022-01-01"}]}]}
            """, ["4 call insomnia 2022-01-01"]),
        DocumentCase(
            "collection.yaml",
            """
            type: collection.insomnia.rest/5.0
            name: Platform
            collection:
              - name: folder
                children:
                  - name: one
                    url: "{{ _.host }}/platform/v1/operations/{{ _.id }}"
                    method: GET
                    headers:
                      - name: X-Version
                        value: "2026-01-01"
            environments:
              name: Base
              data: {host: https://api.app.wdesk.com}
            """, ["7 call insomnia 2026-01-01"]),
    ]

    static let bruno: [DocumentCase] = [
        DocumentCase(
            "one.bru",
            """
            meta {
              name: one
              type: http
            }

            get {
              url: {{host}}/platform/v1/operations/:id
            }

            headers {
              X-Version: 2022-01-01
              ~X-Version: 2026-01-01
            }

            vars:pre-request {
              host: https://api.app.wdesk.com
            }
            """, ["7 call bruno 2022-01-01"]),
        DocumentCase(
            "cancel.bru",
            """
            delete {
              url: https://api.app.wdesk.com/platform/v1/operations/:id
            }
            """, []),
    ]

    static let requestFiles: [DocumentCase] = [
        DocumentCase(
            "ops.http",
            """
            @host = https://api.app.wdesk.com

            ### one
            GET {{host}}/platform/v1/operations/1 HTTP/1.1
            X-Version: 2022-01-01

            ### by host
            GET /platform/v1/operations/1
            Host: api.eu.wdesk.com
            X-Version: {{version}}

            ### longer
            POST {{host}}/platform/v1/operations/1/results

            ### alone
            {{host}}/platform/v1/operations/2
            """,
            [
                "4 call rest-client-file 2022-01-01", "8 call rest-client-file dynamic",
                "16 call rest-client-file implicit",
            ]),
        DocumentCase(
            "poll.hurl",
            """
            GET https://api.app.wdesk.com/platform/v1/operations/{{id}}
            X-Version: 2022-01-01
            [Options]
            retry: 10
            HTTP 200

            DELETE https://api.app.wdesk.com/platform/v1/operations/{{id}}
            """, ["1 call rest-client-file 2022-01-01 loop"]),
        DocumentCase(
            "thunder.json",
            """
            {"client": "Thunder Client", "requests": [
             {"name": "one", "url": "https://api.app.wdesk.com/platform/v1/operations/{{id}}",
              "method": "GET", "headers": [{"name": "X-Version", "value": "2022-01-01"}]}]}
            """, ["2 call thunder-client 2022-01-01"]),
        DocumentCase(
            "hoppscotch.json",
            """
            {"requests": [{"endpoint": "https://api.app.wdesk.com/platform/v1/operations/<<id>>",
             "method": "GET", "headers": [{"key": "X-Version", "value": "2022-01-01"}],
             "preRequestScript": "", "responses": {}}]}
            """, ["1 call hoppscotch 2022-01-01"]),
    ]

    static let descriptions: [DocumentCase] = [
        DocumentCase(
            "api.yaml",
            """
            openapi: 3.0.3
            servers:
              - url: https://{region}.wdesk.com/platform/v1/
                variables: {region: {default: api.app}}
            paths:
              /operations:
                get: {responses: {}}
              /operations/{id}:
                get: {responses: {}}
                delete: {responses: {}}
              /operations/{id}/results:
                get: {responses: {}}
            """, ["8 definition"]),
        DocumentCase(
            "swagger.json",
            """
            {"swagger": "2.0", "host": "api.app.wdesk.com", "basePath": "/platform/v1",
             "paths": {"/operations/{id}": {"get": {}}}}
            """, ["2 definition"]),
        DocumentCase(
            "own.yaml",
            """
            openapi: 3.0.3
            servers: [{url: https://treasury.example.com}]
            paths:
              /platform/v1/operations/{id}:
                get: {responses: {}}
            """, []),
        DocumentCase(
            "gateway-api.yaml",
            """
            openapi: 3.0.1
            paths:
              /ops/{id}:
                get:
                  x-amazon-apigateway-integration:
                    type: http_proxy
                    httpMethod: GET
                    uri: https://api.app.wdesk.com/platform/v1/operations/{id}
            """, ["8 call - dynamic"]),
        DocumentCase(
            "docs/OperationsApi.md",
            """
            # OperationsApi
            All URIs are relative to *https://api.app.wdesk.com/platform/v1*

            Method | HTTP request
            ------ | ------------
            `cancel` | **DELETE** /operations/{operationId}
            [**get**](OperationsApi.md#get) | **GET** /operations/{operationId} | one
            """, ["7 mention"]),
    ]

    @Test("an environment in another file fills the variables of a collection")
    func environments() async throws {
        let found = try await DocumentSites.found(in: [
            "environments/prod.bru": "vars {\n  wdeskHost: https://api.app.wdesk.com\n}\n",
            "one.bru": "get {\n  url: {{wdeskHost}}/platform/v1/operations/:id\n}\n",
            "http-client.env.json": #"{"dev": {"restHost": "https://api.eu.wdesk.com"}}"#,
            "one.http": "GET {{restHost}}/platform/v1/operations/1\n",
            "dev.postman_environment.json":
                #"{"_postman_variable_scope": "environment", "values": [{"key": "pmHost", "value": "https://api.app.wdesk.com"}]}"#,
            "one.postman_collection.json":
                #"{"info": {"_postman_id": "1"}, "item": [{"request": {"method": "GET", "url": "{{pmHost}}/operations/1", "header": [{"key": "X-Version", "value": "2026-01-01"}]}}]}"#,
        ])
        #expect(
            found == [
                "one.bru:2 call bruno implicit", "one.http:1 call rest-client-file implicit",
                "one.postman_collection.json:1 call migrated postman 2026-01-01",
            ])
    }

    @Test("a base that is not in the tree counts by its name; the version says which path it has")
    func unknownBase() async throws {
        let found = try await DocumentSites.found(in: [
            "ops.http": """
            GET {{wdesk_base}}/operations/1
            X-Version: 2022-01-01

            ###
            GET {{wdesk_base}}/operations/1
            X-Version: 2026-01-01

            ###
            GET {{base}}/operations/1

            ###
            GET {{ledger_base}}/operations/1
            X-Version: 2022-01-01
            """
        ])
        #expect(
            found == [
                "ops.http:1 call rest-client-file 2022-01-01",
                "ops.http:5 call migrated rest-client-file 2026-01-01",
            ])
    }

    @Test("headers of a Bruno folder and collection go with its requests; a request's own one wins")
    func brunoFolders() async throws {
        let url = "get {\n  url: https://api.app.wdesk.com/platform/v1/operations/:id\n}\n"
        let found = try await DocumentSites.found(in: [
            "api/collection.bru": "headers {\n  X-Version: 2022-01-01\n}\n",
            "api/ops/folder.bru": "headers {\n  X-Version: 2026-01-01\n}\n",
            "api/ops/one.bru": url,
            "api/two.bru": url,
            "api/ops/three.bru": url + "headers {\n  X-Version: 2025-05-05\n}\n",
            "four.bru": url,
        ])
        #expect(
            found == [
                "api/ops/one.bru:2 call bruno 2026-01-01",
                "api/ops/three.bru:2 call bruno 2025-05-05", "api/two.bru:2 call bruno 2022-01-01",
                "four.bru:2 call bruno implicit",
            ])
    }
}

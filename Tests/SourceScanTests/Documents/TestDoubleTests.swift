import Testing

@Suite("Documents: test doubles")
struct TestDoubleTests {
    @Test("a stubbed or recorded answer of the endpoint is a mock", arguments: cases)
    func doubles(_ document: DocumentCase) async throws { try await document.check() }

    static let cases: [DocumentCase] = [
        DocumentCase(
            "tests/wiremock/mappings/all.json",
            #"""
            {"provider": "wdesk", "mappings": [
             {"request": {"method": "GET", "urlPath": "/platform/v1/operations/1"}, "response": {}},
             {"request": {"method": "GET", "urlPattern": "/platform/v1/operations/([a-z]+)(\\?.*)?"}, "response": {}},
             {"request": {"method": "GET", "urlPathTemplate": "/platform/v1/operations/{id}"}, "response": {}},
             {"request": {"method": "ANY", "urlPathPattern": "\\/platform\\/v1\\/operations\\/.*"}, "response": {}},
             {"request": {"method": "POST", "urlPath": "/x"}, "response": {"status": 202,
              "headers": {"Location": "https://api.app.wdesk.com/platform/v1/operations/9"}}},
             {"request": {"method": "GET", "urlPath": "/platform/v1/operations"}, "response": {}},
             {"request": {"method": "DELETE", "urlPath": "/platform/v1/operations/1"}, "response": {}}]}
            """#, ["2 mock", "3 mock", "4 mock", "5 mock", "7 mock"]),
        DocumentCase(
            "tests/mockserver.json",
            """
            [{"httpRequest": {"method": "GET", "path": "/platform/v1/operations/.*"},
              "httpResponse": {"statusCode": 200}}]
            """, ["1 mock"]),
        DocumentCase(
            "tests/mountebank.json",
            """
            {"imposters": [{"stubs": [{"predicates": [
             {"equals": {"method": "GET", "path": "/platform/v1/operations/1"}}],
             "responses": [{"is": {"statusCode": 200}}]}]}]}
            """, ["2 mock"]),
        DocumentCase(
            "tests/hoverfly.json",
            """
            {"data": {"pairs": [{"request": {
             "path": [{"matcher": "exact", "value": "/platform/v1/operations/1"}],
             "destination": [{"matcher": "exact", "value": "api.app.wdesk.com"}]}, "response": {}},
             {"request": {
             "path": [{"matcher": "exact", "value": "/platform/v1/operations/1"}],
             "destination": [{"matcher": "exact", "value": "other.example.com"}]}, "response": {}}]}}
            """, ["2 mock"]),
        DocumentCase(
            "tests/nock.json",
            """
            [{"scope": "https://api.app.wdesk.com:443", "method": "GET",
              "path": "/platform/v1/operations/1", "response": {"id": "1"}},
             {"scope": "https://other.example.com:443", "method": "GET",
              "path": "/platform/v1/operations/1", "response": {}}]
            """, ["2 mock"]),
        DocumentCase(
            "tests/pact.json",
            """
            {"provider": {"name": "wdesk"}, "interactions": [
             {"request": {"method": "GET", "path": "/platform/v1/operations/1"}, "response": {}}]}
            """, ["2 mock"]),
        DocumentCase(
            "tests/recordings/one.har",
            """
            {"log": {"entries": [{"request": {"method": "GET",
             "url": "https://api.app.wdesk.com/platform/v1/operations/3"}, "response": {}}]}}
            """, ["2 mock"]),
        DocumentCase(
            "spec/cassettes/one.yml",
            """
            http_interactions:
            - request:
                method: get
                uri: https://api.app.wdesk.com/platform/v1/operations/77
              response:
                status: {code: 200}
            - request:
                method: post
                uri: https://api.app.wdesk.com/platform/v1/documents/1/export
              response:
                headers:
                  Location:
                  - https://api.app.wdesk.com/platform/v1/operations/78
            """, ["4 mock", "13 mock"]),
        DocumentCase(
            "tests/data/answer.json",
            """
            {"id": "1", "self": "https://api.app.wdesk.com/platform/v1/operations/1"}
            """, ["1 mention"]),
    ]
}

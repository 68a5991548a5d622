import Testing

@Suite("Documents: pages for people")
struct PageTests {
    @Test(
        "a runnable snippet is a call, what a page only says or shows a mention", arguments: cases)
    func pages(_ document: DocumentCase) async throws { try await document.check() }

    static let cases: [DocumentCase] = [
        DocumentCase(
            "docs/a.rst",
            """
            .. code-block:: bash

               curl -H "X-Version: 2022-01-01" https://api.app.wdesk.com/platform/v1/operations/1

            Call ``GET /platform/v1/operations/{id}`` as follows::

              $ curl https://api.app.wdesk.com/platform/v1/operations/2
            """, ["3 call curl 2022-01-01", "5 mention", "7 call curl implicit"]),
        DocumentCase(
            "docs/b.adoc",
            """
            [source,python]
            ----
            import requests
            requests.get("https://api.app.wdesk.com/platform/v1/operations/" + name)
            ----
            """, ["4 call requests implicit"]),
        DocumentCase(
            "docs/c.md",
            """
            ```yaml
            - uri: {url: "https://api.app.wdesk.com/platform/v1/operations/{{ id }}"}
            ```
            ```json
            {"method": "GET", "url": "https://api.app.wdesk.com/platform/v1/operations/1"}
            ```
            ```http
            GET /platform/v1/operations/1
            Host: api.app.wdesk.com
            ```
            ```http
            POST /platform/v1/operations/1
            Host: api.app.wdesk.com
            ```
            """, ["2 call ansible-uri implicit", "5 mention", "8 mention"]),
        DocumentCase(
            "docs/d.html",
            """
            <pre><code class="language-bash">curl &quot;https://api.app.wdesk.com/platform/v1/operations/1&quot;
            </code></pre>
            <p>GET https://api.app.wdesk.com/platform/v1/operations/{id}</p>
            """, ["1 call curl implicit", "3 mention"]),
    ]
}

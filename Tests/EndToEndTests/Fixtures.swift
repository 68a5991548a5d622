/// Small inputs that several tests use.
enum Fixtures {
    /// One caller of the deprecated endpoint, in line 5.
    static let caller = """
        import requests

        def status(operation_id, token):
            return requests.get(
                f"https://api.app.wdesk.com/platform/v1/operations/{operation_id}",
                headers={"Authorization": f"Bearer {token}", "X-Version": "2022-01-01"},
            ).json()

        """

    /// The same, migrated.
    static let migrated = """
        import requests

        def status(operation_id, token):
            return requests.get(
                f"https://api.app.wdesk.com/operations/{operation_id}",
                headers={"Authorization": f"Bearer {token}", "X-Version": "2026-01-01"},
            ).json()

        """

    /// A line of a combined log with a request to the deprecated endpoint.
    static func logLine(
        address: String = "10.0.3.7", id: String = "op-1", second: Int = 1,
        path: String = "/platform/v1/operations/"
    ) -> String {
        let two = second < 10 ? "0\(second)" : "\(second)"
        return
            "\(address) - - [02/Mar/2026:10:00:\(two) +0000] \"GET \(path)\(id) HTTP/1.1\" 200 512 "
            + "\"-\" \"python-requests/2.31.0\"\n"
    }
}

import Foundation

/// Tells the people in the store whether their count has arrived.
struct UploadStatus {
    var token: String

    /// The status of one upload, as the platform words it.
    func status(of operationID: String) async throws -> String? {
        var components = URLComponents()
        components.scheme = "https"
        components.host = "api.app.wdesk.com"
        components.path = "/platform/v1/operations/\(operationID)"
        guard let url = components.url else { return nil }
        var request = URLRequest(url: url)
        request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        request.setValue("2022-01-01", forHTTPHeaderField: "X-Version")
        let (data, _) = try await URLSession.shared.data(for: request)
        let operation = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return operation?["status"] as? String
    }
}

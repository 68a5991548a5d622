extension OperationsClient {
    /// A version of the endpoint. Path and header change together: one without the other is half a migration.
    public enum Version: String, Hashable, Sendable, CaseIterable {
        /// Deprecated: `/platform/v1/operations/{operationId}`.
        case v2022_01_01 = "2022-01-01"
        /// Its replacement: `/operations/{operationId}`.
        case v2026_01_01 = "2026-01-01"

        /// The request header that names the version.
        public static let headerName = "X-Version"

        /// The header's value.
        public var headerValue: String { rawValue }

        /// The path of an operation.
        package var pathTemplate: String {
            switch self {
            case .v2022_01_01: "/platform/v1/operations/{operationId}"
            case .v2026_01_01: "/operations/{operationId}"
            }
        }

        /// The same for an id that is already percent-encoded.
        func path(ofOperation segment: String) -> String {
            pathTemplate.replacing("{operationId}", with: segment)
        }

        /// Where a token is got with an OAuth2 client's credentials.
        var tokenPath: String {
            switch self {
            case .v2022_01_01: "/iam/v1/oauth2/token"
            case .v2026_01_01: "/oauth2/token"
            }
        }

        /// The version header of a token request. The older path answers 404 where the newer version is named,
        /// and needs none.
        var tokenHeader: String? {
            switch self {
            case .v2022_01_01: nil
            case .v2026_01_01: rawValue
            }
        }
    }
}

import Foundation
import StandIn
import TestSupport
import Testing

@testable import OperationsClient

@Suite("HTTPS")
struct SecureConnectionTests {
    @Test("a certificate that nobody vouches for is refused, before a token is sent")
    func untrusted() async throws {
        try await withFiles { files in
            try await withStandIn(tls: files) { base, log in
                try await withTestClient(of: try localhost(base)) {
                    $0.retryPolicy.failureBudget = 1
                } _: { client in
                    let error = await #expect(throws: OperationsClientError.self) {
                        try await client.operation(id: "completed-1")
                    }
                    guard case .tls? = error else {
                        Issue.record("\(String(describing: error))")
                        return
                    }
                }
                #expect(log.lines.isEmpty)
            }
        }
    }

    @Test("a certificate of the caller's own roots is taken, for its own names alone")
    func trusted() async throws {
        try await withFiles { files in
            try await withStandIn(tls: files) { base, log in
                try await withTestClient(of: try localhost(base)) {
                    $0.trustRootsPath = files.certificatePath
                } _: { client in
                    let operation = try await client.operation(id: "completed-1")
                    #expect(operation.status == .completed)
                }
                let other = try BaseURL(
                    base.description.replacing("127.0.0.1", with: "127.0.0.2"))
                try await withTestClient(of: other) {
                    $0.trustRootsPath = files.certificatePath
                    $0.retryPolicy.failureBudget = 1
                } _: { client in
                    await #expect(throws: OperationsClientError.self) {
                        try await client.operation(id: "completed-1")
                    }
                }
                #expect(log.lines.count == 1)
            }
        }
    }

    private func localhost(_ base: BaseURL) throws -> BaseURL {
        try BaseURL(base.description.replacing("127.0.0.1", with: "localhost"))
    }

    private func withFiles<Result: Sendable>(
        _ body: (StandIn.TLSFiles) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryFolder { folder in
            let files = StandIn.TLSFiles(
                certificatePath: folder.appending(path: "certificate.pem").path,
                keyPath: folder.appending(path: "key.pem").path)
            try Data(Self.certificate.utf8).write(to: URL(filePath: files.certificatePath))
            try Data(Self.key.utf8).write(to: URL(filePath: files.keyPath))
            return try await body(files)
        }
    }

    // openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 \
    //   -subj "/CN=lastcall test" -addext "subjectAltName=DNS:localhost,IP:127.0.0.1"
    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBozCCAUmgAwIBAgIUeHUdRuARmJclOacRv41HaW80vKEwCgYIKoZIzj0EAwIw
        GDEWMBQGA1UEAwwNbGFzdGNhbGwgdGVzdDAgFw0yNjExMjUxNzI5MzBaGA8yMTI2
        MTEwMTE3MjkzMFowGDEWMBQGA1UEAwwNbGFzdGNhbGwgdGVzdDBZMBMGByqGSM49
        AgEGCCqGSM49AwEHA0IABNDX+XOaIUKTjWwuI/1Id1GP8yxQjWWrfs2zddpHT3qM
        FkGWYTjSmLhtfiUMy9sNvxW21+BzWTPEoihJOr5hZTWjbzBtMB0GA1UdDgQWBBTg
        0nFovvDGn9d8bm7klECVt/JlIzAfBgNVHSMEGDAWgBTg0nFovvDGn9d8bm7klECV
        t/JlIzAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwDwYDVR0TAQH/BAUwAwEB
        /zAKBggqhkjOPQQDAgNIADBFAiAaGels5AoByxkYPZF2YcB8ZHx+RIDS0YRQMB7j
        J7J/uAIhAKx4c0rapVih292q7g1UrdzIK+uw/uNtS5FHB1c6uz1D
        -----END CERTIFICATE-----
        """

    /// Of this test alone; it vouches for nothing else.
    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgil7qYJb14cskZB5+
        owzhyA4jLQgSBG/t22YDFNN+S0yhRANCAATQ1/lzmiFCk41sLiP9SHdRj/MsUI1l
        q37Ns3XaR096jBZBlmE40pi4bX4lDMvbDb8Vttfgc1kzxKIoSTq+YWU1
        -----END PRIVATE KEY-----
        """
}

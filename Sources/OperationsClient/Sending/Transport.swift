import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Sends requests over sockets: certificates verified, no redirect followed, the body bounded.
struct Transport: Sendable {
    /// A request to one place.
    struct Request: Sendable {
        var url: String
        var headers: [(name: String, value: String)]
        /// A form to be posted; nil for a GET.
        var form: String?
        /// What must not be seen in the answer.
        var mask: SecretMask
    }

    private let client: HTTPClient
    private let limits: OperationsClient.Limits

    init(
        _ limits: OperationsClient.Limits, proxy: ProxyChoice.Proxy?, trustRootsPath: String?
    ) {
        self.limits = limits
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.certificateVerification = .fullVerification
        tls.minimumTLSVersion = .tlsv12
        if let trustRootsPath { tls.trustRoots = .file(trustRootsPath) }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(
                connect: TimeAmount(limits.connectTimeout), read: TimeAmount(limits.answerTimeout)),
            decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.proxy = proxy.map(\.forClient)
        // The client tries to connect again and again otherwise, and only the deadline ends it.
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func shutdown() async {
        // It fails only where it was shut down before.
        try? await client.shutdown()
    }

    /// Sends `request` and takes the whole answer, within the limits of size and time.
    func send(_ request: Request) async throws(OperationsClientError) -> RawAnswer {
        let limits = limits
        do {
            return try await withThrowingTaskGroup(of: RawAnswer?.self) { group in
                group.addTask { try await exchange(request) }
                // A body that trickles would reset any timeout between two reads for ever.
                group.addTask {
                    try await ContinuousClock().sleep(for: limits.answerTimeout)
                    return nil
                }
                defer { group.cancelAll() }
                guard let answer = try await group.next(), let answer else {
                    throw OperationsClientError.timedOut(.answer)
                }
                return answer
            }
        } catch {
            if Task.isCancelled { throw .cancelled }
            throw OperationsClientError(transport: error)
        }
    }

    private func exchange(_ request: Request) async throws -> RawAnswer {
        var outgoing = HTTPClientRequest(url: request.url)
        for header in request.headers {
            outgoing.headers.add(name: header.name, value: header.value)
        }
        if let form = request.form {
            outgoing.method = .POST
            outgoing.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
            outgoing.body = .bytes(ByteBuffer(string: form))
        }
        let clock = ContinuousClock()
        let start = clock.now
        let answer = try await client.execute(
            outgoing, timeout: TimeAmount(limits.answerTimeout))
        var body: [UInt8] = []
        for try await part in answer.body {
            guard body.count + part.readableBytes <= limits.bodyBytes else {
                throw OperationsClientError.bodyTooLarge(limit: limits.bodyBytes)
            }
            body += part.readableBytesView
        }
        try Task.checkCancellation()
        return RawAnswer(
            status: Int(answer.status.code),
            headers: answer.headers.map { ($0.name, $0.value) }, body: body,
            time: clock.now - start, mask: request.mask)
    }
}

extension ProxyChoice.Proxy {
    fileprivate var forClient: HTTPClient.Configuration.Proxy {
        if isSOCKS { return .socksServer(host: host, port: port) }
        guard let user else { return .server(host: host, port: port) }
        return .server(
            host: host, port: port,
            authorization: .basic(username: user.text, password: password?.text ?? ""))
    }
}

extension OperationsClientError {
    /// What an error of the sockets means.
    fileprivate init(transport error: any Error) {
        switch error {
        case let error as OperationsClientError: self = error
        case let error as HTTPClientError: self.init(error)
        case let error as NIOSSLError: self = .tls(Self.reason(error))
        case let error as BoringSSLError: self = .tls("\(error)")
        case let error as NIOSSLExtraError: self = .tls("\(error.description)")
        case let error as NIOConnectionError:
            let reason =
                error.connectionErrors.first.map { "\($0.error)" }
                ?? "the name '\(error.host)' cannot be resolved"
            self = .transport("\(error.host):\(error.port): \(reason)")
        case is HTTPParserError: self = .transport("the answer is not valid HTTP")
        case is CancellationError: self = .cancelled
        case let error as IOError: self = .transport("\(error)")
        default: self = .transport("\(error)")
        }
    }

    private init(_ error: HTTPClientError) {
        switch error {
        case .connectTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout,
            .socksHandshakeTimeout, .getConnectionFromPoolTimeout:
            self = .timedOut(.connection)
        case .readTimeout, .writeTimeout, .deadlineExceeded: self = .timedOut(.answer)
        case .cancelled, .requestStreamCancelled: self = .cancelled
        case .remoteConnectionClosed:
            self = .transport("the server closed the connection before the answer was whole")
        case .proxyAuthenticationRequired: self = .transport("the proxy wants a password")
        case .invalidProxyResponse: self = .transport("the proxy does not let the request pass")
        default: self = .transport("\(error.shortDescription)")
        }
    }

    private static func reason(_ error: NIOSSLError) -> String {
        switch error {
        case .handshakeFailed(let reason): "the handshake failed: \(reason)"
        case .uncleanShutdown: "the connection was cut"
        default: "\(error)"
        }
    }
}

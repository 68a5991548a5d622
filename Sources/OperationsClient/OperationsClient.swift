public import Foundation

/// Reads long-running operations of the API as its documentation asks: one request a second at most, `Retry-After`
/// before all else, HTTPS only, and a token that goes to no other place.
///
/// One client serves many tasks at once, which share its rate. Shut it down when you are done, or use
/// ``withClient(_:_:)``.
public struct OperationsClient: Sendable {
    /// What a client does without being asked each time.
    public struct Configuration: Sendable {
        /// Where the API is.
        public var base: BaseURL
        /// The version that is asked for.
        public var version: Version
        /// How the caller shows who it is.
        public var credentials: Credentials
        /// What is asked again, and after what wait.
        public var retryPolicy = RetryPolicy()
        /// The distance between two requests of this client, whatever they ask for: a second and a little, since what
        /// leaves a second apart may arrive closer.
        public var requestInterval: Duration = .milliseconds(1050)
        /// Bounds of a single exchange.
        public var limits = Limits()
        /// A file with certificates (PEM) to be trusted in place of the system's.
        public var trustRootsPath: String?
        /// Where `HTTPS_PROXY` and `NO_PROXY` are looked up.
        public var environment: [String: String] = ProcessInfo.processInfo.environment
        /// What the client calls itself.
        public var userAgent = "lastcall-operations-client"

        /// Takes what has no default.
        public init(base: BaseURL, version: Version = .v2026_01_01, credentials: Credentials) {
            self.base = base
            self.version = version
            self.credentials = credentials
        }
    }

    /// Bounds of a single exchange.
    public struct Limits: Hashable, Sendable {
        /// Until there is a connection.
        public var connectTimeout: Duration = .seconds(10)
        /// From sending the request to the end of the answer.
        public var answerTimeout: Duration = .seconds(30)
        /// A larger body is refused.
        public var bodyBytes = 1_048_576

        /// The defaults.
        public init() {}
    }

    /// What a client does without being asked each time.
    public let configuration: Configuration
    private let transport: Transport
    private let limiter: RateLimiter
    private let tokens: TokenKeeper
    private let pace: Pace
    private let now: @Sendable () -> Date
    private let jitter: @Sendable () -> Double

    /// A client that waits on `clock`, and takes dates from `now` and chance from `jitter` (from 0 to 1).
    ///
    /// Throws ``OperationsClientError/unusableProxy(_:)`` where the environment names a proxy that cannot be used.
    public init(
        _ configuration: Configuration, clock: some Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Date = { Date() },
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) throws(OperationsClientError) {
        let proxy = try ProxyChoice.proxy(
            for: configuration.base, environment: configuration.environment)
        let pace = Pace(clock)
        let transport = Transport(
            configuration.limits, proxy: proxy, trustRootsPath: configuration.trustRootsPath)
        self.configuration = configuration
        self.transport = transport
        self.pace = pace
        self.now = now
        self.jitter = jitter
        limiter = RateLimiter(interval: configuration.requestInterval, pace: pace)
        tokens = TokenKeeper(
            configuration.credentials, base: configuration.base, version: configuration.version,
            pace: pace, userAgent: configuration.userAgent,
            send: { request async throws(OperationsClientError) in
                try await transport.send(request)
            })
    }

    /// Closes the client's connections. A client that was shut down cannot be used again.
    public func shutdown() async { await transport.shutdown() }

    /// Makes a client, hands it to `body`, and shuts it down whatever happens.
    public static func withClient<Result: Sendable>(
        _ configuration: Configuration, _ body: (OperationsClient) async throws -> Result
    ) async throws -> Result {
        let client = try OperationsClient(configuration)
        do {
            let result = try await body(client)
            await client.shutdown()
            return result
        } catch {
            await client.shutdown()
            throw error
        }
    }

    // MARK: Operations

    /// The operation as it stands now.
    ///
    /// What may pass is asked again (429, 5xx, a lost connection), within the budget of the policy.
    public func operation(id: String) async throws(OperationsClientError) -> Operation {
        try await follow(id, deadline: nil, until: { _ in true }, onUpdate: { _ in })
    }

    /// Asks until the operation is `completed`, `failed` or `cancelled`, and answers it then: a failed operation is no
    /// error of the call.
    ///
    /// - Parameters:
    ///   - id: The operation's id.
    ///   - deadline: How long to go on at most; nil for as long as it takes.
    ///   - onUpdate: Is told of every answer.
    public func waitForCompletion(
        of id: String, deadline: Duration? = nil,
        onUpdate: @Sendable (Operation) -> Void = { _ in }
    ) async throws(OperationsClientError) -> Operation {
        try await follow(id, deadline: deadline, until: \.status.isTerminal, onUpdate: onUpdate)
    }

    private func follow(
        _ id: String, deadline: Duration?, until isEnd: (Operation) -> Bool,
        onUpdate: (Operation) -> Void
    ) async throws(OperationsClientError) -> Operation {
        let path = configuration.version.path(ofOperation: try OperationID(id).segment)
        let header = (Version.headerName, configuration.version.headerValue)
        let end = deadline.map { pace.elapsed() + $0 }
        var lastStatus: OperationStatus?
        var (polls, failures) = (0, 0)
        while true {
            if let end, pace.elapsed() >= end { throw .deadlineExceeded(lastStatus: lastStatus) }
            let wait: Duration?
            var failure: OperationsClientError?
            switch try await attempt(path, header, before: end, lastStatus) {
            case .answered(let operation, let retryAfter):
                onUpdate(operation)
                if isEnd(operation) { return operation }
                lastStatus = operation.status
                (polls, failures) = (polls + 1, 0)
                wait = configuration.retryPolicy.wait(
                    beforeAttempt: polls + 1, after: .unfinished, retryAfter: retryAfter,
                    jitter: jitter())
                if wait == nil, let retryAfter { failure = .waitTooLong(retryAfter) }
            case .failed(let error, let outcome, let retryAfter):
                (polls, failures) = (0, failures + 1)
                wait = configuration.retryPolicy.wait(
                    beforeAttempt: failures + 1, after: outcome, retryAfter: retryAfter,
                    jitter: jitter())
                failure =
                    failures == 1 ? error : .gaveUp(attempts: failures, last: error)
            }
            guard let wait else { throw failure ?? .deadlineExceeded(lastStatus: lastStatus) }
            if let end, pace.elapsed() + wait > end {
                throw .deadlineExceeded(lastStatus: lastStatus)
            }
            do { try await pace.sleep(wait) } catch { throw .cancelled }
        }
    }

    /// What one request brought.
    private enum Attempt {
        case answered(Operation, retryAfter: Duration?)
        case failed(OperationsClientError, RetryPolicy.Outcome, retryAfter: Duration?)
    }

    private func attempt(
        _ path: String, _ header: (String, String), before end: Duration?,
        _ lastStatus: OperationStatus?
    ) async throws(OperationsClientError) -> Attempt {
        let answer: RawAnswer
        do throws(OperationsClientError) {
            answer = try await once(path, [header], before: end)
        } catch {
            switch error {
            case .transport, .timedOut: return .failed(error, .noAnswer, retryAfter: nil)
            case .deadlineExceeded: throw .deadlineExceeded(lastStatus: lastStatus)
            default: throw error
            }
        }
        let retryAfter = answer.retryAfter(now: now())
        do throws(OperationsClientError) {
            return .answered(try answer.operation(now: now()), retryAfter: retryAfter)
        } catch {
            return .failed(error, .status(answer.status), retryAfter: retryAfter)
        }
    }

    // MARK: Any request to the same place

    /// Asks for `path` with the caller's token and these headers: at its turn, with a token that is renewed once where it
    /// is refused, and again where the server is busy and says when to come back. Whatever the answer says, it is
    /// answered.
    package func answer(
        path: String, headers: [(String, String)]
    ) async throws(OperationsClientError) -> RawAnswer {
        var attempt = 1
        while true {
            let answer = try await once(path, headers, before: nil)
            attempt += 1
            guard answer.status == 429 || answer.status == 503,
                let retryAfter = answer.retryAfter(now: now()),
                let wait = configuration.retryPolicy.wait(
                    beforeAttempt: attempt, after: .status(answer.status), retryAfter: retryAfter,
                    jitter: jitter())
            else { return answer }
            do { try await pace.sleep(wait) } catch { throw .cancelled }
        }
    }

    /// One request, with a token that is renewed once where it is refused.
    private func once(
        _ path: String, _ headers: [(String, String)], before end: Duration?
    ) async throws(OperationsClientError) -> RawAnswer {
        let token = try await tokens.token()
        let answer = try await send(path, headers, token, before: end)
        guard answer.status == 401, tokens.canRenew else { return answer }
        return try await send(
            path, headers, try await tokens.renewed(insteadOf: token), before: end)
    }

    private func send(
        _ path: String, _ headers: [(String, String)], _ token: Secret, before end: Duration?
    ) async throws(OperationsClientError) -> RawAnswer {
        try await limiter.admit(
            before: end, longestHold: configuration.retryPolicy.longestRetryAfter)
        let own = [
            ("User-Agent", configuration.userAgent), ("Accept", "application/json"),
            ("Authorization", "Bearer \(token.text)"),
        ]
        let answer = try await transport.send(
            Transport.Request(
                url: configuration.base.description + path, headers: own + headers,
                mask: tokens.mask(token)))
        if answer.status == 429 || answer.status == 503,
            let wait = answer.retryAfter(now: now())
        {
            // It is the caller that is too fast, and not this request alone.
            limiter.hold(for: wait)
        }
        return answer
    }
}

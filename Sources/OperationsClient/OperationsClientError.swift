/// Why a call brought no operation. No case, and no description of one, holds a token.
public enum OperationsClientError: Error, Hashable, Sendable {
    /// The id cannot stand in a path.
    case invalidOperationID
    /// The server answered with a status that is no success.
    case refused(Refusal)
    /// The server sent the caller elsewhere. No redirect is followed: a token must not leave for another place.
    case redirected(status: Int, location: String?)
    /// A success whose body is not JSON: a login page, say, or a proxy's.
    case notJSON(status: Int, contentType: String?)
    /// A success whose body is JSON, and no operation. The text says why.
    case unexpectedBody(String)
    /// The body is larger than the client takes.
    case bodyTooLarge(limit: Int)
    /// The connection could not be made, or was lost.
    case transport(String)
    /// The connection is not secure: the certificate, or the handshake.
    case tls(String)
    /// No answer in time.
    case timedOut(Wait)
    /// The server asks for a longer wait than the client takes. The operation goes on.
    case waitTooLong(Duration)
    /// Retries are used up; what the last one met.
    indirect case gaveUp(attempts: Int, last: OperationsClientError)
    /// The caller's own deadline has come, or the next permitted request lies behind it. The operation goes on.
    case deadlineExceeded(lastStatus: OperationStatus?)
    /// No token could be got.
    indirect case noToken(OperationsClientError)
    /// The proxy that the environment names cannot be used.
    case unusableProxy(String)
    /// The task was cancelled.
    case cancelled

    /// What was waited for.
    public enum Wait: String, Hashable, Sendable {
        /// The connection.
        case connection
        /// The answer.
        case answer
    }
}

/// An answer that refuses.
public struct Refusal: Hashable, Sendable {
    /// What a refusal's status means.
    public enum Reason: Hashable, Sendable {
        /// 400: the request cannot be understood.
        case badRequest
        /// 401: no valid token.
        case unauthorized
        /// 403: not allowed.
        case forbidden
        /// 404: no such operation, for this caller.
        case notFound
        /// 409: in conflict with the resource's state.
        case conflict
        /// 429: too many requests.
        case tooManyRequests
        /// 500: the server failed.
        case serverFailure
        /// 503: not available at the moment.
        case unavailable
        /// A status that the endpoint's documentation does not name.
        case undocumented
    }

    /// The status.
    public var status: Int
    /// The provider's word for it.
    public var code: String?
    /// The provider's sentence.
    public var message: String?
    /// What it is about.
    public var target: String?
    /// What else is said.
    public var details: [OperationDetail] = []
    /// Where the provider explains it.
    public var documentationURL: String?
    /// The id under which the provider's support finds the request.
    public var requestID: String?
    /// How long the server asks to wait.
    public var retryAfter: Duration?
    /// The body's media type. HTML speaks of a proxy or a login page rather than of the API.
    public var contentType: String?

    /// What the status means.
    public var reason: Reason {
        switch status {
        case 400: .badRequest
        case 401: .unauthorized
        case 403: .forbidden
        case 404: .notFound
        case 409: .conflict
        case 429: .tooManyRequests
        case 500: .serverFailure
        case 503: .unavailable
        default: .undocumented
        }
    }

    /// Whether the body is the API's own error, with its code and message.
    public var isProviders: Bool { code != nil && message != nil }
}

extension OperationsClientError: CustomStringConvertible {
    /// What happened, and what to do next.
    public var description: String {
        switch self {
        case .invalidOperationID:
            "the operation's id is empty, too long, or has spaces or control characters"
        case .refused(let refusal): refusal.description
        case .redirected(let status, let location):
            "the server answered \(status) and names another place"
                + (location.map { " (\($0))" } ?? "")
                + "; redirects are not followed, so that no token goes astray"
        case .notJSON(let status, let contentType):
            "the answer (status \(status)) is \(contentType ?? "of no stated type") and not JSON; "
                + "a proxy or a login page may have answered"
        case .unexpectedBody(let reason): reason
        case .bodyTooLarge(let limit): "the answer is larger than \(limit) bytes"
        case .transport(let reason): "no connection: \(reason)"
        case .tls(let reason): "the connection is not secure: \(reason)"
        case .timedOut(.connection): "the server could not be reached in time"
        case .timedOut(.answer): "the server did not answer in time"
        case .waitTooLong(let wait): "the server asks to wait \(wait.inSeconds)"
        case .gaveUp(let attempts, let last):
            "gave up after \(attempts) attempts; the last: \(last)"
        case .deadlineExceeded(let status):
            "the deadline has come"
                + (status.map { "; the operation was '\($0)' when last seen, and goes on" } ?? "")
        case .noToken(let reason): "no token could be got: \(reason)"
        case .unusableProxy(let reason): reason
        case .cancelled: "the task was cancelled"
        }
    }
}

extension Refusal: CustomStringConvertible {
    /// Status, code, message and request id, as far as there are such.
    public var description: String {
        var text = "the server answered \(status)"
        if let code { text += " \(code)" }
        if let message { text += ": \(message)" }
        if let requestID { text += " (request \(requestID))" }
        return text
    }
}

extension Duration {
    /// `2 s`, `0.5 s`
    var inSeconds: String {
        let (seconds, attoseconds) = components
        if attoseconds == 0 { return "\(seconds) s" }
        return "\(Double(seconds) + Double(attoseconds) / 1e18) s"
    }
}

import Foundation
import Synchronization

/// Has the token at hand that requests are sent with, and renews it.
final class TokenKeeper: Sendable {
    private struct Held {
        var token: Secret
        /// On the client's own clock; nil where the server named no end.
        var endsAt: Duration?
    }

    private let credentials: Credentials
    private let request: Transport.Request?
    private let send: @Sendable (Transport.Request) async throws(OperationsClientError) -> RawAnswer
    private let pace: Pace
    private let turnstile = Turnstile()
    /// Shared by all tasks that use one client.
    private let held: Mutex<Held?>

    init(
        _ credentials: Credentials, base: BaseURL, version: OperationsClient.Version, pace: Pace,
        userAgent: String,
        send:
            @escaping @Sendable (Transport.Request) async throws(OperationsClientError) -> RawAnswer
    ) {
        self.credentials = credentials
        self.pace = pace
        self.send = send
        switch credentials {
        case .bearer(let token):
            request = nil
            held = Mutex(Held(token: token, endsAt: nil))
        case .oauthClient(let id, let secret):
            var headers = [("User-Agent", userAgent), ("Accept", "application/json")]
            if let value = version.tokenHeader {
                headers.append((OperationsClient.Version.headerName, value))
            }
            request = Transport.Request(
                url: base.description + version.tokenPath, headers: headers,
                form: "grant_type=client_credentials&client_id=\(percentEncoded(id))"
                    + "&client_secret=\(percentEncoded(secret.text))",
                mask: SecretMask([secret]))
            held = Mutex(nil)
        }
    }

    /// Whether another token can be got in place of one that is refused.
    var canRenew: Bool { request != nil }

    /// What must not be seen in the answer to a request with `token`.
    func mask(_ token: Secret) -> SecretMask {
        switch credentials {
        case .bearer: SecretMask([token])
        case .oauthClient(_, let secret): SecretMask([token, secret])
        }
    }

    /// A token that holds, got from the server where there is none.
    func token() async throws(OperationsClientError) -> Secret {
        if let token = current() { return token }
        return try await turnstile.pass { () async throws(OperationsClientError) -> Secret in
            // Whoever was in before has got one.
            if let token = current() { return token }
            return try await fetch()
        }
    }

    /// A token in place of `refused`, which a server did not take.
    func renewed(insteadOf refused: Secret) async throws(OperationsClientError) -> Secret {
        held.withLock { if $0?.token == refused { $0 = nil } }
        return try await token()
    }

    private func current() -> Secret? {
        let now = pace.elapsed()
        return held.withLock { held in
            guard let held, held.endsAt.map({ now < $0 }) ?? true else { return nil }
            return held.token
        }
    }

    private func fetch() async throws(OperationsClientError) -> Secret {
        guard let request else { preconditionFailure("a given token is never fetched") }
        let answer: RawAnswer
        do throws(OperationsClientError) {
            answer = try await send(request)
        } catch {
            throw error == .cancelled ? error : .noToken(error)
        }
        switch answer.status {
        case 200...299: break
        case 300...399:
            throw .noToken(.redirected(status: answer.status, location: answer.value("location")))
        default: throw .noToken(.refused(answer.refusal(now: Date())))
        }
        // Not `answer.json`, in which secrets are masked.
        guard let members = JSONValue(parsing: answer.body)?.object,
            let token = (members["access_token"]?.string).flatMap({ try? Secret($0) })
        else { throw .noToken(.unexpectedBody("the answer has no 'access_token'")) }
        let lifetime: Duration? =
            switch members["expires_in"] {
            case .integer(let seconds)? where seconds > 0: .seconds(min(seconds, 31_536_000))
            case .number(let seconds)? where seconds > 0: .seconds(min(seconds, 31_536_000))
            default: nil
            }
        // Renewed shortly before its end, so that it does not end under way.
        let endsAt = lifetime.map { pace.elapsed() + $0 - min(.seconds(60), $0 / 10) }
        held.withLock { $0 = Held(token: token, endsAt: endsAt) }
        return token
    }
}

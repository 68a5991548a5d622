/// How a caller shows who it is.
public enum Credentials: Hashable, Sendable {
    /// A bearer token that somebody else got.
    case bearer(Secret)
    /// An OAuth2 client, whose tokens the client gets and renews itself.
    case oauthClient(id: String, secret: Secret)
}

/// What must never be seen in anything that comes back, and is cut out of it.
struct SecretMask: Hashable, Sendable {
    private let texts: [String]

    init(_ secrets: [Secret]) {
        texts = secrets.map(\.text)
    }

    /// `text` with `***` in place of each secret.
    func masked(_ text: String) -> String {
        texts.reduce(text) { $0.contains($1) ? $0.replacing($1, with: "***") : $0 }
    }
}

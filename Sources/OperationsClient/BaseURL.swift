import Foundation

/// Where the API is: scheme, host, port and an optional path before the API's own.
///
/// Only HTTPS is taken, but for this machine itself (`localhost`, `127.0.0.0/8`, `::1`), where a stand-in may run.
public struct BaseURL: Hashable, Sendable, CustomStringConvertible {
    /// Why a text is no base URL.
    public enum Mistake: Error, Hashable, Sendable, CustomStringConvertible {
        /// It is no URL with a host.
        case notAURL
        /// It is neither HTTPS nor HTTP to this machine.
        case notSecure
        /// It has a user, a password, a query or a fragment.
        case surplus

        /// What is wrong, and what to write instead.
        public var description: String {
            switch self {
            case .notAURL: "a base URL is written as https://api.example.com"
            case .notSecure: "only https:// is taken, but for this machine itself"
            case .surplus: "a base URL has no user, password, query or fragment"
            }
        }
    }

    /// Lower case, without port; an IPv6 address without its brackets.
    public let host: String
    /// As it is sent before a path: `https://api.example.com:8443/prefix`.
    public let description: String
    /// Whether the connection is encrypted.
    public let isSecure: Bool

    /// Parses `text`.
    public init(_ text: String) throws(Mistake) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.host?.lowercased(), !host.isEmpty
        else { throw .notAURL }
        guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil
        else { throw .surplus }
        let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        guard scheme == "https" || scheme == "http" && Self.isLoopback(name) else {
            throw .notSecure
        }
        self.host = name
        isSecure = scheme == "https"
        let authority = name.contains(":") ? "[\(name)]" : name
        var path = parts.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        let port = parts.port.map { ":\($0)" } ?? ""
        description = "\(scheme)://\(authority)\(port)\(path)"
    }

    private init(productionHost: String) {
        host = productionHost
        description = "https://\(productionHost)"
        isSecure = true
    }

    /// Whether `host` is this machine.
    public static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// Host and port, as a request names them.
    package var authority: String {
        let rest = description.drop { $0 != "/" }.dropFirst(2)
        return String(rest.prefix { $0 != "/" })
    }

    /// What it has before the API's own paths; empty where there is nothing.
    package var pathPrefix: String {
        let rest = description.drop { $0 != "/" }.dropFirst(2)
        return String(rest.drop { $0 != "/" })
    }

    /// Whether it leads to this machine.
    public var isLoopback: Bool { Self.isLoopback(host) }

    /// The United States.
    public static let us = BaseURL(productionHost: "api.app.wdesk.com")
    /// The European Union.
    public static let eu = BaseURL(productionHost: "api.eu.wdesk.com")
    /// Asia and the Pacific.
    public static let apac = BaseURL(productionHost: "api.apac.wdesk.com")
}

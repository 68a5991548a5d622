import Foundation

/// The proxy that the environment names: `HTTPS_PROXY` or `https_proxy`, and the hosts of `NO_PROXY` or `no_proxy`
/// without one. This machine is reached without one always.
struct ProxyChoice: Hashable, Sendable {
    /// Where the proxy is, and what it is told of the caller.
    struct Proxy: Hashable, Sendable {
        var host: String
        var port: Int
        var isSOCKS = false
        var user: Secret?
        var password: Secret?
    }

    /// The proxy for `base`; nil to connect directly.
    static func proxy(
        for base: BaseURL, environment: [String: String]
    ) throws(OperationsClientError) -> Proxy? {
        guard base.isSecure, !base.isLoopback else { return nil }
        let excluded = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
        if excluded.split(separator: ",").contains(where: { covers($0, base.host) }) { return nil }
        for name in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            guard let text = environment[name], !text.isEmpty else { continue }
            return try parse(text, name: name)
        }
        return nil
    }

    private static func covers(_ pattern: Substring, _ host: String) -> Bool {
        var name = pattern.trimming.lowercased()
        if name == "*" { return true }
        if let colon = name.lastIndex(of: ":"), !name.hasPrefix("["),
            name[..<colon].contains(":") == false
        {
            name = String(name[..<colon])
        }
        if name.hasPrefix("*") { name.removeFirst() }
        if name.hasPrefix(".") { name.removeFirst() }
        return !name.isEmpty && (host == name || host.hasSuffix("." + name))
    }

    /// Reads `[scheme://][user[:password]@]host[:port]`. What is wrong is said without the text, which may hold a
    /// password.
    private static func parse(
        _ text: String, name: String
    ) throws(OperationsClientError) -> Proxy {
        let mistake = OperationsClientError.unusableProxy(
            "$\(name) is no proxy that can be used; it is written as http://host:port")
        var rest = text.trimming[...]
        var (isSOCKS, defaultPort) = (false, 80)
        if let mark = rest.range(of: "://") {
            switch rest[..<mark.lowerBound].lowercased() {
            case "http": break
            case "socks5", "socks5h", "socks": (isSOCKS, defaultPort) = (true, 1080)
            default: throw mistake
            }
            rest = rest[mark.upperBound...]
        }
        if let slash = rest.firstIndex(of: "/") { rest = rest[..<slash] }
        var proxy = Proxy(host: "", port: defaultPort, isSOCKS: isSOCKS)
        if let at = rest.lastIndex(of: "@") {
            let parts = rest[..<at].split(
                separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let user = parts[0].removingPercentEncoding,
                let password = (parts.count > 1 ? parts[1] : "").removingPercentEncoding
            else { throw mistake }
            proxy.user = try? Secret(user)
            proxy.password = try? Secret(password)
            rest = rest[rest.index(after: at)...]
        }
        var host = rest
        if let colon = rest.lastIndex(of: ":"), !rest.hasSuffix("]") {
            guard let port = Int(rest[rest.index(after: colon)...]), (1...65535).contains(port)
            else { throw mistake }
            proxy.port = port
            host = rest[..<colon]
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw mistake }
        proxy.host = String(host)
        return proxy
    }
}

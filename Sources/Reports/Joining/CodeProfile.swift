import Deprecations

/// What a caller in code shows of the requests that it would send.
struct CodeProfile {
    let caller: ReportedCallSite
    private let names: Set<String>
    private let agents: Set<String>

    private var site: CallSite { caller.site }

    init(_ caller: ReportedCallSite) {
        self.caller = caller
        names = Set(
            caller.file.split(separator: "/").flatMap { piece -> [String] in
                let whole = String(piece).asName
                let stem = piece.prefix { $0 != "." }
                return stem.isEmpty ? [whole] : [whole, String(stem).asName]
            })
        agents = Self.agents(of: caller.site)
    }

    /// What speaks for it; nil where something speaks against it, or neither name nor client for it.
    /// `words` are the sender's names.
    func reasons(for sender: Sender, names words: Set<String>) -> Set<CodeTraffic.Reason>? {
        guard sender.key.rule == site.rule else { return nil }
        var reasons: Set<CodeTraffic.Reason> = []
        if !names.isDisjoint(with: words) { reasons.insert(.name) }
        switch client(of: sender) {
        case true?: reasons.insert(.client)
        case false? where !reasons.contains(.name): return nil
        case false?, nil: break
        }
        if reasons.isEmpty { return nil }
        switch version(of: sender) {
        case true?: reasons.insert(.version)
        case false?: return nil
        case nil: break
        }
        if site.polling.inLoop, sender.isPolling { reasons.insert(.polling) }
        if let host = site.host, host == sender.key.host { reasons.insert(.host) }
        return reasons
    }

    /// Whether the clients are the same; nil where one of them is not known.
    private func client(of sender: Sender) -> Bool? {
        let caller = sender.key.caller
        if caller.kind == .sdk {
            guard site.kind == .sdkCall || site.role == .generated else { return false }
            return names(languageIn: caller.userAgent)
        }
        guard let client = caller.client, !agents.isEmpty else { return nil }
        return agents.contains(client)
    }

    /// Generated clients name their language at the end: `OpenAPI-Generator/1.0.0/python`.
    private func names(languageIn userAgent: String?) -> Bool {
        let pieces = (userAgent ?? "").lowercased().split(separator: "/")
        guard pieces.count > 2, let named = pieces.last else { return true }
        return named.hasPrefix(site.language) || Self.languages.isDisjoint(with: [String(named)])
    }

    private static let languages: Set<String> = [
        "python", "javascript", "typescript", "java", "kotlin", "scala", "csharp", "go", "rust",
        "ruby", "php", "swift", "perl", "r", "dart",
    ]

    /// Whether the version headers are the same; nil where one of them is not known.
    private func version(of sender: Sender) -> Bool? {
        let logged = sender.key.apiVersion
        guard logged.versionClass != .unlogged, site.apiVersion.versionClass != .dynamic else {
            return nil
        }
        return logged.versionClass == site.apiVersion.versionClass
            && logged.value == site.apiVersion.value
    }

    /// The clients as which the code's client shows itself in a log; none where it sends no name of its own.
    private static func agents(of site: CallSite) -> Set<String> {
        guard let client = site.client else { return [] }
        return agentsByClient[client] ?? [client]
    }

    private static let browsers: Set<String> = ["browser", "chrome", "edge", "firefox", "safari"]
    private static let javaTransports: Set<String> = [
        "apache-httpclient", "httpurlconnection", "java.net.http", "okhttp",
    ]

    /// Clients that are seen under another name, or under none (an empty set).
    private static let agentsByClient: [String: Set<String>] = [
        "alamofire": ["alamofire", "urlsession"],
        "async-http-client": [],
        "axios": browsers.union(["axios"]),
        "feign": javaTransports,
        "fetch": browsers.union(["fetch", "node-fetch"]),
        "file_get_contents": [],
        "http.client": [],
        "httparty": ["httparty", "net-http"],
        "httpclient": [],
        "invoke-webrequest": ["invoke-restmethod"],
        "jax-rs": javaTransports.union(["jax-rs"]),
        "jquery": browsers,
        "ky": browsers.union(["fetch"]),
        "laravel-http": ["guzzle"],
        "locust": ["requests"],
        "nginx": [],
        "node-http": [],
        "php-curl": [],
        "refit": [],
        "restclient": javaTransports,
        "resttemplate": javaTransports,
        "retrofit": ["okhttp"],
        "web.contents": ["power-query"],
        "webclient": ["webclient"],
        "webrequest": [],
        "xmlhttprequest": browsers,
    ]
}

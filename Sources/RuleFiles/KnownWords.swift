/// Closed sets of words that rule files use.
enum KnownWords {
    /// Methods of HTTP whose target is a path (RFC 9110, 9.3; RFC 5789).
    static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]

    /// Languages in which examples may be written, as reports name them.
    static let languages = [
        "bruno", "c", "cpp", "csharp", "dart", "dockerfile", "dotenv", "elixir", "go", "groovy",
        "html",
        "http", "insomnia", "java", "javascript", "json", "kotlin", "lua", "makefile", "markdown",
        "nginx",
        "objective-c", "openapi", "perl", "php", "postman", "powerquery", "powershell",
        "properties", "python", "r", "ruby", "rust", "scala", "shell", "sql", "swift", "terraform",
        "toml", "typescript", "vba", "xml", "yaml",
    ]

    /// Log formats that have a name; another is given as nginx' or Apache's format string.
    static let logFormats = [
        "alb", "cloudfront-realtime", "combined", "common", "csv", "elb", "envoy", "haproxy",
        "haproxy-clf", "haproxy-https", "http-client", "ingress-nginx", "istio", "json", "main",
        "s3", "squid", "traefik", "uwsgi", "vhost_combined", "vhost_common", "w3c",
    ]
}

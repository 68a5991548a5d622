/// What request headers mean to us, however a server's format names them.
enum RequestHeader {
    /// The role of the header with this name, in any letter case; `_` stands for `-`, as nginx has it.
    static func role(of name: String) -> FieldRole {
        switch plain(name) {
        case "user-agent": .userAgent
        case "x-forwarded-for": .forwardedFor
        case "x-real-ip", "true-client-ip", "cf-connecting-ip", "x-envoy-external-address",
            "x-client-ip", "x-cluster-client-ip", "fastly-client-ip":
            .clientAddress
        case "host", ":authority": .host
        case ":method": .method
        case ":path", "x-envoy-original-path": .target
        default: .ignored
        }
    }

    /// The place of the header with this name in `headers`, the rules' version headers.
    static func index(of name: String, in headers: [String]) -> Int? {
        headers.firstIndex { plain($0) == plain(name) }
    }

    private static func plain(_ name: String) -> String {
        name.lowercased().map { $0 == "_" ? "-" : String($0) }.joined()
    }
}

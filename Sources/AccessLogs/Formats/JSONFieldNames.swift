/// What the fields of JSON access logs are called, over all producers.
///
/// A name is compared by its letters and digits, lower case, together with those of the objects around
/// it: `request.headers.User-Agent`, `request_headers_user_agent` and `requestHeadersUserAgent` are one.
struct JSONFieldNames: Sendable {
    /// What a field means.
    enum Meaning: Sendable {
        /// Of several fields with one role, the one with the lowest rank counts.
        case role(FieldRole, rank: UInt8)
        /// One of the rules' version headers.
        case header(Int)
        /// An object whose own name says nothing: `jsonPayload`, `properties`.
        case envelope
        /// An object of all request headers.
        case headers
        /// Text that may be a log line itself.
        case message
        /// A name that only a full list of request headers has.
        case ordinaryHeader
    }

    private var meanings: [UInt64: Meaning] = [:]

    /// With the version headers of the rules, in their order.
    init(headers: [String]) {
        for (role, names) in Self.names {
            for (rank, name) in names.enumerated() {
                set(name, .role(role, rank: UInt8(min(rank, 254))))
            }
        }
        for name in Self.envelopes { set(name, .envelope) }
        for name in Self.headerObjects { set(name, .headers) }
        for name in ["log", "message", "msg", "raw"] { set(name, .message) }
        for object in Self.headerObjects {
            for name in ["accept", "acceptencoding", "connection", "host"]
            where meanings[Self.hash(object + name)] == nil {
                set(object + name, .ordinaryHeader)
            }
        }
        for (index, header) in headers.enumerated() {
            for prefix in ["", "http", "request", "req", "requestheader"] + Self.headerObjects {
                set(prefix + header, .header(index))
            }
        }
    }

    private mutating func set(_ name: String, _ meaning: Meaning) {
        meanings[Self.hash(name)] = meaning
    }

    /// What the field with this hash means.
    func meaning(of hash: UInt64) -> Meaning? { meanings[hash] }

    /// The hash of no name.
    static let emptyHash: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The hash of a name that goes on with `byte`: FNV-1a over lower-case letters and digits.
    @inline(__always)
    static func extended(_ hash: UInt64, with byte: UInt8) -> UInt64 {
        let folded: UInt8
        switch byte {
        case 0x30...0x39, 0x61...0x7A: folded = byte
        case 0x41...0x5A: folded = byte | 0x20
        default: return hash
        }
        return (hash ^ UInt64(folded)) &* 0x100_0000_01B3
    }

    private static func hash(_ name: String) -> UInt64 {
        name.utf8.reduce(emptyHash, extended)
    }

    private static let envelopes = [
        "jsonpayload", "properties", "attributes", "fields", "payload", "data", "accesslog",
        "access",
        "nginx", "json", "context", "event", "parsed", "source", "result",
    ]

    private static let headerObjects = [
        "requestheaders", "headers", "reqheaders", "httprequestheaders", "httprequestheader",
    ]

    /// By role, the best name first.
    private static let names: [(FieldRole, [String])] = [
        (
            .time,
            [
                "requesttimeepoch", "timelocal", "timeiso8601", "msec", "startutc", "startedat",
                "starteddatetime", "edgestarttimestamp", "starttime", "starttimeunixnano",
                "requesttime", "requesttimestamp", "ts", "timestamp", "time", "datetime",
                "eventtime",
                "date", "timegenerated", "startlocal", "t", "realtimetimestamp", "asctime",
                "epochtime", "loggedtime", "timemicros", "timestamputc", "logtime", "eventtimeutc",
            ]
        ),
        (
            .clientAddress,
            [
                "clientip", "requestclientip", "clientaddress", "clientipaddress", "realip",
                "xrealip",
                "httpxrealip", "identitysourceip", "sourceip", "httprequestremoteip",
                "clientrequestip", "cip", "sourceaddress", "requestheaderscfconnectingip",
            ]
        ),
        (
            .address,
            [
                "remoteaddr", "remoteip", "requestremoteip", "requestremoteaddr", "clienthost",
                "clientaddr", "remoteaddress", "downstreamremoteaddress", "remotehost",
                "requestip", "ip", "client", "socketip", "peer", "networkclientip", "addr",
                "networkpeeraddress",
            ]
        ),
        (
            .forwardedFor,
            [
                "httpxforwardedfor", "xforwardedfor", "requestheadersxforwardedfor",
                "requestxforwardedfor", "headersxforwardedfor", "forwardedfor", "xff",
            ]
        ),
        (
            .user,
            [
                "remoteuser", "requestuser", "clientusername", "consumerusername", "userid",
                "username", "user", "identityuser", "identitycaller", "caller", "authuser",
                "requestuserid", "csusername", "principal", "login", "elogin",
            ]
        ),
        (.request, ["request", "requestline", "httprequestline"]),
        (
            .method,
            [
                "requestmethod", "httpmethod", "method", "httprequestrequestmethod",
                "clientrequestmethod", "httprequestmethod", "reqmethod", "requestverb", "verb",
                "csmethod", "requesthttpmethod",
            ]
        ),
        (
            .target,
            [
                "requesturi", "requesturl", "httprequestrequesturl", "clientrequesturi", "urlfull",
                "urloriginal", "originalpath", "url", "uri", "httptarget", "httpurl", "target",
                "requestpath", "path", "urlpath", "clientrequestpath", "requesttarget", "requri",
                "requrl", "reqpath", "csuristem", "eurl", "csuri", "csurl", "requestedurl",
                "fullurl", "httprequesturl", "httprequestpath", "rawpath",
                "originalrequesturiwithargs", "requestrequesturi",
            ]
        ),
        (
            .host,
            [
                "httphost", "requesthost", "authority", "requestauthority", "clientrequesthost",
                "requestheadershost", "headershost", "xhostheader", "originalhost", "host",
                "domainname", "vhost", "servername", "requestedservername", "serveraddress",
                "cshost", "reqhost", "ehost", "hostname", "hostheader", "requestedhost", "xhost",
                "virtualhost",
            ]
        ),
        (.upstreamHost, ["proxyhost", "upstreamhost", "upstreamauthority"]),
        (
            .status,
            [
                "downstreamstatus", "status", "responsestatus", "statuscode", "responsestatuscode",
                "responsecode", "httpstatus", "httpstatuscode", "httpresponsestatuscode",
                "edgeresponsestatus", "httprequeststatus", "resstatuscode", "resstatus",
                "elbstatuscode", "scstatus", "originstatus", "code", "respcode",
                "responsestatuscode", "returncode", "httpresponsecode",
            ]
        ),
        (
            .userAgent,
            [
                "httpuseragent", "requestheadersuseragent", "useragent", "requestuseragent",
                "headersuseragent", "clientrequestuseragent", "httprequestuseragent",
                "useragentoriginal", "identityuseragent", "requestheaderuseragent", "agent", "ua",
                "csuseragent", "reqheadersuseragent", "httprequestheadersuseragent",
                "httprequestheaderuseragent",
            ]
        ),
    ]
}

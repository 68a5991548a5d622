/// A request as a line of the stand-in's access log.
///
/// nginx's combined format; after it the time in milliseconds, the version header and the `Retry-After` that was
/// answered. ``format`` is what `scan logs --log-format` takes.
package struct AccessLogLine: Hashable, Sendable {
    /// The caller's address.
    package var address: String
    /// When the request came, in milliseconds since 1970.
    package var milliseconds: Int64
    /// The method.
    package var method: String
    /// Path and query, as sent.
    package var target: String
    /// What was answered; 0 where the connection was cut instead, which is written as 444, as nginx does.
    package var status: Int
    /// The body's length.
    package var bytes: Int
    /// The caller's own name.
    package var userAgent: String?
    /// The version header.
    package var apiVersion: String?
    /// The wait that was asked for.
    package var retryAfter: String?

    /// The format of a line, as an nginx `log_format`, for the version header of this name.
    package static func format(versionHeader: String) -> String {
        let variable = versionHeader.lowercased().map { $0 == "-" ? "_" : $0 }
        return #"$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "#
            + #""$http_referer" "$http_user_agent" $msec "$http_\#(String(variable))" "#
            + #""$sent_http_retry_after""#
    }

    /// The line, without its end.
    package var text: String {
        let seconds = milliseconds / 1000
        let fraction = String(1000 + milliseconds % 1000).dropFirst()
        return
            "\(address) - - [\(logTime(seconds))] \"\(escaped(method)) \(escaped(target)) HTTP/1.1\" "
            + "\(status == 0 ? 444 : status) \(bytes) \"-\" \"\(escaped(userAgent))\" "
            + "\(seconds).\(fraction) \"\(escaped(apiVersion))\" \"\(escaped(retryAfter))\""
    }

    /// As nginx escapes: quotes, backslashes, and all that is not printable ASCII.
    private func escaped(_ text: String?) -> String {
        guard let text, !text.isEmpty else { return "-" }
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), 0..<0x20, 0x7F...:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
            default: result.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return result
    }
}

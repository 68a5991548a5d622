package import Foundation

/// What a server answered, before anybody makes sense of it. No secret of the caller's is in it.
package struct RawAnswer: Hashable, Sendable {
    /// The status.
    package var status: Int
    /// Names in lower case, in the order in which they came.
    package var headers: [Header]
    /// The body, as far as the client takes it.
    package var body: [UInt8]
    /// From sending the request to the end of the body.
    package var time: Duration
    /// What the caller must not see.
    private let mask: SecretMask

    /// A header field.
    package struct Header: Hashable, Sendable {
        /// Lower case.
        package var name: String
        /// Without the blanks around it.
        package var value: String
    }

    init(
        status: Int, headers: [(name: String, value: String)], body: [UInt8], time: Duration,
        mask: SecretMask
    ) {
        self.status = status
        self.headers = headers.map {
            Header(name: $0.name.lowercased(), value: mask.masked($0.value))
        }
        self.body = body
        self.time = time
        self.mask = mask
    }

    /// An answer in which there is nothing to hide.
    package init(
        status: Int, headers: [(name: String, value: String)], body: [UInt8], time: Duration
    ) {
        self.init(
            status: status, headers: headers, body: body, time: time, mask: SecretMask([]))
    }

    /// All values of a header; `name` in lower case.
    package func values(_ name: String) -> [String] {
        headers.filter { $0.name == name }.map(\.value)
    }

    /// The first value of a header; `name` in lower case.
    package func value(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }

    /// The media type, lower case, without parameters.
    package var mediaType: String? {
        value("content-type").map { $0.prefix { $0 != ";" }.trimming.lowercased() }
    }

    /// The body as JSON; nil where it is none, whatever its type says.
    package var json: JSONValue? {
        JSONValue(parsing: body)?.mapStrings(mask.masked)
    }

    /// How long the server asks to wait: counted from its own `Date`, where it has one, so that the caller's clock does
    /// not matter.
    package func retryAfter(now: Date) -> Duration? {
        let here = Int64(now.timeIntervalSince1970)
        let there = value("date").flatMap { HTTPDate.seconds($0, now: here) } ?? here
        return RetryAfter.wait(values("retry-after"), now: there)
    }

    /// The id under which the provider's support finds the request. Which header has it is not documented: the usual
    /// ones are tried.
    package var requestID: String? {
        ["x-request-id", "request-id", "x-correlation-id", "x-amzn-requestid"].lazy
            .compactMap { value($0) }.first
    }
}

extension RawAnswer {
    /// The operation that the answer holds, or why there is none.
    package func operation(now: Date) throws(OperationsClientError) -> OperationsClient.Operation {
        switch status {
        case 200...299:
            guard let json else { throw .notJSON(status: status, contentType: mediaType) }
            return try OperationsClient.Operation(json)
        case 300...399:
            throw .redirected(status: status, location: value("location"))
        default:
            throw .refused(refusal(now: now))
        }
    }

    /// The answer as a refusal.
    package func refusal(now: Date) -> Refusal {
        let members = json?.object ?? [:]
        var refusal = Refusal(status: status)
        refusal.code = members["code"]?.string
        refusal.message = members["message"]?.string
        refusal.target = members["target"]?.string
        refusal.details = (members["details"]?.array ?? []).compactMap(OperationDetail.init)
        refusal.documentationURL = members["documentationUrl"]?.string
        refusal.requestID = requestID
        refusal.retryAfter = retryAfter(now: now)
        refusal.contentType = mediaType
        return refusal
    }
}

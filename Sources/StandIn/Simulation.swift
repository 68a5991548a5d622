/// A request, as far as the simulation looks at it.
struct StandInRequest: Hashable, Sendable {
    var method: String
    /// Without the query.
    var path: String
    /// What follows the question mark.
    var query: String = ""
    /// Names in lower case.
    var headers: [String: String] = [:]
    /// A form or JSON that was posted.
    var body: String = ""
    /// Where the stand-in is, as the caller sees it: `http://127.0.0.1:8080`.
    var origin: String = ""
}

/// An answer.
struct StandInAnswer: Hashable, Sendable {
    var status: Int
    var headers: [Header]
    var body: String
    /// What is to go wrong with it.
    var fault: Fault?

    struct Header: Hashable, Sendable {
        var name: String
        var value: String
    }

    func value(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// The API without its sockets: answers requests one after another. The time comes in as an argument, in milliseconds
/// since 1970.
struct Simulation: Sendable {
    let configuration: StandInConfiguration
    private let paths: Paths
    private var operations: [String: SimulatedOperation] = [:]
    /// The ids of operations in the order in which they began.
    private var order: [String] = []
    private var started = 0
    private var requests = 0
    private var deprecatedRequests = 0
    private var tokensGiven = 0
    /// When each token that was given ends, in milliseconds since 1970.
    private var tokens: [String: Int64] = [:]
    /// The times of the last requests for operations, by caller.
    private var recent: [String: [Int64]] = [:]

    /// More operations than that are not kept: the oldest go.
    private static let operationLimit = 200_000
    /// More callers, or tokens, than that are not told apart.
    private static let callerLimit = 10_000

    private struct Paths: Sendable {
        var operation: (old: PathShape, new: PathShape)
        var initiators: [(method: String, path: PathShape, isOld: Bool)]

        init(_ api: StandInAPI) {
            operation = (PathShape(api.path), PathShape(api.replacementPath))
            initiators = api.initiators.flatMap { call in
                [(call.method, PathShape(call.path), true)]
                    + (call.replacementPath.map { [(call.method, PathShape($0), false)] } ?? [])
            }
        }
    }

    init(_ configuration: StandInConfiguration) {
        self.configuration = configuration
        paths = Paths(configuration.api)
    }

    /// Answers `request`, which came at `time`.
    mutating func answer(_ request: StandInRequest, at time: Int64) -> StandInAnswer {
        var answer = respond(to: request, at: time)
        answer.headers.append(
            .init(name: "X-Request-Id", value: identifier(of: "request \(requests)")))
        return answer
    }

    private mutating func respond(to request: StandInRequest, at time: Int64) -> StandInAnswer {
        requests += 1
        if request.method == "POST", let answer = token(request, at: time) { return answer }
        if request.method == "GET" {
            for (shape, isOld) in [(paths.operation.old, true), (paths.operation.new, false)] {
                if let id = shape.lastParameter(of: request.path) {
                    return operation(id, isOld: isOld, request, at: time)
                }
            }
        }
        for call in paths.initiators where call.method == request.method {
            if call.path.lastParameter(of: request.path) != nil {
                return start(isOld: call.isOld, request, at: time)
            }
        }
        return refusal(404, "NotFound", "The stand-in has no such resource.")
    }

    // MARK: Operations

    private mutating func operation(
        _ id: String, isOld: Bool, _ request: StandInRequest, at time: Int64
    ) -> StandInAnswer {
        if let answer = unauthorized(request, at: time) { return answer }
        if let fault = configuration.faults.fault(ofRequest: requests),
            let answer = answer(to: fault, at: time)
        {
            return answer
        }
        if let answer = tooFast(request, at: time) { return answer }
        if let answer = versionMistake(isOld: isOld, request) { return answer }
        if isOld, let answer = sunset() { return announced(answer) }
        var answer = operationAnswer(id, at: time)
        answer.fault = configuration.faults.fault(ofRequest: requests)
        return isOld ? announced(answer) : answer
    }

    private mutating func operationAnswer(_ id: String, at time: Int64) -> StandInAnswer {
        if let status = Self.errorStatus(id) { return documentedError(status, at: time) }
        let polls = configuration.pollsPerStatus
        guard
            var operation = operations[id] ?? SimulatedOperation.named(id, at: time / 1000)
                ?? (configuration.operations.contains(id)
                    ? SimulatedOperation(id: id, ending: .completed, at: time / 1000) : nil)
        else {
            return refusal(404, "NotFound", "There is no operation '\(id)'.")
        }
        var answer = StandInAnswer(
            status: 200, headers: [.init(name: "Content-Type", value: "application/json")],
            body: operation.body(pollsPerStatus: polls).text)
        if !operation.isOver(pollsPerStatus: polls) { answer.headers += retryAfter(at: time) }
        operation.advance(pollsPerStatus: polls, at: time / 1000)
        keep(operation)
        return answer
    }

    /// `error-409`: the documented error of this status.
    private static func errorStatus(_ id: String) -> Int? {
        guard id.hasPrefix("error-"), let status = Int(id.dropFirst(6)),
            (400...599).contains(status)
        else { return nil }
        return status
    }

    private mutating func keep(_ operation: SimulatedOperation) {
        if operations.updateValue(operation, forKey: operation.id) == nil {
            order.append(operation.id)
            // Dropped many at a time, so that it costs little for each.
            if order.count > Self.operationLimit * 2 {
                for id in order.prefix(order.count - Self.operationLimit) { operations[id] = nil }
                order.removeFirst(order.count - Self.operationLimit)
            }
        }
    }

    private mutating func start(
        isOld: Bool, _ request: StandInRequest, at time: Int64
    ) -> StandInAnswer {
        if let answer = unauthorized(request, at: time) { return answer }
        if let answer = versionMistake(isOld: isOld, request) { return answer }
        if isOld, let answer = sunset() { return announced(answer) }
        started += 1
        let id = identifier(of: "operation \(started)")
        let ending =
            SimulatedOperation.Ending.allCases.first {
                request.query.split(separator: "&").contains("ending=\($0.rawValue)")
            } ?? .completed
        keep(SimulatedOperation(id: id, ending: ending, at: time / 1000))
        let template = isOld ? configuration.api.path : configuration.api.replacementPath
        let path = template.split(separator: "/").map { $0.hasPrefix("{") ? id[...] : $0 }
            .joined(separator: "/")
        let answer = StandInAnswer(
            status: 202,
            headers: [.init(name: "Location", value: "\(request.origin)/\(path)")]
                + retryAfter(at: time), body: "")
        return isOld ? announced(answer) : answer
    }

    // MARK: Refusals

    private func unauthorized(_ request: StandInRequest, at time: Int64) -> StandInAnswer? {
        guard let header = request.headers["authorization"], header.hasPrefix("Bearer ") else {
            return refusal(401, "Unauthorized", "A bearer token is needed; any will do.")
        }
        let token = String(header.dropFirst(7))
        guard token.hasPrefix("stand-in-") else { return nil }
        guard let end = tokens[token], time < end else {
            return refusal(401, "Unauthorized", "The token has ended, or was never given.")
        }
        return nil
    }

    private mutating func tooFast(_ request: StandInRequest, at time: Int64) -> StandInAnswer? {
        let limit = configuration.requestsPerSecond
        guard limit > 0 else { return nil }
        let caller = request.headers["authorization"] ?? ""
        var times = recent[caller, default: []]
        times.removeAll { $0 <= time - 1000 }
        defer {
            if recent.count < Self.callerLimit || recent[caller] != nil { recent[caller] = times }
        }
        guard times.count < limit else {
            var answer = refusal(
                429, "TooManyRequests", "More than \(limit) in a second; see Retry-After.")
            answer.headers += retryAfter(at: time, atLeast: 1)
            return answer
        }
        times.append(time)
        return nil
    }

    /// What half a migration is answered is not documented; the stand-in refuses it, so that it is seen.
    private func versionMistake(isOld: Bool, _ request: StandInRequest) -> StandInAnswer? {
        let api = configuration.api
        let sent = request.headers[api.versionHeader.lowercased()]
        let fits =
            isOld
            ? sent.map(api.deprecatedValues.contains) ?? (configuration.phase != .sunset)
            : sent == api.replacementValue
        // After the sunset, the old path is refused as such.
        if fits || isOld && configuration.phase == .sunset { return nil }
        let wanted = isOld ? api.deprecatedValues.joined(separator: ", ") : api.replacementValue
        return refusal(
            400, "UnsupportedVersion",
            "This path belongs to \(api.versionHeader) \(wanted); the request has "
                + "\(sent.map { "'\($0)'" } ?? "none"). That it is refused is the stand-in's choice: it is not documented."
        )
    }

    private mutating func sunset() -> StandInAnswer? {
        deprecatedRequests += 1
        switch configuration.phase {
        case .active, .deprecated: return nil
        case .brownout: if deprecatedRequests % 2 == 1 { return nil }
        case .sunset: break
        }
        return refusal(
            configuration.sunsetStatus, "StandInSunset",
            "This version is gone. What is answered after the sunset is not documented: status "
                + "\(configuration.sunsetStatus) is the stand-in's choice.")
    }

    private func documentedError(_ status: Int, at time: Int64) -> StandInAnswer {
        let code =
            switch status {
            case 400: "BadRequest"
            case 401: "Unauthorized"
            case 403: "Forbidden"
            case 404: "NotFound"
            case 409: "Conflict"
            case 429: "TooManyRequests"
            case 500: "InternalServerError"
            case 503: "ServiceUnavailable"
            default: "Error"
            }
        var answer = refusal(status, code, "The stand-in was asked for this error.")
        if status == 429 || status == 503 { answer.headers += retryAfter(at: time, atLeast: 1) }
        return answer
    }

    private func refusal(_ status: Int, _ code: String, _ message: String) -> StandInAnswer {
        StandInAnswer(
            status: status, headers: [.init(name: "Content-Type", value: "application/json")],
            body: JSONText.object([("code", .string(code)), ("message", .string(message))]).text)
    }

    /// The answer in place of which a fault stands; nil for those that spoil an answer on its way.
    private func answer(to fault: Fault, at time: Int64) -> StandInAnswer? {
        switch fault {
        case .reset: StandInAnswer(status: 0, headers: [], body: "", fault: fault)
        case .halfHeaders, .wrongLength, .slowBody: nil
        case .tooManyRequests: documentedError(429, at: time)
        case .serverFailure: documentedError(500, at: time)
        case .unavailable: documentedError(503, at: time)
        case .loginPage:
            StandInAnswer(
                status: 200, headers: [.init(name: "Content-Type", value: "text/html")],
                body: "<!doctype html><title>Log in</title><form><input name=user></form>")
        case .redirect:
            StandInAnswer(
                status: 302,
                headers: [.init(name: "Location", value: "https://login.stand-in.invalid/")],
                body: "")
        }
    }

    // MARK: Headers

    private func retryAfter(at time: Int64, atLeast least: Int = 0) -> [StandInAnswer.Header] {
        let seconds = max(configuration.retryAfter, least)
        guard seconds > 0 else { return [] }
        switch configuration.retryAfterForm {
        case .seconds: return [.init(name: "Retry-After", value: "\(seconds)")]
        case .date:
            // A date has no fractions of a second; it is rounded up.
            let date = (time + 999) / 1000 + Int64(seconds)
            return [.init(name: "Retry-After", value: httpDate(date))]
        }
    }

    private func announced(_ answer: StandInAnswer) -> StandInAnswer {
        let api = configuration.api
        guard configuration.announcement != .none, configuration.phase != .active else {
            return answer
        }
        var answer = answer
        if let day = api.deprecatedAt {
            let value = configuration.announcement == .draft ? httpDate(day) : "@\(day)"
            answer.headers.append(.init(name: "Deprecation", value: value))
        }
        if let day = api.sunsetAt {
            answer.headers.append(.init(name: "Sunset", value: httpDate(day)))
        }
        answer.headers.append(
            .init(
                name: "Link",
                value: "<https://stand-in.invalid/deprecation>; rel=\"deprecation\", "
                    + "<\(api.replacementPath)>; rel=\"successor-version\""))
        return answer
    }

    // MARK: Tokens

    /// The answer to a request for a token; nil where it is none.
    private mutating func token(_ request: StandInRequest, at time: Int64) -> StandInAnswer? {
        let sent = request.headers[configuration.api.versionHeader.lowercased()]
        switch request.path {
        case "/iam/v1/oauth2/token":
            // Seen so in public client code.
            if sent == configuration.api.replacementValue {
                return refusal(404, "NotFound", "This path has no such version.")
            }
        case "/oauth2/token":
            if sent != configuration.api.replacementValue {
                return refusal(
                    400, "UnsupportedVersion",
                    "\(configuration.api.versionHeader): \(configuration.api.replacementValue) is needed."
                )
            }
        default: return nil
        }
        let fields = Set(request.body.split(separator: "&").map { $0.prefix { $0 != "=" } })
        guard fields.isSuperset(of: ["grant_type", "client_id", "client_secret"]) else {
            return refusal(
                400, "invalid_request", "A form with the client's credentials is needed.")
        }
        tokensGiven += 1
        let token = "stand-in-\(identifier(of: "token \(tokensGiven)"))"
        if tokens.count >= Self.callerLimit { tokens = tokens.filter { $0.value > time } }
        if tokens.count < Self.callerLimit {
            tokens[token] = time + Int64(configuration.tokenLifetime) * 1000
        }
        return StandInAnswer(
            status: 200, headers: [.init(name: "Content-Type", value: "application/json")],
            body: JSONText.object([
                ("access_token", .string(token)), ("token_type", .string("bearer")),
                ("expires_in", .number(configuration.tokenLifetime)),
            ]).text)
    }
}

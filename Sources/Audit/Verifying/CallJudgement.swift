import Deprecations
import OperationsClient

/// What an answer shows. It decides, and sends nothing.
struct CallJudgement {
    /// What it shows.
    var verdict: Verification.Verdict
    /// Why, in a sentence.
    var reason: String
    /// The body, where the answer is an operation.
    var operation: JSONValue?

    /// Of an answer. Only the API's own words count: an operation for *live*, its error with status 410 for *gone*.
    init(_ answer: RawAnswer) {
        let members = answer.json?.object
        let isProviders = members?["code"]?.string != nil && members?["message"]?.string != nil
        let words = isProviders ? Self.words(members ?? [:]) : ""
        switch answer.status {
        case 200...299:
            if let json = answer.json, members?["id"]?.string != nil,
                members?["status"]?.string != nil
            {
                self.init(verdict: .live, reason: "the answer is an operation", operation: json)
            } else {
                self.init(
                    verdict: .unknown,
                    reason: members == nil
                        ? "status \(answer.status), but \(Self.form(answer)) in place of JSON: a login page or a proxy may have answered"
                        : "status \(answer.status), but the JSON is no operation")
            }
        case 300...399:
            self.init(
                verdict: .unknown,
                reason: "the caller is sent elsewhere; redirects are not followed")
        case 410 where isProviders:
            self.init(verdict: .gone, reason: "the API says that it is gone\(words)")
        case 410:
            self.init(
                verdict: .unknown,
                reason:
                    "gone, but \(Self.form(answer)) in place of the API's own error: a proxy may have answered"
            )
        default:
            self.init(
                verdict: .unknown,
                reason: Self.refusal(answer.status)
                    + (isProviders
                        ? words
                        : "; \(Self.form(answer)) in place of the API's own error: a proxy or a firewall may have answered")
            )
        }
    }

    /// Of a call that brought no answer.
    init(_ error: OperationsClientError) {
        self.init(verdict: .unknown, reason: "no answer: \(error)")
    }

    private init(
        verdict: Verification.Verdict, reason: String, operation: JSONValue? = nil
    ) {
        self.verdict = verdict
        self.reason = reason
        self.operation = operation
    }

    private static func refusal(_ status: Int) -> String {
        switch status {
        case 400: "the request is refused as it is"
        case 401: "the token is not taken, which says nothing of the endpoint"
        case 403: "the caller is not allowed to, which says nothing of the endpoint"
        case 404: "not found: no such operation and no such endpoint look alike"
        case 409: "in conflict with the operation's state"
        case 429: "too many requests"
        case 500...599: "the server failed"
        default: "refused"
        }
    }

    private static func words(_ members: [String: JSONValue]) -> String {
        let texts = [members["code"]?.string, members["message"]?.string].compactMap { $0 }
        return " (\(texts.joined(separator: ": ").prefix(200)))"
    }

    private static func form(_ answer: RawAnswer) -> String {
        if answer.body.isEmpty { return "an empty body" }
        switch answer.mediaType {
        case "text/html", "application/xhtml+xml": return "HTML"
        case let type?: return "'\(type.prefix(60))'"
        case nil: return "a body of no stated type"
        }
    }
}

extension Verification.Answer {
    /// What is kept of an answer; `now` is in seconds since 1970.
    init(_ answer: RawAnswer, notices: LifecycleNotices, retryAfter: Duration?) {
        self.init(
            status: answer.status,
            milliseconds: Int(answer.time / .milliseconds(1)),
            contentType: answer.mediaType.map(Self.short),
            operationStatus: answer.json?.object?["status"]?.string.map(Self.short),
            retryAfterSeconds: retryAfter.map { Int($0.components.seconds) },
            requestID: answer.requestID.map(Self.short),
            deprecation: answer.value("deprecation").map {
                Verification.Announcement(
                    text: Self.short($0), day: Self.day(notices.deprecation?.seconds))
            },
            sunset: answer.value("sunset").map {
                Verification.Announcement(
                    text: Self.short($0), day: Self.day(notices.sunset?.seconds))
            },
            links: notices.links.prefix(10).map {
                Verification.Link(relation: $0.relation, target: Self.short($0.target))
            },
            warnings: notices.warnings.prefix(10).map(Self.short))
    }

    /// What a server sends is bounded before it is kept.
    private static func short(_ text: String) -> String { String(text.prefix(300)) }

    /// The day in UTC, where it is one that a calendar of ours has.
    private static func day(_ seconds: Int64?) -> CalendarDay? {
        guard let seconds, (0..<253_402_300_800).contains(seconds) else { return nil }
        return Timestamp(seconds: seconds).day
    }

    /// Where a live date is not the rule's. A replacement that announces its own end is worth knowing, too.
    func dateFindings(_ rule: Rule, usage: Usage) -> [Verification.Finding] {
        let announced = [
            ("Deprecation", deprecation, rule.lifecycle.deprecatedOn?.day),
            ("Sunset", sunset, rule.lifecycle.sunsetOn?.day),
        ]
        return announced.compactMap { name, announcement, known in
            guard let announcement, let day = announcement.day else { return nil }
            let message: String
            if usage == .migrated {
                message = "the replacement, too, is announced to end: its \(name) is \(day)"
            } else if let known {
                if known == day { return nil }
                message = "the server's \(name) is \(day), the rule's \(known)"
            } else {
                message = "the server's \(name) is \(day); the rule names none"
            }
            return Verification.Finding(subject: .date, message: message)
        }
    }
}

import Deprecations

extension JSONReport {
    struct VerificationEntry: Encodable {
        var rule: String
        var usage: Usage
        var method: String
        var host: String
        var path: String
        var apiVersion: LoggedVersionEntry
        var halfMigrated: Bool
        var operation: String
        var day: String
        var at: String
        var verdict: Verification.Verdict
        var reason: String
        @OrNull var answer: AnswerEntry?
        var findings: [Verification.Finding]

        init(_ verification: Verification) {
            let call = verification.call
            rule = call.rule
            usage = call.usage
            method = call.method
            host = call.host
            path = call.path
            apiVersion = LoggedVersionEntry(
                class: call.apiVersion.versionClass, value: call.apiVersion.value)
            halfMigrated = call.isHalfMigrated
            operation = verification.operation
            day = verification.at.day.description
            at = verification.at.description
            verdict = verification.verdict
            reason = verification.reason
            answer = verification.answer.map(AnswerEntry.init)
            findings = verification.findings
        }
    }

    struct AnswerEntry: Encodable {
        var status: Int
        var milliseconds: Int
        @OrNull var contentType: String?
        @OrNull var operationStatus: String?
        @OrNull var retryAfterSeconds: Int?
        @OrNull var requestId: String?
        @OrNull var deprecation: AnnouncementEntry?
        @OrNull var sunset: AnnouncementEntry?
        var links: [Verification.Link]
        var warnings: [String]

        init(_ answer: Verification.Answer) {
            status = answer.status
            milliseconds = answer.milliseconds
            contentType = answer.contentType
            operationStatus = answer.operationStatus
            retryAfterSeconds = answer.retryAfterSeconds
            requestId = answer.requestID
            deprecation = answer.deprecation.map(AnnouncementEntry.init)
            sunset = answer.sunset.map(AnnouncementEntry.init)
            links = answer.links
            warnings = answer.warnings
        }
    }

    struct AnnouncementEntry: Encodable {
        var text: String
        @OrNull var day: String?

        init(_ announcement: Verification.Announcement) {
            text = announcement.text
            day = announcement.day?.description
        }
    }
}

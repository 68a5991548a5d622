import Deprecations

extension JSONReport {
    struct CallSiteEntry: Encodable {
        var id: String
        var rule: String
        var usage: Usage
        var kind: Kind
        var confidence: Confidence
        var root: String
        var path: String
        var line: Int
        var column: Int
        @OrNull var callLine: Int?
        var language: String
        @OrNull var client: String?
        var role: Role
        @OrNull var symbol: String?
        var method: String
        @OrNull var url: String?
        @OrNull var host: String?
        var apiVersion: APIVersionEntry
        var halfMigrated: Bool
        var polling: PollingEntry
        @OrNull var owner: String?
        @OrNull var introducedOn: String?
        var status: FindingStatus
        var evidence: [EvidenceEntry]

        init(_ reported: ReportedCallSite) {
            let site = reported.site
            id = site.id.description
            rule = site.rule
            usage = site.usage
            kind = site.kind
            confidence = site.confidence
            root = site.root
            path = site.path
            line = site.line
            column = site.column
            callLine = site.callLine
            language = site.language
            client = site.client
            role = site.role
            symbol = site.symbol
            method = site.method
            url = site.url
            host = site.host
            apiVersion = APIVersionEntry(site.apiVersion)
            halfMigrated = site.halfMigrated
            polling = PollingEntry(
                inLoop: site.polling.inLoop, retryAfter: site.polling.retryAfter)
            owner = reported.owner
            introducedOn = reported.introducedOn?.description
            status = reported.status
            evidence = site.evidence.map(EvidenceEntry.init)
        }
    }

    struct APIVersionEntry: Encodable {
        var `class`: APIVersionClass
        @OrNull var value: String?
        @OrNull var evidence: PlaceEntry?

        init(_ use: APIVersionUse) {
            self.class = use.versionClass
            value = use.value
            evidence = use.evidence.map { PlaceEntry(path: $0.path, line: $0.line) }
        }
    }

    struct PlaceEntry: Encodable {
        var path: String
        var line: Int
    }

    struct PollingEntry: Encodable {
        var inLoop: Bool
        var retryAfter: RetryAfterUse
    }

    struct EvidenceEntry: Encodable {
        var path: String
        var line: Int
        var note: String

        init(_ evidence: Evidence) {
            path = evidence.place.path
            line = evidence.place.line
            note = evidence.note
        }
    }
}

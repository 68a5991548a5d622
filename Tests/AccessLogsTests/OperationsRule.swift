import Deprecations
import Testing

/// The rules that these tests count requests of.
enum OperationsRule {
    static func rule() throws -> Rule {
        let hosts = ["api.app.wdesk.com", "api.eu.wdesk.com", "api.apac.wdesk.com"].map {
            RuleHost(name: $0, kind: .production)
        }
        let deprecated = try #require(CalendarDay("2026-02-12"))
        let sunset = try #require(CalendarDay("2029-01-31"))
        return Rule(
            id: "workiva-get-operation", title: "GET operation",
            provider: Provider(name: "Workiva"),
            endpoint: Endpoint(
                method: "GET", path: try PathTemplate("/platform/v1/operations/{operationId}"),
                hosts: hosts),
            versionHeader: VersionHeader(
                name: "X-Version", deprecatedValues: ["2022-01-01"], replacementValue: "2026-01-01",
                absence: .deprecatedVersion),
            lifecycle: Lifecycle(
                deprecatedOn: AnnouncedDay(day: deprecated, source: "the page"),
                sunsetOn: AnnouncedDay(day: sunset, source: "the page")),
            replacement: Replacement(
                method: "GET", path: try PathTemplate("/operations/{operationId}"),
                apiVersion: "2026-01-01"))
    }
}

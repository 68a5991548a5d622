import Deprecations
import Foundation

/// Findings that are known and accepted for now: those of an earlier JSON report.
struct Baseline: Sendable {
    /// As much of a report as a baseline needs.
    private struct Document: Decodable {
        struct CallSite: Decodable {
            var id: String
            var status: FindingStatus
        }

        var schema: String
        var callSites: [CallSite]
    }

    private static let sizeLimit = 512 << 20
    private let ids: Set<CallSiteID>

    /// Reads the report in the file at `path`; nil, and a mistake more, where it is none.
    init?(path: String, _ mistakes: inout [String]) {
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: Self.sizeLimit)
        else {
            mistakes.append("--baseline: '\(path)' cannot be read")
            return nil
        }
        guard let document = try? JSONDecoder().decode(Document.self, from: data),
            document.schema == "lastcall/report@1"
        else {
            mistakes.append(
                "--baseline: '\(path)' is no JSON report; 'lastcall report --format json' writes one"
            )
            return nil
        }
        ids = Set(document.callSites.filter { $0.status != .resolved }.map { CallSiteID($0.id) })
    }

    /// The report with what the baseline does not have as new, and all else as known.
    func applied(to report: AuditReport) -> AuditReport {
        var report = report
        report.hasBaseline = true
        for index in report.callSites.indices where report.callSites[index].status != .resolved {
            let isKnown = ids.contains(report.callSites[index].site.id)
            report.callSites[index].status = isKnown ? .open : .new
        }
        return report
    }
}

import Deprecations
import Foundation
import Mustache

/// What a template sees: the JSON report, and its call sites sorted into the lists of the other reports.
enum TemplateContext {
    static func of(_ report: AuditReport) throws -> [String: Any] {
        let bytes = try JSONEncoder().encode(JSONReport(report))
        let value = try JSONDecoder().decode(TemplateValue.self, from: bytes)
        var context = value.content as? [String: Any] ?? [:]
        let parts = ReportParts(report.callSites)
        let callers = Urgency.sorted(
            parts.callers, joined: CodeTraffic(report, parts: parts), rules: RuleBook(report))
        context["callers"] = try list(callers)
        context["unsure"] = try list(parts.unsure)
        context["migrated"] = try list(parts.migrated)
        context["references"] = try list(parts.references)
        context["gone"] = try list(report.callSites.filter { $0.status == .resolved })
        var owners: [[String: Any]] = []
        for owner in Set(callers.compactMap(\.owner)).sorted() {
            owners.append([
                "owner": owner.visible, "callers": try list(callers.filter { $0.owner == owner }),
            ])
        }
        context["owners"] = owners
        return context
    }

    private static func list(_ entries: [ReportedCallSite]) throws -> [Any] {
        let bytes = try JSONEncoder().encode(entries.map(JSONReport.CallSiteEntry.init))
        let value = try JSONDecoder().decode(TemplateValue.self, from: bytes)
        return value.content as? [Any] ?? []
    }
}

/// Any value of JSON, as Mustache takes it.
private struct TemplateValue: Decodable {
    /// Nothing: it shows as nothing, and a section on it is not written. A name that is `null` is found, so that the same
    /// name further out does not stand in for it.
    private struct Null: MustacheCustomRenderable {
        var renderText: String { "" }
        var isNull: Bool { true }
    }

    let content: Any

    init(from decoder: any Decoder) throws {
        let single = try decoder.singleValueContainer()
        if single.decodeNil() {
            content = Null()
        } else if let flag = try? single.decode(Bool.self) {
            content = flag
        } else if let number = try? single.decode(Int.self) {
            content = number
        } else if let number = try? single.decode(Double.self) {
            content = number
        } else if let text = try? single.decode(String.self) {
            content = text.visible
        } else if let list = try? single.decode([TemplateValue].self) {
            content = list.map(\.content)
        } else {
            content = try single.decode([String: TemplateValue].self).mapValues(\.content)
        }
    }
}

import ArgumentParser
import Audit
import Deprecations
import Foundation
import Reports

extension ReportFormat: ExpressibleByArgument {}
extension ReportTable: ExpressibleByArgument {}

/// How a report is written.
struct ReportOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The report's format. (default: markdown; 'scan' writes a list)", valueName: "format"))
    var format: ReportFormat?
    @Option(
        name: .long,
        help: ArgumentHelp("Which list a CSV holds. (default: call-sites)", valueName: "table"))
    var table: ReportTable?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Fill this template of your own, in Mustache, instead of a format.", valueName: "file"))
    var template: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Write a report for each owner into this folder too.", valueName: "folder"))
    var byOwner: String?

    func validate() throws {
        if table != nil, format != .csv {
            throw ValidationError(
                "'--table' belongs to '--format csv'; the other formats hold all lists.")
        }
        if template != nil, format != nil {
            throw ValidationError("'--template' and '--format' exclude each other.")
        }
    }

    /// Whether a report is asked for, where a list would be written else.
    var isGiven: Bool { format != nil || template != nil || byOwner != nil }

    /// Reads and checks what the options name, before any work is done.
    func writing() throws -> ReportWriting {
        let folder = byOwner.map(OutputFolder.init)
        if let mistake = folder?.mistake() { throw AuditError.unusable([mistake]) }
        guard let path = template else {
            return ReportWriting(
                form: .format(format ?? .markdown, table ?? .callSites), folder: folder)
        }
        guard let data = FileManager.default.contents(atPath: path),
            let text = String(data: data, encoding: .utf8)
        else { throw AuditError.unusable(["--template: '\(path)' cannot be read as UTF-8 text"]) }
        do throws(ReportTemplateError) {
            return ReportWriting(
                form: .template(try ReportTemplate(text, path: path)), folder: folder)
        } catch {
            throw AuditError.unusable(["--template: \(error)"])
        }
    }
}

/// How a report is written, checked.
struct ReportWriting {
    /// What makes bytes of a report.
    enum Form {
        case format(ReportFormat, ReportTable)
        case template(ReportTemplate)
    }

    var form: Form
    /// Where each owner's report goes.
    var folder: OutputFolder?

    /// Writes each owner's report, and answers the bytes of the whole.
    func write(_ report: AuditReport) throws -> [UInt8] {
        if let folder {
            try folder.write(
                report.shares.map {
                    (stem: $0.share?.fileStem ?? "report", bytes: try bytes(of: $0))
                },
                ending: ending)
        }
        return try bytes(of: report)
    }

    private func bytes(of report: AuditReport) throws -> [UInt8] {
        switch form {
        case .format(let format, let table): try Reports.write(report, as: format, table: table)
        case .template(let template): try template.write(report)
        }
    }

    private var ending: String {
        switch form {
        case .format(.markdown, _): "md"
        case .format(let format, _): format.rawValue
        case .template(let template): template.fileEnding
        }
    }
}

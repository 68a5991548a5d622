package import Deprecations
import Mustache

/// A user's own template in Mustache, filled with what the JSON report has.
package struct ReportTemplate: Sendable {
    /// How values are escaped that stand in two braces.
    private enum Escaping: String {
        case html = "HTML"
        case markdown = "MARKDOWN"
        case text = "TEXT"

        /// By the ending of the file's name, `.mustache` left aside.
        init(path: String) {
            let name = path.hasSuffix(".mustache") ? path.dropLast(9) : path[...]
            switch name.split(separator: ".").last?.lowercased() {
            case "html", "htm": self = .html
            case "md", "markdown": self = .markdown
            default: self = .text
            }
        }
    }

    private static let refused = ["{{>", "{{<", "{{$", "{{="]
    private let template: MustacheTemplate
    /// The ending of what it makes: `md` of `weekly.md.mustache`.
    package let fileEnding: String

    /// Parses the text of the file at `path`.
    package init(_ text: String, path: String) throws(ReportTemplateError) {
        MustacheContentTypes.register(MarkdownContent(), named: Escaping.markdown.rawValue)
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        where Self.refused.contains(where: line.contains) {
            throw ReportTemplateError(
                path: path, line: number + 1,
                message: "a template can take in no other one, and no other delimiters")
        }
        do {
            template = try MustacheTemplate(
                string: "{{% CONTENT_TYPE:\(Escaping(path: path).rawValue)}}\n" + text)
        } catch let error as MustacheTemplate.ParserError {
            throw ReportTemplateError(
                path: path, line: max(1, error.context.lineNumber - 1), message: "\(error.error)")
        } catch {
            throw ReportTemplateError(path: path, line: 1, message: "\(error)")
        }
        let name = path.hasSuffix(".mustache") ? path.dropLast(9) : path[...]
        let ending = name.split(separator: "/").last?.split(separator: ".").dropFirst().last
        fileEnding = ending.map(String.init) ?? "txt"
    }

    /// The template, filled.
    package func write(_ report: AuditReport) throws -> [UInt8] {
        Array(template.render(try TemplateContext.of(report)).utf8)
    }
}

/// What is wrong with a template.
package struct ReportTemplateError: Error, CustomStringConvertible {
    var path: String
    var line: Int
    var message: String

    /// The place and the mistake.
    package var description: String { "\(path):\(line): \(message)" }
}

/// How values are escaped for Markdown, in prose and in tables.
private struct MarkdownContent: MustacheContentType {
    func escapeText(_ text: String) -> String {
        MarkdownEscape.prose(text).writing(["|": "\\|"])
    }
}

import AccessLogs
package import Deprecations
import RuleFiles
import SourceScan

/// The rules of a configuration, for people to look at and to try.
package struct RuleCatalog: Sendable {
    /// A rule and the file that it stands in.
    package struct Entry: Sendable {
        /// The rule.
        package var rule: Rule
        /// The file, as it was named; `builtin:NAME` for those in the binary.
        package var file: String
        /// The file's YAML text.
        package var text: String
    }

    /// An example that did not come out as its rule says.
    package struct Failure: Hashable, Sendable, CustomStringConvertible {
        /// The rule file.
        package var file: String
        /// Where the example begins, 1-based.
        package var line: Int
        /// The rule's id.
        package var rule: String
        /// What should have come, and what came.
        package var message: String

        /// `file:line: rule: message`
        package var description: String { "\(file):\(line): \(rule): \(message)" }
    }

    /// The rules in the order of their files.
    package let entries: [Entry]
    private let gateways: [Settings.Gateway]

    /// Reads the rules that `configuration` names. Throws every mistake in them at once.
    package init(_ configuration: AuditConfiguration) throws(AuditError) {
        let preparation = try Preparation(configuration)
        entries = preparation.ruleFiles.flatMap { file in
            file.rules.map { Entry(rule: $0, file: file.path, text: file.text) }
        }
        gateways = preparation.settings.gateways
    }

    /// The rule with this id; throws with advice where there is none.
    package func entry(_ id: String) throws(AuditError) -> Entry {
        if let entry = entries.first(where: { $0.rule.id == id }) { return entry }
        let hint =
            nearestWord(to: id, among: entries.map(\.rule.id)).map { "did you mean '\($0)'?" }
            ?? "'lastcall rules list' lists them"
        throw .unusable(["there is no rule '\(id)'; \(hint)"])
    }

    /// The texts that the gate of the code scan looks for.
    package var gateLiterals: [String] {
        SourceScanner(rules: entries.map(\.rule), gateways: gateways).gate.literals
    }

    /// Runs the examples of every rule; answers how many there are, and those that fail.
    package func runExamples() -> (count: Int, failures: [Failure]) {
        var count = 0
        var failures: [Failure] = []
        for entry in entries {
            let scanner = SourceScanner(rules: [entry.rule])
            let reader = LogReader(rules: [entry.rule], gateways: [], callers: [])
            for example in entry.rule.examples {
                count += 1
                let problem =
                    switch example.content {
                    case .code(let language, let text):
                        example.expectation.problem(
                            with: scanner.scan(snippet: text, language: language))
                    case .log(let format, let text):
                        problem(in: text, format, example.expectation, reader)
                    }
                guard let problem else { continue }
                failures.append(
                    Failure(
                        file: entry.file, line: example.line, rule: entry.rule.id,
                        message: example.note.map { "\(problem) (\($0))" } ?? problem))
            }
        }
        return (count, failures)
    }

    private func problem(
        in text: String, _ format: String, _ expectation: RuleExample.Expectation,
        _ reader: LogReader
    ) -> String? {
        do throws(LogFormatError) {
            return expectation.problem(with: try reader.traffic(inSample: text, format: format))
        } catch {
            return "\(error)"
        }
    }
}

extension RuleExample.Expectation {
    /// What is wrong with the call sites that were found; nil where nothing is.
    fileprivate func problem(with sites: [CallSite]) -> String? {
        switch self {
        case .match(let usage, let kind):
            let fits = sites.contains { $0.usage == usage && (kind == nil || $0.kind == kind) }
            if fits { return nil }
            let wanted = kind.map { "a '\($0.rawValue)'" } ?? "a call site"
            return "\(wanted) with usage '\(usage.rawValue)' must be found; "
                + (sites.isEmpty
                    ? "nothing was"
                    : "found: \(sites.map { "\($0.kind.rawValue) (\($0.usage.rawValue)) in line \($0.line)" }.joined(separator: ", "))")
        case .noMatch:
            guard let site = sites.first(where: { $0.kind.isCaller && $0.confidence > .low })
            else { return nil }
            return
                "no caller must be found; there is a '\(site.kind.rawValue)' in line \(site.line)"
        }
    }

    /// What is wrong with the requests that were found; nil where nothing is.
    fileprivate func problem(with traffic: [Traffic]) -> String? {
        switch self {
        case .match(let usage, _):
            return traffic.contains { $0.key.usage == usage }
                ? nil : "a request with usage '\(usage.rawValue)' must be found; none was"
        case .noMatch:
            let requests = traffic.reduce(0) { $0 + $1.totals.requests }
            return requests == 0
                ? nil
                : "no request must be found; there \(requests == 1 ? "is 1" : "are \(requests)")"
        }
    }
}

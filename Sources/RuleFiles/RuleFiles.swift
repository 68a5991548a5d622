package import Deprecations
import Foundation

/// A rule file: its text and what it says.
package struct RuleFile: Hashable, Sendable {
    /// As it was named; `builtin:NAME` for those in the binary.
    package var path: String
    /// The YAML text.
    package var text: String
    /// The rules in it, in order.
    package var rules: [Rule]
}

/// Reads rule files, or says every mistake in them.
package enum RuleFiles {
    /// The rules that come with the tool.
    package static func builtin() throws(RuleFileErrors) -> [RuleFile] {
        try together(
            BuiltinRules.texts.map { ("builtin:\($0.name)", .success($0.text)) })
    }

    /// Reads files, and folders with their `*.yaml` and `*.yml`.
    package static func load(paths: [String]) throws(RuleFileErrors) -> [RuleFile] {
        var texts: [(String, Result<String, Unreadable>)] = []
        for path in paths {
            for file in files(at: path) { texts.append((file, text(of: file))) }
        }
        return try together(texts)
    }

    /// Reads one text.
    package static func parse(_ text: String, file: String) throws(RuleFileErrors) -> RuleFile {
        let list = MistakeList(file: file)
        let rules = RuleReader.rules(in: text, list)
        guard list.mistakes.isEmpty else { throw RuleFileErrors(list.mistakes) }
        return RuleFile(path: file, text: text, rules: rules)
    }

    /// Looks for ids that stand in more than one of the files.
    package static func checkTogether(_ files: [RuleFile]) throws(RuleFileErrors) {
        let mistakes = repeatedIDs(files)
        guard mistakes.isEmpty else { throw RuleFileErrors(mistakes) }
    }

    // MARK: Files

    private struct Unreadable: Error {
        var text: String
    }

    private static func together(
        _ texts: [(String, Result<String, Unreadable>)]
    ) throws(RuleFileErrors) -> [RuleFile] {
        var files: [RuleFile] = []
        var mistakes: [RuleFileErrors.Mistake] = []
        for (path, text) in texts {
            switch text {
            case .success(let text):
                do throws(RuleFileErrors) { files.append(try parse(text, file: path)) } catch {
                    mistakes += error.mistakes
                }
            case .failure(let problem):
                mistakes.append(.init(file: path, line: 0, column: 0, text: problem.text))
            }
        }
        mistakes += repeatedIDs(files)
        guard mistakes.isEmpty else { throw RuleFileErrors(mistakes) }
        return files
    }

    private static func repeatedIDs(_ files: [RuleFile]) -> [RuleFileErrors.Mistake] {
        var first: [String: String] = [:]
        var mistakes: [RuleFileErrors.Mistake] = []
        for file in files {
            for rule in file.rules {
                if let other = first[rule.id], other != file.path {
                    mistakes.append(
                        .init(
                            file: file.path, line: 0, column: 0,
                            text: "the rule '\(rule.id)' stands in \(other) too; rename one of them"
                        ))
                } else {
                    first[rule.id] = file.path
                }
            }
        }
        return mistakes
    }

    private static func files(at path: String) -> [String] {
        guard isFolder(path) == true,
            let names = try? FileManager.default.contentsOfDirectory(atPath: path)
        else { return [path] }
        let found = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
        return found.isEmpty
            ? [path] : found.map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
    }

    /// Nil where there is nothing at `path`.
    private static func isFolder(_ path: String) -> Bool? {
        let place = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let type =
            try? FileManager.default.attributesOfItem(atPath: place)[.type] as? FileAttributeType
        return type.map { $0 == .typeDirectory }
    }

    private static func text(of path: String) -> Result<String, Unreadable> {
        guard let isFolder = isFolder(path) else {
            return .failure(Unreadable(text: "there is no such file"))
        }
        if isFolder { return .failure(Unreadable(text: "the folder has no *.yaml file")) }
        guard let data = FileManager.default.contents(atPath: path) else {
            return .failure(Unreadable(text: "the file cannot be read; look at its permissions"))
        }
        guard let text = String(data: data, encoding: .utf8) else {
            return .failure(Unreadable(text: "the file is not UTF-8 text"))
        }
        return .success(text)
    }
}

/// The texts of `rules/`, embedded in the binary.
enum BuiltinRules {
    /// Name and text of each file.
    static var texts: [(name: String, text: String)] {
        [
            (
                "workiva-operations.yaml",
                String(decoding: PackageResources.workiva_operations_yaml, as: UTF8.self)
            )
        ]
    }
}

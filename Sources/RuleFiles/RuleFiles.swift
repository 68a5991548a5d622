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
    /// Where each rule's id is written.
    var ids: [RuleFileContent.WrittenID]
}

/// Reads rule files, or says every mistake in them.
package enum RuleFiles {
    /// The rules that come with the tool.
    package static func builtin() throws(RuleFileErrors) -> [RuleFile] {
        try finished(BuiltinRules.texts.map { read($0.text, file: "builtin:\($0.name)") })
    }

    /// Reads files, and folders with their `*.yaml` and `*.yml`; a file that is named twice is read once.
    package static func load(paths: [String]) throws(RuleFileErrors) -> [RuleFile] {
        var seen: Set<String> = []
        var readings: [Reading] = []
        for path in paths {
            for place in places(at: path) where seen.insert(resolved(place.path)).inserted {
                readings.append(read(place))
            }
        }
        return try finished(readings)
    }

    /// Reads one text.
    package static func parse(_ text: String, file: String) throws(RuleFileErrors) -> RuleFile {
        let reading = read(text, file: file)
        guard reading.mistakes.isEmpty else { throw RuleFileErrors(reading.mistakes) }
        return reading.file
    }

    /// Looks for ids that stand in more than one of the files.
    package static func checkTogether(_ files: [RuleFile]) throws(RuleFileErrors) {
        let mistakes = repeatedIDs(files)
        guard mistakes.isEmpty else { throw RuleFileErrors(mistakes) }
    }

    // MARK: Readings

    /// A file as far as it could be read, and what is wrong with it.
    private struct Reading {
        var file: RuleFile
        var mistakes: [RuleFileErrors.Mistake]
    }

    private static func read(_ text: String, file: String) -> Reading {
        let list = MistakeList(file: file)
        let content = RuleReader.content(of: text, list)
        return Reading(
            file: RuleFile(path: file, text: text, rules: content.rules, ids: content.ids),
            mistakes: list.mistakes)
    }

    private static func read(_ place: Place) -> Reading {
        do throws(TextFile.Unreadable) {
            if let problem = place.problem { throw TextFile.Unreadable(text: problem) }
            return read(try TextFile.text(of: place.path), file: place.path)
        } catch {
            return Reading(
                file: RuleFile(path: place.path, text: "", rules: [], ids: []),
                mistakes: [.init(file: place.path, line: 0, column: 0, text: error.text)])
        }
    }

    private static func finished(_ readings: [Reading]) throws(RuleFileErrors) -> [RuleFile] {
        let files = readings.map(\.file)
        let mistakes = readings.flatMap(\.mistakes) + repeatedIDs(files)
        guard mistakes.isEmpty else { throw RuleFileErrors(mistakes) }
        return files
    }

    private static func repeatedIDs(_ files: [RuleFile]) -> [RuleFileErrors.Mistake] {
        var first: [String: (path: String, line: Int)] = [:]
        var mistakes: [RuleFileErrors.Mistake] = []
        for file in files {
            for id in file.ids {
                guard let other = first[id.id] else {
                    first[id.id] = (file.path, id.line)
                    continue
                }
                guard other.path != file.path else { continue }
                mistakes.append(
                    .init(
                        file: file.path, line: id.line, column: id.column,
                        text:
                            "the rule '\(id.id)' stands in \(other.path):\(other.line) too; rename one of them"
                    ))
            }
        }
        return mistakes
    }

    // MARK: Folders

    /// A file to read, or what is wrong with the path that was named.
    private struct Place {
        var path: String
        var problem: String?
    }

    private static func places(at path: String) -> [Place] {
        guard TextFile.isFolder(path) else { return [Place(path: path)] }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            return [
                Place(path: path, problem: "the folder cannot be read; look at its permissions")
            ]
        }
        let found = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
        guard !found.isEmpty else {
            return [Place(path: path, problem: "the folder has no *.yaml or *.yml file")]
        }
        return found.map { Place(path: path.hasSuffix("/") ? path + $0 : "\(path)/\($0)") }
    }

    private static func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().path
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

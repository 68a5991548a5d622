import Deprecations
import RuleFiles

/// One of the conditions of `--fail-on`.
package enum FailCondition: Hashable, Sendable {
    /// A caller of a deprecated endpoint.
    case deprecated
    /// One that the run before did not have.
    case new
    /// One whose endpoint's sunset has come.
    case sunset
    /// A caller that has moved its path or its version header, and not both.
    case halfMigrated
    /// A caller whose endpoint's sunset is at most so many days away.
    case days(Int)
    /// Input that could not be read.
    case unreadable
    /// Requests to a deprecated endpoint; within the last so many days, where that is given.
    case traffic(days: Int?)
}

/// The conditions of a gate, any of which closes it.
package struct FailConditions: Hashable, Sendable {
    /// In the order given, each once.
    package var conditions: [FailCondition]

    /// No condition: a gate that is always open.
    package static let none = FailConditions(conditions: [])

    /// The words for `--fail-on`, for help and advice.
    package static let words = [
        "deprecated", "new", "sunset", "half-migrated", "days:N", "unreadable", "traffic",
        "traffic:N",
    ]

    private init(conditions: [FailCondition]) {
        self.conditions = conditions
    }

    /// Parses conditions joined by commas: `new,half-migrated,days:180`.
    package init(_ text: String) throws(FailConditionError) {
        conditions = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            let word = piece.trimmingSpaces
            guard let condition = try Self.condition(word) else {
                let names = Self.words.map { $0.prefix { $0 != ":" } }.map(String.init)
                throw FailConditionError(
                    word: word,
                    didYouMean: nearestWord(
                        to: String(word.prefix { $0 != ":" }), among: Set(names).sorted()))
            }
            if !conditions.contains(condition) { conditions.append(condition) }
        }
    }

    private static func condition(_ word: String) throws(FailConditionError) -> FailCondition? {
        let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        switch (parts.first, parts.count) {
        case ("deprecated", 1): return .deprecated
        case ("new", 1): return .new
        case ("sunset", 1): return .sunset
        case ("half-migrated", 1): return .halfMigrated
        case ("unreadable", 1): return .unreadable
        case ("traffic", 1): return .traffic(days: nil)
        case ("traffic", 2): return .traffic(days: try days(parts[1], of: word))
        case ("days", 2): return .days(try days(parts[1], of: word))
        case ("days", 1): throw FailConditionError(word: word, needsDays: true)
        default: return nil
        }
    }

    private static func days(
        _ text: Substring, of word: String
    ) throws(FailConditionError) -> Int {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let days = Int(text),
            days <= 100_000
        else { throw FailConditionError(word: word, needsDays: true) }
        return days
    }
}

/// A word that is no condition of `--fail-on`.
package struct FailConditionError: Error, Hashable, CustomStringConvertible {
    /// The word.
    package var word: String
    /// What was most likely meant.
    package var didYouMean: String?
    /// Whether it lacks a number of days.
    package var needsDays: Bool

    init(word: String, didYouMean: String? = nil, needsDays: Bool = false) {
        self.word = word
        self.didYouMean = didYouMean
        self.needsDays = needsDays
    }

    /// What is wrong, and what to write instead.
    package var description: String {
        if needsDays {
            return "'\(word)' is no condition: a number of days belongs behind the colon, as in "
                + "'\(word.prefix { $0 != ":" }):90'"
        }
        if word.isEmpty { return "a condition is empty; \(Self.advice)" }
        let hint = didYouMean.map { "did you mean '\($0)'?" } ?? Self.advice
        return "'\(word)' is no condition; \(hint)"
    }

    private static var advice: String {
        "there are \(FailConditions.words.joined(separator: ", ")), joined by commas"
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

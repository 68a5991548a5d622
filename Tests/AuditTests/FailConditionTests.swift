import Deprecations
import Testing

@testable import Audit

@Suite("The conditions of --fail-on")
struct FailConditionTests {
    @Test(
        "conditions are joined by commas, in any order, each once",
        arguments: [
            ("deprecated", [FailCondition.deprecated]),
            ("new, half-migrated", [.new, .halfMigrated]),
            ("days:180,sunset,days:180", [.days(180), .sunset]),
            ("traffic", [.traffic(days: nil)]),
            ("traffic:0,unreadable", [.traffic(days: 0), .unreadable]),
        ])
    func parses(text: String, conditions: [FailCondition]) throws {
        #expect(try FailConditions(text).conditions == conditions)
    }

    @Test(
        "a mistake says what was meant",
        arguments: [
            ("", "a condition is empty"),
            ("new,", "a condition is empty"),
            ("nwe", "did you mean 'new'?"),
            ("half_migrated", "did you mean 'half-migrated'?"),
            ("day:3", "did you mean 'days'?"),
            ("days", "a number of days belongs behind the colon"),
            ("days:-3", "a number of days belongs behind the colon"),
            ("days:3d", "a number of days belongs behind the colon"),
            ("days:99999999999999999999", "a number of days belongs behind the colon"),
            ("new:3", "'new:3' is no condition"),
        ])
    func mistakes(text: String, advice: String) {
        let error = #expect(throws: FailConditionError.self) { try FailConditions(text) }
        #expect(error?.description.contains(advice) == true, "\(String(describing: error))")
    }
}

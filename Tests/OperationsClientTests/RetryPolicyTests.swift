import Testing

@testable import OperationsClient

@Suite("When to ask again")
struct RetryPolicyTests {
    /// One decision.
    struct Case: Sendable, CustomTestStringConvertible {
        var attempt: Int
        var outcome: RetryPolicy.Outcome
        var retryAfter: Duration?
        var jitter: Double = 0
        var wait: Duration?

        var testDescription: String { "attempt \(attempt) after \(outcome)" }
    }

    @Test(
        "the wait follows from attempt, outcome and Retry-After alone",
        arguments: [
            // Polls: a second at least, ten at most.
            Case(attempt: 2, outcome: .unfinished, wait: .seconds(1)),
            Case(attempt: 2, outcome: .unfinished, jitter: 1, wait: .seconds(1)),
            Case(attempt: 4, outcome: .unfinished, jitter: 1, wait: .seconds(4)),
            Case(attempt: 4, outcome: .unfinished, wait: .seconds(2)),
            Case(attempt: 900, outcome: .unfinished, jitter: 1, wait: .seconds(10)),
            Case(attempt: 900, outcome: .unfinished, retryAfter: .seconds(30), wait: .seconds(30)),
            // Retry-After is never undercut, and not by the clock's own second either.
            Case(attempt: 2, outcome: .unfinished, retryAfter: .zero, wait: .seconds(1)),
            Case(
                attempt: 2, outcome: .unfinished, retryAfter: .seconds(5), jitter: 1,
                wait: .milliseconds(5500)),
            Case(
                attempt: 2, outcome: .status(429), retryAfter: .seconds(120), jitter: 1,
                wait: .seconds(121)),
            Case(
                attempt: 2, outcome: .status(503), retryAfter: .seconds(3600), wait: .seconds(3600)),
            Case(attempt: 2, outcome: .status(503), retryAfter: .seconds(3601), wait: nil),
            Case(attempt: 2, outcome: .unfinished, retryAfter: .seconds(3601), wait: nil),
            // Failures: doubled up to a minute, and a budget.
            Case(attempt: 2, outcome: .noAnswer, wait: .seconds(1)),
            Case(attempt: 3, outcome: .noAnswer, jitter: 1, wait: .seconds(2)),
            Case(attempt: 6, outcome: .status(500), jitter: 1, wait: .seconds(16)),
            Case(attempt: 6, outcome: .status(500), wait: .seconds(8)),
            Case(attempt: 7, outcome: .status(500), wait: nil),
            Case(attempt: 7, outcome: .noAnswer, wait: nil),
            Case(attempt: 7, outcome: .status(429), retryAfter: .seconds(1), wait: nil),
            // What does not pass by itself.
            Case(attempt: 2, outcome: .status(400), wait: nil),
            Case(attempt: 2, outcome: .status(401), wait: nil),
            Case(attempt: 2, outcome: .status(403), wait: nil),
            Case(attempt: 2, outcome: .status(404), wait: nil),
            Case(attempt: 2, outcome: .status(409), retryAfter: .seconds(1), wait: nil),
            Case(attempt: 2, outcome: .status(410), wait: nil),
            Case(attempt: 2, outcome: .status(302), wait: nil),
            Case(attempt: 2, outcome: .status(502), wait: .seconds(1)),
        ])
    func decisions(_ decision: Case) {
        let wait = RetryPolicy().wait(
            beforeAttempt: decision.attempt, after: decision.outcome,
            retryAfter: decision.retryAfter, jitter: decision.jitter)
        #expect(wait == decision.wait)
    }

    @Test(
        "no attempt and no jitter makes a wait shorter than the shortest, or longer than the longest"
    )
    func bounds() {
        var policy = RetryPolicy()
        policy.failureBudget = .max
        for attempt in [Int.min, -1, 0, 1, 2, 3, 10, 63, 64, 65, 1000, .max] {
            for jitter in [-Double.infinity, -1, 0, 0.5, 1, 2, .infinity] {
                for outcome in [RetryPolicy.Outcome.unfinished, .noAnswer, .status(503)] {
                    let wait = policy.wait(
                        beforeAttempt: attempt, after: outcome, retryAfter: nil, jitter: jitter)
                    #expect(wait.map { (.seconds(1)...(.seconds(60))).contains($0) } == true)
                }
            }
        }
    }

    @Test(
        "Retry-After is a number of seconds or a date",
        arguments: [
            ("0", 0), ("1", 1), (" 120 ", 120), ("007", 7),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 10), ("Sunday, 06-Nov-94 08:49:37 GMT", 10),
            ("Sun Nov  6 08:49:37 1994", 10), ("Sun, 06 Nov 1994 08:49:00 GMT", 0),
            ("99999999999999999999999", 1_000_000_000),
        ])
    func retryAfter(text: String, seconds: Int64) {
        #expect(RetryAfter.wait(text, now: 784_111_767) == .seconds(seconds))
    }

    @Test(
        "what is neither asks for no wait",
        arguments: [
            "", " ", "-1", "1.5", "+1", "1 s", "soon", "Sun, 06 Nov 1994", "١",
            "Sun, 31 Feb 2026 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
            "Xyz, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET", "1, 2",
        ])
    func noRetryAfter(text: String) {
        #expect(RetryAfter.wait(text, now: 0) == nil)
    }

    @Test("of several Retry-After headers the longest holds")
    func several() {
        #expect(RetryAfter.wait(["1", "nonsense", "5", "2"], now: 0) == .seconds(5))
        #expect(RetryAfter.wait([String](), now: 0) == nil)
    }

    @Test(
        "a date is read in each of its three forms, and the century of the short one is guessed",
        arguments: [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Wed, 31 Jan 2029 00:00:00 GMT", 1_864_512_000),
            ("Tue, 29 Feb 2028 12:00:00 GMT", 1_835_438_400),
            ("Wednesday, 31-Jan-29 00:00:00 GMT", 1_864_512_000),
            ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
            ("Wed Jan 31 00:00:00 2029", 1_864_512_000),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        ])
    func dates(text: String, seconds: Int64) {
        // 2026-11-25
        #expect(HTTPDate.seconds(text, now: 1_795_564_800) == seconds)
    }

    @Test("requests leave one after another, and none before a hold is over")
    func schedule() {
        var schedule = RateSchedule(interval: .seconds(1))
        #expect(schedule.reserve(now: .zero) == .zero)
        #expect(schedule.reserve(now: .zero) == .seconds(1))
        let third = schedule.reserve(now: .milliseconds(500))
        #expect(third == .seconds(2))
        schedule.hold(until: .seconds(10))
        #expect(schedule.isHeld(third))
        #expect(schedule.reserve(now: .seconds(1)) == .seconds(10))
        schedule.hold(until: .seconds(5))
        #expect(schedule.reserve(now: .seconds(1)) == .seconds(11))
        #expect(schedule.reserve(now: .seconds(40)) == .seconds(40))
        #expect(!schedule.isHeld(.seconds(40)))
    }
}

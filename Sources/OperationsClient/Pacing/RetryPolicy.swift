/// Decides whether to ask again, and after what wait. It never sleeps: the client does, and never decides.
public struct RetryPolicy: Hashable, Sendable {
    /// What an attempt brought that is not the end.
    public enum Outcome: Hashable, Sendable {
        /// An operation that is not yet at its end.
        case unfinished
        /// A status that is no success.
        case status(Int)
        /// No answer: the connection failed, or none came in time.
        case noAnswer
    }

    /// The shortest wait between two requests for one operation.
    public var shortestWait: Duration = .seconds(1)
    /// The longest wait between two polls where the server does not ask for one.
    public var longestPollWait: Duration = .seconds(10)
    /// The longest wait after a failure where the server does not ask for one.
    public var longestBackOff: Duration = .seconds(60)
    /// The longest wait that a server may ask for; it is never undercut, so that the client gives up instead.
    public var longestRetryAfter: Duration = .seconds(3600)
    /// How many attempts in a row may fail.
    public var failureBudget: Int = 6

    /// The endpoint's documented behaviour: one request a second at most, `Retry-After` before all else.
    public init() {}

    /// The wait before attempt number `attempt` (the first is 1, and needs none) after an `outcome`; nil to give up.
    ///
    /// Attempts are counted from the last change for the better: polls among polls, failures among failures. `jitter`
    /// is a random number from 0 to 1, so that callers that failed together do not come back together.
    public func wait(
        beforeAttempt attempt: Int, after outcome: Outcome, retryAfter: Duration?, jitter: Double
    ) -> Duration? {
        switch outcome {
        case .unfinished: break
        case .status(let status) where Self.mayPass(status): fallthrough
        case .noAnswer: if attempt > failureBudget { return nil }
        case .status: return nil
        }
        let jitter = min(max(jitter, 0), 1)
        if let retryAfter {
            guard retryAfter <= longestRetryAfter else { return nil }
            let spread = min(retryAfter / 10, .seconds(1))
            return max(retryAfter, shortestWait) + spread * jitter
        }
        let longest = outcome == .unfinished ? longestPollWait : longestBackOff
        let doublings = min(max(attempt, 2), 22) - 2
        let backOff = min(shortestWait * (1 << doublings), max(longest, shortestWait))
        return max(shortestWait, backOff * (0.5 + jitter / 2))
    }

    /// Whether a status may be another the next time. A caller without a right has none a second later either.
    public static func mayPass(_ status: Int) -> Bool {
        switch status {
        case 408, 429, 500, 502, 503, 504: true
        default: false
        }
    }
}

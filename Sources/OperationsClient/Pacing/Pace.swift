import Synchronization

/// A clock as functions: how much time has passed since the beginning, and waiting.
struct Pace: Sendable {
    /// Since the client was made.
    let elapsed: @Sendable () -> Duration
    /// Waits, or throws where the task is cancelled.
    let sleep: @Sendable (Duration) async throws -> Void

    init(_ clock: some Clock<Duration>) {
        let beginning = clock.now
        elapsed = { beginning.duration(to: clock.now) }
        sleep = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
    }
}

/// Lets requests leave one after another, at the permitted rate.
final class RateLimiter: Sendable {
    private let pace: Pace
    /// Shared by all tasks that use one client.
    private let schedule: Mutex<RateSchedule>

    init(interval: Duration, pace: Pace) {
        self.pace = pace
        schedule = Mutex(RateSchedule(interval: interval))
    }

    /// Waits for this request's turn. Throws where it comes after `end`, or where the server asks everybody to wait
    /// for longer than `longestHold`.
    func admit(
        before end: Duration?, longestHold: Duration
    ) async throws(OperationsClientError) {
        while true {
            let (slot, wait, hold) = schedule.withLock {
                let now = pace.elapsed()
                let hold = $0.hold(at: now)
                if hold > longestHold { return (now, Duration.zero, hold) }
                let slot = $0.reserve(now: now)
                return (slot, slot - now, hold)
            }
            if hold > longestHold { throw .waitTooLong(hold) }
            if let end, slot > end { throw .deadlineExceeded(lastStatus: nil) }
            if wait > .zero {
                do { try await pace.sleep(wait) } catch { throw .cancelled }
            }
            if !schedule.withLock({ $0.isHeld(slot) }) { return }
        }
    }

    /// Lets no request leave for `wait`: the server has asked for it.
    func hold(for wait: Duration) {
        schedule.withLock { $0.hold(until: pace.elapsed() + wait) }
    }
}

/// When each request may leave: evenly spaced, and none before a hold is over. Times are counted from any fixed
/// beginning.
struct RateSchedule {
    /// The distance between two requests.
    let interval: Duration
    private var next: Duration = .zero
    private var heldUntil: Duration = .zero

    init(interval: Duration) {
        self.interval = interval
    }

    /// Takes the next free time, not before `now`.
    mutating func reserve(now: Duration) -> Duration {
        let slot = max(now, next, heldUntil)
        next = slot + interval
        return slot
    }

    /// Lets nothing leave before `time`.
    mutating func hold(until time: Duration) {
        heldUntil = max(heldUntil, time)
        next = max(next, heldUntil)
    }

    /// How long nothing may leave from `now` on.
    func hold(at now: Duration) -> Duration { max(.zero, heldUntil - now) }

    /// Whether a time that was taken earlier is free no longer, because of a hold.
    func isHeld(_ slot: Duration) -> Bool { slot < heldUntil }
}

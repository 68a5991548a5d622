import Synchronization

/// A piece of a walk.
enum WalkWork: Sendable {
    /// A folder to list; its absolute path ends with `/`.
    case folder(path: [UInt8], IgnoreRules)
    /// Files of a large folder that another worker found.
    case files(path: [UInt8], names: [[UInt8]])
}

/// Work that waits for a worker, and workers that wait for work: what the workers of one walk share.
///
/// Each keeps what it finds for itself and gives some away only where another has none.
final class WalkQueue: Sendable {
    private struct State {
        var work: [WalkWork]
        /// Workers that may still find more.
        var busy: Int
        var waiting: [CheckedContinuation<WalkWork?, Never>] = []
    }

    private let state: Mutex<State>
    private let waitingCount = Atomic<Int>(0)

    /// Begins with some work; each of the workers is to call `take` until there is none, or `leave`.
    init(_ work: [WalkWork], workers: Int) {
        state = Mutex(State(work: work, busy: workers))
    }

    /// Whether a worker waits.
    var isHungry: Bool { waitingCount.load(ordering: .relaxed) > 0 }

    /// The next piece for a worker that has none; nil when all is done.
    func take() async -> WalkWork? {
        await withCheckedContinuation { continuation in
            let now: WalkWork?? = state.withLock { state in
                if let work = state.work.popLast() { return .some(work) }
                state.busy -= 1
                if state.busy == 0 {
                    release(&state)
                    return .some(nil)
                }
                state.waiting.append(continuation)
                waitingCount.store(state.waiting.count, ordering: .relaxed)
                return nil
            }
            if let now { continuation.resume(returning: now) }
        }
    }

    /// Gives work to those who wait, or keeps it until somebody asks.
    func give(_ work: [WalkWork]) {
        state.withLock { state in
            for piece in work {
                if let worker = state.waiting.popLast() {
                    state.busy += 1
                    worker.resume(returning: piece)
                } else {
                    state.work.append(piece)
                }
            }
            waitingCount.store(state.waiting.count, ordering: .relaxed)
        }
    }

    /// A worker stops before all is done.
    func leave() {
        state.withLock { state in
            state.busy -= 1
            if state.busy == 0 { release(&state) }
        }
    }

    private func release(_ state: inout State) {
        for worker in state.waiting { worker.resume(returning: nil) }
        state.waiting = []
        waitingCount.store(0, ordering: .relaxed)
    }
}

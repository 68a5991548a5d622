import Synchronization

/// Lets one task in at a time. Who waits can be cancelled.
final class Turnstile: Sendable {
    private struct State {
        var isTaken = false
        var nextNumber = 0
        var waiting: [(number: Int, turn: CheckedContinuation<Bool, Never>)] = []
    }

    /// Shared by all tasks that come to the turnstile.
    private let state = Mutex(State())

    /// Waits for the turn, does `body`, and lets the next one in.
    func pass<Result: Sendable>(
        _ body: () async throws(OperationsClientError) -> Result
    ) async throws(OperationsClientError) -> Result {
        guard await enter() else { throw .cancelled }
        defer { leave() }
        return try await body()
    }

    /// Whether it is this task's turn; false where it was cancelled.
    private func enter() async -> Bool {
        let number = state.withLock {
            $0.nextNumber += 1
            return $0.nextNumber
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { turn in
                let answer: Bool? = state.withLock {
                    if Task.isCancelled { return false }
                    if !$0.isTaken {
                        $0.isTaken = true
                        return true
                    }
                    $0.waiting.append((number, turn))
                    return nil
                }
                if let answer { turn.resume(returning: answer) }
            }
        } onCancel: {
            let turn = state.withLock { state -> CheckedContinuation<Bool, Never>? in
                guard let index = state.waiting.firstIndex(where: { $0.number == number }) else {
                    return nil
                }
                return state.waiting.remove(at: index).turn
            }
            turn?.resume(returning: false)
        }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            if state.waiting.isEmpty {
                state.isTaken = false
                return nil
            }
            return state.waiting.removeFirst().turn
        }
        next?.resume(returning: true)
    }
}

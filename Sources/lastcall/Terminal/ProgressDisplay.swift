import Audit
import Deprecations
import Synchronization

/// Shows what a run does: one line that is drawn over on a terminal, and lines that stay.
///
/// Shared between the tasks that tell of events and the one that draws; hence the `Mutex`.
final class ProgressDisplay: Sendable {
    private struct State {
        var activity = Activity.none
        var isDrawn = false
    }

    private let terminal: Terminal
    private let clock = ContinuousClock()
    private let state = Mutex(State())

    /// Shows on `terminal`.
    init(_ terminal: Terminal) {
        self.terminal = terminal
    }

    /// Takes note of what happened.
    func note(_ event: AuditEvent) {
        state.withLock { state in
            state.activity.note(event, at: clock.now)
            let line: String?
            switch event {
            case .treeSaved(let summary): line = terminal.verbosity == .verbose ? summary.line : nil
            case .logSaved(let summary): line = terminal.verbosity == .verbose ? summary.line : nil
            case .logUnchanged(let path, _):
                line = terminal.verbosity == .verbose ? "\(path.printable): unchanged" : nil
            case .waiting(let database, let process):
                let who = process.map { " (process \($0))" } ?? ""
                line =
                    terminal.verbosity == .quiet
                    ? nil
                    : "Waiting for another lastcall\(who) that is at work on \(database.printable)"
            case .diagnostic(let diagnostic): line = terminal.line(diagnostic)
            case .treeBegan, .treeProgress, .treeWalked, .logsBegan, .logProgress: line = nil
            }
            guard let line else { return }
            clear(&state)
            Terminal.write(line + "\n")
        }
    }

    /// Draws until the task is cancelled, then clears the line.
    func draw() async {
        guard terminal.showsProgress else { return }
        while true {
            do { try await Task.sleep(for: .milliseconds(120)) } catch { break }
            state.withLock { state in
                guard let line = state.activity.line(at: clock.now) else { return }
                Terminal.write("\r\(line.fitting(Terminal.width - 1))\u{1B}[K")
                state.isDrawn = true
            }
        }
        state.withLock { state in
            state.activity = .none
            clear(&state)
        }
    }

    private func clear(_ state: inout State) {
        if state.isDrawn { Terminal.write("\r\u{1B}[K") }
        state.isDrawn = false
    }
}

import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What signals ask of the process: to stop soon, and then at once.
enum Interruption {
    /// How often the process was asked to stop; shared between the signal handler and whoever looks.
    private static let requests = Atomic<Int>(0)

    /// Whether the process was asked to stop.
    static var isRequested: Bool { requests.load(ordering: .relaxed) > 0 }

    /// Takes the signals over. A closed pipe is an error of the write that meets it, no reason to die.
    static func install() {
        // The handler must not be the first to touch it.
        _ = isRequested
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { _ in Interruption.stop() }
        }
        signal(SIGALRM) { _ in Interruption.abandon() }
        signal(SIGPIPE, SIG_IGN)
    }

    /// Runs in the signal handler: only what POSIX calls async-signal-safe. Whatever is not done within
    /// 0.8 s is left undone; the store's transactions make that harmless.
    private static func stop() {
        let earlier = requests.add(1, ordering: .relaxed).oldValue
        if earlier > 0 { _exit(ExitStatus.interrupted.rawValue) }
        ualarm(800_000, 0)
    }

    /// What is said when a run ends before its time.
    static let notice: StaticString =
        "Interrupted. What was stored before stays; the same command carries on.\n"

    /// Runs in the signal handler of the timer, too.
    private static func abandon() {
        notice.withUTF8Buffer { text in
            _ = unsafe systemWrite(STDERR_FILENO, text.baseAddress, text.count)
        }
        _exit(ExitStatus.interrupted.rawValue)
    }

    /// Runs `body` until it is done or the process is asked to stop, whose task is then cancelled.
    static func watched(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await body()
                return true
            }
            group.addTask {
                while !isRequested {
                    do { try await Task.sleep(for: .milliseconds(50)) } catch { return false }
                }
                throw CancellationError()
            }
            defer { group.cancelAll() }
            while let isDone = try await group.next() {
                if isDone { return }
            }
        }
    }
}

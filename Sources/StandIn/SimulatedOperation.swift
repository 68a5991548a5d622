/// An operation that moves on each time it is asked for.
struct SimulatedOperation: Hashable, Sendable {
    /// How it ends.
    enum Ending: String, Hashable, Sendable, CaseIterable {
        case completed
        case failed
        case cancelled
        /// Never.
        case pending
    }

    let id: String
    let ending: Ending
    /// When it began, in seconds since 1970.
    let created: Int64
    /// When it was last changed.
    private(set) var updated: Int64
    private var polls = 0

    private static let onTheWay = ["acknowledged", "queued", "started"]

    init(id: String, ending: Ending, at time: Int64) {
        self.id = id
        self.ending = ending
        created = time
        updated = time
    }

    /// The status after so many polls.
    func status(pollsPerStatus: Int) -> String {
        let step = polls / max(1, pollsPerStatus)
        if step < Self.onTheWay.count { return Self.onTheWay[step] }
        return ending == .pending ? "started" : ending.rawValue
    }

    func isOver(pollsPerStatus: Int) -> Bool {
        ending != .pending && polls / max(1, pollsPerStatus) >= Self.onTheWay.count
    }

    /// Counts a poll; an operation that is over stays as it is.
    mutating func advance(pollsPerStatus: Int, at time: Int64) {
        guard !isOver(pollsPerStatus: pollsPerStatus) else { return }
        let before = status(pollsPerStatus: pollsPerStatus)
        polls += 1
        if status(pollsPerStatus: pollsPerStatus) != before { updated = time }
    }

    /// An operation is at its end from the start where its id says so: `completed-1`, `failed-x`, `cancelled-1`;
    /// `pending-1` never ends.
    static func named(_ id: String, at time: Int64) -> SimulatedOperation? {
        for ending in Ending.allCases where id.hasPrefix(ending.rawValue + "-") {
            var operation = SimulatedOperation(id: id, ending: ending, at: time)
            if ending != .pending { operation.polls = .max / 2 }
            return operation
        }
        return nil
    }

    /// The body of an answer, as the documentation of the version has it.
    func body(pollsPerStatus: Int) -> JSONText {
        let status = status(pollsPerStatus: pollsPerStatus)
        let user: JSONText = .object([("id", .string("stand-in-user"))])
        func stamp(_ time: Int64) -> JSONText {
            .object([("dateTime", .string(dateTime(time))), ("user", user)])
        }
        let details: JSONText =
            status == "failed"
            ? .array([
                .object([
                    ("code", .string("StandInFailure")),
                    ("message", .string("The stand-in lets this operation fail.")),
                    ("target", .string(id)),
                ])
            ]) : .null
        return .object([
            ("id", .string(id)),
            ("status", .string(status)),
            ("created", stamp(created)),
            ("updated", stamp(updated)),
            ("originalRequest", .string(identifier(of: id))),
            (
                "resourceUrl",
                status == "completed"
                    ? .string("https://stand-in.invalid/results/\(id)") : .null
            ),
            ("details", details),
        ])
    }
}

/// A version 8 UUID (RFC 9562, 5.8) made of a text, always the same (FNV-1a, twice).
func identifier(of text: String) -> String {
    func hash(_ seed: UInt64) -> UInt64 {
        text.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
    let high = hash(0xCBF2_9CE4_8422_2325) & 0xFFFF_FFFF_FFFF_0FFF | 0x8000
    let low = hash(0x8422_2325_CBF2_9CE4) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    func digits(_ number: UInt64) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
    let (first, second) = (digits(high), digits(low))
    return "\(first.prefix(8))-\(first.dropFirst(8).prefix(4))-\(first.suffix(4))"
        + "-\(second.prefix(4))-\(second.suffix(12))"
}
